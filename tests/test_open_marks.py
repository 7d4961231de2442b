"""What is marked in a text as still to be settled is found, each with its line, however it is set."""

from __future__ import annotations

from pipeline.text.markdown import parse

TEXT = """# Titel

Ein "Satz" [offen: Quelle "A" - z.B. im Archiv - nachtragen], und
noch einer.[^note] [offen: Zahl]

- Punkt [offen: Zahl]

| Wer | Was |
|---|---|
| Amt | [Offen: wer genau] |

`[offen: so schreibt man es]` und [offen](https://example.org)

[^note]: [offen: vor einer Veröffentlichung prüfen, ob alle Angaben in dieser Fußnote noch gelten]
"""


def test_each_mark_is_found_with_its_line_and_code_is_none() -> None:
    found = [(mark.what.replace("\u00a0", " "), mark.line) for mark in parse(TEXT).open_marks]
    assert sorted(found, key=lambda item: item[1]) == [
        ("Quelle „A“ – z. B. im Archiv – nachtragen", 3),
        ("Zahl", 4),
        ("Zahl", 6),
        ("wer genau", 10),
        ("vor einer Veröffentlichung prüfen, ob alle Angaben in dieser Fußnote noch gelten", 14),
    ]
