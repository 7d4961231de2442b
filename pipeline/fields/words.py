"""One line of a document as values: pieces of text, of which some lead to what they name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.text.typography import typeset_line


@dataclass(frozen=True)
class Piece:
    """A piece of text with its microtypography; `target` is the ID of what it names, '' where it leads nowhere."""

    text: str
    target: str = ""


@dataclass(frozen=True)
class Words:
    """A line. `lead` is what stands before it in a column of its own: a milestone's date."""

    pieces: tuple[Piece, ...]
    lead: str = ""

    def __str__(self) -> str:
        """As a person reads it, a tab behind the lead."""
        return (f"{self.lead}\t" if self.lead else "") + "".join(piece.text for piece in self.pieces)


def words(text: str, target: str = "", lead: str = "") -> Words:
    """A line of one piece."""
    return Words((Piece(typeset_line(text), target),), typeset_line(lead))


def joined(lines: Iterable[Words], separator: str) -> Words:
    """Several lines as one, with a separator between them."""
    pieces: list[Piece] = []
    for line in lines:
        if pieces:
            pieces.append(Piece(separator))
        pieces.extend(line.pieces)
    return Words(tuple(pieces))
