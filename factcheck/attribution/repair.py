"""Slips of the tagger that the grammar of a sentence tells.

A wish not to be named is no statement but tells of its source. Whom a newspaper cites is the source
of what it reports. Reporting words between two commas interrupt a statement, which begins before
them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from factcheck.attribution import edges
from factcheck.attribution.draft import Draft
from factcheck.attribution.lexicon import lexicon
from factcheck.attribution.nouns import DETERMINERS, noun_kind
from factcheck.attribution.phrases import is_source
from factcheck.attribution.speech import speech, untold
from factcheck.outlets import lookup
from factcheck.records import Span

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_CITES = re.compile(r"(?i)\b(?:citing|quoting|(?:which|who|and) (?:cited|quoted|cites|quotes))\s+")
# What ends the words for a source that is cited.
_CITED_END = re.compile(
    r"[,.;:—–“\"\n]|\s(?:as (?:saying|telling)|saying|(?:on|late|early|last|this)\s"
    r"(?:\w+\s)?(?:\w+day|week|month|year|night|morning|afternoon|evening)\b)"
)
_REASON = re.compile(r"\s+(?:because|since|as|for|out of|due to|given)\s[^,.;:“”\"\n]{1,200}")
# A name or a pronoun right before reporting words.
_BEFORE = re.compile(
    r"(?P<name>(?:\b[^\W\d_a-z][\w.'’-]*(?: (?=[^\W\d_a-z]))?){1,5}|\b(?:he|she|they))\s$"
)
# A name right behind reporting words that follow a quotation: "…," said Tom Webb.
_BEHIND = re.compile(
    r"\s(?P<name>(?:[^\W\d_a-z][\w'’-]*|[A-Z]\.)(?: (?:[^\W\d_a-z][\w'’-]*|[A-Z]\.)){0,4})(?=[,.;])"
)
_CLOSING = re.compile(r"[,.!?…]?[\"”’'»]\s$")
# "Reuters, citing two officials, reported": the name at the start of the sentence.
_CITING_NAME = re.compile(
    r"(?P<name>(?:[Tt]he )?[^\W\d_a-z][\w'’-]*(?: [^\W\d_a-z][\w'’-]*){0,3}), (?:citing|quoting)\b"
)
# "Cole was quoted by the Ledger as saying that …"
_QUOTED_AS = re.compile(
    r" (?:was|were|is|are|has been|have been) (?:also |later |widely )?(?:quoted|cited) "
    r"(?:by [^,.;:“”\"\n]{2,80} )?as (?:saying|telling \w+)(?: that)? "
)
# Reporting words whose subject speaks: "maintains in a letter", "has claimed", not "is expected".
_ACTIVE = re.compile(
    r"(?:(?:has|have|had|also|later|now) ){0,3}"
    r"(?:(?P<as>(?:was|were|is|are|been) (?:quoted|cited) as (?:saying|telling))|(?P<verb>\w+))"
)
_AS_SAYING = re.compile(r" as (?:saying|telling \w+)$")
# "One, Ann Cole, said", "One of the divers, Ann Cole, said": one of several, and the name.
_ONE = re.compile(
    r"(?:One|Another|A (?:second|third|fourth)|The (?:first|second|other))(?: of [^,;:\n]{2,40})?, "
    r"(?P<name>[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){0,3}(?:, [^,.;:“”\"]{2,60})?),? "
)
_LONGEST_CITED = 120
_LONGEST_DESCRIPTION = 6
# A body's name with a row of what it is for.
_CAPITAL = r"[A-Z][\w'’-]+"
_ROW = re.compile(
    rf"(?:\b[Tt]he )?\b{_CAPITAL}(?: {_CAPITAL}){{0,3}} (?:of|for)(?: the)? "
    rf"{_CAPITAL}(?: {_CAPITAL})?"
    rf"(?:, {_CAPITAL}(?: {_CAPITAL})?){{1,4}},? and {_CAPITAL}(?: {_CAPITAL})?"
)
_SENTENCE_END = re.compile(r"[.!?…][\"”’')]*\s+(?=[^\sa-z])")
_SENTENCE = 400
_MARKS = frozenset('“”"«»;:()\n')
_QUOTES = frozenset("“”\"«»‘'")
_FEWEST_LEFT = 2


def repair(text: str, blocks: Sequence[Span], drafts: list[Draft]) -> None:
    """Mend attributions in place; some go, some are added.

    `blocks` are the paragraphs that the attributions stand in, in order.
    """
    _untold(text, drafts)
    edges.mend(text, drafts)
    for draft in drafts:
        draft.content = _joined(text, draft.content)
    starts = [start for start, _ in blocks]
    taken = sorted(span for d in drafts for span in (*d.source, *d.cue, *d.content))
    owners = {span: draft for draft in drafts for span in draft.content}
    for draft in list(drafts):
        at = bisect_right(starts, min(draft.cue or draft.content)[0]) - 1
        if at < 0:
            continue
        _own_paragraph(text, blocks[at], draft)
        _quoted_as(text, blocks[at], draft)
        _whole_name(text, blocks[at], draft)
        _one_of_them(text, draft)
        _subject(text, blocks[at], draft)
        _quoting(text, blocks[at], draft)
        _adjacent(text, blocks[at], draft, owners)
        _interrupted(text, blocks[at], draft, taken)
        if cited := _cited(text, blocks[at], draft):
            drafts.append(cited)


def _joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """Spans between which nothing but a space stands, as one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and text[joined[-1][1] : start] == " ":
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _untold(text: str, drafts: list[Draft]) -> None:
    """Take out the wishes not to be named, and let them be told of whoever has them."""
    wishes = [draft for draft in drafts if _is_wish(text, draft)]
    if not wishes:
        return
    gone = {id(draft) for draft in wishes}
    drafts[:] = [draft for draft in drafts if id(draft) not in gone]
    sources = sorted(
        ((draft.source[-1], draft) for draft in drafts if draft.source), key=lambda pair: pair[0]
    )
    for wish in wishes:
        spans = [*wish.source, *wish.cue, *wish.content]
        first, last = min(spans)[0], max(end for _, end in spans)
        at = bisect_right(sources, first, key=lambda pair: pair[0][0]) - 1
        if at < 0:
            continue
        (start, end), draft = sources[at]
        if end >= first or not _WORD.search(text, end, first):
            draft.source[-1] = (start, max(end, _reason(text, last)))


def _is_wish(text: str, draft: Draft) -> bool:
    """Whether a content is that somebody be not named."""
    start, end = min(draft.content)[0], max(end for _, end in draft.content)
    return end - start < _SENTENCE and untold(text[start:end], whole=True)


def _sentence(text: str, block: Span, at: int) -> Span:
    """The sentence of a block that holds an offset, a few hundred characters of it at most."""
    first = max(block[0], at - _SENTENCE)
    for match in _SENTENCE_END.finditer(text, first, at):
        first = match.end()
    end = min(block[1], at + _SENTENCE)
    ending = _SENTENCE_END.search(text, at, end)
    return first, ending.start() + 1 if ending else end


def _own_paragraph(text: str, block: Span, draft: Draft) -> None:
    """Leave unquoted words of another paragraph to it, where the reporting words have their own in
    theirs, and do not lead up to more.
    """
    own = [span for span in draft.content if span[1] > block[0] and span[0] < block[1]]
    if draft.cue and own and not text[block[0] : block[1]].rstrip("*_ ").endswith(":"):
        draft.content = [
            (start, end)
            for start, end in draft.content
            if (start, end) in own or any(mark in _QUOTES for mark in text[start:end])
        ]


def _quoted_as(text: str, block: Span, draft: Draft) -> None:
    """Give what somebody was quoted as saying to them, not to the outlet that quoted them."""
    for start, end in draft.content:
        match = _QUOTED_AS.match(text, end, block[1])
        if match is None or not any(end <= first < match.end() for first, _ in draft.source):
            continue
        rest = [(max(a, match.end()), b) for a, b in draft.content if b > match.end() and a >= end]
        if rest:
            draft.source, draft.cue = [(start, end)], [(end + 1, match.end() - 1)]
            draft.content = rest
        return


def _subject(text: str, block: Span, draft: Draft) -> None:
    """Give "Ferris, whose yard it is, maintains in a letter that …" to Ferris, who opens the
    sentence, where no source was found.
    """
    if draft.source or len(draft.cue) != 1:
        return
    cue = draft.cue[0]
    verb = _ACTIVE.match(text, *cue)
    known = lexicon().sayings | speech()["aside_verbs"] | speech()["judges"]
    if verb is None or not (verb["as"] or verb["verb"].lower() in known):
        return
    first, _ = _sentence(text, block, cue[0])
    subject = (first, len(text[first : cue[0]].rstrip(" ,")))
    content = [span for span in draft.content if span[0] >= cue[1]]
    others = [span for span in draft.content if span[0] < cue[1]]
    if not content or any(start < first or end > cue[0] for start, end in others):
        return
    name = text[slice(*subject)].split(", ")[0]
    closed = name == text[slice(*subject)] or text[subject[1]] == ","
    if closed and name.lower() != "it" and is_source(text, (first, first + len(name))):
        draft.source, draft.content = [subject], content


def _quoting(text: str, block: Span, draft: Draft) -> None:
    """Give "…, the agency quoted the mayor as saying" to the mayor, with what stands before."""
    if len(draft.cue) != 1 or len(draft.content) != 1:
        return
    start, end = draft.content[0]
    saying = _AS_SAYING.search(text[start:end])
    if saying is None or not 0 <= start - draft.cue[0][1] <= 1:
        return
    first, _ = _sentence(text, block, start)
    comma = text.rfind(", ", first, draft.source[0][0] if draft.source else draft.cue[0][0])
    if comma > first:
        draft.source = [(start, start + saying.start())]
        draft.cue = [draft.cue[0], (start + saying.start() + 1, end)]
        draft.content = [(first, comma)]


def _whole_name(text: str, block: Span, draft: Draft) -> None:
    """Give a source the whole of a body's name: "the Centre for Rivers, | Lakes and Wetlands"."""
    for number, (start, end) in enumerate(draft.source):
        first = max(block[0], start - _LONGEST_CITED)
        for match in _ROW.finditer(text, first, min(block[1], end + _LONGEST_CITED)):
            begin, stop = match.span()
            name = match[0].removeprefix("the ").removeprefix("The ").split(" of ")[0]
            known = lexicon().organisation_names
            if not (begin < start < stop or start <= begin < end < stop) or not any(
                word.lower() in known for word in name.split(" for ")[0].split()
            ):
                continue
            draft.source[number] = (min(start, begin), max(end, stop))
            draft.content = [
                (a, len(text[:begin].rstrip(" ,"))) if a < begin < b <= stop else (a, b)
                for a, b in draft.content
                if not begin <= a < b <= stop
            ] or draft.content
            return


def _one_of_them(text: str, draft: Draft) -> None:
    """Give "One, Ann Cole, said" to her who is named."""
    if len(draft.source) != 1 or not draft.cue or draft.cue[0] < draft.source[0]:
        return
    if name := _ONE.fullmatch(text, draft.source[0][0], draft.cue[0][0]):
        draft.source = [name.span("name")]


def _adjacent(text: str, block: Span, draft: Draft, owners: dict[Span, Draft]) -> None:
    """Give "Ferris said …" to Ferris, where its source was found in another sentence."""
    if not draft.cue or not draft.source:
        return
    at = min(draft.cue)[0]
    first, end = _sentence(text, block, at)
    if any(start < end and first < stop for start, stop in draft.source):
        return
    found = _named_before(text, first, at) or _named_behind(text, block, draft)
    if found is None or any(start < found[1] and found[0] < end for start, end in draft.content):
        return
    if (other := owners.get(found)) and len(other.content) > 1:
        other.content.remove(found)
    draft.source = [found]


def _named_before(text: str, first: int, at: int) -> Span | None:
    """The name or pronoun between `first` and reporting words at `at` that stands right before, or
    opens the sentence that begins at `first`, with those it cites.
    """
    if citing := _CITING_NAME.match(text, first, at + len("citing")):
        return citing.span("name")
    name = _BEFORE.search(text[max(first, at - _LONGEST_CITED) : at])
    if name is None:
        return _described_before(text, first, at)
    start = at - len(name[0]) + name.start("name") - name.start()
    return start, start + len(name["name"])


def _described_before(text: str, first: int, at: int) -> Span | None:
    """The description that a sentence opens with, right before its verb: "The health ministry"."""
    words = list(_WORD.finditer(text, first, at))
    if not 2 <= len(words) <= _LONGEST_DESCRIPTION or words[0][0].lower() not in DETERMINERS:
        return None
    start, end = words[0].start(), words[-1].end()
    plain = text[start:end].count(" ") == len(words) - 1 and text[end:at] == " "
    return (start, end) if plain and noun_kind(words[-1][0].lower()) else None


def _named_behind(text: str, block: Span, draft: Draft) -> Span | None:
    """The name right behind the one reporting verb that follows a quotation."""
    if len(draft.cue) != 1:
        return None
    (start, stop) = draft.cue[0]
    name = _BEHIND.match(text, stop, min(block[1], stop + _LONGEST_CITED))
    if name is None or not _CLOSING.search(text[max(block[0], start - 4) : start]):
        return None
    calendar = name["name"].split()[0].lower() in lexicon().calendar
    return None if calendar else name.span("name")


def _interrupted(text: str, block: Span, draft: Draft, taken: Sequence[Span]) -> None:
    """Take in what stands before ", the army added," at the start of its sentence."""
    if not draft.source or not draft.cue:
        return
    first, last = min(*draft.source, *draft.cue)[0], max(*draft.source, *draft.cue)[1]
    if text[:first].rstrip()[-1:] != "," or text[last : last + 1] != ",":
        return
    begin = min(draft.content)[0]
    sentence = _sentence(text, block, first)
    comma = text.rindex(",", 0, first)
    if not last < begin < sentence[1] or text[last:begin].count(" ") > _FEWEST_LEFT + 1:
        return
    left = text[sentence[0] : comma]
    if len(_WORD.findall(left)) < _FEWEST_LEFT or any(mark in _MARKS for mark in left):
        return
    at = bisect_left(taken, (sentence[0], 0))
    before = taken[at - 1][1] if at else 0
    if before > sentence[0] or (at < len(taken) and taken[at][0] < comma):
        return
    draft.content = sorted([(sentence[0], comma), *draft.content])
    number = draft.content.index(next(span for span in draft.content if span[0] == begin))
    word = _WORD.search(text, last, begin + 1)
    if word:
        draft.content[number] = (word.start(), draft.content[number][1])


def _cited(text: str, block: Span, draft: Draft) -> Draft | None:
    """The attribution to whom an outlet cites, inside the one to the outlet."""
    if not draft.source or not draft.cue:
        return None
    roles = (*draft.source, *draft.cue)
    first, end = _sentence(text, block, min(roles)[0])
    match = _CITES.search(text, first, end)
    if match is None or not (_is_relay(text, draft) or match[0].lower().startswith("which")):
        return None
    stop = _CITED_END.search(text, match.end(), min(end, match.end() + _LONGEST_CITED))
    source = (match.end(), stop.start() if stop else min(end, match.end() + _LONGEST_CITED))
    content = [span for span in draft.content if span[1] <= source[0] or span[0] >= source[1]]
    said = [
        (span[0], match.start()) if span[0] < match.start() < span[1] else span for span in content
    ]
    if not content or not _WORD.search(text, *source):
        return None
    # The one cited stands inside what the outlet reports, with the reporting words.
    cue = [*draft.cue, (match.start(), match.end() - 1)]
    draft.content = sorted([*said, *cue, source])
    return Draft([source], cue, said)


def _is_relay(text: str, draft: Draft) -> bool:
    """Whether a source is one that reports what others say."""
    lex = lexicon()
    cue = " ".join(text[start:end] for start, end in draft.cue).lower()
    source = " ".join(text[start:end] for start, end in draft.source)
    words = {word.lower() for word in _WORD.findall(source)}
    name = source.removeprefix("the ").removeprefix("The ").strip(" ,")
    return "report" in cue or bool(words & lex.outlet_nouns) or lookup(name) is not None


def _reason(text: str, end: int) -> int:
    """Where the reason ends that is given for a wish: "… because he may not speak to reporters"."""
    match = _REASON.match(text, end)
    return match.end() if match else end
