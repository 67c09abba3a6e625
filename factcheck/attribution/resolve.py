"""Attributions → speakers, voices and relays."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence

from factcheck import lang
from factcheck.attribution.antecedents import Antecedents
from factcheck.attribution.discourse import Discourse, discourse_of
from factcheck.attribution.labelled import unknown
from factcheck.attribution.lexicon import fold, lexicon
from factcheck.attribution.mention import Mention
from factcheck.attribution.pronouns import FIRST, RELATIVE
from factcheck.attribution.relays import (
    named_to_sources,
    outlet_at,
    outlet_kind,
    relay_name,
    relays,
)
from factcheck.attribution.sources import hears, is_nobody
from factcheck.attribution.speakers import Identity
from factcheck.attribution.who import who
from factcheck.records import Article, Attribution, Record, Span, Speaker, Via

_CITING = re.compile(
    r"\b(?:citing|quoting)\s+(?:(?:the |an? )?(?:comments?|remarks|statements?|words|interview)"
    r"(?: made)? (?:by|from|of|with)\s+)?",
    re.IGNORECASE,
)
_CITED = 200
_NAME = 60
# A content of fewer words in the middle of the reporting words is a slip of the tagger.
_CRUMB = 3
# What a statement inside a statement looks like: "… made it clear that", "said “".
_SAYS = re.compile(
    r"(?:\s+(?:also|has|have|had|later|repeatedly|again)){0,2}\s+[“\"‘']?"
    r"(?:made it (?:[a-z]+ )?clear|"
    r"said|says|stated|announced|warned|insisted|claimed|declared|confirmed|denied|told [A-Z]\w+)"
    r"(?:\s+(?:on|in) [A-Z]\w+)?\s*,?\s*(?:that\b|[“\"])"
)


_NO_NAMES = RELATIVE | lang.words("attribution", "resolve", "no_names")
_LEADS = lang.words("attribution", "resolve", "leads")


class Resolved(Record):
    """An attribution with who speaks in it, who vouches for it, and what it passed through.

    `speaker` is the innermost source; `voice` the outermost that is no outlet (`None` where an
    outlet alone stands for it). `parent` is the index, in the same list, of the attribution whose
    content this one is part of.
    """

    attribution: Attribution
    speaker: Speaker | None
    voice: Speaker | None
    via: tuple[Via, ...]
    parent: int | None = None
    # Attributions of one article with the same number have the same speaker.
    who: int | None = None


def resolve(article: Article, attributions: Sequence[Attribution]) -> list[Resolved]:
    """Resolve the attributions of one article, in their order.

    Left out is what nobody says ("Nobody said that …"): it is the outlet's own sentence. Time
    grows with the article's length and the number of its attributions.
    """
    discourse = discourse_of(article)
    antecedents = Antecedents(discourse)
    attributions = [one for one in attributions if not is_nobody(article.text, one)]
    order = sorted(range(len(attributions)), key=lambda n: _position(attributions[n]))
    parents = _parents(attributions)
    told = named_to_sources(discourse)
    own: dict[int, _Own] = {}
    carried: Via | None = None
    for number in order:
        parent = parents[number]
        outer = own.get(parent) if parent is not None else None
        one = _own(discourse, antecedents, attributions[number], outer)
        while told and told[0].span[0] < _position(attributions[number])[0]:
            carried = told.pop(0)
        voice = one.vouches
        if voice is not None and voice.kind == "unnamed":
            named = [via for via in one.via if via.kind in ("agency", "outlet")]
            inherited = outer is not None and outer.outlet is not None
            if named:
                carried = named[-1]
            elif carried is not None and not inherited and _is_source(voice):
                one.via.append(carried.model_copy(update={"carried": True}))
        elif one.outlet is not None and one.identity is None:
            carried = one.outlet
        own[number] = one
    found = [_resolved(number, attributions, parents, own) for number in range(len(attributions))]
    numbers: dict[int | str, int] = {}
    for number, one in own.items():
        if one.identity is not None:
            speaker = one.identity.speaker
            unnamed = speaker.kind == "unnamed"
            key = id(one.identity.entity) if unnamed else fold(speaker.name)
            who = numbers.setdefault(key, len(numbers))
            found[number] = found[number].model_copy(update={"who": who})
    return found


def _is_source(speaker: Speaker) -> bool:
    """Whether an unnamed speaker is of the kind that talks to a reporter ("a diplomat"), rather
    than a public at large ("some voters").
    """
    heads = lexicon().unnamed
    return any(
        word in heads or word.removesuffix("s") in heads for word in speaker.name.lower().split()
    )


class _Own:
    """What an attribution tells by itself: its source's identity, or the outlet it is."""

    def __init__(self) -> None:
        self.identity: Identity | None = None
        self.outlet: Via | None = None
        self.reporter: Speaker | None = None
        self.voice: Speaker | None = None
        self.via: list[Via] = []

    @property
    def vouches(self) -> Speaker | None:
        """The outermost source of this attribution that is no outlet."""
        return self.voice or (self.identity.speaker if self.identity else None)


def _own(
    discourse: Discourse, antecedents: Antecedents, attribution: Attribution, outer: _Own | None
) -> _Own:
    one = _Own()
    one.via = relays(discourse, _frame(discourse.article, attribution))
    identity = _identity(discourse, antecedents, attribution, outer)
    if identity is None:
        return one
    source = attribution.source[0]
    at_outlet = outlet_at(discourse, source[0], _with_name(discourse, attribution.source[-1][1]))
    name = identity.speaker.name
    may_report = identity.speaker.kind == "organisation" and name not in discourse.things
    is_outlet = outlet_kind(name) if may_report else None
    if at_outlet and at_outlet[0].kind != "person" and not _people_first(identity, at_outlet[0]):
        mention, kind = at_outlet
        one.outlet = Via(
            name=relay_name(discourse, mention), kind=kind, span=(mention.start, mention.end)
        )
    elif is_outlet:
        one.outlet = Via(name=name, kind=is_outlet, span=source)
    one.via = [via for via in one.via if one.outlet is None or via.name != one.outlet.name]
    if one.outlet is not None:
        one.reporter = identity.speaker
        one.identity = _cited(discourse, antecedents, attribution) or _speaker_inside(
            discourse, antecedents, attribution
        )
        one.via.insert(0, one.outlet)
    else:
        one.identity = identity
        inner = _speaker_inside(discourse, antecedents, attribution)
        if inner is not None and inner.speaker.name != identity.speaker.name:
            one.voice = identity.speaker
            discourse.heard(source[0], identity.entity, identity.speaker)
            one.identity = inner
    if one.identity is not None:
        discourse.heard(source[0], one.identity.entity, one.identity.speaker)
    return one


def _with_name(discourse: Discourse, end: int) -> int:
    """Where a source ends, a name that follows it directly ("the outlet APA") taken in."""
    if discourse.article.text[end : end + 1] != " ":
        return end
    names = [m for m in discourse.within(end, end + _NAME) if m.named and m.start == end + 1]
    return names[0].end if names else end


def _people_first(identity: Identity, outlet: Mention) -> bool:
    """Whether a source is somebody at an outlet ("a Fox News host"), not the outlet."""
    if outlet.kind == "unknown" and outlet.name in identity.speaker.name:
        return False
    return identity.speaker.kind in ("unnamed", "named", "document")


def _identity(
    discourse: Discourse, antecedents: Antecedents, attribution: Attribution, outer: _Own | None
) -> Identity | None:
    if not attribution.source:
        return None
    written = discourse.article.text[attribution.source[0][0] : attribution.source[-1][1]]
    if hears(discourse.article.text, attribution):
        # "The court heard that …": somebody said it there.
        return Identity(*unknown(written))
    if written.lower() in FIRST:
        # "I" and "we" of a quotation are its speaker, elsewhere the author.
        if outer is not None and outer.identity is not None:
            speaker = outer.identity.speaker.model_copy(update={"as_written": written})
            return Identity(speaker, outer.identity.entity)
        return None
    return who(discourse, antecedents, attribution.source)


def _cited(
    discourse: Discourse, antecedents: Antecedents, attribution: Attribution
) -> Identity | None:
    """Whom an outlet cites in the same sentence: "APA reported …, citing comments by …"."""
    text = discourse.article.text
    for start, end in _sentence_spans(discourse.article, attribution):
        match = _CITING.search(text, start, end)
        if match is None:
            continue
        stop = min(end, match.end() + _CITED)
        words = discourse.words.between(match.end(), stop)
        if not words:
            continue
        last = words[0]
        for before, word in itertools.pairwise(words):
            gap = text[before.stop : word.start]
            if gap != " " and gap != "-":
                break
            last = word
        return who(discourse, antecedents, [(words[0].start, last.end)])
    return None


def _speaker_inside(
    discourse: Discourse, antecedents: Antecedents, attribution: Attribution
) -> Identity | None:
    """The speaker told of at the start of the content: "…, Ankara made it clear that …"."""
    if not attribution.content:
        return None
    start = attribution.content[0][0]
    end = max(attribution.content[0][1], attribution.content[-1][1])
    for mention in discourse.within(start, min(end, start + _CITED))[:4]:
        if not mention.named or mention.possessive or not mention.subject:
            continue
        lead = discourse.article.text[start : mention.start].strip(" “\"'‘")
        if lead and lead.lower() not in _LEADS and not lead.endswith(","):
            return None
        if _SAYS.match(discourse.article.text, mention.end, min(end, mention.end + 80)):
            return who(discourse, antecedents, [(mention.start, mention.end)])
    return None


def _resolved(
    number: int,
    attributions: Sequence[Attribution],
    parents: Sequence[int | None],
    own: dict[int, _Own],
) -> Resolved:
    one = own[number]
    speaker = one.identity.speaker if one.identity else one.reporter
    if speaker is not None and speaker.name.lower() in _NO_NAMES:
        speaker = None
    voice = one.vouches
    if voice is not None and voice.name.lower() in _NO_NAMES:
        voice = None
    via = list(one.via)
    parent = parents[number]
    steps = 0
    while parent is not None and steps < 8:
        outer = own[parent]
        if outer.outlet is None and outer.vouches is not None:
            voice = outer.vouches
        via.extend(v for v in outer.via if v not in via)
        parent = parents[parent]
        steps += 1
    return Resolved(
        attribution=attributions[number],
        speaker=speaker,
        voice=voice,
        via=tuple(sorted(via, key=lambda v: (v.carried, v.span))),
        parent=parents[number],
    )


def _position(attribution: Attribution) -> tuple[int, int]:
    spans = attribution.source or attribution.cue or attribution.content
    return (spans[0][0], -spans[-1][1]) if spans else (0, 0)


def _hull(spans: Sequence[Span]) -> Span:
    return (spans[0][0], spans[-1][1])


def _parents(attributions: Sequence[Attribution]) -> list[int | None]:
    """For each attribution, the smallest one whose content holds its cue and content."""
    hulls = []
    for number, one in enumerate(attributions):
        if one.content:
            start, end = _hull(one.content)
            hulls.append((start, -end, number))
    parents: list[int | None] = [None] * len(attributions)
    stack: list[tuple[int, int]] = []
    for _, negative, number in sorted(hulls):
        while stack and stack[-1][0] < -negative:
            stack.pop()
        for end, other in reversed(stack[-4:]):
            if end >= -negative and _inside(attributions[number], attributions[other]):
                parents[number] = other
                break
        stack.append((-negative, number))
    return parents


def _inside(inner: Attribution, outer: Attribution) -> bool:
    spans = (*inner.cue, *inner.source)
    return (
        bool(spans)
        and inner.content != outer.content
        and all(any(o[0] <= span[0] and span[1] <= o[1] for o in outer.content) for span in spans)
    )


def _sentence_spans(article: Article, attribution: Attribution) -> list[Span]:
    spans = [*attribution.source, *attribution.cue]
    found: list[Span] = []
    for start, _ in spans or attribution.content[:1]:
        number = bisect_left(article.sentences, start + 1, key=lambda s: s.start) - 1
        if number >= 0:
            sentence = article.sentences[number]
            if (sentence.start, sentence.end) not in found:
                found.append((sentence.start, sentence.end))
    return found


def _frame(article: Article, attribution: Attribution) -> list[Span]:
    """The pieces of an attribution's sentences that are not its content."""
    frame: list[Span] = []
    for start, end in _sentence_spans(article, attribution):
        at = start
        for piece in sorted(attribution.content):
            if (
                len(article.text[piece[0] : piece[1]].split()) < _CRUMB
                and len(attribution.content) > 1
            ):
                continue
            if piece[1] <= at or piece[0] >= end:
                continue
            if piece[0] > at:
                frame.append((at, piece[0]))
            at = max(at, piece[1])
        if at < end:
            frame.append((at, end))
    return frame
