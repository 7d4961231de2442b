"""Content that is allowed and hopes to become something else on paper: read back, it is the text that was written."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

import pikepdf
import pytest

from tests.building import Built
from tests.hostile.bombs import chunk, png
from tests.hostile.room import CANARY, SVG, Room, watched_room
from tests.reading.values import essence

TITLE = "]]> &amp; <w:p/> </title><script>x</script> {{ 1234567*3 }}"
NAME = "<b>Amt</b> \"'&amp;; } body { color: red } /*"
PROSE = """# Einleitung <i>x</i> & {{ 1234567*3 }}

<script>alert(1)</script> und <img src="{http}" onerror=alert(1)> und <!-- still -->

<div style="background: url({http})">
<object data="{file}"></object>
</div>

{{{{ 1234567*3 }}}} {{% include '{file}' %}} {{# weg #}} ${{7+7}} #{{7+7}} <%= 7+7 %>

```{{=openxml}}
<w:p><w:r><w:t>roh</w:t></w:r></w:p>
```

`<w:br/>`{{=openxml}} und [Wort]{{.klasse #neu style="color:red"}} und $\\sqrt{{2}}$ und \\includegraphics{{{file}}}

::: {{.klasse}}

Begriff {{.klasse}}
: Bedeutung `@import "{http}"` [nach draußen]({http}) und <{http}>[^n]

Tabelle: <caption>Unter</caption> & ]]>

| <td>a | {{{{ 1 }}}} |
|-------|-------------|
| &lt;b | a\\|b        |

![<b>Alt</b> "x" onerror='y'](../bilder/foto.png "<i>Unter</i> ]]>")

![Ein Punkt](../bilder/punkt.svg)

## Zwei <u>drei</u>

[^n]: <script>fuss</script> {{{{ 1234567*3 }}}}
"""
WRITTEN = (
    TITLE,
    NAME,
    "<script>alert(1)</script>",
    "onerror=alert(1)>",
    "<!-- still -->",
    '<div style="background: url(',
    "{{ 1234567*3 }}",
    "{# weg #}",
    "${7+7}",
    "<%= 7+7 %>",
    "<w:p><w:r><w:t>roh</w:t></w:r></w:p>",
    "<w:br/>{=openxml}",
    "[Wort]{.klasse",
    "\\includegraphics{",
    "@import",
    "<caption>Unter</caption> & ]]>",
    "<td>a",
    "<i>Unter</i> ]]>",
    "<script>fuss</script>",
    "Zwei <u>drei</u>",
)


def _attacked(room: Room) -> Built:
    http, file = f"http://127.0.0.1:{room.port}/x.svg", room.outside("geheim.svg").as_uri()
    text = PROSE.format(http=http, file=file).replace("::: {.klasse}\n\n", "")
    room.write("texte/einleitung.md", text)
    quoted = [f"'{value.replace(chr(39), chr(39) * 2)}'" for value in (TITLE, NAME)]
    room.replace("plan.yaml", "titel: Wirtschaftsplan Musterstadt", f"titel: {quoted[0]}")
    room.replace("akteure.yaml", "name: Wirtschaftsamt", f"name: {quoted[1]}")
    room.replace("stadt/massnahmen.yaml", "titel: Flächen verzeichnen", f"titel: {quoted[0]}")
    room.replace("stadt/ziele.yaml", "kurztitel: Flächen kennen", f"kurztitel: {quoted[1]}")
    room.replace("handlungsfelder.yaml", "titel: Flächen", f"titel: {quoted[0]}")
    room.replace("glossar.yaml", "begriff: Fläche", f"begriff: {quoted[1]}")
    words = f"Comment\0{SVG}<script/>".encode()  # any text may stand in a PNG: it stays a PNG in both documents
    room.write("bilder/foto.png", png(40, 20, before=chunk(b"tEXt", words)))
    doctype = f'<!DOCTYPE svg SYSTEM "{http}">'
    room.write("bilder/punkt.svg", f"{doctype}{SVG}<text y='9' font-family='ZP Sans'>{http}</text></svg>")
    return room.build()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The attacked plan, built once; the watch ends before anybody reads."""
    with watched_room(tmp_path_factory.mktemp("attacked")) as room:
        made = _attacked(room)
    assert made.outcome.ok, made.outcome.diagnostics
    return made


@pytest.mark.parametrize("written", WRITTEN)
def test_what_was_written_is_what_is_read(written: str, built: Built) -> None:
    for reading in (built.pdf_reading, built.docx_reading):
        assert essence(written) in essence(reading.text)


def test_nothing_was_worked_out_or_fetched(built: Built) -> None:
    for reading in (built.pdf_reading, built.docx_reading):
        assert "3703701" not in reading.text
        assert CANARY not in reading.text


def test_no_byte_from_outside_is_in_any_file(built: Built) -> None:
    for file in built.outcome.files:
        data = file.path.read_bytes()
        assert CANARY.encode() not in data
        if zipfile.is_zipfile(io.BytesIO(data)):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                assert not [name for name in archive.namelist() if CANARY.encode() in archive.read(name)]


def test_the_word_file_has_no_active_part_and_no_link_to_a_file(built: Built) -> None:
    with zipfile.ZipFile(built.file(".docx")) as archive:
        names = archive.namelist()
        roots = {name: ElementTree.fromstring(archive.read(name)) for name in names if name.endswith((".xml", ".rels"))}
    assert not [name for name in names if any(word in name for word in ("vba", "activeX", "embeddings", "oleObject"))]
    outside = [
        (element.get("Type", "").rpartition("/")[2], element.get("Target", ""))
        for name, root in roots.items()
        if name.endswith(".rels")
        for element in root
        if element.get("TargetMode") == "External"
    ]
    assert {kind for kind, _ in outside} == {"hyperlink"}
    assert not [target for _, target in outside if not target.startswith(("http://", "https://", "mailto:"))]
    title = roots["docProps/core.xml"].findtext("{http://purl.org/dc/elements/1.1/}title")
    assert essence(TITLE) in essence(str(title))


def test_the_pdf_has_no_action_but_links(built: Built) -> None:
    with pikepdf.open(built.file(".pdf")) as pdf:
        assert essence(TITLE) in essence(str(pdf.docinfo.Title))
        with pdf.open_metadata() as metadata:
            assert essence(TITLE) in essence(str(metadata["dc:title"]))
        for name in ("/OpenAction", "/AA", "/AcroForm"):
            assert name not in pdf.Root
        assert "/EmbeddedFiles" not in pdf.Root.Names
        assert "/JavaScript" not in pdf.Root.Names
        actions = [note.A for page in pdf.pages for note in page.get("/Annots", pikepdf.Array()) if "/A" in note]
        assert {str(action.S) for action in actions} <= {"/URI", "/GoTo"}
        targets = [str(action.URI) for action in actions if action.S == "/URI"]
        assert targets
        assert not [target for target in targets if not target.startswith(("http://", "https://", "mailto:"))]
