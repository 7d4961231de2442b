"""Document and pictures in, the finished PDF out: every unit of it typeset alone, all of them bound.

What is needed only where something has changed is imported late.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.document.model import Document
from pipeline.files.cache import NOTHING_KEPT, Cache, picture_digests
from pipeline.files.pickled import pickled
from pipeline.pdf.fragment import Bound
from pipeline.pdf.identity import identity


def cache_in(folder: Path | None, versions: Mapping[str, str], secret: bytes = b"") -> Cache:
    """The cache in a folder, for Python libraries of these versions; one that keeps nothing where that is unsafe."""
    known = None if folder is None else identity(versions)
    return NOTHING_KEPT if known is None else Cache(folder, known, secret=secret)


def write_pdf(
    document: Document, pictures: Mapping[str, bytes], cache: Cache = NOTHING_KEPT, *, workers: int = 0
) -> Bound:
    """The PDF of a document. `workers`: processes to typeset with, 0 for one a processor.

    Raises RenderingError, FileAccessError or MissingToolError.
    """
    key = cache.key(b"bound", pickled(document), *picture_digests(pictures, pictures))
    if (kept := cache.get(key)) is not None:
        return Bound.from_bytes(kept)
    from pipeline.pdf.typeset.installed import require_weasyprint

    require_weasyprint()
    from pipeline.pdf.bind import bind
    from pipeline.pdf.pieces import pieces_of

    bound = bind(pieces_of(document, pictures, cache, workers), document.properties)
    cache.put(key, bound.to_bytes())
    cache.prune()
    return bound
