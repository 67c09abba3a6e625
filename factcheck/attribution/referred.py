"""Whom or what "the minister", "the company", "the campaign" mean: somebody told of before."""

from __future__ import annotations

import math
from bisect import bisect_left
from typing import TYPE_CHECKING

from factcheck import lang
from factcheck.attribution.entities import Entity
from factcheck.attribution.lexicon import Gender, fold, lexicon
from factcheck.attribution.mention import Mention
from factcheck.attribution.nouns import noun_kind
from factcheck.attribution.salience import Fit, salient
from factcheck.attribution.speech import speech
from factcheck.outlets import lookup

if TYPE_CHECKING:
    from factcheck.attribution.discourse import Discourse


_LESSER = lang.words("attribution", "referred", "lesser")
_PUBLIC = lang.words("attribution", "referred", "public")
# How much nearer, in characters, a name must be than a description to be meant by its noun.
_CLEARLY = 250
_SITES = ("place", "unknown")


def meant(discourse: Discourse, start: int, noun: str, modifiers: frozenset[str]) -> Entity | None:
    """Resolve "the `noun`" at `start` to somebody or something named before it.

    `modifiers` are the other words of the phrase, in lower case: a role must have them all
    ("the Turkish foreign minister"), a thing at least must not lack its name's.
    """
    if noun_kind(noun) == "people" and not modifiers:
        return salient(discourse, start, lambda e: 0.0 if len(e.members) == 2 else None, 6)
    return role(discourse, start, noun, modifiers) or _thing(discourse, start, noun, modifiers)


def role(discourse: Discourse, start: int, noun: str, modifiers: frozenset[str]) -> Entity | None:
    """The one whose role "the `noun`" at `start` is, with all of its modifiers."""
    lex = lexicon()
    best: tuple[float, Entity] | None = None
    here = discourse.sentence(start)
    for word in sorted(lex.synonyms.get(noun, frozenset((noun,)))):
        entries = discourse.roles.get(word, [])
        for _, entity, borne in entries[-1:-41:-1]:
            seen = bisect_left(entity.mentions, start, key=lambda mention: mention.start)
            told = frozenset(fold(borne).replace(",", " ").split())
            lacking = [m for m in modifiers if not _told(m, told)]
            if not seen or any(m not in lex.not_names for m in lacking):
                continue
            at = entity.mentions[seen - 1].start
            score = -0.35 * (here - discourse.sentence(at)) + 0.5 * math.log(1 + seen)
            score += (1.0 if word == noun else 0.0) - len(lacking)
            score -= 1.5 if told & _LESSER and not modifiers & _LESSER else 0.0
            score += 0.8 if discourse.turns and discourse.turns[-1].entity is entity else 0.0
            if best is None or score > best[0]:
                best = (score, entity)
    return best[1] if best else None


def _thing(discourse: Discourse, start: int, noun: str, modifiers: frozenset[str]) -> Entity | None:
    lex = lexicon()
    best: tuple[float, Entity] | None = None
    here = discourse.sentence(start)
    wanted = lex.synonyms.get(noun, frozenset((noun,))) | {noun}
    for word in sorted(wanted):
        known = discourse.by_noun.get(word, [])
        last = bisect_left(known, start, key=lambda mention: mention.start)
        for mention in known[max(0, last - 12) : last]:
            entity = discourse.entities.of(mention)
            if not entity.named and entity.mentions[0].definite:
                continue
            told = frozenset(fold(mention.name).split())
            if mention.end > start or any(not _told(m, told) for m in modifiers):
                continue
            score = -0.4 * (here - discourse.sentence(mention.start))
            score += 1.0 if word == noun else 0.0
            score += 1.5 if mention.named or not mention.definite else 0.0
            if best is None or score >= best[0]:
                best = (score, entity)
    known_thing = best[1] if best else None
    if noun == "campaign" and not modifiers:
        return _campaign(discourse, start, known_thing)
    if modifiers or (known_thing and (known_thing.named or noun not in lex.organisations)):
        return known_thing
    named = _named_thing(discourse, start, noun)
    if known_thing is None or named is None:
        return known_thing or named
    # "A union …" is told of first, its name later: the nearer of the two is meant.
    return named if _last(named, start) > _last(known_thing, start) + _CLEARLY else known_thing


def public_figure(discourse: Discourse, mention: Mention) -> Entity | None:
    """Whom "the senator" means that opens a sentence, where nothing gave anybody that role."""
    if mention.noun not in _PUBLIC:
        return None
    return salient(discourse, mention.start, _holder(mention.gender, mention.noun), 2)


def _campaign(discourse: Discourse, start: int, known: Entity | None) -> Entity | None:
    """Resolve "the campaign": the one just spoken of, else that of the last person."""
    here = discourse.sentence(start)
    if known is not None and here - discourse.sentence(_last(known, start)) <= 3:
        return known
    owner = salient(discourse, start, _holder(None), 2)
    return Entity("organisation", f"{owner.name}’s campaign") if owner else known


def _named_thing(discourse: Discourse, start: int, noun: str) -> Entity | None:
    lex = lexicon()
    if noun in lex.outlet_nouns:
        return salient(discourse, start, _fits_outlet)
    if noun in lex.places:
        return salient(discourse, start, lambda e: 0.0 if e.kind in _SITES and e.named else None)
    if noun in speech()["any_body"]:
        return salient(discourse, start, _fits_body)
    return None


def _told(modifier: str, told: frozenset[str]) -> bool:
    """Whether a role or name has a modifier, a country's adjective counting as its name."""
    folded = fold(modifier)
    if folded in told:
        return True
    lex = lexicon()
    country = lex.adjectives.get(folded) or lex.countries.get(folded)
    if country is None:
        return False
    return any(
        lex.adjectives.get(word) == country or lex.countries.get(word) == country for word in told
    )


def _last(entity: Entity, start: int) -> int:
    """Where the last mention of an entity that is not a bare "the …" starts, before `start`."""
    told = (m.start for m in entity.mentions[:200] if not (m.noun and m.definite))
    return max((at for at in told if at < start), default=0)


def _holder(gender: Gender | None, noun: str = "") -> Fit:
    """Fits a person, of a gender where that is told, whom an office's noun may describe: not one
    of whom the article tells another office.
    """

    def fits(entity: Entity) -> float | None:
        if not entity.named or entity.kind != "person":
            return None
        if noun and entity.roles and not _bears(entity, noun):
            return None
        return None if gender and entity.gender and entity.gender != gender else 0.0

    return fits


def _bears(entity: Entity, noun: str) -> bool:
    """Whether a role of somebody goes with a noun: "the lawmaker" with "Republican senator"."""
    lex = lexicon()
    wanted = lex.synonyms.get(noun, frozenset((noun,))) | {noun}
    told = {
        word for _, role in entity.roles[:20] for word in role.lower().replace(",", " ").split()
    }
    return bool(told & wanted) or not told.isdisjoint(_PUBLIC)


def _fits_outlet(entity: Entity) -> float | None:
    if not entity.named or entity.plural or entity.kind not in ("organisation", "unknown"):
        return None
    return 0.0 if _is_outlet(entity) else -1.0


def _is_outlet(entity: Entity) -> bool:
    return entity.named and lookup(entity.name) is not None


def _fits_body(entity: Entity) -> float | None:
    if not entity.named or entity.plural or entity.kind not in ("organisation", "unknown"):
        return None
    if _is_outlet(entity):
        # What reports is not what is reported on: "Reuters reported …, the company added".
        return None
    return -1.5 if entity.kind == "unknown" else 0.0
