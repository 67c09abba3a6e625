"""Resolved attributions and what remains of an article's sentences → its claims."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from factcheck.attribution.lexicon import lexicon
from factcheck.attribution.resolve import Resolved
from factcheck.claims.clauses import (
    is_question,
    trim,
    words_in,
)
from factcheck.claims.contents import (
    Sentences,
    calls_out,
    closed_up,
    names,
    statements,
    within_source,
)
from factcheck.claims.events import number_events
from factcheck.claims.grammar import is_clause
from factcheck.claims.parted import parted
from factcheck.claims.quoted import Quoted
from factcheck.claims.readings import Reader
from factcheck.claims.reports import reported
from factcheck.claims.spans import without
from factcheck.claims.stance import (
    TURNING,
    acts,
    governed,
    says_nothing,
    speaks,
    stance_of,
    states,
    within,
)
from factcheck.claims.whole import Whole
from factcheck.records import Article, Claim, QuoteKind, Span, Stance

_FEWEST_REPORTED = 4
# A quotation in a sentence of its own is none of what its speaker turns against before.
_TURNED = TURNING.difference(("asks",))
# Claims that one clause is held against.
_MOST_INNER = 10


@dataclass(slots=True)
class _Draft:
    """A claim to be: its pieces, and the attribution that it comes from, if any."""

    spans: tuple[Span, ...]
    source: Resolved | None = None
    quote: QuoteKind = "none"
    stance: Stance = "asserts"
    content: tuple[Span, ...] = ()


def build(article: Article, resolved: Sequence[Resolved]) -> list[Claim]:
    """Make the claims of an article, numbered in text order.

    What is attributed becomes utterances; what remains of the body's sentences becomes reports.
    Questions, headings, captions and boilerplate are no claims. Every span lies inside the
    article's text; `text` is the spans' text joined by one space.
    """
    sentences = Sentences(article)
    quoted = Quoted(article)
    read = [_read(article.text, one) for one in resolved]
    resolved = [one for one, _ in read]
    stances = list(_with_asides(article.text, resolved, [stance for _, stance in read]))
    resolved = [_governing(article.text, one, s) for one, s in zip(resolved, stances, strict=True)]
    drafts = _utterances(article, resolved, stances, sentences, quoted)
    used = {id(draft.source) for draft in drafts}
    told = reported(
        article,
        [one for one in resolved if id(one) in used or _asks(article.text, one)],
        [span for draft in drafts for span in draft.spans],
    )
    drafts += [_Draft(one.spans) for one in told]
    drafts.sort(key=lambda draft: (draft.spans[0][0], draft.spans[-1], draft.source is None))
    events = number_events(article, resolved)
    reader = Reader(article, resolved, quoted)
    seen: Counter[tuple[str, str]] = Counter()
    claims = []
    for number, draft in enumerate(_distinct(drafts), 1):
        one = draft.source
        context = reader.context(draft.spans, one, draft.stance)
        reading = reader.read(draft.spans, one, draft.stance, context)
        _leave_open(article.text, draft)
        text = " ".join(article.text[start:end] for start, end in draft.spans)
        # Where a sentence names no source its speaker is what is made of it, not what is written.
        names = one.speaker if one and one.attribution.source else None
        words = (normalised(names.as_written if names else ""), normalised(text))
        seen[words] += 1
        claims.append(
            Claim(
                id=f"{article.id}:{number}",
                fingerprint=_hash(article.outlet, *words, seen[words]),
                article=article.id,
                start=draft.spans[0][0],
                end=draft.spans[-1][1],
                spans=draft.spans,
                text=text,
                reading=reading,
                kind="utterance" if one else "report",
                quote=draft.quote,
                stance=draft.stance,
                content=draft.content,
                context=context,
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


def fingerprints(outlet: str, claims: Iterable[Claim]) -> list[str]:
    """The fingerprints that all claims of an article, in text order, have under an outlet's name.

    They depend on it, the speaker as written, the normalised wording and the occurrence.
    """
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for claim in claims:
        written = claim.speaker.as_written if claim.speaker and claim.source_spans else ""
        told = (normalised(written), normalised(claim.text))
        seen[told] += 1
        found.append(_hash(outlet, *told, seen[told]))
    return found


def _hash(outlet: str, speaker: str, words: str, occurrence: int) -> str:
    text = f"{outlet}\n{speaker}\n{words}\n{occurrence}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def normalised(text: str) -> str:
    """The wording of a text without case, punctuation, quotation marks and white space."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(char if char.isalnum() or char in "%$€£" else " " for char in folded)
    return " ".join(kept.split())


def _leave_open(text: str, draft: _Draft) -> None:
    """Take what denies a content, or leaves it open, out of it: "there is no evidence | that …"."""
    rest = within(text, draft.spans)
    if rest is None or draft.stance != "asserts":
        return
    span = trim(text, (rest.start, rest.end))
    if is_clause(text[slice(*span)]):
        draft.spans, draft.stance = (span,), rest.stance


def _read(text: str, one: Resolved) -> tuple[Resolved, Stance]:
    """An attribution and its stance, what turns its content round taken into its cue."""
    found = parted(text, one.attribution)
    if found is None:
        return one, stance_of(text, one.attribution)
    attribution, stance = found
    return one.model_copy(update={"attribution": attribution}), stance


def _with_asides(
    text: str, resolved: Sequence[Resolved], stances: Sequence[Stance]
) -> Iterator[Stance]:
    """The stances, that of an aside being its speaker's to what it is said of: "hit back at reports
    of a sale, calling them laughable".
    """
    taken = {
        (one.attribution.source, end): stance
        for one, stance in zip(resolved, stances, strict=True)
        for _, end in one.attribution.content[-1:]
        if one.attribution.source
    }
    for one, stance in zip(resolved, stances, strict=True):
        source, cue = one.attribution.source, one.attribution.cue
        if stance == "asserts" and names(text, one):
            at = cue[0][0]
            while at and text[at - 1] in " ,":
                at -= 1
            stance = taken.get((source, at), stance)
        yield stance


def _governing(text: str, one: Resolved, stance: Stance) -> Resolved:
    attribution = governed(text, one.attribution, stance)
    return (
        one
        if attribution is one.attribution
        else one.model_copy(update={"attribution": attribution})
    )


def _utterances(
    article: Article,
    resolved: Sequence[Resolved],
    stances: Sequence[Stance],
    sentences: Sentences,
    quoted: Quoted,
) -> list[_Draft]:
    children: dict[int, list[Resolved]] = {}
    for one in resolved:
        if one.parent is not None:
            children.setdefault(one.parent, []).append(one)
    drafts: list[_Draft] = []
    whole = Whole(article)
    telling: set[int] = set()
    # Inner ones first: what an inner one does not tell is left to the outer.
    for number in sorted(range(len(resolved)), key=lambda at: _length(resolved[at])):
        one = resolved[number]
        if _only_cites(article, one) or says_nothing(article.text, one.attribution):
            continue
        if stances[number] == "asks" and not one.attribution.source:
            # "Asked whether …, Doe said": what a reporter wanted to know.
            continue
        inner = [child for child in children.get(number, []) if id(child) in telling]
        pieces = [whole.grown(piece) for piece in closed_up(article.text, one)]
        pieces = [within_source(article.text, one, piece) for piece in pieces]
        pieces = [sentences.last(article.text, piece, one.attribution.cue) for piece in pieces]
        if one.attribution.source and one.attribution.cue:
            # Of a paragraph before the reporting words only what is quoted is their speaker's.
            cue = one.attribution.cue[0]
            pieces = [
                piece
                for piece in pieces
                if not sentences.apart(piece, cue) or quoted.kind([piece]) == "direct"
            ]
        if inner:
            pieces = without(pieces, [_hull(child) for child in inner])
        # A sentence that goes on with a speaker is cut as the outlet's own are.
        plain = not (one.attribution.source or one.attribution.cue)
        for statement in statements(article.text, pieces, sentences, plain):
            content: tuple[Span, ...] = ()
            kind = quoted.kind(statement.spans)
            if kind == "direct" and calls_out(article.text, statement.spans):
                continue
            if (
                kind == "indirect"
                and stances[number] not in TURNING
                and acts(article.text, one.attribution, one.speaker)
            ):
                # "The judge ordered [that all be held]": what is done is the outlet's to tell.
                outer = resolved[one.parent] if one.parent is not None else None
                if clause := whole.clause(one, statement, outer):
                    drafts.append(_Draft(clause.spans))
                    telling.add(id(one))
                    continue
            if stances[number] in TURNING and states(article.text, statement.spans[0]):
                # What is denied stays apart from the denying words: they are its stance.
                pass
            elif not whole.is_whole(one, statement, kind):
                outer = resolved[one.parent] if one.parent is not None else None
                clause = None if inner else whole.clause(one, statement, outer)
                if clause is not None and not _says(article.text, one, kind):
                    # "She has no illusions about [the threat]" is what the outlet says of her.
                    drafts.append(_Draft(clause.spans))
                    telling.add(id(one))
                    continue
                if clause is not None:
                    content, statement = statement.spans, clause
                    kind = quoted.kind(statement.spans)
                elif stances[number] not in TURNING or inner:
                    # "…, who denied [the charge], said": a denial is not lost with its clause.
                    continue
            elif inner and words_in(article.text, statement.spans) < _FEWEST_REPORTED:
                continue
            stance = stances[number]
            if kind == "direct" and (
                _has_asked(article.text, one)
                if stance == "asks"
                else stance in _TURNED and sentences.after(statement.spans[0], one.attribution.cue)
            ):
                # "He denied it. | “I was at home.”" is how he denies it, and what stands beside
                # the question that somebody asked is none.
                stance = "asserts"
            drafts.append(_Draft(statement.spans, one, kind, stance, content))
            telling.add(id(one))
    return drafts


def _asks(text: str, one: Resolved) -> bool:
    """Whether a content is a question, which makes no claim of its reporting words either."""
    return bool(one.attribution.content) and is_question(text, one.attribution.content[-1][1])


def _has_asked(text: str, one: Resolved) -> bool:
    """Whether a piece of a content is the question that its cue tells of."""
    return any(is_question(text, end) for _, end in one.attribution.content)


def _only_cites(article: Article, one: Resolved) -> bool:
    """Whether an attribution names whom an outlet cites, and states nothing."""
    cue = " ".join(article.text[start:end] for start, end in one.attribution.cue).lower()
    return cue in ("citing", "quoting")


def _length(one: Resolved) -> int:
    start, end = _hull(one)
    return end - start


def _hull(one: Resolved) -> Span:
    spans = [*one.attribution.source, *one.attribution.cue, *one.attribution.content] or [(0, 0)]
    return (min(span[0] for span in spans), max(span[1] for span in spans))


def _distinct(drafts: Sequence[_Draft]) -> Iterator[_Draft]:
    """Drop a second claim of the very same words: the innermost attribution keeps them.

    A fragment's whole clause goes too, where what its speaker says in it is a claim already, or
    where it goes on in the clause of another: "Doe denied it, | calling it absurd".
    """
    plain = [draft for draft in drafts if draft.source and not draft.content]
    starts = [draft.spans[0][0] for draft in plain]
    drafts = [d for d in drafts if not d.content or not _has_inner(d, plain, starts)]
    told = {
        (d.spans[0][0], d.stance): d.spans[-1][1] for d in sorted(drafts, key=_end) if d.content
    }
    drafts = [d for d in drafts if not d.content or _end(d) == told[d.spans[0][0], d.stance]]
    by_spans: dict[tuple[tuple[Span, ...], bool], _Draft] = {}
    for draft in drafts:
        # What one says and another denies is two claims.
        key = (draft.spans, draft.stance in TURNING)
        known = by_spans.get(key)
        if known is None or (draft.source and draft.source.parent is not None):
            by_spans[key] = draft
    kept = {id(draft) for draft in by_spans.values()}
    return (draft for draft in drafts if id(draft) in kept)


def _end(draft: _Draft) -> int:
    return draft.spans[-1][1]


def _says(text: str, one: Resolved, quote: QuoteKind) -> bool:
    """Whether a fragment is told of its speaker as said: by a verb of saying, or quoted in part."""
    if quote != "indirect":
        return True
    if speaks(text, one.attribution) or stance_of(text, one.attribution) != "asserts":
        return True
    # "…, figures from the tribunal [showed]": what stands before its cue is what is told.
    cue, content = one.attribution.cue, one.attribution.content
    return bool(cue) and content[0][1] <= cue[0][0] and text[cue[-1][1] : cue[-1][1] + 1] in ".,"


def _has_inner(outer: _Draft, plain: Sequence[_Draft], starts: Sequence[int]) -> bool:
    """Whether one of the next claims behind a clause's start is its speaker's and lies in it."""
    end = outer.spans[-1][1]
    first = bisect_right(starts, outer.spans[0][0] - 1)
    return any(
        inner.spans[-1][1] <= end
        and inner.stance == outer.stance
        and outer.source is not None
        and inner.source is not None
        and inner.source.speaker == outer.source.speaker
        for inner in plain[first : first + _MOST_INNER]
    )


def _is_opinion(article: Article, one: Resolved) -> bool:
    lex = lexicon()
    words = {
        word.lower()
        for start, end in one.attribution.cue
        for word in re.findall(r"\w+", article.text[start:end])
    }
    return bool(words & lex.opinions) and not words & (lex.sayings - lex.opinions)
