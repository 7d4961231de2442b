"""What merging makes of the same sources again and again, made once a module: plan, Word file, and how it reads."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

import pytest

from pipeline.merge import gate, merge, prepare, rebuild
from pipeline.merge.base import BaseFile
from pipeline.merge.docx.reading import Reading
from pipeline.merge.rebuild import Rebuilt
from pipeline.merge.sources import Sources

Value = TypeVar("Value")


@contextmanager
def made_once() -> Iterator[None]:
    """Inside, the same sources and editions are checked once, a Word file is built once of them, and a file as it was
    built is read once.

    All of it depends on nothing else, and nobody changes what came of it.
    """
    build, read, check = Rebuilt.as_word, prepare.read_own, rebuild.rebuild
    known: dict[Hashable, object] = {}

    def once(key: Hashable, make: Callable[[], Value]) -> Value:
        if key not in known:
            known[key] = make()
        found: Value = known[key]  # type: ignore[assignment]
        return found

    def as_word(self: Rebuilt) -> BaseFile | None:
        files = tuple(sorted(self.source.files.items()))
        return once(("as_word", files, self.source.digest, repr(self.checked.previous)), lambda: build(self))

    def read_own(base: BaseFile) -> Reading:
        return once(("read_own", *sorted(base.parts.items())), lambda: read(base))

    def checked(sources: Sources, editions: Mapping[str, bytes]) -> Rebuilt:
        key = ("rebuild", frozenset(sources.files.items()), frozenset(editions.items()))
        return once(key, lambda: check(sources, editions))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rebuild, "rebuild", checked)
        patch.setattr(Rebuilt, "as_word", as_word)
        patch.setattr(merge, "read_own", read_own)
        patch.setattr(gate, "read_own", read_own)
        yield
