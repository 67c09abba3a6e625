"""Weekdays with the words that place them: "last Friday", "Friday week", "a week ago on Monday"."""

from __future__ import annotations

from typing import NamedTuple

from factcheck.lang import table, words
from factcheck.slots.tokens import Token, possessor, word_at

_OTHER = words("dates", "in_weekdays", "other")
_ANY = words("dates", "in_weekdays", "any")
_WHICH = {"last": "last", "next": "next", "this": "this", "coming": "coming", "past": "past"}
_LEADS_TO = words("dates", "in_weekdays", "leads_to") | {""}
_BEFORE_DAY = words("dates", "in_weekdays", "before_day")
_RECURS = words("dates", "in_weekdays", "recurs")


class Weekday(NamedTuple):
    """A weekday at tokens `[first, last)`.

    `which` is the word that places it ("last", "next", "this", "coming", "past"; "other" where it
    is told relative to another day), `weeks` the week it lies in or how many later, "of" or "on".
    """

    first: int
    last: int
    day: int
    which: str = ""
    weeks: int = 0
    how: str = ""  # "in": of the week so many from this one; "on": so many weeks further


def is_weekday(token: Token) -> bool:
    """Whether a token is the name of a weekday: "Wednesday", "Tues", "Monday's"."""
    return token.is_capital and possessor(token.low) in table("dates")["weekdays"]


def weekday(tokens: list[Token], i: int) -> Weekday | None:
    """Read the weekday at token `i`; `None` for any such day ("every Friday", "on a Monday")."""
    day = table("dates")["weekdays"][possessor(tokens[i].low)]
    last = i + 1
    if len(tokens[i].low) <= 5 and word_at(tokens, last) == "." and last + 1 < len(tokens):
        last += 1
    before, more = word_at(tokens, i - 1), word_at(tokens, i - 2)
    first, which = i, ""
    if before in _ANY:
        return None
    if before in ("a", "an") and word_at(tokens, last) in _LEADS_TO:
        return None
    if before in ("that", "same") or (before in _OTHER and more == "the"):
        # "Said that Monday" tells the day, "that Monday" behind "on" another.
        if before != "that" or i == 1 or more in _BEFORE_DAY:
            return Weekday(i - 1, last, day, "other")
    elif before in _WHICH:
        first, which = i - 1, _WHICH[before]
        if more == "the" and before in ("last", "next"):
            which = "other"
        elif more == "this" and before in ("past", "coming"):
            first = i - 2
    elif before == "the" and word_at(tokens, last) in ("before", "after"):
        return Weekday(i, last, day, "other")
    if which in ("last", "other") and word_at(tokens, last) in ("of", "in"):
        of = word_at(tokens, last + 1)
        if of in _RECURS or of in table("dates")["months"]:
            return Weekday(first, last, day, "other")
    placed = _ago(tokens, i, last, day) or _in_week(tokens, i, last, day)
    return placed or Weekday(first, last, day, which)


def _ago(tokens: list[Token], i: int, last: int, day: int) -> Weekday | None:
    """Read "a week ago (on) Monday", "a week on Friday", "Friday week"."""
    behind = word_at(tokens, last)
    if behind in ("week", "fortnight") and word_at(tokens, last + 1) not in ("of", "ago"):
        return Weekday(i, last + 1, day, "", 1 if behind == "week" else 2, "on")
    k = i - 1 if word_at(tokens, i - 1) in ("on", "from") else i
    if k < 2:
        return None
    if k < i and word_at(tokens, k - 1) in ("week", "fortnight") and word_at(tokens, k - 2) == "a":
        return Weekday(k - 2, last, day, "", 1 if word_at(tokens, k - 1) == "week" else 2, "on")
    if word_at(tokens, k - 1) != "ago" or word_at(tokens, k - 2) not in ("week", "weeks"):
        return None
    count = word_at(tokens, k - 3)
    number = 1 if count in ("a", "one") else int(table("figures")["cardinals"].get(count, 0))
    return Weekday(k - 3, last, day, "", -number, "in") if number else None


def _in_week(tokens: list[Token], i: int, last: int, day: int) -> Weekday | None:
    """Read "Tuesday of last week", "next week on Tuesday"."""
    shift = {"last": -1, "this": 0, "next": 1}
    k = last + 1 if word_at(tokens, last) == "of" else last
    if word_at(tokens, k) in shift and word_at(tokens, k + 1) == "week":
        return Weekday(i, k + 2, day, "", shift[word_at(tokens, k)], "in")
    k = i - 1 if word_at(tokens, i - 1) == "on" else i
    k -= k < i and word_at(tokens, k - 1) == ","
    if word_at(tokens, k - 1) == "week" and word_at(tokens, k - 2) in shift and k > 1:
        return Weekday(k - 2, last, day, "", shift[word_at(tokens, k - 2)], "in")
    return None


def takes_side(found: Weekday) -> bool:
    """Whether the tense of its verb decides which such day it is."""
    return not found.how and found.which in ("", "this")
