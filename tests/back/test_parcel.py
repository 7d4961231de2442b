"""What comes in by the door of the way back: sound files are opened, everything else is refused in one sentence."""

from __future__ import annotations

import io
import random
import re
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest

from pipeline.budget.limits import MEBIBYTE, WORD_FILE, WORD_PART
from pipeline.errors import ExitCode, RefusedFileError
from pipeline.merge.docx.open import OpenedPackage, open_docx
from pipeline.ooxml import unzip
from pipeline.ooxml.package import write_zip
from tests.back.packages import (
    CONTENT_TYPES,
    MAIN,
    MAIN_TYPE,
    SOUND,
    W,
    content_types,
    document,
    docx,
    relationships,
    zipped,
)

NAME = "plan.docx"
BOMB = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
WORDPROCESSING = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SENTENCE = re.compile(r"plan\.docx: [A-ZÄÖÜ][^\n]+; bitte [^\n]+\.")
SECONDS = 5.0


def read(data: bytes) -> OpenedPackage:
    """A file that is opened and whose text is parsed."""
    parcel = open_docx(data, NAME)
    parcel.tree(parcel.main)
    return parcel


def refusal(data: bytes) -> str:
    """What is said of a file, after looking that it is one sentence with its exit code, and said soon."""
    begun = time.process_time()
    with pytest.raises(RefusedFileError) as caught:
        read(data)
    assert time.process_time() - begun < SECONDS
    assert caught.value.exit_code == ExitCode.FILES
    assert SENTENCE.fullmatch(str(caught.value)), str(caught.value)
    return str(caught.value)


def patched(data: bytes, offset: int, value: bytes) -> bytes:
    """A zip with bytes of its first entry's header in its list of contents changed."""
    place = data.index(b"PK\x01\x02") + offset
    return data[:place] + value + data[place + len(value) :]


def with_main_type(kind: str) -> bytes:
    return docx({CONTENT_TYPES: content_types(kind)})


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000) + stream.encode("utf-16-le") + bytes(2000)


def open_document() -> bytes:
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"})


def lying_size() -> bytes:
    """One part that claims to be ten bytes long."""
    return patched(zipped({**SOUND, "a.xml": bytes(1000)}), 24, struct.pack("<L", 10))


def no_end() -> bytes:
    return docx()[:-30]


def wrong_sum() -> bytes:
    return patched(docx(), 16, b"\0\0\0\0")


OTHER_FORMATS: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "ist leer"),
    "text": (lambda: b"Guten Tag", "keine Word-Datei"),
    "pdf": (lambda: b"%PDF-1.7", "ein PDF"),
    "rtf": (lambda: b"{\\rtf1 Text}", "RTF"),
    "html": (lambda: b"\xef\xbb\xbf<html></html>", "HTML"),
    "flat XML": (lambda: b'<?xml version="1.0"?><pkg/>', "XML-Datei"),
    "doc": (lambda: ole("WordDocument"), ".doc)"),
    "xls": (lambda: ole("Workbook"), "altes Office-Format"),
    "encrypted": (lambda: ole("EncryptedPackage"), "Kennwort"),
    "odt": (open_document, ".odt"),
    "xlsx": (lambda: with_main_type("application/vnd.x.spreadsheetml.sheet.main+xml"), "Excel"),
    "pptx": (lambda: with_main_type("application/vnd.x.presentationml.presentation.main+xml"), "PowerPoint"),
    "other": (lambda: with_main_type("application/xml"), "kein Word-Dokument"),
    "macros": (lambda: with_main_type("application/vnd.ms-word.document.macroEnabled.main+xml"), "Makros"),
    "macro part": (lambda: docx({"word/vbaProject.bin": b"x"}), "Makros"),
    "strict": (lambda: docx({"_rels/.rels": strict_relationships()}), "Strict"),
    "strict text": (
        lambda: docx({MAIN: document(namespace="http://purl.oclc.org/ooxml/wordprocessingml/main")}),
        "Strict",
    ),
    "zip": (lambda: zipped({"a.txt": b"a"}), "ein anderes Zip"),
    "empty zip": (lambda: b"PK\x05\x06" + bytes(18), "keine Word-Datei"),
}

BROKEN: dict[str, tuple[Callable[[], bytes], str]] = {
    "no end": (no_end, "beschädigt"),
    "first half": (lambda: docx()[: len(docx()) // 2], "beschädigt"),
    "wrong sum": (wrong_sum, "beschädigt"),
    "lying size": (lying_size, "beschädigt"),
    "too long size": (lambda: patched(docx(), 24, struct.pack("<L", 5000)), "beschädigt"),
    "wrong bytes": (lambda: docx().replace(zlib_body(), bytes(len(zlib_body())), 1), "beschädigt"),
    "encrypted part": (lambda: patched(docx(), 8, b"\x01\0"), "verschlüsselt"),
    "bzip2": (lambda: zipped(SOUND, zipfile.ZIP_BZIP2), "wie Word es nicht tut"),
    "lzma": (lambda: zipped(SOUND, zipfile.ZIP_LZMA), "wie Word es nicht tut"),
    "no types": (lambda: docx(without=CONTENT_TYPES), "anderes Zip"),
    "no main": (lambda: docx(without=MAIN), "fehlt das eigentliche Dokument"),
    "no relationships": (lambda: docx(without="_rels/.rels"), "fehlt das eigentliche Dokument"),
    "two mains": (lambda: docx({"_rels/.rels": two_mains(), "b.xml": document()}), "fehlt das eigentliche"),
    "main outside": (lambda: docx({"_rels/.rels": main_outside()}), "fehlt das eigentliche"),
    "twice": (lambda: zipped([*SOUND.items(), (MAIN, document())]), "zweimal"),
    "twice but for case": (lambda: zipped({**SOUND, MAIN.upper(): document()}), "zweimal"),
    "upwards": (lambda: zipped({**SOUND, "word/../../a.xml": b"<a/>"}), "hinausführen"),
    "absolute": (lambda: zipped({**SOUND, "/etc/passwd": b"a"}), "hinausführen"),
    "drive": (lambda: zipped({**SOUND, "C:/a.xml": b"<a/>"}), "hinausführen"),
    "backslash": (lambda: zipped({**SOUND, "word\\a.xml": b"<a/>"}), "hinausführen"),
    "line in a name": (lambda: zipped({**SOUND, "../a\nb\x1b[31m": b"a"}), "hinausführen"),
}

XML_FAULTS: dict[str, tuple[Callable[[], bytes], str]] = {
    "entities": (lambda: docx({MAIN: BOMB + document()}), "DTD"),
    "late entities": (lambda: docx({MAIN: b"<!-- -->" * 9000 + BOMB + document()}), "DTD"),
    "UTF-16": (lambda: docx({MAIN: ("\ufeff" + BOMB.decode() + "<w/>").encode("utf-16-le")}), "DTD"),
    "UTF-16 bare": (lambda: docx({MAIN: (BOMB.decode() + "<w/>").encode("utf-16-be")}), "DTD"),
    "UTF-7": (
        lambda: docx({MAIN: b'<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE a+AD4 <a/>'}),
        "kein lesbares",
    ),
    "UTF-32": (lambda: docx({MAIN: ("\ufeff" + BOMB.decode() + "<w/>").encode("utf-32")}), "kein lesbares"),
    "half UTF-16": (lambda: docx({MAIN: "\ufeff<w/>".encode("utf-16-le")[:-1]}), "kein lesbares"),
    "EBCDIC": (lambda: docx({MAIN: (BOMB.decode() + "<w/>").encode("cp037")}), "kein lesbares"),
    "in a part nobody reads": (lambda: docx({"customXml/item7.xml": BOMB + b"<a/>"}), "DTD"),
    "in the relationships": (lambda: docx({"_rels/.rels": BOMB + relationships(("officeDocument", MAIN))}), "DTD"),
    "outside": (lambda: docx({MAIN: b'<!DOCTYPE w SYSTEM "file:///etc/passwd">' + document()}), "DTD"),
    "unknown entity": (lambda: docx({MAIN: document("<w:p>&lol;</w:p>")}), "kein lesbares XML"),
    "not well-formed": (lambda: docx({MAIN: document("<w:p>")}), "kein lesbares XML"),
    "deep": (lambda: docx({MAIN: document("<w:p>" * 300 + "</w:p>" * 300)}), "zu tief"),
    "deep types": (lambda: docx({CONTENT_TYPES: b"<a>" * 5000 + b"</a>" * 5000}), "zu tief"),
    "many types": (lambda: docx({CONTENT_TYPES: b"<a>" + incompressible(300_000) + b"</a>"}), "zu viele Elemente"),
    "no text": (lambda: docx({MAIN: b"\0"}), "kein lesbares XML"),
}


def strict_relationships() -> bytes:
    return relationships(("officeDocument", MAIN), office="http://purl.oclc.org/ooxml/officeDocument/relationships")


def two_mains() -> bytes:
    return relationships(("officeDocument", MAIN), ("officeDocument", "b.xml"))


def main_outside() -> bytes:
    return relationships(("officeDocument", MAIN, "External"))


def zlib_body() -> bytes:
    """The packed bytes of the first part."""
    with zipfile.ZipFile(io.BytesIO(docx())) as archive:
        entry = archive.infolist()[0]
    start = 30 + len(entry.filename)
    return docx()[start : start + entry.compress_size]


def incompressible(elements: int) -> bytes:
    """Elements whose names differ enough that they do not pack as a bomb."""
    return b"".join(b"<a%d/>" % (number % 977 * 7919) for number in range(elements))


@pytest.mark.parametrize("case", [*OTHER_FORMATS, *BROKEN, *XML_FAULTS])
def test_refused(case: str) -> None:
    make, words = (OTHER_FORMATS | BROKEN | XML_FAULTS)[case]
    assert words in refusal(make())


# --- bombs --------------------------------------------------------------------------------------------------------


def test_a_file_above_the_limit() -> None:
    assert "größer als 100 MB" in refusal(docx() + bytes(WORD_FILE.most))


def test_a_bomb_of_one_part() -> None:
    assert "200-mal so groß" in refusal(docx({"a.xml": bytes(20 * MEBIBYTE)}))


def test_a_part_above_the_limit() -> None:
    assert "größer als 60 MB" in refusal(docx({"a.xml": bytes(WORD_PART.most + 1)}))


def test_a_bomb_of_many_parts() -> None:
    """Each is small enough and packed well enough to pass; together they are too large."""
    noise = random.Random(1)
    part = b"".join(noise.randbytes(100) + bytes(9900) for _ in range(900))
    data = docx({f"{number}.bin": part for number in range(25)})
    assert len(data) < 5 * MEBIBYTE
    assert "größer als 200 MB" in refusal(data)


def test_a_bomb_that_lies_about_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """No more is unpacked than the list of contents says, and never more than the limit."""
    monkeypatch.setattr(unzip, "WORD_PART", replace(WORD_PART, most=1000))
    assert "beschädigt" in refusal(lying_size())
    monkeypatch.setattr(unzip, "_check_packing", lambda *_: None)
    assert "Ausgepackt" in refusal(docx({"a.xml": bytes(2000)}))


def test_many_parts() -> None:
    assert "mehr als 2.000 Teile" in refusal(docx({f"{number}.xml": b"<a/>" for number in range(2000)}))


def test_a_list_of_contents_that_is_a_bomb_itself() -> None:
    end = docx()
    entry = end[end.index(b"PK\x01\x02") : end.index(b"PK\x05\x06")]
    data = end[: end.index(b"PK\x01\x02")] + entry * 60_000 + end[end.index(b"PK\x05\x06") :]
    tracemalloc.start()
    try:
        assert "mehr als 2.000 Teile" in refusal(data)
        assert tracemalloc.get_traced_memory()[1] < len(data)
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("body", [b"<w:p/>", b"<w:p w:a='' w:b=''/>"], ids=["elements", "attributes"])
def test_xml_that_is_small_as_a_file_and_large_as_a_tree(body: bytes) -> None:
    count = 3_100_000 // (1 + body.count(b"="))
    part = document((body * count).decode())
    assert "zu viele Elemente" in refusal(zipped({**SOUND, MAIN: part}, zipfile.ZIP_STORED))


def test_many_attributes_take_no_quadratic_time() -> None:
    attributes = " ".join(f"a{number}=''" for number in range(200_000))
    begun = time.process_time()
    parcel = open_docx(docx({MAIN: document(f"<w:p {attributes}/>")}), NAME)
    parcel.tree(MAIN)
    assert time.process_time() - begun < SECONDS


# --- what is opened -----------------------------------------------------------------------------------------------


def test_a_sound_file() -> None:
    parcel = open_docx(docx(), NAME)
    assert dict(parcel) == dict(SOUND)
    assert parcel.main == MAIN
    assert parcel.remarks == ()
    assert parcel.tree(MAIN).tag == f"{{{W}}}document"


def test_folders_and_trailing_bytes_do_no_harm() -> None:
    parcel = open_docx(zipped([*SOUND.items(), ("word/media/", b"")]), NAME)
    assert set(parcel) == set(SOUND)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-16-le", "utf-8-sig"])
def test_utf_16_is_read(encoding: str) -> None:
    text = document("<w:p><w:r><w:t>Grüße – „ß“ 😀</w:t></w:r></w:p>").decode()
    declared = text.replace('"1.0"', '"1.0" encoding="UTF-16"')
    parcel = open_docx(docx({MAIN: declared.encode(encoding)}), NAME)
    assert parcel.tree(MAIN).xpath("string()") == "Grüße – „ß“ 😀"


def test_comments_and_instructions_are_gone() -> None:
    parcel = open_docx(docx({MAIN: document("<w:p><!-- a --><?b c?></w:p>")}), NAME)
    assert [len(node) for node in parcel.tree(MAIN).iter(f"{{{W}}}p")] == [0]


def test_the_main_document_is_where_the_package_says() -> None:
    """Some programs name it otherwise, and point to it from the root."""
    parts = {
        CONTENT_TYPES: content_types(part="doc/Main.xml"),
        "_rels/.rels": relationships(("officeDocument", "/doc/./Main.xml")),
        "doc/Main.xml": document(),
        "doc/_rels/Main.xml.rels": relationships(("footnotes", "../n%6Ftes.xml"), ("styles", "gone.xml")),
        "notes.xml": b"<a/>",
        "word/document.xml": b"<decoy/>",
    }
    parcel = open_docx(zipped(parts), NAME)
    assert parcel.main == "doc/Main.xml"
    assert parcel.related("footnotes") == "notes.xml"
    assert parcel.related("styles") is None
    assert parcel.related("comments") is None


def test_what_is_outside_or_embedded_is_told_and_left_alone() -> None:
    listed = relationships(
        ("hyperlink", "https://example.org", "External"),
        ("hyperlink", "mailto:a@example.org", "External"),
        ("hyperlink", "javascript:alert(1)", "External"),
        ("image", "http://example.org/1.png", "External"),
        *(("image", f"file:///{letter}.png", "External") for letter in "abca"),
        ("oleObject", "embeddings/a.bin"),
        ("aFChunk", "b.html"),
        ("image", "media/c.png"),
    )
    parcel = open_docx(docx({"word/_rels/document.xml.rels": listed, "word/b.html": b"<!DOCTYPE html>"}), NAME)
    assert parcel.remarks == (
        "Link, der weder http noch https noch mailto ist, nicht übernommen: „javascript:alert(1)“.",
        "Bezug nach außen, nicht geöffnet: „http://example.org/1.png“, „file:///a.png“, „file:///b.png“ (insgesamt 4).",
        "Eingebettetes Objekt, nicht geöffnet: „word/embeddings/a.bin“.",
        "Eingefügte fremde Datei, nicht gelesen: „word/b.html“.",
    )


def test_a_strange_address_stays_on_one_short_line() -> None:
    listed = relationships(("image", "http://a&#10;b&#x202E;c/" + "x" * 5000, "External"))
    (remark,) = open_docx(docx({"word/_rels/document.xml.rels": listed}), NAME).remarks
    assert remark.isprintable()
    assert len(remark) < 150


def test_a_template_is_a_word_document_too() -> None:
    open_docx(with_main_type(f"{WORDPROCESSING}.template.main+xml"), NAME)
    assert MAIN_TYPE.startswith(WORDPROCESSING)


def test_what_packs_too_well_is_handed_out_so_that_it_comes_back() -> None:
    """A picture of nothing packs a thousand times; packed as the rest, it could never be merged again."""
    parts = {"bilder/leer.svg": bytes(3 * MEBIBYTE), "a.xml": b"<a/>" * 9}
    data = write_zip(parts)
    assert unzip.unzip(data, NAME) == parts
    unzip.check_returning(data, NAME)


@pytest.mark.parametrize("names", [("a.svg", "A.svg"), ("a\\b.svg",), tuple(f"{number}.svg" for number in range(2001))])
def test_what_would_be_refused_is_refused_before_it_is_handed_out(names: tuple[str, ...]) -> None:
    data = write_zip(dict.fromkeys(names, b"<svg/>"))
    with pytest.raises(RefusedFileError):
        unzip.unzip(data, NAME)
    with pytest.raises(RefusedFileError):
        unzip.check_returning(data, NAME)
