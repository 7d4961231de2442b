"""A filled form in Word, untrusted, in; what it says out. A field is found by its bookmark, else by its question."""

from __future__ import annotations

from typing import Final

from pipeline.errors import RefusedFileError
from pipeline.intake.filled import Filled
from pipeline.merge.docx.open import OpenedPackage, open_docx
from pipeline.merge.docx.reading import Row, Table
from pipeline.merge.prepare import read_edited
from pipeline.ooxml.bookmarks import bookmark_name
from pipeline.ooxml.elements import plain_text, q
from pipeline.parts.forms import FORMS, Form

_ATTACHED: Final = ("word/media/", "word/embeddings/", "word/activex/")
_TEXTS_ALONE: Final = "bitte Bilder und Anlagen getrennt schicken und nur Text eintragen"


def read_docx_form(data: bytes, name: str) -> Filled:
    """Raises RefusedFileError for what is no form of ours, or holds more than text."""
    package = open_docx(data, name)
    for part in package:
        if part.lower().startswith(_ATTACHED):
            raise RefusedFileError(name, f"Im Formular steckt „{part.rpartition('/')[2]}“", _TEXTS_ALONE)
    marked = _marked(package)
    answers: dict[str, str] = {}
    found: list[Form] = []
    for table in (item for item in read_edited(package).reading.items if isinstance(item, Table)):
        for row in table.rows:
            if len(row.cells) == 2 and (known := _field(row, marked)):  # noqa: PLR2004 - a question and its answer
                form, key = known
                found.append(form)
                answers.setdefault(key, _answer(row))
    if not found:
        what = "Das ist keines der Formulare, die „forms“ schreibt"
        raise RefusedFileError(name, what, "bitte das Formular noch einmal ausfüllen")
    form = max(found, key=found.count)
    return Filled(form.name, {key: text for key, text in answers.items() if text}, package.remarks)


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
