"""Options in, built documents and what is said of them out: once, or after every save."""

from __future__ import annotations

import sys

from pipeline.console import report
from pipeline.console.failures import explain
from pipeline.console.options import Options
from pipeline.console.outcomes import exit_code, print_counts, print_findings, print_json, print_tally
from pipeline.console.progress import Silent
from pipeline.console.streams import say
from pipeline.errors import BuildError, ExitCode, RenderingError
from pipeline.files.replace import RestoreError
from pipeline.outcome import Progress
from pipeline.run import Format, Request, build


def build_documents(options: Options, progress: Progress | None = None) -> ExitCode:
    """Builds and prints what came of it; `progress`: another display than the options ask for."""
    request = _request(options)
    unchanged = f"Nichts veröffentlicht: In {request.output} bleibt alles, wie es war."
    try:
        outcome = build(request, progress or options.progress())
    except RestoreError:
        raise
    except Exception as error:
        error.add_note(unchanged)
        raise
    if options.json:
        return print_json(outcome, options)
    print_findings(outcome, options)
    if not options.quiet:
        print_tally(outcome, options)
        for remark in outcome.remarks:
            say(sys.stderr, remark)
        for line in report.files(outcome.files):
            say(sys.stdout, line)
        print_counts(outcome)
    if not outcome.ok:
        say(sys.stderr, f"{unchanged}{report.because_strict(outcome)}")
    return exit_code(outcome)


def watch_documents(options: Options) -> ExitCode:
    """Builds now and after every save, until Ctrl-C. What a save can mend does not end it.

    Raises BuildError where the first build fails for another reason than the content.
    """
    from pipeline.files.watch import saves  # noqa: PLC0415 - its library would slow down every `check`

    request = _request(options)
    if not request.content.is_dir():
        return build_documents(options)  # which says what is wrong with it
    progress: Progress | None = None
    mendable: type[BuildError] = RenderingError
    try:
        for _ in saves(request.content, (request.output, options.cache_folder)):
            try:
                build_documents(options, progress)
            except mendable as error:
                say(sys.stderr, explain(error, verbose=options.verbose).text)
            progress, mendable = Silent(), BuildError
            if not options.quiet:
                say(sys.stdout, f"Warte auf das nächste Speichern in {request.content}; Strg-C beendet.")
    except KeyboardInterrupt:
        if not options.quiet:
            say(sys.stdout, "\nBeendet.")
    return ExitCode.OK


def _request(options: Options) -> Request:
    formats = options.formats or tuple(Format)
    return Request(options.content_folder, options.output_folder(), formats, options.strict, options.cache_folder)
