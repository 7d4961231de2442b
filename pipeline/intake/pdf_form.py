"""A filled PDF form, untrusted, in; what it says out. Whatever is more than text in its fields is refused by name."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, Final

import pikepdf
from pikepdf import Name

from pipeline.budget.limits import PARAGRAPH, WORD_FILE
from pipeline.errors import RefusedFileError
from pipeline.intake.filled import FILL_AGAIN, NO_FORM, TEXTS_ALONE, Filled
from pipeline.parts.forms import FORMS

_MOST_FIELDS: Final = 200
_DEEPEST: Final = 20


def read_pdf_form(data: bytes, name: str) -> Filled:
    """Raises RefusedFileError for what is no form of ours, or holds scripts, files or more than text."""
    if len(data) > WORD_FILE.most:
        raise RefusedFileError(name, f"Die Datei ist größer als {WORD_FILE.told}", TEXTS_ALONE)
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            _refuse_more(pdf, name)
            answers: dict[str, str] = {}
            for key, text in _answers(pdf, name):
                if answers.setdefault(key, text) != text:
                    what = f"Im Feld „{key[:80]}“ stehen zwei verschiedene Angaben"
                    raise RefusedFileError(name, what, FILL_AGAIN)
            beside = tuple(_beside(pdf))
    except RefusedFileError:
        raise
    except pikepdf.PasswordError as error:
        raise RefusedFileError(name, "Die PDF-Datei ist mit einem Kennwort geschützt", "bitte ohne schicken") from error
    except (
        pikepdf.PdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
    ) as error:
        raise RefusedFileError(name, "Die PDF-Datei lässt sich nicht lesen", FILL_AGAIN) from error
    forms = [form for form in FORMS.values() if any(key.startswith(f"{form.name}-") for key in answers)]
    if len(forms) != 1:
        raise RefusedFileError(name, NO_FORM, FILL_AGAIN)
    (form,) = forms
    names = {form.key(field): field.name for field in (*form.fields, *form.contact)}
    beside += tuple(text for key, text in answers.items() if key not in names and text)
    told = tuple(f"Neben den Feldern steht, und ist nicht übernommen: „{text}“" for text in beside)
    return Filled(form.name, {names[key]: text for key, text in answers.items() if key in names and text}, told)


def _beside(pdf: Any) -> Iterator[str]:
    """What somebody wrote or drew on the page: viewers offer that beside the fields."""
    for page in pdf.pages:
        for annotation in page.obj.get(Name.Annots, ()):
            kind = annotation.get(Name.Subtype)
            if kind in (Name.Widget, Name.Link, Name.Popup):
                continue
            text = _plain(annotation.get(Name.Contents))
            yield text or "(etwas Gezeichnetes oder Angemerktes ohne Worte)"


def _refuse_more(pdf: Any, name: str) -> None:
    root = pdf.Root
    acro = root.get(Name.AcroForm)
    if acro is None:
        raise RefusedFileError(name, "Die PDF-Datei hat keine Felder zum Ausfüllen", FILL_AGAIN)
    if Name.XFA in acro:
        raise RefusedFileError(name, "Die Datei enthält ein XFA-Formular", FILL_AGAIN)
    names = root.get(Name.Names, pikepdf.Dictionary())
    if Name.EmbeddedFiles in names or Name.AF in root:
        raise RefusedFileError(name, "In der PDF-Datei stecken andere Dateien", TEXTS_ALONE)
    if Name.JavaScript in names or Name.AA in root or _acts(root.get(Name.OpenAction)):
        raise RefusedFileError(name, "Die PDF-Datei enthält ein Programm (Skript)", FILL_AGAIN)
    for page in pdf.pages:
        if Name.AA in page.obj:
            raise RefusedFileError(name, "Die PDF-Datei enthält ein Programm (Skript)", FILL_AGAIN)
        for annotation in page.obj.get(Name.Annots, ()):
            if annotation.get(Name.Subtype) == Name.FileAttachment:
                raise RefusedFileError(name, "In der PDF-Datei stecken andere Dateien", TEXTS_ALONE)
            if Name.AA in annotation or _acts(annotation.get(Name.A)):
                raise RefusedFileError(name, "Die PDF-Datei enthält ein Programm (Skript)", FILL_AGAIN)


def _acts(action: Any) -> bool:
    """Whether an action does more than show another place."""
    return isinstance(action, pikepdf.Dictionary) and action.get(Name.S) not in (None, Name.GoTo, Name.URI)


def _answers(pdf: Any, name: str) -> Iterator[tuple[str, str]]:
    fields = pdf.Root.AcroForm.get(Name.Fields, ())
    if len(fields) > _MOST_FIELDS:
        raise RefusedFileError(name, "Die PDF-Datei hat mehr Felder als eines unserer Formulare", FILL_AGAIN)
    for field in fields:
        key = str(field.get(Name.T, ""))
        for item in _lowest(field):
            value = item.get(Name.V)
            if any(Name.AA in each or _acts(each.get(Name.A)) for each in (field, item)):
                raise RefusedFileError(name, "Die PDF-Datei enthält ein Programm (Skript)", FILL_AGAIN)
            if value is not None and not isinstance(value, pikepdf.String | pikepdf.Name):
                raise RefusedFileError(name, f"Im Feld „{key[:80]}“ steht etwas anderes als Text", FILL_AGAIN)
            text = _plain(value)
            if len(text) > PARAGRAPH.most:
                what = f"Das Feld „{key[:80]}“ ist länger als {PARAGRAPH.told} Zeichen"
                raise RefusedFileError(name, what, "bitte kürzer fassen")
            if value is not None or item is field:
                yield key, text


def _lowest(field: Any, depth: int = 0) -> Iterator[Any]:
    """Where a field's values may stand: in itself, or in what it is made of."""
    if Name.V in field or Name.Kids not in field or depth == _DEEPEST or not len(field.Kids):
        yield field
        return
    for kid in list(field.Kids)[:_MOST_FIELDS]:
        yield from _lowest(kid, depth + 1)


def _plain(value: Any) -> str:
    """A text's lines with plain spaces; '' for what is no text."""
    text = str(value).replace("\u00a0", " ") if isinstance(value, pikepdf.String) else ""
    return "\n".join(line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip()
