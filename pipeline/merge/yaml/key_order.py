"""A model and keys of the data in, the order out in which the schema gives them; unknown keys come last."""

from __future__ import annotations

from schema.base import Model
from schema.forms import model_in


def keys(model: type[Model] | None) -> tuple[str, ...]:
    """The keys of a model in the order of its fields."""
    return tuple(info.alias or name for name, info in model.model_fields.items()) if model else ()


def below(model: type[Model] | None, key: str) -> type[Model] | None:
    """The model of what stands under a key, itself or each item of a list; None where there is none."""
    for name, info in model.model_fields.items() if model else ():
        if key == (info.alias or name):
            return model_in(info)
    return None
