"""Text read otherwise than it is filed: edits with a map back, and records brought back by it.

The stages read an article's text as a person does, with its lines joined and its entities
resolved, and count offsets in what they read. What leaves the program counts in the file's own
text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar

from factcheck.records import (
    Article,
    Attribution,
    Block,
    Claim,
    Divergence,
    Evidence,
    Filed,
    Group,
    Inconsistency,
    Report,
    Sentence,
    Slot,
    Span,
    Version,
)

_Bounded = TypeVar("_Bounded", Claim, Sentence, Block)


class Edit(NamedTuple):
    """`text[start:end]` is read as `new`."""

    start: int
    end: int
    new: str


def edited(text: str, edits: Iterable[Edit], before: Filed | None = None) -> tuple[str, Filed]:
    """Apply edits, which are sorted and do not overlap; the map leads back to the file.

    `before` is the map of `text` itself, where that was edited already.
    """
    parts: list[str] = []
    starts: list[int] = []
    spans: list[Span] = []
    length = at = 0

    def add(start: int, end: int, new: str) -> None:
        nonlocal length
        if new:
            parts.append(new)
            starts.append(length)
            spans.append((start, end))
            length += len(new)

    for edit in edits:
        add(at, edit.start, text[at : edit.start])
        add(edit.start, edit.end, edit.new)
        at = edit.end
    add(at, len(text), text[at:])
    filed = Filed(text=text, starts=(*starts, length), spans=tuple(spans))
    return "".join(parts), filed if before is None else _through(filed, before)


def _through(filed: Filed, before: Filed) -> Filed:
    """A map into a text that was edited before as a map into the file."""
    starts: list[int] = []
    spans: list[Span] = []
    for (start, end), (first, last) in zip(pairwise(filed.starts), filed.spans, strict=True):
        if end - start != last - first:
            starts.append(start)
            spans.append(before.span(first, last))
            continue
        # A piece that was taken over is cut where the pieces of the text before it begin.
        inner = bisect_right(before.starts, first)
        while first < last:
            stop = min(last, before.starts[inner])
            starts.append(start)
            spans.append(before.span(first, stop))
            start += stop - first
            first, inner = stop, inner + 1
    return Filed(text=before.text, starts=(*starts, filed.starts[-1]), spans=tuple(spans))


def report(found: Report) -> Report:
    """A report in offsets of the files' own texts."""
    maps = _maps(found.articles)
    if not maps:
        return found
    of_claim = {c.id: maps[c.article] for c in found.claims if c.article in maps}
    return found.model_copy(
        update={
            "articles": tuple(map(article, found.articles)),
            "claims": claims(found.claims, maps),
            "groups": tuple(_group(group, maps, of_claim) for group in found.groups),
            "inconsistencies": inconsistencies(found.inconsistencies, maps),
        }
    )


def _maps(articles: Iterable[Article]) -> dict[str, Filed]:
    return {one.id: one.filed for one in articles if one.filed is not None}


def article(one: Article) -> Article:
    """An article with its file's own text."""
    filed = one.filed
    if filed is None:
        return one
    return one.model_copy(
        update={
            "text": filed.text,
            "filed": None,
            "title_span": one.title_span and filed.span(*one.title_span),
            "byline_span": one.byline_span and filed.span(*one.byline_span),
            "credits": tuple(
                c.model_copy(update={"span": c.span and filed.span(*c.span)}) for c in one.credits
            ),
            "versions": tuple(_version(version, filed) for version in one.versions),
            "unread": tuple(
                (end, start)
                for (_, end), (start, _) in pairwise(filed.spans)
                if end < start and filed.text[end:start].strip()
            ),
            "blocks": tuple(_bounds(block, filed) for block in one.blocks),
            "sentences": tuple(_bounds(sentence, filed) for sentence in one.sentences),
        }
    )


def claims(found: Sequence[Claim], maps: dict[str, Filed]) -> tuple[Claim, ...]:
    """Claims in offsets of their files' own texts; `maps` by article, those that need none not."""
    return tuple(_claim(one, maps[one.article]) if one.article in maps else one for one in found)


def inconsistencies(
    found: Sequence[Inconsistency], maps: dict[str, Filed]
) -> tuple[Inconsistency, ...]:
    """Inconsistencies in offsets of their files' own texts; `maps` by article."""
    return tuple(
        _inconsistency(one, maps[one.article]) if one.article in maps else one for one in found
    )


def attributions(found: Sequence[Attribution], filed: Filed | None) -> tuple[Attribution, ...]:
    """Attributions in offsets of their file's own text."""
    if filed is None:
        return tuple(found)
    return tuple(
        Attribution(
            source=_spans(one.source, filed),
            cue=_spans(one.cue, filed),
            content=_spans(one.content, filed),
        )
        for one in found
    )


def _version(one: Version, filed: Filed) -> Version:
    edits = (
        edit.model_copy(update={"span": edit.span and filed.span(*edit.span)}) for edit in one.edits
    )
    return one.model_copy(update={"edits": tuple(edits)})


def _bounds(one: _Bounded, filed: Filed) -> _Bounded:
    start, end = filed.span(one.start, one.end)
    return one.model_copy(update={"start": start, "end": end})


def _spans(spans: Iterable[Span], filed: Filed) -> tuple[Span, ...]:
    return tuple(filed.span(*span) for span in spans)


def _claim(one: Claim, filed: Filed) -> Claim:
    spans = _spans(one.spans, filed)
    return _bounds(one, filed).model_copy(
        update={
            "spans": spans,
            "text": " ".join(filed.text[start:end] for start, end in spans),
            "words": one.text,
            "content": _spans(one.content, filed),
            "source_spans": _spans(one.source_spans, filed),
            "cue_spans": _spans(one.cue_spans, filed),
            "via": tuple(v.model_copy(update={"span": filed.span(*v.span)}) for v in one.via),
            "access": one.access.model_copy(update={"spans": _spans(one.access.spans, filed)}),
            "slots": tuple(_slot(slot, filed) for slot in one.slots),
        }
    )


def _slot(slot: Slot, filed: Filed) -> Slot:
    start, end = filed.span(*slot.span)
    return slot.model_copy(update={"span": (start, end), "text": filed.text[start:end]})


def _group(group: Group, maps: dict[str, Filed], of_claim: dict[str, Filed]) -> Group:
    def evidence(found: Iterable[Evidence]) -> tuple[Evidence, ...]:
        return tuple(
            one.model_copy(update={"span": maps[one.article].span(*one.span)})
            if one.article in maps
            else one
            for one in found
        )

    return group.model_copy(
        update={
            "origins": tuple(
                origin.model_copy(update={"evidence": evidence(origin.evidence)})
                for origin in group.origins
            ),
            "divergences": tuple(_divergence(one, of_claim) for one in group.divergences),
        }
    )


def _divergence(one: Divergence, of_claim: dict[str, Filed]) -> Divergence:
    values = []
    for value in one.values:
        spans = (
            of_claim[claim].span(*span) if claim in of_claim else span
            for claim, span in zip(value.claims, value.spans, strict=True)
        )
        values.append(value.model_copy(update={"spans": tuple(spans)}))
    return one.model_copy(update={"values": tuple(values)})


def _inconsistency(one: Inconsistency, filed: Filed) -> Inconsistency:
    values = (
        value.model_copy(update={"spans": _spans(value.spans, filed)}) for value in one.values
    )
    return one.model_copy(update={"values": tuple(values)})
