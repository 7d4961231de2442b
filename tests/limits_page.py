"""`python -m tests.limits_page`: the program's table of limits in, the users' page docs/grenzen.md out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.budget.limits import TABLE

PAGE = Path(__file__).resolve().parents[1] / "docs" / "grenzen.md"

_INTRODUCTION = """<!-- Erzeugt aus der Tabelle des Programms: python -m tests.limits_page -->

# Grenzen

Wie viel es von allem höchstens geben darf. Kein Plan kommt in ihre Nähe; sie halten ab, was den Rechner für Stunden
beschäftigen oder seinen Speicher füllen würde. Was darüber ist, weist die Prüfung mit seiner Stelle zurück (P113), und
was sie durchlässt, wird auch gebaut. Die Fristen sind reichlich; ist eine um, sagt ein Satz, an welcher Stelle.
"""


def page() -> str:
    """The page's text."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield _INTRODUCTION
    for title, limits in TABLE.items():
        yield f"## {title}\n"
        yield "| Was | höchstens | Warum |\n|---|--:|---|"
        for limit in limits:
            yield f"| {_capital(limit.what)} | {limit.told} | {limit.why} |"
        yield ""


def _capital(text: str) -> str:
    return text[0].upper() + text[1:].replace("[", "`[`").replace("*", "`*`")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
