"""Arguments in, exit code out: `python build.py` builds the plan, `--help` lists the rest.

Only the way in: finds the right interpreter, then hands over to `pipeline.console`. Reads on old Pythons too.
"""

from __future__ import annotations

import gc
import sys

MADE_BEFORE_A_SEARCH = 200_000  # for garbage: a plan is values without cycles, of 400 measures some 250,000


def main() -> int:
    """Runs the program with the arguments of this process; returns its exit code."""
    try:
        return _start()
    except KeyboardInterrupt:
        from pipeline.console.start import interrupted  # it may have come before any import
        from pipeline.console.streams import say
        from pipeline.errors import ExitCode
        from pipeline.files.interrupts import ignore_all

        ignore_all()  # a second one would only garble what is said
        terminal = sys.stderr is not None and sys.stderr.isatty()
        newline = "\n" if terminal else ""  # below the ^C that a terminal shows
        say(sys.stderr, f"{newline}{interrupted()}")
        return ExitCode.INTERRUPTED


def _start() -> int:
    from pathlib import Path  # Ctrl-C is answered from here on, so all imports stand here

    from pipeline.console.machine import failure
    from pipeline.console.start import missing_library, prepare
    from pipeline.console.streams import say
    from pipeline.errors import BuildError
    from pipeline.files.interrupts import raise_for_all

    try:
        raise_for_all()
        prepare(Path(__file__).resolve().parent)
        gc.disable()  # what imports make stays to the end: to look for garbage in it is a tenth of a check's time
        try:
            from pipeline.console.commands import run  # only the right interpreter can
        except ImportError as error:
            raise missing_library(error) or error from error
        finally:
            gc.freeze()
            gc.set_threshold(MADE_BEFORE_A_SEARCH)
            gc.enable()
        return run(sys.argv[1:])
    except BuildError as error:
        say(sys.stderr, f"Fehler: {error}")
        if "--json" in sys.argv[1:]:
            say(sys.stdout, failure(str(error), error.exit_code))
        return error.exit_code


if __name__ == "__main__":
    result = main()
    from pipeline.files.interrupts import ignore_all

    ignore_all()  # all is decided and said
    sys.exit(result)
