"""What people write that is no Markdown: each kind is found, its repair is none any more, plain text is left alone."""

from __future__ import annotations

import pytest

from pipeline.text.almost_markdown import Slip, almost_markdown
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
    (Slip.LIST_SIGN, "•eins", 1, "- eins"),
    (Slip.LIST_SIGN, "\n– eins\n– zwei", 2, "- eins"),
    (Slip.LIST_SIGN, "- eins\n– zwei", 2, "- zwei"),
    (Slip.HTML, "Zeile<br>Zeile", 1, "Zeile\\\nZeile"),
    (Slip.HTML, "| a<br/>b | c |", 1, "| a b | c |"),
    (Slip.HTML, 'Das ist <B>fett</B>, <em>so</em> und <span class="x">so</span>.', 1, "Das ist **fett**, *so* und so."),
    (Slip.HTML, "Text <!-- nur für uns -->", 1, "Text"),
    (Slip.TASK, "- [x] erledigt", 1, "- ☑ erledigt"),
    (Slip.TASK, "1. [ ] offen", 1, "1. ☐ offen"),
    (Slip.HTML, '<img class="a" src="../x/foto.png" alt="Der Markt"> dort', 1, "![Der Markt](../bilder/foto.png) dort"),
    (Slip.HTML, "<img src=foto.png>", 1, "![Beschreibung](../bilder/foto.png)"),
    (Slip.NOT_CLOSED, "Das ist **wichtig.", 1, "Das ist **wichtig**."),
    (Slip.NOT_CLOSED, "**sehr wichtig ** und gut.", 1, "**sehr wichtig** und gut."),
    (Slip.NOT_CLOSED, "**a** und **b\nund c", 1, "**a** und **b**"),
    (Slip.NOT_CLOSED, "wichtig** ist das", 1, "**wichtig** ist das"),
    (Slip.SUBSCRIPT, "CO~2~ und H~2~O", 1, "CO₂ und H₂O"),
    (Slip.SUPERSCRIPT, "12 m^2^ und 10^-3^", 1, "12 m² und 10⁻³"),
    (Slip.HIGHLIGHT, "Das ist ==wichtig==.", 1, "Das ist **wichtig**."),
    (Slip.FORMULA, "Es gilt $E=mc^2$.", 1, "Es gilt E=mc²."),
    (Slip.CALLOUT, "> [!NOTE]\n> Hinweis", 1, "> **Hinweis:** …"),
    (Slip.ADDRESS, "Mehr: https://www.example.org/a_b?c=1.", 1, "Mehr: <https://www.example.org/a_b?c=1>."),
    (
        Slip.ADDRESS,
        "Mehr unter www.example.org, dort.",
        1,
        "Mehr unter [www.example.org](https://www.example.org), dort.",
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
