"""An article and its earlier versions → what was reworded from one to the next, and which details.

Not whether two tellings can both hold: "at least 12" and "at least 15" can, and who put the one for
the other has changed the article.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from factcheck import slots
from factcheck.attribution.quotes import pair_quotes
from factcheck.kinds import KINDS, code
from factcheck.records import Article, Edit, EditedDetail, Slot, Span, Version
from factcheck.rewording import differing

# Sentences that share less (of 100) are two: a wrong pair would be a change that nobody made.
_REWORDED = 68.0
# Sentences of an article that are compared.
_MOST = 3_000
# Hedges and titles come and go with the style of a desk.
_STYLE = frozenset({"certainty", "role", "organisation"})
_WORDS = re.compile(r"\w+(?:[.,]\d+)*")
_QUOTED_WORDS = 3


@dataclass(frozen=True)
class _Told:
    """A sentence, or the title, of an article."""

    text: str
    place: Span | None

    @property
    def words(self) -> str:
        return " ".join(_WORDS.findall(self.text)).casefold()


def versions(article: Article, earlier: Sequence[Article]) -> tuple[Version, ...]:
    """The versions before an article, the oldest first, each with how the next one differs.

    `earlier` are in the order in which they were kept; where all tell when they were retrieved,
    that is their order.
    """
    if all(one.retrieved for one in earlier):
        earlier = sorted(earlier, key=lambda one: one.retrieved or "")
    now = {told.words: told for told in _told(article)}
    found = []
    for one, following in pairwise([*earlier, article]):
        edits = tuple(_edits(one, following, now))
        notes = tuple(note for note in following.corrections if note not in one.corrections)
        # What differs in its front matter alone is the same article.
        if edits or notes:
            found.append(
                Version(
                    path=one.path,
                    retrieved=one.retrieved,
                    replaced=following.retrieved,
                    notes=notes,
                    edits=edits,
                )
            )
    return tuple(found)


def _edits(one: Article, other: Article, now: dict[str, _Told]) -> Iterator[Edit]:
    before, after = _told(one), _told(other)
    left, right = ([told.words for told in side] for side in (before, after))
    pairs = list(differing(left, right, _REWORDED))
    gone = _Details(one, [before[number] for number, _ in pairs if number is not None])
    came = _Details(other, [after[number] for _, number in pairs if number is not None])
    for first, second in pairs:
        if second is None and first is not None:
            yield Edit(kind="cut", before=before[first].text)
        elif second is not None:
            told = after[second]
            standing = now.get(told.words)
            span = standing.place if standing else None
            if first is None:
                yield Edit(kind="added", after=told.text, span=span)
            else:
                details = tuple(_edited(gone, before[first], came, told))
                yield Edit(
                    kind="reworded",
                    before=before[first].text,
                    after=told.text,
                    details=details,
                    span=span,
                )


class _Details:
    """The details of the sentences of a version that the other version does not have."""

    def __init__(self, article: Article, sentences: Sequence[_Told]) -> None:
        self.article = article
        self._of = {told: slots.read(article, *told.place) for told in sentences if told.place}
        self._all = Counter(
            (slot.slot, slot.value) for found in self._of.values() for slot in found
        )

    def of(self, told: _Told) -> list[Slot]:
        """Those of a sentence."""
        return self._of.get(told, [])

    def tell_elsewhere(self, slot: Slot, told: _Told) -> bool:
        """Whether another sentence than this one tells a detail: it was moved, not changed."""
        key = (slot.slot, slot.value)
        here = sum((one.slot, one.value) == key for one in self.of(told))
        return self._all[key] > here


def _told(article: Article) -> list[_Told]:
    """The title and the sentences of an article, in their order; what has no words is left out."""
    spans = [(sentence.start, sentence.end) for sentence in article.sentences[:_MOST]]
    found = [_Told(article.text[slice(*span)], span) for span in spans]
    if article.title:
        found.insert(0, _Told(article.title, article.title_span))
    return [told for told in found if told.words]


def _edited(gone: _Details, before: _Told, came: _Details, after: _Told) -> Iterator[EditedDetail]:
    if before.place is None or after.place is None:
        return
    old, new = gone.of(before), came.of(after)
    for name in dict.fromkeys(slot.slot for slot in old + new):
        if name in _STYLE:
            continue
        left = [s for s in _only(name, old, new) if not came.tell_elsewhere(s, after)]
        right = [s for s in _only(name, new, old) if not gone.tell_elsewhere(s, before)]
        if name == "polarity" or (name == "figure" and not right):
            # A figure that is told no more is taken back; one that is new is more detail.
            pairs = [(slot.text, "") for slot in left] + [("", slot.text) for slot in right]
        else:
            pairs = [(a.text, b.text) for a, b in _paired(name, left, right)]
        yield from (EditedDetail(slot=name, before=a, after=b) for a, b in pairs)
    yield from _quotations(gone.article, before.place, came.article, after.place)


def _only(name: str, told: Sequence[Slot], others: Sequence[Slot]) -> list[Slot]:
    """The details of a kind that the other sentence does not tell, as often as it does not.

    The very words are the same detail: "Monday" is another day where a page was dated anew.
    """
    left = [slot for slot in others if slot.slot == name]
    found = []
    for slot in (slot for slot in told if slot.slot == name):
        same = next((other for other in left if _is_same(slot, other)), None)
        if same is not None:
            left.remove(same)
        else:
            found.append(slot)
    return found


def _is_same(one: Slot, other: Slot) -> bool:
    if one.slot == "polarity" and one.about != other.about:
        return False
    return one.value == other.value or one.text.casefold() == other.text.casefold()


def _paired(name: str, left: list[Slot], right: list[Slot]) -> Iterator[tuple[Slot, Slot]]:
    """What stands in the place of what: in their order, but for what only says more."""
    excludes = code(KINDS[name].excludes) if KINDS[name].excludes and name != "figure" else None
    for one, other in zip(left, right, strict=False):
        if excludes is None or excludes(one, other):
            yield one, other


def _quotations(one: Article, before: Span, other: Article, after: Span) -> Iterator[EditedDetail]:
    """Quoted words that are other ones now; a quotation that was cut short or goes on is none."""
    left, right = _quoted(one.text, before), _quoted(other.text, after)
    if len(left) != len(right):
        return
    for a, b in zip(left, right, strict=True):
        words = [" ".join(_WORDS.findall(text)).casefold() for text in (a, b)]
        if words[0] not in words[1] and words[1] not in words[0]:
            yield EditedDetail(slot="quotation", before=a, after=b)


def _quoted(text: str, place: Span) -> list[str]:
    found = (
        text[quote.inner_start : quote.inner_end].strip(" ,")
        for quote in pair_quotes(text, [place])
    )
    return [quoted for quoted in found if len(quoted.split()) >= _QUOTED_WORDS]
