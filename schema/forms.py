"""What the annotations of the models say: what a field may hold, and which values have a mark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from schema.base import MarkdownText, Model, OneOrSeveral


@dataclass(frozen=True)
class Form:
    """What a field may hold, as its annotation says it: values of a type, with the marks that the annotation has.

    `many`: any number of them, in an order. `words`: texts that may stand in place of such a value.
    """

    type: Any
    marks: tuple[object, ...] = ()
    many: bool = False
    words: tuple[str, ...] = ()


def form_of(info: FieldInfo) -> Form:
    """The form of a model's field; that it may be missing is no part of it.

    Example: `tuple[Annotated[str, mark], ...] | None` is Form(str, (mark,), many=True).
    """
    return _form(info.annotation, tuple(info.metadata), (), many=False)


def _form(annotation: Any, marks: tuple[object, ...], words: tuple[str, ...], *, many: bool) -> Form:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _form(arguments[0], (*marks, *arguments[1:]), words, many=many)
    if origin is tuple:
        return _form(arguments[0], marks, words, many=True)
    if origin in (Union, UnionType):
        literal = tuple(word for item in arguments if get_origin(item) is Literal for word in get_args(item))
        (value,) = (item for item in arguments if item is not NoneType and get_origin(item) is not Literal)
        return _form(value, marks, (*words, *literal), many=many)
    return Form(annotation, marks, many, words)


def model_in(info: FieldInfo) -> type[Model] | None:
    """The model of what a field holds, itself or each item of a list; None where it holds no such thing."""
    held = form_of(info).type
    return held if isinstance(held, type) and issubclass(held, Model) else None


@cache
def by_key(model: type[Model]) -> Mapping[str, tuple[FieldInfo, type[Model] | None]]:
    """The fields of a model by their keys in the data, each with the model of what it holds."""
    return {info.alias or name: (info, model_in(info)) for name, info in model.model_fields.items()}


Mark = TypeVar("Mark")


def marked(entity: Model, mark: type[Mark]) -> Iterator[tuple[tuple[str | int, ...], Mark, Any]]:
    """Every value with a mark of a type that is there, in the entity's fields and in what those hold.

    Each comes with its path from the entity, in the data's keys and indexes, and with the mark itself.
    """
    hashable: Any = mark  # as every class is
    for name, key, form, found in _marked(type(entity), hashable):
        for path, item in _items(key, form, getattr(entity, name)):
            if isinstance(item, Model):
                yield from (((*path, *inner), *rest) for inner, *rest in marked(item, mark))
            elif found is not None and item not in (None, ""):
                yield path, found, item


def plain_texts(entity: Model) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text that is no Markdown, with its path as `marked` gives it: titles, names, sources of money."""
    for name, key, form in _with_texts(type(entity)):
        value = getattr(entity, name)
        for path, item in _items(key, form, value) if value else ():
            if isinstance(item, Model):
                yield from (((*path, *inner), text) for inner, text in plain_texts(item))
            elif form.type is str and item:
                yield path, item


@cache
def _with_texts(model: type[Model]) -> tuple[tuple[str, str, Form], ...]:
    """Of `_forms` those that hold such texts, or what may have fields of its own that do."""
    return tuple(found for found in _forms(model) if _holds_text(found[2]))


def _holds_text(form: Form) -> bool:
    if isinstance(form.type, type) and issubclass(form.type, Model):
        return bool(_with_texts(form.type))
    return form.type is str and not any(isinstance(mark, MarkdownText) for mark in form.marks)


@cache
def _forms(model: type[Model]) -> tuple[tuple[str, str, Form], ...]:
    """Name, key and form of each field."""
    return tuple((name, info.alias or name, form_of(info)) for name, info in model.model_fields.items())


def _items(key: str, form: Form, value: Any) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """What a field holds, each value with its path from what has the field."""
    if form.many and len(value) == 1 and any(isinstance(mark, OneOrSeveral) for mark in form.marks):
        yield (key,), value[0]
    elif form.many:
        yield from (((key, index), item) for index, item in enumerate(value))
    else:
        yield (key,), value


@cache
def _marked(model: type[Model], mark: Any) -> tuple[tuple[str, str, Form, Any], ...]:
    """Name, key and form of each field that has such a mark, with it, None where only what it holds has one."""
    found = []
    for name, key, form in _forms(model):
        own = next((has for has in form.marks if isinstance(has, mark)), None)
        holds = isinstance(form.type, type) and issubclass(form.type, Model) and _marked(form.type, mark)
        if own is not None or holds:
            found.append((name, key, form, own))
    return tuple(found)
