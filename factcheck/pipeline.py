"""Articles → report: the stages in their order, and nothing else.

`extract` works article by article (and so can be cached), `compare` needs them all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Protocol

from factcheck import __version__, access, divergence, filed, outlets, provenance, slots, verdict
from factcheck.attribution.assembly import extract as extract_attributions
from factcheck.attribution.continued import with_continued
from factcheck.attribution.layout import without_leads
from factcheck.attribution.resolve import resolve
from factcheck.attribution.tagger import Tagger
from factcheck.claims import build as build_claims
from factcheck.claims.alone import stands_alone
from factcheck.config import Settings
from factcheck.errors import UsageError
from factcheck.matching import Decisions, ReadingCache, match
from factcheck.records import (
    Article,
    Attribution,
    Claim,
    Divergence,
    Group,
    Inconsistency,
    Link,
    Report,
    Skipped,
    Status,
    Summary,
    Tool,
)

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Extraction:
    """What one article says: its attributions as tagged, the claims made of them, and where it
    contradicts itself.
    """

    article: Article
    attributions: tuple[Attribution, ...]
    claims: tuple[Claim, ...]
    inconsistencies: tuple[Inconsistency, ...] = ()


class ExtractionCache(Protocol):
    """Where extractions of unchanged articles are kept between runs."""

    def get(self, article: Article) -> Extraction | None:
        """The extraction of an article with this very content, made by this very program."""

    def put(self, extraction: Extraction) -> None:
        """Keep an extraction."""


@dataclass(frozen=True)
class Corpus:
    """The extractions of a run, in the order of their articles, and what was skipped."""

    extractions: tuple[Extraction, ...]
    skipped: tuple[Skipped, ...] = field(default=())

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles, in order."""
        return tuple(extraction.article for extraction in self.extractions)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of all articles, in order."""
        return tuple(claim for extraction in self.extractions for claim in extraction.claims)


def extract(
    articles: Iterable[Article],
    tagger: Tagger,
    cache: ExtractionCache | None = None,
    progress: Progress | None = None,
    known: Iterable[str] = (),
) -> list[Extraction]:
    """Split articles into attributed claims with their slots and their access.

    `known` are names of outlets beside those of the articles. Raises `UsageError` where two
    articles have one id.
    """
    return with_access(extract_each(articles, tagger, cache, progress), known)


def extract_each(
    articles: Iterable[Article],
    tagger: Tagger,
    cache: ExtractionCache | None = None,
    progress: Progress | None = None,
) -> list[Extraction]:
    """Split articles into attributed claims with their slots, each as if it were alone."""
    articles = list(articles)
    _told_apart(articles)
    result = []
    for number, article in enumerate(articles):
        if progress:
            progress("extracting", number, len(articles))
        extraction = cache.get(article) if cache else None
        if extraction is None:
            extraction = _extract(article, tagger)
            if cache:
                cache.put(extraction)
        result.append(extraction)
    return result


def _told_apart(articles: Iterable[Article]) -> None:
    """Refuse two articles with one id: claims would be looked up in the text of the other."""
    places: dict[str, str] = {}
    for article in articles:
        if article.id in places:
            raise UsageError(
                "same-id",
                f"two articles have the id '{article.id}': {places[article.id]} and {article.path}",
                "name one of them otherwise – Article.from_file(path, id='...') – or read files "
                "together: factcheck.read(path, path) tells them apart",
            )
        places[article.id] = article.path


def with_access(found: Sequence[Extraction], known: Iterable[str]) -> list[Extraction]:
    """Tell how each article came to know what it states, in the light of the other articles.

    That is not kept between runs: it takes no model, and depends on what is read together.
    """
    run = access.Run((one.article for one in found), known)
    return [replace(one, claims=access.read(one.article, one.claims, run)) for one in found]


def _extract(article: Article, tagger: Tagger) -> Extraction:
    article = without_leads(article.model_copy(update={"credits": access.credits(article)}))
    body = [(block.start, block.end) for block in article.blocks if block.kind == "body"]
    attributions = extract_attributions(article.text, body, tagger)
    resolved = with_continued(article, resolve(article, attributions), tagger.continuation)
    found = slots.fill(article, build_claims(article, resolved))
    inside = divergence.inconsistencies(article, found)
    return Extraction(article, tuple(attributions), tuple(found), tuple(inside))


def as_filed(corpus: Corpus) -> Corpus:
    """Extractions in offsets of the files' own texts, to be shown."""
    found = []
    for one in corpus.extractions:
        places = one.article.filed
        maps = {one.article.id: places} if places else {}
        found.append(
            Extraction(
                filed.article(one.article),
                filed.attributions(one.attributions, places),
                filed.claims(one.claims, maps),
                filed.inconsistencies(one.inconsistencies, maps),
            )
        )
    return Corpus(tuple(found), corpus.skipped)


def compare(
    corpus: Corpus,
    settings: Settings,
    decisions: Decisions | None = None,
    progress: Progress | None = None,
    readings: ReadingCache | None = None,
) -> Report:
    """Match the claims of all articles into groups and judge each group.

    What is decided does not depend on the order of the articles, nor on what their files are
    called: they are compared in an order of their own, and told in the one given. Raises
    `UsageError` where two articles have one id.
    """
    _told_apart(corpus.articles)
    tell = progress or (lambda stage, done, total: None)
    given = outlets.unified(corpus.articles)
    articles = {article.id: article for article in sorted(given, key=_by_content)}
    claims = _in_order(corpus.claims, articles)
    by_id = {claim.id: claim for claim in claims}
    side_by_side = divergence.Comparison(articles)
    tell("matching claims", 0, len(claims))
    matched = match(
        articles,
        claims,
        settings.matching,
        decisions,
        readings,
        side_by_side.disputed,
    )
    members = [[by_id[claim] for claim in group] for group in matched.groups]
    tell("comparing tellings", 0, len(members))
    conflicts = side_by_side.find(members, matched.read)
    tell("weighing origins", 0, len(members))
    carriers = [divergence.carrying(group, articles) for group in members]
    others = [
        [claim for claim in g if claim not in c] for g, c in zip(members, carriers, strict=True)
    ]
    told = [[claim.id for claim in group] for group in (*carriers, *others)]
    sources = provenance.analyse(tuple(articles.values()), claims, told, settings.provenance).groups
    links = matched.inside()
    groups = _ranked(
        (
            _group(
                _Told(
                    group,
                    frozenset(matched.second[n]),
                    carriers[n],
                    sources[n],
                    sources[len(members) + n],
                ),
                conflicts[n],
                links[n],
                articles,
                settings,
                matched.read,
            )
            for n, group in enumerate(members)
        ),
        {claim.id: number for number, claim in enumerate(corpus.claims)},
    )
    inconsistencies = tuple(
        finding for extraction in corpus.extractions for finding in extraction.inconsistencies
    )
    report = Report(
        tool=Tool(version=__version__, settings=settings),
        articles=tuple(given),
        claims=corpus.claims,
        groups=groups,
        inconsistencies=inconsistencies,
        skipped=corpus.skipped,
        summary=_summary(corpus, given, groups, inconsistencies),
        near=tuple(matched.near),
    )
    return filed.report(report)


class _Told(NamedTuple):
    """The claims of a group, those (ids) of them that tell another statement first of all, those
    that carry its statement, and what stands behind these and behind the others.
    """

    claims: Sequence[Claim]
    second: frozenset[str]
    carriers: Sequence[Claim]
    sources: provenance.Sources
    others: provenance.Sources


def _group(
    told: _Told,
    conflicts: Sequence[Divergence],
    links: Sequence[Link],
    articles: Mapping[str, Article],
    settings: Settings,
    read: divergence.Read | None,
) -> Group:
    claims, second, carriers, sources, others = told
    outlet_of = {claim.article: articles[claim.article].outlet for claim in claims}
    origin_of = {
        claim: origin.name
        for origin in (*sources.origins, *others.origins)
        for claim in origin.claims
    }
    divergences = tuple(divergence.with_origins(conflict, origin_of) for conflict in conflicts)
    voices = sources.voices
    if not any(conflict.material for conflict in divergences):
        voices = provenance.undisputed(voices, carriers)
    status, qualifiers, reason = verdict.decide(
        carriers,
        outlet_of,
        sources.origins,
        voices,
        divergences,
        settings.provenance,
        sources.caveat,
        divergence.of_one_thing(claims, links, articles, read),
        several=sources.several,
        disputed=len(carriers) < len(claims),
    )
    return Group(
        id="",
        statement=_statement(carriers, second, links, divergences),
        status=status,
        qualifiers=qualifiers,
        claims=tuple(claim.id for claim in claims),
        second=tuple(claim.id for claim in claims if claim.id in second),
        outlets=tuple(sorted({outlet_of[claim.article] for claim in claims})),
        origins=sources.origins,
        independence=verdict.grade(sources.origins),
        probability=round(sources.several, 4) if len(sources.origins) > 1 else None,
        voices=voices,
        divergences=divergences,
        links=tuple(links),
        pairs=provenance.pairs(sources),
        reason=reason,
    )


def _statement(
    claims: Sequence[Claim],
    second: Collection[str],
    links: Sequence[Link],
    divergences: Sequence[Divergence],
) -> str:
    """The words of one telling: one in dispute where there is a dispute, none that tells another
    statement first (`second`), of those near to the others the one that a reader understands
    without its article, of equals the nearest.
    """
    near: dict[str, float] = {}
    for link in links:
        near[link.a] = near.get(link.a, 0.0) + link.score
        near[link.b] = near.get(link.b, 0.0) + link.score
    disputed = {c for d in divergences if d.material for value in d.values for c in value.claims}
    candidates = [claim for claim in claims if claim.id in disputed] or claims
    candidates = [claim for claim in candidates if claim.id not in second] or candidates
    least = max(near.get(claim.id, 0.0) for claim in candidates) / 2
    best = min(
        (claim for claim in candidates if near.get(claim.id, 0.0) >= least),
        key=lambda claim: (
            -stands_alone(claim.reading),
            -round(near.get(claim.id, 0.0), 6),
            len(claim.reading),
            claim.id,
        ),
    )
    return best.reading


def _by_content(article: Article) -> tuple[str, ...]:
    """An order of articles that nobody can change by naming them in another, or renaming files."""
    return (article.outlet, article.published or "", article.text, article.path)


def _in_order(claims: Sequence[Claim], articles: Iterable[str]) -> tuple[Claim, ...]:
    """Claims in the order of their articles (ids), and within one in their own."""
    by_article: dict[str, list[Claim]] = {name: [] for name in articles}
    for claim in claims:
        by_article[claim.article].append(claim)
    return tuple(claim for name in by_article for claim in by_article[name])


def _ranked(groups: Iterable[Group], told: Mapping[str, int]) -> tuple[Group, ...]:
    """Number the groups in the order of a report: what matters first, then widest told.

    `told` is the place of each claim in the articles as given: what is told first comes first.
    """
    order: Sequence[Status] = ("divergent", "corroborated", "single-sourced")
    placed = [
        g.model_copy(update={"claims": tuple(sorted(g.claims, key=told.__getitem__))})
        for g in groups
    ]
    ranked = sorted(
        placed, key=lambda g: (order.index(g.status), -len(g.outlets), told[g.claims[0]])
    )
    return tuple(
        group.model_copy(update={"id": f"g{number}"}) for number, group in enumerate(ranked, 1)
    )


def _summary(
    corpus: Corpus,
    articles: Sequence[Article],
    groups: Sequence[Group],
    inconsistencies: Sequence[Inconsistency],
) -> Summary:
    status = Counter(group.status for group in groups)
    grades = Counter(g.independence for g in groups if g.status == "corroborated")
    return Summary(
        articles=len(articles),
        outlets=len({article.outlet for article in articles}),
        claims=len(corpus.claims),
        groups=len(groups),
        divergent=status["divergent"],
        corroborated=status["corroborated"],
        shown=grades["shown"],
        likely=grades["likely"],
        assumed=grades["assumed"],
        single_sourced=status["single-sourced"],
        echoed=sum("echoed" in group.qualifiers for group in groups),
        inconsistencies=len(inconsistencies),
        skipped=len(corpus.skipped),
    )
