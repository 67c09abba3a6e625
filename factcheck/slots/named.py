"""Days and months that name something else: a ship, a group, a street, a person, a newspaper."""

from __future__ import annotations

from factcheck.attribution.lexicon import lexicon
from factcheck.lang import table, words
from factcheck.slots import tense, verbs
from factcheck.slots.tokens import Token, possessor, singular, word_at

_QUOTES = {'"': '"', "“": "”", "„": "”", "«": "»", "‘": "’", "'": "'"}
# The longest title in quotation marks: "Saturday Night at the Old Mill".
_TITLE = 7
# How many words behind it the noun may stand that it belongs to.
_HEAD = 4
_IN = words("dates", "in_named", "in")
# What a month whose name is also a word or a name has to be behind "of".
_PARTS = words("dates", "in_named", "parts")
_TRUSTED = words("dates", "in_named", "trusted")
_ONWARDS = words("dates", "in_named", "onwards")
_NAMED = words("dates", "in_named", "named")
_WHICH = words("dates", "in_named", "which")


def is_name(tokens: list[Token], first: int, last: int) -> bool:
    """Whether the date at `tokens[first:last]` is, or is part of, the name of something else."""
    return (
        _is_quoted(tokens, first, last)
        or _is_called(tokens, first, last)
        or _is_known(tokens, first, last)
        or _names_what_follows(tokens, first, last)
        or _is_person(tokens, first, last)
        or _is_work(tokens, first, last)
    )


def _is_quoted(tokens: list[Token], first: int, last: int) -> bool:
    """Whether it stands in a quoted title: no speech, since each word has a capital."""
    for k in range(first - 1, max(-1, first - _TITLE), -1):
        closing = _QUOTES.get(tokens[k].text)
        if closing is None:
            continue
        inside = tokens[k + 1 : k + 1 + _TITLE]
        ends = next((n for n, t in enumerate(inside) if t.text == closing), None)
        if ends is None or k + 1 + ends < last:
            return False
        title = inside[:ends]
        return all(
            t.is_number or t.is_capital or t.low in words("words", "function") for t in title
        ) and (title[0].is_capital or title[0].is_number)
    return False


def _is_called(tokens: list[Token], first: int, last: int) -> bool:
    """Whether words before tell that a name follows: "a ship named Wednesday"."""
    before = word_at(tokens, first - 1)
    if before in _NAMED or (before == "as" and word_at(tokens, first - 2) == "known"):
        return True
    if before not in ("named", "called"):
        return False
    # "Was named Wednesday as", "called Wednesday for" tell the day.
    told = verbs.chain(tokens, first - 1)[0]
    behind = tokens[last] if last < len(tokens) else None
    follows = behind is not None and behind.low in words("tense", "clauses", "prepositions")
    noun = word_at(tokens, first - 3) in words("tense", "clauses", "determiners")
    return not told and not follows and noun


def _is_work(tokens: list[Token], first: int, last: int) -> bool:
    """Whether it opens the title of a work between commas: "Her novel, Monday in Tirl, sells"."""
    if first < 2 or tokens[first - 1].text != "," or tokens[last - 1].low.endswith("'s"):
        return False
    if tokens[first - 2].low not in words("dates", "in_named", "works"):
        return False
    title = tokens[last : last + _TITLE]
    ends = next((n for n, t in enumerate(title) if t.text == ","), 0)
    return (
        ends > 1
        and title[ends - 1].is_capital
        and all(t.is_capital or t.low in words("words", "function") for t in title[:ends])
    )


def _is_known(tokens: list[Token], first: int, last: int) -> bool:
    """Whether it is a day with a name of its own ("Good Friday"), or a known club."""
    before = tokens[first - 1] if first else None
    return (
        before is not None
        and before.is_capital
        and tokens[first].is_capital
        and before.low in words("dates", "names", "before")
        and not _is_month(tokens, first, last)
    )


def _is_month(tokens: list[Token], first: int, last: int) -> bool:
    return any(t.low in words("dates", "months") for t in tokens[first:last])


def _names_what_follows(tokens: list[Token], first: int, last: int) -> bool:
    """Whether a name follows that it belongs to: "the June 11 Movement", "Sunday Times"."""
    if last >= len(tokens) or not tokens[last].is_word:
        return False
    if tokens[last - 1].low.endswith("'s"):
        return False
    dated = any(t.is_number for t in tokens[first:last])
    groups, heads = words("dates", "names", "groups"), words("dates", "names", "heads")
    for token in tokens[last : last + _HEAD]:
        low = singular(possessor(token.low))
        if low in groups and (token.is_capital or dated):
            return True
        if not token.is_capital:
            break
        if low in heads or token.low in heads:
            return True
    named = tokens[last].is_capital and word_at(tokens, first - 1) == "the"
    return named and not dated and _is_title(tokens, last)


def _is_title(tokens: list[Token], k: int) -> bool:
    """Whether the capitals from `k` on end a name: "the Sunday Courier said", not "the Sunday
    Senate hearing".
    """
    while k < len(tokens) and tokens[k].is_capital:
        k += 1
    return not verbs.is_noun(tokens, k)


def _is_person(tokens: list[Token], first: int, last: int) -> bool:
    """Whether it is a person's name: "April Holm", "Mrs May", "Nancy Friday"."""
    before = tokens[first - 1] if first else None
    titled = before is not None and before.low in words("dates", "names", "titles")
    if titled and before is not None and before.is_capital:
        return True
    if any(t.is_number for t in tokens[first:last]):
        return False
    token = tokens[first]
    low = possessor(token.low)
    follows = tokens[last] if last < len(tokens) else None
    if low in words("dates", "weekdays"):
        if _is_given(tokens, first, last):
            return True
        first_name = before is not None and before.is_capital and before.low in _first_names()
        front = tokens[first - 2] if first > 1 and tokens[first - 2].is_word else None
        # "Striker Tom Friday" has what he is in front.
        alone = front is None or not front.is_capital or front.low in lexicon().persons
        return first_name and alone and len(low) > 4
    if low not in words("dates", "months"):
        return False
    lead = word_at(tokens, first - 1)
    if lead and before is not None and before.is_capital and lead not in lexicon().functions:
        return first > 1 or lead in _first_names()
    if follows is not None and follows.is_capital and follows.is_word:
        known = possessor(follows.low) in words("dates", "months") | words("dates", "weekdays")
        if low in words("dates", "names", "given") and not known:
            return lead not in _IN or (lead in ("by", "after") and low in _first_names())
        return False
    if low in words("dates", "names", "surnames"):
        return _is_surname(tokens, first, last)
    return follows is not None and lead != "in" and follows.low in lexicon().sayings


def _is_given(tokens: list[Token], first: int, last: int) -> bool:
    """Whether a weekday is a given name: "her uncle Friday Osei", "a nurse, Sunday Osei,"."""
    other = words("dates", "months") | words("dates", "weekdays") | lexicon().functions
    family = tokens[last] if last < len(tokens) else None
    apart = word_at(tokens, first - 1) == "," and word_at(tokens, last + 1) == ","
    noun = first - 1 - apart
    return (
        family is not None
        and family.is_word
        and family.is_capital
        and family.low not in other
        and noun >= 0
        and not tokens[noun].is_capital
        and tokens[noun].low in lexicon().persons
    )


def _is_surname(tokens: list[Token], first: int, last: int) -> bool:
    """Whether "May" or "March" alone is somebody: "May said", "a statement by May"."""
    lead, before = word_at(tokens, first - 1), word_at(tokens, first - 2)
    follows = word_at(tokens, last)
    if tokens[last - 1].low.endswith("'s"):
        return True
    if lead == "of":
        parts = _PARTS | table("dates")["ordinals"].keys() | words("dates", "weekdays")
        return before not in parts
    if lead == "in":
        return before in _TRUSTED
    if lead == "from" and (follows in _ONWARDS or first == 1):
        return False
    if lead in ("by", "from"):
        return tense.side(tokens, first, last) != "ahead"
    if lead in _WHICH:
        return False
    behind = last < len(tokens) and not tokens[last].is_capital
    return behind and (verbs.auxiliary(follows) != "" or verbs.is_participle(tokens, last))


def _first_names() -> frozenset[str]:
    return frozenset(lexicon().first_names)
