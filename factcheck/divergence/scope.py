"""What cannot be compared: figures of other people, of another time, of another event.

"62 passengers" and "68 people", the first quarter and the second, "a similar accident in June": two
values that differ and are both right. Asked before two values are held together at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from factcheck.divergence import days
from factcheck.divergence.views import View
from factcheck.lang import table, words
from factcheck.records import DateDetail, FigureDetail, Slot
from factcheck.slots.tokens import Token, content, singular, stem, stems, word_at

# Words between a number and what it counts, and between such a mark and what it marks.
_PHRASE, _MARKED = 5, 2
# "As of noon", "by Wednesday", "at 10 a.m.": words before a time that a count was taken at.
_TAKEN = frozenset({"by", "until"})
# What leads to where or of what it is told.
_WHERE = words("conflicts", "nothing", "where")
# What stands before such a mark that is no adverb ("earlier on Monday").
_ARTICLES = words("conflicts", "scope", "articles")
# A time that opens a sentence ends with one of its first words; what parts a time from a figure.
_OPENS, _APART = 4, frozenset(",;:–—")
# "Under-12", "U-16": before the age that contestants are below.
_AGE_GROUP = words("conflicts", "scope", "age_group")
# "So far" is up to the day of publication.
_UNTIL_NOW = words("conflicts", "scope", "until_now")


class Moment(NamedTuple):
    """First and last day (ISO, empty where unknown) and hour at which a count may be taken."""

    first: str
    last: str
    start: int
    end: int


def of_two_events(a: View, b: View) -> bool:
    """Whether one tells of an event beside the other's: an earlier one, the second of a row.

    "An earlier blast", "in a similar accident", "in the second raid" against "in the first".
    """
    if of_two_kinds(a, b):
        return True
    numbered = [_numbered(view) for view in (a, b)]
    both = numbered[0].keys() & numbered[1].keys()
    if any(not numbered[0][noun] & numbered[1][noun] for noun in both):
        return True
    return bool(_compared(a)) != bool(_compared(b))


def elsewhere(a: View, b: View) -> bool:
    """Whether each of two claims tells where or of what, and the other tells nothing of it."""
    where = [_adjuncts(view) for view in (a, b)]
    return bool(where[0] - b.stems and where[1] - a.stems)


def _adjuncts(view: View) -> set[str]:
    """Stems of the first words behind prepositions."""
    out = set()
    for k, token in enumerate(view.tokens):
        if token.low in _WHERE:
            out |= {stem(t.low) for t in content(view.tokens[k + 1 : k + 3])[:1]}
    return out


def of_two_kinds(a: View, b: View) -> bool:
    """Whether the two tell of two things that bear one name and are told apart by another word.

    "The old bridge" and "the new bridge", "the women's race" and "the men's", "under-12".
    """
    told = [_kinds(view) for view in (a, b)]
    return any(not told[0][key] & told[1][key] for key in told[0].keys() & told[1].keys())


def _kinds(view: View) -> dict[tuple[str, int], set[str]]:
    """Of which kind things are told to be: stem of the noun, which choice → the words chosen."""
    out: dict[tuple[str, int], set[str]] = {}
    for k in range(len(view.tokens)):
        for choice, (word, behind) in _choices(view.tokens, k):
            for noun in takewhile(lambda t: t.is_word, view.tokens[behind : behind + _MARKED]):
                out.setdefault((stem(noun.low), choice), set()).add(word)
    return out


def _choices(tokens: list[Token], k: int) -> Iterator[tuple[int, tuple[str, int]]]:
    """The kinds that the word at token `k` is one of: which choice, the word, the token behind."""
    low, dash = tokens[k].low, word_at(tokens, k + 1) == "-"
    if low in _AGE_GROUP and dash and k + 2 < len(tokens) and tokens[k + 2].is_number:
        yield -1, (tokens[k + 2].low, k + 3)
    if tokens[k].is_capital and k:
        return  # "New York"
    word = low + "'" * (word_at(tokens, k + 1) == "'")  # "the girls' title", but not "girls took"
    for choice, row in enumerate(table("figures")["kinds"]):
        if word in row.split():
            yield choice, (word, k + 1 + (word != low))


def _numbered(view: View) -> dict[str, set[str]]:
    """What is told of by its place in a row: stem of the noun → ordinals."""
    ordinals, present = words("figures", "rows"), words("figures", "present")
    out: dict[str, set[str]] = {}
    for k, token in enumerate(view.tokens):
        if token.low in ordinals | present:
            for noun in content(view.tokens[k + 1 : k + 1 + _MARKED])[:1]:
                if token.low in ordinals or noun.low in words("figures", "periods"):
                    out.setdefault(stem(noun.low), set()).add(token.low)
    return out


def _compared(view: View) -> set[str]:
    """Stems of the events that are marked as others than the one in the news."""
    marks, others = words("figures", "compared"), words("figures", "others")
    out = set()
    for k, token in enumerate(view.tokens):
        if token.low not in marks | others or word_at(view.tokens, k - 1) not in _ARTICLES:
            continue
        ahead = content(view.tokens[k + 1 : k + 1 + _MARKED])
        if not any(t.is_number for t in ahead):
            found = {stem(t.low) for t in ahead}
            out |= found if token.low in marks else found & stems("figures", "events")
    return out


def is_of_another(view: View, other: View, beside: Sequence[View]) -> bool:
    """Whether another claim of an article tells, as of another event, what a second claim tells.

    "A similar incident on Sunday, in which 31 died" in one article, "31 died on Sunday" in the
    other: with what else the one article tells of, the other has nothing to do.
    """
    told = [(d.low, d.unit, d.counted) for d in map(detail, other.slots("figure"))]
    own = [(d.low, d.unit, d.counted) for d in map(detail, view.slots("figure"))]
    return any(
        (d.low, d.unit, d.counted) in told and (d.low, d.unit, d.counted) not in own
        for near in beside
        if near.claim.article == view.claim.article and of_two_events(view, near)
        for d in map(detail, near.slots("figure"))
    )


def of_two_tenses(a: View, one: Slot, b: View, other: Slot) -> bool:
    """Whether of two articles of one day the one tells what is ahead, the other what is past."""
    today = {(view.article.published or "")[:10] for view in (a, b)}
    if len(today) > 1 or "" in today or "X" in "".join(today):
        return False
    (day,) = today
    told = [days.detail(slot) for slot in (one, other)]
    ahead = [bool(d.first and d.first > day) for d in told]
    past = [bool(d.last and d.last < day) for d in told]
    return (ahead[0] and past[1]) or (ahead[1] and past[0])


def count_apart(a: View, one: Slot, b: View, other: Slot) -> bool:
    """Whether two figures count two things, as far as the words tell: both may be right.

    A figure and one of a part of what it counts, where the part is no larger; figures of two groups
    of people; of two times, unless the later count replaces the earlier one.
    """
    if of_two_events(a, b) or _of_long_ago(a, one) != _of_long_ago(b, other):
        return True
    if days.all_apart(a, b) and not taken_at(a) and not taken_at(b):
        return True
    x, y = detail(one), detail(other)
    if x.unit != y.unit:
        return False
    if _two_groups(x, y):
        return True
    (part, of), (whole, at) = sorted(((x, 0), (y, 1)), key=lambda p: (p[0].low, p[0].high))
    views, slots = (a, b), (one, other)
    return part.low < whole.high and _is_part(
        (views[of], slots[of], part), (views[at], slots[at], whole)
    )


def _of_long_ago(view: View, slot: Slot) -> bool:
    """Whether a figure is told of a time long past: "a decade ago", "two years after it shed 7
    percent"; but not "two years after the sale, it shed 7 percent".
    """
    at = next((k for k, t in enumerate(view.tokens) if t.start >= slot.span[0]), -1)
    behind, spans = words("figures", "long_ago"), words("figures", "long_spans")
    for k, token in enumerate(view.tokens):
        if token.low in behind and word_at(view.tokens, k - 1) in spans:
            between = view.tokens[k + 1 : at] if k < at else view.tokens[at : k - 1]
            opens = k <= _OPENS and token.low in words("figures", "then")
            if token.low not in words("figures", "then") and k > at:
                continue
            if opens or not any(t.low in _APART for t in between):
                return True
    return False


Told = tuple[View, Slot, FigureDetail]


def _is_part(part: Told, whole: Told) -> bool:
    """Whether the words say that the one figure counts a part of what the other does."""
    (view, slot, x), (other, against, y) = part, whole
    return (
        _some_of(x, y, view, other)
        or bool(_qualifiers(view, slot) - other.stems)
        or bool(_degrees(view) - _degrees(other))
        or bool(_together_with(other, against) - view.stems)
        or (_area(view) < _area(other) and (bool(_area(view)) or not _is_sum(x)))
    )


def _is_sum(of: FigureDetail) -> bool:
    """Whether money is told of, which a state has or spends and which is not counted in it."""
    return of.unit in set(table("figures")["currencies"].values())


def detail(slot: Slot) -> FigureDetail:
    """The interval and what is counted of a figure's slot."""
    if not isinstance(slot.detail, FigureDetail):
        raise TypeError(f"a figure slot without detail: {slot.value}")
    return slot.detail


def who(of: FigureDetail) -> str:
    """Who is counted, if people are: "person" of "people" and of "killed", else empty."""
    what, _, kind = of.counted.partition(" ")
    if what in table("figures")["toll"].values():
        return kind or "person"
    return of.counted if of.counted in words("figures", "people") else ""


def _two_groups(x: FigureDetail, y: FigureDetail) -> bool:
    """Whether men are counted here and women there, soldiers and civilians."""
    both = {who(x), who(y)}
    return len(both) == 2 and any(both <= set(g.split()) for g in table("figures")["groups"])


def of_people(x: FigureDetail, y: FigureDetail) -> bool:
    """Whether people are counted by two words of which the one is "people"."""
    both = [who(d) for d in (x, y)]
    return all(both) and both[0] != both[1] and "person" in both


def _some_of(x: FigureDetail, y: FigureDetail, view: View, other: View) -> bool:
    """Whether the one counts some kind of the people whom the other counts."""
    if who(y) != "person" or who(x) in ("", "person"):
        return False
    # Who is on board is passengers, to most, unless somebody tells of the crew.
    crew = (view.stems | other.stems) & stems("figures", "crew")
    return who(x) != "passenger" or bool(crew)


def _phrase(view: View, slot: Slot) -> tuple[list[Token], int]:
    """The words between a number and the noun it counts, and the index of that noun (or -1)."""
    at = next((k for k, t in enumerate(view.tokens) if t.start >= slot.span[1]), -1)
    if at < 0 or not detail(slot).counted:
        return [], -1
    for k in range(at, min(len(view.tokens), at + _PHRASE)):
        low = view.tokens[k].low
        if low in words("words", "function") and low not in ("other", "more"):
            break
        if low != singular(low) or low in table("words")["plurals"]:
            return view.tokens[at:k], k
    return [], -1


def _qualifiers(view: View, slot: Slot) -> set[str]:
    """Stems of what says of which kind those are who are counted: "foreign", "full-time"."""
    plain = words("figures", "plain")
    return {stem(t.low) for t in content(_phrase(view, slot)[0]) if t.low not in plain}


def _degrees(view: View) -> set[str]:
    """Words that tell how badly: "seriously"."""
    return {t.low for t in view.tokens} & words("figures", "degrees")


def _together_with(view: View, slot: Slot) -> set[str]:
    """Stems of the people who are counted with the first: "46 pupils and staff"."""
    noun = _phrase(view, slot)[1]
    if noun < 0 or word_at(view.tokens, noun + 1) != "and":
        return set()
    with_ = word_at(view.tokens, noun + 2)
    people = words("figures", "people") | words("figures", "crew")
    return {stem(with_)} if {with_, singular(with_)} & people else set()


def _area(view: View) -> int:
    """How large an area is that a claim names by its kind; 0 where it names none."""
    ranks: dict[str, int] = table("figures")["areas"]
    return max((ranks.get(t.low, 0) for t in view.tokens), default=0)


def taken_at(view: View) -> Moment | None:
    """When a claim says that its count was taken: "as of noon", "by Wednesday", "so far"."""
    for slot in view.slots("date"):
        before = view.before(slot.span), view.before(slot.span, 2)
        of_time = days.detail(slot).hours if before[0] == "at" else before[0] in _TAKEN
        if before == ("of", "as") or of_time:
            return _moment(days.detail(slot))
    parts = table("dates")["hours"] | table("figures")["hours"]
    for one, after in pairwise(t.low for t in view.tokens):
        if one in _TAKEN and after in parts:
            return Moment("", "", *parts[after])
        day = (view.article.published or "")[:10]
        if f"{one} {after}" in _UNTIL_NOW and day:
            return Moment(day, day, 0, 23)
    return None


def _moment(of: DateDetail) -> Moment:
    return Moment(of.first or "", of.last or "", *(of.hours or (0, 23)))


def order(x: Moment, y: Moment) -> int:
    """-1 where the first moment is the earlier, 1 where it is the later, 0 where nothing tells."""
    if x.first and y.first and (x.first, x.last) != (y.first, y.last):
        return (x.first > y.last) - (x.last < y.first)
    return (x.start > y.end) - (x.end < y.start)
