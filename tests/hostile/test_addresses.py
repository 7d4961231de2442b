"""The writers themselves, past all checks: what they are handed is all they use, whatever an address says."""

from __future__ import annotations

import io
import zipfile

import pytest

from pipeline.errors import RenderingError
from pipeline.pdf.typeset.typeset import _Fetcher
from pipeline.text.markdown import parse
from pipeline.word.convert import convert, default_reference
from pipeline.word.raster import png_from_svg
from tests.hostile.room import CANARY, SVG, Room

REFUSED = [
    "http://127.0.0.1:{port}/x.svg",
    "https://127.0.0.1:{port}/x.svg",
    "HTTP://127.0.0.1:{port}/x.svg",
    "ftp://127.0.0.1:{port}/x.svg",
    "//127.0.0.1:{port}/x.svg",
    "gopher://127.0.0.1:{port}/",
    "file:///etc/passwd",
    "file:{folder}/geheim.svg",
    "FILE://{folder}/geheim.svg",
    "{folder}/geheim.svg",
    "geheim.svg",
    "",
    "data:,x",
    "data:text/html,<script>x</script>",
    "data:image/png;base64,AAAA",
    "data:image/svg+xml,<svg/>",
    "styles:",
    "styles:.",
    "styles:..",
    "styles:fonts",
    "styles:nichts.css",
    "styles:../pyproject.toml",
    "styles:%2e%2e/pyproject.toml",
    "styles:%2E%2E%2Fpyproject.toml",
    "styles:fonts/../../pyproject.toml",
    "styles:fonts/%2e%2e/%2e%2e/pyproject.toml",
    "styles:%252e%252e/pyproject.toml",
    "styles:/etc/passwd",
    "styles://etc/passwd",
    "styles:///etc/passwd",
    "styles:%2fetc%2fpasswd",
    "STYLES:../pyproject.toml",
    "styles:fonts/OFL-SourceSans3.md%00",
    "content:../geheim.svg",
    "content:{folder}/geheim.svg",
    "content:bilder/%2e%2e/%2e%2e/geheim.svg",
    "content:plan.yaml",
    "javascript:alert(1)",
    "jar:file:///etc/passwd!/x",
]


@pytest.mark.parametrize("address", REFUSED)
def test_the_typesetter_is_served_nothing_else(address: str, room: Room) -> None:
    fetcher = _Fetcher({"bilder/punkt.svg": b"<svg/>"})
    with pytest.raises((RenderingError, ValueError)):
        fetcher.fetch(address.format(port=room.port, folder=room.folder))


def test_the_typesetter_is_served_what_is_its_own() -> None:
    fetcher = _Fetcher({"bilder/ein punkt.svg": b"<svg/>"})
    assert fetcher.fetch("content:bilder/ein%20punkt.svg").read() == b"<svg/>"
    assert fetcher.fetch("styles:tokens.json").read().startswith(b"{")


def test_word_is_written_without_reading_or_calling(room: Room) -> None:
    tags = [
        '<img src="{}" alt="x">',
        '<link rel="stylesheet" href="{}">',
        '<iframe src="{}"></iframe>',
        '<embed src="{}">',
    ]
    tags += [
        '<object data="{}"></object>',
        '<p style="background:url({})">x</p>',
        '<base href="{}">',
        '<video src="{}">',
    ]
    reference = default_reference()
    for address in (*room.addresses(), str(room.outside("geheim.svg")), "../geheim.svg", "geheim.md"):
        try:
            made = convert("".join(tag.format(address) for tag in tags), reference)
        except RenderingError as refusal:
            room.said.append(str(refusal))
            continue
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            assert CANARY.encode() not in b"".join(archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("body", ['<image href="{}" width="9" height="9"/>', "<style>@import url({});</style>"])
def test_drawings_become_pictures_without_reading_or_calling(body: str, room: Room) -> None:
    for address in (*room.addresses(), str(room.outside("geheim.svg")), "geheim.svg"):
        try:
            with_address = png_from_svg("x.svg", f"{SVG}{body.format(address)}</svg>".encode())
        except RenderingError as refusal:
            room.said.append(str(refusal))
            continue
        assert with_address == png_from_svg("x.svg", f"{SVG}</svg>".encode())


LINKS = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "&#106;avascript:alert(1)",
    "javascript&colon;alert(1)",
    "%6aavascript:alert(1)",
    "vbscript:x",
    "data:text/html,x",
    "DATA:text/html;base64,eA==",
    "file:///etc/passwd",
    "ftp://127.0.0.1/x",
    "//127.0.0.1/x",
    "tel:+49",
    "ms-word:ofe|u|http://127.0.0.1/x",
    "../geheim.md",
    "/etc/passwd",
    "plan.yaml",
    "\\\\127.0.0.1\\x",
    "http",
    "mailto",
    "blob:http://127.0.0.1/x",
]


@pytest.mark.parametrize("form", ["[x](<{}>)", "<{}>", "[x][a]\n\n[a]: <{}>", "![[x](<{}>)](../bilder/punkt.svg)"])
@pytest.mark.parametrize("address", LINKS)
def test_no_link_leads_elsewhere(form: str, address: str, room: Room) -> None:
    text = form.format(address)
    targets = [
        str(node.attrs["target"]) for block in parse(text).blocks for node in block.walk() if "target" in node.attrs
    ]
    assert [target for target in targets if not target.startswith(("http://", "https://", "mailto:", "#"))] == []
    room.write("texte/einleitung.md", f"# Einleitung\n\n{text}\n")
    assert set(room.codes()) <= {"P610", "P612"}


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_such_a_link_is_told_in_every_field(address: str, room: Room) -> None:
    room.replace("stadt/massnahmen.yaml", "Das Amt verzeichnet alle Flächen.", f"'[hier]({address})'")
    room.replace("plan.yaml", "impressum: Stadt Musterstadt.", f"impressum: '[hier]({address})'")
    room.replace("handlungsfelder.yaml", "Betriebe brauchen Platz.", f"'[hier]({address})'")
    room.replace("glossar.yaml", "Grund und Boden.", f"'[hier]({address})'")
    assert room.codes() == ["P610"] * 4
