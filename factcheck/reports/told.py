"""One statement, one speaker or one outlet of a report, as records that programs read.

They say what `explain`, `who` and `outlet` print. Lines count from 1; probabilities are between 0
and 1; texts are those of the articles, unescaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from factcheck.attribution.lexicon import lexicon
from factcheck.outlets import key, plain_stem
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
from factcheck.reports.view import kind_of, speaks


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


# What so many others tell, all but it, an outlet leaves out.
_OTHERS = 2


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
        tellings=tuple(_telling(claim, index) for claim in index.members(group)),
        differences=tuple(_differences(group, index)),
        origins=tuple(_origins(group, index)),
    )


def _telling(claim: Claim, index: Index) -> Telling:
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
                    outlets=_unique(index.article(claim).outlet for claim in value.claims),
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


def people(report: Report, name: str) -> tuple[Person, ...]:
    """The speakers whose name, role or organisation holds `name`, those told most first."""
    index = Index(report)
    found: dict[str, list[Claim]] = {}
    for claim in report.claims:
        for speaker in dict.fromkeys(s.name for s in (claim.speaker, claim.voice) if s):
            if speaks(_as_one(claim, speaker), name):
                found.setdefault(speaker, []).append(claim)
    told = [_person(name, claims, report, index) for name, claims in found.items()]
    return tuple(sorted(told, key=lambda person: (-len(person.said), person.name)))


def _as_one(claim: Claim, name: str) -> Claim:
    """A claim with those of its speaker and voice that are this one."""
    kept = {
        role: speaker if speaker and speaker.name == name else None
        for role, speaker in (("speaker", claim.speaker), ("voice", claim.voice))
    }
    return claim.model_copy(update=kept)


def _person(name: str, claims: Sequence[Claim], report: Report, index: Index) -> Person:
    roles = [
        speaker
        for claim in claims
        for speaker in (claim.speaker, claim.voice)
        if speaker and speaker.name == name
    ]
    said = []
    for group in report.groups:
        mine = [claim for claim in claims if claim.id in group.claims]
        if mine:
            tellings = tuple(_telling(claim, index) for claim in mine)
            said.append(Said(group=brief(group), tellings=tellings))
    return Person(
        name=name,
        kind=roles[0].kind,
        also=_also(name, (one.as_written for one in roles)),
        outlets=_unique(index.article(claim.id).outlet for claim in claims),
        said=tuple(said),
    )


def _also(name: str, written: Iterable[str]) -> tuple[str, ...]:
    """The articles' other words for a speaker, without "he" and the like, each in one spelling."""
    told = {one.casefold(): one for one in sorted(written)}
    functions = lexicon().functions
    return tuple(
        one for key, one in sorted(told.items()) if key != name.casefold() and key not in functions
    )


def outlet(report: Report, name: str) -> OutletView | None:
    """What an outlet of a report has; `None` where no article is of it.

    Its name is compared without case, accents and "The", as everywhere; its file's name will do.
    """
    articles = [article for article in report.articles if key(article.outlet) == key(name)]
    articles = articles or [
        article for article in report.articles if name in (plain_stem(article.path), article.path)
    ]
    if not articles:
        return None
    own = articles[0].outlet
    names = {article.outlet for article in report.articles}
    others = names - {own}
    mine = [group for group in report.groups if own in group.outlets]
    alone = [group for group in mine if len(group.outlets) == 1]
    left = [g for g in report.groups if len(others) >= _OTHERS and set(g.outlets) == others]
    return OutletView(
        name=own,
        family=articles[0].family,
        articles=tuple(article.path for article in articles),
        alone=tuple(map(brief, alone)),
        shared=len(mine) - len(alone),
        taken=tuple(_taken(own, articles[0].family, mine)),
        contradicted=tuple(
            brief(g) for g in mine if any(d.material for d in g.divergences) and len(g.outlets) > 1
        ),
        left_out=tuple(map(brief, left)),
        speakers=tuple(_speakers(report, {article.id for article in articles})),
    )


def _taken(own: str, family: str, groups: Sequence[Group]) -> Iterator[Taken]:
    """What an outlet has from origins that bear no name of its own, those of most first."""
    names = {key(own), key(family)}
    found: dict[tuple[str, Literal["agency", "outlet", "relay", "own"]], list[Group]] = {}
    for group in groups:
        for origin in group.origins:
            if own in origin.outlets and key(origin.name) not in names:
                found.setdefault((origin.name, origin.kind), []).append(group)
    for (name, kind), told in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        yield Taken(origin=name, kind=kind, statements=tuple(map(brief, told)))


def _speakers(report: Report, articles: set[str]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for claim in report.claims:
        if claim.article in articles and claim.speaker:
            counts[claim.speaker.name] = counts.get(claim.speaker.name, 0) + 1
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _unique(items: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
