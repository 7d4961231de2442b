"""A photo that says which way up it is in, one that is that way up without saying so out.

Word, LibreOffice and the programs that show a PDF do not agree on whether such a word counts, so a picture that lies on
its side would be shown lying by one of them, or turned twice. Only where it has to be turned is it encoded anew, with
the very tables that the camera used, so that nobody sees a difference.
"""

from __future__ import annotations

import io
from typing import Final

from PIL import Image, JpegImagePlugin

from pipeline.pictures.exif import UPRIGHT
from pipeline.pictures.metadata import orientation

TURNS: Final = {  # what puts a picture right, by the way up that it is in (Exif 2.32, 4.6.4, "Orientation")
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def upright(data: bytes) -> bytes:
    """A JPEG or PNG that way up that it is to be seen; the same bytes where nothing has to be turned.

    Raises what Pillow raises for a damaged picture.
    """
    way = orientation(data)
    if way == UPRIGHT:
        return data
    target = io.BytesIO()
    with Image.open(io.BytesIO(data)) as picture:
        turned = picture.transpose(TURNS[way])
        kept = {key: picture.info[key] for key in ("icc_profile", "dpi") if key in picture.info}
        if isinstance(picture, JpegImagePlugin.JpegImageFile):
            sampling = JpegImagePlugin.get_sampling(picture)
            turned.save(target, "JPEG", qtables=picture.quantization, subsampling=sampling, exif=b"", **kept)
        else:
            turned.save(target, "PNG", exif=b"", **kept)
    return target.getvalue()
