"""Circumstances of an utterance: one speech told for two days is reported once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from factcheck.attribution import identity
from factcheck.divergence import dates, days
from factcheck.divergence.views import Conflict, View, other_speaker, overlap
from factcheck.records import Article, Claim, Slot
from factcheck.slots.tokens import stem, stems, tokenize

# Words, and share of the shorter claim's words, that two tellings of one utterance have in common.
_WORDS, _SAME = 3, 0.6

Event = tuple[str, int]
Found = tuple[Claim, Claim, Conflict]


def conflicts(
    groups: Sequence[Sequence[Claim]],
    articles: Mapping[str, Article],
) -> dict[int, list[Found]]:
    """Find days that differ for one utterance event; the result is keyed by group number.

    Two events are one where a group holds an utterance of each by the same speaker, or one of each
    that is told with one word for an act that is done once. The conflict goes to the group of
    that pair of events with the most outlets, and among such to the one whose two claims share
    most of their words.
    """
    best: dict[tuple[Event, Event], tuple[tuple[int, float, int], int, Found]] = {}
    for number, group in enumerate(groups):
        outlets = len({articles[c.article].outlet for c in group})
        for a, b in combinations(group, 2):
            if a.article == b.article or a.event is None or b.event is None:
                continue
            one, other = View(a, articles[a.article]), View(b, articles[b.article])
            if not (_one_act(one, other) or (_same_speaker(a, b) and _one_saying(one, other))):
                continue
            found = _days(one, other) or _order(one, other)
            if found is None:
                continue
            key = _key(a, b)
            rank = (-outlets, -overlap(one.stems, other.stems), number)
            if key not in best or rank < best[key][0]:
                best[key] = (rank, number, (a, b, found))
    out: dict[int, list[Found]] = {}
    for _, number, found_pair in best.values():
        out.setdefault(number, []).append(found_pair)
    return out


def _one_act(a: View, b: View) -> bool:
    """Whether two matched utterances are one act that is done once: both "apologized for" it."""
    return bool(acts(a) & acts(b)) and not other_speaker(a.claim, b.claim)


def acts(view: View) -> frozenset[str]:
    """Stems of the reporting words of a claim that name an act."""
    text, cues = view.article.text, view.claim.cue_spans
    return frozenset(stem(t.low) for s, e in cues for t in tokenize(text, s, e)) & stems(
        "words", "acts"
    )


def _one_saying(a: View, b: View) -> bool:
    """Whether two claims are tellings of one utterance, not just of one opinion said twice."""
    shared = a.stems & b.stems
    return len(shared) >= _WORDS and overlap(a.stems, b.stems) >= _SAME


def _key(a: Claim, b: Claim) -> tuple[Event, Event]:
    x, y = sorted([(a.article, a.event or 0), (b.article, b.event or 0)])
    return x, y


def _days(a: View, b: View) -> Conflict | None:
    left, right = (
        [s for s in view.slots("date", scope="event") if not s.about and days.fineness(s) == 0]
        for view in (a, b)
    )
    if not left or not right:
        return None
    if any(not days.differ(x, y) for x in left for y in right):
        return None
    told = [{s.value for s in view.slots("date")} for view in (a, b)]
    if any(s.value in told[1] for s in left) or any(s.value in told[0] for s in right):
        return None  # what is said tells the day on which the other says it: a day to come
    return dates.conflict(left[0], right[0], of_saying=True)


def _order(a: View, b: View) -> Conflict | None:
    """Whether one telling puts an utterance before what the other puts it after."""
    left, right = ([s for s in v.slots("date", scope="event") if s.about] for v in (a, b))
    if {s.value for s in left} & {s.value for s in right}:
        return None
    for one in left:
        for other in right:
            if _what(one) == _what(other):
                return dates.conflict(one, other, of_saying=True)
    return None


def _what(slot: Slot) -> str:
    """The event that something was said before or after."""
    return slot.value.partition(" ")[2]


def _same_speaker(a: Claim, b: Claim) -> bool:
    """Whether two claims have one speaker, who is not unnamed."""
    if a.speaker is None or b.speaker is None or "unnamed" in (a.speaker.kind, b.speaker.kind):
        return False
    return identity.same_speaker(a.speaker, b.speaker) is True
