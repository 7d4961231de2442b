"""What merging makes of the same sources again and again, made once a module: the Word file, and how it reads."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import pytest

from pipeline.merge import gate, merge, prepare
from pipeline.merge.base import BaseFile
from pipeline.merge.docx.reading import Reading
from pipeline.merge.rebuild import Rebuilt

Value = TypeVar("Value")


@contextmanager
def made_once() -> Iterator[None]:
    """Inside, a Word file is built once of the same sources and editions, and a file as it was built is read once.

    Both depend on nothing else, and nobody changes what came of it.
    """
    build, read = Rebuilt.as_word, prepare.read_own
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

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rebuilt, "as_word", as_word)
        patch.setattr(merge, "read_own", read_own)
        patch.setattr(gate, "read_own", read_own)
        yield
