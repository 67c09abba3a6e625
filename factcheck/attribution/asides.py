"""Sources that a sentence names beside what it tells, where the tagger has not seen them.

"…, Kyrgyz officials maintain", "…, says the office, …", "In Doe's version …", "…, by the ministry's
count": nothing but the grammar of the sentence is needed to see who says it. What the tagger has
found right is left as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from factcheck.attribution.draft import Draft
from factcheck.attribution.lexicon import lexicon
from factcheck.attribution.nouns import noun_kind
from factcheck.attribution.quotes import Quotation
from factcheck.attribution.speech import speech
from factcheck.records import Span

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?…][\"”’')]*\s+(?=[^\sa-z])|\n[ \t]*\n")
# A source between two commas, or between one and its verb, has so many words at most.
_MOST = 12
_LONGEST = 500
# So many contents before a place are looked at.
_NEAR = 8
_FEWEST_SAID = 4
_PAST = frozenset("said told wrote found knew swore thought".split())
_NO_ASIDES = frozenset("made makes called calls saying accused accuses".split())
_AUX = frozenset("has have had also later then again now since already".split())
# What a statement that a comma ends does not begin with, unless a clause follows: "On Monday, …".
_FRONTS = frozenset(
    "in on at after before when while if since as by for with during under over despite although "
    "though because following amid asked speaking like unlike from of and but".split()
)
# What may follow the verb of an aside up to the next sign: when, where, to whom.
_AFTER = frozenset(
    "on in at to last this yesterday today tonight earlier later afterwards during over from when "
    "after before only as by with again here there online publicly through via".split()
)
_TOLD = frozenset("told tells assured assures informed informs reminded warned".split())
# A piece after an aside that goes on with what is said; one that tells of its source does not.
_GOES_ON = frozenset("where but".split())
_STARTERS = frozenset(
    "a an the this that these those his her its their some several many most two three four five "
    "six seven eight nine ten one both another police".split()
)
_PRONOUNS = frozenset("he she it they".split())
_SIGNS = ',;:—–()“”"«»\n'
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


_DENIED = re.compile(
    r", (?:which|something(?: that)?|"
    rf"(?:an? )?(?:claim|charge|allegation|accusation)s?(?: that| which)?) {_WHO} "
    r"(?P<cue>(?:(?:has|have|had) |flatly |strongly |strenuously |categorically )*"
    r"den(?:ies|ied|y))(?=[.,;]|$)"
)


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
    quoted = _Quoted(quotations)
    held = _Held(drafts)
    for block in blocks:
        drafts += _denials(text, block, held)
    for block in blocks:
        for sentence in _sentences(text, block):
            found = next(_asides(text, sentence, quoted), None)
            if found is None:
                continue
            if near := held.reporting(found.cue):
                _mend(text, near, found)
            elif held.leaves(found):
                drafts.append(Draft([found.source], [found.cue], sorted(found.content)))


class _Held:
    """Where the cues and contents of attributions stand."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self._cues = self._sorted((span, draft) for draft in drafts for span in draft.cue)
        self._contents = self._sorted((span, draft) for draft in drafts for span in draft.content)

    @staticmethod
    def _sorted(pairs: Iterable[tuple[Span, Draft]]) -> tuple[list[Span], list[Draft]]:
        ordered = sorted(pairs, key=lambda pair: pair[0])
        return [span for span, _ in ordered], [draft for _, draft in ordered]

    def reporting(self, cue: Span) -> Draft | None:
        """The attribution whose cue is this one, or a part of it."""
        spans, drafts = self._cues
        at = bisect_right(spans, cue)
        near = range(max(0, at - 2), min(len(spans), at + 2))
        return next((drafts[n] for n in near if _overlap(spans[n], cue)), None)

    def before(self, at: int) -> Iterator[tuple[Span, Draft]]:
        """The contents that begin before an offset, the last ones first."""
        spans, drafts = self._contents
        last = bisect_right(spans, (at, 0))
        yield from ((spans[n], drafts[n]) for n in range(last - 1, max(-1, last - 1 - _NEAR), -1))

    def leaves(self, found: _Aside) -> bool:
        """Whether nobody has a part of a content that reaches beyond it: else the sentence is not
        as plain as it looks.
        """
        first, last = found.content[0][0], max(end for _, end in found.content)
        for (start, end), other in self.before(last):
            if end <= first or not other.source:
                continue
            inside = all(first <= s and e <= last for s, e in (*other.source, *other.cue))
            if (start < first or end > last) and not (inside and other.cue):
                return False
        return True


def _denials(text: str, block: Span, held: _Held) -> list[Draft]:
    """Who denies what another has just been told to say: "…, which Doe denies"."""
    found = []
    for match in _DENIED.finditer(text, *block):
        who, at = match.span("who"), match.start()
        if not _is_source(text, who):
            continue
        for (start, end), draft in held.before(at):
            if end + 1 < at or not draft.source or _overlap(draft.source[0], who):
                continue
            kept = [span for span in draft.content if not at < span[0] < match.end()]
            draft.content = [(start, at) if span == (start, end) else span for span in kept]
            found.append(Draft([who], [match.span("cue")], [(start, at)]))
            break
    return found


def _sentences(text: str, block: Span) -> Iterator[Span]:
    start, end = block
    for match in _SENTENCE_END.finditer(text, start, end):
        yield start, match.start() + 1
        start = match.end()
    if start < end:
        yield start, end


class _Quoted:
    """Which offsets stand between quotation marks."""

    def __init__(self, quotations: Sequence[Quotation]) -> None:
        self._spans = sorted((quote.start, quote.end) for quote in quotations)

    def holds(self, at: int) -> bool:
        number = bisect_right(self._spans, (at, at)) - 1
        return any(start < at < end for start, end in self._spans[max(0, number - 1) : number + 1])


@lru_cache(maxsize=1)
def _verbs() -> frozenset[str]:
    return (lexicon().sayings | speech()["aside_verbs"]) - _NO_ASIDES


def _asides(text: str, sentence: Span, quoted: _Quoted) -> Iterator[_Aside]:
    start, end = sentence
    if end - start > _LONGEST or text[end - 1] == "?":
        return
    verbs = _verbs()
    for match in _WORD.finditer(text, start, end):
        if match[0] in verbs and not quoted.holds(match.start()):
            found = _after(text, sentence, match) or _before(text, sentence, match)
            if found is not None:
                yield found
    for pattern in (_OF, _BY):
        for match in pattern.finditer(text, start, end):
            if not quoted.holds(match.start()) and (one := _named(text, sentence, match)):
                yield one


def _before(text: str, sentence: Span, verb: re.Match[str]) -> _Aside | None:
    """Find a source between a comma and its verb: "…, Doe said(, …)"."""
    start, end = sentence
    at = verb.start()
    words = list(_WORD.finditer(text, start, at))
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
    if not _is_source(text, who) or not _closes(text, verb.end(), end, verb[0]):
        return None
    if not _agrees(text, who, verb[0]):
        return None
    said = _said(text, start, comma)
    if said is None or not _is_clause(text, said):
        return None
    content = [said, *_rest(text, _stop(text, verb.end(), end), end)]
    return _Aside(who, (at, verb.end()), tuple(content))


def _after(text: str, sentence: Span, verb: re.Match[str]) -> _Aside | None:
    """Find a source behind its verb, between signs: "…, says Doe(, …)"."""
    start, end = sentence
    if text[verb.start() - 2 : verb.start()] != ", " or verb[0] in _TOLD or not _inverts(verb[0]):
        return None
    stop = _stop(text, verb.end(), end)
    who = (verb.end() + 1, stop)
    words = list(_WORD.finditer(text, *who)) if who[0] < who[1] else []
    tail = next(
        (m for m in words[1:] if m[0] in _AFTER and m[0] not in ("of", "from", "in", "at")), None
    )
    if tail is not None:
        who = (who[0], tail.start() - 1)
    if not _is_source(text, who) or len(words) > _MOST:
        return None
    said = _said(text, start, verb.start() - 2)
    if said is None:
        return None
    rest = _rest(text, stop, end)
    plain = verb[0] in ("says", "said", "say") and "," not in text[slice(*said)]
    if len(_WORD.findall(text, *said)) < 2 or not (plain or _is_clause(text, said)):
        return None
    if words[0][0].lower() in _PRONOUNS and len(words) > 1:
        return None
    if not _is_clause(text, said) and (goes := _whole_rest(text, stop, end)):
        rest = [goes]
    return _Aside(who, verb.span(), (said, *rest))


def _inverts(verb: str) -> bool:
    """Whether a verb may stand before its source: of the plural forms, "say" alone."""
    return verb == "say" or verb.endswith(("s", "ed")) or verb in _PAST


def _agrees(text: str, who: Span, verb: str) -> bool:
    """Whether a source may be the subject of a verb: "officials maintain", not "an order state"."""
    if verb.endswith(("s", "ed")) or verb in _PAST:
        return True
    words = [match[0].lower() for match in _WORD.finditer(text, *who)]
    return any(w.endswith("s") or noun_kind(w) == "people" or w == "they" for w in words)


def _named(text: str, sentence: Span, match: re.Match[str]) -> _Aside | None:
    """Find a source named by its account: "In Doe's version …", "…, in the view of Doe"."""
    start, end = sentence
    who = match.span("who")
    first = text[slice(*who)].split(" ")[0]
    source = first[:1].isupper() or first.lower() in _STARTERS
    if not source or first.lower() in ("it", "this", "that", "these", "those"):
        return None
    cue = match.span("cue")
    if match["cue"].startswith(("In ", "By ", "On ", "At ", "Going ", "According ")):
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


def _stop(text: str, at: int, end: int) -> int:
    """Where the next sign stands."""
    return next((n for n in range(at, end) if text[n] in _SIGNS), _last(text, end))


def _last(text: str, end: int) -> int:
    return end - (text[end - 1] in ".!")


def _said(text: str, start: int, comma: int) -> Span | None:
    """What is said before a comma, from the last semicolon or a short label on."""
    begin = start
    for sign in (";", ": "):
        cut = text.rfind(sign, begin, comma)
        if cut >= 0 and (sign == ";" or len(_WORD.findall(text, begin, cut)) <= _FEWEST_SAID):
            begin = cut + len(sign)
    lead = text[begin:comma]
    begin += len(lead) - len(lead.lstrip(" *-–—•\n"))
    return (begin, comma) if begin < comma and _WORD.search(text, begin, comma) else None


def _rest(text: str, stop: int, end: int) -> list[Span]:
    """What goes on with a statement behind its source: ", where …"."""
    if text[stop : stop + 2] != ", ":
        return []
    word = _WORD.match(text, stop + 2)
    goes = word is not None and word[0] in _GOES_ON
    return [(stop + 2, _last(text, end))] if goes else []


def _whole_rest(text: str, stop: int, end: int) -> Span | None:
    """The rest of a sentence whose statement an aside interrupts: "The trolley, says x, ran …"."""
    if text[stop : stop + 2] not in (", ", ": "):
        return None
    word = _WORD.match(text, stop + 2)
    if word is None or word[0] in ("who", "which", "whose", "and", "adding"):
        return None
    return stop + 2, _last(text, end)


def _is_clause(text: str, span: Span) -> bool:
    """Whether a stretch of text is likely to have a verb of its own and is no front."""
    words = [match[0] for match in _WORD.finditer(text, *span)]
    lex = lexicon()
    if len(words) < _FEWEST_SAID:
        return any(w in lex.finite for w in words[1:])
    verbs = any(w in lex.finite or (w.endswith("ed") and w.islower()) for w in words[1:])
    return verbs if words[0].lower() in _FRONTS else verbs or len(words) > _MOST // 2


def _closes(text: str, at: int, end: int, verb: str) -> bool:
    """Whether nothing but whom, when and where follows a verb up to the next sign."""
    stop = _stop(text, at, end)
    if text[stop : stop + 1] not in (",", ".", ";", "!", "") and stop < _last(text, end):
        return False
    words = [match[0] for match in _WORD.finditer(text, at, stop)]
    if not words:
        return True
    lex = lexicon()
    if "that" in words or len(words) > _MOST or any(w in lex.finite for w in words[1:]):
        return False
    return words[0] in _AFTER or words[0].endswith("day") or verb in _TOLD


def _is_source(text: str, span: Span) -> bool:
    """Whether a phrase may name who says something."""
    start, end = span
    if (
        start >= end
        or not text[start].isalnum()
        or any(mark in _SIGNS.replace(",", "") for mark in text[start:end])
    ):
        return False
    words = [match[0] for match in _WORD.finditer(text, start, end)]
    if not words or len(words) > _MOST:
        return False
    first = words[0]
    low = first.lower()
    if low in _PRONOUNS:
        return len(words) == 1
    if low in ("who", "which", "that", "i", "we", "you", "there", "what"):
        return False
    lex = lexicon()
    core = [w.lower() for w in words]
    relative = next((n for n, w in enumerate(core) if w in ("who", "which")), len(core))
    core = core[:relative]
    if any(w in lex.finite or w == "that" for w in core):
        return False
    if first[0].isupper() and low not in lex.functions | lex.calendar:
        return True
    kinds = any(noun_kind(w) for w in core) or any(w[0].isupper() for w in words[1:])
    named = low not in lex.functions and noun_kind(core[-1]) is not None
    return kinds and (low in _STARTERS or bool(noun_kind(core[0])) or named)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _mend(text: str, draft: Draft, found: _Aside) -> None:
    """Give an attribution its source and content, where what it has contradicts the grammar."""
    inside = any(_overlap(span, found.source) for span in draft.content)
    right = any(_overlap(span, found.source) for span in draft.source)
    if (right and not inside) or len(draft.cue) > 1:
        return
    if not (right and inside) and any(
        not _WORD.search(text, end, found.cue[0]) for _, end in draft.source if end <= found.cue[0]
    ):
        # "The prefect, Doe, said the rebels, …": its source stands right before the cue.
        return
    if (
        not inside
        and draft.source
        and not any(_overlap(span, content) for span in draft.source for content in found.content)
    ):
        near = abs(draft.source[0][0] - found.source[0]) < _LONGEST
        if near and draft.source[0][0] > found.content[0][0]:
            return
    draft.source = [found.source]
    draft.content = sorted(found.content)
