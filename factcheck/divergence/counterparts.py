"""Values of two claims that exclude each other, were they told of one thing; and what tells so.

A figure, a date, a name, a negation, a speaker: each pair of them is a
candidate, whatever stands around it. Whether the two stand at one place of one statement is weighed
in `weigh`, by the features told here; every feature is a number of about 0 to 3.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache
from itertools import product

from factcheck.attribution.lexicon import lexicon
from factcheck.claims.stance import side
from factcheck.divergence import (
    callings,
    dates,
    days,
    events,
    figures,
    names,
    opposites,
    polarity,
    scope,
    units,
)
from factcheck.divergence.candidate import Candidate, Features, only, shared, told
from factcheck.divergence.places import of_one_thing
from factcheck.divergence.polarity import is_contested
from factcheck.divergence.views import Conflict, View, other_speaker
from factcheck.lang import words
from factcheck.records import FigureDetail, Slot, Span
from factcheck.slots import people, places
from factcheck.slots.numbers import number
from factcheck.slots.polarity import Negation, is_weak, negations
from factcheck.slots.tokens import Token, content, folded, possessor, stem

__all__ = ["Candidate", "candidates", "shared", "sign"]

# Pairs of values of one kind that are weighed of two claims.
_MOST = 60
_ENDS = frozenset({"from", "to"})
_PRONOUNS = words("conflicts", "counterparts", "pronouns")
_NEGATED_NOUN = words("conflicts", "counterparts", "negated_noun")

_BEFORE_NAME = words("conflicts", "counterparts", "before_name")
_NOBODY = words("conflicts", "counterparts", "nobody")


def candidates(a: View, b: View) -> Iterator[Candidate]:
    """All pairs of values of two claims that would exclude each other."""
    for find in (_figures, _dates, _names, _roles, _negations, _sources):
        found = list(find(a, b))
        if len(found) <= _MOST:
            yield from found


def _figures(a: View, b: View) -> Iterator[Candidate]:
    shares = _shares(a, b)
    left, right = (view.slots("figure") + told for view, told in zip((a, b), shares, strict=True))
    for one, other in product(left, right):
        x, y = scope.detail(one), scope.detail(other)
        if not units.of_one_measure(x, y) or figures.compatible(one, other):
            continue
        if any(figures.told_too(s, one) for s in right) or any(
            figures.told_too(s, other) for s in left
        ):
            continue
        found = figures.conflict(a, one, b, other)
        if found.material and scope.count_apart(a, one, b, other):
            continue
        of_unit = (
            sum(scope.detail(s).unit == x.unit for s in left),
            sum(scope.detail(s).unit == y.unit for s in right),
        )
        yield Candidate(
            "figure",
            found,
            shared(a, b, found.spans) | only(of_unit) | _sizes(x, y, one, other, a, b),
        )


def _shares(a: View, b: View) -> tuple[list[Slot], list[Slot]]:
    """The shares in words of two claims, where none meets what the other tells in percent."""
    percent = [
        [s for s in view.slots("figure") if scope.detail(s).unit == "%"] + view.shares
        for view in (a, b)
    ]
    if any(figures.compatible(x, y) for x, y in product(*percent)):
        return [], []
    return a.shares, b.shares


def _sizes(x: FigureDetail, y: FigureDetail, one: Slot, other: Slot, a: View, b: View) -> Features:
    low, high = sorted(units.sizes(x, y))
    counted = bool(x.counted) and bool(y.counted)
    zeros = figures.zeros_apart(a, one, b, other)
    return {
        "unit": float(bool(x.unit or y.unit)),
        "two units": float(bool(x.unit and y.unit) and x.unit != y.unit),
        "one without unit": float(bool(x.unit) != bool(y.unit)),
        "counted alike": float(counted and x.counted == y.counted),
        "counted otherwise": float(counted and x.counted != y.counted),
        "ratio": min(3.0, math.log(high / low)) if low > 0 else 3.0,
        "digits changed places": float(zeros or sorted(number(low)) == sorted(number(high))),
        "small": float(low <= 2),
        "bounded": float(x.low != x.high or y.low != y.high),
        "other dates": float(figures.of_other_times(a, b)),
        "two polls": float(figures.of_two_polls(a, b, share=figures.is_share(x))),
        "year": float(low >= 1900 and high <= 2100 and not x.unit and not counted),
        "with a digit": float(one.text[0].isdigit() and other.text[0].isdigit()),
        "age": float(x.unit == "years old"),
        "comparable": float(figures.comparable(a, one, b, other)),
    }


def _dates(a: View, b: View) -> Iterator[Candidate]:
    left, right = a.slots("date"), b.slots("date")
    placed = dates.closed(a), dates.closed(b)
    known = {found.spans for found in dates.conflicts(a, b)}
    if scope.of_two_events(a, b) or opposites.of_two_acts(a, b):
        return  # two things have two days
    for one, other in product(left, right):
        ends = dates.bound(a, one), dates.bound(b, other)
        bounded = bool(ends[0]) and ends[0] == ends[1]
        if not (bounded or (one in placed[0] and other in placed[1])):
            continue
        if not days.differ(one, other) or (bounded and days.adjoin(one, other)):
            continue
        if scope.of_two_tenses(a, one, b, other):
            continue
        if any(s.value == one.value for s in right) or any(s.value == other.value for s in left):
            continue
        sides = (left, right) if bounded else placed
        found = dates.conflict(one, other)
        fine = days.fineness(one), days.fineness(other)
        yield Candidate(
            "date",
            found,
            shared(a, b, found.spans)
            | only((len(sides[0]), len(sides[1])))
            | {
                "same clause": min(3.0, dates.nearness(a, one, b, other)),
                "equally fine": float(fine[0] == fine[1]),
                "a day": float(fine == (0, 0)),
                "years": float(fine == (2, 2)),
                "one wording": float(one.text.lower() == other.text.lower()),
                "by calendar": float(days.by_calendar(one) and days.by_calendar(other)),
                "clock": float(all(any(c.isdigit() for c in s.value[10:]) for s in (one, other))),
                "comparable": float(found.spans in known),
                "one bound": float(bounded),
                "other figures": float(figures.any_differ(a, b)),
            },
        )


def _names(a: View, b: View) -> Iterator[Candidate]:
    if opposites.of_two_acts(a, b) or days.all_apart(a, b) or scope.of_two_kinds(a, b):
        return
    left, right = _named(a), _named(b)
    known = [{w for name in named for w in _parts(name)} for named in (left, right)]
    replaced = {found.spans for found in names.conflicts(a, b)}
    for mine, theirs in product(left, right):
        x, y = _parts(mine), _parts(theirs)
        if not x or not y or set(x) <= known[1] or set(y) <= known[0]:
            continue
        if _tells_of(b, mine) or _tells_of(a, theirs):
            continue
        if _speaks(a, x) and _speaks(b, y):
            continue  # two speakers are held together as sources
        one, other = names.text(mine), names.text(theirs)
        if names.one_person(one, other):
            continue
        spans = (mine[0].start, mine[-1].end), (theirs[0].start, theirs[-1].end)
        towns = sum(map(places.is_place, (one, other)))
        if towns == 2 and not (places.apart(one, other) and of_one_thing(a, b, spans)):
            continue
        before = [view.before(span) for view, span in zip((a, b), spans, strict=True)]
        if set(before) == _ENDS:
            continue  # both ends of one way
        # Where places of that name are not known, they are where a place is due.
        where = towns == 2
        stands = where or (before[0] == before[1] and before[0] in names.INSIDE)
        reason = (
            f"two places for one event: {one} and {other}"
            if stands
            else f"two names in one place of the statement: {one} and {other}"
        )
        yield Candidate(
            "place" if where else "name",
            Conflict("place" if stands else "person", reason, (one, other), spans),
            shared(a, b, spans)
            | only((len(left), len(right)))
            | {
                "one is a place": float(towns == 1),
                "likeness": SequenceMatcher(None, " ".join(x), " ".join(y)).ratio(),
                "one surname": float(len(x) > 1 and len(y) > 1 and x[-1] == y[-1]),
                "a word in common": float(bool(set(x) & set(y))),
                "words of name alike": float(len(x) == len(y)),
                "one word": float(len(x) == 1 or len(y) == 1),
                "same word before": float(before[0] == before[1]),
                "people": float(_is_person(a, spans[0]) and _is_person(b, spans[1])),
                "one is a person": float(_is_person(a, spans[0]) != _is_person(b, spans[1])),
                "all else alike": float(spans in replaced),
                "look alike": float(_look_alike(x, y)),
                "speaks": float(_speaks(a, x) or _speaks(b, y)),
            },
        )


def _roles(a: View, b: View) -> Iterator[Candidate]:
    """What one person is said to be, twice."""
    found = list(callings.pairs(a, b))
    for conflict, features in found:
        about = shared(a, b, conflict.spans)
        yield Candidate("role", conflict, about | features | {"pairs": math.log1p(len(found) - 1)})


def _named(view: View) -> list[list[Token]]:
    """The names of a claim, without titles and possessives."""
    out = []
    calendar = lexicon().calendar
    taken = [s.span for s in view.slots("figure", "date")]
    for found in people.names(view.tokens):
        run = view.tokens[found.first : found.last]
        if any(s < run[-1].end and run[0].start < e for s, e in taken):
            continue  # "degrees Celsius"
        run = run[_title(view.tokens, found.first, run) :]
        if run and not all(possessor(t.low) in calendar for t in run):
            out.append(run)
    return out


def _title(tokens: list[Token], at: int, run: list[Token]) -> int:
    """How many words of a run of capitals, which begins at token `at`, are a title.

    "Former Vice President | Cheney"; of "Secretary of State Clinton" the run begins with "State".
    """
    titles = lexicon().titles
    count = 0
    while count < len(run):
        before = tuple(t.low for t in tokens[at - 2 : at + 1]) if not count and at > 1 else ()
        long = [n for n in (3, 2) if tuple(t.low for t in run[count : count + n]) in titles]
        if long and count + long[0] < len(run):
            count += long[0]
        elif before in titles or names.spelt(folded(possessor(run[count].text))) in _titles():
            count += 1
        else:
            break
    return count


@cache
def _titles() -> frozenset[str]:
    """Single words that stand before names, and the article."""
    single = {title[0] for title in lexicon().titles if len(title) == 1}
    general = words("roles", "general") | words("roles", "was") | words("roles", "acting")
    return frozenset(single | general | _BEFORE_NAME)


def _parts(name: list[Token]) -> list[str]:
    """The words of a name, each in one of its spellings."""
    words_ = [folded(possessor(t.text)) for t in name if t.is_word and len(t.text) > 1]
    return [names.spelt(word) for word in words_]


def _look_alike(x: list[str], y: list[str]) -> bool:
    """Whether two names differ in one word, and that by a few letters."""
    if len(x) != len(y):
        return False
    differing = [(v, w) for v, w in zip(x, y, strict=True) if v != w]
    return len(differing) == 1 and SequenceMatcher(None, *differing[0]).ratio() >= 0.5


def _tells_of(view: View, name: list[Token]) -> bool:
    """Whether a claim has the words of a name too, if not as a name: "Anna's sister Mira Voss"."""
    capital = {possessor(t.low) for t in view.tokens if t.is_capital}
    return {possessor(t.low) for t in name if t.is_word} <= capital


def _is_person(view: View, span: Span) -> bool:
    return any(s.span[0] < span[1] and span[0] < s.span[1] for s in view.slots("person"))


def _speaks(view: View, name: list[str]) -> bool:
    speaker = view.claim.speaker
    return speaker is not None and folded(speaker.name).split()[-1:] == name[-1:]


def _negations(a: View, b: View) -> Iterator[Candidate]:
    """One claim with a negation, or told by words that deny; the other without."""
    signs = [sign(view) for view in (a, b)]
    if signs[0] == signs[1] or not all(signs) or opposites.conflicts(a, b):
        return
    denier, asserter = (a, b) if signs[0] < 0 else (b, a)
    found = negations(denier.tokens, hindered=True)
    denied = side(denier.claim) < 0
    if denied and not polarity.of_what_is_denied(denier, asserter):
        return
    noun = bool(found) and denier.tokens[found[0].at].low in _NEGATED_NOUN
    if noun and scope.elsewhere(a, b):
        return
    at = _target(denier, asserter, found)
    common = denier.stems & asserter.stems
    same = [t for t in content(asserter.tokens) if stem(t.low) in common and not t.is_capital]
    key = stem(at.low) if at else ""
    pair = [t for t in same if stem(t.low) == key] or same
    first = denier.tokens[found[0].at] if found else None
    cue = next(iter(denier.claim.cue_spans), denier.claim.spans[0])
    near = (first.start, (at or first).end) if first else cue
    if first and at and at.end < first.start:
        near = (at.start, first.end)
    spans = near, ((pair[0].start, pair[0].end) if pair else asserter.claim.spans[0])
    values = "denied", "asserted"
    conflict = _denial(denier, asserter, spans, first)
    features = shared(denier, asserter, spans) | {
        "denying words": float(denied),
        "of a noun": float(noun),
        "what is negated is told": float(bool(pair) and bool(key) and stem(pair[0].low) == key),
        "opens": float(bool(found) and found[0].at <= 2),
        "negations": math.log1p(len(found)),
        "of the other": math.log1p(len(negations(asserter.tokens, hindered=True))),
        "weak": float(is_weak((*a.tokens, *b.tokens))),
        "figure of the other": float(bool(asserter.slots("figure"))),
        "both quoted": float(a.claim.quote == b.claim.quote == "direct"),
        "shared verbs": float(sum(t.low.endswith("ed") for t in same)),
        "nobody": float(any(t.low in _NOBODY for t in denier.tokens)),
    }
    if denier is b:
        conflict = conflict._replace(values=values[::-1], spans=spans[::-1])
    yield Candidate("denial", conflict, features)


def sign(view: View, *, hindered: bool = True) -> int:
    """1 where a claim asserts, -1 where it denies, 0 where it leaves it open.

    `hindered` counts what is stopped or prevented as negated, too.
    """
    odd = len(negations(view.tokens, hindered=hindered)) % 2
    return side(view.claim) * (-1 if odd else 1)


def _target(denier: View, asserter: View, found: list[Negation]) -> Token | None:
    """The word of a negation's reach, or just before it, that the other telling has too."""
    reached = [
        denier.tokens[k]
        for n in found
        for k in (*range(n.at + 1, n.end), *range(n.at - 1, max(-1, n.at - 4), -1))
    ]
    meant = [t for t in content(reached) if not t.is_capital]
    common = [t for t in meant if stem(t.low) in asserter.stems]
    return next(iter(common or meant), None)


def _denial(
    denier: View, asserter: View, spans: tuple[Span, Span], first: Token | None
) -> Conflict:
    contested = is_contested(denier, asserter)
    denied, held = told(denier, spans[0]), told(asserter, spans[1])
    by = " by a named party" if contested else ""
    reason = f"one telling denies{by} (“{denied}”) what the other asserts (“{held}”)"
    return Conflict("polarity", reason, ("denied", "asserted"), spans, contested=contested)


def _sources(a: View, b: View) -> Iterator[Candidate]:
    """One wording under two speakers."""
    one, other = a.claim.speaker, b.claim.speaker
    if one is None or other is None or not a.claim.source_spans or not b.claim.source_spans:
        return
    if {"unnamed", "document"} & {one.kind, other.kind} or not other_speaker(a.claim, b.claim):
        return
    quoted = [view.claim.quote in ("direct", "mixed") for view in (a, b)]
    if not all(quoted) or events.acts(a) & events.acts(b):
        return  # two people may well say the same in an editor's words
    runs = SequenceMatcher(
        None, [stem(t.low) for t in a.tokens], [stem(t.low) for t in b.tokens], autojunk=False
    ).get_matching_blocks()
    equal = sum(r.size for r in runs)
    longest = max(r.size for r in runs)
    spans = a.claim.source_spans[0], b.claim.source_spans[0]
    reason = f"one statement given to two sources: {one.name} and {other.name}"
    alike = shared(a, b, spans)
    yield Candidate(
        "source",
        Conflict("attribution", reason, (one.name, other.name), spans),
        alike
        | {
            "in one order": equal / max(1, min(len(a.tokens), len(b.tokens))),
            "of the longer": equal / max(1, len(a.tokens), len(b.tokens)),
            "longest run": math.log1p(longest),
            "people": float(one.kind == other.kind == "named"),
            "pronoun": float(
                any(told(v, s).lower() in _PRONOUNS for v, s in zip((a, b), spans, strict=True))
            ),
        },
    )
