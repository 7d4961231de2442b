"""Drawings that are programs: scripts, references outwards by every way, entities, and copies of copies."""

from __future__ import annotations

import base64
import struct
import time

import pytest

from tests.hostile.bombs import png
from tests.hostile.room import SVG, Room

XHTML = 'xmlns:h="http://www.w3.org/1999/xhtml"'
LONGEST = 5  # seconds for what must be refused at once; it takes far less

ACTIVE = [
    "<script>x</script>",
    "<SCRIPT/>",
    '<script xlink:href="x.js"/>',
    f"<h:script {XHTML}/>",
    f'<h:link {XHTML} rel="stylesheet"/>',
    f"<foreignObject><h:p {XHTML}>x</h:p></foreignObject>",
    "<iframe/>",
    "<set/>",
    "<animate/>",
    "<animateTransform/>",
    "<animateMotion/>",
    "<discard/>",
    '<rect onclick="x"/>',
    '<rect OnLoad="x"/>',
    '<g><rect onmouseover="x"/></g>',
]
OUTWARDS = [
    '<image href="{}"/>',
    '<image xlink:href="{}"/>',
    '<image xlink:href=" {} "/>',
    '<use href="{}#a"/>',
    '<use xlink:href="{}#a"/>',
    '<feImage href="{}"/>',
    '<a href="{}">x</a>',
    '<g xml:base="{}"/>',
    '<rect fill="url({})"/>',
    '<rect fill="URL({})"/>',
    "<rect fill=\"url( '{}' )\"/>",
    '<rect fill="url({}"/>',
    '<rect style="fill:url({})"/>',
    '<rect style="fill:url(&quot;{}&quot;)"/>',
    '<rect filter="url(#a) url({})"/>',
    "<rect style=\"cursor:image-set('{}' 1x)\"/>",
    '<rect style="fill:\\75rl({})"/>',
    '<rect fill="\\75rl({})"/>',
    '<style>@import "{}";</style>',
    "<style>@import url({});</style>",
    '<style>@im&#112;ort "{}";</style>',
    '<style>@imp<!-- -->ort "{}";</style>',
    "<style>\n@IMPORT\n'{}';\n</style>",
    '<style>\\@import "{}";</style>',
    '<style>@\\69mport "{}";</style>',
    "<style>rect{{fill:url(\n{})}}</style>",
    "<style>rect{{fill:u<![CDATA[rl(]]>{})}}</style>",
    "<style>@font-face{{font-family:x;src:url('{}')}}</style>",
    '<style type="text/css"><![CDATA[rect{{fill:url({})}}]]></style>',
]
ELSEWHERE = [
    "javascript:alert(1)",
    "data:image/svg+xml;base64,PHN2Zy8+",
    "data:text/html,x",
    "plan.yaml",
    "../geheim.svg",
]


def test_active_elements_are_refused(room: Room) -> None:
    for body in ACTIVE:
        room.write("bilder/punkt.svg", f"{SVG}{body}</svg>")
        assert (body, room.codes()) == (body, ["P112"])


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<text>a 👍</text>", "„👍“ (U+1F44D, THUMBS UP SIGN)"),
        ("<text><tspan>漢</tspan></text>", "U+6F22"),
        ('<rect width="1e400"/>', "Zahl ohne Ende"),
        ('<rect width="-Infinity"/>', "Zahl ohne Ende"),
        ('<path d="M1 2L12345678901 3"/>', "Zahl ohne Ende"),
        ('<rect fill="device-cmyk(0,1,1,0)"/>', "CMYK"),
        ("<style>rect{fill:#f00 icc-color(x,1)}</style>", "CMYK"),
        ("<style>text{font: italic 20px Arial}</style><text>a</text>", "„font: italic 20px Arial“"),
        ('<g style="font-size:larger"><text>a</text></g>', "„font-size:larger“"),
        ('<text font-size="small">a</text>', "„font-size:small“"),
    ],
)
def test_what_would_not_be_printed_is_told(body: str, words: str, room: Room) -> None:
    room.write("bilder/punkt.svg", f"{SVG}{body}</svg>")
    (found,) = room.check()
    assert found.code == "P112"
    assert words in found.message


@pytest.mark.parametrize(
    "body",
    [
        "<title>👍</title><desc>漢</desc>",
        '<path d="M.30000000000000004.2L1e5-2e-12" fill="#1e9900"/>',
        '<path style="font-size:medium;font:caption"/><text style="font:12px Arial" class="inf">a ⚠ →</text>',
        '<text font-size="inherit" font-family="Infinity Sans">a</text>',
    ],
)
def test_what_looks_like_it_is_printed(body: str, room: Room) -> None:
    room.write("bilder/punkt.svg", f"{SVG}{body}</svg>")
    assert room.codes() == []


@pytest.mark.parametrize("body", OUTWARDS)
def test_nothing_is_fetched(body: str, room: Room) -> None:
    for address in (*room.addresses(), *ELSEWHERE):
        room.write("bilder/punkt.svg", f"{SVG}{body.format(address)}</svg>")
        assert (address, room.codes()) == (address, ["P112"])


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE svg [<!ENTITY % a SYSTEM "http://127.0.0.1/x.dtd"> %a;]>',
        "<!DOCTYPE svg [" + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)) + "]>",
        '<!DOCTYPE svg [<!ATTLIST svg onload CDATA "x">]>',
        '<?xml-stylesheet href="http://127.0.0.1/x.css"?>',
        "<?php system('id') ?>",
    ],
)
def test_no_entities_and_no_instructions(head: str, room: Room) -> None:
    room.write("bilder/punkt.svg", f"{head}{SVG}<text>&a;</text></svg>")
    assert room.codes() == ["P112"]


@pytest.mark.parametrize("coding", ["utf-16", "utf-16-le", "latin-1"])
def test_another_coding_hides_nothing(coding: str, room: Room) -> None:
    text = f'<?xml version="1.0" encoding="{coding}"?>{SVG}<script/></svg>'
    room.write("bilder/punkt.svg", text.encode(coding))
    assert room.codes() == ["P112"]


def _copies(levels: int, link: str) -> str:
    """Each group shows the one before ten times."""
    groups = (f'<g id="a{n}">{link.format(n - 1) * 10}</g>' for n in range(1, levels))
    return f'{SVG}<g id="a0"><path/></g>{"".join(groups)}{link.format(levels - 1)}</svg>'


@pytest.mark.parametrize("link", ['<use href="#a{}"/>', '<use xlink:href="#a{}"/>', '<path fill="url(#a{})"/>'])
def test_copies_of_copies_are_counted(link: str, room: Room) -> None:
    room.write("bilder/punkt.svg", _copies(3, link))
    assert room.codes() == []
    begun = time.process_time()
    room.write("bilder/punkt.svg", _copies(80, link))
    assert room.codes() == ["P112"]
    assert time.process_time() - begun < LONGEST


def _markers(levels: int, how: str) -> str:
    """At each of thirty points of a line stands what the line before draws."""
    line = f'd="M0 0{"h1" * 30}"/>'
    inner = (f'<marker id="m{n}"><path {how.format(n - 1)} {line}</marker>' for n in range(1, levels))
    return f'<marker id="m0"><rect width="1" height="1"/></marker>{"".join(inner)}<path {how.format(levels - 1)} {line}'


@pytest.mark.parametrize("how", ['marker-mid="url(#m{})"', 'marker="url(#m{})"', 'style="MARKER-mid: url(#m{})"'])
def test_markers_are_counted_at_every_point(how: str, room: Room) -> None:
    room.write("bilder/punkt.svg", f"{SVG}{_markers(2, how)}</svg>")
    assert room.codes() == []
    room.write("bilder/punkt.svg", f"{SVG}{_markers(5, how)}</svg>")
    assert room.codes() == ["P112"]


@pytest.mark.parametrize(
    "body",
    [
        '<g marker-mid="url(#m4)"><path d="M0 0h1h1h1"/></g>',
        "<style>path {marker-mid: url(#m4)}</style>",
    ],
)
def test_markers_from_elsewhere_are_counted_too(body: str, room: Room) -> None:
    markers = _markers(5, 'class="a" marker-mid="url(#m{})"').rpartition("<path")[0]
    room.write("bilder/punkt.svg", f"{SVG}{markers}{body}</svg>")
    assert room.codes() == ["P112"]


@pytest.mark.parametrize(
    ("size", "codes"),
    [
        ('viewBox="0 0 10 10"', []),
        ('width="10mm" height="3"', []),
        ('width="100%" height="100%" viewBox="0,0,10,10"', []),
        ("", ["P112"]),
        ('width="100%" height="50%"', ["P112"]),
        ('width="10"', ["P112"]),
        ('viewBox="0 0"', ["P112"]),
    ],
)
def test_a_drawing_says_how_large_it_is(size: str, codes: list[str], room: Room) -> None:
    room.write("bilder/punkt.svg", f'<svg xmlns="http://www.w3.org/2000/svg" {size}><path d="M0 0h1"/></svg>')
    assert room.codes() == codes


@pytest.mark.parametrize(
    "body",
    [
        '<g id="a"><use href="#a"/></g>',
        '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
        '<pattern id="a"><path style="fill:url(#a)"/></pattern>',
    ],
)
def test_a_drawing_cannot_show_itself(body: str, room: Room) -> None:
    room.write("bilder/punkt.svg", f"{SVG}{body}</svg>")
    assert room.codes() == ["P112"]


@pytest.mark.parametrize(
    ("size", "allowed"),
    [
        ('width="4000" height="4000"', True),
        ('width="4001" height="4000"', False),
        ('width="9e9" height="1"', False),
        ('width="300mm" height="300mm"', True),
        ('width="2000mm" height="2000mm"', False),
        ('viewBox="0 0 4000 4000"', True),
        ('viewBox="0,0,40000,4000"', False),
        ('width="100%" height="100%" viewBox="0 0 40000 4000"', False),
        ('width="100" viewBox="0 0 40000 40000"', True),
        ('width="100" viewBox="0 0 1 40000"', False),
        ('height="100" viewBox="0 0 400000000 4"', False),
        ('width="x" height="-5" viewBox="0 0 0 0"', True),
    ],
)
def test_drawings_have_a_size_that_can_be_drawn(size: str, allowed: bool, room: Room) -> None:
    room.write("bilder/punkt.svg", f'<svg xmlns="http://www.w3.org/2000/svg" {size}/>')
    assert room.codes() == ([] if allowed else ["P112"])


def test_elements_and_levels_are_counted(room: Room) -> None:
    for body in ("<g>" * 100 + "</g>" * 100, "<g/>" * 100_000):
        room.write("bilder/punkt.svg", f"{SVG}{body}</svg>")
        assert room.codes() == ["P112"]


def test_pictures_inside_are_measured_too(room: Room) -> None:
    for data, codes in ((png(8, 8), []), (png(10_000, 10_000), ["P112"]), (b"GIF89a", ["P112"]), (b"", ["P112"])):
        address = f"data:image/png;base64,{base64.b64encode(data).decode()}"
        room.write("bilder/punkt.svg", f'{SVG}<image href="{address}"/></svg>')
        assert room.codes() == codes
    size = struct.pack(">HH", 60_000, 60_000)
    bomb = b"\xff\xd8\xff\xc0\x00\x11\x08" + size + bytes(12) + b"\xff\xd9"
    room.write("bilder/punkt.svg", f'{SVG}<style>g{{mask:url("data:image/jpeg;base64,{_text(bomb)}")}}</style></svg>')
    assert room.codes() == ["P112"]


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


@pytest.mark.parametrize(
    "text",
    [
        f'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">{SVG}</svg>',
        f'{SVG}<metadata xmlns:r="urn:r" r:resource="http://example.org/"/></svg>',
        f'{SVG}<g xmlns:i="urn:i" i:export="C:\\Bilder (neu)\\x.png"/></svg>',
        f'{SVG}<g aria-label="Bild: image (links)"><title>http://example.org</title></g></svg>',
        f'{SVG}<style>.a{{fill:url(#b)}} /* nichts */</style><linearGradient id="b"/><rect class="a"/></svg>',
        f'{SVG}<g id="oben"><a href="#oben"><text>hinauf</text></a></g></svg>',
        f'{SVG}<clipPath id="c"><rect/></clipPath><g clip-path="url(#c)" transform="matrix(1,0,0,1,0,0)"/></svg>',
        f'{SVG}<use href="#fehlt"/></svg>',
    ],
)
def test_what_drawing_programs_write_is_fine(text: str, room: Room) -> None:
    room.write("bilder/punkt.svg", text)
    assert room.codes() == []


@pytest.mark.parametrize("name", ["feMorphology", "feTurbulence", "feConvolveMatrix", "feDisplacementMap"])
def test_filters_that_take_minutes_are_refused(name: str, room: Room) -> None:
    room.write("bilder/punkt.svg", f'{SVG}<filter id="f"><{name}/></filter><rect filter="url(#f)"/></svg>')
    (found,) = room.check()
    assert name in found.message


_LARGE = '<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="2000">'
_SHADOW = f'<filter id="f">{"<feGaussianBlur/>" * 5}</filter>'


@pytest.mark.parametrize(
    "body",
    [
        '<rect filter="url(#f)"/>' * 6,
        '<rect style="filter: url(#f)"/>' * 6,
        "<style>rect {filter:url(#f)}</style>" + "<rect/>" * 6,
        '<rect style="filter:blur(5px)"/>' * 6,
    ],
)
def test_filters_are_counted_by_what_they_cover(body: str, room: Room) -> None:
    room.write("bilder/punkt.svg", f"{_LARGE}{_SHADOW}{body}</svg>")
    (found,) = room.check()
    assert "Filter" in found.message
    room.write("bilder/punkt.svg", f"{SVG}{_SHADOW}{body}</svg>")
    assert room.codes() == []
