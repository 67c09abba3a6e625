"""One statement, one speaker or one outlet of a report, as records that programs read.

They say what `explain`, `who` and `outlet` print. Lines count from 1; probabilities are between 0
and 1; texts are those of the articles, unescaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from factcheck.records import (
    Claim,
    DivergenceSlot,
    Group,
    Independence,
    OriginKind,
    Qualifier,
    QuoteKind,
    Record,
    Report,
    Span,
    SpeakerKind,
    Stance,
    Status,
)
from factcheck.reports import tellings, words
from factcheck.reports.index import Index
from factcheck.reports.spoken import spoken
from factcheck.reports.view import kind_of


class Telling(Record):
    """One outlet's telling of a statement.

    `words` stand in the article at `span` (code points, end excluded) from `line` on. `said_by` is
    who says it, through whom, from the inside out; `how` is how the outlet knows it, as far as its
    article tells.
    """

    claim: str
    article: str
    outlet: str
    path: str
    line: int
    span: Span
    published: str | None
    words: str
    quote: QuoteKind
    stance: Stance
    said_by: tuple[str, ...]
    how: tuple[str, ...]


class Value(Record):
    """One of the values of a difference; which claims (ids), outlets and origins give it."""

    value: str
    claims: tuple[str, ...]
    outlets: tuple[str, ...]
    origins: tuple[str, ...]


class Difference(Record):
    """Where tellings differ; `material` where the values cannot all hold."""

    slot: DivergenceSlot
    material: bool
    reason: str
    values: tuple[Value, ...]


class Proof(Record):
    """Words of an article that a reason rests on, and what they show."""

    outlet: str
    path: str
    line: int
    words: str
    note: str


class Behind(Record):
    """An origin of a statement: `probability` is that of its being no part of another one."""

    name: str
    kind: OriginKind
    outlets: tuple[str, ...]
    independence: Independence | None
    probability: float | None
    reason: str
    evidence: tuple[Proof, ...]


class Statement(Record):
    """A statement with its verdict, its tellings, differences and origins.

    `reason` is the verdict in words. `independence` and `probability` (of at least two origins) are
    `None` where there is one origin.
    """

    id: str
    statement: str
    status: Status
    qualifiers: tuple[Qualifier, ...]
    reason: str
    independence: Independence | None
    probability: float | None
    voices: tuple[str, ...]
    tellings: tuple[Telling, ...]
    differences: tuple[Difference, ...]
    origins: tuple[Behind, ...]


class Brief(Record):
    """A statement in short: its group's id, its verdict in words, the outlets that tell it.

    `sign` is the kind of verdict that reports have a sign for: `divergent`, `shown`, `likely`,
    `assumed`, `said`, `unsure`, `echoed` or `single-sourced`.
    """

    id: str
    statement: str
    status: Status
    sign: str
    verdict: str
    outlets: tuple[str, ...]


class Said(Record):
    """A statement of a speaker in short, and how it is told to be theirs."""

    group: Brief
    tellings: tuple[Telling, ...]


class Person(Record):
    """A speaker, and what is attributed to it; `also` are the articles' other words for it."""

    name: str
    kind: SpeakerKind
    also: tuple[str, ...]
    outlets: tuple[str, ...]
    said: tuple[Said, ...]


class Taken(Record):
    """Statements that an outlet has from one origin that is not its own."""

    origin: str
    kind: OriginKind
    statements: tuple[Brief, ...]


class OutletView(Record):
    """What one outlet has: its articles (paths), what it alone tells, what it has from whom, where
    others contradict it, what all others tell and it leaves out, and whom it lets speak (name and
    number of claims, those of most first). `shared` counts the statements that others tell, too.
    """

    name: str
    family: str
    articles: tuple[str, ...]
    alone: tuple[Brief, ...]
    shared: int
    taken: tuple[Taken, ...]
    contradicted: tuple[Brief, ...]
    left_out: tuple[Brief, ...]
    speakers: tuple[tuple[str, int], ...]


def statement(report: Report, group: Group) -> Statement:
    """All that is known of a group of a report."""
    report = spoken(report)
    group = next(one for one in report.groups if one.id == group.id)
    index = Index(report)
    return Statement(
        id=group.id,
        statement=words.statement(group),
        status=group.status,
        qualifiers=group.qualifiers,
        reason=group.reason or words.verdict(group),
        independence=group.independence,
        probability=group.probability,
        voices=tuple(words.voice_words(voice) for voice in group.voices),
        tellings=tuple(telling(claim, index) for claim in index.members(group)),
        differences=tuple(_differences(group, index)),
        origins=tuple(_origins(group, index)),
    )


def telling(claim: Claim, index: Index) -> Telling:
    """A claim as its outlet tells it."""
    article = index.articles[claim.article]
    how = tellings.how(claim)
    said = tellings.who(claim)
    return Telling(
        claim=claim.id,
        article=article.id,
        outlet=article.outlet,
        path=article.path,
        line=index.line(claim),
        span=(claim.start, claim.end),
        published=article.published,
        words=tellings.wording(claim, article.text) if article.text else claim.text,
        quote=claim.quote,
        stance=claim.stance,
        said_by=tuple(said[: len(said) - len(how)]),
        how=tuple(how),
    )


def _differences(group: Group, index: Index) -> Iterator[Difference]:
    for one in group.divergences:
        yield Difference(
            slot=one.slot,
            material=one.material,
            reason=one.reason,
            values=tuple(
                Value(
                    value=value.value,
                    claims=value.claims,
                    outlets=unique(index.article(claim).outlet for claim in value.claims),
                    origins=value.origins,
                )
                for value in one.values
            ),
        )


def _origins(group: Group, index: Index) -> Iterator[Behind]:
    for origin in group.origins:
        proofs = []
        for piece in origin.evidence:
            article = index.articles[piece.article]
            proofs.append(
                Proof(
                    outlet=article.outlet,
                    path=article.path,
                    line=index.line_at(article, piece.span),
                    words=article.text[slice(*piece.span)],
                    note=piece.note,
                )
            )
        yield Behind(
            name=origin.name,
            kind=origin.kind,
            outlets=origin.outlets,
            independence=origin.independence,
            probability=origin.probability,
            reason=origin.reason,
            evidence=tuple(proofs),
        )


def brief(group: Group) -> Brief:
    """A group in short."""
    return Brief(
        id=group.id,
        statement=words.statement(group),
        status=group.status,
        sign=kind_of(group),
        verdict=words.verdict(group),
        outlets=group.outlets,
    )


def unique(items: Iterable[str]) -> tuple[str, ...]:
    """Each item once, in order."""
    return tuple(dict.fromkeys(items))
