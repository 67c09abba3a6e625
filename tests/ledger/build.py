"""Reports by hand, small enough to read: who tells what, and what was made of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from factcheck.config import Settings
from factcheck.hashing import key
from factcheck.records import (
    Article,
    Block,
    Claim,
    Divergence,
    DivergenceValue,
    FigureDetail,
    Group,
    Inconsistency,
    InconsistencyValue,
    Link,
    Origin,
    Qualifier,
    Report,
    Sentence,
    Skipped,
    Slot,
    Speaker,
    Status,
    Summary,
    Tool,
    Voice,
)


def claim(outlet: str, text: str, speaker: str | None = None, **slots: str) -> dict[str, Any]:
    """A sentence of an outlet; `slots` are details whose words stand in the text."""
    return {"outlet": outlet, "text": text, "speaker": speaker, "slots": slots}


def group(
    status: Status,
    *claims: dict[str, Any],
    origins: Sequence[str] = ("Coastwire",),
    qualifiers: Sequence[Qualifier] = (),
    differs: str | None = None,
    score: float = 0.9,
) -> dict[str, Any]:
    """Claims with a verdict; `differs` is the slot that each claim has another value of."""
    return {
        "status": status,
        "claims": claims,
        "origins": origins,
        "qualifiers": qualifiers,
        "differs": differs,
        "score": score,
    }


def report(
    *groups: dict[str, Any],
    skipped: Sequence[tuple[str, str]] = (),
    inconsistent: str | None = None,
) -> Report:
    """One article an outlet, `corpus/OUTLET.txt`, a sentence a line in the order of the groups.

    `inconsistent` names an outlet whose first and last lines contradict each other.
    """
    texts: dict[str, list[str]] = {}
    claims: list[Claim] = []
    made: list[Group] = []
    for number, told in enumerate(groups, 1):
        members = [
            _claim(item, texts, len(claims) + index) for index, item in enumerate(told["claims"])
        ]
        claims += members
        made.append(_group(f"g{number}", told, members))
    articles = tuple(_article(outlet, lines) for outlet, lines in sorted(texts.items()))
    found = []
    if inconsistent:
        article = next(article for article in articles if article.outlet == inconsistent)
        first, last = article.sentences[0], article.sentences[-1]
        values = tuple(
            InconsistencyValue(value=value, spans=((place.start, place.end),))
            for value, place in (("president", first), ("prime minister", last))
        )
        found = [
            Inconsistency(article=article.id, slot="role", values=values, reason="two offices")
        ]
    missing = tuple(Skipped(path=path, code=code, reason="has no text") for path, code in skipped)
    status = [item.status for item in made]
    return Report(
        tool=Tool(version="0", settings=Settings()),
        articles=articles,
        claims=tuple(claims),
        groups=tuple(made),
        inconsistencies=tuple(found),
        skipped=missing,
        summary=Summary(
            articles=len(articles),
            outlets=len(articles),
            claims=len(claims),
            groups=len(made),
            divergent=status.count("divergent"),
            corroborated=status.count("corroborated"),
            single_sourced=status.count("single-sourced"),
            echoed=0,
            inconsistencies=len(found),
            skipped=len(missing),
        ),
    )


def _claim(told: dict[str, Any], texts: dict[str, list[str]], number: int) -> Claim:
    outlet, text = told["outlet"], told["text"]
    lines = texts.setdefault(outlet, [])
    start = sum(len(line) + 1 for line in lines)
    lines.append(text)
    name = told["speaker"]
    speaker = Speaker(name=name, as_written=name, kind="named") if name else None
    slots = []
    for slot, value in told["slots"].items():
        at = start + text.index(value)
        detail = FigureDetail(low=float(value), high=float(value)) if value.isdigit() else None
        slots.append(
            Slot(slot=slot, value=value, text=value, span=(at, at + len(value)), detail=detail)
        )
    return Claim(
        id=f"c{number}",
        fingerprint=key(outlet, text)[:16],
        article=outlet,
        start=start,
        end=start + len(text),
        spans=((start, start + len(text)),),
        text=text,
        reading=text,
        kind="utterance" if speaker else "report",
        quote="none",
        speaker=speaker,
        voice=speaker,
        slots=tuple(slots),
        sentence=len(lines) - 1,
    )


def _article(outlet: str, lines: Sequence[str]) -> Article:
    text = "".join(f"{line}\n" for line in lines)
    sentences, start = [], 0
    for line in lines:
        sentences.append(Sentence(start=start, end=start + len(line), block=0))
        start += len(line) + 1
    return Article(
        id=outlet,
        path=f"corpus/{outlet}.txt",
        outlet=outlet,
        family=outlet,
        title=None,
        published=None,
        language="en",
        text=text,
        blocks=(Block(start=0, end=len(text), kind="body"),),
        sentences=tuple(sentences),
    )


def _group(name: str, told: dict[str, Any], claims: Sequence[Claim]) -> Group:
    ids = tuple(claim.id for claim in claims)
    outlets = tuple(dict.fromkeys(claim.article for claim in claims))
    divergences: tuple[Divergence, ...] = ()
    if told["differs"]:
        by_value: dict[str, list[tuple[str, Slot]]] = {}
        for claim in claims:
            slot = next(slot for slot in claim.slots if slot.slot == told["differs"])
            by_value.setdefault(slot.value, []).append((claim.id, slot))
        values = tuple(
            DivergenceValue(
                value=value,
                claims=tuple(claim for claim, _ in found),
                spans=tuple(slot.span for _, slot in found),
            )
            for value, found in sorted(by_value.items())
        )
        divergences = (
            Divergence(slot=told["differs"], material=True, reason="not both", values=values),
        )
    origins = tuple(
        Origin(
            name=origin,
            kind="relay",
            outlets=outlets,
            claims=ids,
            independence="assumed" if len(told["origins"]) > 1 else None,
            reason="",
        )
        for origin in told["origins"]
    )
    return Group(
        id=name,
        statement=claims[0].reading,
        status=told["status"],
        qualifiers=tuple(told["qualifiers"]),
        claims=ids,
        outlets=outlets,
        origins=origins,
        voices=(Voice(name="official", kind="unnamed", claims=ids),),
        divergences=divergences,
        links=tuple(
            Link(a=a, b=b, relation="equivalent", score=told["score"]) for a, b in pairwise(ids)
        ),
        reason="",
    )
