"""The commands as they are typed, each with its help, and the one place where a failure becomes an exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import click

from pipeline.actions.aloud import read_aloud
from pipeline.actions.check import check
from pipeline.actions.check_pdf import check_pdf
from pipeline.actions.edition import keep_edition
from pipeline.actions.schema import write_schemas
from pipeline.actions.verify import verify
from pipeline.actions.watch import USUAL_FORMATS
from pipeline.console import machine, report
from pipeline.console.failures import explain
from pipeline.console.german import GermanCommand, GermanGroup, SpokenError
from pipeline.console.options import File, Options, with_options
from pipeline.console.outcomes import (
    exit_code,
    print_counts,
    print_digest,
    print_findings,
    print_json,
    print_judged,
    print_kept,
    print_tally,
)
from pipeline.console.spoken.beginning import QUESTIONS, begin_plan, with_questions
from pipeline.console.streams import prepare, say
from pipeline.errors import ExitCode
from pipeline.outcome import Outcome
from pipeline.text.characters import harmless

PROGRAM = "python build.py"
SCHEMAS = Path("schema", "json")


@click.group(cls=GermanGroup)
@with_options("formats", "content", "output", "cache", "strict", "json", "quiet", "verbose")
@click.pass_context
def program(context: click.Context, /, **given: Any) -> ExitCode | None:
    """Baut aus den Inhalten in content/ den Plan als PDF und als Word-Datei.

    Ohne Befehl wird gebaut; das Ergebnis liegt dann in output/. Bei einem Fehler bleibt dort alles, wie es war.
    """
    context.obj = Options(**given).over(Options())
    if context.invoked_subcommand:
        return None
    from pipeline.console.spoken.documents import build_documents

    return build_documents(context.obj)


@program.command("check", cls=GermanCommand)
@click.option("--pdf", is_flag=True, help="Die gebauten PDF prüfen: PDF/A-2a und PDF/UA-1, mit veraPDF.")
@with_options("content", "output", "strict", "json", "quiet", "verbose")
@click.pass_obj
def check_command(outer: Options, /, pdf: bool, **given: Any) -> ExitCode:
    """Nur prüfen, nichts bauen.

    Mit --pdf werden nicht die Inhalte geprüft, sondern die gebauten PDF; das Ergebnis steht dann auch daneben, in
    einer Datei, die auf -pruefung.json endet.
    """
    options = Options(**given).over(outer)
    if pdf:
        return print_judged(check_pdf(options.output_folder()), options)
    if options.output:
        raise SpokenError("Die Option --output bewirkt bei check nur mit --pdf etwas.", click.get_current_context())
    outcome = check(options.content_folder, options.progress(), strict=options.strict, built=options.built_folder)
    if options.json:
        return print_json(outcome, options)
    print_findings(outcome, options)
    result = report.tally(outcome) or "nichts zu beanstanden"
    if not options.quiet:
        print_counts(outcome)
        print_digest(outcome)
        say(sys.stdout, f"Geprüft: {result}.{report.because_strict(outcome)}")
    elif because := report.because_strict(outcome):
        say(sys.stderr, because.strip())
    return exit_code(outcome)


@program.command("watch", cls=GermanCommand)
@with_options("formats", "content", "output", "cache", "strict", "quiet", "verbose", usual={"formats": "pdf"})
@click.pass_obj
def watch_command(outer: Options, /, **given: Any) -> ExitCode:
    """Nach jedem Speichern neu bauen, bis Strg-C.

    Baut das PDF, mit --format auch oder nur die Word-Datei. Ist der Inhalt gerade fehlerhaft, bleiben die letzten
    guten Dateien liegen.
    """
    from pipeline.console.spoken.documents import watch_documents

    options = Options(**given).over(outer)
    return watch_documents(replace(options, formats=options.formats or USUAL_FORMATS))


@program.command("paper", cls=GermanCommand)
@click.option(
    "--template",
    type=File(),
    metavar="DATEI.docx",
    help="Word-Datei, deren Formate, Ränder und Kopfzeilen die Beschlussvorlage bekommt. Ohne Angabe: die des Plans.",
)
@with_options("formats", "content", "output", "cache", "strict", "json", "quiet", "verbose")
@click.pass_obj
def paper_command(outer: Options, /, template: Path | None, **given: Any) -> ExitCode:
    """Den Plan bauen und dazu die Vorlage, mit der Gremien ihn beschließen.

    Sie nennt Beschlussvorschlag, Begründung, Geld und Arbeit je Jahr, was offen ist, Vorbehalte und als Anlagen die
    gebauten Dateien mit Prüfsumme. Ist der Plan eine Beschlussvorlage, entsteht sie bei jedem Bauen.
    """
    from pipeline.console.spoken.documents import build_documents

    return build_documents(Options(**given).over(outer), paper=True, template=template)


@program.command("resolve", cls=GermanCommand)
@click.option("--body", default="", metavar="GREMIUM", help="Wer beschlossen hat, wie im Beschlussweg.")
@click.option("--date", "day", default="", metavar="TAG", help="Tag der Sitzung, zum Beispiel 18.03.2027.")
@click.option("--paper", default="", metavar="NUMMER", help="Nummer der Vorlage.")
@click.option("--dry-run", is_flag=True, help="Nur zeigen, was sich ändern würde.")
@with_options("content", "strict", "json", "quiet", "verbose")
@click.pass_obj
def resolve_command(outer: Options, /, body: str, day: str, paper: str, *, dry_run: bool, **given: Any) -> ExitCode:
    """Einen Beschluss eintragen: den Schritt des Gremiums und die Maßnahmen, über die es entscheidet.

    Zeigt zuerst, was sich ändert. Haben alle entscheidenden Gremien beschlossen, wird der Plan „beschlossen“. Hätte er
    dann Fehler, weil etwas offen ist, wird nichts geschrieben.
    """
    from pipeline.console.spoken.resolving import enter_resolution

    return enter_resolution(Options(**given).over(outer), body, day, paper, dry_run=dry_run)


@program.command("edition", cls=GermanCommand)
@with_options("content", "strict", "json", "quiet", "verbose")
@click.pass_obj
def edition_command(outer: Options, /, **given: Any) -> ExitCode:
    """Diese Fassung festhalten, damit die nächste mit ihr verglichen werden kann.

    Schreibt content/ausgaben/FASSUNG.json, wenn der Plan keine Fehler hat. Einmal festgehalten, bleibt eine Fassung,
    wie sie ist.
    """
    options = Options(**given).over(outer)
    result = keep_edition(options.content_folder, options.progress(), strict=options.strict)
    outcome, kept = result.outcome, result.kept
    if options.json:
        return print_json(outcome, options)
    print_findings(outcome, options)
    if not options.quiet:
        print_tally(outcome)
        print_kept(kept)
    if kept is None:
        refusal = "Nichts festgehalten: Das geht nur mit einem Plan ohne Fehler."
        say(sys.stderr, f"{refusal}{report.because_strict(outcome)}")
    return exit_code(outcome)


@program.command("compare", cls=GermanCommand)
@click.argument("edition", required=False, default="", metavar="[FASSUNG]")
@with_options("content", "output", "cache", "strict", "json", "quiet", "verbose")
@click.pass_obj
def compare_command(outer: Options, /, edition: str, **given: Any) -> ExitCode:
    """Den Plan mit einer festgehaltenen Fassung vergleichen, ohne Angabe mit der vorigen.

    Schreibt zwei Dateien, die auf -synopse enden: ein PDF, das beide Fassungen nebeneinanderstellt, und eine
    Word-Datei, in der jeder Unterschied eine nachverfolgte Änderung ist. Was jemand darin ablehnt, übernimmt merge.
    """
    from pipeline.console.spoken.documents import compare_documents

    return compare_documents(Options(**given).over(outer), edition)


@program.command("report", cls=GermanCommand)
@click.option("--year", type=int, default=0, metavar="JAHR", help="Ohne Angabe das letzte, das beim Stand vorbei ist.")
@click.option("--against", default="", metavar="FASSUNG", help="Woran gemessen wird; sonst die zuletzt beschlossene.")
@with_options("content", "output", "cache", "strict", "json", "quiet", "verbose")
@click.pass_obj
def report_command(outer: Options, /, year: int, against: str, **given: Any) -> ExitCode:
    """Berichten, was bis zum Ende eines Jahres aus dem Plan geworden ist.

    Schreibt zwei Dateien, die auf -umsetzungsbericht enden: Meilensteine, Indikatoren, Maßnahmen und Geld gegen den
    Beschluss gehalten, dann jede Maßnahme. In der Word-Datei lässt sich nachtragen, was fehlt; merge übernimmt es.
    """
    from pipeline.console.spoken.documents import report_documents

    return report_documents(Options(**given).over(outer), year, against)


@program.command("extract", cls=GermanCommand)
@click.option("--actor", "actors", multiple=True, metavar="KENNUNG", help="Für diesen Akteur; mehrmals möglich.")
@click.option("--field", "fields", type=int, multiple=True, metavar="NUMMER", help="Für dieses Handlungsfeld.")
@click.option("--strand", "strands", multiple=True, metavar="KENNUNG", help="Für diesen Strang.")
@click.option("--all", "everyone", is_flag=True, help="Für jeden Akteur, der eine Rolle hat.")
@click.option("--until", default="", metavar="TAG", help="Bis wann die Antworten erbeten sind.")
@with_options("content", "output", "cache", "strict", "json", "quiet", "verbose")
@click.pass_obj
def extract_command(
    outer: Options,
    /,
    actors: tuple[str, ...],
    fields: tuple[int, ...],
    strands: tuple[str, ...],
    *,
    everyone: bool,
    until: str,
    **given: Any,
) -> ExitCode:
    """Auszüge schreiben: für jeden, was ihn betrifft, als PDF und als Word-Datei.

    Ein Auszug enthält, was die Stelle zu tun hat, ihre Maßnahmen, deren Ziele und ein Zusageblatt, und führt nichts
    mit, was nicht darin gedruckt ist. merge übernimmt ihn wie den ganzen Plan. Dazu entsteht anschreiben.md.
    """
    from pipeline.console.spoken.circle import extract_documents

    asked = {"actors": actors, "fields": fields, "strands": strands, "everyone": everyone, "until": until}
    return extract_documents(Options(**given).over(outer), **asked)


@program.command("forms", cls=GermanCommand)
@with_options("content", "output", "cache", "strict", "json", "quiet", "verbose")
@click.pass_obj
def forms_command(outer: Options, /, **given: Any) -> ExitCode:
    """Formulare zum Ausfüllen schreiben: für einen Vorschlag und für einen Betrieb, der neu mitmacht.

    Jedes gibt es als Word-Datei und als PDF, eine Seite lang. Ausgefüllt nimmt intake es an.
    """
    from pipeline.console.spoken.circle import form_documents

    return form_documents(Options(**given).over(outer))


@program.command("intake", cls=GermanCommand)
@click.argument("files", type=File(), nargs=-1, metavar="DATEI …")
@click.option("--strand", default="", metavar="KENNUNG", help="In welchen Strang neue Betriebe kommen.")
@click.option("--date", "day", default="", metavar="TAG", help="Tag des Eingangs; ohne Angabe heute.")
@click.option("--dry-run", is_flag=True, help="Nur zeigen, was angenommen würde.")
@with_options("content", "json", "quiet", "verbose")
@click.pass_obj
def intake_command(
    outer: Options, /, files: tuple[Path, ...], strand: str, day: str, *, dry_run: bool, **given: Any
) -> ExitCode:
    """Ausgefüllte Formulare annehmen: Vorschläge, und Maßnahmen von Betrieben, die neu mitmachen.

    Nummer und Tag des Eingangs gibt das Programm. Was für Rückfragen dasteht, wird nur gezeigt und nirgends
    geschrieben; nennt ein anderes Feld eine Telefonnummer, Anschrift oder E-Mail-Adresse, bleibt die Datei draußen.
    """
    from pipeline.console.spoken.circle import take_forms

    return take_forms(Options(**given).over(outer), files, strand, day, dry_run=dry_run)


@program.command("adopt", cls=GermanCommand)
@click.argument("proposal", required=False, default="", metavar="VORSCHLAG")
@click.option("--goal", default="", metavar="ZIEL", help="Das Ziel, zum Beispiel Z1.2; ohne Angabe das des Vorschlags.")
@click.option("--strand", default="", metavar="KENNUNG", help="Der Strang, der ihn übernimmt.")
@click.option("--reason", default="", metavar="GRUND", help="Warum; steht beim Vorschlag.")
@click.option("--dry-run", is_flag=True, help="Nur zeigen, ob es ginge.")
@with_options("content", "json", "quiet", "verbose")
@click.pass_obj
def adopt_command(
    outer: Options, /, proposal: str, goal: str, strand: str, reason: str, *, dry_run: bool, **given: Any
) -> ExitCode:
    """Einen Vorschlag als Maßnahme übernehmen, mit dem Vermerk, woher sie kommt.

    Die Maßnahme bekommt die nächste freie Nummer des Ziels; beim Vorschlag steht, was aus ihm wurde.
    """
    from pipeline.console.spoken.circle import adopt_proposal

    return adopt_proposal(Options(**given).over(outer), (proposal, goal, strand, reason), dry_run=dry_run)


@program.command("release", cls=GermanCommand)
@click.option("--reason", default="", metavar="GRUND", help="Warum, wo die Freigabe eine andere ersetzt.")
@click.option("--withdraw", default="", metavar="FASSUNG", help="Die Freigabe dieser Fassung zurückziehen.")
@click.option("--date", "day", default="", metavar="TAG", help="Der Tag, an dem sie zurückgezogen wird.")
@with_options("content", "output", "cache", "json", "quiet", "verbose")
@click.pass_obj
def release_command(outer: Options, /, reason: str, withdraw: str, day: str, **given: Any) -> ExitCode:
    """Eine Fassung freigeben: festhalten, mit Feldern für Unterschriften bauen, prüfen.

    Die Dateien liegen in output/freigabe. Endgültig heißt nur, was beschlossen ist; anderes sagt, was es ist.
    """
    from pipeline.console.spoken.documents import release_documents, withdraw_release

    options = Options(**given).over(outer)
    return withdraw_release(options, withdraw, day, reason) if withdraw else release_documents(options, reason)


@program.command("sign", cls=GermanCommand)
@click.argument("file", type=File(), required=False, metavar="DATEI.pdf")
@click.option("--p12", "key", type=File(), metavar="SCHLÜSSEL.p12", help="Schlüssel und Zertifikat (PKCS#12).")
@click.option("--passphrase-file", type=File(), metavar="DATEI", help="Wo die Passphrase steht; sonst wird gefragt.")
@click.option("--for", "field", default="", metavar="HERAUSGEBER", help="Wessen Feld; sonst das erste freie.")
@click.option("--timestamp", default="", metavar="ADRESSE", help="Einen Zeitstempel dieses Dienstes einholen (Netz!).")
@with_options("json", "quiet", "verbose")
@click.pass_obj
def sign_command(
    outer: Options,
    /,
    file: Path | None,
    key: Path | None,
    passphrase_file: Path | None,
    field: str,
    timestamp: str,
    **given: Any,
) -> ExitCode:
    """Ein freigegebenes PDF elektronisch unterschreiben (PAdES).

    Was in der Datei steht, bleibt Byte für Byte; die Unterschrift kommt dahinter. Ins Netz geht das nur mit
    --timestamp.
    """
    from pipeline.console.spoken.signing import sign_document

    options = Options(**given).over(outer)
    if file is None:
        raise SpokenError("Hinter sign fehlt der Name des PDF.", click.get_current_context())
    return sign_document(options, file, key, passphrase_file, field, timestamp)


@program.command("verify", cls=GermanCommand)
@click.argument("file", type=File(), required=False, metavar="DATEI.pdf")
@click.option("--sources", type=File(), metavar="QUELLEN.zip", help="Die gepackten Quellen; ohne Angabe die daneben.")
@click.option("--trust", type=File(), multiple=True, metavar="ZERTIFIKAT", help="Wem zu glauben ist; mehrmals möglich.")
@with_options("json", "quiet", "verbose")
@click.pass_obj
def verify_command(
    outer: Options, /, file: Path | None, sources: Path | None, trust: tuple[Path, ...], **given: Any
) -> ExitCode:
    """Ein PDF nachprüfen, das jemand bekommen hat: Ist es der Plan, der aus seinen Quellen entsteht?

    Baut den Plan aus den gepackten Quellen nach und vergleicht Byte für Byte; sagt, wer unterschrieben hat und ob
    seither etwas geändert ist. Geschrieben wird nichts.
    """
    options = Options(**given).over(outer)
    if file is None:
        raise SpokenError("Hinter verify fehlt der Name des PDF.", click.get_current_context())
    found = verify(file, sources, options.progress(), trust)
    code = ExitCode.OK if found.holds else ExitCode.CONTENT
    if options.json:
        say(sys.stdout, machine.verified(found.sentences, code))
        return code
    for sentence in found.sentences:
        say(sys.stdout, harmless(sentence))
    return code


@program.command("schema", cls=GermanCommand)
@with_options("content", "output", "json", "quiet", "verbose", usual={"output": "schema/json"})
@click.pass_obj
def schema_command(outer: Options, /, **given: Any) -> ExitCode:
    """Die JSON-Schemas schreiben, mit denen Editoren die Inhalte prüfen und ergänzen.

    Ergänzt werden auch die Kennungen der Akteure, Ziele und Maßnahmen, die es in diesen Inhalten jetzt gibt.
    """
    options = Options(**given).over(outer)
    written = write_schemas(options.content_folder, options.output_folder(SCHEMAS))
    if options.json:
        return print_json(Outcome((), None), options)
    if not options.quiet:
        for path in written.paths:
            say(sys.stdout, str(report.shown(path)))
        if written.ids_kept:
            say(
                sys.stderr,
                "Die Kennungen zum Ergänzen bleiben, wie sie waren: Der Plan hat Fehler.",
            )
    return ExitCode.OK


@program.command("new", cls=GermanCommand)
@click.argument("folder", type=File(), required=False, metavar="ORDNER")
@with_questions
@with_options("quiet", "verbose")
@click.pass_obj
def new_command(outer: Options, /, folder: Path | None, **given: Any) -> ExitCode:
    """Einen neuen Plan anlegen, klein, vollständig und mit Erklärungen in den Dateien.

    ORDNER gibt es noch nicht, oder er ist leer. Im Terminal werden fünf Fragen gestellt; was als Option angegeben ist,
    wird nicht gefragt.
    """
    answers = {question.name: given.pop(question.name) for question in QUESTIONS}
    options = Options(**given).over(outer)
    if folder is None:
        raise SpokenError("Hinter new fehlt der Name des Ordners.", click.get_current_context())
    return begin_plan(options, folder, answers)


@program.command("aloud", cls=GermanCommand)
@click.argument("file", type=File(), required=False, metavar="[DATEI]")
@with_options("output", "json", "verbose")
@click.pass_obj
def aloud_command(outer: Options, /, file: Path | None, **given: Any) -> ExitCode:
    """Das PDF so ausgeben, wie ein Vorleseprogramm es liest.

    DATEI ist irgendein PDF mit Struktur, ohne Angabe das gebaute in output/. Am PDF ändert sich nichts.
    """
    options = Options(**given).over(outer)
    lines = read_aloud(file or options.output_folder())
    if options.json:
        return print_json(Outcome((), None), options)
    say(sys.stdout, "\n".join(lines))
    return ExitCode.OK


@program.command("merge", cls=GermanCommand)
@click.argument("files", type=File(), nargs=-1, metavar="DATEI …")
@click.option("--dry-run", is_flag=True, help="Nur zeigen, was sich ändern würde.")
@click.option(
    "--accept",
    multiple=True,
    metavar="AUTOR",
    help="Nachverfolgte Änderungen dieses Autors annehmen; alle: von allen. Ohne Angabe alle.",
)
@click.option(
    "--reject", multiple=True, metavar="AUTOR", help="Nachverfolgte Änderungen dieses Autors ablehnen; alle: von allen."
)
@click.option(
    "--only",
    multiple=True,
    metavar="KENNUNG",
    help="Nur übernehmen, was hier geändert ist: M1.1.2, strang:… oder akteur:…; mehrfach möglich. Ohne Angabe alles.",
)
@click.option("--report", type=File(), metavar="DATEI.md", help="Den Bericht in diese Datei schreiben.")
@click.option(
    "--answer",
    "answers",
    type=File(),
    metavar="ORDNER",
    help="Jedem, der etwas geändert hat, eine Antwort als Word-Datei in diesen Ordner schreiben.",
)
@click.option("--conflicts", is_flag=True, help="Konflikte mit Marken (<<<<<<<) in die Quellen schreiben.")
@with_options("content", "cache", "strict", "json", "quiet", "verbose")
@click.pass_obj
def merge_command(outer: Options, /, **given: Any) -> ExitCode:
    """Bearbeitete Word- und Excel-Dateien in die Quellen übernehmen.

    Zeigt, was sich ändert, prüft das Ergebnis und schreibt dann die Quellen: alle oder keine. Mehrere Dateien werden
    der Reihe nach übernommen.
    """
    from pipeline.console.spoken.merging import MergeOptions, merge_documents

    wanted = MergeOptions(**{each.name: given.pop(each.name) for each in fields(MergeOptions)})
    options = Options(**given).over(outer)
    if not wanted.files:
        raise SpokenError("Hinter merge fehlt der Name der bearbeiteten Datei.", click.get_current_context())
    return merge_documents(options, wanted)


def run(arguments: Sequence[str]) -> ExitCode:
    """Runs the program; every failure becomes a German sentence on stderr and an exit code. Lets Ctrl-C through."""
    for stream in (sys.stdout, sys.stderr):
        prepare(stream)
    try:
        with program.make_context(PROGRAM, list(arguments)) as context:
            return ExitCode(program.invoke(context))
    except click.exceptions.Exit as end:  # after --help
        return ExitCode(end.exit_code)
    except Exception as error:  # noqa: BLE001 - the one place where nothing may pass as a bare traceback
        failure = explain(error, verbose="--verbose" in arguments)
        say(sys.stderr, failure.text)
        if "--json" in arguments:
            say(sys.stdout, machine.failure(failure.sentence, failure.exit_code))
        return failure.exit_code
