"""Addresses of all kinds become links that lead where they say, nothing else does; hyphens are as they are typed."""

from __future__ import annotations

import re
from html import unescape

import pytest

from pipeline.pdf.reached import JOINER, reached


def links(text: str) -> list[tuple[str, str]]:
    """Where each link leads, and its words."""
    found = re.findall(r'<a class="address" href="([^"]*)">([^<]*)</a>', reached(f"<p>{text}</p>"))
    return [(unescape(target), unescape(words).replace(JOINER, "").replace("\xa0", " ")) for target, words in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("E-Mail wirtschaft@stadt-x.de.", [("mailto:wirtschaft@stadt-x.de", "wirtschaft@stadt-x.de")]),
        ("Telefon 02041/703-3742, dann", [("tel:+4920417033742", "02041/703-3742")]),
        ("Tel.\xa0(02041) 70 33 42", [("tel:+492041703342", "(02041) 70 33 42")]),
        ("Telefon: +49 (0)2041 70-33", [("tel:+4920417033", "+49 (0)2041 70-33")]),
        ("Telefon 0031 20 123456", [("tel:+3120123456", "0031 20 123456")]),
        ("auf wir-lieben-bottrop.de; dort", [("https://wir-lieben-bottrop.de", "wir-lieben-bottrop.de")]),
        ("siehe www.bottrop.de/a?b=1&amp;c.", [("https://www.bottrop.de/a?b=1&c", "www.bottrop.de/a?b=1&c")]),
        ("https://x.de/a, x.de/b", [("https://x.de/a", "https://x.de/a"), ("https://x.de/b", "x.de/b")]),
        ("Vorlage 0123/2026, z.B. Nr.12, Fax 02041/703-99, S.de, a@b", []),
        ('<a href="#M1">bottrop.de</a>', []),
    ],
)  # fmt: skip
def test_an_address_leads_where_it_says(text: str, expected: list[tuple[str, str]]) -> None:
    assert links(text) == expected


def test_what_is_typed_stays_but_for_hyphens() -> None:
    html = reached('<p title="Bund\u2011Land">und \u2011sicherung &lt;b&gt; (wir-lieben-x.de); so</p>')
    assert html == (
        f'<p title="Bund-Land">und -{JOINER}sicherung &lt;b&gt; <span class="unbroken">(<a class="address" '
        f'href="https://wir-lieben-x.de">wir-{JOINER}lieben-{JOINER}x.de</a>);</span> so</p>'
    )
    style = "<style>a { content: '\u2011 www.x.de' }</style>"
    assert reached(style) == style
