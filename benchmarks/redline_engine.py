"""`python -m benchmarks.redline_engine`: does a program that shares no code with ours agree on what a redline is?

Three pairs of editions in; out comes what Docxodus, which compares Word files, still finds between our redline with all
accepted and the newer file, and between that with all rejected and the older one. It is not among what the tests need:
`pip install "python-redlines[docxodus]"` (45 MB, with its own .NET) brings it.

Page numbers of the contents list do not count, nor notes that nothing calls any more, which Word takes away when it
saves; and of a value it is the words that count, not whether a control holds them.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from benchmarks.redline_pairs import ACCEPTED, REJECTED, both, built, pair
from pipeline.merge.docx.revisions import Decision, resolve
from pipeline.ooxml.elements import Element, paragraph_style, q
from pipeline.ooxml.package import Package

SEEDS: Final = (22, 5, 9)
_WORDS: Final = (q("t"), q("delText"))


def main() -> int:
    """The exit code: 1 where it does not agree."""
    wrong = 0
    for seed in SEEDS:
        old, new = (built(plan).data for plan in pair(seed))
        found = sum(abs(count) for count in _left(old, new).values())
        made = both(old, new)
        for name, wanted, decide in (("angenommen", new, ACCEPTED), ("abgelehnt", old, REJECTED)):
            left = _left(decided(made, decide), wanted)
            wrong += bool(left)
            sys.stdout.write(f"{seed}, alles {name}: {dict(left) or 'gleich'} (alt gegen neu: {found} Wörter)\n")
    return int(wrong > 0)


def decided(data: bytes, decide: Decision) -> bytes:
    """A file with all its tracked changes decided, as we do it."""
    package = Package(data)
    for name in ("document", "footnotes"):
        resolve(package.tree(f"word/{name}.xml"), decide)
    return package.to_bytes()


def _left(old: bytes, new: bytes) -> Counter[str]:
    """Words that the engine holds for inserted, less those that it holds for deleted."""
    package = Package(_engine().run_redline("Vergleich", original=old, modified=new)[0])
    document, notes = (package.tree(f"word/{name}.xml") for name in ("document", "footnotes"))
    called = {item.get(q("id")) for item in document.iter(q("footnoteReference"))}
    roots = [document, *(note for note in notes.findall(q("footnote")) if note.get(q("id")) in called)]
    words: Counter[str] = Counter()
    for root in roots:
        words.update(_words(root, "ins"))
        words.subtract(_words(root, "del"))
    return Counter({word: count for word, count in words.items() if count})


def _words(root: Element, name: str) -> Iterator[str]:
    for change in root.iter(q(name)):
        paragraph = next(change.iterancestors(q("p")), None)
        if paragraph is not None and paragraph_style(paragraph).startswith("TOC"):
            continue
        yield from "".join(item.text or "" for item in change.iter(*_WORDS)).split()


def _engine() -> Any:
    os.environ.setdefault("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1")  # it needs no library for languages then
    try:
        return importlib.import_module("python_redlines").DocxodusEngine()
    except ImportError:
        raise SystemExit('Es fehlt: pip install "python-redlines[docxodus]"') from None


if __name__ == "__main__":
    sys.exit(main())
