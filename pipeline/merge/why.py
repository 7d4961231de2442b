"""Why an edit did not go into the sources as it stands, and what would settle it: a closed code, a German sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Reason(StrEnum):
    """All reasons, as programs read them; the sentence beside it says the same to people."""

    # The edit as it is cannot be carried out.
    NOT_UNDERSTOOD = "not_understood"  # a value that the field cannot hold: a status typed as "halb fertig"
    UNKNOWN_ACTOR = "unknown_actor"
    SEVERAL_ACTORS = "several_actors"  # where exactly one may stand
    NO_FIELD = "no_field"  # nothing in the data could hold it
    ROW_MISSING = "row_missing"  # a field's row is gone from its table
    SECTION_MISSING = "section_missing"  # a whole sheet is gone
    TEXT_EMPTY = "text_empty"
    TEXT_LIMITS = "text_limits"  # longer or deeper than a text may be
    PICTURE_NEW = "picture_new"
    PICTURE_MISSING = "picture_missing"
    HEADING_FIXED = "heading_fixed"  # a text's title, or a generated part inside a text, was taken away
    UNSUPPORTED = "unsupported"  # a formula, text box, object, endnote, link to a file: no text can hold it
    NOT_WRITABLE = "not_writable"  # the file's YAML has a form in which the value cannot be changed
    NEW_PART = "new_part"  # a chapter, a goal, a term: made in the sources only
    NEW_MEASURE = "new_measure"  # a new sheet lacks something, or one of its fields is not understood
    LEFT_OUT = "left_out"  # it is outside what --only allows
    PLAN_ERRORS = "plan_errors"  # the plan would have errors (strict: warnings), so nothing of the run is written
    # The edit is in a place from which nothing is taken.
    GENERATED = "generated"
    LABEL = "label"
    LOOKS = "looks"
    MOVED = "moved"
    AMBIGUOUS = "ambiguous"  # it could be taken from there, if it said one thing for certain
    NO_TEXT = "no_text"  # new words where no text is that they could belong to
    # The edit was carried out, and then the rebuilt document does not show it.
    LOST = "lost"
    LOST_FORM = "lost_form"
    LOST_HEADING = "lost_heading"
    # The edit went in.
    CARRIED = "carried"  # from where it was typed to where it belongs
    UNDERSTOOD = "understood"  # in other words than it was typed in
    # The edit met others.
    CONTRADICTS = "contradicts"
    ALREADY_THERE = "already_there"
    JOINED = "joined"


class RepairKind(StrEnum):
    """What a person may choose to do about an edit that did not go in. What stands behind it are its arguments."""

    CHOOSE_ACTOR = "choose_actor"  # name: as typed; suggestions: the IDs of those that read alike, the nearest first
    CREATE_ACTOR = "create_actor"  # name: as typed
    DROP_PART = "drop_part"  # part: the words to leave out, so that the rest can be taken
    PERIOD = "period"  # start, end: of today, null where there is none
    FUNDING_ROW = "funding_row"  # row: of the cell, from 1; text: as typed
    ROLES = "roles"  # lead, participation: IDs; who leads, and who takes part instead
    PICTURE = "picture"  # description: as the Word file has it, '' without one
    RESTORE_ROW = "restore_row"  # entity, field: whose row is gone
    OPEN_ENTITY = "open_entity"  # entity: where the same can be said


@dataclass(frozen=True)
class Repair:
    """A way to settle an edit; the arguments of each kind stand beside its name."""

    kind: RepairKind
    arguments: Mapping[str, str | int | tuple[str, ...] | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Why:
    """A reason and its sentence, which says what is wrong and what to do; `repairs`: the likeliest first."""

    code: Reason
    sentence: str
    repairs: tuple[Repair, ...] = ()


def picture_new(description: str) -> Why:
    """Why a picture that somebody put into the Word file does not go in; its file has to come by another way."""
    sentence = "Ein neues Bild lässt sich aus Word nicht übernehmen; bitte die Bilddatei nachreichen."
    return Why(Reason.PICTURE_NEW, sentence, (Repair(RepairKind.PICTURE, {"description": description}),))
