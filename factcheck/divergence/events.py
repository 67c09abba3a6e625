"""Circumstances of an utterance: one speech told for two days is reported once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from factcheck.attribution import identity
from factcheck.divergence import dates
from factcheck.divergence.views import Conflict, View, overlap
from factcheck.records import Article, Claim

# Words, and share of the shorter claim's words, that two tellings of one utterance have in common.
_WORDS, _SAME = 3, 0.6

Event = tuple[str, int]
Found = tuple[Claim, Claim, Conflict]


def conflicts(
    groups: Sequence[Sequence[Claim]],
    articles: Mapping[str, Article],
    same: Callable[[Claim, Claim], bool],
) -> dict[int, list[Found]]:
    """Find days that differ for one utterance event; the result is keyed by group number.

    Two events are one where a group holds an utterance of each by the same speaker. The
    conflict goes to the group of that pair of events with the most outlets, and among such to
    the one whose two claims share most of their words.
    """
    best: dict[tuple[Event, Event], tuple[tuple[int, float, int], int, Found]] = {}
    for number, group in enumerate(groups):
        outlets = len({articles[c.article].outlet for c in group})
        for i, a in enumerate(group):
            for b in group[i + 1 :]:
                if not _same_event(a, b, same):
                    continue
                one, other = View(a, articles[a.article]), View(b, articles[b.article])
                found = _days(one, other) if _one_saying(one, other) else None
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


def _same_event(a: Claim, b: Claim, same: Callable[[Claim, Claim], bool]) -> bool:
    return (
        a.article != b.article
        and a.kind == b.kind == "utterance"
        and a.event is not None
        and b.event is not None
        and same(a, b)
    )


def _one_saying(a: View, b: View) -> bool:
    """Whether two claims are tellings of one utterance, not just of one opinion said twice."""
    shared = a.stems & b.stems
    return len(shared) >= _WORDS and overlap(a.stems, b.stems) >= _SAME


def _key(a: Claim, b: Claim) -> tuple[Event, Event]:
    x, y = sorted([(a.article, a.event or 0), (b.article, b.event or 0)])
    return x, y


def _days(a: View, b: View) -> Conflict | None:
    left, right = a.slots("date", scope="event"), b.slots("date", scope="event")
    left = [s for s in left if dates.fineness(s) == 0]
    right = [s for s in right if dates.fineness(s) == 0]
    if not left or not right:
        return None
    if any(not dates.differ(x, y) for x in left for y in right):
        return None
    return dates.conflict(left[0], right[0], of="one appearance")


def same_speaker(a: Claim, b: Claim) -> bool:
    """Whether two claims have one speaker, who is not unnamed."""
    if a.speaker is None or b.speaker is None or "unnamed" in (a.speaker.kind, b.speaker.kind):
        return False
    return identity.same_speaker(a.speaker, b.speaker) is True
