"""PDF files in, what veraPDF says of them out: for each file and standard the rules that it breaks.

`sh setup.sh test` brings veraPDF and the Java that it runs on; only this module runs them.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.budget.deadline import overdue
from pipeline.budget.limits import VALIDATING
from pipeline.errors import RenderingError

ROOT = Path(__file__).resolve().parents[2]
JAR = ROOT / ".venv" / "verapdf" / "greenfield-apps.jar"
MAIN = "org.verapdf.apps.GreenfieldCliWrapper"
PDF_A, PDF_UA = "PDF/A-2A", "PDF/UA-1"

# Half the processor time: a run of seconds does not win back what the better compiler and many collectors take.
FOR_A_SHORT_RUN = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")

# By standard, the rules that a file breaks, such as "7.5-1": clause and number of the test.
Verdict = Mapping[str, frozenset[str]]


def missing() -> str:
    """What veraPDF lacks to run, and what to do about it; '' if nothing."""
    if not JAR.is_file():
        return "veraPDF fehlt; „sh setup.sh test“ holt es. PDF/A-2a und PDF/UA-1 sind nicht geprüft."
    if not java():
        return "Java fehlt; „sh setup.sh test“ richtet es ein. PDF/A-2a und PDF/UA-1 sind nicht geprüft."
    return ""


@cache
def java() -> str:
    """The Java to use; '' if none runs. On a Mac there is a program of that name even without one."""
    home = os.environ.get("JAVA_HOME")
    named = [f"{home}/bin/java"] if home else []
    for name in (*named, "java", "/opt/homebrew/opt/openjdk/bin/java", "/usr/local/opt/openjdk/bin/java"):
        try:
            subprocess.run([name, "-version"], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            continue
        return name
    return ""


def verdicts(files: Sequence[Path]) -> dict[Path, Verdict]:
    """What is said of each file, by the standards that it claims to keep; one start for all, which is the slow part.

    Raises RenderingError where nothing is said, OverdueError where that takes too long.
    """
    command = [java(), *FOR_A_SHORT_RUN, "-cp", str(JAR), MAIN, "--flavour", "0", "--format", "json", *map(str, files)]
    try:
        done = subprocess.run(command, check=False, capture_output=True, timeout=VALIDATING.most)
    except subprocess.TimeoutExpired as error:
        raise overdue(VALIDATING, "PDF prüfen", files[0].name if len(files) == 1 else "") from error
    except OSError as error:
        raise RenderingError(f"Java lässt sich nicht starten: {error.strerror}. Das PDF ist nicht geprüft.") from error
    try:  # the exit code is not 0 either where a file breaks a rule
        jobs = json.loads(done.stdout)["report"]["jobs"]
        found: dict[Path, Verdict] = {Path(job["itemDetails"]["name"]): dict(_profiles(job)) for job in jobs}
    except (ValueError, LookupError, TypeError) as error:
        raise RenderingError("veraPDF sagt nichts, was sich lesen lässt. Das PDF ist nicht geprüft.") from error
    if set(found) != set(files):
        raise RenderingError("veraPDF hat nicht jede Datei geprüft. Bitte neu bauen und noch einmal prüfen.")
    return found


def _profiles(job: Mapping[str, Any]) -> Iterator[tuple[str, frozenset[str]]]:
    for result in job["validationResult"]:
        rules = {f"{rule['clause']}-{rule['testNumber']}" for rule in result["details"]["ruleSummaries"]}
        yield result["profileName"].partition(" ")[0], frozenset(rules)
