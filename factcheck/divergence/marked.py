"""Words in which the cross-encoder sees two tellings conflict: where no kind of value holds them.

A cause, an office, a thing or an outcome has no grammar of its own. The reader marks words of both
sides; here it is asked what they are, and whether both can hold: what exact code can compare (two
figures, two days, two names) it compares, whatever the reader thinks.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from factcheck.claims.stance import side
from factcheck.divergence import attribution, days, figures, names, opposites, scope
from factcheck.divergence.counterparts import sign
from factcheck.divergence.polarity import is_contested
from factcheck.divergence.quotation import quoted
from factcheck.divergence.typed import comparers
from factcheck.divergence.views import Conflict, View, other_speaker, overlap
from factcheck.lang import table, words
from factcheck.matching.reader import Reading, Word
from factcheck.records import DivergenceSlot, Slot, Span
from factcheck.slots import people, places, shares
from factcheck.slots.polarity import negations
from factcheck.slots.tokens import content, stem, tokenize

# Marked words with no more than so many characters between them are one run ("the head of").
_GAP = 4
# A word less sure than the surest by this much in log-odds is no part of its run.
_FALL = 2.5
# Words of a name at most, and letters of what in it need no capital ("van", "al").
_NAME, _PARTICLE = 4, 3
# Share of the shorter quotation's words that two wordings of it have in common.
_ALIKE = 0.34
# … and how many at least.
_SHARED = 2


class Marks(NamedTuple):
    """The surest run of marked words of each side, and the lower of their log-odds."""

    spans: tuple[Span, Span]
    log_odds: float


def marks(reading: Reading) -> Marks | None:
    """The runs of words that the reader takes for the conflict; `None` where a side has none."""
    if not all(reading.words):
        return None
    runs = [_run(side) for side in reading.words]
    return Marks((runs[0][0], runs[1][0]), min(odds for _, odds in runs))


def _run(told: Sequence[Word]) -> tuple[Span, float]:
    """The span of the surest word with its marked neighbours, and its log-odds."""
    at = max(range(len(told)), key=lambda n: (told[n].log_odds, -n))
    least = told[at].log_odds - _FALL
    first = last = at
    while first and told[first].start - told[first - 1].end <= _GAP:
        if told[first - 1].log_odds < least:
            break
        first -= 1
    while last + 1 < len(told) and told[last + 1].start - told[last].end <= _GAP:
        if told[last + 1].log_odds < least:
            break
        last += 1
    return (told[first].start, told[last].end), told[at].log_odds


def conflict(a: View, b: View, spans: tuple[Span, Span]) -> Conflict | None:
    """The conflict of two runs of words; `None` where both can hold, or they are the same words."""
    spans = _bare(a, spans[0]), _bare(b, spans[1])
    told = [view.article.text[s:e] for view, (s, e) in zip((a, b), spans, strict=True)]
    meant = [
        {stem(_spelt(t.low)) for t in content(tokenize(view.article.text, *span))}
        for view, span in zip((a, b), spans, strict=True)
    ]
    if not all(meant) or any(mark in text for text in told for mark in '"“”'):
        return None
    parts = _shares(a, b, spans)
    if not (_opposed(a, b) or parts) and (meant[0] <= meant[1] or meant[1] <= meant[0]):
        return None  # the one tells more
    if _letters(told[0]) == _letters(told[1]) or _initials(*told) or _initials(*reversed(told)):
        return None
    slot = _slot(a, b, spans, parts)
    if slot == "world" and meant[0] & meant[1] - _beside(a) - _beside(b):
        return None  # "a gas leak", "gas from a pipe": two wordings more often than two things
    if slot is None or scope.of_two_events(a, b):
        return None
    if slot in ("figure", "date", "person") and opposites.of_two_acts(a, b):
        return None
    denies = [bool(negations(view.tokens)) or side(view.claim) < 0 for view in (a, b)]
    contested = slot == "polarity" and any(
        denying and is_contested(*pair)
        for denying, pair in zip(denies, ((a, b), (b, a)), strict=True)
    )
    reason = f"one telling has “{told[0]}” where the other has “{told[1]}”"
    return Conflict(slot, reason, (told[0].lower(), told[1].lower()), spans, contested=contested)


def _beside(view: View) -> frozenset[str]:
    """Stems of the names and times of a claim: where and when, and not what is told."""
    when = (stem(t.low) for s in view.slots("date") for t in tokenize(view.article.text, *s.span))
    return view.names.union(when)


def _letters(text: str) -> str:
    """The letters and digits of some words: "work force" and "workforce" are one."""
    return "".join(c for c in _spelt(text.lower()) if c.isalnum())


def _spelt(low: str) -> str:
    """Words as they are spelt in America: "honour" is "honor", "realise" "realize"."""
    for british, american in table("conflicts")["spellings"].items():
        low = low.replace(british, american)
    return names.spelt(low)


def _initials(short: str, long: str) -> bool:
    """Whether the one is the first letters of the other's words: "CFO"."""
    return len(short) > 1 and short.isupper() and [*short] == [w[0].upper() for w in long.split()]


def _bare(view: View, span: Span) -> Span:
    """A span without the marks at its ends."""
    start, end = span[0], min(span[1], len(view.article.text))
    text = view.article.text
    while start < end and not text[start].isalnum() and text[start] not in "$£€₹¥":
        start += 1
    while end > start and not text[end - 1].isalnum() and text[end - 1] != "%":
        if text[max(start, end - 4) : end].lower() in ("a.m.", "p.m."):
            break
        end -= 1
    return start, end


def _slot(
    a: View, b: View, spans: tuple[Span, Span], parts: list[list[shares.Interval]]
) -> DivergenceSlot | None:
    """What two runs of words, with their shares, tell; `None` where both can hold."""
    leads = [_lead(view, span) for view, span in zip((a, b), spans, strict=True)]
    if {*leads} == words("conflicts", "marked", "ends"):
        return None  # where it came from, and where it went
    here = [_held(view, span) for view, span in zip((a, b), spans, strict=True)]
    if _told_too(here[0], b) or _told_too(here[1], a):
        return None
    if parts:
        met = any(x[0] <= y[1] and y[0] <= x[1] for x in parts[0] for y in parts[1])
        return None if met else "figure"
    for kind, excludes in comparers().items():
        one, other = ([s for s in found if s.slot == kind] for found in here)
        if one and other:
            pairs = [(x, y) for x in one for y in other if excludes(x, y)]
            return kind if any(_comparable(a, x, b, y) for x, y in pairs) else None
    kinds = [{s.slot for s in found} for found in here]
    if all(kinds) and not kinds[0] & kinds[1]:
        return None  # a figure is no other value of a date
    told = [view.article.text[s:e] for view, (s, e) in zip((a, b), spans, strict=True)]
    told = [text.removeprefix(f"{lead} ") for text, lead in zip(told, leads, strict=True)]
    told = _two_people(a, b, spans) or told
    if all(_is_name(text) for text in told):
        placed = words("conflicts", "marked", "where")
        if all(map(places.is_place, told)) or placed.issuperset(leads):
            return "place" if places.apart(*told) else None
        return None if names.one_person(*told) else "person"
    denied, turned = _opposed(a, b), _opposites(a, b, spans)
    if denied and turned:
        return None  # "nobody survived", "all were killed"
    if denied or (turned and not figures.of_other_times(a, b)):
        return None if _supposed(a) or _supposed(b) else "polarity"
    if all(any(word in _offices() for word in text.lower().split()) for text in told):
        return "role"
    if all(view.claim.quote in ("direct", "mixed") for view in (a, b)):
        if _of_two_sources(a, b, spans):
            return "attribution"
        return "quotation" if _of_one_sentence(a, b, spans) else None
    return "world"


def _of_one_sentence(a: View, b: View, spans: tuple[Span, Span]) -> bool:
    """Whether two quotations may be two wordings of one sentence, and not two of one speech.

    What stands in brackets in a quotation are the outlet's words.
    """
    if other_speaker(a.claim, b.claim) or len(a.stems & b.stems) < _SHARED:
        return False
    said = [
        any(span[0] < t.end and t.start < span[1] for t in quoted(view))
        for view, span in zip((a, b), spans, strict=True)
    ]
    return all(said) and overlap(a.stems, b.stems) >= _ALIKE


def _of_two_sources(a: View, b: View, spans: tuple[Span, Span]) -> bool:
    """Whether two sources are marked, to whom one and the same quotation is given."""
    sources = [
        any(span[0] < end and start < span[1] for start, end in view.claim.source_spans)
        for view, span in zip((a, b), spans, strict=True)
    ]
    if not all(sources) or not attribution.is_one_wording(quoted(a), quoted(b)):
        return False
    kinds = {view.claim.speaker.kind for view in (a, b) if view.claim.speaker}
    # "The official" and "a source" may be anybody, and so may a person and an office.
    told = [content(tokenize(view.article.text, *s)) for view, s in zip((a, b), spans, strict=True)]
    return "named" not in kinds and all(len(tokens) > 1 for tokens in told)


def _shares(a: View, b: View, spans: tuple[Span, Span]) -> list[list[shares.Interval]]:
    """The shares of two runs of words, in percent; empty where the one has none, or neither one
    has its share in words: two percentages are compared as figures.
    """
    told, percent = [], []
    for view, span in zip((a, b), spans, strict=True):
        told.append(list(shares.shares(tokenize(view.article.text, *span))))
        held = [scope.detail(slot) for slot in _held(view, span) if slot.slot == "figure"]
        percent.append([(d.low, d.high) for d in held if d.unit == "%"])
    both = [x + y for x, y in zip(told, percent, strict=True)]
    return both if any(told) and all(both) else []


def _two_people(a: View, b: View, spans: tuple[Span, Span]) -> list[str]:
    """The names in two runs of words, where each holds one, and they are nearly one: "has gone to
    Paul Renner", "Paula Renner".
    """
    told = []
    for view, span in zip((a, b), spans, strict=True):
        tokens = tokenize(view.article.text, *span)
        found = [names.text(tokens[n.first : n.last]) for n in people.names(tokens)]
        told.append(found[0] if len(found) == 1 else "")
    parts = [set(name.split()) for name in told]
    return told if parts[0] & parts[1] and not names.one_person(*told) else []


def _told_too(marked: Sequence[Slot], other: View) -> bool:
    """Whether the other claim tells, anywhere, the very figure that is marked: "five lakhs"."""
    figures_ = [slot for slot in marked if slot.slot == "figure"]
    told = other.slots("figure")
    return any(figures.told_too(slot, one) for slot in figures_ for one in told)


def _lead(view: View, span: Span) -> str:
    """The word that leads to a place, at the beginning of some words or right before them."""
    leads = words("conflicts", "marked", "where") | words("conflicts", "marked", "ends")
    text = view.article.text
    inside, before = text[slice(*span)].split()[:1], text[max(0, span[0] - 20) : span[0]].split()
    return next((word for word in (*inside, *before[-1:]) if word in leads), "")


def _is_name(text: str) -> bool:
    """Whether words are a name: few, and all in capitals but for particles."""
    told = [word for word in text.replace("-", " ").split() if len(word) > _PARTICLE]
    return 0 < len(told) <= _NAME and all(word[0].isupper() for word in told)


def _opposed(a: View, b: View) -> bool:
    """Whether one of two claims asserts, and the other denies."""
    return sign(a, hindered=False) * sign(b, hindered=False) < 0


def _opposites(a: View, b: View, spans: tuple[Span, Span]) -> bool:
    """Whether the two runs of words hold opposites: "found guilty", "acquitted"."""
    return any(
        all(told[0] < span[1] and span[0] < told[1] for told, span in zip(pair, spans, strict=True))
        for pair in opposites.pairs(a, b)
    )


def _supposed(view: View) -> bool:
    """Whether a claim only asks, or supposes: "whether laws were broken", "let's say"."""
    return any(t.low in words("conflicts", "marked", "supposing") for t in view.tokens)


@cache
def _offices() -> frozenset[str]:
    """Words that name an office."""
    rivals = (word for names in table("roles")["rivals"] for name in names for word in name.split())
    return frozenset(rivals) | words("roles", "general")


def _held(view: View, span: Span) -> list[Slot]:
    """The details of a claim that touch a span."""
    return [s for s in view.slots(*comparers()) if s.span[0] < span[1] and span[0] < s.span[1]]


def _comparable(a: View, one: Slot, b: View, other: Slot) -> bool:
    """Whether two values that differ may be of one thing, and none replaces the other."""
    if one.slot == "figure":
        apart = scope.count_apart(a, one, b, other)
        return not apart and figures.conflict(a, one, b, other).material
    if one.slot != "date":
        return True
    coarse = days.fineness(one) == days.fineness(other) == 2
    if coarse and figures.any_differ(a, b):
        return False  # two figures for two years are two statements
    return not scope.of_two_tenses(a, one, b, other)
