"""Whom "he", "she" or "it" means where it is a source: candidates, what tells for each, a score.

The factors are those of Lappin and Leass (Computational Linguistics 20(4), 1994) and of the
mention-ranking systems after them; their weights are fitted (`training/train_antecedents.py`), and
kept in `data/antecedents.json`. Pronouns are resolved in the order of the text, so that a chain of
them ("She came. She said …") holds together.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from factcheck import lang
from factcheck.attribution.bodies import is_body, is_thing, of_trade
from factcheck.attribution.discourse import Discourse
from factcheck.attribution.entities import Entity, roles_by_noun
from factcheck.attribution.lexicon import Gender, fold, lexicon
from factcheck.attribution.mention import Mention
from factcheck.attribution.pronouns import FEMALE, MALE, undrawn
from factcheck.attribution.quotes import pair_quotes
from factcheck.attribution.salience import own_words
from factcheck.outlets import lookup

_SENTENCES = 14
_MENTIONS = 120
_TURNS = 6
_NEAR = 3
_CHAIN = 30
# Below this probability "it" stays as written: a wrong name is worse than none.
_LIKELY = 0.3
# From this one on "the 52-year-old", "the man who sold it" is somebody named.
_NEARLY_SURE = 0.9
_OWNERS = lang.words("attribution", "antecedents", "owners")
_AGAIN = lang.words("attribution", "antecedents", "again")
_TELLS = lang.words("attribution", "antecedents", "tells")
_WHOLES = lang.words("attribution", "antecedents", "wholes")
_IN_DOCUMENT = lang.words("attribution", "antecedents", "in_document")


@dataclass(frozen=True, slots=True)
class _Pronoun:
    at: int
    gender: Gender | None
    quoted: bool


class Antecedents:
    """The pronouns of one article and whom they mean, resolved as they come."""

    def __init__(self, discourse: Discourse) -> None:
        """Find the pronouns of an article; linear in its length."""
        self._discourse = discourse
        self._starts = [mention.start for mention in discourse.mentions]
        self._quoted = _ranges(discourse)
        self._pronouns = [
            _Pronoun(word.start, gender, self._in_quote(word.start))
            for word in discourse.words.all
            if (gender := _gender(undrawn(word.lower))) or undrawn(word.lower) in ("it", "its")
        ]
        self._at = [pronoun.at for pronoun in self._pronouns]
        self._next = 0
        self._meant: dict[int, Entity] = {}
        self._told: dict[int, Gender] = {}
        self._corrected: dict[int, Entity] = {}
        self._apart: set[int] = set()
        self.holders = roles_by_noun(discourse.entities.all)
        self._bodies: dict[int, bool] = {}
        self._things: dict[int, bool] = {}

    def of(self, start: int, word: str) -> Entity | None:
        """The one whom the pronoun `word` at `start` means; calls come in the order of the text."""
        gender = _gender(word)
        while self._next < len(self._pronouns) and self._pronouns[self._next].at < start:
            pronoun = self._pronouns[self._next]
            self._next += 1
            if pronoun.gender is not None and not pronoun.quoted:
                self._note(pronoun.at, pronoun.gender, self._best(pronoun.at, pronoun.gender))
        entity = self._best(start, gender) or self._ahead(start, gender)
        self._note(start, gender, entity)
        return entity

    def likely(self, start: int, gender: Gender | None) -> Entity | None:
        """The named person whom a description at `start` means that tells nothing but a gender or
        an age: nearly sure, or none.
        """
        weights = _weights()["person"]
        scores: dict[int, tuple[float, Entity]] = {}
        genders: tuple[Gender, ...] = (gender,) if gender else ("male", "female")
        for one in genders:
            for entity, features in self.candidates(start, one):
                score = sum(weights.get(name, 0.0) * value for name, value in features.items())
                known = scores.get(id(entity), (-math.inf, entity))
                if entity.named and score > known[0]:
                    scores[id(entity)] = (score, entity)
        if not scores:
            return None
        best, entity = max(scores.values(), key=lambda one: one[0])
        share = 1 / sum(math.exp(score - best) for score, _ in scores.values())
        return entity if share >= _NEARLY_SURE and entity.kind == "person" else None

    def correct(self, start: int, end: int, entity: Entity) -> None:
        """Note that the description in `[start, end)` is `entity`, whatever it was taken for."""
        for mention in self._discourse.within(start, end):
            if not mention.named:
                self._corrected[id(mention)] = entity
                self._apart.add(id(entity))

    def _note(self, start: int, gender: Gender | None, entity: Entity | None) -> None:
        if entity is not None:
            self._meant[start] = entity
            if gender is not None:
                self._told.setdefault(id(entity), gender)

    def _best(self, start: int, gender: Gender | None) -> Entity | None:
        """The likeliest, unless it is a thing and less than likely."""
        weights = _weights()["person" if gender else "thing"]
        scored = [
            (sum(weights.get(name, 0.0) * value for name, value in features.items()), entity)
            for entity, features in self.candidates(start, gender)
        ]
        if not scored:
            return None
        apart = self._told_apart(start)
        if gender and any(entity is apart for _, entity in scored):
            return apart
        best, entity = max(scored, key=lambda one: one[0])
        if gender:
            return self._described(start, gender, entity) or entity
        share = 1 / sum(math.exp(score - best) for score, _ in scored)
        return entity if share >= _LIKELY else None

    def _described(self, start: int, gender: Gender, best: Entity) -> Entity | None:
        """Who is told of by a description only, where the likeliest is a name that nothing shows
        to be a person's: "Tessaly's rival hired a former manager of Tessaly. He said …".
        """
        if not best.named or best.kind != "unknown":
            return None
        known = {id(entity): (entity, told) for entity, told in self.candidates(start, gender)}
        told = known[id(best)][1]
        person = told["gender told"] or told["given name"] or told["role"] or told["chain"]
        # Who opens a sentence may be a person too.
        if person or told["spoke near"] or told["opens"] or not told["unknown"]:
            return None
        weights = _weights()["person"]
        found = [
            (sum(weights.get(name, 0.0) * value for name, value in signs.items()), entity)
            for entity, signs in known.values()
            if not (entity.named or signs["possessive"] or signs["quoted"])
            and signs["distance"] <= min(told["distance"], 1.0)
        ]
        return max(found, key=lambda one: one[0])[1] if found else None

    def _told_apart(self, start: int) -> Entity | None:
        """Who has just spoken under a description that tells them apart from all that are named:
        "The governor of the neighbouring province said … He said".
        """
        turns = [turn for turn in self._discourse.turns[-1:] if turn.start < start]
        here = self._discourse.sentence(start)
        for turn in turns:
            near = here - self._discourse.sentence(turn.start) <= 1
            if near and id(turn.entity) in self._apart:
                return turn.entity
        return None

    def _ahead(self, start: int, gender: Gender | None) -> Entity | None:
        """A pronoun before its name, in one sentence: "Back when he wrote it, Doe said …"."""
        first = bisect_left(self._starts, start)
        for mention in self._discourse.mentions[first : first + 8]:
            if self._discourse.sentence(mention.start) != self._discourse.sentence(start):
                return None
            entity = self._discourse.entities.of(mention)
            # "He said trains would run from Garth": what it says names others.
            fronted = self._discourse.article.text.endswith(", ", 0, mention.start)
            if fronted and mention.named and self._fits(entity, mention, gender, start):
                return entity
        return None

    def candidates(
        self, start: int, gender: Gender | None
    ) -> Iterator[tuple[Entity, dict[str, float]]]:
        """Those that a pronoun at `start` can mean, each with what tells for and against it."""
        discourse = self._discourse
        at = own_words(discourse, start)
        here = discourse.sentence(at)
        last = bisect_left(self._starts, at)
        latest: dict[int, tuple[Entity, Mention]] = {}
        counts: Counter[int] = Counter()
        for number in range(last - 1, max(-1, last - 1 - _MENTIONS), -1):
            mention = discourse.mentions[number]
            if here - discourse.sentence(mention.start) > _SENTENCES:
                break
            entity = self._corrected.get(id(mention)) or discourse.entities.of(mention)
            if mention.end > at or not self._fits(entity, mention, gender, at):
                continue
            counts[id(entity)] += 1
            known = latest.get(id(entity))
            if known is None or (known[1].quoted and not mention.quoted):
                latest[id(entity)] = (entity, mention)
        # Who speaks inside the quotation that a pronoun follows does not say all of it.
        turns = [turn for turn in discourse.turns[-_TURNS:] if turn.start < at]
        for turn in turns:
            # Who spoke may be no mention of the article: the governor of another province.
            if _is_whole(turn.entity):
                continue
            mention = _turn_mention(turn.entity, turn.start)
            if id(turn.entity) not in latest and self._fits(turn.entity, mention, gender, start):
                latest[id(turn.entity)] = (turn.entity, mention)
        ranks = {id(turn.entity): n for n, turn in enumerate(turns[-3:])}
        spoke = {id(turn.entity): turn.start for turn in turns}
        before = self._before(at, gender)
        latest_turn = min(len(turns), 3) - 1
        order = sorted(latest.values(), key=lambda item: -item[1].start)
        aside, adds = self._is_aside(start), self._adds(start)
        just = here - discourse.sentence(turns[-1].start) <= 1 if turns else False
        for rank, (entity, mention) in enumerate(order):
            distance = here - discourse.sentence(mention.start)
            said = spoke.get(id(entity))
            # Who has just said something is somebody, whatever the name alone tells.
            spoke_last = bool(turns) and ranks.get(id(entity), -1) == latest_turn
            unknown = entity.kind == "unknown" and not spoke_last
            features = {
                "aside": float(aside and distance == 0 and not mention.quoted),
                "adds": float(adds and spoke_last),
                "just spoke": float(just and spoke_last),
                "just spoke unnamed": float(just and spoke_last and not entity.named),
                "receives": float(self._receives(mention)),
                "given name": float(gender is not None and _given_gender(entity) == gender),
                "distance": math.sqrt(distance),
                "same sentence": float(distance == 0),
                "rank": float(min(rank, 5)),
                "nearest": float(rank == 0),
                "subject": float(mention.subject and not mention.possessive),
                "opens": float(self._opens(mention)),
                "possessive": float(mention.possessive),
                "quoted": float(mention.quoted),
                "topic": float(distance <= 1 and self._opens(mention)),
                "same block": float(self._block(mention.start) == self._block(at)),
                "often": math.log(1 + min(len(entity.mentions), 30)),
                "often near": math.log(1 + counts[id(entity)]),
                "named": float(entity.named),
                "person": float(
                    entity.kind == "person" or (entity.kind == "unknown" and not unknown)
                ),
                "unknown": float(unknown),
                "lone unknown": float(unknown and " " not in entity.name),
                "indefinite": float(bool(mention.noun) and not mention.definite),
                "owned": float(bool(mention.noun) and self._owned(mention)),
                "gender told": float(
                    gender is not None and (entity.gender or self._told.get(id(entity))) == gender
                ),
                "role": float(bool(entity.roles)),
                "last turn": float(spoke_last),
                "last turn nearest": float(rank == 0 and spoke_last),
                "turn before": float(ranks.get(id(entity), -9) == latest_turn - 1),
                "spoke near": float(said is not None and here - discourse.sentence(said) <= _NEAR),
                "chain": float(before is not None and before[0] is entity),
                "chain near": float(before is not None and before[0] is entity and before[1] <= 1),
                "body": float(gender is None and entity.kind == "organisation"),
                "is body": float(gender is None and entity.named and self._is_body(entity)),
                "document": float(entity.kind == "document"),
            }
            yield entity, features

    def _is_aside(self, start: int) -> bool:
        """Whether a pronoun follows what it says: "…, she said"."""
        return self._discourse.article.text[max(0, start - 2) : start] == ", "

    def _adds(self, start: int) -> bool:
        """Whether the verb of a pronoun tells that it has spoken before: "he added"."""
        words = self._discourse.words
        number = words.index(start) + 1
        return any(word.lower in _AGAIN for word in words.all[number : number + 2])

    def _receives(self, mention: Mention) -> bool:
        """Whether somebody is told something: "told the Gazette"."""
        words = self._discourse.words
        number = words.index(mention.start) - 1
        return number >= 0 and words.gap(number) == " " and words.all[number].lower in _TELLS

    def _fits(self, entity: Entity, mention: Mention, gender: Gender | None, start: int) -> bool:
        if entity.plural or mention.plural or entity.kind in ("people", "place"):
            return False
        if lookup(entity.name) is not None:
            return gender is None and self._reports(mention, start)
        if gender is None:
            if entity.kind == "document":
                return not self._said_in(mention, start)
            if entity.kind == "unknown":
                return entity.named and self._is_body(entity)
            return entity.kind == "organisation"
        if entity.kind in ("organisation", "document") or (entity.named and self._thing(entity)):
            return False
        known = entity.gender or self._told.get(id(entity))
        return known is None or known == gender

    def _reports(self, mention: Mention, start: int) -> bool:
        """Whether an outlet is what a sentence just before is about: "APA reported … It cited"."""
        near = self._discourse.sentence(start) - self._discourse.sentence(mention.start) <= 1
        return near and mention.subject and not mention.possessive and self._opens(mention)

    def _is_body(self, entity: Entity) -> bool:
        if id(entity) not in self._bodies:
            self._bodies[id(entity)] = is_body(self._discourse, entity)
        return self._bodies[id(entity)]

    def _thing(self, entity: Entity) -> bool:
        if id(entity) not in self._things:
            outlet = lexicon().outlet_words.intersection(fold(entity.name).split()[1:])
            outlet |= {"radio"}.intersection(fold(entity.name).split())
            own = fold(self._discourse.article.outlet).removeprefix("the ")
            publishes = own.startswith(fold(entity.name).removeprefix("the "))
            firm = "&" in entity.name or of_trade(entity)
            thing = bool(outlet) or publishes or firm or is_thing(self._discourse, entity)
            self._things[id(entity)] = thing
        return self._things[id(entity)]

    def _said_in(self, mention: Mention, start: int) -> bool:
        """Whether something is said in a document, not by it: "In a statement, it said"."""
        discourse = self._discourse
        words = discourse.words
        number = words.index(mention.start) - 1
        told = number >= 0 and words.all[number].lower in _IN_DOCUMENT
        return told and discourse.sentence(mention.start) == discourse.sentence(start)

    def _before(self, start: int, gender: Gender | None) -> tuple[Entity, int] | None:
        """Whom the pronoun of this gender before `start` means, and how many sentences before."""
        discourse = self._discourse
        here = discourse.sentence(start)
        last = bisect_left(self._at, start)
        for pronoun in reversed(self._pronouns[max(0, last - _CHAIN) : last]):
            distance = here - discourse.sentence(pronoun.at)
            if distance > _SENTENCES:
                return None
            if pronoun.gender == gender and pronoun.at in self._meant:
                return self._meant[pronoun.at], distance
        return None

    def _opens(self, mention: Mention) -> bool:
        sentences = self._discourse.article.sentences
        number = self._discourse.sentence(mention.start)
        return number < len(sentences) and 0 <= mention.start - sentences[number].start <= 12

    def _block(self, offset: int) -> int:
        number = self._discourse.sentence(offset)
        sentences = self._discourse.article.sentences
        return sentences[number].block if number < len(sentences) else -1

    def _owned(self, mention: Mention) -> bool:
        words = self._discourse.words
        first = words.index(mention.start)
        word = words.all[first]
        return (
            word.lower in _OWNERS
            or word.possessive
            or (first > 0 and words.gap(first - 1) == " " and words.all[first - 1].lower in _OWNERS)
        )

    def _in_quote(self, offset: int) -> bool:
        number = bisect_right(self._quoted, (offset, math.inf)) - 1
        return number >= 0 and offset < self._quoted[number][1]


def _turn_mention(entity: Entity, start: int) -> Mention:
    """A stand-in for one who spoke and whom no mention of the article is."""
    return Mention(start, start, entity.name, entity.kind, noun="turn", definite=True, subject=True)


def _is_whole(entity: Entity) -> bool:
    """Whether a description is of many: "the whole of Italy", "most of the town"."""
    return entity.kind == "unknown" and entity.name.split(" ")[0].lower() in _WHOLES


def _ranges(discourse: Discourse) -> list[tuple[int, float]]:
    text = discourse.article.text
    blocks = [(b.start, b.end) for b in discourse.article.blocks if b.kind == "body"]
    quotes = (q for q in pair_quotes(text, blocks) if q.depth == 1)
    return sorted((quote.start, float(quote.end)) for quote in quotes)


def _given_gender(entity: Entity) -> Gender | None:
    """The gender of a name that is but a given name: "Isidro"."""
    lex, folded = lexicon(), fold(entity.name)
    place = folded in lex.countries or folded in lex.capitals or folded in lex.regions
    return None if place or not entity.named else lex.first_names.get(folded)


def _gender(word: str) -> Gender | None:
    return "male" if word in MALE else "female" if word in FEMALE else None


@lru_cache(maxsize=1)
def _weights() -> dict[str, dict[str, float]]:
    text = (files("factcheck") / "data" / "antecedents.json").read_text(encoding="utf-8")
    weights: dict[str, dict[str, float]] = json.loads(text)["weights"]
    return weights
