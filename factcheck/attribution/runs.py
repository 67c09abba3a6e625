"""Names in a text: runs of capitalised words."""

from __future__ import annotations

from dataclasses import dataclass

from factcheck import lang
from factcheck.attribution.lexicon import Lexicon, fold, lexicon
from factcheck.attribution.pronouns import FIRST, PRONOUNS, undrawn
from factcheck.attribution.words import Word, Words, opens_sentence
from factcheck.outlets import lookup

# A row inside a name has so many words at most.
_LONGEST_ROW = 8
_ARTICLES = lang.words("words", "common", "articles")
_ENDINGS = lang.words("attribution", "runs", "endings")
_OFFICES = lang.words("attribution", "runs", "offices")


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive words that make a name: numbers of the first and of the one after the last.

    `aside` are those of a nickname inside it: 'Robert "Bobby" Hale'.
    """

    first: int
    last: int
    aside: tuple[int, int] | None = None


# What stands before and after a nickname inside a name.
_ASIDES = {' "': '" ', " “": "” ", " „": "“ ", " ‘": "’ ", " '": "' ", " (": ") ", " «": "» "}


def name_runs(words: Words) -> list[Run]:
    """Find the names of a text: runs of capitalised words, with "of", "for", "de", "al" inside.

    A sentence's first word belongs to a run only where it is no function word, and a lone
    capital at a sentence's start only where the text does not have it in lower case.
    """
    lex = lexicon()
    runs: list[Run] = []
    number = 0
    total = len(words.all)
    while number < total:
        if not _starts_name(words, number, lex):
            number += 1
            continue
        last = number + 1
        aside: tuple[int, int] | None = None
        while last < total and (
            not words.all[last - 1].possessive or _owned_body(words, number, last, lex)
        ):
            step = _joins(words, number, last - 1, lex)
            if not step and aside is None:
                step = _nickname(words, number, last - 1, lex)
                aside = (last, last + step - 1) if step else None
            if not step:
                break
            last += step
        lone = last - number == 1 and opens_sentence(words, number)
        if not lone or _is_name_alone(words, number, lex):
            runs.append(Run(number, last, aside))
        number = last
    return runs


def _owned_body(words: Words, first: int, after: int, lex: Lexicon) -> bool:
    """Whether a body's name goes on behind its possessive: "the Harrow County Sheriff's Office",
    "St. Mary's Hospital", "Women's Council", but not "Norland's Defence Ministry".
    """
    last = after - 1
    while last + 1 < len(words.all) and words.all[last + 1].capital and words.gap(last) == " ":
        last += 1
        if words.all[last].possessive:
            break
    if last < after or words.all[last].lower not in lex.organisation_names:
        return False
    owner = words.all[after - 1].lower
    led = first > 0 and words.all[first - 1].lower == "the" and words.gap(first - 1) == " "
    saint = words.all[first].lower in ("st", "saint")
    return led or saint or owner in lex.plurals or owner.rstrip("s") in lex.persons


def _nickname(words: Words, first: int, number: int, lex: Lexicon) -> int:
    """How many words after word `number` of a name that starts at `first` are a nickname in marks
    and the first of what follows it; 0 where there is none.
    """
    closing = _ASIDES.get(words.gap(number))
    if closing is None or number - first >= 3 or words.all[number].text.isupper():
        return 0
    if any(word.lower in lex.organisation_names for word in words.all[first : number + 1]):
        return 0
    for size in (1, 2):
        end = number + size
        if end + 1 >= len(words.all):
            return 0
        inside, after = words.all[end], words.all[end + 1]
        if not inside.capital or inside.text.isupper():
            return 0
        if words.gap(end) == closing:
            folded = fold(words.phrase(words.all[number + 1].start, inside.end))
            place = folded in lex.countries or folded in lex.capitals or folded in lex.regions
            name = end + 1
            while name + 1 < len(words.all) and words.all[name].lower in lex.particles:
                name += 1
            after = words.all[name]
            family = after.capital and after.lower not in lex.functions | lex.calendar
            return size + 1 if family and not place else 0
        if words.gap(end) != " ":
            return 0
    return 0


def _is_name_alone(words: Words, number: int, lex: Lexicon) -> bool:
    """Whether a lone capitalised word at a sentence's start is a name."""
    word = words.all[number]
    if number + 1 < len(words.all) and words.gap(number) == " ":
        speaks = words.all[number + 1].lower in lex.sayings | lex.opinions
        if speaks and word.lower not in words.lowered and not _is_noun(word.lower, lex):
            return True
        if _acts(words.all[number + 1].lower, lex) and _is_given_name(words, word, lex):
            return True
    if number + 1 < len(words.all) and words.gap(number) == ", " and not _is_noun(word.lower, lex):
        after = words.all[number + 1]
        aged = after.text.isdecimal() and len(after.text) <= 3
        told = aged or after.lower in ("who", "whose") or _is_told(words, number + 1, lex)
        if told and word.lower not in words.lowered:
            return True
    if _shares_name(words, number, lex):
        return True
    aside = number + 1 < len(words.all) and words.gap(number) == " ("
    if aside and _is_given_name(words, word, lex):
        return True
    if word.text in words.capitalised:
        return word.lower not in words.lowered
    folded = fold(word.text)
    return (
        word.text.isupper()
        or folded in lex.countries
        or folded in lex.capitals
        or lookup(word.text) is not None
        or lex.known_sort(word.text) != ""
    )


def _shares_name(words: Words, number: int, lex: Lexicon) -> bool:
    """Whether a given name opens a couple of them: "Peter and Joan Lowe"."""
    told = words.all[number : number + 4]
    return (
        len(told) == 4
        and told[1].lower == "and"
        and told[3].capital
        and _is_given_name(words, told[0], lex)
        and fold(told[2].text) in lex.first_names
        and all(words.gap(n) == " " for n in range(number, number + 3))
    )


def _acts(lower: str, lex: Lexicon) -> bool:
    """Whether a word has the form of a verb: "sells", "waited", "knew"."""
    return lower in lex.finite or (lower.endswith(("ed", "s")) and not lower.endswith("ss"))


def _is_given_name(words: Words, word: Word, lex: Lexicon) -> bool:
    """Whether a word is a given name and nothing else in the text: "Boureima sells cattle"."""
    plain = word.lower in lex.functions or word.lower in lex.given_too or word.possessive
    return fold(word.text) in lex.first_names and not plain and word.lower not in words.lowered


def _is_told(words: Words, number: int, lex: Lexicon) -> bool:
    """Whether an apposition starts at word `number` and ends with a comma: ", a cloud firm,"."""
    if words.all[number].lower not in _ARTICLES:
        return False
    for last in range(number + 1, min(number + 7, len(words.all) - 1)):
        if words.gap(last) != " ":
            return words.gap(last) == ", " and _is_noun(words.all[last].lower, lex)
    return False


def _is_noun(lower: str, lex: Lexicon) -> bool:
    singular = lower.removesuffix("s")
    known = (lex.plurals, lex.documents, lex.organisations, lex.persons)
    return any(lower in words or singular in words for words in known)


_WEEKDAYS = lang.words("attribution", "runs", "weekdays")


def _starts_name(words: Words, number: int, lex: Lexicon) -> bool:
    word = words.all[number]
    if not word.capital:
        return word.lower in lex.particles and _leads_in(words, number, lex)
    if (plain := undrawn(word.lower)) != word.lower and plain in PRONOUNS | FIRST:
        # "I've", "She'd" at the start of a sentence.
        return False
    if word.lower in lex.given_too and _is_given(words, number, lex):
        return True
    if word.lower in lex.calendar or word.lower.removesuffix("s") in _WEEKDAYS:
        return _is_dated_body(words, number, lex)
    if word.lower in lex.functions:
        # "US", "IT" and the like are names, "It" and "Us" are not.
        upper = len(word.text) > 1 and word.text.isupper() and word.lower in ("us", "who")
        return upper or _is_rare_name(words, number, lex)
    return True


_LED = lang.words("attribution", "runs", "led")


def _is_rare_name(words: Words, number: int, lex: Lexicon) -> bool:
    """Whether a word such as "even" is a given name: "the doctor, Even Lie", in running text."""
    word = words.all[number]
    if word.lower in _LED or word.text.isupper() or opens_sentence(words, number):
        return False
    if number + 1 >= len(words.all) or words.gap(number) != " " or not number:
        return False
    before, after = words.all[number - 1], words.all[number + 1]
    plain = words.gap(number - 1) in (" ", ", ") and before.text.islower()
    return plain and after.text.istitle() and after.lower not in lex.functions | lex.calendar


def _leads_in(words: Words, number: int, lex: Lexicon) -> bool:
    """Whether a particle in lower case starts a name: "said van der Berg"."""
    at = number
    while at < number + 3 and at + 1 < len(words.all) and words.gap(at) == " ":
        at += 1
        after = words.all[at]
        if after.capital:
            usual = words.all[number].lower in lex.functions or after.lower in lex.functions
            return not usual and after.lower not in lex.calendar
        if after.lower not in lex.particles:
            return False
    return False


def _is_given(words: Words, number: int, lex: Lexicon) -> bool:
    """Whether "Jan", "May", "Will" are somebody's given name here, or a family name that speaks."""
    word = words.all[number]
    if number + 1 >= len(words.all) or words.gap(number) != " ":
        return False
    after = words.all[number + 1]
    opens = opens_sentence(words, number)
    before = words.all[number - 1] if number and not opens else None
    if before is not None and before.lower in _DATED:
        return False
    if not after.capital:
        particle = after.lower in lex.particles and _leads_in(words, number + 1, lex)
        return particle or (word.lower in lex.calendar and after.lower in lex.sayings)
    if after.lower in lex.calendar | lex.functions or after.lower in _DATED:
        return False
    if (after.lower,) in lex.titles or after.lower in lex.organisation_names:
        return False
    if word.lower in lex.calendar or not opens:
        return True
    # "Will Harrow said" tells of a man, "Will Harrow resign?" asks.
    last = number + 1
    while last + 1 < len(words.all) and words.gap(last) == " " and words.all[last + 1].capital:
        last += 1
    if last + 1 >= len(words.all):
        return True
    follows = words.all[last + 1].lower
    tells = follows in lex.sayings or follows in lex.finite or follows.endswith("ed")
    return words.gap(last).startswith((",", ".")) or tells


_DATED = lang.words("attribution", "runs", "dated")


def _is_dated_body(words: Words, number: int, lex: Lexicon) -> bool:
    """Whether a date is a body's name: "the March 23 Movement"."""
    if number + 2 >= len(words.all) or words.gap(number) != " " or words.gap(number + 1) != " ":
        return False
    day = words.all[number + 1].text
    last = number + 2
    if not (day.isdecimal() and len(day) <= 2 and words.all[last].capital):
        return False
    while last + 1 < len(words.all) and words.gap(last) == " " and words.all[last + 1].capital:
        last += 1
    return words.all[last].lower in lex.organisation_names


def _joins(words: Words, first: int, number: int, lex: Lexicon) -> int:
    """How many words after word `number` continue the name that starts at word `first`.

    0, 1, or more across "of the", "van der" or "and".
    """
    total = len(words.all)
    step = 1
    while number + step < total and step <= 3:
        gap = words.gap(number + step - 1)
        after = words.all[number + step]
        ending = after.lower in _ENDINGS and gap == ", "
        if gap == ", " and step == 1 and not ending:
            return _row(words, first, number, lex)
        if gap not in (" ", " & ") and not ending:
            return 0
        if after.capital:
            return step if _goes_on(words, first, number, number + step, lex) else 0
        if gap != " ":
            return 0
        if step == 1:
            if after.lower == "and":
                return 2 if _has_second(words, first, number + 2, lex) else 0
            dated = after.text.isdecimal() and words.all[number].lower in lex.calendar
            inner = after.lower in lex.particles or (
                after.lower in ("of", "for") and _takes_of(words.all[number], lex)
            )
            if not inner and not (dated and number == first):
                return 0
        elif after.lower != "the" and after.lower not in lex.particles:
            return 0
        step += 1
    return 0


def _goes_on(words: Words, first: int, number: int, after: int, lex: Lexicon) -> bool:
    """Whether the capitalised word `after` belongs to the name that holds word `number`."""
    word, before = words.all[after], words.all[number]
    if word.lower in lex.given_too and _is_given(words, after, lex):
        return True
    if word.lower in lex.calendar:
        # "Theresa May" is a name, "in May" is none.
        titled = (before.lower,) in lex.titles and after + 1 < len(words.all)
        dated = titled and words.all[after + 1].text[0].isdecimal()
        return before.lower in lex.first_names or (titled and not dated)
    initial = len(word.text) == 2 and word.text.endswith(".")
    return initial or word.lower not in lex.functions


def _has_second(words: Words, first: int, number: int, lex: Lexicon) -> bool:
    """Whether a body's name goes on with the word `number` after an "and": "Centers for Disease
    Control and Prevention" – a body of its own would follow in "the Ministry of Health and Unicef".
    """
    if number >= len(words.all) or words.gap(number - 1) != " " or words.gap(number - 2) != " ":
        return False
    run = words.all[first : number - 1]
    of = any(part.lower in ("of", "for") for part in run) and _takes_of(run[0], lex)
    return of and _is_subject_of(words, number, lex)


def _row(words: Words, first: int, number: int, lex: Lexicon) -> int:
    """How many words after word `number` are the rest of a row that a body's name ends with: "the
    Ministry of Tourism, Forests and Water"; 0 where there is none.
    """
    run = words.all[first : number + 1]
    if not any(part.lower in ("of", "for") for part in run) or not _takes_of(run[0], lex):
        return 0
    at, total = number, len(words.all)
    while at - number < _LONGEST_ROW and at + 2 < total:
        if words.gap(at) == " " and words.all[at + 1].lower == "and":
            last = at > number and words.gap(at + 1) == " "
            return at + 2 - number if last and _is_subject_of(words, at + 2, lex) else 0
        if words.gap(at) not in (" ", ", ") or (at == number and words.gap(at) != ", "):
            return 0
        if not _is_subject_of(words, at + 1, lex):
            return 0
        at += 1
    return 0


def _is_subject_of(words: Words, number: int, lex: Lexicon) -> bool:
    """Whether a word is likelier what a body is for ("Water") than somebody or something named."""
    word = words.all[number]
    folded = fold(word.text)
    return (
        word.capital
        and not lex.known_sort(word.text)
        and not word.text.isupper()
        and word.lower not in lex.functions | lex.calendar
        and (word.lower,) not in lex.titles
        and folded not in lex.first_names
        and folded not in lex.countries
        and folded not in lex.capitals
        and not _takes_of(word, lex)
        and lookup(word.text) is None
        and words.often.get(word.text, 0) < 2
    )


def _takes_of(word: Word, lex: Lexicon) -> bool:
    lower = word.lower
    return (
        lower in lex.organisation_names
        or lower.removesuffix("s") in lex.organisation_names
        or (lower,) in lex.titles
        or lower in _OFFICES
    )
