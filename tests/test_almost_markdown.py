"""What people write that is no Markdown: each kind is found, its repair is none any more, plain text is left alone."""

from __future__ import annotations

import pytest

from pipeline.text.almost_markdown.find import almost_markdown
from pipeline.text.almost_markdown.slips import Slip
from pipeline.text.markdown import parse

SLIPS = [
    (Slip.FRONT_MATTER, "---\ntitle: Lage\ntags:\n  - a\n---\n# Lage", 1, ""),
    (Slip.TABLE_WITHOUT_LINE, "| a | b |\n| 1 | 2 |\n| 3 | 4 |", 1, "| a | b |\n| --- | --- |"),
    (Slip.CELL_TOO_MANY, "| a | b |\n|---|---|\n| 1 | 2 | 3 |", 3, "| 1 | 2 \\| 3 |"),
    (Slip.CELL_TOO_MANY, "a | b\n-- | --\n1 | 2 | 3 | 4", 3, "| 1 | 2 \\| 3 \\| 4 |"),
    (Slip.PASTED_CELLS, "a\tb\n1\t2", 1, "| a | b |\n| --- | --- |\n| 1 | 2 |"),
    (Slip.PICTURE_NAME, "![Foto](../bilder/Foto 1.svg)", 1, "![Foto](<../bilder/Foto 1.svg>)"),
    (Slip.PICTURE_NAME, '![Ein Foto](Foto 1.JPG "Am Markt")', 1, '![Ein Foto](<Foto 1.JPG> "Am Markt")'),
    (Slip.PICTURE_IN_LINE, "Die Karte\n![Karte](k.png)\nzeigt es.", 2, "\n\n![Karte](k.png)\n\n"),
    (Slip.PICTURE_IN_LINE, "Hier ![Karte](k.png) sieht man es.", 1, "Hier\n\n![Karte](k.png)\n\nsieht man es."),
    (Slip.HEADING, "#Zahlen", 1, "# Zahlen"),
    (Slip.HEADING, "##1 Lage", 1, "## 1 Lage"),
    (Slip.HEADING, "# Lage\n\n#Zahlen", 3, "## Zahlen"),
    (Slip.LIST_SIGN, "•eins", 1, "- eins"),
    (Slip.LIST_SIGN, "\n– eins\n– zwei", 2, "- eins\n- zwei"),
    (Slip.LIST_SIGN, "Wir brauchen:\n– eins\n– zwei\nund mehr\n– drei", 2, "- eins\n- zwei\nund mehr\n- drei"),
    (Slip.LIST_SIGN, "Vor:\n\n– eins\n\n– zwei\n\nText", 3, "- eins\n\n- zwei"),
    (Slip.LIST_SIGN, "-eins\n-zwei", 1, "- eins\n- zwei"),
    (Slip.LIST_SIGN, "Text:\n1.Eins\n2.Zwei", 2, "1. Eins\n2. Zwei"),
    (Slip.LIST_SIGN, "•\tEins\no\tZwei\n§\tDrei\n•\tVier", 1, "- Eins\n  - Zwei\n    - Drei"),
    (Slip.LIST_SIGN, "1. Eins\no Zwei\n2. Drei", 1, "1. Eins\n   - Zwei"),
    (Slip.LIST_SIGN, "o\tEins\no\tZwei", 1, "- Eins\n- Zwei"),
    (Slip.LABELS, "Wir prüfen:\na) den Bedarf\nim Ort\nb) die Kosten", 2, "\na) den Bedarf\nim Ort\\\nb) die Kosten"),
    (Slip.LABELS, "1.1 Lage\n1.2 Ziele\n1.3 Wege", 1, "1.1 Lage\\\n1.2 Ziele\\\n1.3 Wege"),
    (
        Slip.INDENTED,
        "Text.\n\n    Der Rat berät im Mai.\n    Danach gilt es.",
        3,
        "Der Rat berät im Mai.\nDanach gilt es.",
    ),
    (Slip.INDENTED, "- eins\n\n      Dazu ein ganzer Satz.", 3, "  Dazu ein ganzer Satz."),
    (Slip.INDENTED, "Text.\n\n    - Punkt", 3, "- Punkt"),
    (Slip.GREATER, "Ziel:\n\n> 50 Betriebe", 3, "\\> 50 Betriebe"),
    (Slip.GREATER, "- >= 5 % mehr\n- > 7", 1, "- \\>= 5 % mehr"),
    (Slip.LINE_BELOW_TEXT, "Das ist ein Satz.\n---\n\nText", 2, "\n---"),
    (Slip.LINE_BELOW_TEXT, "Erste Zeile\nzweite Zeile\n====", 3, ""),
    (Slip.STAR_IN_WORD, "Das sind 5*3*2 m.", 1, "Das sind 5 × 3 × 2 m."),
    (
        Slip.STAR_IN_WORD,
        "Für Bürger*innen und Händler*innen, Gründer*innen",
        1,
        "Für Bürger\\*innen und Händler\\*innen, Gründer\\*innen",
    ),
    (Slip.STAR_IN_WORD, "Die Bürger*innen\nund `a*b` und Händler*innen", 1, "Die Bürger\\*innen"),
    (Slip.PASTED_ROW, "| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |\n4\t5", 4, "| 4 | 5 |  |"),
    (Slip.TEXT_BELOW_TABLE, "| a | b |\n|---|---|\n| 1 | 2 |\nQuelle: Amt", 4, "\nQuelle: Amt"),
    (Slip.LINK_APART, "Siehe [den Plan] (https://example.org/a).", 1, "Siehe [den Plan](https://example.org/a)."),
    (Slip.LINK_SWAPPED, "Siehe (den Plan)[www.example.org].", 1, "Siehe [den Plan](https://www.example.org)."),
    (
        Slip.REFERENCE,
        "Siehe [M1.1.1] und [[Z1.2]] und [[ausgangslage]].",
        1,
        "Siehe [](#M1.1.1) und [](#Z1.2) und [](#ausgangslage).",
    ),
    (Slip.EMOJI, "Fertig :white_check_mark: und gut :tada:.", 1, "Fertig ✓ und gut."),
    (Slip.FOOTNOTE, "Der Plan gilt.[1]\n\n[1] Beschluss vom Mai.", 1, "Der Plan gilt.[^1]"),
    (Slip.FOOTNOTE, "Der Plan gilt.[^1]\n\n[1] Beschluss vom Mai.", 3, "[^1]: Beschluss vom Mai."),
    (Slip.FOOTNOTE, "Der Plan² hat 12 m² Fläche\n\n² Beschluss vom Mai.", 1, "Der Plan[^2] hat 12 m² Fläche"),
    (Slip.LIST_SIGN, "- eins\n– zwei", 2, "- zwei"),
    (Slip.HTML, "Zeile<br>Zeile", 1, "Zeile\\\nZeile"),
    (Slip.HTML, "a | b<br>c", 1, "a | b\\\nc"),
    (Slip.HTML, "| a | b |\n|---|---|\n| 1<br><b>2</b> | 3 |", 3, "| 1<br>**2** | 3 |"),
    (Slip.HTML, "H<sub>2</sub>O und m<sup>2</sup>", 1, "H~2~O und m^2^"),
    (Slip.HTML, 'Das ist <B>fett</B>, <em>so</em> und <span class="x">so</span>.', 1, "Das ist **fett**, *so* und so."),
    (Slip.HTML, "Text <!-- nur für uns -->", 1, "Text"),
    (Slip.TASK, "[x] erledigt", 1, "- [x] erledigt"),
    (Slip.TASK, "Zu tun:\n[ ] offen\n[] auch", 2, "- [ ] offen"),
    (Slip.TASK, "- [] offen", 1, "- [ ] offen"),
    (Slip.TASK, "1. [X]erledigt", 1, "1. [x] erledigt"),
    (Slip.TASK, "* [ x ] erledigt", 1, "* [x] erledigt"),
    (Slip.TASK, "| [x] | [ ] offen |\n|---|---|", 1, "| ☑ | ☐ offen |"),
    (Slip.HTML, '<img class="a" src="../x/foto.png" alt="Der Markt"> dort', 1, "![Der Markt](../bilder/foto.png) dort"),
    (Slip.HTML, "<img src=foto.png>", 1, "![Beschreibung](../bilder/foto.png)"),
    (Slip.NOT_CLOSED, "Das ist **wichtig.", 1, "Das ist **wichtig**."),
    (Slip.STARS_APART, "Das ist ** wichtig ** und **fett**.", 1, "Das ist **wichtig** und **fett**."),
    (Slip.STARS_APART, "**sehr wichtig ** und gut.", 1, "**sehr wichtig** und gut."),
    (Slip.NOT_CLOSED, "**a** und **b\nund c", 1, "**a** und **b**"),
    (Slip.NOT_CLOSED, "wichtig** ist das", 1, "**wichtig** ist das"),
    (Slip.SUBSCRIPT, "CO~2 und H~2O", 1, "CO~2~ und H~2~O"),
    (Slip.SUPERSCRIPT, "12 m^2 und 5 km^2.", 1, "12 m^2^ und 5 km^2^."),
    (Slip.HIGHLIGHT, "Das ist ==wichtig==.", 1, "Das ist **wichtig**."),
    (Slip.FORMULA, "Es gilt $E=mc^2$.", 1, "Es gilt E=mc²."),
    (Slip.CALLOUT, "> [!NOTE]\n> Hinweis", 1, "> **Hinweis:**"),
    (Slip.ADDRESS, "Mehr: https://example.org/a*b.", 1, "Mehr: <https://example.org/a*b>."),
    (Slip.ADDRESS, "Mehr: https://example.org/\\_b hier.", 1, "Mehr: <https://example.org/_b> hier."),
    (Slip.ADDRESS, "Mehr: www.example.org/a*b.", 1, "Mehr: [www.example.org/a*b](https://www.example.org/a*b)."),
    (Slip.ADDRESS, "Mehr: https//example.org/a, dort", 1, "Mehr: <https://example.org/a>, dort"),
    (
        Slip.ADDRESS,
        "Mehr: https:/example.org und https:// example.org",
        1,
        "Mehr: <https://example.org> und <https://example.org>",
    ),
]


@pytest.mark.parametrize(("kind", "text", "line", "better"), SLIPS)
def test_a_slip_is_found_with_what_is_meant(kind: Slip, text: str, line: int, better: str) -> None:
    found = [item for item in almost_markdown(text) if item.kind is kind]
    assert (found[0].line, found[0].better) == (line, better)
    assert found[0].row == text.split("\n")[line - 1]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, text, *_ in SLIPS])
def test_the_repair_taken_literally_is_none_any_more(kind: Slip, text: str) -> None:
    """One after another, as somebody works through them."""
    for _ in range(9):
        item = next((item for item in almost_markdown(text) if item.kind is kind), None)
        if item is None:
            break
        rows = text.split("\n")
        text = "\n".join([*rows[: item.line - 1], item.better, *rows[max(item.line, item.last) :]])
    else:
        pytest.fail(f"still there: {text}")


def test_several_slips_in_a_line_are_mended_by_one_line() -> None:
    found = almost_markdown("Das ist ** so ** in [M1.1.1], siehe [Plan] (https://example.org) mit CO~2.")
    assert len(found) == 4
    assert {item.better for item in found} == {
        "Das ist **so** in [](#M1.1.1), siehe [Plan](https://example.org) mit CO~2~."
    }


def test_a_list_is_shown_with_the_other_repairs_of_its_lines() -> None:
    found = almost_markdown("Dabei:\n– ** so **\n– siehe [M1.1.1]")
    assert [item.better for item in found] == ["- **so**\n- siehe [](#M1.1.1)", "- **so**", "- siehe [](#M1.1.1)"]


def test_every_kind_has_its_example() -> None:
    assert {kind for kind, *_ in SLIPS} == set(Slip)


@pytest.mark.parametrize(
    "text",
    [
        "Der Plan – so sagt man –\n– wie auch hier – gilt von 2027 - 2031.",
        "10 % von 3.000 Euro, 5 < 7 > 3, a ~ b, x^2, $ 5 und 7 $, 20 $ bis 30 $.",
        "Ein <spitzes> Wort, <https://example.org>, [Link](https://example.org/a_b), <amt@example.org>.",
        "Ein [offener] Punkt, [x] im Text, #1 und Nr. #2; Müller & Söhne, C# und a == b == c.",
        "`<b>` und `**` und `H~2~O`, \\<b>, \\*\\*, \\#Zahlen, H\\~2\\~O.",
        "- \\[x] so\n- zwei",
        "- [ ] offen\n- [x] erledigt\n  1. [X] auch\n\n> - [ ] zitiert",
        "H~2~O und CO~2~, 12 m^2^ und 10^-3^, 2^10, ~5 %, a~b und c~d, Seite~5.",
        "Siehe https://www.example.org/~a_b/, www.example.org/*, (https://x.de/a_(b)) und **https://x.de**.",
        "| a<br>b | <br/> |\n|---|---|\n| c<BR />d | [](#M1.1.1) |",
        "```\n#Zahlen\n| a | b |\n| c | d |\n<b>\n```\n\n    <br>",
        "| a | b |\n|---|:-:|\n| 1 | 2 \\| 3 |\n| 1 |\n| `a|b` |",
        "**a**, __b__, ***c*** und 2 ** 3, snake__case",
        "![Karte](k.png)\n\n- ![Karte](k.png)\n- zwei\n\n| ![Zeichen](z.svg) |\n|---|",
        "![Karte](k.png)\n![Karte](<k 2.png>)",
        "* a\n+ b\n1) c\n\n---\n\nText",
        "Titel\n---\nText: a\n---",
        ":::{zeitplan}\nhandlungsfeld: 1\n:::",
        "Begriff\n: **Bedeutung** mit [^1]\n\n[^1]: Siehe <http://example.org>.",
        "Ein\tTabulator im Text\nund keiner hier.",
        "• eins\n• zwei\n\n· drei",
        "Der Preis\n– so sagt man –\ngilt:\n– noch nicht",
        "Ein un*glaub*lich und un*vor*sichtig, Bürger*innen im Amt, *kursiv* und **fett**.",
        "[Plan](https://example.org) (https://example.org) gilt [offen: Quelle] (https://example.org)".replace(
            "(https", "(<https"
        ).replace("org)", "org>)"),
        "Die Zahl [1] und m² im Text, km² und CO₂, Quelle [2](https://example.org).\n\n[3]: https://example.org",
        "> 2026 gab es 50 Betriebe.\n\n> 50 Betriebe\n> und mehr",
        "Von 10:30:15 bis 12:00, siehe Amt:Stelle: so.\n\n§ 5 des Gesetzes\n§ 6 auch",
        "Text.\n\n    x = {a: 1}\n    y = 2\n\n- eins\n\n  zwei\n    - drei",
        "- eins\n---\n\n1. a\n2. b\n\na) nur einer\nund mehr",
        "- Boden-\n  -untersuchungen und\n\n– Rapsöl –\n– so –",
        "a) eins\\\nb) zwei",
        "| a |\n|---|\n| 1 |\nzwei",
        "| a | b |\n|---|---|\n| 1 | 2 |\n- Liste",
        "Z1.1 und (M1.1.1) und [](#M1.1.1) und [M1.1.1](#M1.1.1)",
    ],
)
def test_plain_text_is_left_alone(text: str) -> None:
    assert almost_markdown(text) == []


def test_a_bullet_at_the_beginning_of_a_line_begins_an_item() -> None:
    """As it comes from Word, also with a sign of its symbol fonts, a tab or a space that does not break behind it."""
    blocks = parse("Vor:\n\n• eins\n•\u00a0zwei\n\uf0b7\tdrei\n▪ vier\n\uf0fc fünf\n\n`• code`\n\n    • code").blocks
    assert [block.kind for block in blocks] == ["paragraph", "bullet_list", "paragraph", "code_block"]
    assert [item.plain() for item in blocks[1].children] == ["eins", "zwei", "drei", "vier", "fünf"]
    assert (
        parse("Ein Punkt \uf0b7 mitten darin\nund \uf0e0 hier").blocks[0].plain()
        == "Ein Punkt • mitten darin und → hier"
    )
