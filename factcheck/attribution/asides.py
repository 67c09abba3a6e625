"""Sources that a sentence names beside what it tells, where the tagger has not seen them.

"…, Kyrgyz officials maintain", "…, says the office, …", "In Doe's version …", "…, by the ministry's
count": nothing but the grammar of the sentence is needed to see who says it. What the tagger has
found right is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from factcheck import lang
from factcheck.attribution.draft import Draft
from factcheck.attribution.lexicon import lexicon
from factcheck.attribution.nouns import noun_kind
from factcheck.attribution.phrases import (
    MOST_WORDS,
    PRONOUNS,
    SIGNS,
    STARTERS,
    WORD,
    Held,
    Quoted,
    is_source,
    overlap,
    sentences,
)
from factcheck.attribution.quotes import Quotation
from factcheck.attribution.speech import speech
from factcheck.records import Span

_LONGEST = 500
_FEWEST_SAID = 4
_PAST = lang.words("attribution", "asides", "past")
_NO_ASIDES = lang.words("attribution", "asides", "no_asides")
_AUX = lang.words("attribution", "asides", "aux")
_FRONTS = lang.words("attribution", "asides", "fronts")
_AFTER = lang.words("attribution", "asides", "after")
_TOLD = lang.words("attribution", "asides", "told")
_JOINS = lang.words("attribution", "asides", "joins")
# A piece after an aside that goes on with what is said; one that tells of its source does not.
_GOES_ON = frozenset("where but".split())
# Verbs of more words than one, before which a source stands; and each word of a sentence.
_MORE = r"(?:(?:went|goes) on|lets? slip|points? out|pointed out)(?=[.,;!]|$)"
_VERB = re.compile(rf"{_MORE}|{WORD.pattern}")
# "Police put the crowd at 400", "The organisers spoke of 1,500", "Doctors put it down to the cold".
_FIGURE = re.compile(
    r"(?P<who>(?:[^\s,;:“”\"()]+ ){1,6}?)(?:has |have |had )?"
    r"(?:(?P<put>puts?) (?P<what>[^,;:“”\"()]{2,60}? at "
    r"(?:(?:about|around|nearly|almost|over|some|only|just|up|to|more|less|than|at|least) ){0,3}"
    r"[$£€]?\d[^;:“”\"]*"
    r"|(?:it|this|that|(?:the|its|his|her|their) [^,;:“”\"()]{2,50}?) (?:all |solely |mostly )?"
    r"down to (?!(?:the )?(?:bottom|death|floor|ground|left|right|sea|side|street|water)\b)"
    r"[^;:“”\"]{4,})"
    r"|(?P<spoke>speaks? of|spoke of|spoken of) (?P<of>[^;:“”\"]*\d[^;:“”\"]*))$"
)
_ACCOUNTS = (
    r"(?:own |first |latest |official )*"
    r"(?:version|account|telling|words|view|opinion|reckoning|count|"
    r"estimate|estimates|tally|figures|numbers|reading|book|eyes|list|assessment)"
)
_WHO = r"(?P<who>(?:[^\s,;:“”\"()]+ ){0,7}?[^\s,;:“”\"()]+?)"
_OF = re.compile(
    rf"\b(?P<cue>(?:[Ii]n|[Bb]y|[Gg]oing by|[Oo]n|[Aa]t) {_WHO}(?:['’]s|(?<=s)['’]) {_ACCOUNTS})"
    r"(?=[,;] |[.]?$| [a-z])"
)
_BY = re.compile(
    r"\b(?P<cue>(?:[Ii]n the (?:words|view|version|account|telling|eyes|opinion|reckoning) of|"
    rf"[Aa]ccording to|[Gg]oing by)) {_WHO}(?=, |; |[.]?$| (?:who|which|that)\b)"
)
_PLAIN = lang.words("attribution", "asides", "plain")
_OF_NOUN = lang.words("attribution", "asides", "of_noun")
_RELATIVES = lang.words("attribution", "common", "relatives")
_BEGINNINGS = lang.listed("attribution", "asides", "beginnings")
_POINTING = lang.words("attribution", "asides", "pointing")
_OF_SOURCE = lang.words("attribution", "asides", "of_source")


@dataclass(frozen=True, slots=True)
class _Aside:
    """Who says what in a sentence, by its grammar."""

    source: Span
    cue: Span
    content: tuple[Span, ...]


def add(
    text: str, blocks: Sequence[Span], quotations: Sequence[Quotation], drafts: list[Draft]
) -> None:
    """Add the attributions that the grammar of a sentence shows; mend what it contradicts.

    `blocks` are the paragraphs that the drafts stand in, in order.
    """
    quoted = Quoted(quotations)
    held = Held(drafts)
    for block in blocks:
        for sentence in sentences(text, block):
            found = next(_asides(text, sentence, quoted), None)
            if found is None:
                continue
            if near := held.reporting(found.cue):
                _mend(text, near, found)
            elif held.leaves(found.content):
                drafts.append(Draft([found.source], [found.cue], sorted(found.content)))


@lru_cache(maxsize=1)
def _verbs() -> frozenset[str]:
    return (lexicon().sayings | speech()["aside_verbs"]) - _NO_ASIDES


def _asides(text: str, sentence: Span, quoted: Quoted) -> Iterator[_Aside]:
    start, end = sentence
    if end - start > _LONGEST or text[end - 1] == "?":
        return
    verbs = _verbs()
    for match in _VERB.finditer(text, start, end):
        if (match[0] in verbs or " " in match[0]) and not quoted.holds(match.start()):
            found = _after(text, sentence, match) or _before(text, sentence, match)
            if found is not None:
                yield found
    for pattern in (_OF, _BY):
        for match in pattern.finditer(text, start, end):
            if not quoted.holds(match.start()) and (one := _named(text, sentence, match)):
                yield one
    if one := _figure(text, sentence):
        yield one


def _figure(text: str, sentence: Span) -> _Aside | None:
    """Find who tells a figure: "Police put the crowd at 400", "The province speaks of 12 dead"."""
    match = _FIGURE.match(text, sentence[0], _last(text, sentence[1]))
    if match is None:
        return None
    who = (match.start("who"), match.end("who") - 1)
    words = [word[0].lower() for word in WORD.finditer(text, *who)]
    kind = noun_kind(words[-1])
    if not is_source(text, who) or words[-1] in PRONOUNS:
        return None
    if kind is None and text[who[0] : who[1]].islower():
        return None
    part, content = ("put", "what") if match["put"] else ("spoke", "of")
    return _Aside(who, match.span(part), (match.span(content),))


def _before(text: str, sentence: Span, verb: re.Match[str]) -> _Aside | None:
    """Find a source between a comma and its verb: "…, Doe said(, …)"."""
    start, end = sentence
    at = verb.start()
    words = list(WORD.finditer(text, start, at))
    while words and words[-1][0].lower() in _AUX and text[words[-1].end() : at] == " ":
        at = words.pop().start()
    comma = text.rfind(",", start, at)
    if comma < 0 or at - comma < len(", x"):
        if text[at - 2 : at] != ", ":
            return None
        comma = -1
    if text[at - 2 : at] == ", ":
        # "…, the founder, Ann Cole, said": an apposition.
        inner = text.rfind(",", start, at - 2)
        comma = text.rfind(",", start, inner) if inner > start else -1
    if comma < 0:
        return None
    who = (comma + 2, at - 1 if text[at - 1] == " " else at)
    who = (who[0], who[0] + len(text[slice(*who)].rstrip(", ")))
    if text[who[0] : who[0] + 3] == "as ":
        who = (who[0] + 3, who[1])
    if not is_source(text, who) or not _closes(text, verb.end(), end, verb[0]):
        return None
    if not _agrees(text, who, verb[0]):
        return None
    said = _said(text, start, comma)
    if said is None:
        return None
    stop = _stop(text, verb.end(), end)
    rest = _rest(text, stop, end)
    if not _is_clause(text, said):
        # "All three, she found, wore the ring": what is said goes on behind the verb.
        goes = _whole_rest(text, stop, end) if stop == verb.end() else None
        if goes is None or not _goes_on_with(text, said, goes):
            return None
        rest = [goes]
    return _Aside(who, (at, verb.end()), (said, *rest))


def _after(text: str, sentence: Span, verb: re.Match[str]) -> _Aside | None:
    """Find a source behind its verb, between signs: "…, says Doe(, …)"."""
    start, end = sentence
    if text[verb.start() - 2 : verb.start()] != ", " or verb[0] in _TOLD or not _inverts(verb[0]):
        return None
    stop = _stop(text, verb.end(), end)
    who = (verb.end() + 1, stop)
    words = list(WORD.finditer(text, *who)) if who[0] < who[1] else []
    tail = next((m for m in words[1:] if m[0] in _AFTER and m[0] not in _OF_NOUN), None)
    if tail is not None:
        clause = next((m for m in words[1:] if m[0] in _RELATIVES), tail)
        who = (who[0], min(tail.start(), clause.start()) - 1)
    if not is_source(text, who) or len(words) > MOST_WORDS:
        return None
    said = _said(text, start, verb.start() - 2)
    if said is None:
        return None
    rest = _rest(text, stop, end)
    plain = verb[0] in _PLAIN and "," not in text[slice(*said)]
    if len(WORD.findall(text, *said)) < 2 or not (plain or _is_clause(text, said)):
        return None
    if words[0][0].lower() in PRONOUNS and len(words) > 1:
        return None
    if not _is_clause(text, said) and (goes := _whole_rest(text, stop, end)):
        rest = [goes]
    return _Aside(who, verb.span(), (said, *rest))


def _inverts(verb: str) -> bool:
    """Whether a verb may stand before its source: of the plural forms, "say" alone."""
    return verb == "say" or verb.endswith(("s", "ed")) or verb in _PAST


def _agrees(text: str, who: Span, verb: str) -> bool:
    """Whether a source may be the subject of a verb: "officials maintain", not "an order state"."""
    if verb.endswith(("s", "ed")) or verb in _PAST or " " in verb:
        return True
    words = [match[0].lower() for match in WORD.finditer(text, *who)]
    return any(w.endswith("s") or noun_kind(w) == "people" or w == "they" for w in words)


def _named(text: str, sentence: Span, match: re.Match[str]) -> _Aside | None:
    """Find a source named by its account: "In Doe's version …", "…, in the view of Doe"."""
    start, end = sentence
    who = match.span("who")
    first = text[slice(*who)].split(" ")[0]
    source = first[:1].isupper() or first.lower() in STARTERS
    if not source or first.lower() in _POINTING:
        return None
    cue = match.span("cue")
    if match["cue"].startswith(_BEGINNINGS):
        begin = match.end()
        if text[begin : begin + 1] in (",", " "):
            begin += 1
        until = text.find(";", begin, end)
        content = [(begin + (text[begin : begin + 1] == " "), until if until > 0 else end)]
        lead = text[start : match.start()].strip(" ,")
        if lead:
            return None
        if match["cue"].startswith("According") and "," not in text[cue[1] : end]:
            return None
    else:
        comma = len(text[: match.start()].rstrip(" ")) - 1
        if text[comma] != ",":
            return None
        said = _said(text, start, comma)
        if said is None:
            return None
        after = max(match.end(), cue[1])
        stop = _stop(text, after, end)
        content = [said, *_rest(text, stop, end)]
        goes = None if _is_clause(text, said) else _whole_rest(text, stop, end)
        content = [said, goes] if goes else content
    return _Aside(who, _cue_beside(cue, who), tuple(content))


def _cue_beside(cue: Span, who: Span) -> Span:
    """The reporting words without the source that stands among them."""
    return (cue[0], min(cue[1], who[0] - 1)) if who[0] > cue[0] else cue


def _goes_on_with(text: str, said: Span, rest: Span) -> bool:
    """Whether a verb follows, of which the words before an aside are the subject."""
    words = [match[0] for match in WORD.finditer(text, *said)]
    after = WORD.match(text, rest[0])
    verb = after is not None and (after[0] in lexicon().finite or after[0].endswith("ed"))
    return verb and len(words) > 1 and words[0].lower() not in _FRONTS | PRONOUNS


def _stop(text: str, at: int, end: int) -> int:
    """Where the next sign stands."""
    return next((n for n in range(at, end) if text[n] in SIGNS), _last(text, end))


def _last(text: str, end: int) -> int:
    return end - (text[end - 1] in ".!")


def _said(text: str, start: int, comma: int) -> Span | None:
    """What is said before a comma, from the last semicolon or a short label on."""
    begin = start
    for sign in (";", ": "):
        cut = text.rfind(sign, begin, comma)
        if cut >= 0 and (sign == ";" or len(WORD.findall(text, begin, cut)) <= _FEWEST_SAID):
            begin = cut + len(sign)
    lead = text[begin:comma]
    begin += len(lead) - len(lead.lstrip(" *-–—•\n"))
    return (begin, comma) if begin < comma and WORD.search(text, begin, comma) else None


def _rest(text: str, stop: int, end: int) -> list[Span]:
    """What goes on with a statement behind its source: ", where …"."""
    if text[stop : stop + 2] != ", ":
        return []
    word = WORD.match(text, stop + 2)
    goes = word is not None and word[0] in _GOES_ON
    return [(stop + 2, _last(text, end))] if goes else []


def _whole_rest(text: str, stop: int, end: int) -> Span | None:
    """The rest of a sentence whose statement an aside interrupts: "The trolley, says x, ran …"."""
    if text[stop : stop + 2] not in (", ", ": "):
        return None
    word = WORD.match(text, stop + 2)
    if word is None or word[0] in _OF_SOURCE:
        return None
    return stop + 2, _last(text, end)


def _is_clause(text: str, span: Span) -> bool:
    """Whether a stretch of text is likely to have a verb of its own and is no front."""
    words = [match[0] for match in WORD.finditer(text, *span)]
    lex = lexicon()
    if len(words) < _FEWEST_SAID:
        return any(w in lex.finite for w in words[1:])
    verbs = any(w in lex.finite or (w.endswith("ed") and w.islower()) for w in words[1:])
    return verbs if words[0].lower() in _FRONTS else verbs or len(words) > MOST_WORDS // 2


def _closes(text: str, at: int, end: int, verb: str) -> bool:
    """Whether nothing but whom, when and where follows a verb up to the next sign."""
    stop = _stop(text, at, end)
    if text[stop : stop + 1] not in (",", ".", ";", "!", "") and stop < _last(text, end):
        return False
    words = [match[0] for match in WORD.finditer(text, at, stop)]
    if not words:
        return True
    lex = lexicon()
    if "that" in words or len(words) > MOST_WORDS or any(w in lex.finite for w in words[1:]):
        return False
    return words[0] in _AFTER or words[0].endswith("day") or verb in _TOLD


def _mend(text: str, draft: Draft, found: _Aside) -> None:
    """Give an attribution its source and content, where what it has contradicts the grammar."""
    inside = any(overlap(span, found.source) for span in draft.content)
    right = any(overlap(span, found.source) for span in draft.source)
    if len(draft.cue) > 1:
        return
    if right and not inside:
        if _is_slip(text, draft, found):
            draft.content = sorted(found.content)
        return
    if not (right and inside) and any(
        not WORD.search(text, end, found.cue[0]) for _, end in draft.source if end <= found.cue[0]
    ):
        # "The prefect, Doe, said the rebels, …": its source stands right before the cue.
        return
    if (
        not inside
        and draft.source
        and not any(overlap(span, content) for span in draft.source for content in found.content)
    ):
        near = abs(draft.source[0][0] - found.source[0]) < _LONGEST
        if near and draft.source[0][0] > found.content[0][0]:
            return
    draft.source = [found.source]
    draft.content = sorted(found.content)


def _is_slip(text: str, draft: Draft, found: _Aside) -> bool:
    """Whether an attribution has but the end of its clause as content ("Fire has killed | 21
    people, Doe said"), or those who were told ("…, Doe told | the Gazette").
    """
    first, last = min(draft.content)[0], max(end for _, end in draft.content)
    if any(mark in text[first:last] for mark in '“”"«»'):
        return False
    start, end = found.content[0]
    few = len(WORD.findall(text, first, last)) <= _FEWEST_SAID
    if few and found.cue[1] <= first and text[found.cue[1] : first] == " ":
        return not any(overlap((first, last), span) for span in found.content)
    lead = WORD.findall(text, start, first) if start < first and last <= end else []
    lex = lexicon()
    verb = any(w in lex.finite or (w.endswith("ed") and w.islower()) for w in lead[1:])
    return verb and text[first - 1] == " " and text[first - 2].isalnum() and lead[-1] not in _JOINS
