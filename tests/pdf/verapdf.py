"""PDF files in, what veraPDF says of them out: for each file and standard the rules that it breaks.

`sh setup.sh test` brings veraPDF and the Java that it runs on.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
JAR = ROOT / ".venv" / "verapdf" / "greenfield-apps.jar"
MAIN = "org.verapdf.apps.GreenfieldCliWrapper"
PDF_A, PDF_UA = "PDF/A-2A", "PDF/UA-1"

# Half the processor time: a run of seconds does not win back what the better compiler and many collectors take.
FOR_A_SHORT_RUN = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")

# By standard, the rules that a file breaks, such as "7.5-1": clause and number of the test.
Verdict = Mapping[str, frozenset[str]]


def missing() -> str:
    """What veraPDF lacks to run, as the reason of a skip; '' if nothing."""
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
    """What is said of each file, by the standards that it claims to keep; one start for all, which is the slow part."""
    done = subprocess.run(
        [java(), *FOR_A_SHORT_RUN, "-cp", str(JAR), MAIN, "--flavour", "0", "--format", "json", *map(str, files)],
        check=False,  # not 0 where a file breaks a rule
        capture_output=True,
        text=True,
    )
    assert done.stdout, done.stderr
    jobs = json.loads(done.stdout)["report"]["jobs"]
    found: dict[Path, Verdict] = {Path(job["itemDetails"]["name"]): dict(_profiles(job)) for job in jobs}
    assert set(found) == set(files), done.stderr
    return found


def _profiles(job: Mapping[str, object]) -> Iterator[tuple[str, frozenset[str]]]:
    results = job["validationResult"]
    assert isinstance(results, list), job
    for result in results:
        rules = {f"{rule['clause']}-{rule['testNumber']}" for rule in result["details"]["ruleSummaries"]}
        assert bool(rules) != result["compliant"], result
        yield result["profileName"].partition(" ")[0], frozenset(rules)
