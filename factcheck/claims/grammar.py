"""Whether words are a clause in whole: a subject with a finite verb that no inner clause takes.

There is no parser. Words are read once from left to right: a word that opens an inner clause
("who", "that", "while") takes the next finite verb, and the first verb that is left over is the
main one. In doubt a stretch counts as no clause, so that it is not cut off.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from factcheck.attribution.lexicon import lexicon
from factcheck.lang import words

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*\w*|(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’.-][^\W_]+)*|[^\w\s]")
_BRACKETED = re.compile(r"\([^()]*\)")
_CLITICS = words("claims", "grammar", "clitics")
_QUOTES = frozenset("“”\"„«»‘’'")
_PERSONAL = words("claims", "grammar", "personal")
# "To be left", "having put": what follows these is a participle.
_NON_FINITE = words("claims", "grammar", "non_finite")
_OBLIQUE = words("claims", "grammar", "oblique")
_THINGS = words("claims", "grammar", "things")
_TIMES = words("claims", "grammar", "times")
_POINTING = words("claims", "grammar", "pointing")
_BETWEEN = words("claims", "grammar", "between")
_JOINING = words("claims", "grammar", "joining")
# "known as Smith", "as many as 31", "as a friend" open no clause.
_AS_BEFORE = words("claims", "grammar", "as_before")
_AS_AFTER = words("claims", "grammar", "as_after")
# A main verb that comes later than this many characters is not looked for.
_MOST = 700
_LAST = re.compile(r"([^\W\d_]+)\W*$")
_LAST_WORD = 24
_YEAR = 4
_SHORT_ING = 5
# How a word ends that is no noun of one thing.
_NO_SINGLE = re.compile(r"(?:s|ly|ing)$")
# A label in front of a sentence has fewer words.
_LABEL = 3
# So many words after a verb may belong to it: "has not yet been", "would still have".
_GROUP = 4
_RELATIVES = words("claims", "grammar", "relatives")
_BEFORE_YEAR = words("claims", "grammar", "before_year")
_SINGULAR = words("claims", "grammar", "singular")
_OF_MANY = words("claims", "grammar", "of_many")
_AFTER_VERB = words("claims", "grammar", "after_verb")


class Words(NamedTuple):
    """The word lists of `data/clauses.json`; what each holds is told there."""

    subjects: frozenset[str]
    openers: frozenset[str]
    subordinators: frozenset[str]
    auxiliaries: frozenset[str]
    determiners: frozenset[str]
    objects: frozenset[str]
    prepositions: frozenset[str]
    inner: frozenset[str]
    leading: frozenset[str]
    relatives: frozenset[str]
    adverbs: frozenset[str]
    open_ends: frozenset[str]
    follow: frozenset[str]
    participles: frozenset[str]
    not_verbs: frozenset[str]
    takes_clause: frozenset[str]
    numerals: frozenset[str]
    magnitudes: frozenset[str]


@lru_cache(maxsize=1)
def table() -> Words:
    """Read the word lists, once."""
    data = json.loads((files("factcheck") / "data" / "clauses.json").read_text(encoding="utf-8"))
    return Words(*(frozenset(data[name].split()) for name in Words._fields))


class Token(NamedTuple):
    """A word, a number or a sign, and where it starts in its text.

    `low` is its lower-case form with straight apostrophes.
    """

    text: str
    low: str
    start: int

    @property
    def is_word(self) -> bool:
        """Whether it is a word or a number."""
        return self.text[0].isalnum()


def tokens(text: str) -> list[Token]:
    """The words and signs of a text without what stands in brackets and without its quotes.

    No more is read than a clause can need, so that the time is bounded.
    """
    plain = _BRACKETED.sub(lambda found: " " * len(found[0]), text[:_MOST])
    return [
        Token(match[0], match[0].lower().replace("’", "'"), match.start())
        for match in _TOKEN.finditer(plain)
        if match[0] not in _QUOTES
    ]


def main_verb(found: Sequence[Token]) -> int | None:
    """Where the finite verb of the main clause stands; `None` without one.

    A contracted verb ("he's") stands where its subject does.
    """
    words = table()
    at = main_clause(found)
    if at is None:
        return None
    # `ended` is where the last verb of an inner clause ends.
    opened, ended = 0, -1
    begun = at
    commas = sum(token.low == "," for token in found[:at])
    while at < len(found):
        low = found[at].low
        if low == ";" or (low == ":" and not _is_label(found, at)):
            # "The number: 213 posts go" has its verb in another clause.
            return None
        if low in ("?", "!"):
            opened = 0
        elif low == ",":
            commas += 1
        elif (low in words.inner and _opens(found, at, begun)) or _is_contact(found, at, begun):
            opened += 1
        elif at == ended and low.partition("'")[0] in _PERSONAL - {"it", "you"}:
            # "Who think | they know".
            opened += 1
        elif found[at - 1].low == "to" and low in words.takes_clause and at > begun:
            # "A step to ensure | the town is safe".
            opened += 1
        if is_finite(found, at, begun, commas):
            # "Who fell and died": the second verb belongs where the first does.
            joined = ended >= 0 and found[at - 1].low in _JOINING
            if not opened and not joined:
                return at
            opened -= bool(opened and not joined)
            at = ended = _group_end(found, at)
            continue
        at += 1
    return None


def is_clause(text: str) -> bool:
    """Whether a text is a clause in whole: a main verb, and a subject before it."""
    found = tokens(text)
    words = table()
    first = next((token.low for token in found if token.is_word), "")
    if first in words.relatives:
        return False
    verb = main_verb(found)
    if verb is None or (found[0].text == "to" and found[verb].low not in words.auxiliaries):
        return False
    if first in words.prepositions and _goes_on(found[:verb]):
        return False
    if first.endswith("ing") and len(first) > _SHORT_ING and may_be_past(found[verb].low):
        # "Addressing a forum titled so": a participle.
        return main_clause(found) != _skip_opening(found)
    if "'" in found[verb].low and not found[verb].low.endswith("n't"):
        return True
    return any(
        token.is_word and token.low not in words.adverbs and not token.low.endswith("ly")
        for token in found[_skip_opening(found) : verb]
    )


def subject(found: Sequence[Token]) -> Sequence[Token]:
    """The words of a clause's subject, without what stands before: "On Friday, | the mayor [fell]".

    Empty where there is no clause, or where its verb is contracted with the subject.
    """
    words = table()
    verb, begun = main_verb(found), main_clause(found)
    if verb is None or begun is None:
        return ()
    whole = [token for token in found[begun:verb] if token.is_word or token.text == ","]
    if not whole or whole[0].low not in words.prepositions | words.adverbs:
        return whole
    comma = next((at for at, token in enumerate(whole) if token.text == ","), None)
    if comma is not None:
        return whole[comma + 1 :]
    starts = [
        at
        for at, token in enumerate(whole)
        if token.low in words.determiners or token.low in words.subjects
    ]
    return whole[starts[-1] :] if starts else whole


def _is_label(found: Sequence[Token], colon: int) -> bool:
    """Whether what stands before a colon is no part of the sentence: "ORSK:", "Update:"."""
    return colon < _LABEL and found[0].text[0].isupper()


def _goes_on(found: Sequence[Token]) -> bool:
    """Whether a conjunction follows the first comma: "at his sister's, | and he likes it"."""
    comma = next((at for at, token in enumerate(found) if token.text == ","), len(found))
    return comma + 1 < len(found) and found[comma + 1].low in _JOINING


def is_finite(found: Sequence[Token], at: int, begun: int = 0, commas: int = 0) -> bool:
    """Whether the token at `at` may be a finite verb, as far as its form and neighbours tell.

    `begun` is where the clause begins; `commas` says how many commas stand before.
    """
    words = table()
    token = found[at]
    low = token.low
    if not token.text[0].isalpha():
        return False
    if token.text[0].isupper() and at > begun:
        # "Charlie Rose", "Will": a capital inside a sentence is a name's.
        return False
    before = found[at - 1].low if at else ""
    stem, mark, tail = low.rpartition("'")
    if mark and tail in _CLITICS and (stem in words.subjects or _is_contracted(found, at)):
        return True
    plain = low.removesuffix("n't") if low.endswith("n't") else low
    if plain in words.auxiliaries or low.endswith("n't"):
        agrees = before not in _SINGULAR or low not in _OF_MANY
        return (
            agrees and (before not in words.determiners or before in _POINTING) and before != "to"
        )
    if before in _PERSONAL and low in lexicon().finite:
        return True
    if before in _PERSONAL and (low.endswith("s") or before not in _SINGULAR):
        # "It picks", "they plant": what follows a subject, known or not.
        return may_be_past(low) or (
            low not in lexicon().functions and not low.endswith(("ing", "ly"))
        )
    governed = before in words.prepositions or before in _NON_FINITE
    if low.endswith("s") and before in lexicon().adjectives and low not in lexicon().sayings:
        # "Israeli forces", "Turkish strikes".
        return False
    governed |= before in _OBLIQUE or (low.endswith("s") and _counts(before))
    governed |= before in words.determiners and not (before in _POINTING and low.endswith("s"))
    if governed:
        return False
    if low in lexicon().finite:
        if at == begun and low.endswith("s"):
            # "Signs would go up", "reports of shots were false": a noun, before its verb.
            return False
        if before == "," and commas % 2 and not low.endswith("s"):
            # "The Front, made up of soldiers": a participle.
            return False
        # "To reset it and get on": a plain form after "and" goes on with an infinitive.
        return before not in ("and", "or") or f"{low}s" not in lexicon().finite
    if before in _RELATIVES and low.endswith("s") and len(low) > 3:
        return True
    after = found[at + 1].low if at + 1 < len(found) else ""
    if low in words.participles:
        # "Eleven people accused of theft" states nothing of them.
        named = bool(after) and found[at + 1].text[0].isupper()
        return at > begun and (after in words.objects or named)
    if may_be_past(low):
        # "…, hospitalized with fever, died": the first of the two is none.
        return at > begun and after != "by" and (before != "," or commas % 2 == 0)
    if at == begun:
        return False
    if low.endswith("s") and len(low) > 3 and not low.endswith("ss"):
        listed = low in lexicon().functions or low in words.not_verbs
        return after in words.objects and before != "," and not listed
    if f"{low}s" not in lexicon().finite or not after:
        return False
    if before == "who" or _is_plural(before):
        return True
    # "The villages of Orsk lie", "the talks in May mark the beginning".
    named = found[at - 1].text[0].isupper() or after in words.objects
    return named and any(_is_plural(word.low) for word in found[begun:at])


def may_be_past(word: str) -> bool:
    """Whether a word in lower case looks like a past form: "landed", but not "hundred"."""
    return word.endswith("ed") and len(word) > 3 and word not in table().not_verbs


def _is_contracted(found: Sequence[Token], at: int) -> bool:
    """Whether the "'s" of a noun is "is" or "has": "the pier's not safe"."""
    after = found[at + 1].low if at + 1 < len(found) else ""
    return found[at].low.endswith("'s") and (
        after in table().determiners or after in _BETWEEN or after in _AFTER_VERB
    )


def _counts(word: str) -> bool:
    """Whether a word says how many: "40", "forty-three"."""
    return word[:1].isdigit() or word.rpartition("-")[2] in table().numerals


def _is_plural(word: str) -> bool:
    plural = word.endswith("s") and len(word) > 3 and "'" not in word
    return plural and word not in lexicon().functions


def _skip_opening(found: Sequence[Token]) -> int:
    """Where a clause begins after signs and words like "but" and "meanwhile"."""
    openers = table().openers - table().leading
    at = 0
    while at < len(found) and (not found[at].is_word or found[at].low in openers):
        at += 1
    return at


def main_clause(found: Sequence[Token]) -> int | None:
    """Where to look for the main clause: past an opening "As …,"; `None` where it is all."""
    words = table()
    at = _skip_opening(found)
    if at >= len(found):
        return None
    if found[at].low not in words.leading:
        return at
    comma = next((k for k in range(at, len(found)) if found[k].low == ","), None)
    if comma is not None:
        after = range(comma + 1, len(found))
        if any(is_finite(found, k, comma + 1) for k in after):
            return comma + 1
    if at + 2 < len(found) and found[at + 1].text[0].isdigit():
        return at + 2
    # "After the vote he left" has no comma, and "As 31 were killed" no main clause.
    for k in range(at + 2, len(found) - 1):
        free = found[k - 1].low not in words.inner
        if free and found[k].low in words.subjects and is_finite(found, k + 1, at):
            return k
    return None


def _opens(found: Sequence[Token], at: int, begun: int) -> bool:
    """Whether a word that may open an inner clause does so here."""
    words = table()
    low = found[at].low
    before = found[at - 1].low if at else ""
    after = found[at + 1].low if at + 1 < len(found) else ""
    if not after or not found[at + 1].is_word:
        # "Within a year, though, it sank".
        return False
    if low == "that":
        # "That is why", "after that he left": a pronoun.
        if at == begun:
            pointing = is_finite(found, at + 1, begun) or points(found[at + 1 :])
            return found[at].text == low and not pointing
        return before not in words.prepositions
    if low in _BEFORE_YEAR and len(after) == _YEAR and after.isdigit():
        return False
    if low == "as":
        return before not in _AS_BEFORE and after not in _AS_AFTER
    return True


def points(found: Sequence[Token]) -> bool:
    """Whether "that" in front of these words belongs to the first: "that | date had been given".

    A plural, a name or a pronoun may open a clause instead: "that | doctors had left".
    """
    if len(found) < 3 or not found[0].text.islower():
        return False
    noun = found[0].low
    if noun in lexicon().functions | table().determiners | table().subjects:
        return False
    single = noun.isalpha() and not _NO_SINGLE.search(noun)
    return noun.endswith("'s") or (single and is_finite(found, 1))


def _is_contact(found: Sequence[Token], at: int, begun: int) -> bool:
    """Whether an inner clause without "that" begins here: "the letter | he sent"."""
    if at < begun + 1 or found[at].low not in _PERSONAL:
        return False
    before = found[at - 1]
    if before.low in _THINGS:
        return True
    return (
        before.text.isalpha()
        and before.text.islower()
        and found[begun].low not in table().prepositions
        and before.low not in lexicon().functions | table().adverbs | _TIMES
        and not before.low.endswith("ly")
        and not is_finite(found, at - 1, begun)
    )


def _group_end(found: Sequence[Token], at: int) -> int:
    """Past a finite verb and what belongs to it: "has not yet been found"."""
    if found[at].low.removesuffix("n't") not in table().auxiliaries:
        return at + 1
    last = at
    for k in range(at + 1, min(len(found), at + 1 + _GROUP)):
        low = found[k].low
        if low in _BETWEEN or low in table().auxiliaries or low.endswith("ly"):
            continue
        if low.endswith(("ed", "en")) or low in lexicon().finite:
            last = k
        break
    return last + 1


def is_open(text: str) -> bool:
    """Whether a stretch ends in a word that has to go on: "the start of", "as the"."""
    last = _LAST.search(text[-_LAST_WORD:])
    return last is not None and last[1].lower() in table().open_ends


def opens_inner(text: str) -> bool:
    """Whether a clause inside another is open at the end of a clause: "says that it rained"."""
    found = tokens(text)
    verb = main_verb(found)
    after = range(len(found) if verb is None else verb + 1, len(found))
    return any(found[at].low in table().inner and _opens(found, at, 0) for at in after)
