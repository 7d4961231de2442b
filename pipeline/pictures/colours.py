"""A picture in the colours of its own profile in, in those out that every program takes for granted: sRGB.

Photos of newer telephones and cameras are in a wider space and say so in a profile. A PDF for archives describes one
space for all its pictures, and Word heeds no profile: there such a photo would look dull. Printers' inks without a
profile are taken for what they would be if they were ideal; how they were meant, nobody knows.
"""

from __future__ import annotations

import io
from typing import Final

from PIL import Image, ImageCms

_SPACES: Final = {"RGB": "RGB", "RGBA": "RGB", "CMYK": "CMYK"}  # that a profile describes, by the picture's mode
_USUAL: Final = "sRGB"  # as profiles of it call themselves
_INKS: Final = "CMYK"
_PROFILE: Final = "icc_profile"
_FAULTS: Final = (ImageCms.PyCMSError, OSError, ValueError, TypeError)


def has_own_colours(data: bytes) -> bool:
    """Whether a picture says, in a way that can be used, that it is in colours of another space than the usual one."""
    with Image.open(io.BytesIO(data)) as picture:
        return _foreign_profile(picture) is not None


def in_usual_colours(picture: Image.Image) -> Image.Image:
    """The same in sRGB; grey stays grey."""
    profile = _foreign_profile(picture)
    if profile is not None:
        try:
            return _converted(picture, profile)
        except _FAULTS:  # a profile for one direction only, say; then it counts for nothing
            pass
    return picture.convert("RGB") if picture.mode == _INKS else picture


def _foreign_profile(picture: Image.Image) -> ImageCms.ImageCmsProfile | None:
    told = picture.info.get(_PROFILE)
    if not told or picture.mode not in _SPACES:
        return None
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(told))
        space = profile.profile.xcolor_space.strip()
        name = profile.profile.profile_description or ""
    except _FAULTS:
        return None
    return profile if space == _SPACES[picture.mode] and _USUAL not in name else None


def _converted(picture: Image.Image, profile: ImageCms.ImageCmsProfile) -> Image.Image:
    usual = ImageCms.createProfile(_USUAL)
    through = picture.getchannel("A") if picture.mode == "RGBA" else None
    painted = picture.convert("RGB") if through else picture
    intent, flags = ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION
    shown = ImageCms.profileToProfile(painted, profile, usual, intent, "RGB", flags=flags)
    assert shown is not None  # it is made anew
    if through:
        shown.putalpha(through)
    return shown
