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
            answers = dict(_answers(pdf, name))
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
    return Filled(form.name, {names[key]: text for key, text in answers.items() if key in names and text})


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
        key, depth, lowest = str(field.get(Name.T, "")), 0, field
        while Name.V not in lowest and Name.Kids in lowest and depth < _DEEPEST and len(lowest.Kids):
            lowest, depth = lowest.Kids[0], depth + 1
        value = lowest.get(Name.V)
        if any(Name.AA in item or _acts(item.get(Name.A)) for item in (field, lowest)):
            raise RefusedFileError(name, "Die PDF-Datei enthält ein Programm (Skript)", FILL_AGAIN)
        if value is not None and not isinstance(value, pikepdf.String | pikepdf.Name):
            raise RefusedFileError(name, f"Im Feld „{key[:80]}“ steht etwas anderes als Text", FILL_AGAIN)
        text = str(value).replace("\u00a0", " ") if isinstance(value, pikepdf.String) else ""
        if len(text) > PARAGRAPH.most:
            what = f"Das Feld „{key[:80]}“ ist länger als {PARAGRAPH.told} Zeichen"
            raise RefusedFileError(name, what, "bitte kürzer fassen")
        yield (
            key,
            "\n".join(line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip(),
        )
