"""How an edit that went in met what the sources say by now: it stood there already, or was joined with other words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from pipeline.merge.diff.align import text_likeness
from pipeline.merge.markdown.source_text import SourceText
from pipeline.merge.outcome.found import Found
from pipeline.merge.sources import Sources
from pipeline.merge.threeway import MOVED
from pipeline.merge.why import Reason, Why
from pipeline.text.markdown import parse
from pipeline.text.plain_lines import block_lines

ALREADY_THERE: Final = Why(Reason.ALREADY_THERE, "Das steht schon so in den Quellen.")
_JOINED: Final = Why(Reason.JOINED, "Zusammengeführt mit dem, was inzwischen in den Quellen steht.")
_RESULT: Final = " Es heißt jetzt: „{}“ Bitte ansehen, ob das so gemeint ist."


@dataclass(frozen=True)
class Met:
    """The sources that an edited file was built from, those of today, and these with the file's edits taken in."""

    base: Sources
    ours: Sources
    joined: Sources

    def how(self, edit: Found) -> Why | None:
        """Why an edit counts as joint, None where it met nothing."""
        name = edit.place.source
        texts = [sources.texts.get(name) for sources in (self.base, self.ours, self.joined)]
        base, ours, joined = texts
        if base is not None and ours is not None and joined is not None:
            return _in_text(edit, base, ours, joined)
        identifier, _, key = name.rpartition("/")
        entities = [sources.entities.get(identifier) for sources in (self.base, self.ours, self.joined)]
        was, now, then = (None if entity is None else entity.data.get(key) for entity in entities)
        if now == was:
            return None
        return ALREADY_THERE if now == then else _JOINED


def _in_text(edit: Found, base: SourceText, ours: SourceText, joined: SourceText) -> Why | None:
    """Block by block: elsewhere in the text, others may have done what they liked.

    Of `Der Plan läuft vier Jahre.`, changed to five, with `… läuft vier Jahre lang.` in the sources comes
    `… läuft fünf Jahre lang.`: joined. Where only the paragraph below is another, nothing was met.
    """
    if ours.lines == base.lines:
        return None
    if ours.lines == joined.lines:
        return ALREADY_THERE
    if edit.after.startswith(MOVED):
        return None
    there = edit.markdown in {leaf.text for leaf in ours.leaves} if edit.after else False
    if not edit.before:
        return ALREADY_THERE if there and edit.markdown not in {leaf.text for leaf in base.leaves} else None
    if _stands(edit, base, ours):
        return None
    return ALREADY_THERE if there or not edit.after else _with_result(edit, ours, joined)


def _with_result(edit: Found, ours: SourceText, joined: SourceText) -> Why:
    """What came of both together: nobody has written it, and each may have meant something else."""
    known = {leaf.text for leaf in ours.leaves}
    new = [leaf.text for leaf in joined.leaves if leaf.text not in known]
    nearest = max(new, key=lambda text: text_likeness(text, edit.markdown or edit.after), default="")
    said = " ".join(block_lines(parse(nearest).blocks))
    return replace(_JOINED, sentence=_JOINED.sentence + _RESULT.format(" ".join(said.split()))) if said else _JOINED


def _stands(edit: Found, base: SourceText, ours: SourceText) -> bool:
    """Whether the block's lines are in the sources as they were in the base."""
    leaf = next((leaf for leaf in base.leaves if leaf.start == edit.place.start), None)
    if leaf is None:
        return True
    block = "\n".join(base.lines[leaf.start : leaf.end])
    return f"\n{block}\n" in f"\n{chr(10).join(ours.lines)}\n"
