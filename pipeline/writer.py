"""What a writer of documents is: a value that turns the neutral Document into the bytes of one file.

A room that writes a format has such a value in its module `writer`; FORMATS in `pipeline.actions.build` lists them.
Those modules are read at every start, `check` included, so they import what does the work only when asked to write.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.document.model import Document


@dataclass(frozen=True)
class Earlier:
    """The Document of an earlier edition, and its pictures, named as in it."""

    document: Document
    pictures: Mapping[str, bytes]


@dataclass(frozen=True)
class Resources:
    """What a file may have to carry besides the Document.

    `pictures`: the bytes of each picture by the `src` that the Document names it with. `sources`: the files that the
    plan was read from, by path below the content folder; a file of no sources is not meant to come back. `template`: a
    DOCX whose styles, headers and margins such a file has in place of the plan's. `earlier`: what the file is held
    against, by a writer that can show what differs as changes to accept or reject. `shown`: of a Document that shows
    only a part of the plan, what it shows of each entity, by ID and key; nothing else of the sources travels with it.
    """

    pictures: Mapping[str, bytes]
    sources: Mapping[PurePosixPath, bytes]
    template: bytes | None = None
    earlier: Earlier | None = None
    shown: Mapping[str, Mapping[str, Any]] | None = None


@dataclass(frozen=True)
class Tools:
    """What a writer works with: versions of Python and its libraries by name, a folder for what spares work later.

    Whatever lies in the folder `cache` may be thrown away at any time; None: nothing is kept. Whoever knows the
    `secret` of this copy of the program can put something there that a writer believes. In the folder `own` it keeps
    what it has to know for ever; None: it keeps nothing.
    """

    versions: Mapping[str, str]
    cache: Path | None = None
    secret: bytes = b""
    own: Path | None = None


@dataclass(frozen=True)
class Written:
    """The bytes of a file, its number of pages where it has any, and German sentences on what went less well than it
    could, though nothing is wrong with the file.
    """

    data: bytes
    pages: int | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Writer:
    """A format: its name on the command line, how its file's name ends, and the function that writes it.

    `stage` are the German words for what is going on meanwhile. `write` raises BuildError where it cannot go on. One
    writer makes one file; a format of several would be several writers, or pack them. `usual`: written where nobody
    asks for a format.
    """

    name: str
    suffix: str
    stage: str
    write: Callable[[Document, Resources, Tools], Written]
    usual: bool = True
