"""A photo that says which way up it is in, one that is that way up without saying so out.

Word, LibreOffice and the programs that show a PDF do not agree on whether such a word counts, so a picture that lies on
its side would be shown lying by one of them, or turned twice. Only where it has to be turned is it encoded anew, with
the very tables that the camera used, so that nobody sees a difference.
"""

from __future__ import annotations

import io

from pipeline.pictures.metadata import UPRIGHT, orientation


def upright(data: bytes) -> bytes:
    """The picture that way up that it is to be seen; the same bytes where nothing has to be turned.

    Raises what Pillow raises for a damaged picture.
    """
    if orientation(data) == UPRIGHT:
        return data
    from PIL import Image, ImageOps, JpegImagePlugin  # noqa: PLC0415 - most plans have no such photo

    target = io.BytesIO()
    with Image.open(io.BytesIO(data)) as picture:
        turned = ImageOps.exif_transpose(picture)
        kept = {key: picture.info[key] for key in ("icc_profile", "dpi") if key in picture.info}
        if isinstance(picture, JpegImagePlugin.JpegImageFile):
            sampling = JpegImagePlugin.get_sampling(picture)
            turned.save(target, "JPEG", qtables=picture.quantization, subsampling=sampling, exif=b"", **kept)
        else:
            turned.save(target, "PNG", exif=b"", **kept)
    return target.getvalue()
