"""A value in, its bytes out: for another process, or as what a kept file is known by."""

from __future__ import annotations

import io
import pickle
from types import MappingProxyType


def pickled(value: object) -> bytes:
    """The bytes of a value, read-only mappings as plain ones. Equal ones may be written in two ways."""
    target = io.BytesIO()
    pickler = pickle.Pickler(target)
    pickler.dispatch_table = {MappingProxyType: lambda proxy: (dict, (dict(proxy),))}
    pickler.dump(value)
    return target.getvalue()
