"""A filled form in Word, untrusted, in; what it says out. A field is found by its bookmark, else by its question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pipeline.errors import RefusedFileError
from pipeline.intake.filled import FILL_AGAIN, NO_FORM, TEXTS_ALONE, Filled
from pipeline.merge.docx.open import OpenedPackage, open_docx
from pipeline.merge.docx.reading import Paragraph, Row
from pipeline.merge.prepare import read_edited
from pipeline.ooxml.bookmarks import bookmark_name
from pipeline.ooxml.elements import plain_text, q
from pipeline.parts.forms import CONTACT_TITLE, FORMS, HEADS, NOTE, Form

_ATTACHED: Final = ("word/media/", "word/embeddings/", "word/activex/")


def read_docx_form(data: bytes, name: str) -> Filled:
    """Raises RefusedFileError for what is no form of ours, or holds more than text."""
    try:
        package = open_docx(data, name)
    except RefusedFileError as error:
        raise RefusedFileError(name, error.what, "bitte das ausgefüllte Formular (.docx oder .pdf) nennen") from error
    prepared = read_edited(package)
    marked = _marked(package)
    answers: dict[str, str] = {}
    found: list[Form] = []
    beside: list[str] = []
    for item in prepared.reading.items:
        if isinstance(item, Paragraph):
            beside.append(item.plain)
            continue
        for row in item.rows:
            known = _field(row, marked) if len(row.cells) == 2 else None  # noqa: PLR2004 - a question and its answer
            if known is None or known[1] in answers:
                beside += [paragraph.plain for cell in row.cells for paragraph in cell.paragraphs]
                continue
            form, key = known
            found.append(form)
            answers[key] = _answer(row)
    if not found:
        raise RefusedFileError(name, NO_FORM, FILL_AGAIN)
    for part in package:
        if part.lower().startswith(_ATTACHED):
            raise RefusedFileError(name, f"Im Formular steckt „{part.rpartition('/')[2]}“", TEXTS_ALONE)
    form = max(found, key=found.count)
    left = [f"Nicht übernommen: {item.words}. {item.why.sentence}" for item in prepared.unsupported]
    left += [f"Kommentar: {comment.text}" for comment in prepared.comments]
    told = tuple(f"Neben den Feldern steht, und ist nicht übernommen: „{text}“" for text in _added(form, beside))
    return Filled(form.name, {key: text for key, text in answers.items() if text}, (*package.remarks, *left, *told))


def _added(form: Form, texts: Iterable[str]) -> Iterator[str]:
    """Of texts that stand in no field those that the blank form has not."""
    own = set(map(_flat, (form.title, form.lead, NOTE, *HEADS, CONTACT_TITLE)))
    yield from (text.strip() for text in texts if _flat(text) and _flat(text) not in own)


def _marked(package: OpenedPackage) -> dict[str, tuple[Form, str]]:
    """Of each row that has the bookmark of a field the words it begins with, and the field."""
    names = {
        bookmark_name(form.key(field)): (form, field.name)
        for form in FORMS.values()
        for field in (*form.fields, *form.contact)
    }
    found = {}
    for row in package.tree(package.main).iter(q("tr")):
        marks = (mark.get(q("name"), "") for mark in row.iter(q("bookmarkStart")))
        known = next((names[mark] for mark in marks if mark in names), None)
        if known is not None:
            first = next(row.iter(q("tc")), None)
            found[_flat(plain_text(first)) if first is not None else ""] = known
    return found


def _field(row: Row, marked: dict[str, tuple[Form, str]]) -> tuple[Form, str] | None:
    said = _flat(" ".join(paragraph.plain for paragraph in row.cells[0].paragraphs))
    if said in marked:
        return marked[said]
    for form in FORMS.values():
        for field in (*form.fields, *form.contact):
            if said.startswith(_flat(field.question)) and _flat(field.question):
                return form, field.name
    return None


def _answer(row: Row) -> str:
    """The paragraphs of the answer, an empty line between them where they had one."""
    lines = [line.strip() for paragraph in row.cells[1].paragraphs for line in (*paragraph.plain.split("\n"),)]
    return "\n".join(line.replace("\u00a0", " ").strip() for line in lines).strip()


def _flat(text: str) -> str:
    return "".join(text.replace("\u00ad", "").split()).casefold()
