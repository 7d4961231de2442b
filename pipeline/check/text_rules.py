"""Parsed texts, the plan and the Source in, what is wrong in texts, in Markdown fields and in the outline out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from pipeline.budget.deadline import at
from pipeline.budget.limits import ALL_BRACKETS, ALL_PIXELS, PIXELS
from pipeline.check.file_names import outline_hint, picture_hint, picture_ways, text_hint
from pipeline.check.missing import texts_told_here
from pipeline.content.pictures import fault, has_unknown_inks, pixels
from pipeline.content.read import TEXTS, Source, TextFile
from pipeline.content.texts import Texts
from pipeline.diagnostics import Diagnostic, Location, Severity
from pipeline.document.targets import RUNNING, data_targets, part_anchor, part_targets, text_targets
from pipeline.text.almost_markdown.find import has_front_matter
from pipeline.text.markdown import SCHEMES, Directive, Prose, parse
from pipeline.text.markdown_limits import RefusedTextError
from schema.base import MarkdownText
from schema.forms import marked
from schema.plan import PASSAGE, Kind, Plan
from schema.rules.entities import entities_of
from schema.rules.finding import Finding, Path, Subject, suggestion
from schema.rules.resolution import open_matter
from schema.vocabulary import PartName

_PARTS = frozenset(part.value for part in PartName)
_IN_TEXTS = tuple(part for part in PartName if part.in_texts)
_RUNNING = "so nennt das Programm, was es selbst nummeriert"
_NUMBER = re.compile(r"[MZ]\d[\d.]*")
_NUMBERS = "Welche Nummern es gibt, steht in massnahmen.yaml und ziele.yaml in den Ordnern der Stränge. "
_ANCHOR = re.compile(r"[\w.-]{1,80}")  # what means nothing else in addresses, style sheets and bookmarks


def text_findings(plan: Plan, texts: Texts, source: Source) -> Iterator[Finding | Diagnostic]:
    """What is wrong in the texts, in the Markdown fields of the data, and in the outline's texts."""
    # What may be referred to: everything in the data, also what is faulty, and in the texts; but of the generated parts
    # only those that stand in the plan.
    known = {anchor for anchor, _ in data_targets(plan)} | set(_anchors_of_broken(plan))
    known |= {anchor for anchor, _, _ in text_targets(texts.by_stem.items())}
    known -= {anchor for anchor, _ in part_targets(plan)} - set(_placed_parts(plan, texts))
    yield from _outline(plan, texts, source)
    yield from _anchors(plan, texts)
    yield from _parts_once(plan, texts)
    yield from _reasons(plan, texts)
    yield from _pictures(source)
    yield from _pictures_named(plan, source)
    yield from texts.diagnostics
    files = {file.path: file for file in source.texts}
    for stem, prose in texts.by_stem.items():
        path = texts.paths[stem]
        if not has_front_matter(files[path].text):  # then nothing else is as it was meant
            yield from _structure(path, prose)
        for line, code, message, hint in _content(plan, prose, known, source, files[path]):
            yield Diagnostic(code, Severity.ERROR, Location(path, line), message, hint)
        for directive in prose.directives:
            for code, message, hint in _directive(plan, directive):
                yield Diagnostic(code, Severity.ERROR, Location(path, directive.line), message, hint)
    yield from _markdown_of_data(plan, known, source)


def _reasons(plan: Plan, texts: Texts) -> Iterator[Finding]:
    """The sections that the paper takes its reasons from are there."""
    for index, reason in enumerate(plan.meta.reasons):
        match = PASSAGE.fullmatch(reason.strip())
        prose = texts.by_stem.get(match[1]) if match else None
        known = [heading.anchor for heading in prose.headings if heading.anchor] if prose else []
        if match and match[2] not in known:
            hint = (
                f"{suggestion(match[2], known)}Kennungen in diesem Text: {', '.join(known) or 'keine'}."
                if prose
                else f"{suggestion(match[1], texts.by_stem)}Die Texte liegen in {TEXTS}/."
            )
            message = f"Den Abschnitt „{reason.strip()}“ gibt es nicht."
            yield Finding("P217", Subject(Kind.PLAN), ("begruendung", index), message, hint)


def _markdown_of_data(plan: Plan, known: set[str], source: Source) -> Iterator[Finding]:
    """What is wrong, and what is marked as open, in the Markdown fields of the data."""
    brackets = sum(file.text.count("[") for file in source.texts)
    for subject, field_path, text in markdown_fields(plan):
        at(subject.name)
        brackets += text.count("[")
        if brackets > ALL_BRACKETS.most:
            message = f"Bis hierher stehen in den Texten des Plans mehr als {ALL_BRACKETS.told} eckige Klammern."
            yield Finding("P113", subject, field_path, message, "Links und Bilder sparsamer verwenden.")
            break
        try:
            prose = parse(text)
        except RefusedTextError as error:
            yield Finding("P113", subject, field_path, error.message, error.hint, line=error.line)
            continue
        for line, code, message, hint in _content(plan, prose, known, source):
            yield Finding(code, subject, field_path, message, hint, line=line)
        for mark in prose.open_marks:
            yield open_matter(subject, field_path, mark.what, mark.line)
        for heading in prose.headings:
            message = f"Die Überschrift „{heading.text}“ kann hier nicht stehen."
            hint = "Überschriften gehören in die Texte; hier hilft **fetter Text**."
            yield Finding("P606", subject, field_path, message, hint, line=heading.line)
        for directive in prose.directives:
            message = f"Der Teil „{directive.name}“ kann hier nicht stehen."
            hint = "Erzeugte Teile gehören in einen Text oder die Gliederung."
            yield Finding("P602", subject, field_path, message, hint, line=directive.line)


def _outline(plan: Plan, texts: Texts, source: Source) -> Iterator[Finding | Diagnostic]:
    """Texts that the outline names are there, and texts that are there are named; unreadable ones count as there, and
    those that are told with other missing files.
    """
    named = [entry.text for entry in plan.meta.outline if entry.text]
    unreadable = {path.stem for path in source.unreadable} | set(texts.paths) | set(texts_told_here(source, plan.meta))
    for index, entry in enumerate(plan.meta.outline):
        if entry.text and entry.text not in texts.by_stem and entry.text not in unreadable:
            yield Finding(
                "P203",
                Subject(Kind.PLAN),
                ("gliederung", index, "text"),
                f"Den Text „{entry.text}“ gibt es nicht; erwartet wird die Datei {TEXTS}/{entry.text}.md.",
                text_hint(entry.text, texts.paths),
            )
    for stem, path in texts.paths.items():
        if stem not in named:
            yield Finding(
                "P272",
                Subject(Kind.PLAN),
                ("gliederung",),
                f"Der Text {path} steht nicht in der Gliederung und wird nicht gedruckt.",
                outline_hint(stem, path),
                name=stem,
            )


def _anchors_of_broken(plan: Plan) -> Iterator[str]:
    """What entities that dropped out would be referred to by: a fault of theirs is not one of the reference."""
    for kind, identifiers in plan.ids.items():
        yield from (Subject(kind, identifier).name for identifier in identifiers)


def _anchors(plan: Plan, texts: Texts) -> Iterator[Finding | Diagnostic]:
    """Every ID is given once over all texts and the data."""
    owners: dict[str, str] = {}
    for anchor, label in data_targets(plan):
        if plan.actor_by_id.get(anchor) and (anchor in owners or RUNNING.fullmatch(anchor)):
            owner = label if anchor in owners else _RUNNING
            message = f"Die Kennung „{anchor}“ ist schon vergeben: {owner}."
            subject = Subject(Kind.ACTOR, anchor)
            yield Finding("P605", subject, ("id",), message, "Dem Akteur eine andere Kennung geben.")
        owners.setdefault(anchor, label)
    for stem, prose in texts.by_stem.items():
        for anchor, label, line in text_targets([(stem, prose)]):
            if anchor in owners or RUNNING.fullmatch(anchor):
                yield Diagnostic(
                    "P605",
                    Severity.ERROR,
                    Location(texts.paths[stem], line),
                    f"Die Kennung „{anchor}“ ist schon vergeben: {owners.get(anchor, _RUNNING)}.",
                    "Eine andere Kennung wählen; auch Dateinamen der Texte sind Kennungen.",
                )
            owners.setdefault(anchor, label)


def _pictures(source: Source) -> Iterator[Diagnostic]:
    total = 0
    for name, data in source.pictures.items():
        at(name)
        own = pixels(data)
        total += own if own <= PIXELS.most else 0  # alone too large, it is refused before it is unpacked
        if own <= PIXELS.most and total > ALL_PIXELS.most:
            if total - own <= ALL_PIXELS.most:
                message = f"Bis hierher haben die Bilder zusammen mehr als {ALL_PIXELS.told} Bildpunkte."
                yield Diagnostic("P113", Severity.ERROR, Location(PurePosixPath(name)), message, "Bilder verkleinern.")
            continue  # to look into it would take long
        path = PurePosixPath(name)
        if message := fault(path, data):
            hint = "Das Bild neu speichern oder ersetzen."
            yield Diagnostic("P112", Severity.ERROR, Location(path), message, hint)
        elif has_unknown_inks(data):
            message = "Das Bild ist in Druckfarben gespeichert (CMYK) und sagt nicht, in welchen; sie werden geschätzt."
            hint = "Wer die Farben genau braucht, speichert es als RGB-Bild oder mit seinem Farbprofil."
            yield Diagnostic("P123", Severity.NOTE, Location(path), message, hint)


def _parts_once(plan: Plan, texts: Texts) -> Iterator[Finding | Diagnostic]:
    """A generated part stands once in the document, placed by the outline or by a text."""
    message = "Der Teil „{}“ steht schon an anderer Stelle im Plan ({})."
    hint = "Eine der beiden Stellen löschen; verwiesen wird mit [](#{})."
    places: dict[str, str] = {}
    for index, entry in enumerate(plan.meta.outline):
        for anchor in _placed(plan, entry.part, entry.field) if entry.part else ():
            if anchor in places:
                path = ("gliederung", index)
                yield Finding(
                    "P204", Subject(Kind.PLAN), path, message.format(anchor, places[anchor]), hint.format(anchor)
                )
            places.setdefault(anchor, "in der Gliederung")
    for stem in dict.fromkeys(entry.text for entry in plan.meta.outline if entry.text in texts.by_stem):
        for directive in texts.by_stem[str(stem)].directives:
            if directive.name not in _IN_TEXTS:
                continue
            field = dict(directive.options).get("handlungsfeld")
            anchor = part_anchor(directive.name, field)
            location = Location(texts.paths[str(stem)], directive.line)
            if anchor in places:
                text = message.format(anchor, places[anchor])
                yield Diagnostic("P204", Severity.ERROR, location, text, hint.format(anchor))
            places.setdefault(anchor, location.spoken)
    yield from _unplaced(plan, set(places))


def _unplaced(plan: Plan, placed: set[str]) -> Iterator[Finding]:
    """Findings for data that are printed nowhere: proposals, say, without the part that lists them."""
    needed = {
        PartName.REGISTER: any(not measure.active for measure in plan.measures),
        PartName.OPEN_POINTS: bool(plan.meta.settlements),
        PartName.PROPOSALS: bool(plan.proposals),
        PartName.GLOSSARY: bool(plan.terms),
    }
    missing = [(part.value, part.value) for part, needs in needed.items() if needs and part.value not in placed]
    missing += [
        (f"{PartName.FIELDS.value}, Handlungsfeld {item.number}", PartName.FIELDS.value)
        for item in plan.fields
        if plan.goals_of(item.number) and item.anchor not in placed
    ]
    for name, part in missing:
        message = f"Der Teil „{name}“ steht nicht in der Gliederung, obwohl es Daten dafür gibt."
        hint = f"Die Zeile „- teil: {part}“ ergänzen."
        yield Finding("P273", Subject(Kind.PLAN), ("gliederung",), message, hint, name=part)


def _placed_parts(plan: Plan, texts: Texts) -> Iterator[str]:
    """The anchors of all generated parts that stand in the plan, placed by the outline or by a text that it names."""
    for entry in plan.meta.outline:
        if entry.part:
            yield part_anchor(entry.part)  # also where it is narrowed: a part of it is there to be referred to
            yield from _placed(plan, entry.part, entry.field)
        elif entry.text in texts.by_stem:
            for directive in texts.by_stem[str(entry.text)].directives:
                yield directive.name
                yield part_anchor(directive.name, dict(directive.options).get("handlungsfeld"))


def _placed(plan: Plan, part: PartName, field: int | None) -> Iterator[str]:
    if part is PartName.FIELDS:
        yield from (item.anchor for item in plan.fields if field in (None, item.number))
    else:
        yield part_anchor(part, field)


def _structure(path: PurePosixPath, prose: Prose) -> Iterator[Diagnostic]:
    """One H1 that comes first; no level is skipped."""

    def finding(line: int, message: str, hint: str) -> Diagnostic:
        return Diagnostic("P606", Severity.ERROR, Location(path, line), message, hint)

    first = prose.blocks[0] if prose.blocks else None
    if first is None or first.kind != "heading" or first.attrs["level"] != 1:
        yield finding(
            1, "Der Text beginnt nicht mit einer Überschrift der ersten Ebene.", "Mit „# Überschrift“ beginnen."
        )
    elif any(node.kind in ("footnote", "image") for node in first.walk()):
        yield finding(
            1, "Die Hauptüberschrift enthält eine Fußnote oder ein Bild.", "Beides in den ersten Absatz setzen."
        )
    for heading in prose.headings:
        if heading.anchor and not _ANCHOR.fullmatch(heading.anchor):
            message = f"Die Kennung „{heading.anchor}“ hat eine Form, die sich nicht verwenden lässt."
            hint = "Buchstaben, Ziffern, Bindestrich, Unterstrich und Punkt, höchstens 80: {#wie-es-weitergeht}."
            yield Diagnostic("P108", Severity.ERROR, Location(path, heading.line), message, hint)
    previous = 1
    for index, heading in enumerate(prose.headings):
        if not heading.text.strip():
            yield finding(heading.line, "Eine Überschrift ohne Text.", "Text ergänzen oder die Zeile löschen.")
        if heading.level == 1 and index:
            yield finding(
                heading.line, "Eine zweite Überschrift der ersten Ebene.", "„##“ schreiben oder den Text teilen."
            )
        if heading.level > previous + 1:
            message = f"Die Überschrift „{heading.text}“ überspringt eine Ebene."
            yield finding(heading.line, message, f"Mit {'#' * (previous + 1)} beginnen.")
        previous = heading.level


def _content(
    plan: Plan, prose: Prose, known: set[str], source: Source, file: TextFile | None = None
) -> Iterator[tuple[int, str, str, str]]:
    """Line, code, message and hint of what references, pictures and footnotes get wrong."""
    for mention in prose.references:
        if mention.what in _PARTS:
            if mention.what not in known:
                message = f"Der Verweis „#{mention.what}“ führt ins Leere: Dieser Teil steht nicht im Plan."
                hint = f"Unter „gliederung“ die Zeile „- teil: {mention.what}“ ergänzen oder den Verweis löschen."
                yield mention.line, "P601", message, hint
        elif mention.what not in known and not plan.unread:
            near = suggestion(mention.what, known | _PARTS) or (_NUMBERS if _NUMBER.fullmatch(mention.what) else "")
            hint = f"{near}Verwiesen wird auf Nummern (#M1.2.3), Teile und Kennungen."
            yield mention.line, "P601", f"Der Verweis „#{mention.what}“ führt ins Leere.", hint
    for mention in prose.pictures:
        if mention.what not in source.pictures and PurePosixPath(mention.what) not in source.unreadable:
            hint = picture_hint(mention, file, source.pictures)
            yield mention.line, "P604", f"Das Bild „{mention.what}“ gibt es nicht.", hint
    for mention in prose.addresses:
        hint = f"Links beginnen mit {', '.join(SCHEMES)} oder führen mit # an eine Stelle im Plan."
        yield mention.line, "P610", f"Die Adresse „{mention.what}“ ist nicht erlaubt.", hint
    for mention in prose.undescribed:
        hint = "In den eckigen Klammern sagen, was das Bild zeigt: ![Beschreibung](bild.svg)."
        yield mention.line, "P608", f"Das Bild „{mention.what}“ hat keinen Alternativtext.", hint
    for mention in prose.uncalled:
        hint = f"Im Text an der richtigen Stelle [^{mention.what}] setzen oder die Erklärung löschen."
        yield mention.line, "P607", f"Die Fußnote „[^{mention.what}]“ ist erklärt, aber nirgends gesetzt.", hint
    for mention in prose.doubled:
        message = f"Die Fußnote „[^{mention.what}]“ ist schon weiter oben erklärt; nur eine Erklärung wird gedruckt."
        yield mention.line, "P607", message, "Eine der beiden löschen oder ihr einen anderen Namen geben."
    for mention in prose.footnotes:
        hint = f"Unten im Text ergänzen: [^{mention.what}]: Text der Fußnote."
        message = f"Die Fußnote „[^{mention.what}]“ ist nirgends erklärt oder steht in einer anderen Fußnote."
        yield mention.line, "P607", message, hint


def _directive(plan: Plan, directive: Directive) -> Iterator[tuple[str, str, str]]:
    """Code, message and hint of what a directive gets wrong: its place, its name, its options."""
    if directive.nested:
        message = f"Der Teil „{directive.name}“ steht in einer Liste, einem Zitat oder einer Fußnote."
        yield "P602", message, "Ihn zwischen zwei Absätze stellen, ohne Einrückung."
        return
    part = next((part for part in _IN_TEXTS if part == directive.name), None)
    if part is None:
        hint = f"{suggestion(directive.name, _IN_TEXTS)}Möglich sind: {', '.join(_IN_TEXTS)}."
        yield "P602", f"Den Teil „{directive.name}“ kann ein Text nicht einfügen.", hint
        return
    allowed = ["handlungsfeld"] if part.by_field else []
    for key, value in directive.options:
        if key not in allowed:
            hint = f"Möglich ist: {allowed[0]}." if allowed else "Dieser Teil kennt keine Angaben."
            yield "P603", f"Die Angabe „{key}“ kennt der Teil „{directive.name}“ nicht.", hint
        elif not plan.knows(Kind.FIELD, value):
            hint = f"Bekannt sind: {', '.join(plan.known(Kind.FIELD))}."
            yield "P603", f"Ein Handlungsfeld „{value}“ gibt es nicht.", hint


def _pictures_named(plan: Plan, source: Source) -> Iterator[Finding]:
    """A picture that the data name is there."""
    for subject, entity in entities_of(plan):
        shown = getattr(entity, "picture", None)
        if shown and shown.file not in source.pictures and PurePosixPath(shown.file) not in source.unreadable:
            ways = picture_ways(shown.file, ".", source.pictures)
            hint = (
                f"Gemeint ist vielleicht {' oder '.join(f'„{way}“' for way in ways)}."
                if ways
                else ("Die Bilddatei in den Ordner bilder legen und so nennen: bilder/markt.jpg.")
            )
            message = f"Das Bild „{shown.file}“ gibt es nicht."
            yield Finding("P604", subject, ("bild", "datei"), message, hint)


def markdown_fields(plan: Plan) -> Iterator[tuple[Subject, Path, str]]:
    """The Markdown in the data: whose, where, what."""
    for subject, entity in entities_of(plan):
        yield from ((subject, path, text) for path, _, text in marked(entity, MarkdownText))
