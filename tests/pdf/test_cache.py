"""What is kept comes back as it was, or not at all; nothing that changes a result is left out of its name."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline.document.model import Document
from pipeline.files.cache import ABANDONED, Cache
from pipeline.pdf import html, pieces
from pipeline.pdf import identity as identities
from pipeline.pdf.build import cache_in, write_pdf
from pipeline.pdf.fragment import Bookmark, Bound, Fragment, Place
from pipeline.pdf.html import Head, fragment_html, head_of
from pipeline.pdf.identity import identity
from pipeline.pdf.pages.typeset_units import Unit, units_of
from pipeline.pdf.typeset import pool
from tests.pdf.sample import PICTURES, Size, sample
from tests.test_rooms import imports, modules

VERSIONS = {"weasyprint": "70.0"}
SMALL = Size(fields=1, years=2)
WANTED = ("cover", "chapter", "field", "measures", "tables", "glossary")
DATA = b"a part of the plan" * 100


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def test_what_is_put_comes_back(folder: Path) -> None:
    key = Cache(folder, b"me").key(b"page")
    assert Cache(folder, b"me").get(key) is None
    Cache(folder, b"me").put(key, DATA)
    assert Cache(folder, b"me").get(key) == DATA
    assert [path.name for path in folder.iterdir()] == [key]


def test_keys_tell_values_apart() -> None:
    cache = Cache(None, b"me")
    keys = [cache.key(b"ab", b"c"), cache.key(b"a", b"bc"), cache.key(b"abc"), Cache(None, b"you").key(b"abc")]
    assert len(set(keys)) == len(keys)
    assert cache.key(b"abc") == Cache(None, b"me").key(b"abc")


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-1],
        lambda data: data[:10],
        lambda _: b"",
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda data: bytes(len(data)),
        lambda data: data + b"x",
    ],
)
def test_damaged_entries_count_as_missing_and_are_made_anew(folder: Path, damage: Callable[[bytes], bytes]) -> None:
    cache = Cache(folder)
    cache.put("key", DATA)
    (folder / "key").write_bytes(damage((folder / "key").read_bytes()))
    assert cache.get("key") is None
    cache.put("key", DATA)
    assert cache.get("key") == DATA


def test_an_entry_of_another_key_or_of_somebody_else_counts_as_missing(folder: Path) -> None:
    """Also one whose own digest is right: whoever may write to the folder could publish anything as the plan."""
    cache = Cache(folder, secret=b"mine")
    cache.put("one", DATA)
    cache.put("two", DATA[1:])
    (folder / "one").rename(folder / "three")
    (folder / "two").rename(folder / "one")
    assert [cache.get(name) for name in ("one", "two", "three")] == [None] * 3
    Cache(folder, secret=b"theirs").put("four", DATA)
    (folder / "five").write_bytes(sha256(DATA).digest() + DATA)
    assert [cache.get(name) for name in ("four", "five")] == [None] * 2
    assert Cache(folder, secret=b"theirs").get("four") == DATA


def test_a_folder_in_the_place_of_an_entry(folder: Path) -> None:
    (folder / "key").mkdir(parents=True)
    cache = Cache(folder)
    assert cache.get("key") is None
    cache.put("key", DATA)
    assert isinstance(cache.refused, OSError)
    assert [path.name for path in folder.iterdir()] == ["key"], "what could not be put in place is gone"


def test_without_a_folder_nothing_is_kept_or_refused() -> None:
    cache = Cache()
    cache.put("key", DATA)
    cache.prune()
    assert (cache.get("key"), cache.refused) == (None, None)


def test_what_was_used_last_is_kept(folder: Path) -> None:
    for age, name in enumerate("abcd"):
        Cache(folder).put(name, bytes(1000))
        os.utime(folder / name, (time.time() - 1000 + age,) * 2)
    assert Cache(folder).get("a") is not None, "used again just now"
    Cache(folder, most=2500).prune()
    assert sorted(path.name for path in folder.iterdir()) == ["a", "d"]


def test_unfinished_entries_of_killed_builds_go_those_of_running_ones_stay(folder: Path) -> None:
    folder.mkdir()
    for name, age in ((".neu-old", ABANDONED + 60), (".neu-young", 1)):
        (folder / name).write_bytes(DATA)
        os.utime(folder / name, (time.time() - age,) * 2)
    Cache(folder).prune()
    assert [path.name for path in folder.iterdir()] == [".neu-young"]


def test_fragments_survive() -> None:
    inner = Bookmark("1.1 „Größe“", Place(3, 4.25, 5.5), ())
    fragment = Fragment(
        b"%PDF\n\x00\xff\n",
        7,
        {"z": Place(0, 1.5, 2), "a": Place(1, 0, 0)},
        (Bookmark("1", Place(0, 0, 0), (inner,)),),
        b"\n\x00",
    )
    again = Fragment.from_bytes(fragment.to_bytes())
    assert again == fragment
    assert list(again.anchors) == ["z", "a"]


def test_everything_that_shapes_a_pdf_is_in_its_identity(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = identity(VERSIONS)
    assert before is not None
    assert identity(dict(VERSIONS)) == before
    assert identity({"weasyprint": "70.1"}) != before
    files = list(identities._files())
    for name in ("typeset.py", "tags.py", "binder.py", "model.py", "page.css", "measures.html", "tokens.json"):
        assert name in {path.name for path in files}, name
    assert {".ttf", ".dic"} <= {path.suffix for path in files}
    changed = tmp_path / files[0].name
    changed.write_bytes(files[0].read_bytes() + b"#")
    monkeypatch.setattr(identities, "_files", lambda: iter([changed, *files[1:]]))
    assert identity(VERSIONS) != before


# What neither shapes a page nor a fragment: how long one waits, what is said where it fails, how values are kept.
SHAPING_NOTHING = {
    *("pipeline.budget.deadline", "pipeline.budget.limits", "pipeline.errors", "pipeline.files.interrupts"),
    *("pipeline.files.access", "pipeline.files.cache", "pipeline.files.pickled"),
}


def test_whatever_a_pdf_is_made_with_is_in_its_identity() -> None:
    """Else a page that is kept would come back from another version of the program as it was."""
    paths, found, waiting = dict(modules()), set[str](), ["pipeline.pdf.build"]
    while waiting:
        if (name := waiting.pop()) in paths and name not in found:
            found.add(name)
            waiting.extend(imports(paths[name], name))
    known = set(identities._files())
    assert {name for name in found if paths[name] not in known} == SHAPING_NOTHING


def test_what_a_build_compiles_changes_no_identity(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the second build in a new copy of the program would find nothing of the first."""
    monkeypatch.setattr(identities, "STYLES", tmp_path)
    (tmp_path / "fonts").mkdir()
    before = identity(VERSIONS)
    for compiled in (tmp_path / "print/__pycache__/1f.jinja", tmp_path / "fonts/__pycache__/characters.cpython.pyc"):
        compiled.parent.mkdir(parents=True)
        compiled.write_bytes(b"compiled")
    assert identity(VERSIONS) == before
    (tmp_path / "fonts" / "Another.ttf").write_bytes(b"font")
    assert identity(VERSIONS) != before


def test_another_library_of_the_system_is_another_identity(monkeypatch: pytest.MonkeyPatch) -> None:
    before = identity(VERSIONS)
    monkeypatch.setattr(identities, "_system_version", lambda *_: b"1.99")
    assert identity(VERSIONS) not in (before, None)


def test_nothing_is_kept_where_the_systems_libraries_do_not_tell_their_versions(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identities, "_SYSTEM", ((("libnirgends.so",), "version", None),))
    assert identity(VERSIONS) is None
    cache = cache_in(folder, VERSIONS)
    cache.put("key", DATA)
    assert not folder.exists()


def counted(patch: pytest.MonkeyPatch) -> list[int]:
    """How many pages of HTML each build from now on has typeset."""
    counts: list[int] = []
    original = pool.typeset_all

    def counting(pages: list[str], *rest: object, **named: object) -> object:
        counts.append(len(pages))
        return original(pages, *rest, **named)  # type: ignore[arg-type]

    patch.setattr(pool, "typeset_all", counting)
    return counts


@pytest.fixture
def typeset_pages(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pages of HTML each build of a test has typeset."""
    return counted(monkeypatch)


@dataclass(frozen=True)
class Cold:
    """A document that was built once, what came of it, and the folder that was filled meanwhile."""

    document: Document
    bound: Bound
    folder: Path
    typeset: int  # pages of HTML

    def copy(self, to: Path) -> Path:
        """A filled folder of one's own."""
        return Path(shutil.copytree(self.folder, to))


def some_parts(document: Document) -> Document:
    """What takes long to typeset left out; no link of what stays leads there."""
    kept = tuple(part for part in document.parts if part.kind in WANTED)
    return replace(document, parts=kept)


@pytest.fixture(scope="module")
def cold(tmp_path_factory: pytest.TempPathFactory) -> Cold:
    folder, whole = tmp_path_factory.mktemp("cold") / "cache", sample(SMALL)
    document = some_parts(whole)
    with pytest.MonkeyPatch.context() as patch:
        counts = counted(patch)
        bound = write_pdf(document, PICTURES, cache_in(folder, VERSIONS))
    return Cold(document, bound, folder, sum(counts))


def test_only_what_changed_is_typeset_again_and_nothing_differs(
    cold: Cold, folder: Path, typeset_pages: list[int]
) -> None:
    document = cold.document
    cold.copy(folder)
    assert cold.typeset == len(list(units_of(document.parts)))
    assert write_pdf(document, PICTURES, cache_in(folder, VERSIONS)) == cold.bound
    assert not typeset_pages, "bound and all it came from were kept"

    properties = replace(document.properties, date_label="an einem anderen Tag")
    changed = replace(document, properties=properties)
    again = write_pdf(changed, PICTURES, cache_in(folder, VERSIONS))
    assert not typeset_pages, "foot and head are no part's own"
    assert again == write_pdf(changed, PICTURES)
    assert typeset_pages.pop() == len(list(units_of(document.parts)))

    last = document.parts[-1]
    renamed = replace(document, parts=(*document.parts[:-1], replace(last, title="Anders")))
    again = write_pdf(renamed, PICTURES, cache_in(folder, VERSIONS))
    assert typeset_pages.pop() == 1
    assert again == write_pdf(renamed, PICTURES)


def test_only_pages_of_what_changed_are_written_again(
    cold: Cold, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a unit is kept by is its page, which in a large plan takes a third of the time."""
    written: list[str] = []
    original = html.fragment_html

    def counting(unit: Unit, head: Head) -> str:
        written.append(unit.part.anchor)
        return original(unit, head)

    monkeypatch.setattr(pieces, "fragment_html", counting)
    cold.copy(folder)
    document, units = cold.document, list(units_of(cold.document.parts))
    last, properties = document.parts[-1], document.properties
    for changed, expected in (
        (replace(document, properties=replace(properties, digest="0" * 64)), 0),
        (replace(document, parts=(*document.parts[:-1], replace(last, title="Anders"))), 1),
        (replace(document, properties=replace(properties, full_title="Anders")), len(units)),
        (replace(document, properties=replace(properties, divided=("An-ders",))), len(units)),
    ):
        bound = write_pdf(changed, PICTURES, cache_in(folder, VERSIONS))
        assert len(written) == expected
        assert bound == write_pdf(changed, PICTURES, cache_in(folder, VERSIONS))
        written.clear()


def test_another_picture_under_the_same_name(cold: Cold, folder: Path, typeset_pages: list[int]) -> None:
    cold.copy(folder)
    document = cold.document
    pages = [fragment_html(unit, head_of(document.properties)) for unit in units_of(document.parts)]
    other = {path: data.replace(b"</svg>", b"<!-- --></svg>") for path, data in PICTURES.items()}
    write_pdf(document, other, cache_in(folder, VERSIONS))
    assert typeset_pages == [sum("content:" in page for page in pages)]
    assert 0 < typeset_pages[0] < len(pages)


def test_rubbish_in_every_entry(cold: Cold, folder: Path) -> None:
    entries = list(cold.copy(folder).iterdir())
    assert len(entries) > len(list(units_of(cold.document.parts)))
    for path in entries:
        path.write_bytes(b"\x00rubbish")
    assert write_pdf(cold.document, PICTURES, cache_in(folder, VERSIONS)) == cold.bound


def test_a_cache_that_refuses_is_told_and_changes_nothing(cold: Cold, folder: Path) -> None:
    folder.write_bytes(b"a file in the place of the folder")
    cache = cache_in(folder, VERSIONS)
    assert write_pdf(cold.document, PICTURES, cache) == cold.bound
    assert isinstance(cache.refused, OSError)
