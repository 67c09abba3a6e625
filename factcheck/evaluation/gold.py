"""What is true of an annotated event: statements, who tells them how, and what conflicts.

The file `gold.json` of a compiled event holds an `EventGold`. Spans are [start, end) in code points
of the article's own text, front matter counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

from factcheck.records import QuoteKind, Span, Status

OUTLET_VOICE = "outlet voice"
GoldSlot = Literal[
    "figure",
    "date",
    "place",
    "person",
    "organisation",
    "role",
    "polarity",
    "quotation",
    "attribution",
    "manner",
    "world",
]
SLOTS: tuple[str, ...] = get_args(GoldSlot)


class _Gold(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Telling(_Gold):
    """One piece of text that makes a statement; `value` is the label of what it says in a conflict.

    `attributed_to` is `OUTLET_VOICE` where nobody is told to say it; `via` is the relay that the
    words name: an outlet, an agency, or an occasion or document by its name in small letters.
    """

    span: Span
    attributed_to: str = OUTLET_VOICE
    voice: str | None = None
    via: str | None = None
    quote: QuoteKind = "none"
    value: str | None = None
    value_spans: tuple[Span, ...] = ()


class Mention(_Gold):
    """All tellings of one statement in one article; `outlet` is the file's stem."""

    outlet: str
    file: str
    tellings: tuple[Telling, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where the statement is told in the article."""
        return tuple(telling.span for telling in self.tellings)

    @property
    def value_spans(self) -> tuple[Span, ...]:
        """The words that carry the value in conflict."""
        return tuple(span for telling in self.tellings for span in telling.value_spans)


class GoldOrigin(_Gold):
    """One separate access to the facts, and the articles (outlets) that have it from there."""

    name: str
    outlets: tuple[str, ...]


class Conflict(_Gold):
    """Values of one thing that cannot both hold, by label."""

    slot: GoldSlot
    material: bool = True
    values: Mapping[str, str] = {}


class Statement(_Gold):
    """One statement with its verdict; `doubtful` ones count for links and not for verdicts."""

    id: str
    statement: str
    kind: Literal["report", "utterance"] = "report"
    verdict: Status
    doubtful: bool = False
    qualifiers: tuple[str, ...] = ()
    origins: tuple[GoldOrigin, ...] = ()
    mentions: tuple[Mention, ...]
    divergence: tuple[Conflict, ...] = ()

    @property
    def conflict(self) -> Conflict | None:
        """Its material conflict."""
        return next((conflict for conflict in self.divergence if conflict.material), None)


class EventGold(_Gold):
    """An event: statements that several articles make (`clusters`), and others (`single`)."""

    event: str
    genre: str = "other"
    clusters: tuple[Statement, ...]
    single: tuple[Statement, ...] = ()
