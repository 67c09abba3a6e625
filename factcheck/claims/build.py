"""Resolved attributions and what remains of an article's sentences → its claims."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from factcheck.attribution.lexicon import lexicon
from factcheck.attribution.quotes import pair_quotes
from factcheck.attribution.resolve import Resolved
from factcheck.claims.clauses import has_verb, is_dependent, split, trim, words_in
from factcheck.claims.events import number_events
from factcheck.claims.readings import Reader
from factcheck.records import Article, Claim, QuoteKind, Span

# An utterance of fewer words that has no verb ("“crazy”") states nothing by itself.
_FEWEST_QUOTED = 3
_FEWEST_REPORTED = 4
_LETTER = re.compile(r"\w")


@dataclass(slots=True)
class _Draft:
    """A claim to be: its pieces, and the attribution that it comes from, if any."""

    spans: tuple[Span, ...]
    source: Resolved | None = None
    quote: QuoteKind = "none"
    event: int | None = None
    words: str = field(default="")


def build(article: Article, resolved: Sequence[Resolved]) -> list[Claim]:
    """Make the claims of an article, numbered in text order.

    What is attributed becomes utterances; what remains of the body's sentences becomes reports.
    Questions, headings, captions and boilerplate are no claims. Every span lies inside the
    article's text; `text` is the spans' text joined by one space.
    """
    sentences = _Sentences(article)
    quoted = _Quoted(article)
    drafts = _utterances(article, resolved, sentences, quoted)
    drafts += _reports(article, resolved, drafts, sentences)
    drafts.sort(key=lambda draft: (draft.spans, draft.source is None))
    events = number_events(article, resolved)
    reader = Reader(article, resolved)
    seen: Counter[str] = Counter()
    claims = []
    for number, draft in enumerate(_distinct(drafts), 1):
        one = draft.source
        text = " ".join(article.text[start:end] for start, end in draft.spans)
        written = one.speaker.as_written if one and one.speaker else ""
        base = f"{article.outlet}\n{normalised(written)}\n{normalised(text)}"
        seen[base] += 1
        claims.append(
            Claim(
                id=f"{article.id}:{number}",
                fingerprint=hashlib.sha256(f"{base}\n{seen[base]}".encode()).hexdigest()[:16],
                article=article.id,
                start=draft.spans[0][0],
                end=draft.spans[-1][1],
                spans=draft.spans,
                text=text,
                reading=reader.read(draft.spans, one),
                kind="utterance" if one else "report",
                quote=draft.quote,
                speaker=one.speaker if one else None,
                voice=one.voice if one else None,
                source_spans=one.attribution.source if one else (),
                cue_spans=one.attribution.cue if one else (),
                via=one.via if one else (),
                sentence=sentences.at(draft.spans[0][0]),
                event=events.get(id(one)) if one else None,
                opinion=_is_opinion(article, one) if one else False,
            )
        )
    return claims


def normalised(text: str) -> str:
    """The wording of a text without case, punctuation, quotation marks and white space."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(char if char.isalnum() or char in "%$€£" else " " for char in folded)
    return " ".join(kept.split())


class _Sentences:
    def __init__(self, article: Article) -> None:
        self._all = article.sentences
        self._starts = [sentence.start for sentence in article.sentences]

    def at(self, offset: int) -> int:
        return max(0, bisect_right(self._starts, offset) - 1)

    def cut(self, start: int, end: int) -> Iterator[Span]:
        """Cut `[start, end)` where sentences end."""
        number = self.at(start)
        while number < len(self._all) and self._starts[number] < end:
            stop = self._starts[number + 1] if number + 1 < len(self._all) else end
            piece = (max(start, self._starts[number]), min(end, stop))
            if piece[0] < piece[1]:
                yield piece
            number += 1


class _Quoted:
    """Which parts of the body stand between quotation marks."""

    def __init__(self, article: Article) -> None:
        self._text = article.text
        blocks = [(b.start, b.end) for b in article.blocks if b.kind == "body"]
        self._quotes = [q for q in pair_quotes(article.text, blocks) if q.depth == 1]
        self._starts = [quote.start for quote in self._quotes]

    def kind(self, spans: Sequence[Span]) -> QuoteKind:
        inside = total = 0
        for start, end in spans:
            total += sum(1 for _ in _LETTER.finditer(self._text, start, end))
            for quote in self._quotes[max(0, bisect_right(self._starts, start) - 1) :]:
                if quote.start >= end:
                    break
                first, last = max(start, quote.inner_start), min(end, quote.inner_end)
                inside += sum(1 for _ in _LETTER.finditer(self._text, first, max(first, last)))
        if not inside:
            return "indirect"
        return "direct" if inside >= 0.9 * total else "mixed"


def _utterances(
    article: Article, resolved: Sequence[Resolved], sentences: _Sentences, quoted: _Quoted
) -> list[_Draft]:
    children: dict[int, list[Resolved]] = {}
    for one in resolved:
        if one.parent is not None:
            children.setdefault(one.parent, []).append(one)
    drafts = []
    for number, one in enumerate(resolved):
        inner = children.get(number, [])
        pieces = list(one.attribution.content)
        if inner:
            pieces = _without(pieces, [_hull(child) for child in inner])
        for spans in _statements(article.text, pieces, sentences):
            words = words_in(article.text, spans)
            verb = any(has_verb(article.text, *span) for span in spans)
            if words < _FEWEST_QUOTED and not verb:
                continue
            if inner and (not verb or words < _FEWEST_REPORTED):
                continue
            drafts.append(_Draft(spans, one, quoted.kind(spans)))
    return drafts


def _statements(
    text: str, pieces: Sequence[Span], sentences: _Sentences
) -> Iterator[tuple[Span, ...]]:
    """Group the pieces of a content into statements: cut at sentences and clauses, join where a
    sentence of the speaker goes on after the reporting words."""
    current: list[Span] = []
    for piece in pieces:
        parts = [part for cut in sentences.cut(*piece) for part in split(text, *cut)]
        for number, part in enumerate(parts):
            start, end = trim(text, part)
            if start >= end or not _LETTER.search(text, start, end):
                continue
            if current and not (number == 0 and _goes_on(text, current[-1], start)):
                yield from _kept(text, current)
                current = []
            current.append((start, end))
    yield from _kept(text, current)


def _goes_on(text: str, before: Span, start: int) -> bool:
    """Whether a piece goes on with the sentence of the piece before it (around "he said")."""
    last = text[max(before[0], before[1] - 3) : before[1]].rstrip("”\"'’»")[-1:]
    if last in (".", "!", "?"):
        return False
    first = next((char for char in text[start : start + 4] if char.isalnum()), "A")
    gap = text[before[1] : start]
    return first.islower() and len(gap) <= 200 and "\n" not in gap


def _kept(text: str, spans: Sequence[Span]) -> Iterator[tuple[Span, ...]]:
    if spans and not _is_question(text, spans[-1][1]):
        yield tuple(spans)


def _is_question(text: str, end: int) -> bool:
    return "?" in text[max(0, end - 3) : end + 1]


def _hull(one: Resolved) -> Span:
    spans = [*one.attribution.source, *one.attribution.cue, *one.attribution.content]
    return (min(span[0] for span in spans), max(span[1] for span in spans))


def _without(spans: Sequence[Span], holes: Sequence[Span]) -> list[Span]:
    """What is left of sorted spans where the holes are cut out."""
    merged: list[list[int]] = []
    for start, end in sorted(holes):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    ends = [hole[1] for hole in merged]
    left = []
    for start, end in spans:
        at = start
        for number in range(bisect_right(ends, start), len(merged)):
            first, last = merged[number]
            if first >= end:
                break
            if first > at:
                left.append((at, first))
            at = max(at, last)
        if at < end:
            left.append((at, end))
    return left


def _reports(
    article: Article,
    resolved: Sequence[Resolved],
    utterances: Sequence[_Draft],
    sentences: _Sentences,
) -> list[_Draft]:
    """The statements of the body's sentences that nobody is quoted with."""
    used = {id(draft.source) for draft in utterances}
    holes = [
        _hull(one) for one in resolved if id(one) in used and one.attribution.content
    ]
    body = [s for s in article.sentences if article.blocks[s.block].kind == "body"]
    whole = [(sentence.start, sentence.end) for sentence in body]
    wholes = frozenset(whole)
    drafts = []
    for start, end in _without(whole, holes):
        if _is_question(article.text, end):
            continue
        for part in split(article.text, start, end):
            span = trim(article.text, part, openers=True)
            if words_in(article.text, [span]) < _FEWEST_REPORTED or _is_question(
                article.text, span[1]
            ):
                continue
            rest = (start, end) not in wholes and is_dependent(article.text, *span)
            if has_verb(article.text, *span) and not rest:
                drafts.append(_Draft((span,)))
    return drafts


def _distinct(drafts: Sequence[_Draft]) -> Iterator[_Draft]:
    """Drop a second claim of the very same words: the innermost attribution keeps them."""
    by_spans: dict[tuple[Span, ...], _Draft] = {}
    for draft in drafts:
        known = by_spans.get(draft.spans)
        if known is None or (draft.source and draft.source.parent is not None):
            by_spans[draft.spans] = draft
    kept = {id(draft) for draft in by_spans.values()}
    return (draft for draft in drafts if id(draft) in kept)


def _is_opinion(article: Article, one: Resolved) -> bool:
    lex = lexicon()
    words = {
        word.lower()
        for start, end in one.attribution.cue
        for word in re.findall(r"\w+", article.text[start:end])
    }
    return bool(words & lex.opinions) and not words & (lex.sayings - lex.opinions)
