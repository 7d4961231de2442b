"""Whatever interpreter started the program in, the right one out: the project's own, or a sentence what to run.

Reads and runs on old Pythons too (3.8 at least), or it could not say that they are too old.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import MissingToolError
from pipeline.files.interrupts import hold_back, let_in

SETUP = "Bitte im Ordner des Projekts „sh setup.sh“ ausführen."
NEEDED = (3, 11)
_RESTARTED = "PLAN_BUILD_RESTARTED"  # set for the restarted process alone: a broken .venv must not start for ever


def prepare(root: Path) -> None:
    """Goes on in the project's own virtual environment if there is one, and with assertions; does not return then.

    Raises MissingToolError if the environment does not start or this Python is too old.
    """
    # Nothing else that is installed may have a say in what is valid, and looking for it takes time at every start.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    restarted = os.environ.pop(_RESTARTED, "")
    if restarted:
        let_in()
    else:
        _restart_in(root / ".venv")
    if sys.version_info < NEEDED:
        wanted = ".".join(str(number) for number in NEEDED)
        found = ".".join(str(number) for number in sys.version_info[:3])
        raise MissingToolError(f"Nötig ist Python {wanted} oder neuer, dies ist Python {found}. {SETUP}")


def missing_library(error: ImportError) -> MissingToolError | None:
    """What to say if a library is not installed or does not load; None if the fault is in the project itself."""
    name = (error.name or "").partition(".")[0]
    if name in ("", "build", "pipeline", "schema"):
        return None
    state = "fehlt" if isinstance(error, ModuleNotFoundError) else "lässt sich nicht laden"
    return MissingToolError(f"Die Bibliothek „{name}“ {state}. {SETUP}")


def interrupted() -> str:
    """What to say where somebody or something ended the program: nothing is half written, but much may be whole."""
    from pipeline.files.replace import replaced  # noqa: PLC0415 - needed for an answer to Ctrl-C alone

    written = replaced()
    if not written:
        return "Abgebrochen. Halbfertige Dateien sind nicht entstanden."
    names = ", ".join(str(path) for path in written)
    return f"Abgebrochen, als schon geschrieben war: {names}. Diese Dateien sind vollständig."


def _restart_in(environment: Path) -> None:
    python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists() or Path(sys.prefix).resolve() == environment.resolve():
        if not sys.flags.optimize:
            return
        python = Path(sys.executable)
    command = [str(python), *_with_assertions(getattr(sys, "orig_argv", [sys.executable, *sys.argv])[1:], sys.argv[0])]
    os.environ[_RESTARTED] = "1"
    try:
        if os.name == "nt":  # there, exec would give the terminal back before the work is done
            import subprocess  # noqa: PLC0415 - rarely needed, and slow to import

            sys.exit(subprocess.call(command))
        # The new interpreter needs a moment before it can answer Ctrl-C in German; until then it waits.
        hold_back()
        os.execv(str(python), command)
    except OSError as error:
        let_in()
        raise MissingToolError(
            f"{environment}: Die Umgebung ist beschädigt und startet nicht. Bitte den Ordner löschen und "
            "„sh setup.sh“ ausführen."
        ) from error


def _with_assertions(arguments: Sequence[str], script: str) -> list[str]:
    """The arguments of Python without `-O`, which leaves assertions out. WeasyPrint 70 does work in some: `background:
    url(a.svg) left bottom` loses its position (css/validation/expanders.py), and the plan looks otherwise.
    """
    os.environ.pop("PYTHONOPTIMIZE", None)
    own = arguments.index(script) if script in arguments else len(arguments)  # what follows is the program's
    return [word for place, word in enumerate(arguments) if place >= own or word not in ("-O", "-OO")]
