"""What one speaker says and what one outlet has, over all articles of a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import permutations
from typing import Literal

from factcheck.attribution.lexicon import lexicon
from factcheck.outlets import key, plain_stem
from factcheck.records import Claim, Divergence, Group, Report, homes
from factcheck.reports.index import Index
from factcheck.reports.told import OutletView, Person, Said, Taken, brief, telling, unique
from factcheck.reports.view import speaks

# What so many others tell, all but it, an outlet leaves out.
_OTHERS = 2


def counted(groups: Iterable[Group]) -> dict[str, frozenset[str]]:
    """Group (id) → the claims that are told of it when statements are listed by who tells them.

    A claim in two groups tells the statement of the second less surely: it is listed there only
    where it takes a side in a conflict, which it does by its own words.
    """
    groups = tuple(groups)
    home = homes(groups)
    found = {}
    for group in groups:
        values = (v for one in group.divergences if one.material for v in one.values)
        disputed = {claim for value in values for claim in value.claims}
        found[group.id] = frozenset(
            claim for claim in group.claims if home[claim] is group or claim in disputed
        )
    return found


def people(report: Report, name: str) -> tuple[Person, ...]:
    """The speakers whose name, role or organisation holds `name`, those told most first."""
    index = Index(report)
    found: dict[str, list[Claim]] = {}
    for claim in report.claims:
        for speaker in dict.fromkeys(s.name for s in (claim.speaker, claim.voice) if s):
            if speaks(_as_one(claim, speaker), name):
                found.setdefault(speaker, []).append(claim)
    counts = counted(report.groups)
    told = [_person(name, claims, report, index, counts) for name, claims in found.items()]
    return tuple(sorted(told, key=lambda person: (-len(person.said), person.name)))


def _as_one(claim: Claim, name: str) -> Claim:
    """A claim with those of its speaker and voice that are this one."""
    kept = {
        role: speaker if speaker and speaker.name == name else None
        for role, speaker in (("speaker", claim.speaker), ("voice", claim.voice))
    }
    return claim.model_copy(update=kept)


def _person(
    name: str,
    claims: Sequence[Claim],
    report: Report,
    index: Index,
    counts: Mapping[str, frozenset[str]],
) -> Person:
    roles = [
        speaker
        for claim in claims
        for speaker in (claim.speaker, claim.voice)
        if speaker and speaker.name == name
    ]
    said = []
    for group in report.groups:
        mine = [claim for claim in claims if claim.id in counts[group.id]]
        if mine:
            tellings = tuple(telling(claim, index) for claim in mine)
            said.append(Said(group=brief(group), tellings=tellings))
    return Person(
        name=name,
        kind=roles[0].kind,
        also=_also(name, (one.as_written for one in roles)),
        outlets=unique(index.article(claim.id).outlet for claim in claims),
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
    index = Index(report)
    names = {article.outlet for article in report.articles}
    others = names - {own}
    claims = {claim.id for claim in report.claims if index.articles[claim.article].outlet == own}
    counts = counted(report.groups)
    mine = [group for group in report.groups if not claims.isdisjoint(counts[group.id])]
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
            brief(g) for g in mine if any(_against(d, claims) for d in g.divergences if d.material)
        ),
        left_out=tuple(map(brief, left)),
        speakers=tuple(_speakers(report, {article.id for article in articles})),
    )


def _against(conflict: Divergence, own: set[str]) -> bool:
    """Whether other claims give another value than one that `own` give."""
    return any(
        not own.isdisjoint(one.claims) and not own.issuperset(other.claims)
        for one, other in permutations(conflict.values, 2)
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
