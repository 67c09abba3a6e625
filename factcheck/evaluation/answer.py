"""What a system says of an event, in the part of the report format that is scored.

Any system can be measured: an answer needs the articles by path, claims as spans of them, and
groups of claims with a status. What it leaves out (speakers, relays, origins, values) counts as not
found.
"""

from __future__ import annotations

from pathlib import Path, PurePath

from pydantic import BaseModel, ConfigDict

from factcheck.evaluation.files import read_json
from factcheck.evaluation.gold import OUTLET_VOICE, EventGold
from factcheck.records import Report, Span, Status


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Named(_Part):
    """A speaker or a relay."""

    name: str
    as_written: str | None = None


class AnswerArticle(_Part):
    """An article; its path's stem is the outlet that the gold knows."""

    id: str
    path: str

    @property
    def outlet(self) -> str:
        """The outlet's short name."""
        return PurePath(self.path).stem


class AnswerClaim(_Part):
    """A claim: [start, end) in code points of the article's own text."""

    id: str
    article: str
    start: int
    end: int
    text: str = ""
    speaker: Named | None = None
    via: tuple[Named, ...] = ()


class AnswerOrigin(_Part):
    """One separate access to the facts, with the claims that have it from there."""

    name: str = ""
    claims: tuple[str, ...] = ()


class AnswerValue(_Part):
    """One value of a conflict: the claims that tell it, and for each where it stands."""

    claims: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()


class AnswerConflict(_Part):
    """A conflict that the system sees."""

    slot: str = ""
    reason: str = ""
    values: tuple[AnswerValue, ...] = ()


class AnswerGroup(_Part):
    """Claims that state the same, and the verdict on them."""

    claims: tuple[str, ...]
    status: Status
    statement: str = ""
    qualifiers: tuple[str, ...] = ()
    origins: tuple[AnswerOrigin, ...] = ()
    divergences: tuple[AnswerConflict, ...] = ()


class Answer(_Part):
    """What a system says of one event."""

    articles: tuple[AnswerArticle, ...]
    claims: tuple[AnswerClaim, ...]
    groups: tuple[AnswerGroup, ...]


def from_report(report: Report) -> Answer:
    """The scored part of a report."""
    return Answer.model_validate(report.model_dump(mode="json"))


def from_file(file: Path) -> Answer:
    """Read an answer. Raises `UsageError` for a file that is missing or is none."""
    return read_json(file, Answer, "broken-report", "write one report an event, as EVENT.json")


def from_gold(gold: EventGold) -> Answer:
    """A reader's annotation as an answer, to hold two readers of one event against each other."""
    claims: list[AnswerClaim] = []
    groups: list[AnswerGroup] = []
    outlets: set[str] = set()
    for statement in (*gold.clusters, *gold.single):
        of_outlet: dict[str, list[str]] = {}
        values: dict[str, list[tuple[str, Span]]] = {}
        for mention in statement.mentions:
            outlets.add(mention.outlet)
            for telling in mention.tellings:
                name = f"{statement.id}-{len(claims)}"
                spoken = telling.attributed_to != OUTLET_VOICE
                claims.append(
                    AnswerClaim(
                        id=name,
                        article=mention.outlet,
                        start=telling.span[0],
                        end=telling.span[1],
                        speaker=Named(name=telling.attributed_to) if spoken else None,
                        via=(Named(name=telling.via),) if telling.via else (),
                    )
                )
                of_outlet.setdefault(mention.outlet, []).append(name)
                for span in telling.value_spans:
                    values.setdefault(telling.value or "", []).append((name, span))
        conflict = statement.conflict
        groups.append(
            AnswerGroup(
                claims=tuple(name for names in of_outlet.values() for name in names),
                status=statement.verdict,
                statement=statement.statement,
                qualifiers=statement.qualifiers,
                origins=tuple(
                    AnswerOrigin(
                        name=origin.name,
                        claims=tuple(n for o in origin.outlets for n in of_outlet.get(o, ())),
                    )
                    for origin in statement.origins
                ),
                divergences=(_conflict(conflict.slot, values),) if conflict else (),
            )
        )
    articles = tuple(AnswerArticle(id=name, path=f"{name}.md") for name in sorted(outlets))
    return Answer(articles=articles, claims=tuple(claims), groups=tuple(groups))


def _conflict(slot: str, values: dict[str, list[tuple[str, Span]]]) -> AnswerConflict:
    told = (
        AnswerValue(
            claims=tuple(name for name, _ in places), spans=tuple(span for _, span in places)
        )
        for places in values.values()
    )
    return AnswerConflict(slot=slot, values=tuple(told))
