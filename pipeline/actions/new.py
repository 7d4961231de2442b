"""Beginning a plan: five answers in, a folder with a small, complete plan of that city out."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from pipeline.check.accepted import accepted, slug
from pipeline.diagnostics import Severity
from pipeline.errors import FileAccessError
from pipeline.files.access import ensure_outside, reason
from pipeline.files.publish import ensure_free, publish_folder
from pipeline.outcome import Silent
from pipeline.run import examine
from schema.base import SLUG_LIMIT
from schema.plan import MAX_YEARS, PARTNER_LETTER, RESERVED_FOLDERS, PlanMeta, Term

ROOT = Path(__file__).resolve().parents[2]
STARTER = ROOT / "starter"  # the plan, with gaps such as ‹stadt›
SCHEMAS = ROOT / "schema" / "json"

_FOLDERS = ("strang1", "strang2")  # of the strands in the starter
# Letters first, and nothing that means something to YAML or Markdown: a name stands in the midst of both.
_NAME = re.compile(r"[^\W\d_](?:[^\W_]|[ .'’()/-]){1,39}")
_YEARS = re.compile(r"([0-9]{4})(?:\s*(?:-|–|bis)\s*([0-9]{4}))?")
_GAP = re.compile("‹([a-z0-9-]+)›")


class RefusedAnswerError(ValueError):
    """An answer that no plan can be made of; str() is a German sentence."""


@dataclass(frozen=True)
class Answers:
    """What is asked for a new plan: the city's name, the title, the two strands, the first and last year, and what the
    built files are called.
    """

    city: str
    title: str
    strands: tuple[str, str]
    years: tuple[int, int]
    short_name: str


@dataclass(frozen=True)
class Begun:
    """The folder of the new plan and its files, as they lie below it."""

    folder: Path
    files: tuple[PurePosixPath, ...]


def city(text: str) -> str:
    """A city's name as it was typed, without blanks around it. Raises RefusedAnswerError."""
    return _name(text, "Der Name der Stadt")


def title(text: str) -> str:
    """A plan's title, likewise."""
    told = " ".join(text.split())
    if not accepted(PlanMeta.model_fields["title"], told):
        raise RefusedAnswerError("Der Titel hat 3 bis 120 Zeichen.")
    return told


def strands(text: str) -> tuple[str, str]:
    """Two names, parted by a comma or „und“. Raises RefusedAnswerError where it is not two, or their folders are alike
    or there for something else.
    """
    names = [_name(name, "Der Name eines Strangs") for name in re.split(r",|\sund\s", text)]
    if len(names) != len(_FOLDERS):
        raise RefusedAnswerError("Nötig sind zwei Namen mit einem Komma dazwischen, zum Beispiel: Rathaus, Vereine.")
    folders = [slug(name) for name in names]
    for name, folder in zip(names, folders, strict=True):
        if not _is_slug(folder):
            raise RefusedAnswerError(f"„{name}“ kann kein Strang heißen: Daraus wird kein Name für einen Ordner.")
        if folder in RESERVED_FOLDERS:
            raise RefusedAnswerError(f"„{name}“ kann kein Strang heißen: Der Ordner „{folder}“ ist für anderes da.")
    if folders[0] == folders[1]:
        raise RefusedAnswerError("Die beiden Stränge brauchen verschiedene Namen.")
    return names[0], names[1]


def years(text: str) -> tuple[int, int]:
    """The first and the last year of `2027-2031`, `2027 bis 2031` or `2027`. Raises RefusedAnswerError."""
    found = _YEARS.fullmatch(text.strip())
    if not found:
        raise RefusedAnswerError("Nötig sind das erste und das letzte Jahr, zum Beispiel: 2027-2031.")
    first, last = int(found[1]), int(found[2] or found[1])
    try:
        Term(first=first, last=last)
    except ValidationError as error:
        raise RefusedAnswerError(
            f"Das erste Jahr kommt vor dem letzten, und ein Plan läuft höchstens {MAX_YEARS} Jahre in unserer Zeit."
        ) from error
    return first, last


def short_name(text: str) -> str:
    """What files are called, without a suffix. Raises RefusedAnswerError, which proposes one."""
    told = text.strip()
    if not _is_slug(told):
        raise RefusedAnswerError(
            "Der Kurzname besteht aus Kleinbuchstaben, Ziffern und Bindestrichen und beginnt mit einem Buchstaben, zum "
            f"Beispiel: {short_name_of(told)}."
        )
    return told


def short_name_of(text: str) -> str:
    """A short name that is allowed, as near to the text as may be."""
    made = slug(text)
    made = (made if made[:1].isalpha() else f"plan-{made}")[:SLUG_LIMIT].strip("-")
    return made if _is_slug(made) else "plan"


def _is_slug(text: str) -> bool:
    return accepted(PlanMeta.model_fields["short_name"], text)


def _name(text: str, what: str) -> str:
    told = " ".join(text.split())
    if not _NAME.fullmatch(told):
        raise RefusedAnswerError(
            f"{what} hat 2 bis 40 Zeichen, beginnt mit einem Buchstaben und besteht aus Buchstaben, Ziffern, "
            "Leerzeichen, Punkt, Bindestrich, Schrägstrich und runden Klammern."
        )
    return told


def ensure_place(folder: Path, content: Path) -> None:
    """Says early, before anything is asked, that the folder can hold no new plan. Raises FileAccessError."""
    if folder.resolve() != content.resolve():  # the project's own plan may be begun as well
        ensure_outside(folder, content)
    ensure_free(folder)


def begin(folder: Path, answers: Answers, content: Path, today: date) -> Begun:
    """Writes the plan, all of it or nothing. `content` is the folder of the project's own plan, `today` what the new
    one says of itself.

    Raises FileAccessError if the folder is not empty or cannot be written, RefusedAnswerError if the plan would have
    errors.
    """
    ensure_place(folder, content)
    gaps = _gaps(answers, folder, today)
    files = {_filled_path(path, gaps): _filled(text, gaps).encode() for path, text in _starter()}
    publish_folder(folder, files, _check)
    return Begun(folder, tuple(files))


def _check(folder: Path) -> None:
    """What the answers look like in a plan is judged by the check alone."""
    errors = [item for item in examine(folder, Silent()).outcome.diagnostics if item.severity is Severity.ERROR]
    if errors:
        raise RefusedAnswerError(f"Mit diesen Angaben hätte der Plan einen Fehler: {errors[0].message}")


def _starter() -> Iterator[tuple[PurePosixPath, str]]:
    try:
        for path in sorted(path for suffix in ("yaml", "md") for path in STARTER.rglob(f"*.{suffix}")):
            yield PurePosixPath(path.relative_to(STARTER).as_posix()), path.read_text("utf-8")
    except OSError as error:
        raise FileAccessError(f"{error.filename or STARTER}: Das Lesen ist nicht gelungen. {reason(error)}") from error


def _gaps(answers: Answers, folder: Path, today: date) -> Mapping[str, str]:
    """What stands for each gap of the starter."""
    first, last = answers.years
    values = {
        "stadt": answers.city,
        "titel": json.dumps(answers.title, ensure_ascii=False),  # in quotes as YAML reads them
        "kurzname": answers.short_name,
        "stand": today.isoformat(),
        "von": str(first),
        "bis": str(last),
        "schema": _way_to_schemas(folder, 0),
        "schema-tief": _way_to_schemas(folder, 1),
    }
    for number, (name, letter) in enumerate(zip(answers.strands, _letters(answers.strands), strict=True), 1):
        values |= {f"strang{number}": name, f"ordner{number}": slug(name), f"zeichen{number}": letter}
    return values


def _way_to_schemas(folder: Path, depth: int) -> str:
    """How an editor finds the schemas from a file so deep below the folder."""
    try:
        way = Path(os.path.relpath(SCHEMAS, folder.resolve()))
    except ValueError:  # on another drive of Windows
        return SCHEMAS.as_posix()
    return PurePosixPath(*[".."] * depth, way.as_posix()).as_posix()


def _letters(strands: Sequence[str]) -> Iterator[str]:
    """A capital for each strand, of its name if possible: R and B of Rathaus and Betriebe, V and E of Verwaltung and
    Vereine.
    """
    taken = {PARTNER_LETTER}
    for name in strands:
        free = [sign for sign in f"{name.upper()}ABC" if re.fullmatch("[A-ZÄÖÜ]", sign) and sign not in taken]
        taken.add(free[0])
        yield free[0]


def _filled(text: str, gaps: Mapping[str, str]) -> str:
    return _GAP.sub(lambda gap: gaps[gap[1]], text)


def _filled_path(path: PurePosixPath, gaps: Mapping[str, str]) -> PurePosixPath:
    folder, *rest = path.parts
    if folder in _FOLDERS:
        folder = gaps[folder.replace("strang", "ordner")]
    return PurePosixPath(folder, *rest)
