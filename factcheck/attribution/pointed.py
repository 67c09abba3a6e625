"""Whom words mean that only point back: "the latter", "the ministry" told of before, a new one."""

from __future__ import annotations

import re

from factcheck.attribution.discourse import Discourse
from factcheck.attribution.entities import Entity
from factcheck.attribution.lexicon import fold
from factcheck.attribution.words import Word

# So many characters back one of two, and a body under a description, are looked for.
_NEAR, _FAR = 600, 12_000
_PAIR = 2
# What somebody does who comes into an office.
_COMES = re.compile(
    r"(?:, [^,.;:“”\"\n]{2,60},)? (?:(?:has |will )?(?:take|took|taken|takes) "
    r"(?:over|office|up|the)"
    r"|(?:will )?(?:starts?|started|begins?|began|arrives?|arrived|joins?|joined)"
    r"|(?:was|is|will be|has been) (?:sworn in|appointed|named|chosen|elected|picked|hired|to)"
    r"|(?:succeed|replac)\w*)\b"
)
_KINDS = ("person", "organisation", "unknown")


def of_two(discourse: Discourse, words: list[Word]) -> Entity | None:
    """Who "the former" or "the latter" is: one of the two whom the sentence before names, or the
    start of its own; `None` where it names more or fewer.
    """
    low = [word.lower for word in words]
    if low not in (["the", "former"], ["the", "latter"]):
        return None
    at = words[0].start
    here = discourse.sentence(at)
    before = [
        mention
        for mention in discourse.within(max(0, at - _NEAR), at)
        if mention.named and mention.kind in _KINDS and not (mention.members or mention.possessive)
    ]
    for sentence in (here, here - 1):
        found: dict[int, Entity] = {}
        for mention in before:
            if discourse.sentence(mention.start) == sentence:
                entity = discourse.entities.of(mention)
                found.setdefault(id(entity), entity)
        people = [entity for entity in found.values() if entity.kind == "person"]
        two = people if len(people) == _PAIR else list(found.values())
        if len(two) == _PAIR:
            return two[low[1] == "latter"]
        if len(two) > 1:
            return None
    return None


def body_before(discourse: Discourse, at: int, noun: str) -> Entity | None:
    """The one body that was told of before as some `noun`: "the fisheries ministry … The ministry";
    `None` where there were several.
    """
    found: dict[str, Entity] = {}
    seen: list[tuple[int, int]] = []
    for mention in discourse.within(max(0, at - _FAR), at):
        told = fold(mention.name)
        if mention.noun == noun and mention.kind == "organisation" and told != fold(noun):
            found.setdefault(told, discourse.entities.of(mention))
            seen.append((mention.start, mention.end))
    before = ""
    for word in discourse.words.between(max(0, at - _FAR), at):
        inside = any(start <= word.start < end for start, end in seen)
        if word.lower == noun and before != "the" and not inside:
            # One that is no mention: "the works ministry", whose first word looks like a verb.
            return None
        before = word.lower
    return next(iter(found.values())) if len(found) == 1 else None


def newcomer(discourse: Discourse, words: list[Word], entity: Entity) -> Entity | None:
    """Who "the chief" is behind "a new chief": the one who comes into office in the same sentence
    or the next. "Police have a new chief. Ana Moraes took over in April. The chief said …".
    """
    low = [word.lower for word in words]
    first = next(iter(entity.mentions), None)
    if low[0] != "the" or not set(low[1:-1]) <= {"new"} or entity.named or first is None:
        return None
    if first.definite or low[-1] != first.noun or "new" not in fold(first.name).split():
        return None
    text, at = discourse.article.text, words[0].start
    here = discourse.sentence(first.start)
    for mention in discourse.within(first.end, at):
        if discourse.sentence(mention.start) - here > 1:
            return None
        comes = mention.named and mention.subject and _COMES.match(text, mention.end)
        if comes and mention.kind in ("person", "unknown") and " " in mention.name:
            return discourse.entities.of(mention)
    return None
