"""What the finished PDFs' tag trees have to say beyond what the standards ask: everything once, in whole elements."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator

import lxml.html
import pikepdf
import pytest

from pipeline.pdf.bind.stamp import running_foot
from pipeline.pdf.html import document_html
from pipeline.pdf.typeset.typeset import Typesetter
from tests.building import Built
from tests.every_picture import corners, saved
from tests.pdf.test_aloud import typeset
from tests.reading.pdf import Pdf, children, walk
from tests.reading.values import squeezed


def test_header_cells_say_what_they_head_by_scope_alone(built: Built) -> None:
    heads = list(built.pdf.marked("/TH"))
    assert heads
    assert {str(head.A.Scope) for head in heads} <= {"/Row", "/Column"}
    assert not [cell for tag in ("/TH", "/TD") for cell in built.pdf.marked(tag) if "/Headers" in cell.get("/A", {})]


def test_every_table_is_one_with_one_head(built: Built) -> None:
    """Though some run over pages: as many as in the source."""
    tables = list(built.pdf.marked("/Table"))
    assert len(tables) == len(source(built).xpath("//table"))
    for table in tables:
        assert [str(kid.S) for kid in elements(table)].count("/THead") <= 1


def test_some_tables_do_run_over_pages(build_once: Callable[[str], Built]) -> None:
    assert any(len(pages_of(table)) > 1 for table in build_once("stress").pdf.marked("/Table"))


def test_every_paragraph_is_one(built: Built) -> None:
    html = document_html(built.loaded.document)
    blocks = [built.pdf.text(element) for element in built.pdf.marked("/P")]
    assert len(blocks) >= html.count("<p>")
    words = " ".join(f"Wort{number}" for number in range(400))
    pdf = Pdf(typeset(f"<p>{words}</p>").pdf)
    (paragraph,) = pdf.marked("/P")
    assert len(pdf.file.pages) > 1
    assert len(pages_of(paragraph)) == len(pdf.file.pages)
    assert pdf.text(paragraph) == words


def test_a_table_over_pages_has_its_head_once() -> None:
    rows = "".join(f"<tr><th scope=row>{number}</th><td>x y</td></tr>" for number in range(40))
    head = '<thead><tr><th scope="col">Nummer</th><th scope="col">Wert</th></tr></thead>'
    pdf = Pdf(typeset(f"<table>{head}<tbody>{rows}</tbody></table>").pdf)
    assert len(pdf.file.pages) > 1
    (_,) = pdf.marked("/Table")
    (once,) = pdf.marked("/THead")
    assert pdf.text(once) == "NummerWert"
    assert len(list(pdf.marked("/TR"))) == 41


def test_all_content_is_in_the_tree_once_or_an_artifact(built: Built) -> None:
    owners = dict(owned(built.pdf.root))
    parents = parent_tree(built.pdf)
    for page in built.pdf.file.pages:
        marks = set(marked(page))
        listed = parents[int(page.obj.StructParents)]
        assert {mark for (objgen, mark) in owners if objgen == page.obj.objgen} == marks
        for mark in marks:
            assert listed[mark].objgen == owners[page.obj.objgen, mark]


def test_heads_and_feet_are_not_read(built: Built) -> None:
    properties, text = built.loaded.document.properties, built.pdf.running_text()
    assert running_foot(properties)
    assert running_foot(properties) not in text
    assert f"von {len(built.pdf.file.pages)}" not in text


def test_links_say_where_they_lead_and_print(built: Built) -> None:
    owners, parents = dict(annotated(built.pdf.root)), parent_tree(built.pdf)
    seen = 0
    for page in built.pdf.file.pages:
        for annotation in page.obj.get("/Annots", []):
            seen += 1
            assert int(annotation.F) == 4
            link = owners.pop(annotation.objgen)
            assert parents[int(annotation.StructParent)].objgen == link.objgen
            heard, told = squeezed(built.pdf.text(link)), squeezed(str(annotation.Contents))
            assert told
            # A page number beside a link to that page belongs to the link and is not heard.
            assert told in heard or told.removeprefix("Seite") in heard or told == f"Seite{page_of(built, annotation)}"
    assert seen > 50
    assert owners == {}


def test_notes_and_their_calls_name_each_other(built: Built) -> None:
    notes = list(built.pdf.marked("/Note"))
    names = list(built.pdf.root.IDTree.Names)[::2] if notes else []
    assert sorted(str(note.ID) for note in notes) == [str(name) for name in names]
    for note in notes:
        (call,) = note.Ref
        assert call.S == "/Reference"
        assert [item.objgen for item in call.Ref] == [note.objgen]
        own = [item.objgen for item in walk(note.P)]
        assert own.index(call.objgen) < own.index(note.objgen)
        assert str(elements(note)[0].S) == "/Lbl"


def test_lists_have_labels_and_bodies(built: Built) -> None:
    lists, directories = list(built.pdf.marked("/L")), list(built.pdf.marked("/TOC"))
    assert lists
    for item in lists:
        assert {str(kid.S) for kid in elements(item)} == {"/LI"}
        labels = [built.pdf.text(kid) for entry in elements(item) for kid in elements(entry) if kid.S == "/Lbl"]
        counted = all(re.match(r"\d+\.", label) for label in labels)
        assert (str(item.A.O), str(item.A.ListNumbering)) == ("/List", "/Decimal" if labels and counted else "/None")
    for entry in built.pdf.marked("/LI"):
        assert {str(kid.S) for kid in elements(entry)} in ({"/LBody"}, {"/Lbl", "/LBody"})
    assert len(directories) == 1
    for entry in elements(directories[0]):
        assert entry.S == "/TOCI"
        (reference,) = elements(entry)
        assert reference.S == "/Reference"
        assert [str(kid.S) for kid in elements(reference)] == ["/Link"]


def test_drawings_and_pictures_are_described_or_decoration(built: Built) -> None:
    """Each that says what it shows is a figure in the PDF, in the same order, with the same words; pictures all do."""
    found = source(built).xpath("//svg | //img")
    told = [(item.findtext("title") if item.tag == "svg" else item.get("alt")) or "" for item in found]
    assert all(text for item, text in zip(found, told, strict=True) if item.tag == "img")
    told = [text for text in told if text]
    assert told
    figures = list(built.pdf.marked("/Figure"))
    assert [squeezed(str(figure.Alt)) for figure in figures] == [squeezed(text) for text in told]
    assert all(len(str(figure.Alt).split()) > 1 or str(figure.Alt) == "Meilensteine" for figure in figures)


def test_figures_lie_on_their_page(built: Built) -> None:
    for figure in built.pdf.marked("/Figure"):
        left, bottom, right, top = (float(value) for value in figure.A.BBox)
        width, height = (float(value) for value in list(figure.Pg.MediaBox)[2:])
        assert -0.1 <= left < right <= width + 0.1
        assert -0.1 <= bottom < top <= height + 0.1


def test_no_picture_is_smoothed(built: Built) -> None:
    images = [
        item for item in built.pdf.file.objects if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"
    ]
    assert not [image for image in images if image.get("/Interpolate", False)]


def test_the_small_plan_has_a_picture_of_dots(small: Built) -> None:
    """Without one the test above would prove nothing."""
    images = [item for item in small.pdf.file.objects if isinstance(item, pikepdf.Stream)]
    assert [item for item in images if item.get("/Subtype") == "/Image"]


def test_another_language_is_told() -> None:
    pdf = Pdf(typeset('<p>Das ist <span lang="en">open source</span>.</p><p lang="nl">Goede dag</p>').pdf)
    (phrase,) = pdf.marked("/Span")
    assert (str(phrase.Lang), pdf.text(phrase)) == ("en", "open source")
    assert [str(element.get("/Lang", "")) for element in pdf.marked("/P")] == ["", "nl"]


def test_the_file_claims_both_standards(built: Built) -> None:
    metadata = built.pdf.file.open_metadata()
    claims = [metadata[f"pdfaid:{key}"] for key in ("part", "conformance")] + [metadata["pdfuaid:part"]]
    assert claims == ["2", "A", "1"]


@pytest.mark.parametrize("tag", ["Headers", "ID"])
def test_the_scope_test_would_see(tag: str) -> None:
    """WeasyPrint's own tagging writes these; the hook in its place does not."""
    pdf = Pdf(typeset("<table><thead><tr><th>a b</th></tr></thead><tbody><tr><td>c</td></tr></tbody></table>").pdf)
    assert not [item for item in (*pdf.marked("/TH"), *pdf.marked("/TD")) if f"/{tag}" in item]


# --- reading ------------------------------------------------------------------------------------------------------


def source(built: Built) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(document_html(built.loaded.document))


def elements(element: pikepdf.Object) -> list[pikepdf.Object]:
    return [kid for kid in children(element) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def owned(root: pikepdf.Object) -> Iterator[tuple[tuple[tuple[int, int], int], tuple[int, int]]]:
    """Page and number of all marked content in the tree, with its element; each but once."""
    seen = set()
    for element in walk(root):
        for page, mark in contents(element):
            assert (page, mark) not in seen
            seen.add((page, mark))
            yield (page, mark), element.objgen


def contents(element: pikepdf.Object) -> Iterator[tuple[tuple[int, int], int]]:
    """Page and number of an element's own marked content."""
    for kid in children(element):
        if isinstance(kid, int):
            yield element.Pg.objgen, kid
        elif isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/MCR":
            yield kid.Pg.objgen, int(kid.MCID)


def pages_of(element: pikepdf.Object) -> set[tuple[int, int]]:
    return {page for item in (element, *walk(element)) for page, _ in contents(item)}


def page_of(built: Built, annotation: pikepdf.Object) -> int:
    """The number of the page that a link leads to."""
    names = built.pdf.file.Root.Names.Dests.Names
    found = {str(names[index]): names[index + 1][0].objgen for index in range(0, len(names), 2)}
    pages = [page.obj.objgen for page in built.pdf.file.pages]
    return pages.index(found[str(annotation.Dest)]) + 1


def annotated(root: pikepdf.Object) -> Iterator[tuple[tuple[int, int], pikepdf.Object]]:
    for element in walk(root):
        for kid in children(element):
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR":
                assert element.S == "/Link"
                yield kid.Obj.objgen, element


def parent_tree(pdf: Pdf) -> dict[int, pikepdf.Object]:
    flat = list(pdf.root.ParentTree.Nums)
    return {int(key): value for key, value in zip(flat[::2], flat[1::2], strict=True)}


def marked(page: pikepdf.Page) -> Iterator[int]:
    """The numbers of a page's marked content. Whatever paints outside of it has to be an artifact."""
    open_marks: list[str] = []
    paints = "TJ Tj ' \" S s f F f* B B* b b* Do sh BI"
    for instruction in pikepdf.parse_content_stream(page, f"BDC BMC EMC {paints}"):
        name = str(instruction.operator)
        if name in ("BDC", "BMC"):
            tag = str(instruction.operands[0])
            number = instruction.operands[1].get("/MCID") if name == "BDC" else None
            open_marks.append(tag if number is None else "numbered")
            if number is not None:
                yield int(number)
        elif name == "EMC":
            open_marks.pop()
        else:
            assert {"numbered", "/Artifact"} & set(open_marks), f"{name} paints what is not marked"


def test_a_picture_in_a_link_is_in_the_tree_with_its_annotation() -> None:
    """Its box has an annotation of its own, beside that of the link; each says where it leads."""
    page = '<p><a href="https://example.org"><img src="content:a.png" alt="Ein Bild"></a></p>'
    fragment = Typesetter("").typeset(page, {"a.png": saved(corners(90, 60), "PNG")})
    with pikepdf.open(io.BytesIO(fragment.pdf)) as pdf:
        links = [item for page in pdf.pages for item in page.obj.get("/Annots", ())]
        assert links
        assert [str(item.Contents) for item in links] == ["Ein Bild"] * len(links)
        assert all("/StructParent" in item for item in links)
