"""People, their roles, and organisations, as they are named in a sentence."""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

from factcheck.attribution.lexicon import lexicon
from factcheck.lang import listed, table, words
from factcheck.records import Slot
from factcheck.slots.stretch import Stretch
from factcheck.slots.tokens import Token, content, folded, possessor, word_at

_PARTICLES = words("roles", "in_people", "particles")
_LONGEST_TITLE = 4
_LONGEST_SYLLABLE = 6
_ARTICLES = words("words", "common", "articles")
_BEFORE_OFFICE = words("roles", "in_people", "before_office")
_NO_OFFICE = words("roles", "in_people", "no_office")
_ENDS_NO_NAME = listed("roles", "in_people", "ends_no_name")


class Named(NamedTuple):
    """A run of capitalised words at tokens `[first, last)` that may be a name."""

    first: int
    last: int
    kind: str  # person, organisation, place, name


class Role(NamedTuple):
    """An office given to a named person: tokens `[first, last)` tell it."""

    first: int
    last: int
    office: str
    time: str  # "", "former", "acting"
    of: str  # country or organisation it belongs to, where told
    person: str


@cache
def _titles() -> dict[str, frozenset[tuple[str, ...]]]:
    """Titles by their last word."""
    by_last: dict[str, set[tuple[str, ...]]] = {}
    same = table("roles")["same"]
    known = {tuple(t.split()) for t in (*same, *same.values())} | set(lexicon().titles)
    known |= {(t,) for t in words("roles", "general")}
    known |= {tuple(t.split()) for rivals in table("roles")["rivals"] for t in rivals}
    for title in known:
        if title and title[-1] not in _NO_OFFICE:
            by_last.setdefault(title[-1], set()).add(title)
    return {k: frozenset(v) for k, v in by_last.items()}


def _is_title(tokens: list[Token], last: int) -> int:
    """The number of tokens of the title that ends before token `last`; 0 where there is none."""
    dotted = last >= 2 and tokens[last - 1].text == "."
    end = last - 1 if dotted else last
    if end < 1:
        return 0
    for title in sorted(_titles().get(tokens[end - 1].low, ()), key=lambda t: -len(t)):
        first = end - len(title)
        if first >= 0 and all(tokens[first + n].low == w for n, w in enumerate(title)):
            return len(title) + dotted
    return 0


def names(tokens: list[Token]) -> list[Named]:
    """Find runs of capitalised words: people after a title, and other names."""
    out: list[Named] = []
    k = 0
    while k < len(tokens):
        if not _begins_name(tokens, k):
            k += 1
            continue
        last = k + 1
        while last < len(tokens) and _continues(tokens, k, last):
            last += 1
        while last > k + 1 and not _closes(tokens, k, last - 1):
            last -= 1
        out.append(Named(k, last, "name"))
        k = last
    return out


def _closes(tokens: list[Token], first: int, k: int) -> bool:
    """Whether a run that begins at token `first` may end with token `k`."""
    glued = tokens[k - 1].text == "-" and _is_syllable(tokens, first, k)
    return tokens[k].is_capital or glued


def _begins_name(tokens: list[Token], k: int) -> bool:
    token = tokens[k]
    if not token.is_word or not token.is_capital:
        return False
    if token.low in words("words", "function") and token.text != token.text.upper():
        return False
    if k == 0 or tokens[k - 1].text in '.“"':
        # The first word of a sentence is capitalised anyway; a name goes on or is known.
        follows = k + 1 < len(tokens) and tokens[k + 1].is_capital and tokens[k + 1].is_word
        known = _is_known(possessor(token.low)) or token.low in _TITLE_FIRST
        return follows or known or _has_apposition(tokens, k)
    return True


def _has_apposition(tokens: list[Token], k: int) -> bool:
    """Whether the first word of a sentence is set off like a name: "Marsh, the head of …"."""
    lex = lexicon()
    return (
        word_at(tokens, k + 1) == ","
        and word_at(tokens, k + 2) in _ARTICLES
        and tokens[k].low not in lex.functions | lex.not_names | lex.calendar
        and not tokens[k].low.endswith(_ENDS_NO_NAME)
    )


_TITLE_FIRST = words("roles", "in_people", "title_first")


def _is_known(low: str) -> bool:
    name, lex = folded(low), lexicon()
    return name in lex.countries or name in lex.capitals or name in lex.adjectives


def _continues(tokens: list[Token], first: int, k: int) -> bool:
    token, before = tokens[k], tokens[k - 1]
    if before.low.endswith(("'s", "s'")):
        return False
    if token.is_word and token.is_capital:
        return True
    if token.text == "." and len(before.text) <= 4 and k + 1 < len(tokens):
        return before.low in lexicon().abbreviations or len(before.text) == 1
    if token.text == "-" and token.start == before.end and k + 1 < len(tokens):
        glued = tokens[k + 1].start == token.end
        named = tokens[k + 1].is_capital or before.low in _PARTICLES
        return glued and (named or _is_syllable(tokens, first, k + 1))
    if token.low in _PARTICLES and k + 2 < len(tokens) and tokens[k + 1].text == "-":
        return tokens[k + 2].is_capital and tokens[k + 1].start == token.end
    return (
        token.low in _PARTICLES
        and token.low != "of"
        and k + 1 < len(tokens)
        and tokens[k + 1].is_capital
        and k > first
    ) or (before.text == "-" and (token.is_capital or _is_syllable(tokens, first, k)))


def _is_syllable(tokens: list[Token], first: int, k: int) -> bool:
    """Whether token `k`, behind a hyphen, closes a given name behind another: "Bae Sung-min"."""
    token = tokens[k]
    if k - 3 < first or not token.is_word or not 2 <= len(token.text) <= _LONGEST_SYLLABLE:
        return False
    return token.low not in words("words", "suffixes") and word_at(tokens, k + 1) != "-"


def roles(tokens: list[Token], found: list[Named]) -> list[Role]:
    """Find the offices that are given to named people, before the name or behind a comma."""
    out: list[Role] = []
    for name in found:
        split = _split_title(tokens, name)
        if split is not None:
            role, _ = split
            out.append(role)
        after = _apposition(tokens, name)
        if after is not None:
            out.append(after)
    return out


def _split_title(tokens: list[Token], name: Named) -> tuple[Role, int] | None:
    """Read "[former] [Turkish] Prime Minister Tayyip Erdogan", whose title may be in the run."""
    for person in range(name.last - 1, name.first - 1, -1):
        size = _is_title(tokens, person)
        if not size or person >= name.last or not tokens[person].is_word:
            continue
        first = person - size
        office = _office(tokens, first, person)
        of, start = _belongs(tokens, first)
        time, start = _time(tokens, start)
        full = name_text(tokens, person, name.last)
        if not full or folded(full) in lexicon().countries or _is_month(full):
            return None
        return Role(start, person, office, time, of, full), person
    return None


def _is_month(name: str) -> bool:
    low = name.lower()
    return low in table("dates")["months"] or low in table("dates")["weekdays"]


def name_text(tokens: list[Token], first: int, last: int) -> str:
    """The words of a name at tokens `[first, last)`, without the ending of a possessive."""
    out = ""
    for k in range(first, last):
        text = tokens[k].text
        if text.lower().endswith(("'s", "’s")):
            text = text[:-2]
        glue = "" if not out or text in ".-" or tokens[k - 1].text == "-" else " "
        out += glue + text
    return out.removesuffix(".")


def _office(tokens: list[Token], first: int, last: int) -> str:
    office = " ".join(t.low for t in tokens[first:last] if t.is_word)
    same: str = table("roles")["same"].get(office, office)
    return same


def _belongs(tokens: list[Token], k: int) -> tuple[str, int]:
    """The country, or the capitalised organisation, that stands before a title."""
    if not k:
        return "", k
    kind = k > 1 and tokens[k - 1].text.islower() and content(tokens[k - 1 : k])
    if kind and tokens[k - 2].text.isupper() and len(tokens[k - 2].text) > 1:
        k -= 1  # "ACME sales executive"
    low = folded(possessor(tokens[k - 1].low))
    lex = lexicon()
    country = lex.adjectives.get(low) or lex.countries.get(low)
    if country:
        return country, k - 1
    if tokens[k - 1].text.isupper() and len(tokens[k - 1].text) > 1:
        return tokens[k - 1].text, k - 1
    return "", k


def _time(tokens: list[Token], k: int) -> tuple[str, int]:
    while k and tokens[k - 1].text == "-":
        k -= 1
    before = tokens[k - 1].low if k else ""
    if before in words("roles", "was"):
        return "former", k - 1
    if before in words("roles", "acting"):
        return "acting", k - 1
    return "", k


def _apposition(tokens: list[Token], name: Named) -> Role | None:
    """Read ", the [former] leader of X" or ", chief executive of X," behind a name."""
    k = name.last
    if k >= len(tokens) or tokens[k].text != "," or name.last - name.first > 4:
        return None
    if _is_month(tokens[name.first].text) or _is_known(possessor(tokens[k - 1].low)):
        return None
    k += 1
    if k < len(tokens) and tokens[k].low in _BEFORE_OFFICE:
        k += 1
    time = ""
    start = k
    if k < len(tokens) and tokens[k].low in words("roles", "was"):
        time, k = "former", k + 1
    for last in range(min(k + _LONGEST_TITLE + 3, len(tokens)), k, -1):
        size = _is_title(tokens, last)
        if not size or any(not t.is_word for t in tokens[k:last]):
            continue
        of = ""
        first = last - size
        if first > k:
            of = " ".join(t.text for t in tokens[k:first])
            if not all(t.is_capital for t in tokens[k:first]):
                return None
            low = folded(possessor(of))
            of = lexicon().adjectives.get(low) or lexicon().countries.get(low) or of
        elif last < len(tokens) and tokens[last].low == "of":
            j = last + 1
            j += j < len(tokens) and tokens[j].low == "the"
            end = j
            while end < len(tokens) and tokens[end].is_capital:
                end += 1
            of = name_text(tokens, j, end)
        return Role(start, last, _office(tokens, first, last), time, of, _person(tokens, name))
    return None


def _person(tokens: list[Token], name: Named) -> str:
    split = _split_title(tokens, name)
    return name_text(tokens, split[1] if split else name.first, name.last)


def details(stretch: Stretch) -> list[Slot]:
    """The people, roles and other names of one sentence."""
    return slots(stretch.tokens, stretch.text)


def slots(tokens: list[Token], text: str) -> list[Slot]:
    """Return the people, roles and other names of one sentence as slots.

    A role's `about` is the person; its `value` is "[former] office[ of whom]".
    """
    found = names(tokens)
    out = role_slots(tokens, text, found)
    for name in found:
        split = _split_title(tokens, name)
        first = split[1] if split else name.first
        written = name_text(tokens, first, name.last)
        kind = _kind(tokens, first, name.last, titled=split is not None)
        if kind is None or not written:
            continue
        span = (tokens[first].start, tokens[name.last - 1].end)
        out.append(Slot(slot=kind, value=written, text=text[span[0] : span[1]], span=span))
    return out


def role_slots(tokens: list[Token], text: str, found: list[Named]) -> list[Slot]:
    """Return the roles given to the named people of one sentence as slots."""
    out = []
    for role in roles(tokens, found):
        span = (tokens[role.first].start, tokens[role.last - 1].end)
        of = f"({role.of})" if role.of else ""
        value = " ".join(part for part in (role.time, role.office, of) if part)
        written = text[span[0] : span[1]]
        out.append(Slot(slot="role", value=value, text=written, span=span, about=role.person))
    return out


def told(slot: Slot, _: str | None) -> str:
    """Whose a role is."""
    return f" of {slot.about}" if slot.about else ""


def _kind(
    tokens: list[Token], first: int, last: int, *, titled: bool
) -> Literal["person", "organisation"] | None:
    """Whether a name is a person's or an organisation's; `None` for a place or unknown."""
    lows = [possessor(t.low) for t in tokens[first:last] if t.is_word]
    if not lows:
        return None
    if titled:
        return "person"
    lex = lexicon()
    if len(lows) == 1 and (_is_known(lows[0]) or _is_month(lows[0])):
        return None
    if lows[-1] in lex.organisations or any(w in lex.organisations for w in lows):
        return "organisation"
    if folded(lows[0]) in lex.first_names and len(lows) > 1:
        return "person"
    if len(lows) == 1 and tokens[first].text.isupper() and 2 <= len(lows[0]) <= 6:
        return "organisation"
    return None
