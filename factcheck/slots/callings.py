"""What named people are said to be: an office, a trade, a part in what happened.

"The cook, Ann Reed", "Ann Reed, who keeps bees", "pharmacy technician Ann Reed", "Reed is a cook".
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from factcheck.attribution.lexicon import lexicon
from factcheck.lang import table, words
from factcheck.slots.people import Named, name_text, names
from factcheck.slots.tokens import Token, possessor, singular, stem, word_at

# Words of a description at most, and of those directly before a name.
_LONGEST, _BEFORE = 9, 5
_ENDS = frozenset({",", ".", ";", ":", "(", ")", "–", "—", "“", "”", '"', "!", "?"})
_OF = words("roles", "in_callings", "of")
_DETERMINERS = words("roles", "in_callings", "determiners")
# What is said in passing of anybody ("who said", "who was there").
_NO_CALLING = words("roles", "in_callings", "no_calling")
_ARTICLES = words("words", "common", "articles")


class Calling(NamedTuple):
    """What a person is said to be, at tokens `[first, last)`.

    `stems` are those of its words; `head` is the noun, empty where a clause tells it ("who cooks");
    `named` says that it stands without a comma before the name.
    """

    first: int
    last: int
    person: str
    head: str
    stems: frozenset[str]
    named: bool = False


def callings(tokens: list[Token]) -> Iterator[Calling]:
    """What the named people of a claim are said to be, in the order of their names."""
    for run in names(tokens):
        first = _person(tokens, run)
        person = name_text(tokens, first, run.last)
        if not person or singular(tokens[run.last - 1].low) in lexicon().organisations:
            continue
        told = _before(tokens, first), _behind_comma(tokens, first), _after(tokens, run.last)
        for found in told:
            if found is not None:
                yield found._replace(person=person)


def is_calling(low: str) -> bool:
    """Whether a word names somebody by office, trade or part: "notary", "beekeeper", "chairman"."""
    low = possessor(low)
    lex = lexicon()
    if low in _others():
        return True
    if low in lex.bodies or low in lex.owners:
        return False
    return low in lex.persons or (len(low) > 5 and low.endswith(lex.person_endings))


@cache
def _others() -> frozenset[str]:
    """Words of offices and trades that no list of speakers has."""
    titles = {title[-1] for title in lexicon().titles}
    return frozenset(titles | words("roles", "callings")) - words("roles", "courtesies")


def _person(tokens: list[Token], run: Named) -> int:
    """Where the name begins behind the titles of its run: "Energy Minister | Ann Reed"."""
    last = max((k for k in range(run.first, run.last - 1) if is_calling(tokens[k].low)), default=-1)
    first = max(run.first, last + 1)
    while first < run.last - 1 and (
        tokens[first].low in words("roles", "courtesies") or tokens[first].text == "."
    ):
        first += 1
    return first


def _made(tokens: list[Token], first: int, last: int, head: int, *, named: bool) -> Calling:
    lex, same = lexicon(), table("roles")["same"]
    word = possessor(tokens[head].low) if head >= 0 else ""
    phrase = " ".join(t.low for t in tokens[first:last])
    told = same.get(phrase, phrase).split() if head >= 0 else [t.low for t in tokens[first:last]]
    plain = (
        words("words", "function")
        | words("roles", "wherever")
        | table("figures")["cardinals"].keys()
        | lex.adjectives.keys()
    )
    stems = frozenset(
        stem(lex.spellings.get(w, w))
        for w in (part for word in told for part in same.get(word, word).split())
        if w[0].isalpha() and possessor(w) not in plain
    )
    # "Chief executive" is an office, "executive" is none.
    general = head > first and word in words("roles", "general")
    pair = f"{tokens[head - 1].low} {word}" if general else ""
    office = same.get(phrase, pair if pair in _offices() else same.get(word, word))
    return Calling(first, last, "", office, stems, named)


@cache
def _offices() -> frozenset[str]:
    """Offices of two words that go by one, too: "chief executive"."""
    return frozenset(name for name in table("roles")["same"].values() if " " in name)


def _before(tokens: list[Token], name: int) -> Calling | None:
    """Read what stands directly before a name: "town clerk | Reed", "Former nun | Ann Reed"."""
    k = name
    while k and tokens[k - 1].low in words("roles", "courtesies") | {"."}:
        k -= 1
    if not k or not is_calling(tokens[k - 1].low):
        return None
    first = k - 1
    while first and k - first < _BEFORE and _qualifies(tokens[first - 1]):
        if tokens[first].is_capital and not tokens[first - 1].is_capital:
            break  # "there sat | State Secretary Reed"
        if first > 1 and _acts(tokens[first - 2], tokens[first - 1]):
            break  # "The jury in Ghent cleared | nurse Ann Reed"
        first -= 1
    return _made(tokens, first, k, k - 1, named=True)


def _acts(before: Token, token: Token) -> bool:
    """Whether a word in "-ed" behind a noun or name is a verb: "retired" behind "the" is none."""
    return token.low.endswith("ed") and not token.is_capital and _qualifies(before)


def _qualifies(token: Token) -> bool:
    plain = token.is_word and token.low not in words("words", "function") | _DETERMINERS
    return plain or token.text in "-"


def _behind_comma(tokens: list[Token], name: int) -> Calling | None:
    """Read "the head of the mill, Ann Reed", "a beekeeper, Ann Reed"."""
    if word_at(tokens, name - 1) != ",":
        return None
    back = list(takewhile(lambda t: t.text not in _ENDS, reversed(tokens[: name - 1])))[:_LONGEST]
    end, k = name - 1, name - 1 - len(back)
    starts = [n for n in range(k, end) if tokens[n].low in _DETERMINERS]
    for first in reversed(starts):
        head = _head(tokens, first + 1, end)
        if head >= 0:
            return _made(tokens, first + 1, end, head, named=False)
    return None


def _head(tokens: list[Token], first: int, last: int) -> int:
    """The noun of a description: the last calling before "of", "in", "who" …; -1 without one."""
    end = next((k for k in range(first, last) if tokens[k].low in _OF), last)
    if end > first and is_calling(tokens[end - 1].low):
        return end - 1
    return -1


def _after(tokens: list[Token], k: int) -> Calling | None:
    """Read ", a ranger of the park", ", who keeps bees", " is a notary" behind a name."""
    if word_at(tokens, k) in ("is", "was") and word_at(tokens, k + 1) in _ARTICLES:
        return _noun(tokens, k + 1)
    if word_at(tokens, k) not in (",", "(") or word_at(tokens, k + 1) == "whose":
        return None
    if word_at(tokens, k + 1) == "who":
        return _clause(tokens, k + 2)
    if word_at(tokens, k + 1).isdecimal() and word_at(tokens, k + 2) == ",":
        k += 2
    return _noun(tokens, k + 1)


def _noun(tokens: list[Token], k: int) -> Calling | None:
    first = k + (word_at(tokens, k) in _DETERMINERS)
    last = _end(tokens, first)
    head = _head(tokens, first, last)
    return _made(tokens, first, last, head, named=False) if head >= 0 else None


def _end(tokens: list[Token], first: int) -> int:
    stop = min(len(tokens), first + _LONGEST)
    return next(
        (k for k in range(first, stop) if tokens[k].text in _ENDS or tokens[k].low == "who"), stop
    )


def _clause(tokens: list[Token], first: int) -> Calling | None:
    """Read "keeps bees", "was minister of planning", "has chaired the board" behind "who"."""
    if word_at(tokens, first) in ("is", "was"):
        return _noun(tokens, first + 1)
    first += word_at(tokens, first) in ("has", "had")
    last = _end(tokens, first)
    office = next((n for n in range(first, last) if tokens[n].low == "as"), last)
    if office < last and _head(tokens, office + 1, last) >= 0:
        return _noun(tokens, office + 1)  # "who resigned last month as director"
    if last <= first or word_at(tokens, first) in _NO_CALLING:
        return None
    return _made(tokens, first, last, -1, named=False)
