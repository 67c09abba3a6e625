"""Which organisation "the company", "the ministry", "the army" is, if the article names one.

A name stands for "the company" only where something tells that it is one: a word in the name, what
the article calls it, a table of well-known ones, or that it speaks and is spoken for. Else the
words stay as they are: better "the company" than a ship that says something.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from factcheck import lang
from factcheck.attribution.discourse import Discourse
from factcheck.attribution.entities import Entity
from factcheck.attribution.lexicon import fold, lexicon
from factcheck.attribution.mention import Mention
from factcheck.attribution.nouns import noun_kind
from factcheck.outlets import lookup

_SENTENCES = 40
_REACH = 12000
# So many mentions tell what a name is.
_FIRST = 12
# A title in quotation marks, and how far about a name it is looked for.
_TITLE = 40
_TITLED = re.compile(
    r"[“\"‘'](?=[A-Z])(?:[A-Z][\w’'-]*|of|the|a|an|and|in|on|to|for|at)"
    r"(?: (?:[A-Z][\w’'-]*|of|the|a|an|and|in|on|to|for|at)){0,6}[”\"’'](?!\w)"
)
_SORRY = re.compile(
    r" (?:has |have )?(?:also |since |later )?(?:apologi[sz]e[ds]?|admit(?:s|ted)|insist(?:s|ed))\b"
)
_IN = lang.words("attribution", "bodies", "in")
_STATES = lang.words("attribution", "bodies", "states")
_ARTICLES = lang.words("words", "common", "articles")
_OF = lang.words("attribution", "bodies", "of")
_TRADES = lang.words("attribution", "bodies", "trades")


def words_for(noun: str) -> frozenset[str]:
    """The words of a name that make it what `noun` calls it."""
    return lexicon().bodies.get(noun, frozenset((noun,)))


def is_one(discourse: Discourse, entity: Entity, noun: str) -> bool:
    """Whether the article tells that a named entity is what `noun` calls it."""
    if _sure(entity, noun):
        return True
    if noun in lexicon().places and entity.kind == "place":
        country = fold(entity.name) in lexicon().countries
        return country == (noun in _STATES)
    general = noun in words_for("company") or noun in words_for("organisation")
    initials = entity.name.isupper() and noun in lexicon().bodies
    return (general or initials) and acts(discourse, entity)


def is_body(discourse: Discourse, entity: Entity) -> bool:
    """Whether a name without a kind is one of a body that can say something."""
    return is_one(discourse, entity, "company") or is_one(discourse, entity, "organisation")


def is_thing(discourse: Discourse, entity: Entity) -> bool:
    """Whether a name is told to be a thing or a place: "the ferry Corinna", "in Tandaga"."""
    lex = lexicon()
    if entity.sorts & lex.things or lex.things.intersection(fold(entity.name).split()):
        return True
    if entity.kind != "unknown":
        return False
    told = [_told(discourse, m) for m in entity.mentions[:_FIRST] if m.named]
    return max(told, default=0) < 1 and 3 * told.count(-1) >= max(len(told), 1)


def of_trade(entity: Entity) -> bool:
    """Whether a name without a given name ends in a trade: "Brill Foods"."""
    parts = fold(entity.name).split()
    if entity.kind != "unknown" or entity.gender or entity.roles or len(parts) < 2:
        return False
    return parts[-1] in _TRADES and parts[0] not in lexicon().first_names


def is_title(discourse: Discourse, entity: Entity) -> bool:
    """Whether a name stands nowhere but in a title between quotation marks: "Ash Harbour"."""
    text = discourse.article.text
    return bool(entity.mentions) and all(
        any(
            found.start() <= mention.start - max(0, mention.start - _TITLE) < found.end()
            for found in _TITLED.finditer(
                text[max(0, mention.start - _TITLE) : mention.end + _TITLE]
            )
        )
        for mention in entity.mentions[:_FIRST]
    )


def meant(discourse: Discourse, start: int, noun: str) -> Entity | None:
    """The named organisation that "the `noun`" at `start` stands for; `None` where unsure."""
    here = discourse.sentence(start)
    scores: dict[int, tuple[float, Entity]] = {}
    for mention in reversed(discourse.within(max(0, start - _REACH), start)):
        distance = here - discourse.sentence(mention.start)
        if distance > _SENTENCES:
            break
        entity = discourse.entities.of(mention)
        if id(entity) in scores or not entity.named or entity.kind == "person" or entity.plural:
            continue
        sure = _sure(entity, noun)
        if sure or is_one(discourse, entity, noun):
            score = (2.0 if sure else 0.0) - 0.2 * distance + (0.3 if mention.subject else 0.0)
            scores[id(entity)] = (score, entity)
    found = sorted(scores.values(), key=lambda one: -one[0])
    if len(found) > 1 and found[0][0] < 2.0 - 0.2 * _SENTENCES and found[0][0] - found[1][0] < 0.25:
        return None
    return found[0][1] if found else None


def _sure(entity: Entity, noun: str) -> bool:
    if entity.kind in ("person", "people", "document"):
        return False
    words = words_for(noun)
    if entity.sorts & lexicon().owners and noun in words_for("company"):
        # "The ship's owner, Halcyon Bunkering" is a company.
        return True
    told = {word.strip(".,") for word in fold(entity.name).split()} | entity.sorts
    sort = lexicon().known_sort(entity.name)
    if sort:
        return noun == sort or sort in words
    if noun in lexicon().outlet_nouns:
        return lookup(entity.name) is not None or bool(told & words)
    if lookup(entity.name) is not None:
        return bool(entity.sorts & words)
    return bool(told & words)


def acts(discourse: Discourse, entity: Entity) -> bool:
    """Whether a name without a word for what it is acts as a body does: it has a chief, a
    spokesman, plans or staff, or it speaks – and stands nowhere as a place or a thing.
    """
    initials = entity.kind == "organisation" and entity.name.isupper()
    if not initials and entity.kind != "unknown":
        return False
    if entity.gender or lexicon().known_sort(entity.name) or lookup(entity.name):
        return False
    if any(noun_kind(sort) != "organisation" for sort in entity.sorts):
        return False
    told = {_told(discourse, mention) for mention in entity.mentions[:_FIRST]}
    return 2 in told or (1 in told and -1 not in told)


def _told(discourse: Discourse, mention: Mention) -> int:
    """What one mention tells of a name: 1 that it acts as a body, 2 in a way that no thing does,
    -1 that it is something else.
    """
    lex = lexicon()
    words = discourse.words
    first = words.index(mention.start)
    last = bisect_left(words.all, mention.end, key=lambda word: word.start)
    if first and words.gap(first - 1) == " ":
        before = words.all[first - 1].lower
        if before == "in" and first > 1 and words.all[first - 2].lower in _HELD:
            return 1
        if before in _IN and not (before in _OF and mention.possessive):
            return 0 if before in _OF else -1
        if before in _ARTICLES and mention.kind == "unknown":
            # "The Kestrel Line apologised": no ship does.
            sorry = _SORRY.match(discourse.article.text, mention.end)
            return 2 if sorry and not mention.possessive else -1
    if last >= len(words.all) or words.gap(last - 1) != " ":
        return 0
    after = words.all[last]
    if mention.possessive:
        return int(noun_kind(after.lower) == "person" or after.lower in _OWNED)
    if after.lower in lex.sayings or after.lower in _DOES:
        return 1
    if noun_kind(after.lower) in ("person", "people"):
        return 1
    return -1 if after.text[0].isdecimal() or after.lower in lex.places else 0


_HELD = lang.words("attribution", "bodies", "held")
_OWNED = lang.words("attribution", "bodies", "owned")
_DOES = lang.words("attribution", "bodies", "does")
