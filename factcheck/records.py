"""The records that flow through the pipeline, and nothing else.

Every offset is a code point of `Article.text`; spans are half open `[start, end)`. The stages read
that text cleaned (`ingest.reading`); `filed` brings a report back to the file's own.
Fields marked `exclude=True` serve the stages and the renderers and are no part of the
report format (`factcheck schema report`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from factcheck.config import Settings
from factcheck.kinds import REGISTRY

Span = tuple[int, int]
# So much of a claim's fingerprint is enough to name it.
FINGERPRINT_LENGTH = 8

BlockKind = Literal[
    "title", "body", "heading", "caption", "navigation", "date", "byline", "credit", "related"
]
QuoteKind = Literal["direct", "indirect", "mixed", "none"]
# What a source does with what is attributed to it; an outlet's own words assert.
Stance = Literal[
    "asserts",
    "denies",
    "doubts",
    "unconfirmed",
    "asks",
    "expects",
    "promises",
    "urges",
    "alleges",
    "withholds",
]
SpeakerKind = Literal["named", "unnamed", "office", "organisation", "document"]
ViaKind = Literal["agency", "outlet", "venue", "document"]
if TYPE_CHECKING:
    SlotName = str
    DivergenceSlot = str
else:
    # The kinds of details that a claim tells, and that two claims can differ in.
    SlotName = Literal[tuple(kind.name for kind in REGISTRY if kind.told)]
    DivergenceSlot = Literal[tuple(kind.name for kind in REGISTRY if kind.conflicts)]
Relation = Literal["equivalent", "compatible", "contradictory"]
Status = Literal["divergent", "corroborated", "single-sourced"]
Qualifier = Literal["echoed", "one-voice", "anonymous", "assumed", "contested", "updated"]
# How an article came to know a statement: see `Access`.
AccessKind = Literal["witnessed", "interview", "public", "document", "relayed", "unnamed", "untold"]
OriginKind = Literal["agency", "outlet", "relay", "own"]
Independence = Literal["shown", "likely", "assumed"]


class Record(BaseModel):
    """Base of all records: immutable, and strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Block(Record):
    """A paragraph-like stretch of an article's text and what it is.

    Only `body` blocks hold claims. `caption` blocks are read for inconsistencies alone.
    """

    start: int
    end: int
    kind: BlockKind


class Sentence(Record):
    """One sentence of a body or caption block. `block` indexes `Article.blocks`."""

    start: int
    end: int
    block: int


class Filed(Record):
    """A file's own text, and where the text that the stages read stands in it.

    `starts` are the offsets in the read text at which its pieces begin, and where the last one
    ends; `spans` their places in `text`. A piece as long as its place was taken over as it stands,
    so that the offsets inside it are known too; any other stands for its place as a whole ("&amp;"
    for an ampersand).
    """

    text: str
    starts: tuple[int, ...]
    spans: tuple[Span, ...]

    def span(self, start: int, end: int) -> Span:
        """The place in the file's text of `[start, end)` of the read text."""
        first = self._place(start)[0]
        return first, max(first, self._place(end - 1)[1] if end > start else first)

    def _place(self, offset: int) -> Span:
        """Where the character at an offset stands; behind the last one, the end of the file."""
        number = bisect_right(self.starts, offset) - 1
        if number >= len(self.spans):
            return len(self.text), len(self.text)
        start, end = self.starts[number : number + 2]
        first, last = self.spans[number]
        if end - start != last - first:
            return first, last
        return first + offset - start, first + offset - start + 1


class Credit(Record):
    """Whom an article as a whole is credited to (byline, dateline, footer, link).

    `span` is where the credit stands, `None` where it comes from metadata without offsets.
    """

    name: str
    kind: Literal["agency", "outlet", "link"]
    span: Span | None


class EditedDetail(Record):
    """A detail that a sentence told before and tells otherwise now, each in its own words.

    `before` is empty where a negation is new, `after` where the detail is told no more.
    """

    slot: SlotName
    before: str
    after: str


class Edit(Record):
    """A sentence of a version of an article, and what it is in the next one.

    `added` has no `before`, `cut` no `after`. `span` is where `after` stands in the article's text,
    `None` where it is there no more.
    """

    kind: Literal["added", "cut", "reworded"]
    before: str = ""
    after: str = ""
    details: tuple[EditedDetail, ...] = ()
    span: Span | None = None


class Version(Record):
    """An earlier version of an article, kept in a file of its own, and how the next one differs.

    `retrieved` is when it was taken in, `replaced` when the next one was, as far as that is told.
    `notes` are what its editors say in the next one, and did not in this one, that they changed.
    """

    path: str
    retrieved: str | None = None
    replaced: str | None = None
    notes: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()


class Article(Record):
    """One text by one outlet.

    `published` is an EDTF date or date-time as far as it is known: `2025-04-11T14:54`,
    `2025-04-11`, or with unspecified year `XXXX-04-11`. `language` is a BCP 47 tag.
    """

    id: str
    path: str
    outlet: str
    family: str
    title: str | None
    published: str | None
    language: str
    credits: tuple[Credit, ...] = ()
    url: str | None = None
    byline: str | None = None
    # What its editors say that they changed: from its front matter, and from notes in its text.
    corrections: tuple[str, ...] = ()
    # When this version of it was taken in, where its file tells.
    retrieved: str | None = None
    # Earlier versions that are kept of it, the oldest first.
    versions: tuple[Version, ...] = ()
    # What of its metadata could not be read, in words.
    notes: tuple[str, ...] = Field(default=(), exclude=True)
    text: str = Field(exclude=True, repr=False)
    # Where `text` stands in the file's own, `None` where it is that text to the letter.
    filed: Filed | None = Field(default=None, exclude=True, repr=False)
    blocks: tuple[Block, ...] = Field(default=(), exclude=True, repr=False)
    sentences: tuple[Sentence, ...] = Field(default=(), exclude=True, repr=False)
    # What of the file's text is not read: the hyphen and the line end that cut a word in two.
    unread: tuple[Span, ...] = Field(default=(), exclude=True, repr=False)
    # Spans of title and byline values in the text (front matter included), where they have one.
    title_span: Span | None = Field(default=None, exclude=True)
    byline_span: Span | None = Field(default=None, exclude=True)


class Attribution(Record):
    """Source, cue and content spans as written; each role may stand in several pieces.

    Pieces of one role are sorted and do not overlap. `source` may be empty (passive, unknown).
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


class Speaker(Record):
    """Who something is attributed to: the resolved identity beside the words of the text.

    `name` is the identity ("Hakan Fidan"; for an unnamed source its description in lower
    case, "Israeli source"). `count` is how many people are meant where that is told, else 1;
    `None` for a plural without number ("sources").
    """

    name: str
    as_written: str
    role: str | None = None
    organisation: str | None = None
    kind: SpeakerKind
    count: int | None = 1
    # Of a person with a name, as far as the article tells: what comparing two of them needs.
    gender: Literal["male", "female"] | None = Field(default=None, exclude=True)
    aliases: tuple[str, ...] = Field(default=(), exclude=True)


class Via(Record):
    """A relay that an attribution passes through.

    `carried`: named in another sentence of the article, which tells of this one too; `span` is
    where it was named.
    """

    name: str
    kind: ViaKind
    span: Span
    carried: bool = False


class Access(Record):
    """How the article of a claim came to know it, as far as it tells.

    `witnessed`: its reporter was there; `interview`: somebody told it to this outlet; `public`: on
    an occasion that others could attend; `document`: in a release, statement or paper; `relayed`:
    another outlet or agency had it; `unnamed`: from somebody whom nobody can ask; `untold`.
    `name` is the outlet, agency, occasion or document, `spans` the words that tell so. `carried`:
    they stand in another sentence than the claim.
    """

    kind: AccessKind = "untold"
    name: str | None = None
    spans: tuple[Span, ...] = ()
    carried: bool = False
    # Outlets that may be behind the claim, though it is likelier that they are not: they can show
    # that two tellings depend on each other, never that they do not.
    perhaps: tuple[Via, ...] = Field(default=(), exclude=True)


class Detail(Record):
    """The normal form of a value: a class for each kind that has one, named by `type`."""

    type: str


def _of_its_class(value: Any) -> Any:
    """A detail that was written down, read back as the class that its `type` names."""
    if not isinstance(value, dict):
        return value
    named = {known.model_fields["type"].default: known for known in Detail.__subclasses__()}
    return named[value["type"]].model_validate(value) if value.get("type") in named else value


class FigureDetail(Detail):
    """A number as an interval with what it counts: "at least 12 killed" is [12, inf)."""

    type: Literal["figure"] = "figure"
    low: float
    high: float
    approximate: bool = False
    # Unit or currency in a normal form ("%", "USD", "km"), and what is counted ("killed").
    unit: str = ""
    counted: str = ""


class DateDetail(Detail):
    """A time as an interval of ISO days, or a bare weekday where nothing dates the article.

    `first`/`last` are inclusive ISO dates (year `XXXX` where unknown), both `None` where only
    `weekday` (0 = Monday) is known. `hours` is the part of the day, inclusive, where told, in the
    time zone `zone` as the text names it, empty where it names none.
    """

    type: Literal["date"] = "date"
    first: str | None = None
    last: str | None = None
    weekday: int | None = None
    hours: tuple[int, int] | None = None
    zone: str = ""


class Slot(Record):
    """A typed detail of a claim, with its exact words and a normalised value.

    `scope` is `claim` for a detail of what is stated, `event` for a circumstance of the
    utterance event (its day, place, occasion), whose span may lie in a neighbouring sentence.
    `about` names what a value belongs to where that is not the whole claim (the person of a role).
    """

    slot: SlotName
    value: str
    text: str
    span: Span
    scope: Literal["claim", "event"] = Field(default="claim", exclude=True)
    about: str = Field(default="", exclude=True)
    detail: Annotated[Detail | None, BeforeValidator(_of_its_class)] = Field(
        default=None, exclude=True
    )


class Claim(Record):
    """One checkable statement in one article.

    `start`/`end` bound the content (without source and cue), `spans` are its pieces, `text`
    the pieces joined by one space. `reading` are words of the article that stand alone: with the
    reporting words where the content says nothing, or the contrary, without them, with "…" where
    words are left out, and what is filled in between square brackets. `stance` is what the speaker
    does with the content. `speaker` is the innermost source, `voice` the outermost that is not an
    outlet.
    """

    id: str
    fingerprint: str
    article: str
    start: int
    end: int
    spans: tuple[Span, ...]
    text: str
    reading: str
    kind: Literal["utterance", "report"]
    quote: QuoteKind
    stance: Stance = "asserts"
    speaker: Speaker | None = None
    voice: Speaker | None = None
    source_spans: tuple[Span, ...] = ()
    cue_spans: tuple[Span, ...] = ()
    via: tuple[Via, ...] = ()
    access: Access = Access()
    slots: tuple[Slot, ...] = ()
    # What is attributed, where `spans` hold the whole clause that it stands in.
    content: tuple[Span, ...] = Field(default=(), exclude=True)
    # `text` as it is read, with the words whole that a line end cuts in the file.
    words: str = Field(default="", exclude=True)
    # How the reading begins of a claim that leans on the words before it, in brackets.
    context: str = Field(default="", exclude=True)
    # Index into Article.sentences of the (first) sentence that holds the claim.
    sentence: int = Field(default=0, exclude=True)
    # Utterances of one speaker on one occasion share an event number within their article.
    event: int | None = Field(default=None, exclude=True)
    # Verbs of thought and opinion ("believes", "fears"), kept apart from saying.
    opinion: bool = Field(default=False, exclude=True)

    @property
    def stated(self) -> tuple[Span, ...]:
        """The pieces of a claim without the reporting words of its clause."""
        return self.content or self.spans


class Level(Record):
    """One part of a link's score: its name, the level it reached, its weight in log-odds."""

    name: str
    level: str
    weight: float


class Link(Record):
    """The scored relation of two claims; `score` is the probability that they state the same."""

    a: str
    b: str
    relation: Relation
    score: float
    levels: tuple[Level, ...] = ()
    # A person called the two the same.
    decided: bool = Field(default=False, exclude=True)


class Evidence(Record):
    """A span of an article that a reason rests on."""

    article: str
    span: Span
    note: str


class Origin(Record):
    """A separate access to the facts behind a group: agency, outlet, relay or own reporting.

    `probability` is that of its being no part of another origin of the group, and `independence`
    its grade; both are null where there is one origin.
    """

    name: str
    kind: OriginKind
    outlets: tuple[str, ...]
    claims: tuple[str, ...]
    independence: Independence | None
    probability: float | None = None
    reason: str
    # Why it is no part of another one, and what speaks most for its being one after all; empty
    # where there is no other.
    apart: str = Field(default="", exclude=True)
    doubt: str = Field(default="", exclude=True)
    evidence: tuple[Evidence, ...] = Field(default=(), exclude=True)
    # The claims of the outlet that the others have it from.
    first: tuple[str, ...] = Field(default=(), exclude=True)


class Pair(Record):
    """How the tellings of two outlets relate: the odds that one was taken from the other.

    `a` and `b` are claims, the first of each outlet. More probably `child` has it from `parent`,
    and `levels` are how the log-odds of that add up; both are empty where it is `certain` that they
    depend on each other. `probability` is that of the two being independent, were there no others.
    """

    a: str
    b: str
    certain: bool
    child: str = ""
    parent: str = ""
    probability: float
    reason: str
    levels: tuple[Level, ...] = ()


class Voice(Record):
    """Somebody who vouches for a group's statement."""

    name: str
    kind: SpeakerKind
    claims: tuple[str, ...]


class DivergenceValue(Record):
    """One of the values that cannot both hold. `spans` runs parallel to `claims`."""

    value: str
    claims: tuple[str, ...]
    spans: tuple[Span, ...]
    origins: tuple[str, ...] = ()


class Divergence(Record):
    """Two or more values of one slot in a group; `material` where they cannot both hold."""

    slot: DivergenceSlot
    material: bool
    reason: str
    values: tuple[DivergenceValue, ...]
    # A named party denies what another asserts / a later count replaces an earlier one.
    contested: bool = Field(default=False, exclude=True)
    updated: bool = Field(default=False, exclude=True)
    # The values are times at which one remark was made, no part of what was said.
    of_saying: bool = Field(default=False, exclude=True)


class Group(Record):
    """Claims of different articles that state the same thing, with the verdict on them.

    `second` are those of its claims that tell the statement of another group first of all.
    `probability` is that of at least two origins behind it, and `independence` the grade of the
    surest of them; both are null where there is one.
    """

    id: str
    statement: str
    status: Status
    qualifiers: tuple[Qualifier, ...]
    claims: tuple[str, ...]
    second: tuple[str, ...] = ()
    outlets: tuple[str, ...]
    origins: tuple[Origin, ...]
    independence: Independence | None = None
    probability: float | None = None
    voices: tuple[Voice, ...]
    divergences: tuple[Divergence, ...]
    links: tuple[Link, ...]
    # How the outlets' tellings relate, two by two.
    pairs: tuple[Pair, ...] = Field(default=(), exclude=True)
    # The verdict in words, for people.
    reason: str = Field(default="", exclude=True)


def first(group: Group) -> tuple[str, ...]:
    """The claims (ids) that tell a group's statement first of all; each is so of one group."""
    return tuple(claim for claim in group.claims if claim not in group.second)


def homes(groups: Iterable[Group]) -> dict[str, Group]:
    """Claim id → the group whose statement it tells first of all, or the only one that there is."""
    found = {claim: group for group in groups for claim in group.claims}
    return found | {claim: group for group in groups for claim in first(group)}


class InconsistencyValue(Record):
    """One of the values that an article gives for one thing."""

    value: str
    spans: tuple[Span, ...]


class Inconsistency(Record):
    """Two values for one thing inside one article (captions and headings count)."""

    article: str
    slot: SlotName
    values: tuple[InconsistencyValue, ...]
    reason: str


class Skipped(Record):
    """An input that could not be measured, and why."""

    path: str
    code: str
    reason: str


class Summary(Record):
    """The counts of a report.

    `shown`, `likely` and `assumed` are the corroborated statements by their independence.
    """

    articles: int
    outlets: int
    claims: int
    groups: int
    divergent: int
    corroborated: int
    shown: int = 0
    likely: int = 0
    assumed: int = 0
    single_sourced: int
    echoed: int
    inconsistencies: int
    skipped: int


class Tool(Record):
    """What made a report."""

    name: Literal["factcheck"] = "factcheck"
    version: str
    settings: Settings


class Report(Record):
    """Everything that `compare` found; the report format, version 2."""

    version: Literal[2] = 2
    tool: Tool
    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]
    groups: tuple[Group, ...]
    inconsistencies: tuple[Inconsistency, ...]
    skipped: tuple[Skipped, ...]
    summary: Summary
    # Links between claims of two groups that were almost made one, the likeliest first.
    near: tuple[Link, ...] = Field(default=(), exclude=True)

    def group(self, name: str) -> Group | None:
        """Return the group with this id, or of the claim with this id or fingerprint, of which
        the first eight characters will do; `None` where there is none.
        """
        for group in self.groups:
            if name == group.id or name in first(group):
                return group
        if len(name) < FINGERPRINT_LENGTH:
            return None
        named = {claim.id for claim in self.claims if claim.fingerprint.startswith(name)}
        return next((group for group in self.groups if not named.isdisjoint(first(group))), None)


FindingLevel = Literal["error", "warning", "note"]


class RelatedPlace(Record):
    """Another place that a finding points at, and what stands there."""

    article: str
    span: Span
    message: str


class Finding(Record):
    """What a check reports: one violation of one rule, at one place.

    `article` (an article id) and `span` say where it stands, `path` names an input without an
    article (a skipped file, the ledger), `line` (from 1) the entry of it. `fingerprint` identifies
    the finding over runs and leaves out its position. `new` tells what the articles under review
    introduced from what was there before.
    """

    rule: str
    level: FindingLevel
    message: str
    group: str | None = None
    article: str | None = None
    span: Span | None = None
    path: str | None = None
    line: int | None = None
    related: tuple[RelatedPlace, ...] = ()
    fingerprint: str
    new: bool = True


class Rule(Record):
    """A kind of finding: its stable id and its documentation. `help` is Markdown."""

    id: str
    name: str
    short: str
    full: str
    help: str
    level: FindingLevel
