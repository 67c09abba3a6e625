"""The people, organisations and documents that an article mentions, by name or by noun."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from factcheck import lang
from factcheck.attribution import roles
from factcheck.attribution.lexicon import Gender, Lexicon, fold, lexicon
from factcheck.attribution.mention import Kind, Mention, is_subject
from factcheck.attribution.names import LETTERS, also_called, is_somebody
from factcheck.attribution.nouns import DETERMINERS, nominals, noun_kind
from factcheck.attribution.runs import Run, name_runs
from factcheck.attribution.speech import speech
from factcheck.attribution.words import Word, Words, opens_sentence
from factcheck.outlets import lookup
from factcheck.things import named_things

_PEOPLE = ("person", "unknown")
_WOMEN = "wife daughter sister mother aunt niece widow stepdaughter granddaughter grandmother"
_MEN = "husband son brother father uncle nephew widower stepson grandson grandfather"
_KIN: dict[str, Gender] = {
    **dict.fromkeys(_WOMEN.split(), "female"),
    **dict.fromkeys(_MEN.split(), "male"),
}
_RELATIVE = re.compile(
    r"(?:, \d{1,3},?)?,? and (?:his|her) (?:[a-z-]+ ){0,2}?"
    rf"(?P<kin>{'|'.join(_KIN)}),? (?P<name>\S+)"
)
# The words of an office before "of"; what joins what it is for; a given and a family name.
_MOST_TITLE, _FULL = 3, 2
_SAINTS = lang.words("attribution", "mentions", "saints")
_JOINTS = lang.words("attribution", "mentions", "joints")
# "MPs", "CEOs".
_INITIALS = re.compile(r"[A-Z]{2,5}s")
_AND = re.compile(r" and (?:[A-Z][\w-]+['’]s )?")
_AGE_AFTER = re.compile(r", (?:aged )?\d{1,3}[,.;)]")
_AGED = re.compile(r",? ?\b\d{1,3}(?:-year-old)?(?=,|$)")
_OF_NAMES = lang.words("attribution", "mentions", "of_names")


def find(words: Words) -> list[Mention]:
    """Collect the names of a text and the nouns that may stand for a source, in text order."""
    runs = name_runs(words)
    things = named_things(words.text)
    named = [mention for run in runs if (mention := _named(words, run, things))]
    covered = {number for run in runs for number in range(run.first, run.last)}
    nominal = list(nominals(words, covered))
    mentions = sorted([*named, *nominal], key=lambda mention: (mention.start, -mention.end))
    _drop_nested(mentions)
    _relate(words.text, mentions)
    return sorted([*mentions, *_pairs(words.text, mentions)], key=lambda m: (m.start, -m.end))


def _drop_nested(mentions: list[Mention]) -> None:
    """Drop a noun that is part of a name with its role ("the spokesman Josh Earnest")."""
    told = [mention for mention in mentions if mention.named and mention.role]
    starts = [mention.start for mention in told]
    kept: list[Mention] = []
    reach = 0
    for mention in mentions:
        if mention.noun and mention.kind != "document":
            number = bisect_left(starts, mention.end) - 1
            if mention.end <= reach or (number >= 0 and mention.end <= told[number].end):
                continue
        if mention.named:
            reach = max(reach, mention.reach)
        kept.append(mention)
    mentions[:] = kept


def _relate(text: str, mentions: Sequence[Mention]) -> None:
    """Give relatives who are told of by their given names the family name that they share."""
    named = [mention for mention in mentions if mention.named]
    for one, other in itertools.pairwise(named):
        if not {one.kind, other.kind} <= set(_PEOPLE):
            continue
        given, full = lexicon().first_names, other.name.split()
        couple = text[one.end : other.start] == " and " and not one.role and len(full) == _FULL
        if couple and fold(one.name) in given and fold(full[0]) in given:
            # "Peter and Joan Lowe."
            one.family, one.kind, one.gender = full[-1], "person", given[fold(one.name)]
        if " " not in one.name or " " in other.name:
            continue
        match = _RELATIVE.fullmatch(text[one.end : other.end])
        if match and match["name"] == other.name:
            other.family = one.name.split()[-1]
            other.gender = other.gender or _KIN[match["kin"]]
            other.kind = "person"


def _named(words: Words, run: Run, things: frozenset[str]) -> Mention | None:
    lex = lexicon()
    parts = words.all[run.first : run.last]
    aside = run.aside
    if aside:
        parts = words.all[run.first : aside[0]] + words.all[aside[1] : run.last]
    if len(parts) == 1 and _counts(parts[0], lex):
        return None
    office_end = _office_end(parts, lex)
    title = office_end or _title_end(parts, lex) or _side_end(parts, lex)
    if title < len(parts) and words.phrase(parts[0].start, parts[-1].end) in things:
        # "The Queen Ada, a cruise ship", is no queen.
        office_end = title = 0
    opening = 0 if title else _opening_role(words, run, parts, lex)
    title = title or opening
    name = parts[title:] if title else parts
    lowers = [part.lower for part in name]
    if not name:
        return _title_alone(words, run, parts[:1] if office_end else parts, parts[-1].end)
    if len(parts) == 1 and fold(parts[0].text) in lex.adjectives:
        return None
    if len(parts) == 1 and _INITIALS.fullmatch(parts[0].text):
        return _people(words, run)
    text = words.phrase(name[0].start, name[-1].end)
    aliases: tuple[str, ...] = ()
    if aside:
        first = words.phrase(name[0].start, words.all[aside[0] - 1].end)
        text = f"{first} {words.phrase(words.all[aside[1]].start, name[-1].end)}"
        aliases = (words.phrase(words.all[aside[0]].start, words.all[aside[1] - 1].end),)
    if len(name) > 1:
        aliases += also_called(words.text, parts[-1].end)
    told = roles.before(words, run.first, run.last, lex)
    role_start = told.at if told else parts[0].start
    role = _AGED.sub("", words.phrase(role_start, name[0].start).strip(" ,"))
    gender = _gender(parts[:title], role, lowers, lex)
    ranks = not told and all(part.lower in lex.ranks for part in parts[:title])
    beside = roles.after(words, run.last, lex) if not role or ranks else None
    if beside and beside.role and role:
        polite = all(part.lower in roles.COURTESY for part in parts[:title])
        role, beside = beside.role if polite else f"{beside.role}, {role}", None
    elif told and title:
        role = f"{told.role}, {words.phrase(parts[0].start, parts[title - 1].end)}"
        role = _AGED.sub("", role)
    office = roles.of_place(words, run.last) if title and role else None
    described = bool(told) or bool(beside and beside.role and len(name) > 1)
    described = described or (bool(opening) and _speaks(words, run, lex))
    sort = (beside.sort if beside else "") or roles.sort_before(words, run.first, run.last, lex)
    owner = roles.head_noun(told.role if told else "")
    body = owner in lex.owners and not title and fold(lowers[0]) not in lex.first_names
    sort = owner if body else sort
    described = described and not body
    kind = _kind(text, name, _titled(parts, title, lex), described or bool(aside), lex)
    if _is_dateline(words, run):
        kind = "place"
    elif (kind == "unknown" and _AGE_AFTER.match(words.text, parts[-1].end)) or (
        kind == "document" and is_somebody(words.text, text, described, lex)
    ):
        kind = "person"
    if kind == "unknown" and noun_kind(sort) in ("organisation", "place"):
        kind = "place" if sort in lex.places else "organisation"
    reach = max(parts[-1].end, beside.at if beside else 0)
    if kind != "person":
        if parts[0].lower in lex.not_names and len(parts) == 1:
            return _people(words, run) if parts[0].lower in lex.plurals else None
        role, gender = told.role if told and body else "", None
        role_start = told.at if told and body else parts[0].start
        name, text = parts, words.phrase(parts[0].start, parts[-1].end)
        aliases = _initials(words, run.last)
        reach = beside.at if beside and beside.sort else parts[-1].end
    elif office:
        role, reach = f"{role} {office.role}", office.at
    elif beside:
        role = beside.role
        gender = gender or _gender((), role, lowers, lex)
    start = min(role_start, name[0].start)
    return Mention(
        start=start,
        end=parts[-1].end,
        name=text,
        kind=kind,
        role=role,
        gender=gender,
        possessive=parts[-1].possessive,
        subject=is_subject(words, words.index(start)),
        reach=reach,
        aliases=aliases,
        sort=sort if kind != "person" or sort in lex.things else "",
    )


def _is_dateline(words: Words, run: Run) -> bool:
    """Whether a name in capitals opens a paragraph as the place it was written at."""
    start, end = words.all[run.first].start, words.all[run.last - 1].stop
    opens = not words.text[max(0, start - 1) : start].strip(" \n\r")
    name = words.text[start:end]
    follows = words.text[end : end + 3].lstrip()[:1]
    return opens and name.isupper() and len(name) > 3 and follows in ("(", "—", "–", "-", ",", ":")


def _initials(words: Words, last: int) -> tuple[str, ...]:
    """The short form that a name brings along in brackets: "the Harbour Board (HB)"."""
    if last >= len(words.all) or not words.gap(last - 1).startswith(" ("):
        return ()
    word = words.all[last]
    closed = words.text[word.stop : word.stop + 1] == ")"
    return (word.text,) if closed and word.capital else ()


def _people(words: Words, run: Run) -> Mention:
    """People such as "Democrats", "Americans": people named by what they are."""
    word = words.all[run.first]
    return Mention(
        start=word.start,
        end=word.end,
        name=word.text,
        kind="people",
        noun=word.lower,
        possessive=word.possessive,
        subject=is_subject(words, run.first),
        plural=True,
        count=None,
    )


def _title_end(parts: Sequence[Word], lex: Lexicon) -> int:
    """How many leading words of a name are its title; 0 where there is none."""
    end = 0
    letters = len(parts) > 1 and parts[-1].lower in LETTERS
    for first in range(len(parts) - letters):
        for length in (3, 2, 1):
            told = parts[first : first + length]
            # "Del" is a delegate, "del" a part of a name.
            if told[-1].capital and tuple(part.lower for part in told) in lex.titles:
                end = max(end, first + length)
        if end and first >= end:
            break
    rest = [part.lower for part in parts[end:]]
    if not rest and len(parts) == _FULL and fold(parts[0].lower) in lex.first_names:
        # "Ravi Sen", "Anna King": a family name that is a title, too.
        return 0
    if rest and rest[0] in _OF_NAMES:
        return 0
    if rest and (rest[-1] in lex.organisation_names or rest[-1] in lex.documents):
        return 0
    if not rest and any(part.lower == "of" for part in parts[:-2]):
        return 0
    return end


def _office_end(parts: Sequence[Word], lex: Lexicon) -> int:
    """How many leading words are an office with what it is for: "Minister of Foreign Affairs Ann
    Cole", "Director of Antiquities"; 0 where there is none, or a body's name follows.
    """
    of = next((n for n, part in enumerate(parts) if part.lower in ("of", "for")), 0)
    if not of or of > _MOST_TITLE or not _is_title(parts[:of], lex):
        return 0
    subjects = speech()["portfolios"]
    end = of + 1
    while end < len(parts) and parts[end].lower in subjects | _JOINTS:
        end += 1
    while parts[end - 1].lower in _JOINTS:
        end -= 1
    body = parts[-1].lower in lex.organisation_names and parts[-1].lower not in subjects
    return end if end > of + 1 and not body else 0


def _is_title(parts: Sequence[Word], lex: Lexicon) -> bool:
    lowers = tuple(part.lower for part in parts)
    return lowers in lex.titles or (len(parts) > 1 and (lowers[-1],) in lex.titles)


def _opening_role(words: Words, run: Run, parts: Sequence[Word], lex: Lexicon) -> int:
    """1 where a role opens the sentence before a name, which gives it its capital: "Farmer Joe
    Grim said", "Lawmaker Ann Cole tabled it".
    """
    if len(parts) < _FULL + 1 or not opens_sentence(words, run.first):
        return 0
    first, rest = parts[0].lower, parts[1:]
    if noun_kind(first) != "person" or fold(first) in lex.first_names:
        return 0
    plain = all(
        part.lower in lex.particles or (part.capital and not part.text.isupper()) for part in rest
    )
    return int(plain and len(rest) <= 4 and not any(_of_body(part.lower, lex) for part in rest))


def _speaks(words: Words, run: Run, lex: Lexicon) -> bool:
    """Whether a verb of saying or doing follows a name directly."""
    if run.last >= len(words.all) or words.gap(run.last - 1) != " ":
        return False
    after = words.all[run.last].lower
    return after in lex.sayings | lex.opinions or after.endswith("ed")


def _counts(word: Word, lex: Lexicon) -> bool:
    """Whether a word is a number that opens a sentence: "Forty-three"."""
    first, dash, second = word.lower.partition("-")
    return bool(dash) and first in lex.numbers and second in lex.numbers


def _side_end(parts: Sequence[Word], lex: Lexicon) -> int:
    """How many leading words tell a person's side or post, going by the given name behind them:
    "Republican Jane Doe", "Miss Universe …", "MD Jane Doe", "Transport CS John Doe".
    """
    if len(parts) > 1 and parts[0].lower in lex.not_names:
        return 1
    if parts[-1].lower in lex.organisation_names or fold(parts[0].lower) in lex.first_names:
        return 0
    if parts[0].lower in lex.places | lex.things or fold(parts[0].lower) in _SAINTS:
        return 0
    for size in (1, 2):
        last = parts[min(size, len(parts)) - 1]
        post = len(last.text) > 2 or last.text.isupper()
        given = len(parts) > size + 1 and parts[size].capital
        if given and post and fold(parts[size].lower) in lex.first_names:
            return size
    return 0


def _title_alone(words: Words, run: Run, parts: Sequence[Word], end: int) -> Mention | None:
    """A capitalised role without a name, up to `end`: "the President", "the Minister of Youth"."""
    start = parts[0].start
    before = words.all[run.first - 1] if run.first else None
    if before and before.lower in DETERMINERS and words.gap(run.first - 1) == " ":
        start = before.start
    noun = parts[-1].lower
    if noun not in lexicon().persons:
        return None
    return Mention(
        start=start,
        end=end,
        name=words.phrase(parts[0].start, end).lower(),
        kind="person",
        noun=noun,
        definite=True,
        possessive=parts[-1].possessive,
        subject=is_subject(words, words.index(start)),
        gender=lexicon().persons[noun],
    )


def _titled(parts: Sequence[Word], title: int, lex: Lexicon) -> bool:
    return bool(title) and title == _title_end(parts, lex)


def _gender(title: Sequence[Word], role: str, lowers: Sequence[str], lex: Lexicon) -> Gender | None:
    for word in title:
        if gender := lex.titles.get((word.lower,)):
            return gender
    noun = roles.head_noun(role)
    if gender := lex.persons.get(noun) or _ending_gender(noun):
        return gender
    if len(lowers) > 1 and not (lowers[0] in lex.particles and lowers[1] in lex.particles):
        return lex.first_names.get(fold(lowers[0]))
    return None


def _ending_gender(noun: str) -> Gender | None:
    if noun.endswith("woman"):
        return "female"
    return "male" if noun.endswith("sman") else None


def _kind(text: str, name: Sequence[Word], titled: bool, role: bool, lex: Lexicon) -> Kind:
    folded = fold(text)
    last = name[-1].lower
    if folded in lex.countries or folded in lex.capitals or folded in lex.regions:
        return "place"
    if titled:
        return "person"
    if fold(name[0].lower) in _SAINTS and len(name) > 1 and not role:
        return "place"
    if folded in lex.offices or lookup(text) or (lex.known_sort(text) and not role):
        return "organisation"
    if last in lex.documents and len(name) > 1:
        # "The Institute for Sea Research" is no research.
        of_body = name[0].lower in lex.organisation_names and name[1].lower in ("for", "of")
        return "organisation" if of_body else "document"
    if any(_of_body(part.lower, lex) for part in name) and not (
        role and len(name) == 2 and fold(name[0].lower) in lex.first_names
    ):
        return "organisation"
    if role or (len(name) > _FULL and last in LETTERS and name[-1].text.isupper()):
        return "person"
    if any(_is_acronym(part.text) for part in name) and not (
        len(name) > 1 and fold(name[0].lower) in lex.first_names
    ):
        return "organisation"
    if len(name) == 1:
        return "unknown"
    given = fold(name[0].lower) in lex.first_names or name[0].lower in lex.given_too
    if given and len(name) <= 4:
        return "person"
    return "unknown"


def _of_body(lower: str, lex: Lexicon) -> bool:
    return lower in lex.organisation_names or (
        lower.endswith("s") and lower[:-1] in lex.organisation_names
    )


def _is_acronym(word: str) -> bool:
    letters = word.replace(".", "")
    return len(letters) > 1 and letters.isupper() and letters.isalpha()


def _pairs(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Two names joined by "and", which "they" may stand for."""
    named = [mention for mention in mentions if mention.named]
    # "France's Ordel and Italy's Brevo."
    named = [one for one in named if not (one.possessive and one.kind == "place")]
    for one, other in itertools.pairwise(named):
        if (one.kind in _PEOPLE) != (other.kind in _PEOPLE) or "document" in (one.kind, other.kind):
            continue
        gap = text[one.end : other.start]
        bodies = one.kind == "organisation" and gap == " and the "
        joined = bodies or _AND.fullmatch(gap) is not None
        if len(gap) <= 40 and (joined or (gap.startswith(", ") and gap.endswith(", and "))):
            yield Mention(
                start=one.start,
                end=other.end,
                name=f"{one.name} and {other.name}",
                kind="people",
                plural=True,
                count=2,
                subject=one.subject,
                members=(one, other),
            )
