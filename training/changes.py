"""Controlled changes to one of two tellings of a statement: conflicts whose words are known.

Two tellings that agree hold some value both: a figure, a day, a name, an office, a verb. Changed in
one of them, it is a conflict, and the words of both sides that make it are known. The same values
told more coarsely, or a value that only one of the two holds, are none: `harmless` makes those.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from factcheck.lang import table
from factcheck.records import Span
from factcheck.slots.tokens import stem
from factcheck.slots.tokens import words as words_of


class Telling(NamedTuple):
    """A sentence, and the spans of the words that are the claim."""

    text: str
    spans: tuple[Span, ...]


class Changed(NamedTuple):
    """Two tellings of one statement, and the words of each that conflict (none: they agree)."""

    a: Telling
    b: Telling
    marks: tuple[tuple[Span, ...], tuple[Span, ...]]


Rng = random.Random
Swap = Callable[[str, Rng], str | None]

DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = (
    "January February March April May June July August September October November December".split()
)
COUNTS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
).split()
_NUMBER = re.compile(r"(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?![\w-])|\b(?:" + "|".join(COUNTS) + r")\b")
_CALENDAR = re.compile(r"\b(?:" + "|".join([*DAYS, *MONTHS]) + r")\b|\b(?:19|20)\d\d\b")
NAME = re.compile(r"(?<=[\w,;:’'] )[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})?\b")
_AUXILIARY = re.compile(r"\b(?:is|was|were|are|has|have|had|will|would|can|could|did|does|do)\b")
_WORD = re.compile(r"\b[a-z]{4,}\b")
_NEGATION = re.compile(r"\bnot |n't\b|n’t\b|\bnever \b")


def conflicting(a: Telling, b: Telling, names: Sequence[str], chance: Rng) -> Iterator[Changed]:
    """Every kind of change that the two tellings allow, in `a`, once each.

    `names` are names of the corpus to put for others.
    """
    for pattern, swap in (
        (_NUMBER, number),
        (_CALENDAR, calendar),
        (NAME, lambda told, rng: other_name(told, names, rng)),
        (_WORD, opposite),
        (_WORD, role),
    ):
        found = _exchanged(a, b, pattern, swap, chance)
        if found:
            yield found
    found = _negated(a, b, chance)
    if found:
        yield found
    found = _reworded(a, b, chance)
    if found:
        yield found


def harmless(a: Telling, b: Telling, names: Sequence[str], chance: Rng) -> Iterator[Changed]:
    """Changes of `a` after which both can hold: a bound, a rounding, a value told on one side."""
    found = _exchanged(a, b, _NUMBER, bounded, chance)
    if found:
        yield found._replace(marks=((), ()))
    for pattern, swap in (
        (_NUMBER, number),
        (_CALENDAR, calendar),
        (NAME, lambda told, rng: other_name(told, names, rng)),
    ):
        there = {_key(word) for word in _WORDS.findall(b.text)}
        own = [
            m
            for m in _inside(a, pattern)
            if not {_key(word) for word in _WORDS.findall(m[0])} & there
        ]
        # Only where the other side holds nothing of the kind: else it may be its counterpart.
        if own and not list(_inside(b, pattern)):
            match = chance.choice(own)
            put = swap(match[0], chance)
            if put:
                yield Changed(_put(a, match.span(), put)[0], b, ((), ()))


_WORDS = re.compile(r"\w+")


def number(told: str, chance: Rng) -> str | None:
    """Another figure of like size, in the same form."""
    if told in COUNTS:
        at = COUNTS.index(told)
        return chance.choice([w for w in COUNTS[max(0, at - 5) : at + 6] if w != told])
    digits = told.replace(",", "")
    if "." in digits:
        value = float(digits)
        made = (
            f"{value * chance.choice([0.5, 0.8, 0.9, 1.1, 1.25, 2]):.{len(digits.split('.')[1])}f}"
        )
        return made if made != digits else None
    value = int(digits)
    kind = chance.random()
    if kind < 0.3 and len(set(digits)) > 1:
        at = chance.randrange(len(digits) - 1)
        swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        changed = int(swapped)
    elif kind < 0.6:
        changed = value + chance.choice([-4, -3, -2, -1, 1, 2, 3, 4, 10])
    else:
        changed = round(value * chance.choice([0.5, 0.75, 0.9, 1.1, 1.5, 2, 10]))
    if changed <= 0 or changed == value:
        return None
    return f"{changed:,}" if "," in told else str(changed)


def calendar(told: str, chance: Rng) -> str | None:
    """Another day, month or year."""
    for kind in (DAYS, MONTHS):
        if told in kind:
            return chance.choice([w for w in kind if w != told])
    return str(int(told) + chance.choice([-4, -3, -2, -1, 1, 2, 3, 4]))


def other_name(told: str, names: Sequence[str], chance: Rng) -> str | None:
    """Another name of as many words; a surname alone is changed in half of the full names."""
    if told.split()[0] in (*DAYS, *MONTHS):
        return None
    alike = [n for n in names if n.count(" ") == told.count(" ") and n != told]
    if not alike:
        return None
    put = chance.choice(alike)
    first, _, last = told.partition(" ")
    if last and chance.random() < 0.5:
        new_first, _, new_last = put.partition(" ")
        return f"{first} {new_last}" if chance.random() < 0.5 else f"{new_first} {last}"
    return put


def opposite(told: str, chance: Rng) -> str | None:
    """A word that says the contrary."""
    found = _opposites().get(told)
    return chance.choice(found) if found else None


@cache
def _opposites() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for pair in table("polarity")["opposites"]:
        one, other = (
            [word for word in pair[side].split() if "_" not in word] for side in ("one", "other")
        )
        for words, contrary in ((one, other), (other, one)):
            for word in words:
                found.setdefault(word, []).extend(contrary)
    return {word: contrary for word, contrary in found.items() if contrary}


ROLES = (
    "minister mayor governor president director manager captain lieutenant sergeant chief deputy "
    "spokesman chairman secretary senator judge prosecutor lawyer doctor surgeon nurse teacher "
    "driver pilot engineer officer inspector ambassador treasurer coach owner founder professor"
).split()


def role(told: str, chance: Rng) -> str | None:
    """Another office."""
    return chance.choice([w for w in ROLES if w != told]) if told in ROLES else None


def bounded(told: str, chance: Rng) -> str | None:
    """A figure as a bound within which, or a rounding to which, the exact one holds."""
    if told in COUNTS:
        return f"{chance.choice(['about', 'at least', 'some'])} {told}"
    digits = told.replace(",", "")
    if "." in digits:
        return f"about {round(float(digits))}" if float(digits) >= 2 else None
    value = int(digits)
    if 1900 <= value <= 2100:
        return None
    if value >= 20 and chance.random() < 0.6:
        unit = 10 ** (len(digits) - 1 if value < 100 else len(digits) - 2)
        low = value // unit * unit
        if 0 < low < value:
            return f"{chance.choice(['more than', 'over', 'at least'])} {low:,}"
        return None
    return f"{chance.choice(['about', 'at least', 'around', 'some'])} {told}"


def _inside(telling: Telling, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The matches of a pattern that lie in the claim."""
    for match in pattern.finditer(telling.text):
        if any(s <= match.start() and match.end() <= e for s, e in telling.spans):
            yield match


def _key(word: str) -> str:
    return stem(word.lower())


def _exchanged(
    a: Telling, b: Telling, pattern: re.Pattern[str], swap: Swap, chance: Rng
) -> Changed | None:
    """A value that both hold, changed in `a`."""
    there: dict[str, Span] = {}
    for match in _inside(b, pattern):
        there.setdefault(_key(match[0].split()[-1]), match.span())
    shared = [m for m in _inside(a, pattern) if _key(m[0].split()[-1]) in there]
    chance.shuffle(shared)
    for match in shared:
        if len(re.findall(rf"\b{re.escape(match[0])}\b", a.text)) > 1:
            continue
        put = swap(match[0], chance)
        if put and put != match[0] and put not in b.text:
            changed, at = _put(a, match.span(), put)
            return Changed(changed, b, ((at,), (there[_key(match[0].split()[-1])],)))
    return None


def _negated(a: Telling, b: Telling, chance: Rng) -> Changed | None:
    """A "not" more behind an auxiliary, where neither side has a negation."""
    negators = set(words_of("polarity", "negators"))
    if any(w.lower() in negators for t in (a, b) for w in re.findall(r"[\w’']+", t.text)):
        return None
    for match in _inside(a, _AUXILIARY):
        behind = _WORD.search(a.text, match.end())
        if behind is None or behind.start() > match.end() + 12:
            continue
        at = next((m.span() for m in _inside(b, _WORD) if _key(m[0]) == _key(behind[0])), None)
        if at is None:
            continue
        put = f"{match[0]} {chance.choice(['not', 'not', 'never'])}"
        changed, span = _put(a, match.span(), put)
        grown = len(put) - len(match[0])
        return Changed(changed, b, (((span[0], behind.end() + grown),), (at,)))
    return None


_QUOTED = re.compile(r"[“\"]([^”\"]{12,})[”\"]")


def _reworded(a: Telling, b: Telling, chance: Rng) -> Changed | None:
    """Another word in a quotation that both sides have; the word is one of the two sentences'."""
    quoted = _QUOTED.search(a.text)
    if quoted is None:
        return None
    mine = [m for m in _inside(a, _WORD) if quoted.start() < m.start() < quoted.end()]
    theirs = {m[0]: m.span() for m in _inside(b, _WORD)}
    both = [m for m in mine if m[0] in theirs and a.text.count(m[0]) == 1]
    others = sorted({m[0] for m in _WORD.finditer(a.text)} - set(theirs))
    if not both or not others:
        return None
    match = chance.choice(both)
    alike = [w for w in others if w[-2:] == match[0][-2:]] or others
    changed, at = _put(a, match.span(), chance.choice(alike))
    return Changed(changed, b, ((at,), (theirs[match[0]],)))


def _put(telling: Telling, at: Span, put: str) -> tuple[Telling, Span]:
    """A telling with other words at a place, and where these then stand."""
    grown = len(put) - (at[1] - at[0])
    text = telling.text[: at[0]] + put + telling.text[at[1] :]
    spans = tuple(
        (s if s <= at[0] else s + grown, e if e < at[1] else e + grown) for s, e in telling.spans
    )
    return Telling(text, spans), (at[0], at[0] + len(put))
