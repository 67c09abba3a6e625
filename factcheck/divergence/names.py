"""Two names in one and the same place of two nearly equal texts."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache

from factcheck.attribution.lexicon import fold, lexicon
from factcheck.attribution.names import compatible, same_given
from factcheck.divergence import days
from factcheck.divergence.quotation import align
from factcheck.divergence.views import Conflict, View, overlap
from factcheck.lang import table, words
from factcheck.slots import places
from factcheck.slots.tokens import Token, possessor, stem

# Share of the shorter claim's words that must be aligned before a name is held against a name.
_SAME, _LONGEST_NAME = 0.75, 4
# Names with an equal beginning and end need this many words to be variants of one.
_LONG_NAME = 4
_WHERE = words("conflicts", "names", "where")
# Behind these stands a place or a body, never a person.
INSIDE = words("conflicts", "names", "inside")
# Above this likeness two names are two spellings of one ("Catherine", "Katherine").
_SPELLING = 0.7
# "Servant of", with the article behind it that is written in many ways, and in one word or two.
_SERVANT, _SERVANTS = "abd", re.compile(r"abd(?!ull|all|i|ou)(?:[aeu][lr])?")


def conflicts(a: View, b: View) -> list[Conflict]:
    """Find a name that the other text replaces by another name, all around being equal.

    Where the times are others, too, two things are told.
    """
    if days.all_apart(a, b):
        return []
    return _one_word_apart(a, b) or _replaced(a, b)


def other_people(a: View, b: View) -> bool:
    """Whether both claims name people, and no two of the names can be one person's."""
    pairs = [(x.value, y.value) for x in a.slots("person") for y in b.slots("person")]
    return bool(pairs) and not any(_alike(one, other) for one, other in pairs)


def _one_word_apart(a: View, b: View) -> list[Conflict]:
    """Find two long names that differ in one inner word (Joint Harbour Safety / Security Board)."""
    for left in _long_names(a):
        for right in _long_names(b):
            differing = [
                k for k, (x, y) in enumerate(zip(left, right, strict=False)) if x.low != y.low
            ]
            if len(left) != len(right) or len(differing) != 1:
                continue
            if differing[0] in (0, len(left) - 1):
                continue
            words_ = left[differing[0]].low, right[differing[0]].low
            if spelt(words_[0]) == spelt(words_[1]) or same_given(*map(fold, words_)):
                continue
            one, other = text(left), text(right)
            reason = f"two names for one thing: {one} and {other}"
            spans = (left[0].start, left[-1].end), (right[0].start, right[-1].end)
            return [Conflict("person", reason, (one, other), spans)]
    return []


def spelt(word: str) -> str:
    """A word in one of its spellings: "adviser" for "advisor"."""
    word = lexicon().spellings.get(word, word)
    return _transliterated().get(word, word)


@cache
def _transliterated() -> dict[str, str]:
    """Given names of other scripts in each of their spellings → the first of these."""
    rows = [row.split() for row in table("words")["transliterated"]]
    return {word: row[0] for row in rows for word in row}


def _long_names(view: View) -> list[list[Token]]:
    """Runs of four and more capitalised words."""
    runs: list[list[Token]] = [[]]
    for token in view.tokens:
        if token.is_word and token.is_capital:
            runs[-1].append(token)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if len(run) >= _LONG_NAME]


def _replaced(a: View, b: View) -> list[Conflict]:
    if overlap(a.stems, b.stems) < _SAME - 0.25:
        return []
    aligned = align(a.tokens, b.tokens)
    equal = sum(len(x) for op, x, _ in aligned if op == "equal")
    if equal < _SAME * min(len(a.tokens), len(b.tokens)):
        return []
    for before, (op, left, right), after in zip(aligned, aligned[1:], aligned[2:], strict=False):
        if op != "both" or before[0] != "equal" or after[0] != "equal":
            continue
        if not _is_name(a, left) or not _is_name(b, right):
            continue
        one, other = text(left), text(right)
        if _alike(one, other) or _named(one, b) or _named(other, a):
            continue
        # Most towns' names are people's too: one side may be unknown only where a place is due.
        due = before[1][-1].low in _WHERE
        towns = sum(map(places.is_place, (one, other)))
        known = towns >= (1 if due else 2)
        unknown_places = not known and (towns or before[1][-1].low in INSIDE)
        if unknown_places or (known and not places.apart(one, other)):
            continue
        values = (one, other)
        spans = (left[0].start, left[-1].end), (right[0].start, right[-1].end)
        reason = f"two names in one place of the statement: {one} and {other}"
        return [Conflict("place" if known else "person", reason, values, spans)]
    return []


def _named(name: str, view: View) -> bool:
    """Whether a claim has a name too, somewhere."""
    return set(name.lower().split()) <= {possessor(t.low) for t in view.tokens}


def _is_name(view: View, tokens: list[Token]) -> bool:
    """Whether words are a name, and of no figure or date ("degrees Celsius")."""
    if not 1 <= len(tokens) <= _LONGEST_NAME:
        return False
    if any(s.span[0] <= tokens[0].start < s.span[1] for s in view.slots("figure", "date")):
        return False
    calendar = lexicon().calendar | words("words", "function")
    return all(
        (t.is_word and t.is_capital and possessor(t.low) not in calendar) or t.text in ".-"
        for t in tokens
    ) and any(len(t.text) > 2 for t in tokens)


def text(tokens: list[Token]) -> str:
    """The words of a name, without signs and possessives."""
    return " ".join(possessor(t.text.replace("’", "'")) for t in tokens if t.is_word)


def one_person(one: str, other: str) -> bool:
    """Whether two names are spellings or short forms of one, by what is known of names."""
    x, y = fold(one), fold(other)
    if same_given(x, y) or _letters(x) == _letters(y) or compatible(one, other):
        return True
    if _of_arabic(one, other):
        return True
    a, b = ([_sound(spelt(word)) for word in name.split()] for name in (x, y))
    if {stem(w) for w in a} <= {stem(w) for w in b} or {stem(w) for w in b} <= {stem(w) for w in a}:
        return True
    if _inner_apart(a, b):
        return False
    if 1 in (len(a), len(b)) and same_given(a[0], b[0]):
        return True  # "Bill", of William Darrow
    if a[-1] == b[-1] and len(a) > 1 and len(b) > 1:
        short, long = sorted((a[0], b[0]), key=len)
        return same_given(short, long) or (long.startswith(short) and not _two_given(short, long))
    return _initials(one, other) or _country(x, y)


def _two_given(one: str, other: str) -> bool:
    """Whether two words are known as given names, of people of unlike gender: "Paul", "Paula"."""
    genders = [lexicon().first_names.get(word) for word in (one, other)]
    return all(genders) and genders[0] != genders[1]


def _sound(word: str) -> str:
    """A word of a name with its long vowels written as one letter: "Shareef" is "Sharif"."""
    return word.replace("ee", "i").replace("oo", "u").replace("ou", "u")


def _of_arabic(one: str, other: str) -> bool:
    """Whether two names are one Arabic name in two scripts' spellings, and told to be Arabic by an
    article or the like: "Abdel Rahman Al-Tayer", "Abdul-Rahman al-Tayir".
    """
    found = [_arabic(name) for name in (one, other)]
    marked = any(len(parts) < len(told) or _SERVANT in parts for told, parts in found)
    return marked and bool(found[0][1]) and found[0][1] == found[1][1]


def _arabic(name: str) -> tuple[list[str], list[str]]:
    """The words of a name, and as sounds what they are without articles: "Abdul" is "Abd al-"."""
    told = fold(name.replace("-", " ").replace("’", "").replace("'", "")).split()
    parts = []
    for word in told:
        servant = _SERVANTS.match(word)
        if servant:
            parts.append(_SERVANT)
        rest = word[servant.end() :] if servant else word
        if rest and rest not in words("conflicts", "names", "articles"):
            parts.append(_voiced(spelt(rest)))
    return told, parts


def _voiced(word: str) -> str:
    """A word of an Arabic name as it sounds, however its vowels are written."""
    for written, heard in table("conflicts")["arabic"].items():
        word = word.replace(written, heard)
    return "".join(x for x, before in zip(word, " " + word, strict=False) if x != before)


def _initials(one: str, other: str) -> bool:
    """Whether the one is the initials of the other."""
    short, long = sorted((one, other), key=len)
    return short.isupper() and short == "".join(w[0] for w in long.split())


def _country(one: str, other: str) -> bool:
    """Whether two folded names are of one country: itself, its capital, its people."""
    lex = lexicon()
    found = [
        lex.countries.get(n) or lex.adjectives.get(n) or lex.capitals.get(n) for n in (one, other)
    ]
    return found[0] is not None and found[0] == found[1]


def _letters(name: str) -> str:
    """The letters of a name, doubled ones once: "Parris Island" is "Paris Island"."""
    letters = name.replace(" ", "")
    return "".join(x for x, before in zip(letters, " " + letters, strict=False) if x != before)


def _inner_apart(a: list[str], b: list[str]) -> bool:
    """Whether two names begin and end alike and have another word, no initial, in between."""
    if len(a) != len(b) or (a[0], a[-1]) != (b[0], b[-1]):
        return False
    return any(x[0] != y[0] or (x != y and len(x) > 1 < len(y)) for x, y in zip(a, b, strict=True))


def _alike(one: str, other: str) -> bool:
    """Whether two names can be one: a shared word, a short form, a likeness, initials, a title."""
    x, y = fold(one), fold(other)
    if same_given(x, y):
        return True
    if {spelt(word) for word in x.split()} & {spelt(word) for word in y.split()} or SequenceMatcher(
        None, x, y
    ).ratio() >= _SPELLING:
        return True
    titles = lexicon().titles
    if tuple(x.split()) in titles or tuple(y.split()) in titles:
        return True
    return _initials(one, other) or _country(x, y)
