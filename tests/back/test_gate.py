"""The gate: whatever the way back loses on its way is named, wherever it is lost."""

from __future__ import annotations

import copy
import re
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest
from lxml import etree

from pipeline.merge.markdown.source_text import SourceText
from pipeline.merge.merge import MergeRequest, merge
from pipeline.merge.outcome.outcome import Fate, FileOutcome
from pipeline.merge.sources import Sources
from pipeline.ooxml.elements import paragraph_style, properties, q, text, w
from tests.back.cut import CutPlan
from tests.back.draft import Draft
from tests.building import Built

pytestmark = pytest.mark.usefixtures("made_once")

EDITS = [
    ("replace", "hat sich", "hatte sich"),
    ("insert", "Der Plan läuft", "Er wird jedes Jahr geprüft."),
    ("replace", "Zählung im November.", "Zählung im Dezember."),
    ("set", "1.1.1 Zwischen", "Indikator", "Vermittelte Läden"),
]


@pytest.fixture
def merged(cut: Callable[[str], CutPlan]) -> Callable[[], FileOutcome]:
    """Merges the edits into a cut of the small plan, by whatever the program has become."""
    plan = cut("beides")
    draft = Draft(plan.data)
    draft.edit(EDITS)
    return lambda: plan.merge(draft.to_bytes()).files[0]


@pytest.fixture
def plan(cut: Callable[[str], CutPlan]) -> CutPlan:
    """The small plan cut to texts and data."""
    return cut("beides")


def test_what_arrives_is_not_named(merged: Callable[[], FileOutcome]) -> None:
    outcome = merged()
    assert (len(outcome.changes(Fate.TAKEN)), outcome.changes(Fate.LOST)) == (len(EDITS), ())


def test_texts_that_do_not_change_although_they_should(
    merged: Callable[[], FileOutcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    def as_before(source: SourceText, *_: object) -> str:
        return source.text

    monkeypatch.setattr("pipeline.merge.differences.text_edits.edited_text", as_before)
    lost = {(change.place, change.after) for change in merged().changes(Fate.LOST)}
    assert ("Text „Wann was geschieht“", "Er wird jedes Jahr geprüft.") in lost
    assert any(text.startswith("Lindenmark hatte sich") for _, text in lost)


def test_notes_that_do_not_change(merged: Callable[[], FileOutcome], monkeypatch: pytest.MonkeyPatch) -> None:
    def as_before(text: str, *_: object) -> str:
        return text

    monkeypatch.setattr("pipeline.merge.differences.text_edits.edit_notes", as_before)
    assert "Zählung im Dezember." in {change.after for change in merged().changes(Fate.LOST)}


def test_values_that_do_not_change(merged: Callable[[], FileOutcome], monkeypatch: pytest.MonkeyPatch) -> None:
    def as_before(sources: Sources, *_: object) -> Sources:
        return sources

    monkeypatch.setattr("pipeline.merge.with_values.with_edits", as_before)
    assert "Vermittelte Läden" in {change.after for change in merged().changes(Fate.LOST)}


def test_nothing_at_all_is_carried_out(merged: Callable[[], FileOutcome], monkeypatch: pytest.MonkeyPatch) -> None:
    def unchanged(sources: Sources, *_: object) -> Sources:
        return sources

    monkeypatch.setattr("pipeline.merge.with_values.with_edits", unchanged)
    monkeypatch.setattr(Sources, "with_text", unchanged)
    assert len(merged().changes(Fate.LOST)) >= len(EDITS)


OTHERWISE = [
    ("set", "1.1.2", "Ziel", "2.1"),
    ("set", "3.1.1", "Zeitraum", "Q1 2028 - Q1 2030"),
    ("set", "1.1.1 Zwischen", "Indikator", ""),
    ("set", "1.1.2", "Aufwand", "6500 Euro jährlich"),
    ("set", "3.2.2", "Meilensteine", "Q4 2027 Erste Auswertung"),
]


@pytest.mark.parametrize("edit", OTHERWISE, ids=lambda edit: edit[2])
def test_a_value_written_otherwise_than_printed_has_arrived(plan: CutPlan, edit: tuple[str, ...]) -> None:
    draft = Draft(plan.data)
    draft.edit([edit])
    outcome = plan.merge(draft.to_bytes()).files[0]
    assert (len(outcome.changes(Fate.TAKEN)), outcome.changes(Fate.LOST), outcome.changes(Fate.REFUSED)) == (1, (), ())


def test_a_sentence_about_one_picture_hides_no_other_edit(plan: CutPlan) -> None:
    draft = Draft(plan.data)
    drawings = [item for item in draft.body.iter("{*}drawing") if "Balken" in str(etree.tostring(item))]
    (_, picture) = drawings  # the first is the cover's
    run = picture.getparent()
    assert run is not None
    run.remove(picture)
    draft.edit([("replace", "hat sich", "hatte sich")])
    merged = plan.merge(draft.to_bytes())
    outcome = merged.files[0]
    assert merged.ok
    assert [change.after.partition(" sich")[0] for change in outcome.changes(Fate.TAKEN)] == ["Lindenmark hatte"]
    assert [change.reason for change in outcome.changes(Fate.REFUSED)] == [
        "Ein Bild fehlt in der Word-Datei, seine Unterschrift nicht; das Bild bleibt."
    ]


INEXPRESSIBLE = [
    (("delete", "mit einer zweiten Ebene"), "(gezählter Listenpunkt, Ebene 3)", "anderer Form"),
    (("delete", "Leerstand"), "(Erklärung)", "anderer Form"),
    (("style", "Danach geht der Text", "SourceCode"), "[^weiter]", "von Hand nachtragen"),
    (("style", "Danach geht der Text", "SourceCode"), "Eine dritte Fußnote.", "von Hand nachtragen"),
    (("note", "Zeitplan", "Von Hand."), "Von Hand.", "von Hand nachtragen"),
    (("heading", "Zeitplan", "Kalender"), "Kalender", "eines erzeugten Teils"),
]


@pytest.mark.parametrize(("edit", "text", "reason"), INEXPRESSIBLE, ids=lambda value: str(value)[:30])
def test_what_no_source_can_hold_is_named(plan: CutPlan, edit: tuple[str, ...], text: str, reason: str) -> None:
    draft = Draft(plan.data)
    draft.edit([edit])
    merged = plan.merge(draft.to_bytes())
    assert merged.ok
    assert [change for change in merged.files[0].changes(Fate.LOST) if text in change.after and reason in change.reason]


QUOTED = 'Er sagt "ja", wie geht\'s: z.B. "nein".'


def test_what_typography_sets_otherwise_has_arrived(plan: CutPlan) -> None:
    draft = Draft(plan.data)
    draft.edit([("insert", "Der Plan läuft", QUOTED), ("replace", "hat sich", 'hat "sich"')])
    outcome = plan.merge(draft.to_bytes()).files[0]
    assert (len(outcome.changes(Fate.TAKEN)), outcome.settled) == (2, True)


def test_what_did_not_arrive_is_not_written_and_the_rest_is(plan: CutPlan) -> None:
    """A heading that ends in `{#…}` would become an anchor: nothing that is printed."""
    draft = Draft(plan.data)
    heading = draft.paragraph("Wohin es weitergeht")
    heading.append(w("r", text(" {#neu}")))
    draft.edit([("replace", "hat sich", "hatte sich")])
    merged = plan.merge(draft.to_bytes())
    file = merged.files[0]
    assert len(file.changes(Fate.LOST)) == 1
    assert [change.after.partition(" sich")[0] for change in file.changes(Fate.TAKEN)] == ["Lindenmark hatte"]
    assert b"{#neu}" not in b"".join(merged.sources.values())


def test_a_note_that_goes_with_its_paragraph_is_told_by_its_own_words(plan: CutPlan) -> None:
    draft = Draft(plan.data)
    draft.paragraph("Wohin es weitergeht").append(w("r", text(" {#neu}")))
    draft.edit([("note", "Wohin es", "Näheres im Mai.")])
    merged = plan.merge(draft.to_bytes())
    assert not merged.sources
    assert [(change.place, change.after) for change in merged.files[0].changes(Fate.LOST)] == [
        ("Text „Worum es geht“", "Wohin es weitergeht {#neu}"),
        ("Fußnote unter „Wohin es weitergeht {#neu}“", "Näheres im Mai."),
    ]


def test_what_does_not_arrive_where_it_was_moved_to_stays_where_it_was(plan: CutPlan) -> None:
    """Between a table and its caption, in another text, there is no place for a paragraph."""
    draft = Draft(plan.data)
    draft.edit([("move", "Vertrag.", "Tabelle 2: Was die Stadt übern")])
    merged = plan.merge(draft.to_bytes())
    assert "(verschoben) Vertrag." in {change.after for change in merged.files[0].changes(Fate.LOST)}
    assert not merged.sources


def test_a_note_that_stays_with_a_paragraph_that_stays_is_told(plan: CutPlan) -> None:
    """It was taken away with its call, in a paragraph then moved to where it has no place."""
    draft = Draft(plan.data)
    draft.edit([("delete_note", "Danach geht"), ("move", "Danach geht", "Tabelle 2: Was die Stadt übern")])
    merged = plan.merge(draft.to_bytes())
    told = [(change.before, change.after) for change in merged.files[0].changes(Fate.LOST)]
    assert not merged.sources
    assert ("Eine dritte Fußnote.", "") in told


def test_a_note_within_an_address_arrives(plan: CutPlan) -> None:
    """A note is a link of its own and parts the one that it was typed in."""
    draft = Draft(plan.data, tracked=True)
    draft.edit([("note", "https://example.", "Näheres im Mai.")])
    merged = plan.merge(draft.to_bytes())
    file, target = merged.files[0], "(https://example.org/lindenmark/~plan)"
    assert (len(file.changes(Fate.TAKEN)), file.settled) == (1, True)
    found = re.search(r"(?m)^Mehr dazu .*\n\n(?=(.*))", merged.sources[PurePosixPath("texte/ablauf.md")].decode())
    assert found is not None
    label = found[1][: found[1].index(":")]
    assert found[0] == f"Mehr dazu auf [https://example.]{target}{label}[org/lindenmark/\\~plan]{target}.\n\n"
    assert found[1] == f"{label}: Näheres im Mai."


def test_where_single_edits_cannot_be_told_apart_the_text_stays(plan: CutPlan, monkeypatch: pytest.MonkeyPatch) -> None:
    def spoilt(*_: object) -> str:
        return "# Titel\n\nGanz etwas anderes.\n"

    monkeypatch.setattr("pipeline.merge.differences.text_edits.edited_text", spoilt)
    draft = Draft(plan.data)
    draft.edit(EDITS)
    merged = plan.merge(draft.to_bytes())
    assert [change.after for change in merged.files[0].changes(Fate.TAKEN)] == ["Vermittelte Läden"]
    assert [path.name for path in merged.sources] == ["massnahmen.yaml"]
    lost = Counter(change.after for change in merged.files[0].changes(Fate.LOST))
    assert any(text.startswith("Lindenmark hatte") for text in lost)
    assert lost["Zählung im Dezember."] == 1


def test_where_the_plan_cannot_be_built_nothing_counts_as_checked(
    plan: CutPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where no edit alone is to blame; then all of them are held back, as they were before edits were."""
    monkeypatch.setattr("pipeline.merge.merge.sound", lambda comparison, *_: (comparison, ()))
    draft = Draft(plan.data)
    draft.edit([("delete", "Was ein Text kann")])
    merged = plan.merge(draft.to_bytes())
    assert (merged.ok, ["nicht prüfen" in hint for hint in merged.files[0].hints]) == (False, [True])


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("apart", [False, True])
def test_words_beside_a_picture_arrive(plan: CutPlan, number: int, apart: bool) -> None:
    draft = Draft(plan.data)
    picture = [item for item in draft.body.iter(q("p")) if paragraph_style(item) == "ZPAbbildung"][number]
    words = w("r", text("Die Zahlen steigen."))
    if apart:
        picture.addnext(w("p", copy.deepcopy(properties(picture, "pPr")), words))
    else:
        picture.append(words)
    merged = plan.merge(draft.to_bytes())
    file = merged.files[0]
    assert [change.after for change in file.changes(Fate.TAKEN)] == ["Die Zahlen steigen."]
    assert (file.changes(Fate.REFUSED), file.changes(Fate.LOST)) == ((), ())
    assert "\nDie Zahlen steigen.\n" in merged.sources[PurePosixPath("texte/einleitung.md")].decode()


def test_what_did_not_arrive_is_named_as_it_stays(plan: CutPlan) -> None:
    """Not as the sources gave it with the edit: the half of a split caption."""
    draft = Draft(plan.data)
    draft.edit([("split", "Tabelle 1: Läden in der Mitte", "der")])
    merged = plan.merge(draft.to_bytes())
    lost = [(change.before, change.after) for change in merged.files[0].changes(Fate.LOST)]
    assert lost == [("Tabelle 1: Läden in der Mitte", "Tabelle 1: Läden in"), ("", "der Mitte")]
    assert not merged.sources


def test_a_sheet_without_its_values_names_those_of_other_sheets_as_well(plan: CutPlan) -> None:
    draft = Draft(plan.data)
    draft.edit([("delete_column", "abgeschlossen")])
    generated = plan.merge(draft.to_bytes()).files[0].changes(Fate.GENERATED)
    assert "Ihre Teile | 3.1.1 Betriebe begehen" in {change.before for change in generated}


def test_a_paragraph_that_stays_with_its_note_is_told_with_all_that_was_edited_in_it(plan: CutPlan) -> None:
    """The note is a list, which no note of a sentence can be written as; the paragraph stays as it was with it."""
    draft = Draft(plan.data)
    draft.edit([("note", "Verwiesen", "- Neues mit Strich"), ("replace", "eine Adresse", "eine gute Adresse")])
    merged = plan.merge(draft.to_bytes())
    lost = [change.after for change in merged.files[0].changes(Fate.LOST)]
    assert not merged.sources
    assert "- Neues mit Strich" in lost
    assert any("auf eine gute Adresse" in text for text in lost)


def test_what_is_moved_out_of_a_text_that_stays_does_not_stand_twice(plan: CutPlan) -> None:
    """Without its heading the text has a dead reference, so that it stays; then the glossary stays as well."""
    draft = Draft(plan.data)
    draft.edit(
        [
            ("join", "Lindenmark hat sich drei Dinge"),
            ("move", "Lindenmark hat sich drei Dinge", "Ein Laden, der seit mehr als d"),
        ]
    )
    merged = plan.merge(draft.to_bytes())
    assert not merged.sources
    held = [(change.place, change.after) for change in merged.files[0].changes(Fate.HELD_BACK)]
    assert any(place.startswith("Begriff") and "(verschoben)" in after for place, after in held)
    assert merged.files[0].changes(Fate.TAKEN) == ()


def test_a_conflict_shows_references_as_people_read_them(plan: CutPlan, tmp_path: Path) -> None:
    draft = Draft(plan.data)
    draft.edit([("replace", "Danach wird fortgeschrieben", "Danach wird neu geschrieben")])
    later = replace(plan, content=Path(shutil.copytree(plan.content, tmp_path / "content")))
    path = later.content / "texte" / "ablauf.md"
    before = path.read_text("utf-8")
    assert "[](#zeitplan)" in before
    path.write_text(before.replace("Danach wird fortgeschrieben", "Danach wird gefeiert"), "utf-8")
    (conflict,) = later.merge(draft.to_bytes()).files[0].conflicts
    assert conflict.before == "Danach wird fortgeschrieben, siehe Zeitplan."


def test_what_a_copied_sheet_says_for_which_there_is_no_field_is_told(plan: CutPlan) -> None:
    draft = Draft(plan.data)
    draft.edit(
        [
            ("copy_sheet", "3.2.1 Licht", "3.2.9 Licht in Turnhallen tauschen"),
            ("set", "3.2.9 Licht in Turnhallen", "Ihre Teile", "3.1.1 Betriebe begehen und alle Hallen"),
        ]
    )
    told = plan.merge(draft.to_bytes()).files[0].changes(Fate.GENERATED)
    assert [change.after for change in told] == ["Ihre Teile | 3.1.1 Betriebe begehen und alle Hallen"]


def test_a_deleted_row_and_the_next_one_in_bold_are_two_edits(plan: CutPlan) -> None:
    draft = Draft(plan.data)
    draft.edit([("delete_row", "Titel"), ("letters", "Alle zwei Jahre", "b")])
    told = plan.merge(draft.to_bytes()).files[0].changes(Fate.GENERATED)
    assert [(change.before, change.after) for change in told] == [
        ("Titel | Stadtplan Lindenmark 2035", ""),
        (
            "Fortschreibung | Alle zwei Jahre, zuerst im Frühjahr 2029.",
            "Fortschreibung | **Alle zwei Jahre**, zuerst im Frühjahr 2029.",
        ),
    ]


def test_the_form_that_is_told_is_that_of_the_sources_in_the_end(small: Built) -> None:
    """A code block that took a heading in is left out; then only is the paragraph a term of what follows."""
    draft = Draft(small.file(".docx").read_bytes(), tracked=True)
    draft.edit(
        [
            ("like", "Ein Laden ohne Waren.", "Ziel 2.1 Sicher über die Haupt"),
            ("join", "Ein Block,   der bleibt,  wie "),
        ]
    )
    merged = merge(MergeRequest([("a.docx", draft.to_bytes())], small.outcome.sources))
    text = merged.sources[PurePosixPath("texte/einleitung.md")].decode()
    assert "\nEin Laden ohne Waren.\n\n: Auch: eine Lücke.\n" in text
    lost = [(change.before, change.after) for change in merged.files[0].changes(Fate.LOST)]
    assert ("Ein Laden ohne Waren. (Begriff)", "Ein Laden ohne Waren. (Absatz)") in lost


def test_a_paragraph_that_comes_into_a_made_table_is_gone_from_its_text(small: Built) -> None:
    """It bears its mark in the matrix, which is the matrix still and not what the paragraph became."""
    draft = Draft(small.file(".docx").read_bytes())
    draft.edit([("move", "Er betont, er streicht", "Ärgernisliste führen")])
    (file,) = merge(MergeRequest([("a.docx", draft.to_bytes())], small.outcome.sources)).files
    ((taken, after),) = [(change.before, change.after) for change in file.changes(Fate.TAKEN)]
    assert (taken.startswith("Er betont"), after) == (True, "")
    (told,) = file.changes(Fate.GENERATED)
    assert told.before == "Ärgernisliste führen"
    assert told.after.startswith("Ärgernisliste führen / Er betont")


def test_words_and_form_edited_at_once_are_told_both(small: Built) -> None:
    draft = Draft(small.file(".docx").read_bytes())
    draft.edit([("style", "Der vierte Punkt.", "SourceCode"), ("replace", "Der vierte Punkt.", "Der fünfte Punkt.")])
    (file,) = merge(MergeRequest([("a.docx", draft.to_bytes())], small.outcome.sources)).files
    (taken,) = file.changes(Fate.TAKEN)
    before, after = "Der vierte Punkt. (gezählter Listenpunkt, Ebene 1)", "Der fünfte Punkt. (Quelltext)"
    assert (taken.before, taken.after) == (before, after)


def test_a_row_that_is_gone_and_comes_back_with_more_in_it_is_told(small: Built) -> None:
    """A copied sheet is a part of another measure, too: its row says more then, and was not taken away."""
    draft = Draft(small.file(".docx").read_bytes())
    draft.edit([("copy_sheet", "3.1.1 Betriebe begehen", "Betriebe beraten"), ("delete_row", "Ihre Teile")])
    (file,) = merge(MergeRequest([("a.docx", draft.to_bytes())], small.outcome.sources)).files
    assert [change.before for change in file.changes(Fate.GENERATED)] == ["Ihre Teile | 3.1.1 Betriebe begehen"]
