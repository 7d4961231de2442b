"""`merge`: what it shows, what it writes and when it writes nothing."""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import pipeline.files.replace
from pipeline.console.commands import run
from pipeline.console.options import Options
from pipeline.errors import ExitCode
from pipeline.files.access import unwritable
from pipeline.ooxml.elements import R, paragraph_style, q, w
from pipeline.ooxml.elements import text as text_of
from pipeline.ooxml.package import Package
from tests.back.cut import CutPlan
from tests.back.draft import Draft, plain

pytestmark = pytest.mark.usefixtures("made_once")

Operations = list[tuple[str, ...]]
WORD: Operations = [("replace", "hat sich", "hatte sich")]
STATUS: Operations = [("set", "1.1.1 Zwischen", "Status", "abgeschlossen")]


class Desk:
    """A content folder and the Word file built from it, to be edited and merged."""

    def __init__(self, plan: CutPlan, folder: Path) -> None:
        self.data, self.folder, self.content = plan.data, folder, folder / "inhalte"
        shutil.copytree(plan.content, self.content)
        self.before = self.files()

    def files(self) -> dict[str, bytes]:
        """All files of the content by path."""
        return {str(path.relative_to(self.content)): path.read_bytes() for path in self.content.rglob("*.*")}

    def edited(self, name: str, operations: Operations, *, tracked: bool = True, author: str = "Anna") -> Path:
        """A file after some operations."""
        draft = Draft(self.data, tracked=tracked, author=author)
        draft.edit(operations)
        path = self.folder / name
        path.write_bytes(draft.to_bytes())
        return path

    def merge(self, *arguments: str | Path) -> ExitCode:
        """Runs the command."""
        return run(
            ["merge", "--content", str(self.content), "--cache", str(self.folder / "cache"), *map(str, arguments)]
        )

    def changed(self) -> set[str]:
        """The files that are no longer what they were."""
        now = self.files()
        return {name for name in {*now, *self.before} if now.get(name) != self.before.get(name)}


@pytest.fixture
def desk(cut: Callable[[str], CutPlan], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The folder of the small plan, cut to texts and data, copied, and its file, which this copy has built."""
    plan = cut("beides")
    shutil.copytree(plan.own, tmp_path / "kopie")
    monkeypatch.setattr(Options, "own_folder", tmp_path / "kopie")
    return Desk(plan, tmp_path)


Captured = pytest.CaptureFixture[str]


def test_an_edit_is_shown_written_and_counted(desk: Desk, capsys: Captured) -> None:
    assert desk.merge(desk.edited("a.docx", WORD + STATUS)) is ExitCode.OK
    assert desk.changed() == {"texte/einleitung.md", "rathaus/massnahmen.yaml"}
    told = capsys.readouterr().out
    assert "Lindenmark [hat → hatte] sich drei Dinge" in told
    assert "Maßnahme 1.1.1, Status (rathaus/massnahmen.yaml)\n      [in Umsetzung → abgeschlossen]" in told
    assert "Von Anna, 20.11.2026" in told
    assert "\n2 Änderungen übernommen.\n" in told


def test_who_wrote_a_new_paragraph_is_told(desk: Desk, capsys: Captured) -> None:
    assert desk.merge(desk.edited("a.docx", [("insert", "Lindenmark hat", "Ein neuer Absatz.")])) is ExitCode.OK
    assert "      [+ Ein neuer Absatz.]\n      Von Anna, 20.11.2026\n" in capsys.readouterr().out


def test_a_file_without_edits_changes_nothing(desk: Desk, capsys: Captured) -> None:
    assert desk.merge(desk.edited("a.docx", [])) is ExitCode.OK
    assert desk.changed() == set()
    told = capsys.readouterr().out
    assert "a.docx\n  Die Datei enthält keine Änderungen.\n" in told
    assert "An den Quellen war nichts zu ändern." in told


def test_a_file_that_comes_again_changes_nothing_and_says_why(desk: Desk, capsys: Captured) -> None:
    path = desk.edited("a.docx", STATUS)
    assert desk.merge(path) is ExitCode.OK
    capsys.readouterr()
    assert desk.merge(path) is ExitCode.OK
    assert "An den Quellen war nichts zu ändern. Was übernommen ist, stand schon darin." in capsys.readouterr().out


def test_a_dry_run_writes_nothing_but_the_report(desk: Desk, capsys: Captured) -> None:
    report = desk.folder / "bericht.md"
    assert desk.merge(desk.edited("a.docx", WORD), "--dry-run", "--report", report) is ExitCode.OK
    assert desk.changed() == set()
    assert "Nur gezeigt" in capsys.readouterr().out
    text = report.read_text(encoding="utf-8")
    assert "## a.docx" in text
    assert "An den Quellen ist nichts geändert." in text
    assert "\\[hat → hatte\\]" in text


@pytest.mark.parametrize(
    ("arguments", "changed"),
    [
        ((), True),
        (("--accept", "anna"), True),
        (("--reject", "Anna"), False),
        (("--reject", "alle"), False),
        (("--accept", "Bernd"), False),
        (("--reject", "alle", "--accept", "Anna"), True),
    ],
)
def test_authors_are_accepted_or_rejected(desk: Desk, arguments: tuple[str, ...], changed: bool) -> None:
    assert desk.merge(desk.edited("a.docx", WORD), *arguments) is ExitCode.OK
    assert bool(desk.changed()) is changed


def test_a_paragraph_that_is_too_long_is_told_and_keeps_nothing_else_out(desk: Desk, capsys: Captured) -> None:
    long = [("replace", "vier Jahre.", "vier Jahre. " + "Wort und " * 3000)]
    assert desk.merge(desk.edited("a.docx", [*long, *WORD])) is ExitCode.CONFLICT
    told = " ".join(capsys.readouterr().out.split())
    assert "Die Zeile ist länger als 20.000 Zeichen. Den Text auf mehrere Dateien oder Absätze verteilen." in told
    assert desk.changed() == {"texte/einleitung.md"}


def test_sheets_in_another_order_leave_no_strand_in_a_text(desk: Desk, capsys: Captured) -> None:
    draft = Draft(desk.data)
    first = draft.sheet("1.1.1 Zwischen")[0]
    for item in draft.sheet("1.1.2"):
        first.addprevious(item)
    path = desk.folder / "a.docx"
    path.write_bytes(draft.to_bytes())
    assert desk.merge(path) is ExitCode.CONFLICT
    assert "B Betriebe" not in "".join(data.decode(errors="replace") for data in desk.files().values())
    assert not desk.changed(), capsys.readouterr().out


@pytest.mark.parametrize(("author", "told"), [("Anna  A", "Anna A (2)"), ("", "unbekannt (2)")])
def test_what_is_rejected_is_told(desk: Desk, capsys: Captured, author: str, told: str) -> None:
    desk.merge(desk.edited("a.docx", WORD, author=author), "--reject", "alle")
    shown = capsys.readouterr().out
    assert f"Abgelehnt, wie verlangt, sind nachverfolgte Änderungen von: {told}." in shown
    assert "keine Änderungen" not in shown


@pytest.mark.parametrize("name", ["alle", "ANNA "])
def test_nobody_is_accepted_and_rejected_at_once(desk: Desk, capsys: Captured, name: str) -> None:
    names = ("--accept", name, "--reject", name.strip().lower())
    assert desk.merge(desk.edited("a.docx", WORD), *names) is ExitCode.USAGE
    assert f"„{name}“ steht bei --accept und bei --reject" in capsys.readouterr().err
    assert not desk.changed()


def test_what_word_puts_beside_an_open_file_is_told(desk: Desk, capsys: Captured) -> None:
    lock = desk.folder / "~$a.docx"
    lock.write_bytes(b"\x05Anna")
    assert desk.merge(desk.edited("a.docx", WORD), lock) is ExitCode.FILES
    assert "~$a.docx: Das ist keine Datei zum Übernehmen; Word und Excel legen sie an" in capsys.readouterr().err
    assert not desk.changed()


def test_an_author_who_changed_nothing_is_told(desk: Desk, capsys: Captured) -> None:
    desk.merge(desk.edited("a.docx", WORD), "--reject", "Zoe")
    assert "Von „Zoe“ gibt es in dieser Datei keine Änderung." in capsys.readouterr().out


def test_two_files_at_once_and_their_conflict(desk: Desk, capsys: Captured) -> None:
    one = desk.edited("a.docx", WORD)
    two = desk.edited("b.docx", [("replace", "hat sich", "habe sich"), *STATUS], author="Bernd")
    assert desk.merge(one, two) is ExitCode.CONFLICT
    told = capsys.readouterr().out
    assert "In den Quellen steht, aus a.docx: Lindenmark hatte sich" in told
    assert "Die Datei will: Lindenmark habe sich" in told
    assert "2 Änderungen übernommen, 1 Konflikt." in told
    assert b"hatte sich" in desk.files()["texte/einleitung.md"]
    assert desk.changed() == {"texte/einleitung.md", "rathaus/massnahmen.yaml"}


def test_markers_on_request_and_refused_until_they_are_settled(desk: Desk, capsys: Captured) -> None:
    one = desk.edited("a.docx", [*WORD, ("set", "3.1.1", "Zeitraum", "Q1 2028 – Q2 2030")])
    two = desk.edited(
        "b.docx", [("replace", "hat sich", "habe sich"), ("set", "3.1.1", "Zeitraum", "Q1 2028 – Q3 2030")]
    )
    assert desk.merge(one, two, "--conflicts") is ExitCode.CONFLICT
    text = desk.files()["texte/einleitung.md"].decode()
    assert (
        text.index("<<<<<<< a.docx")
        < text.index("||||||| vorher")
        < text.index("=======")
        < text.index(">>>>>>> b.docx")
    )
    assert b"<<<<<<< a.docx" in desk.files()["betriebe/massnahmen.yaml"]
    capsys.readouterr()
    assert desk.merge(one) is ExitCode.CONFLICT
    refusal = capsys.readouterr().err
    assert re.search(r"betriebe/massnahmen\.yaml, Zeile \d+, \d+, \d+; texte/einleitung\.md, Zeile 3, 5, 9\.", refusal)
    assert run(["check", "--content", str(desk.content)]) is ExitCode.CONTENT
    assert capsys.readouterr().err.count("Fehler P117: Hier steht noch eine Konfliktmarke") == 6


def test_sources_that_went_on_keep_what_they_have(desk: Desk) -> None:
    path = desk.content / "texte" / "einleitung.md"
    path.write_text(path.read_text(encoding="utf-8").replace("sichere Wege", "sichere Straßen"), encoding="utf-8")
    assert desk.merge(desk.edited("a.docx", WORD)) is ExitCode.OK
    assert "Lindenmark hatte sich **drei Dinge** vorgenommen: eine lebendige Mitte, sichere Straßen" in path.read_text(
        encoding="utf-8"
    )


LATER: Operations = [("set", "3.1.1", "Zeitraum", "Q1 2030 – Q4 2030")]  # its milestones lie outside


def test_an_edit_that_breaks_a_rule_is_held_back_alone(desk: Desk, capsys: Captured) -> None:
    assert desk.merge(desk.edited("a.docx", [*WORD, *LATER])) is ExitCode.CONFLICT
    assert desk.changed() == {"texte/einleitung.md"}
    told = capsys.readouterr().out
    assert "1 Änderung übernommen, 1 zurückgehalten." in told
    held = told.partition("Zurückgehalten")[2].partition("\n    ")[2]
    assert held.startswith("Maßnahme 3.1.1, Zeitraum (")
    assert "Damit hätte der Plan einen Fehler: Der Meilenstein" in held
    assert "Zeile" not in told


def test_what_cannot_be_taken_is_told_with_its_reason(desk: Desk, capsys: Captured) -> None:
    edits: Operations = [("set", "3.1.1", "Zeitraum", "Q7 2028 – Q4 2029"), ("replace", "719.000", "720.000")]
    assert desk.merge(desk.edited("a.docx", edits)) is ExitCode.CONFLICT
    assert desk.changed() == set()
    told = capsys.readouterr().out
    assert "„Q7 2028“ ist kein Zeitpunkt" in told
    assert "[719.000 → 720.000]" in told
    assert "Dieser Teil entsteht aus den Daten" in told


NOT_TAKEN: dict[str, tuple[Operations, str]] = {
    "a status that there is not": (
        [("set", "1.1.1 Zwischen", "Status", "halb fertig")],
        "Maßnahme 1.1.1, Status (rathaus/massnahmen.yaml): [in Umsetzung → halb fertig] · „halb fertig“ passt nicht zu",
    ),
    "a sum": (
        [("replace", "719.000", "720.000")],
        "Euro, Laufzeit: [719.000 → 720.000] · Dieser Teil entsteht aus den Daten; bitte dort ändern",
    ),
    "a generated part's heading": ([("heading", "Zeitplan", "Kalender")], "a.docx: Nicht angekommen: Text „"),
}


@pytest.mark.parametrize("name", NOT_TAKEN)
def test_what_is_not_taken_ends_with_its_own_code_and_is_told_even_in_quiet(
    desk: Desk, capsys: Captured, name: str
) -> None:
    operations, words = NOT_TAKEN[name]
    assert desk.merge(desk.edited("a.docx", [*WORD, *operations]), "--quiet") is ExitCode.CONFLICT
    assert desk.changed() == {"texte/einleitung.md"}
    told = capsys.readouterr()
    assert not told.out
    first, last = told.err.splitlines()
    assert words in first
    assert last.startswith("1 Änderung übernommen, 1 nicht ")


def test_a_line_of_the_contents_list_is_told_under_the_contents_list(desk: Desk, capsys: Captured) -> None:
    draft = Draft(desk.data)
    entries = [item for item in draft.body.iter(q("p")) if paragraph_style(item).startswith("TOC")]
    entry = next(item for item in entries if "Worum es geht" in plain(item))
    next(piece for piece in entry.iter(q("t")) if piece.text).text = "Worum es sich dreht"
    path = desk.folder / "a.docx"
    path.write_bytes(draft.to_bytes())
    assert desk.merge(path) is ExitCode.CONFLICT
    told = capsys.readouterr().out
    places = [line for line in told.splitlines() if line.startswith("    ") and not line.startswith("     ")]
    assert places == ["    „Inhalt“"]
    assert "[− Worum es geht]" in told
    assert "[+ Worum es sich dreht]" in told
    assert desk.merge(path, "--quiet") is ExitCode.CONFLICT
    assert "„Inhalt“: [+ Worum es sich dreht]" in capsys.readouterr().err


def test_a_link_to_a_file_is_told_where_it_stands(desk: Desk, capsys: Captured) -> None:
    package = Package(Draft(desk.data).to_bytes())
    draft = Draft(package.to_bytes())
    words = draft.paragraph("Der Plan läuft")
    link = w("hyperlink", w("r", text_of(" Siehe Anlage.")))
    link.set(f"{{{R}}}id", "rIdAnlage")
    words.append(link)
    package = Package(draft.to_bytes())
    relations = package.tree("word/_rels/document.xml.rels")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    added = {"Id": "rIdAnlage", "Type": kind, "Target": "file:///C:/Anlage.pdf", "TargetMode": "External"}
    relations.append(relations.makeelement(relations[0].tag, added))
    path = desk.folder / "a.docx"
    path.write_bytes(package.to_bytes())
    assert desk.merge(path) is ExitCode.CONFLICT
    told = capsys.readouterr().out
    assert "Text „Wann was geschieht“ (texte/ablauf.md)\n      [+ Link „file:///C:/Anlage.pdf“ bei" in told
    assert "1 Änderung übernommen, 1 nicht übernommen." in told


def test_what_is_held_back_is_not_told_as_taken(desk: Desk, capsys: Captured) -> None:
    assert desk.merge(desk.edited("a.docx", LATER)) is ExitCode.CONFLICT
    told = capsys.readouterr().out
    assert desk.changed() == set()
    assert "  Zurückgehalten, weil etwas gegen den geänderten Plan spricht\n    Maßnahme 3.1.1" in told
    assert "Übernommen" not in told


def test_what_the_sources_say_by_now_may_hold_an_edit_back_too(desk: Desk, capsys: Captured) -> None:
    """The later beginning breaks no rule in the file, only beside the earlier milestone that somebody has set since."""
    edited = desk.edited("a.docx", [*WORD, ("set", "3.1.1", "Zeitraum", "Q2 2028 – Q4 2029")])
    path = desk.content / "betriebe" / "massnahmen.yaml"
    since = path.read_text(encoding="utf-8").replace("{termin: Q2 2028, titel: Erste", "{termin: Q1 2028, titel: Erste")
    path.write_text(since, encoding="utf-8")
    assert desk.merge(edited) is ExitCode.CONFLICT
    assert path.read_text(encoding="utf-8") == since
    assert "texte/einleitung.md" in desk.changed()
    assert "Maßnahme 3.1.1, Zeitraum" in capsys.readouterr().out.partition("Zurückgehalten")[2]


def test_an_edit_that_the_sources_have_already_is_told_as_such(desk: Desk, capsys: Captured) -> None:
    path = desk.content / "texte" / "einleitung.md"
    path.write_text(path.read_text(encoding="utf-8").replace("sichere Wege", "sichere Straßen"), encoding="utf-8")
    file = desk.edited("a.docx", WORD + STATUS)
    assert desk.merge(file) is ExitCode.OK
    told = capsys.readouterr().out
    assert "Zusammengeführt mit dem, was inzwischen in den Quellen steht. Es heißt jetzt: „" in told
    assert told.count("Zusammengeführt") == 1
    assert desk.merge(file) is ExitCode.OK
    assert capsys.readouterr().out.count("Das steht schon so in den Quellen.") == 2


def test_a_file_that_changed_meanwhile_is_not_overwritten(
    desk: Desk, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = desk.content / "texte" / "einleitung.md"
    original = pipeline.files.replace.locked

    def late(directory: Path) -> object:
        path.write_text("# Anders\n\nGanz anders.\n", encoding="utf-8")
        return original(directory)

    file = desk.edited("a.docx", WORD)
    monkeypatch.setattr(pipeline.files.replace, "locked", late)
    assert desk.merge(file) is ExitCode.FILES
    assert path.read_text(encoding="utf-8") == "# Anders\n\nGanz anders.\n"
    assert "hat sich inzwischen geändert" in capsys.readouterr().err


def test_a_failure_while_writing_leaves_all_files_as_they_were(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    file = desk.edited("a.docx", WORD + STATUS)
    original = Path.replace
    calls = 0

    def fails(self: Path, target: Path) -> Path:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise OSError(28, "No space left on device")
        return original(self, target)

    monkeypatch.setattr(Path, "replace", fails)
    assert desk.merge(file) is ExitCode.FILES
    monkeypatch.undo()
    assert desk.changed() == set()


def test_permissions_stay(desk: Desk) -> None:
    path = desk.content / "texte" / "einleitung.md"
    path.chmod(0o640)
    assert desk.merge(desk.edited("a.docx", WORD)) is ExitCode.OK
    assert path.stat().st_mode & 0o777 == 0o640


def without_base(data: bytes) -> bytes:
    package = Package(data)
    for name in [name for name in package.parts if name.startswith("customXml/")]:
        package.parts.pop(name)
    relations = package.tree("word/_rels/document.xml.rels")
    for entry in [entry for entry in relations if "customXml" in entry.get("Target", "")]:
        relations.remove(entry)
    return package.to_bytes()


def test_a_lost_base_is_found_in_the_store(desk: Desk, capsys: Captured) -> None:
    assert run(["--content", str(desk.content), "--output", str(desk.folder / "aus"), "--format", "docx",
                "--cache", str(desk.folder / "cache"), "--quiet"]) is ExitCode.OK  # fmt: skip
    file = desk.edited("a.docx", WORD)
    file.write_bytes(without_base(file.read_bytes()))
    assert desk.merge(file) is ExitCode.OK
    assert "führt ihre Grundlage nicht mehr mit" not in capsys.readouterr().out
    assert desk.changed() == {"texte/einleitung.md"}


def test_without_any_base_it_is_compared_with_the_sources_of_today(desk: Desk, capsys: Captured) -> None:
    file = desk.edited("a.docx", WORD)
    file.write_bytes(without_base(file.read_bytes()))
    assert desk.merge(file) is ExitCode.OK
    assert "führt ihre Grundlage nicht mehr mit" in capsys.readouterr().out
    assert desk.changed() == {"texte/einleitung.md"}


def another_plan(desk: Desk) -> Path:
    meta = desk.content / "plan.yaml"
    meta.write_text(
        meta.read_text(encoding="utf-8").replace("kurzname: lindenmark", "kurzname: anderswo"), encoding="utf-8"
    )
    return desk.edited("a.docx", WORD)


def no_word_file(desk: Desk) -> Path:
    path = desk.folder / "brief.docx"
    path.write_bytes(b"kein Zip")
    return path


def not_there(desk: Desk) -> Path:
    return desk.folder / "fehlt.docx"


def not_ours(desk: Desk) -> Path:
    draft = Draft(without_base(desk.data))
    for mark in list(draft.body.iter("{*}bookmarkStart")):
        mark.getparent().remove(mark)  # type: ignore[union-attr]
    path = desk.folder / "fremd.docx"
    path.write_bytes(draft.to_bytes())
    return path


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (another_plan, "gehört zu einem anderen Plan"),
        (no_word_file, "keine Word-Datei"),
        (not_there, "lässt sich nicht lesen"),
        (not_ours, "nicht aus diesem Plan gebaut"),
    ],
)
def test_a_file_that_cannot_be_merged_gets_one_sentence(
    desk: Desk, capsys: Captured, make: Callable[[Desk], Path], words: str
) -> None:
    file = make(desk)
    desk.before = desk.files()
    assert desk.merge(file) is ExitCode.FILES
    told = capsys.readouterr().err
    assert words in told
    assert "Traceback" not in told
    assert desk.changed() == set()


def test_a_call_without_a_file_says_what_is_missing(capsys: Captured) -> None:
    assert run(["merge"]) is ExitCode.USAGE
    assert "fehlt der Name der bearbeiteten Datei" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["a.docx", "inhalte/texte/einleitung.md", "inhalte/neu.md", ".md"])
def test_a_report_takes_no_place_but_its_own(desk: Desk, capsys: Captured, name: str) -> None:
    file = desk.edited("a.docx", WORD)
    (desk.folder / ".md").mkdir()
    before = file.read_bytes()
    assert desk.merge(file, "--report", desk.folder / name) is ExitCode.USAGE
    assert "Der Bericht" in capsys.readouterr().err
    assert (file.read_bytes(), desk.changed()) == (before, set())


def test_a_report_that_cannot_be_written_is_told_before_anything_is(desk: Desk, capsys: Captured) -> None:
    file = desk.edited("a.docx", WORD)
    (desk.folder / "datei").write_bytes(b"")
    assert desk.merge(file, "--report", desk.folder / "datei" / "bericht.md") is ExitCode.FILES
    assert "erwartet wird ein Ordner" in capsys.readouterr().err
    assert desk.changed() == set()


def test_a_report_that_fails_at_the_end_says_what_is_written(
    desk: Desk, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, _: bytes) -> None:
        raise unwritable(path, OSError(errno.ENOSPC, ""))

    monkeypatch.setattr("pipeline.actions.merge.publish_file", full)
    report = desk.folder / "bericht.md"
    assert desk.merge(desk.edited("a.docx", WORD), "--report", report) is ExitCode.FILES
    assert "Die Quellen sind geändert, nur der Bericht fehlt" in capsys.readouterr().err
    assert desk.changed() == {"texte/einleitung.md"}
    assert desk.merge(desk.folder / "a.docx", "--report", report, "--dry-run") is ExitCode.FILES
    assert "Die Quellen sind geändert" not in capsys.readouterr().err


def test_a_pipe_is_no_word_file(desk: Desk, capsys: Captured) -> None:
    pipe = desk.folder / "a.docx"
    os.mkfifo(pipe)
    assert desk.merge(pipe) is ExitCode.FILES
    assert "keine gewöhnliche Datei" in capsys.readouterr().err


def test_two_files_of_one_name_are_told_apart(desk: Desk, capsys: Captured) -> None:
    (desk.folder / "ben").mkdir()
    files = [desk.edited(name, WORD) for name in ("a.docx", "ben/a.docx")]
    assert desk.merge(*files, "--dry-run") is ExitCode.OK
    told = capsys.readouterr().out.splitlines()
    assert [line for line in told if line.endswith("a.docx") and line[0] != " "] == [str(file) for file in files]
    assert told[0] == "Mehrere Dateien an derselben Stelle"
    assert told[1].endswith(f": dasselbe aus: {files[0]}, {files[1]}")


def test_strict_lets_no_warning_in(desk: Desk, capsys: Captured) -> None:
    for name, pattern, new in (
        ("plan.yaml", r"^status: \w+", "status: beschlussvorlage"),
        ("rathaus/massnahmen.yaml", r"^    zusagen: .*\n", ""),
    ):
        path = desk.content / name
        path.write_text(re.sub(pattern, new, path.read_text(encoding="utf-8"), flags=re.MULTILINE), encoding="utf-8")
    desk.before = desk.files()
    file, bericht = desk.edited("a.docx", WORD), desk.folder / "bericht.md"
    assert desk.merge(file, "--strict", "--report", bericht) is ExitCode.CONTENT
    assert desk.changed() == set()
    told = capsys.readouterr().err
    assert ": Warnung P" in told
    assert told.endswith("In den Quellen bleibt alles. Wegen --strict zählen Warnungen wie Fehler.\n")
    assert "## Was gegen den geänderten Plan spricht\n\n- " in bericht.read_text(encoding="utf-8")
    assert desk.merge(file) is ExitCode.OK
    assert desk.changed() == {"texte/einleitung.md"}


def test_errors_that_were_there_before_do_not_keep_edits_out(desk: Desk, capsys: Captured) -> None:
    (desk.content / "texte" / "rest.md").write_text("# Rest\n\n# Noch einer\n", encoding="utf-8")
    assert desk.merge(desk.edited("a.docx", WORD)) is ExitCode.OK
    assert capsys.readouterr().out.endswith("Der Plan hat Fehler, die er vorher schon hatte; check zeigt sie.\n")


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        ("texte/einleitung.md", lambda data: data.decode().encode("latin-1")),
        ("rathaus/massnahmen.yaml", lambda data: data.replace(b"titel: ", b'titel: "', 1)),
        ("plan.yaml", lambda data: data.replace(b"titel: ", b"titel: [", 1)),
    ],
)
def test_sources_that_cannot_be_read_are_told_before_anything_else(
    desk: Desk, capsys: Captured, name: str, spoil: Callable[[bytes], bytes]
) -> None:
    path = desk.content / name
    path.write_bytes(spoil(path.read_bytes()))
    desk.before = desk.files()
    assert desk.merge(desk.edited("a.docx", WORD + STATUS)) is ExitCode.FILES
    told = capsys.readouterr()
    assert f"In den Quellen lässt sich nicht lesen: {name}. Bitte zuerst `check` aufrufen" in told.err
    assert not told.out
    assert not desk.changed()


def test_a_text_that_cannot_be_read_by_a_link_is_told(desk: Desk, capsys: Captured) -> None:
    path = desk.content / "texte" / "einleitung.md"
    path.rename(desk.folder / "anderswo.md")
    path.symlink_to(desk.folder / "anderswo.md")
    assert desk.merge(desk.edited("a.docx", WORD)) is ExitCode.FILES
    assert "In den Quellen lässt sich nicht lesen: texte/einleitung.md." in capsys.readouterr().err


def test_beside_a_conflict_the_other_edits_of_a_text_are_told(desk: Desk, capsys: Captured) -> None:
    one = desk.edited("a.docx", WORD)
    two = desk.edited("b.docx", [("replace", "hat sich", "habe sich"), ("replace", "und weitergeht.", "und endet.")])
    assert desk.merge(one, two) is ExitCode.CONFLICT
    told = capsys.readouterr().out
    assert "weitergeht. → endet." in told
    assert b"- und endet." in desk.files()["texte/einleitung.md"]


def test_a_copied_sheet_keeps_apart_what_was_resolved(desk: Desk, capsys: Captured) -> None:
    assert desk.merge(desk.edited("a.docx", [("copy_sheet", "1.1.1 Zwischen", "1.1.3 Neue Räume")])) is ExitCode.OK
    text = desk.files()["rathaus/massnahmen.yaml"].decode()
    assert (text.count("    beschlossener_wortlaut: |"), "Beschlossener Wortlaut" in text) == (2, False)
    assert "Neue Räume / Wer einen Raum sucht" in capsys.readouterr().out


def test_of_a_new_sheet_that_cannot_be_taken_every_word_is_told(desk: Desk) -> None:
    report = desk.folder / "bericht.md"
    operations: Operations = [
        ("copy_sheet", "2.1.2 Ärgernis", "Neue Räume"),
        ("set", "Neue Räume", "Federführung", "Niemand"),
    ]
    assert desk.merge(desk.edited("a.docx", operations), "--report", report) is ExitCode.CONFLICT
    told = report.read_text(encoding="utf-8")
    assert all(words in told for words in ("Der Verein sammelt Stellen", "Mitwirkung: Stadtsportbund", "14.02.2027"))


def test_what_a_large_conflict_holds_is_not_told_as_taken(desk: Desk, capsys: Captured) -> None:
    (desk.content / "texte/einleitung.md").write_text("", encoding="utf-8")
    assert desk.merge(desk.edited("a.docx", WORD + STATUS)) is ExitCode.CONFLICT
    told = capsys.readouterr().out
    assert "[hat → hatte]" not in told
    assert "\n1 Änderung übernommen, 1 Konflikt.\n" in told


def test_markers_around_a_text_of_the_data_hold_all_of_it(desk: Desk) -> None:
    one = desk.edited("a.docx", [("replace", "für sechs Monate", "für acht Monate")])
    two = desk.edited("b.docx", [("replace", "für sechs Monate", "für neun Monate")])
    assert desk.merge(one, two, "--conflicts") is ExitCode.CONFLICT
    text = desk.files()["rathaus/massnahmen.yaml"].decode()
    theirs = text.partition("=======")[2].partition(">>>>>>>")[0]
    assert "neun Monate" in theirs
    assert "Besichtigung" in theirs


def test_a_conflict_names_the_file_that_brought_the_other_version_and_no_other(desk: Desk, capsys: Captured) -> None:
    path = desk.content / "texte/ablauf.md"
    path.write_text(path.read_text(encoding="utf-8").replace("vier Jahre", "drei Jahre"), encoding="utf-8")
    years: Operations = [("replace", "vier Jahre", "fünf Jahre")]
    files = [
        desk.edited("a.docx", WORD),
        desk.edited("b.docx", STATUS),
        desk.edited("c.docx", [("replace", "hat sich", "habe sich"), *years]),
    ]
    assert desk.merge(*files, "--conflicts") is ExitCode.CONFLICT
    told = capsys.readouterr().out
    assert "In den Quellen steht, aus a.docx: Lindenmark hatte sich" in told
    assert "In den Quellen steht: Der Plan läuft drei Jahre." in told
    assert b"<<<<<<< a.docx" in desk.files()["texte/einleitung.md"]
    assert b"<<<<<<< Quellen" in desk.files()["texte/ablauf.md"]
