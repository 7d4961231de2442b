"""References that Word's own dialog made: to what the plan knows, or words."""

from __future__ import annotations

from pipeline.merge.docx.dialog_references import settle_references
from pipeline.ooxml.elements import Element, q
from tests.back.trees import par, run, tree

HEADING = '<w:bookmarkStart w:id="7" w:name="_Ref181"/><w:bookmarkStart w:id="8" w:name="{}"/>'


def field(name: str, words: str) -> str:
    kinds = ("begin", "separate", "end")
    begin, middle, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in kinds)
    return f"{begin}<w:r><w:instrText> REF {name} \\h </w:instrText></w:r>{middle}{run(words)}{end}"


def settled(body: str, *known: str) -> tuple[Element, tuple[str, ...]]:
    root = tree(body)
    return root, settle_references([root], known)


def instructions(root: Element) -> list[str]:
    return [str(item.text).strip() for item in root.iter(q("instrText"))]


def test_one_to_a_heading_of_ours_names_it() -> None:
    body = par(HEADING.format("verbindlich") + run("Wie er bindet")) + par(
        run("Siehe ") + field("_Ref181", "Wie er bindet")
    )
    root, lost = settled(body, "verbindlich")
    assert (instructions(root), lost) == (["REF verbindlich \\h"], ())


def test_one_to_anything_else_becomes_words_and_is_told() -> None:
    body = par(HEADING.format("eigenes") + run("Irgendwo")) + par(field("_Ref181", "Irgendwo"))
    root, lost = settled(body, "verbindlich")
    assert (instructions(root), lost) == (["QUOTE"], ("Irgendwo",))


def test_a_link_too() -> None:
    link = '<w:hyperlink w:anchor="_Ref181">{}</w:hyperlink>'
    body = par(HEADING.format("verbindlich")) + par(link.format(run("dort")))
    root, _ = settled(body, "verbindlich")
    assert [item.get(q("anchor")) for item in root.iter(q("hyperlink"))] == ["verbindlich"]
    root, lost = settled(par(link.format(run("dort")) + run(" und hier")))
    assert (list(root.iter(q("hyperlink"))), lost) == ([], ("dort",))
    assert "".join(str(item.text) for item in root.iter(q("t"))) == "dort und hier"


def test_references_of_the_plan_stay() -> None:
    root, lost = settled(par(field("M1_1_1", "1.1.1")) + par(field("Eigene", "x")), "M1_1_1")
    assert (instructions(root), lost) == (["REF M1_1_1 \\h", "REF Eigene \\h"], ())
