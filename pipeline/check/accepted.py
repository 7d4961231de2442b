"""A field of a model and a value in, whether the field takes it out; and an ID of a name, as one may be.

Apart from what is meant by a value that no field takes: a check that finds nothing need not know that.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_ADAPTERS: dict[int, TypeAdapter[Any]] = {}  # fields live as long as the models, so as long as the program


def accepted(info: FieldInfo, value: object) -> bool:
    """Whether a field takes a value as it stands."""
    try:
        _adapter(info).validate_python(value)
    except ValidationError:
        return False
    return True


def slug(text: str) -> str:
    """An ID as it may be, of one as people write it: `baeckerei-mueller` of „Bäckerei Müller“."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold().translate(_UMLAUTS)).strip("-")


def _adapter(info: FieldInfo) -> TypeAdapter[Any]:
    known = _ADAPTERS.get(id(info))
    if known is None:
        form: Any = Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
        known = _ADAPTERS[id(info)] = TypeAdapter(form)
    return known
