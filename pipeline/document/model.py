"""The assembled Document as values: what is shown, in which order, every text, number and anchor final.

`assemble` makes it from the Plan and the prose; a writer only says how it looks. Nothing here is meant for one writer
alone: no length, nothing that is cut to the paper it may stand on, no text that only one of them shows
(tests/test_document_is_neutral.py).
Strings meant for people have German microtypography applied already. Anchors are the IDs of the plan (`M1.2.3`,
`Z1.2`, `HF1`, an actor's ID, a part's name), unique in the whole document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import ClassVar, Literal

from pipeline.text.nodes import Blocks, Inline, Node, Place

SHAPES = ("filled", "open", "half", "ring", "split")
"""The shapes of strands, given in the order of the plan's strands; a plan with more strands starts again, the
letters then tell them apart. A partner, who belongs to no strand, has the shape "none"."""


@dataclass(frozen=True)
class Sign:
    """The sign of a strand: shape and letter always together. Shapes: one of SHAPES; a partner's is "none"."""

    letter: str
    name: str
    shape: str


@dataclass(frozen=True)
class State:
    """A status: its key in the data and its label."""

    key: str
    label: str


# --- tables -------------------------------------------------------------------------------------------------------

ColumnKind = Literal["text", "where", "drawing", "plot", "check"]


@dataclass(frozen=True)
class Column:
    """One column of a table. `share` is its part of the table's width, in proportion to the other columns' shares.

    Its `kind` says what the cells hold: text; where (in which place of the document something stands, for a writer
    that can tell a reader); drawing (a bar on the time axis, told in words too); plot (amounts that can be drawn, too);
    check (what is to be ticked off, line by line: a box, when it is due in strong letters, what it is).
    """

    label: str
    share: float
    kind: ColumnKind = "text"
    align: Literal["left", "right", "center"] = "left"
    role: str = ""  # a role's letter shown before the label
    sign: Sign | None = None  # a strand's sign shown beside the label


@dataclass(frozen=True)
class PlotPart:
    """A stretch of a plotted amount: the sign's shape, and its share of the largest amount plotted, 0 … 1."""

    shape: str
    share: float


@dataclass(frozen=True)
class Cell:
    content: Inline = ()
    header: bool = False  # the row's heading
    bar: Bar | None = None
    plot: tuple[PlotPart, ...] = ()
    place: Place | None = None  # of what it alone shows

    def plain(self) -> str:
        return "".join(node.plain() for node in self.content)


@dataclass(frozen=True)
class Row:
    """A row of a table; `whole`: the sum of those that follow, which are its parts."""

    cells: tuple[Cell, ...]
    anchor: str = ""
    place: Place | None = None
    whole: bool = False


@dataclass(frozen=True)
class RowGroup:
    rows: tuple[Row, ...]
    heading: str = ""  # spans all columns; '' for none
    sums: bool = False  # totals: set off from the rows above


@dataclass(frozen=True)
class Table:
    columns: tuple[Column, ...]
    groups: tuple[RowGroup, ...]
    caption: str = ""

    def rows(self) -> Iterator[Row]:
        for group in self.groups:
            yield from group.rows

    @property
    def nested(self) -> bool:
        """Whether some of its rows are the parts of others."""
        return any(row.whole for row in self.rows())


@dataclass(frozen=True)
class FactLine:
    content: Inline
    lead: str = ""  # what stands before, in a column of its own: a milestone's date


FactRank = Literal["main", "detail", "summary"]


@dataclass(frozen=True)
class Fact:
    """A labelled fact of a sheet; `key` is the field's German key in the data.

    `rank` says whom it is for: every reader of the sheet (main); every reader where something is given (detail); who
    edits the sheet, since its summary says it already (summary). `empty`: nothing is given, and the line says just so;
    `open`: and somebody has yet to decide.
    `choices` are the texts that one can choose from, if there are a few. `newest`: of dated reports the
    places of its lines, the newest first; they themselves stand as they were written.
    """

    label: str
    key: str
    lines: tuple[FactLine, ...]
    rank: FactRank = "main"
    empty: bool = False
    open: bool = False
    strong: bool = False
    place: Place | None = None
    choices: tuple[str, ...] = ()
    newest: tuple[int, ...] = ()
    brief: tuple[FactLine, ...] = ()


@dataclass(frozen=True)
class Note:
    """A line of secondary weight below a sheet or an opening; `rank` as in Fact."""

    content: Inline
    rank: FactRank = "main"


# --- time ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TimeAxis:
    """The years shown; positions on it are quarters since its first day, 0 … quarters."""

    years: tuple[int, ...]

    @property
    def quarters(self) -> int:
        return 4 * len(self.years)


@dataclass(frozen=True)
class Bar:
    """A measure on the axis, in quarters since the axis' start; `alternative` says in words what it shows."""

    start: float
    end: float
    shape: str  # the strand's, see Sign
    continues: bool  # goes on after the axis ends
    milestones: tuple[float, ...]
    alternative: str


# --- parts --------------------------------------------------------------------------------------------------------

# A closed list: each writer has a template of that name for every kind (tests/test_writers.py).
PartKind = Literal[
    "cover",
    "status",
    "contents",
    "overview",
    "glance",
    "chapter",
    "field",
    "measures",
    "matrix",
    "actors",
    "schedule",
    "tables",
    "glossary",
    "proposals",
]


@dataclass(frozen=True)
class Part:
    """One part of the document. `level` is the level of its title's heading: 1, or 2 and more inside a chapter.

    `origin` says in a sentence what a generated part is made from and where to edit instead; it is '' where the part
    itself is the place to edit. A writer that counts tables counts those of an `overview` too, under the part's title.
    """

    kind: ClassVar[PartKind]
    wide: ClassVar[bool] = False  # its table needs more width than running text
    anchor: str
    title: str
    level: int = field(default=1, kw_only=True)
    place: Place | None = field(default=None, kw_only=True)  # of the directive that put it into a text
    origin: str = field(default="", kw_only=True)
    contents: str = field(default="", kw_only=True)  # '#anchor' of the list of contents, to get back to; '' if none
    overview: bool = field(default=False, kw_only=True)


@dataclass(frozen=True)
class CoverField:
    number: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Cover(Part):
    kind: ClassVar[PartKind] = "cover"
    subtitle: str
    senders: tuple[str, ...]
    state: State
    status_line: str  # "Fassung 0.1 · Stand 22. November 2026 · nicht beschlossen"
    variant: str  # dunkel, hell
    axis: TimeAxis
    fields: tuple[CoverField, ...]
    signs: tuple[Sign, ...]
    alternative: str


@dataclass(frozen=True)
class ImprintSection:
    heading: str
    blocks: Blocks


@dataclass(frozen=True)
class StatusPage(Part):
    kind: ClassVar[PartKind] = "status"
    state: State
    state_heading: str  # "Status dieser Fassung"
    sentence: str
    facts: tuple[Fact, ...]
    route: Table | None
    sections: tuple[ImprintSection, ...]


@dataclass(frozen=True)
class ContentsEntry:
    level: int  # 1, 2
    number: str
    title: str
    target: str  # '#anchor'
    opens_group: bool = False


@dataclass(frozen=True)
class Contents(Part):
    kind: ClassVar[PartKind] = "contents"
    entries: tuple[ContentsEntry, ...]


@dataclass(frozen=True)
class OverviewGoal:
    number: str
    target: str
    title: str
    measured: str  # "von 10 auf 3 Tage bis Q4 2028"
    counts: tuple[int, ...]  # measures, one figure a strand, in the order of `signs`


@dataclass(frozen=True)
class OverviewField:
    number: str
    title: str
    target: str
    goals: tuple[OverviewGoal, ...]


@dataclass(frozen=True)
class Overview(Part):
    kind: ClassVar[PartKind] = "overview"
    lead: str
    labels: tuple[str, str, str]  # heads of the first three columns
    where_label: str  # head of a column that says where each goal stands, for a writer that can tell
    signs: tuple[Sign, ...]
    fields: tuple[OverviewField, ...]
    total_label: str
    total_goals: str
    total_text: str
    totals: tuple[int, ...]
    note: str


@dataclass(frozen=True)
class Figure:
    """A number that is set large, and what it counts; one sentence when read together."""

    value: str
    words: str


@dataclass(frozen=True)
class TableSection:
    """A heading of the level below the part's title ('' for none), the table, a note after.

    In a table's place there may be `figures` side by side, and a bar below them that the note explains.
    """

    heading: str
    table: Table | None
    note: str = ""
    figures: tuple[Figure, ...] = ()
    plot: tuple[PlotPart, ...] = ()


@dataclass(frozen=True)
class ResolutionText:
    """What a body is asked to resolve, or has resolved; `when` says the day of its session, or that it is open."""

    body: str
    when: str
    blocks: Blocks


@dataclass(frozen=True)
class Glance(Part):
    """What a council has to know before it decides: what it resolves, then tables."""

    kind: ClassVar[PartKind] = "glance"
    lead: str
    resolution_heading: str
    resolution_note: Inline
    resolutions: tuple[ResolutionText, ...]
    sections: tuple[TableSection, ...]


@dataclass(frozen=True)
class Chapter(Part):
    """Prose. Its H1 is `title`; `blocks` are what follows, with generated parts where a directive placed them."""

    kind: ClassVar[PartKind] = "chapter"
    blocks: tuple[Node | Part, ...]
    title_place: Place | None = None


@dataclass(frozen=True)
class Passage:
    """A text of a sheet, set as its description is, with a label; without one a picture."""

    label: str
    blocks: Blocks


@dataclass(frozen=True)
class GoalSheet:
    anchor: str
    number: str
    label: str  # "Ziel 1.1"
    short_title: str
    sentence: str
    indicators: Table | None
    notes: tuple[Note, ...]  # its number elsewhere, its origin
    title_place: Place | None = None
    sentence_place: Place | None = None
    explanation: Blocks = ()  # of the sentence
    passages: tuple[Passage, ...] = ()
    facts: tuple[Fact, ...] = ()  # its measures first


@dataclass(frozen=True)
class FieldOpener(Part):
    """What a field of action opens with, and its goals.

    `shared` says once what holds for all of its goals and measures; each says it too, with the rank "summary".
    """

    kind: ClassVar[PartKind] = "field"
    number: str
    over: str  # "Handlungsfeld 1"
    lead: Blocks
    axis: TimeAxis
    bars: tuple[Bar, ...]
    alternative: str
    goals: tuple[GoalSheet, ...]
    notes: tuple[Note, ...]  # that there are no goals, and the origin in drafts
    title_place: Place | None = None
    passages: tuple[Passage, ...] = ()
    facts: tuple[Fact, ...] = ()
    shared: tuple[str, ...] = ()
    baselines: bool = True  # whether any indicator of its goals has a value at the start


@dataclass(frozen=True)
class MeasureSheet:
    anchor: str
    number: str
    title: str
    sign: Sign
    state: State
    standing: str  # the state, whether somebody has committed, and what is open, in one line
    axis: TimeAxis
    bar: Bar | None
    description: Blocks
    passages: tuple[Passage, ...]  # further texts, after the description
    facts: tuple[Fact, ...]  # all of its fields but the texts, empty ones too
    title_place: Place | None = None
    reason: Passage | None = None  # why it was put off


@dataclass(frozen=True)
class MeasureSheets(Part):
    """The measure sheets of one field of action; its title's heading is of level 2, the sheets' of level 3."""

    kind: ClassVar[PartKind] = "measures"
    number: str
    sheets: tuple[MeasureSheet, ...]


@dataclass(frozen=True)
class MatrixColumn:
    """An actor, or a group of them; `opens_group` where the actors of another strand begin."""

    name: str
    short_name: str
    sign: Sign
    opens_group: bool


@dataclass(frozen=True)
class MatrixRow:
    """A measure: `roles` has a letter or '' for each column of the matrix, for a column of several actors letters."""

    target: str  # '#M1.1.1', '' where the measure has no sheet in this document
    number: str
    title: str
    sign: Sign
    roles: tuple[str, ...]


@dataclass(frozen=True)
class MatrixGroup:
    heading: str
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True)
class MatrixSum:
    """In how many measures each actor has a role, a count for each column of the matrix."""

    role: str
    label: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class RoleLegend:
    letter: str
    label: str
    hint: str


@dataclass(frozen=True)
class Matrix(Part):
    kind: ClassVar[PartKind] = "matrix"
    wide: ClassVar[bool] = True
    labels: tuple[str, str]
    roles: tuple[RoleLegend, ...]
    signs: tuple[Sign, ...]
    columns: tuple[MatrixColumn, ...]
    groups: tuple[MatrixGroup, ...]
    sums_heading: str
    sums: tuple[MatrixSum, ...]


@dataclass(frozen=True)
class RoleSection:
    """A role that an actor has: in how many measures, and what there is to do in each. The table's head names it."""

    role: RoleLegend
    count: int
    table: Table


@dataclass(frozen=True)
class ActorSheet:
    anchor: str
    name: str
    sign: Sign
    kind: str  # "Amt"; of a group how many they are
    details: tuple[Inline, ...]  # contact and origin, a line each
    sections: tuple[RoleSection, ...]  # of the roles that it has
    members: Table | None = None  # of a group: who belongs to it
    passages: tuple[Passage, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Actors(Part):
    """Who does what: roles, a directory of all, a sheet for each that has a role (heading level 2).

    `note` is what holds for all sheets. In a plan of many actors those who are only told of something stand together in
    the table of `informed` and have no sheet.
    """

    kind: ClassVar[PartKind] = "actors"
    lead: str
    note: str
    directory: Table
    roles: tuple[RoleLegend, ...]
    sheets: tuple[ActorSheet, ...]
    informed: Collection | None = None


@dataclass(frozen=True)
class Collection:
    """Actors that share one table, under a heading of level 2."""

    anchor: str
    title: str
    table: Table


@dataclass(frozen=True)
class Schedule(Part):
    kind: ClassVar[PartKind] = "schedule"
    wide: ClassVar[bool] = True
    axis: TimeAxis
    table: Table  # its last column is a drawing; that cell's content tells the milestones in words
    signs: tuple[Sign, ...]
    milestone_label: str
    continues_label: str
    today: float | None  # the plan's date in quarters since the axis' start, None where it lies outside
    today_label: str  # "Stand 22. November 2026"; says so where the date lies outside


@dataclass(frozen=True)
class TablePart(Part):
    kind: ClassVar[PartKind] = "tables"
    lead: str
    sections: tuple[TableSection, ...]


@dataclass(frozen=True)
class GlossaryTerm:
    anchor: str
    term: str
    meaning: Blocks
    place: Place | None = None


@dataclass(frozen=True)
class Glossary(Part):
    kind: ClassVar[PartKind] = "glossary"
    terms: tuple[GlossaryTerm, ...]


@dataclass(frozen=True)
class ProposalSheet:
    anchor: str
    number: str
    title: str
    description: Blocks
    facts: tuple[Fact, ...]
    title_place: Place | None = None


@dataclass(frozen=True)
class Proposals(Part):
    """Proposals that came in, a sheet each (heading level 2)."""

    kind: ClassVar[PartKind] = "proposals"
    lead: str
    sheets: tuple[ProposalSheet, ...]


@dataclass(frozen=True)
class SignaturePlace:
    """Where somebody may sign: the field's name, who is meant to, the anchor of the row that it stands in."""

    name: str
    signer: str
    anchor: str

    @property
    def label(self) -> str:
        return f"Unterschrift: {self.signer}"


@dataclass(frozen=True)
class InputPlace:
    """Where somebody fills something in: the field's name, what is asked, its row's anchor, how many lines it has."""

    name: str
    label: str
    anchor: str
    lines: int


@dataclass(frozen=True)
class Properties:
    """What the files say of themselves, in their metadata and on every sheet of them."""

    short_name: str  # the files' stem
    title: str
    subtitle: str
    full_title: str  # with the status where it is not resolved
    authors: tuple[str, ...]
    language: str  # "de-DE"
    edition: str
    date: str  # ISO, of the edition
    date_label: str  # "22. November 2026"
    state: State
    draft_mark: str  # "ENTWURF", '' where there is none
    digest: str  # SHA-256 of the content, 64 hex digits
    divided: tuple[str, ...] = ()  # long words, with hyphens where alone a line may divide them: "Standort-management"
    undivided: tuple[str, ...] = ()  # words that no line divides: those of names
    signatures: tuple[SignaturePlace, ...] = ()  # of a release
    inputs: tuple[InputPlace, ...] = ()  # of a form


@dataclass(frozen=True)
class Appointment:
    """What is due on a day; `key` stays the same in later documents of the plan, also where the day does not.

    `who`: the IDs of the actors whom it concerns; `day` as in ISO 8601.
    """

    key: str
    title: str
    day: str
    note: str
    who: tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """`targets`: anchor → what a reference to it reads; `appointments`: what is due when, for a calendar."""

    properties: Properties
    parts: tuple[Part, ...]
    targets: Mapping[str, str]
    appointments: tuple[Appointment, ...] = ()


def walk(value: object) -> Iterator[object]:
    """A value of the document and everything below it, in reading order: parts, their fields, nodes, places."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, tuple):
            waiting.extend(reversed(item))
        elif (names := _fields_of(type(item))) is not None:
            yield item
            found = [getattr(item, name) for name in names]
            waiting.extend([each for each in found if each and not isinstance(each, str)])


def _fields_of(shape: type[object]) -> tuple[str, ...] | None:
    """The names of a dataclass' fields, the last first; None for any other type."""
    if shape not in _known:
        _known[shape] = tuple(each.name for each in reversed(fields(shape))) if is_dataclass(shape) else None
    return _known[shape]


_known: dict[type[object], tuple[str, ...] | None] = {}  # a large document is walked through several times
