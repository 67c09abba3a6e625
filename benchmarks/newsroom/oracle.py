"""What origins and verdicts come to where matching makes no mistake: the groups are the truth's.

    python -m benchmarks.newsroom.oracle [--part train|dev] [--cache DIR] [--out FILE]

Every claim of the program goes to the statement whose tellings it meets (the one it shares most
letters with), and these groups go through provenance and verdict; conflicts are the truth's as
well. `groups` takes speakers and relays as the program found them, `groups and tags` those that the
tags tell. What is wrong here, matching is not to blame for; what is wrong end to end and not here,
it is. `--cache` keeps the extracted claims between runs.
"""

from __future__ import annotations

import argparse
import json
import pickle
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from benchmarks.newsroom import HERE, Part, events, loaded
from factcheck import outlets, pipeline, provenance, verdict
from factcheck.attribution.tagger import Tagger
from factcheck.config import Settings
from factcheck.evaluation.answer import (
    Answer,
    AnswerArticle,
    AnswerClaim,
    AnswerGroup,
    AnswerOrigin,
)
from factcheck.evaluation.events import Scored, figures, meets, score
from factcheck.evaluation.gold import OUTLET_VOICE, EventGold, Statement, Telling
from factcheck.evaluation.tagged import Compiled
from factcheck.records import Article, Claim, Span, Speaker, Via, ViaKind

RESULT = HERE.parent / "results" / "newsroom_oracle.json"
Mode = Literal["groups", "groups and tags"]
SHOWN = (
    "false_corroboration",
    "corroborated_precision",
    "corroborated_kept",
    "origins_right",
    "one-voice_f1",
    "echoed_f1",
    "anonymous_f1",
)
_VENUES: Mapping[str, ViaKind] = {"release": "document", "document": "document", "post": "document"}


class Told(NamedTuple):
    """A statement of the truth and the claims that tell it, by the outlet that the truth names."""

    statement: Statement
    claims: dict[str, list[Claim]]


class Case(NamedTuple):
    """An event as the program reads it, and what it is told to have found."""

    gold: EventGold
    articles: list[Article]
    claims: list[Claim]
    told: list[Told]


def cases(part: Part, cache: Path | None = None, mode: Mode = "groups") -> Iterator[Case]:
    """The events of a part, every claim at its statement."""
    kept = cache / f"{part}.pickle" if cache else None
    if kept and kept.exists():
        found = pickle.loads(kept.read_bytes())
    else:
        tagger = Tagger()
        found = [(event.gold, extracted(event, tagger)) for event in events(part)]
        if kept:
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(pickle.dumps(found))
    for gold, corpus in found:
        yield _case(gold, corpus, mode)


def extracted(event: Compiled, tagger: Tagger) -> pipeline.Corpus:
    """What the program extracts of an event: its claims, with their access."""
    articles, skipped = loaded(event)
    return pipeline.Corpus(tuple(pipeline.extract(articles, tagger)), tuple(skipped))


def _case(gold: EventGold, corpus: pipeline.Corpus, mode: Mode) -> Case:
    articles = outlets.unified(corpus.articles)
    stems = {article.id: Path(article.path).stem for article in articles}
    filed = {claim.id: claim for claim in pipeline.as_filed(corpus).claims}
    claims, told = [], [Told(s, {}) for s in (*gold.clusters, *gold.single)]
    for claim in corpus.claims:
        place = (filed[claim.id].start, filed[claim.id].end)
        best: tuple[int, Told, Telling] | None = None
        for entry in told:
            for mention in entry.statement.mentions:
                if mention.outlet == stems[claim.article] and meets(place, mention.spans):
                    telling = max(mention.tellings, key=lambda t: _shared(place, t.span))
                    size = sum(_shared(place, span) for span in mention.spans)
                    if best is None or size > best[0]:
                        best = size, entry, telling
        if best and mode == "groups and tags":
            claim = _as_tagged(claim, best[2])
        claims.append(claim)
        if best:
            best[1].claims.setdefault(stems[claim.article], []).append(claim)
    return Case(gold, articles, claims, told)


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _as_tagged(claim: Claim, telling: Telling) -> Claim:
    """The claim with the speaker and the relay that the truth gives it."""
    name = telling.attributed_to
    speaker = None
    if name != OUTLET_VOICE:
        found = claim.speaker
        speaker = (
            found
            if found and found.name in name
            else Speaker(name=name, as_written=name, kind=_kind(name))
        )
    via: tuple[Via, ...] = ()
    if telling.via:
        kind = _VENUES.get(telling.via, "venue" if telling.via.islower() else "outlet")
        via = (Via(name=telling.via, kind=kind, span=(claim.start, claim.end)),)
    return claim.model_copy(
        update={
            "speaker": speaker,
            "voice": speaker,
            "via": via,
            "kind": "utterance" if speaker else "report",
        }
    )


def _kind(name: str) -> Literal["named", "unnamed", "organisation"]:
    """What a speaker of the tags is, by its words: the tags do not tell."""
    if not re.search(r"(?<!^)\b[A-Z]|^[A-Z]\w+ [A-Z]", re.sub(r"^(?:The|An?) ", "", name)):
        return "unnamed"
    return "named" if re.search(r"[A-Z][a-z'’-]+ [A-Z][a-z'’-]+", name) else "organisation"


def answer(case: Case) -> Answer:
    """What provenance and verdict make of the true groups of an event."""
    outlet_of = {article.id: article.outlet for article in case.articles}
    groups = [[c for claims in told.claims.values() for c in claims] for told in case.told]
    found = provenance.analyse(case.articles, case.claims, [[c.id for c in g] for g in groups])
    judged = []
    for told, group, sources in zip(case.told, groups, found.groups, strict=True):
        if not group:
            continue
        divergent = told.statement.verdict == "divergent"
        voices = sources.voices if divergent else provenance.undisputed(sources.voices, group)
        result = verdict.decide(
            group,
            outlet_of,
            sources.origins,
            voices,
            (),
            Settings().provenance,
            several=sources.several,
        )
        judged.append(
            AnswerGroup(
                claims=tuple(claim.id for claim in group),
                status="divergent" if divergent else result.status,
                statement=told.statement.statement,
                qualifiers=result.qualifiers,
                origins=tuple(AnswerOrigin(name=o.name, claims=o.claims) for o in sources.origins),
            )
        )
    return Answer(
        articles=tuple(AnswerArticle(id=a.id, path=a.path) for a in case.articles),
        claims=tuple(_in_file(case)),
        groups=tuple(judged),
    )


def _in_file(case: Case) -> Iterator[AnswerClaim]:
    """The claims where they stand in the files."""
    from factcheck.filed import claims

    maps = {article.id: article.filed for article in case.articles if article.filed}
    for claim in claims(case.claims, maps):
        yield AnswerClaim(
            id=claim.id, article=claim.article, start=claim.start, end=claim.end, text=claim.text
        )


def measure(found: Sequence[Case]) -> Scored:
    """All that is right and wrong where the groups are given."""
    total = Scored()
    for case in found:
        total += score(answer(case), case.gold)
    return total


def reliability(found: Sequence[Case]) -> list[dict[str, float]]:
    """The probability told of several origins against the share that has several, by tenths."""
    pairs: list[tuple[float, bool]] = []
    for case in found:
        told = [t for t in case.told if len(t.claims) > 1 and not t.statement.doubtful]
        groups = [[c.id for claims in t.claims.values() for c in claims] for t in told]
        analysed = provenance.analyse(case.articles, case.claims, groups)
        for entry, sources in zip(told, analysed.groups, strict=True):
            here = sum(bool(set(o.outlets) & set(entry.claims)) for o in entry.statement.origins)
            pairs.append((sources.several, here > 1))
    rows = []
    for tenth in range(10):
        held = [p for p in pairs if min(9, int(p[0] * 10)) == tenth]
        if held:
            told_, so = (sum(column) / len(held) for column in zip(*held, strict=True))
            rows.append({"told": round(told_, 3), "so": round(so, 3), "statements": len(held)})
    return rows


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--part", choices=get_args(Part))
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--out", type=Path, default=RESULT)
    options = parser.parse_args()
    table = json.loads(options.out.read_text("utf-8")) if options.out.exists() else {}
    for part in (options.part,) if options.part else get_args(Part):
        for mode in get_args(Mode):
            found = list(cases(part, options.cache, mode))
            counts = measure(found).counts
            told = figures(counts)
            rounded = {k: None if v is None else round(v, 3) for k, v in told.items()}
            table.setdefault(part, {})[mode] = {
                "figures": {name: rounded[name] for name in SHOWN},
                "counts": dict(sorted(counts.items())),
                "reliability": reliability(found),
            }
            print(part, f"{mode:16}", *(f"{k} {rounded[k]}" for k in SHOWN))
    options.out.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
