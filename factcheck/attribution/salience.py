"""What a pronoun or a noun of an article refers to: salience over its mentions.

After the salience factors of Lappin and Leass, "An Algorithm for Pronominal Anaphora Resolution"
(Computational Linguistics 20(4), 1994), reduced to what needs no parser: how near, whether a
subject, how often, whether the last speaker. News prose is regular enough for that.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from factcheck.attribution.entities import Entity
from factcheck.attribution.lexicon import Gender, fold, lexicon
from factcheck.attribution.mention import Mention
from factcheck.attribution.pronouns import FEMALE, MALE, PLURAL, RELATIVE, THING
from factcheck.lang import words

if TYPE_CHECKING:
    from factcheck.attribution.discourse import Discourse


# What it adds to have spoken last.
_LAST_SPEAKER = 1.2
# How far back an antecedent is looked for: mentions and sentences.
_MENTIONS = 120
_SENTENCES = 14
# A pronoun's antecedent is certain so few sentences back, and so much before the next one.
_NEAR, _MARGIN = 2, 1.0
# A ship is looked for so many characters back.
_REACH = 600
_SHIPS = words("things", "ships")
# How well an entity suits a pronoun, `None` where it cannot be meant.
Fit = Callable[[Entity], float | None]
# Between a quotation and its source: ", says ".
_REPORTING_WORDS = 14


def pronoun(discourse: Discourse, start: int, word: str) -> Entity | None:
    """Whom the pronoun `word` (lower case) at `start` means, where it is a source or its owner."""
    if word in RELATIVE:
        return _just_before(discourse, start)
    if word in MALE | FEMALE:
        gender: Gender = "male" if word in MALE else "female"
        return salient(discourse, start, lambda e: _fits_person(e, gender), speaks=True)
    if word in THING:
        return salient(discourse, start, _fits_thing, speaks=True)
    if word in PLURAL:
        return salient(discourse, start, _fits_group, speaks=True)
    return None


def certain(discourse: Discourse, start: int, word: str) -> Entity | None:
    """The person whom "he", "she", "his" or "her" at `start` means, where that is as good as
    certain: named near by, of known gender, and nobody else whom it could mean.
    """
    gender: Gender = "male" if word in MALE else "female"
    if gender == "female" and _ship_near(discourse, start):
        # "The Queen Ada ran aground. She had struck a rock": nobody knows which "she" is meant.
        return None
    scored = _scored(
        discourse, start, lambda entity: _fits_person(entity, gender), _NEAR, turn=_LAST_SPEAKER / 4
    )
    ranked = sorted(scored, key=lambda entry: -entry[0])
    if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _MARGIN):
        return None
    _, entity, mention = ranked[0]
    if not (entity.named and entity.kind == "person" and entity.gender == gender):
        return None
    spoke = {id(turn.entity) for turn in discourse.turns}
    rivals = (
        e
        for _, e, m in ranked[1:]
        if e.named and (e.kind != "unknown" or m.subject or id(e) in spoke)
    )
    return None if mention.possessive or any(rivals) else entity


def _ship_near(discourse: Discourse, start: int) -> bool:
    """Whether a sentence near by tells of a ship, which may be "she"."""
    here = discourse.sentence(start)
    for mention in reversed(discourse.within(max(0, start - _REACH), start)):
        if here - discourse.sentence(mention.start) > _NEAR:
            return False
        if mention.name in discourse.things or mention.sort in _SHIPS:
            return True
    told = discourse.words.between(max(0, start - _REACH), start)
    return any(
        word.lower in _SHIPS and here - discourse.sentence(word.start) <= _NEAR for word in told
    )


def own_words(discourse: Discourse, start: int) -> int:
    """Where the quotation begins that the source at `start` follows: whom it tells of does not say
    it. `start` itself where none does.
    """
    text = discourse.article.text
    at = bisect_right(discourse.quotes, (start, start)) - 1
    if at < 0:
        return start
    end, first = discourse.quotes[at]
    gap = text[end:start]
    if len(gap) > _REPORTING_WORDS or any(mark in gap for mark in ".;\n"):
        return start
    while at and not text[discourse.quotes[at - 1][0] : first].strip():
        # Its paragraphs before, and what it says in pieces.
        at -= 1
        first = discourse.quotes[at][1]
    return first


def _back(discourse: Discourse, start: int) -> Iterator[Mention]:
    start = own_words(discourse, start)
    last = bisect_left(discourse.starts, start)
    oldest = discourse.sentence(start) - _SENTENCES
    for number in range(last - 1, max(-1, last - 1 - _MENTIONS), -1):
        mention = discourse.mentions[number]
        if discourse.sentence(mention.start) < oldest:
            return
        if mention.end <= start:
            yield mention


def salient(
    discourse: Discourse, start: int, fit: Fit, reach: int = _SENTENCES, *, speaks: bool = False
) -> Entity | None:
    """The most salient entity that fits, mentioned at most `reach` sentences before."""
    scored = _scored(discourse, start, fit, reach, speaks=speaks)
    return max(scored, key=lambda entry: entry[0])[1] if scored else _ahead(discourse, start, fit)


def _scored(
    discourse: Discourse,
    start: int,
    fit: Fit,
    reach: int,
    *,
    speaks: bool = False,
    turn: float = _LAST_SPEAKER,
) -> list[tuple[float, Entity, Mention]]:
    """The entities that fit, the nearest first: how salient, and by which mention."""
    here = discourse.sentence(start)
    # ", she said" follows what is said, which seldom begins with its speaker.
    aside = discourse.article.text[max(0, start - 2) : start].rstrip().endswith(",")
    scores: dict[int, tuple[float, Entity, Mention]] = {}
    last = discourse.turns[-1] if discourse.turns else None
    for back, mention in enumerate(_back(discourse, start)):
        entity = discourse.entities.of(mention)
        suits = fit(entity)
        if suits is None:
            continue
        distance = here - discourse.sentence(mention.start)
        if distance > reach:
            break
        score = suits - 0.9 * math.sqrt(distance * 2) - 0.02 * back
        score += 1.0 if mention.subject and not mention.possessive else 0.0
        score += 0.5 if discourse.opens(mention) else 0.0
        score -= 2.0 if mention.quoted else 0.0
        if aside and speaks and not distance:
            score -= 1.0 if entity.named else 2.0
        if mention.kind == "document" and speaks and not distance and not mention.subject:
            # "In a statement, it said": whose statement it is.
            score -= 2.0
        known = scores.get(id(entity))
        if known is None or score > known[0]:
            scores[id(entity)] = (score, entity, mention)
    ranked = []
    for score, entity, mention in scores.values():
        score += 0.25 * math.log(1 + min(len(entity.mentions), 30))
        if (
            last is not None
            and last.entity is entity
            and here - discourse.sentence(last.start) <= 3
        ):
            score += turn
        ranked.append((score, entity, mention))
    return ranked


def _ahead(discourse: Discourse, start: int, fit: Fit) -> Entity | None:
    """A pronoun before its name, in one sentence: "Back when he wrote it, Doe said …"."""
    first = bisect_left(discourse.starts, start)
    for mention in discourse.mentions[first : first + 8]:
        if discourse.sentence(mention.start) != discourse.sentence(start):
            return None
        entity = discourse.entities.of(mention)
        # What a pronoun's own sentence names later is somebody else, but behind a front.
        fronted = discourse.article.text.endswith(", ", 0, mention.start)
        if fronted and mention.named and fit(entity) is not None:
            return entity
    return None


def _just_before(discourse: Discourse, start: int) -> Entity | None:
    last = bisect_left(discourse.starts, start)
    found: Mention | None = None
    for mention in reversed(discourse.mentions[max(0, last - 6) : last]):
        gap = discourse.article.text[mention.end : start]
        if mention.end > start or len(gap) > 120 or any(mark in gap for mark in ".;\n"):
            continue
        if found is None or (mention.start <= found.start and mention.end >= found.end):
            found = mention
    return discourse.entities.of(found) if found else None


def _fits_person(entity: Entity, gender: Gender) -> float | None:
    if entity.plural or entity.kind in ("organisation", "place", "document", "people"):
        return None
    if len(entity.name) == 1 or fold(entity.name) in lexicon().adjectives:
        # "on X", "the Turkish".
        return None
    if entity.gender is not None and entity.gender != gender:
        return None
    if not entity.named:
        return 0.6 if entity.gender else -0.6
    if entity.gender:
        return 1.0
    if entity.kind == "person":
        return 0.6
    return 0.0 if " " in entity.name else -0.6


def _fits_thing(entity: Entity) -> float | None:
    if entity.plural or entity.kind in ("person", "people"):
        return None
    if entity.kind == "unknown":
        return -1.2
    return 0.5 if entity.named else 0.2


def _fits_group(entity: Entity) -> float | None:
    if entity.plural:
        return 0.8
    if entity.kind == "organisation":
        return -0.3
    return None
