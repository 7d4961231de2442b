"""What is worked out once, and what is not asked at all, changes no byte of what WeasyPrint makes by itself."""

from __future__ import annotations

from base64 import b64encode
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from xml.etree import ElementTree

import pytest
from cssselect2 import ElementWrapper
from weasyprint import HTML, UA_STYLESHEET

from pipeline.document.model import Document
from pipeline.pdf.css import stylesheet
from pipeline.pdf.html import fragment_html, head_of
from pipeline.pdf.pages.typeset_units import units_of
from pipeline.pdf.typeset import page as reading
from pipeline.pdf.typeset import typeset as typesetting
from pipeline.pdf.typeset.page import _agent_styles, as_browsers_read, tree
from tests.loading import Loaded
from tests.pdf.sample import PICTURES, sample

STYLES = Path(__file__).resolve().parents[2] / "styles" / "print"
DECLARATION = "{http://www.w3.org/2000/xmlns/}"  # in XML no attribute
SHORTCUTS = ("go_straight", "draw_once", "compute_at_once", "resolve_once", "make_ready_once")


def _drawing(inside: str) -> str:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10" viewBox="0 0 20 10">{inside}</svg>'
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


FADING = '<defs><linearGradient id="g"><stop offset="0"/><stop offset="1" stop-color="red"/></linearGradient></defs>'
DRAWINGS = (
    '<rect width="20" height="10" fill="#369"/>',
    '<rect width="20" height="10" fill-opacity=".4"/><circle r="3" opacity=".5"/>',
    f'{FADING}<rect width="20" height="10" fill="url(#g)"/>',
    '<text x="2" y="8" font-size="8" font-family="ZP Sans">Wort</text>',
)
STRETCHED = "Die Nachhaltigkeitsstrategie wird in jedem Jahr von allen Beteiligten besprochen. " * 3
ODD = "".join(
    f"<p style=\"height:12px;background:url('{_drawing(drawing)}') {repeat}\">{place}</p>"
    for drawing in DRAWINGS
    for place, repeat in enumerate(("no-repeat", "no-repeat 5px 5px/40px 20px", "repeat-x", "no-repeat"))
) + (
    f'<p style="text-align:justify;hyphens:auto">{STRETCHED}</p>'
    f'<p style="letter-spacing:1px;text-decoration:underline;font-variant-numeric:tabular-nums">{STRETCHED}</p>'
    '<p style="text-indent:calc(5% + 3px);margin-inline:4px 8%;padding-block-start:2px">Wort <br> <q>Wort</q></p>'
    '<ol start="3"><li>eins<ul><li>zwei</li></ul></li></ol>'
    '<div style="display:flex;width:80%"><p style="flex:1;min-width:auto">Wort</p><p style="flex:2">Wort Wort</p></div>'
    '<table style="border-collapse:collapse;width:50%"><tr><td style="border:1px solid">1</td><td rowspan="2" '
    'style="border-left:3px solid red;box-sizing:border-box;width:30%">2</td></tr><tr><td>3</td></tr></table>'
    '<p>Satz.<span class="note" data-tag="Note" id="n" data-number="1">Fußnote <em>betont</em></span></p>'
    f'<p style="white-space:pre">eins\nzwei</p><div style="columns:2;border:1px dashed">{STRETCHED}</div>'
)


def pages() -> list[str]:
    """The sample's pages, and one that has what a plan has not."""
    odd = f'<!DOCTYPE html>\n<html lang="de"><head><title>x</title></head><body>{ODD}</body></html>'
    return [*_of(sample()), odd]


def _of(document: Document) -> list[str]:
    return [fragment_html(unit, head_of(document.properties)) for unit in units_of(document.parts)]


def typeset(*, shortcuts: bool) -> list[bytes]:
    """What is made of the pages, in a process of its own: WeasyPrint is told once."""
    if not shortcuts:
        for name in SHORTCUTS:
            setattr(typesetting, name, lambda: None)
        setattr(typesetting, "Page", lambda html, fetcher: HTML(string=html, url_fetcher=fetcher))  # noqa: B010
    typesetter = typesetting.Typesetter(stylesheet())
    return [typesetter.typeset(page, PICTURES).to_bytes() for page in pages()]


def test_no_byte_is_another_one() -> None:
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        slow, fast = (pool.submit(typeset, shortcuts=shortcuts) for shortcuts in (False, True))
        assert fast.result() == slow.result()


def _as_lists(element: ElementTree.Element) -> list[object]:
    """An element with all that is in it; spaces in front of the head and behind the last element are nowhere."""
    if element.tag == "html":
        element.text, (_head, body) = None, element
        body.tail = body[-1].tail = None
    attributes = [(name, value) for name, value in element.attrib.items() if not name.startswith(DECLARATION)]
    own = [element.tag, attributes, element.text or "", element.tail or ""]
    return [*own, [_as_lists(each) for each in element]]


def test_a_page_is_read_as_a_browser_would(monkeypatch: pytest.MonkeyPatch, small_plan: Loaded) -> None:
    shown = [*pages()[:-1], *_of(small_plan.document)]
    expected = [_as_lists(as_browsers_read(page)) for page in shown]
    monkeypatch.delattr(reading, "as_browsers_read")  # that nothing was to be mended
    assert [_as_lists(tree(page)) for page in shown] == expected


def test_what_is_no_xml_is_mended_as_a_browser_does() -> None:
    page = "<!DOCTYPE html>\n<html><head><title>x</title></head><body><p>eins<p hidden>zwei&nbsp;drei</body></html>"
    assert [element.text for element in tree(page).iter("p")] == ["eins", "zwei\N{NO-BREAK SPACE}drei"]


def test_equal_paths_have_the_same_rules(small_plan: Loaded) -> None:
    matcher = _agent_styles().matcher
    elements = [
        element
        for page in [*pages(), *_of(small_plan.document)]
        for element in ElementWrapper.from_html_root(tree(page), content_language=None).iter_subtree()
    ]
    assert all(matcher.match(element) == matcher._matcher.match(element) for element in elements)
    assert len(elements) > 5 * len({id(matcher.match(element)) for element in elements})


def test_no_rule_of_weasyprints_is_lost_where_something_needs_it() -> None:
    """All but those for markers that are no item's, and for notes that are none."""
    body = "<ol><li>eins</li></ol><p>Satz<span class='note b'>Note</span></p><td>Zelle</td>"
    root = ElementTree.fromstring(f"<html><body>{body}</body></html>")
    needed = {"li": {"marker"}, "span": {"footnote-call", "footnote-marker"}}
    for element in ElementWrapper.from_html_root(root, content_language=None).iter_subtree():
        left = [
            rule
            for rule in UA_STYLESHEET.matcher.match(element)
            if rule[2] in {None, "before", "after"} | needed.get(element.local_name, set())
        ]
        assert _agent_styles().matcher.match(element) == left


def test_only_lists_have_markers_and_only_notes_float() -> None:
    """What is left out of WeasyPrint's own rules is left out for this reason."""
    rules = "".join(path.read_text("utf-8") for path in STYLES.glob("*.css"))
    assert "list-item" not in rules
    assert [line.partition("{")[0].strip() for line in rules.splitlines() if "float: footnote" in line] == [".note"]
    assert "float: note" not in rules
