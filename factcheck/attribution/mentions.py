"""The people, organisations and documents that an article mentions, by name or by noun."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from factcheck.attribution.lexicon import Gender, Lexicon, fold, lexicon
from factcheck.attribution.mention import Kind, Mention, is_subject
from factcheck.attribution.nouns import DETERMINERS, nominals
from factcheck.attribution.words import Run, Word, Words, name_runs
from factcheck.outlets import lookup

_PEOPLE = ("person", "unknown")
_ROLE_WORDS = 6
_APPOSITION_WORDS = 14


def find(words: Words) -> list[Mention]:
    """Collect the names of a text and the nouns that may stand for a source, in text order."""
    runs = name_runs(words)
    named = [mention for run in runs if (mention := _named(words, run))]
    covered = {number for run in runs for number in range(run.first, run.last)}
    nominal = list(nominals(words, covered))
    mentions = sorted([*named, *nominal], key=lambda mention: (mention.start, -mention.end))
    _drop_nested(mentions)
    return sorted([*mentions, *_pairs(words.text, mentions)], key=lambda m: (m.start, -m.end))


def _drop_nested(mentions: list[Mention]) -> None:
    """Drop a noun that is part of a name with its role ("the spokesman Josh Earnest")."""
    kept: list[Mention] = []
    reach = 0
    for mention in mentions:
        if mention.noun and mention.end <= reach and mention.kind != "document":
            continue
        if mention.named:
            reach = max(reach, mention.reach)
        kept.append(mention)
    mentions[:] = kept


def _named(words: Words, run: Run) -> Mention | None:
    lex = lexicon()
    parts = words.all[run.first : run.last]
    title = _title_end(parts, lex) or _side_end(parts, lex)
    name = parts[title:] if title else parts
    lowers = [part.lower for part in name]
    if not name:
        return _title_alone(words, run, parts)
    text = words.phrase(name[0].start, name[-1].end)
    before = _role_before(words, run.first, lex)
    role_start = before if before is not None else parts[0].start
    role = words.phrase(role_start, name[0].start).strip(" ,")
    gender = _gender(parts[:title], role, lowers, lex)
    after, after_end = ("", 0) if role else _role_after(words, run.last, lex)
    told = bool(role and before is not None) or bool(after and len(name) > 1)
    kind = _kind(text, name, _titled(parts, title, lex), told, lex)
    if kind != "person":
        if parts[0].lower in lex.not_names and len(parts) == 1:
            return _people(words, run) if parts[0].lower in lex.plurals else None
        role, role_start, gender = "", parts[0].start, None
        name, text = parts, words.phrase(parts[0].start, parts[-1].end)
        after_end = 0
    else:
        role = role or after
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
        reach=max(after_end, parts[-1].end),
    )


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
    for first in range(len(parts)):
        for length in (3, 2, 1):
            if tuple(part.lower for part in parts[first : first + length]) in lex.titles:
                end = max(end, first + length)
        if end and first >= end:
            break
    rest = [part.lower for part in parts[end:]]
    if rest and rest[0] in ("of", "for", "electric", "motors"):
        return 0
    if rest and (rest[-1] in lex.organisation_names or rest[-1] in lex.documents):
        return 0
    if not rest and any(part.lower == "of" for part in parts[:-2]):
        return 0
    return end


def _side_end(parts: Sequence[Word], lex: Lexicon) -> int:
    """How many leading words tell a person's side: "Republican Jane Doe", "Miss Universe …"."""
    if len(parts) > 1 and parts[0].lower in lex.not_names:
        return 1
    if (
        len(parts) > 2
        and parts[0].lower not in lex.first_names
        and len(parts[0].text) > 2
        and fold(parts[1].lower) in lex.first_names
        and parts[-1].lower not in lex.organisation_names
    ):
        return 1
    return 0


def _title_alone(words: Words, run: Run, parts: Sequence[Word]) -> Mention | None:
    """A capitalised role without a name: "the President", "the Prime Minister"."""
    start = parts[0].start
    before = words.all[run.first - 1] if run.first else None
    if before and before.lower in DETERMINERS and words.gap(run.first - 1) == " ":
        start = before.start
    noun = parts[-1].lower
    if noun not in lexicon().persons:
        return None
    return Mention(
        start=start,
        end=parts[-1].end,
        name=words.phrase(parts[0].start, parts[-1].end).lower(),
        kind="person",
        noun=noun,
        definite=True,
        possessive=parts[-1].possessive,
        subject=is_subject(words, words.index(start)),
        gender=lexicon().persons[noun],
    )


def _role_before(words: Words, first: int, lex: Lexicon) -> int | None:
    """Where the role in lower case before a name starts ("presidential nominee Jane Doe")."""
    at = first - 1
    if at < 0 or words.gap(at) not in (" ", ", ") or words.all[at].possessive:
        return None
    if words.all[at].lower not in lex.persons or words.all[at].capital:
        return None
    if words.gap(at) == ", " and not _definite_before(words, at):
        return None
    lowest = max(0, first - _ROLE_WORDS)
    while at > lowest and words.gap(at - 1) == " ":
        word = words.all[at - 1]
        if word.lower in lex.functions or word.lower in lex.sayings:
            break
        at -= 1
        if word.possessive:
            break
    return words.all[at].start


def _definite_before(words: Words, at: int) -> bool:
    for number in range(at - 1, max(-1, at - _ROLE_WORDS), -1):
        if words.gap(number) != " ":
            return False
        if words.all[number].lower == "the":
            return True
    return False


def _role_after(words: Words, last: int, lex: Lexicon) -> tuple[str, int]:
    """The apposition after a name and its end: "Jane Doe, the mayor of Springfield, …"."""
    total = len(words.all)
    if last >= total or words.gap(last - 1) != ", " or words.all[last - 1].possessive:
        return "", 0
    noun = None
    for number in range(last, min(total, last + _APPOSITION_WORDS)):
        word = words.all[number]
        if word.lower in ("who", "which", "whose", "where", "when") or word.lower in lex.sayings:
            break
        if noun is None and word.lower in lex.persons and not word.possessive:
            noun = number
        if noun is None and number - last >= 7:
            break
        if number + 1 >= total or words.gap(number) not in (" ", ""):
            if noun is not None:
                role = words.phrase(words.all[last].start, word.end)
                return _without_article(role), word.end
            break
    return "", 0


def _without_article(phrase: str) -> str:
    first, _, rest = phrase.partition(" ")
    return rest if first.lower() in ("a", "an", "the") and rest else phrase


def _titled(parts: Sequence[Word], title: int, lex: Lexicon) -> bool:
    return bool(title) and title == _title_end(parts, lex)


def _gender(title: Sequence[Word], role: str, lowers: Sequence[str], lex: Lexicon) -> Gender | None:
    for word in title:
        if gender := lex.titles.get((word.lower,)):
            return gender
    for noun in role.lower().replace(",", " ").split():
        if gender := lex.persons.get(noun):
            return gender
    if len(lowers) > 1:
        return lex.first_names.get(fold(lowers[0]))
    return None


def _kind(text: str, name: Sequence[Word], titled: bool, role: bool, lex: Lexicon) -> Kind:
    folded = fold(text)
    last = name[-1].lower
    if folded in lex.countries or folded in lex.capitals or folded in lex.regions:
        return "place"
    if titled:
        return "person"
    if folded in lex.offices or lookup(text):
        return "organisation"
    if last in lex.documents and len(name) > 1:
        return "document"
    if any(part.lower in lex.organisation_names for part in name) and not (
        role and len(name) == 2 and fold(name[0].lower) in lex.first_names
    ):
        return "organisation"
    if role:
        return "person"
    if any(_is_acronym(part.text) for part in name) and not (
        len(name) > 1 and fold(name[0].lower) in lex.first_names
    ):
        return "organisation"
    if len(name) == 1:
        return "unknown"
    if fold(name[0].lower) in lex.first_names and len(name) <= 4:
        return "person"
    return "unknown"


def _is_acronym(word: str) -> bool:
    letters = word.replace(".", "")
    return len(letters) > 1 and letters.isupper() and letters.isalpha()


def _pairs(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Two names joined by "and", which "they" may stand for."""
    named = [mention for mention in mentions if mention.named]
    for one, other in itertools.pairwise(named):
        if (one.kind in _PEOPLE) != (other.kind in _PEOPLE) or "document" in (one.kind, other.kind):
            continue
        gap = text[one.end : other.start]
        if len(gap) <= 40 and (gap == " and " or (gap.startswith(", ") and gap.endswith(", and "))):
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
