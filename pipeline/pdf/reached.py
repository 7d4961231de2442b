"""A page of HTML in, the same out with words that can be found and addresses that can be followed.

Templates print texts as they come. Here, where all of them pass, hyphens that do not break become plain ones that do
not break: nobody types U+2011 into a search. And mail, web and telephone become links, whatever part they stand in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import Final

from pipeline.text import bare_addresses
from pipeline.text.typography import NB_HYPHEN, NBSP, plain_hyphens

JOINER: Final = "\u2060"  # keeps what stands around it together; it has no width, and fonts draw nothing for it

_TAGS: Final = re.compile(r"(<[^>]*>)")
_CLOSED: Final = ("a", "style", "svg")  # what is in them stays as it is: links, and what is no text
_MAY_HOLD: Final = re.compile(r"@|www\.|://|[a-z]\.[a-z]{2}|\b(?:[Tt]el|Fon|Mobil|Durchwahl|Rufnummer)")
_MAIL: Final = r"(?<![\w.+-])[\w.+-]*\w@(?:[\w-]+\.)+[^\W\d_]{2,}(?![\w-])"
# Names of hosts as plans of German cities have them. What ends otherwise may be anything: "z.B", "S.1".
_HOST: Final = (
    r"(?<![\w@./:-])(?:[a-z0-9äöüß](?:[a-z0-9äöüß-]*[a-z0-9äöüß])?\.)+(?:de|eu|org|com|net|info|nrw|ruhr)"
    r"(?:/[\w/.%~-]*[\w/])?(?![\w@-])"
)
# A number is one where a word says so: "0123/2026" by itself is that of a paper. To a fax nobody speaks.
_CALLED: Final = r"\b(?:Telefon(?:nummer)?|Tel\.|Fon|Mobil(?:telefon|nummer)?|Durchwahl|Rufnummer)[:.]?[ \xa0]?"
_NUMBER: Final = r"(?:\+\d|\(?0\d)[\d \xa0/()–-]{4,}\d"
_REACHED: Final = re.compile(f"(?P<mail>{_MAIL})|(?P<host>{_HOST})|(?P<called>{_CALLED})(?P<number>{_NUMBER})")
_COUNTRY: Final = "+49"  # of numbers that name none
_SHORT: Final = 60  # characters of an address; longer ones have to be broken, and best at their slashes
_ONE_LETTER: Final = re.compile(r"(?<![\w-])[^\W\d_]-(?=[^\W\d_])")  # `E-Mail`: no line begins with "Mail"
_MARK: Final = "\x00"  # around a link that a line can hold, until it is in its block
_IN_BLOCK: Final = re.compile(r"([(„‚]*)\x00(.*?)\x00([.,;:!?)“‘]*)")
_MAY_BREAK: Final = re.compile(r"[-/–](?=\S)")


def reached(html: str) -> str:
    """The page with plain hyphens in place of those that do not break, and links where somebody can be reached.

    `Tel. 02041/703-37` links to `tel:+49204170337`, `bottrop.de` to `https://bottrop.de`. What is in a link already
    stays as it is.
    """
    pieces = _TAGS.split(html)
    inside: list[str] = []
    for index, piece in enumerate(pieces):
        if index % 2:
            pieces[index] = plain_hyphens(piece)
            _step(piece, inside)
        elif piece and inside[-1:] != ["style"]:
            text = _linked(piece) if not inside and _MAY_HOLD.search(piece) else piece
            pieces[index] = _ONE_LETTER.sub(rf"\g<0>{JOINER}", text.replace(NB_HYPHEN, f"-{JOINER}"))
    return "".join(pieces)


def _step(tag: str, inside: list[str]) -> None:
    """Notes what a tag opens or closes of the elements whose text stays."""
    name = re.match(r"</?(\w+)", tag)
    if name is None or name[1] not in _CLOSED:
        return
    if tag.startswith("</"):
        inside.pop()
    elif not tag.endswith("/>"):
        inside.append(name[1])


def _linked(piece: str) -> str:
    """A stretch of text, as it is written in HTML, with its links.

    One that a line can hold stands in a block, with the signs around it: layout tears what is in an inline element
    wherever the line ends, and would begin the next line with the comma that follows a block.
    """
    html = ""
    for words, target in _pieces(unescape(piece)):
        link = f'<a class="address" href="{escape(target)}">{escape(_kept_together(words), quote=False)}</a>'
        html += (f"{_MARK}{link}{_MARK}" if len(words) <= _SHORT else link) if target else escape(words, quote=False)
    return _IN_BLOCK.sub(r'<span class="unbroken">\1\2\3</span>', html)


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """The text cut into what leads somewhere, with its target, and what does not, with ''."""
    for words, is_address in bare_addresses.pieces(text):
        if is_address:
            yield words, bare_addresses.leads_to(words)
            continue
        done = 0
        for found in _REACHED.finditer(words):
            start = found.end("called") if found["number"] else found.start()
            yield words[done:start], ""
            yield words[start : found.end()], _target(found)
            done = found.end()
        yield words[done:], ""


def _target(found: re.Match[str]) -> str:
    if found["mail"]:
        return f"mailto:{found['mail']}"
    if found["host"]:
        return f"https://{found['host']}"
    digits = re.sub(r"\(0\)|[^\d+]", "", found["number"])
    return f"tel:{re.sub('^00', '+', digits) if not re.match('0[1-9]', digits) else _COUNTRY + digits[1:]}"


def _kept_together(words: str) -> str:
    """An address that is torn only where no line holds it: `wir-lieben-bottrop.de`, and a number with its spaces."""
    return _MAY_BREAK.sub(rf"\g<0>{JOINER}", words.replace(" ", NBSP)) if len(words) <= _SHORT else words
