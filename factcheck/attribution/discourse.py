"""What a pronoun or a noun of an article refers to: salience over its mentions.

After the salience factors of Lappin and Leass, "An Algorithm for Pronominal Anaphora Resolution"
(Computational Linguistics 20(4), 1994), reduced to what needs no parser: how near, whether a
subject, how often, whether the last speaker. News prose is regular enough for that.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from functools import lru_cache

from factcheck.attribution.datelines import running
from factcheck.attribution.entities import Entities, Entity, roles_by_noun
from factcheck.attribution.labelled import Labelled
from factcheck.attribution.lexicon import Gender, fold, lexicon
from factcheck.attribution.mention import Mention
from factcheck.attribution.mentions import find
from factcheck.attribution.nouns import noun_kind
from factcheck.attribution.quotes import pair_quotes
from factcheck.attribution.speech import speech
from factcheck.attribution.transcripts import turns, without_labels
from factcheck.attribution.words import Words
from factcheck.outlets import lookup
from factcheck.records import Article, Speaker

_LAST_SPEAKER = 1.2
# How far back an antecedent is looked for: mentions and sentences.
_MENTIONS = 120
_SENTENCES = 14
# A pronoun's antecedent is certain so few sentences back, and so much before the next one.
_NEAR, _MARGIN = 2, 1.0

MALE = frozenset(("he", "him", "his", "himself"))
FEMALE = frozenset(("she", "her", "hers", "herself"))
THING = frozenset(("it", "its", "itself"))
PLURAL = frozenset(("they", "them", "their", "themselves"))
FIRST = frozenset(("i", "me", "my", "we", "us", "our"))
RELATIVE = frozenset(("who", "which", "that", "whom", "whose"))
_PLAIN = frozenset(("same", "two", "latter", "said", "own", "new", "whole"))
_LESSER = frozenset("vice deputy former ex nominee candidate acting assistant".split())

# How well an entity suits a pronoun, `None` where it cannot be meant.
Fit = Callable[[Entity], float | None]

# Nouns that describe a public figure when nothing in the article gave them that role.
_PUBLIC = frozenset(
    "president minister governor senator mayor candidate nominee congressman congresswoman "
    "lawmaker republican democrat representative secretary ambassador chancellor premier "
    "general judge billionaire businessman mogul developer".split()
)
# How much nearer, in characters, a name must be than a description to be meant by its noun.
_CLEARLY = 250
# Between a quotation and its source: ", says ".
_REPORTING_WORDS = 14
_SITES = ("place", "unknown")

PRONOUNS = MALE | FEMALE | THING | PLURAL | FIRST | RELATIVE


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody who spoke: where the source stands, who it was."""

    start: int
    entity: Entity
    speaker: Speaker


def discourse_of(article: Article) -> Discourse:
    """What an article mentions, before anybody has spoken; the last article's is kept at hand."""
    fresh = copy(_read(article))
    fresh.turns = []
    return fresh


@lru_cache(maxsize=1)
def _read(article: Article) -> Discourse:
    return Discourse(article)


class Discourse:
    """The running text of an article, what it mentions, and who has spoken so far."""

    def __init__(self, article: Article) -> None:
        """Read an article's body; linear in its length."""
        self.article = article
        body = [(b.start, b.end) for b in article.blocks if b.kind == "body"]
        said = turns(article.text, body)
        blocks = without_labels(running(article.text, body), said)
        self.words = Words(article.text, blocks)
        self.mentions = find(self.words)
        self._starts = [mention.start for mention in self.mentions]
        self._sentences = [sentence.start for sentence in article.sentences]
        self._mark_quoted(body)
        self.entities = Entities(self.mentions)
        self._roles = roles_by_noun(self.entities.all)
        self._by_noun: dict[str, list[Mention]] = {}
        for mention in self.mentions:
            for noun in _nouns_of(mention):
                self._by_noun.setdefault(noun, []).append(mention)
        self.turns: list[Turn] = []
        self._turn_weight = _LAST_SPEAKER
        self.labelled = Labelled(self, said)
        self._attach_roles()

    def _mark_quoted(self, blocks: list[tuple[int, int]]) -> None:
        quotes = [q for q in pair_quotes(self.article.text, blocks) if q.depth == 1]
        self._quotes = [(quote.end, quote.start) for quote in quotes]
        for quote in quotes:
            first = bisect_left(self._starts, quote.start)
            for mention in self.mentions[first : bisect_left(self._starts, quote.end)]:
                # A quoted word or two is a way of speaking, not somebody's speech.
                mention.quoted = quote.end - quote.start > 40

    def _attach_roles(self) -> None:
        """Let "the candidate" count as a mention of the one whose role it is."""
        for mention in self.mentions:
            if mention.noun and mention.kind == "person" and mention.definite:
                modifiers = frozenset(mention.name.lower().split()[:-1]) - _PLAIN
                entity = self._role(mention.start, mention.noun, modifiers)
                if entity is None and self._opens(mention) and mention.noun in _PUBLIC:
                    entity = self._best(mention.start, _holder(mention.gender, mention.noun), 2)
                if entity is not None and entity.named:
                    self.entities.attach(mention, entity)

    def sentence(self, offset: int) -> int:
        """The index of the sentence that holds an offset (the one before, between two)."""
        return max(0, bisect_right(self._sentences, offset) - 1)

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions that lie inside `[start, end)`, outermost first."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end)
        return [mention for mention in self.mentions[first:last] if mention.end <= end]

    def heard(self, offset: int, entity: Entity, speaker: Speaker) -> None:
        """Note that an entity spoke at `offset`, as `speaker`; calls come in text order."""
        self.turns.append(Turn(offset, entity, speaker))

    def heard_name(self, offset: int, name: str) -> None:
        """Note that whoever is known by `name` spoke at `offset`, if the article names them."""
        entity = self.entities.by_name(name)
        if entity is not None:
            self.heard(offset, entity, Speaker(name=name, as_written=name, kind="named"))

    def pronoun(self, start: int, word: str, speaks: bool = True) -> Entity | None:
        """Resolve the pronoun `word` (lower case) that stands at `start`.

        `speaks` is whether it is a source: then the last speaker is likelier to be meant.
        """
        self._turn_weight = _LAST_SPEAKER if speaks else _LAST_SPEAKER / 4
        if word in RELATIVE:
            return self._just_before(start)
        if word in MALE | FEMALE:
            gender: Gender = "male" if word in MALE else "female"
            return self._best(start, lambda e: _fits_person(e, gender), speaks=speaks)
        if word in THING:
            return self._best(start, _fits_thing, speaks=speaks)
        if word in PLURAL:
            return self._best(start, _fits_group, speaks=speaks)
        return None

    def certain(self, start: int, word: str) -> Entity | None:
        """The person whom "he", "she", "his" or "her" at `start` means, where that is as good as
        certain: named near by, of known gender, and nobody else whom it could mean.
        """
        self._turn_weight = _LAST_SPEAKER / 4
        gender: Gender = "male" if word in MALE else "female"
        scored = self._scored(start, lambda entity: _fits_person(entity, gender), _NEAR)
        ranked = sorted(scored, key=lambda entry: -entry[0])
        if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _MARGIN):
            return None
        _, entity, mention = ranked[0]
        if not (entity.named and entity.kind == "person" and entity.gender == gender):
            return None
        spoke = {id(turn.entity) for turn in self.turns}
        rivals = (
            e
            for _, e, m in ranked[1:]
            if e.named and (e.kind != "unknown" or m.subject or id(e) in spoke)
        )
        return None if mention.possessive or any(rivals) else entity

    def _opens(self, mention: Mention) -> bool:
        """Whether nothing but a word or two stands before a mention in its sentence."""
        sentences = self.article.sentences
        number = self.sentence(mention.start)
        return number < len(sentences) and 0 <= mention.start - sentences[number].start <= 12

    def _own_words(self, start: int) -> int:
        """Where the quotation begins that the source at `start` follows: it names others."""
        at = bisect_right(self._quotes, (start, start)) - 1
        if at < 0:
            return start
        end, first = self._quotes[at]
        gap = self.article.text[end:start]
        near = len(gap) <= _REPORTING_WORDS and not any(mark in gap for mark in ".;\n")
        return first if near else start

    def _back(self, start: int) -> Iterator[Mention]:
        start = self._own_words(start)
        last = bisect_left(self._starts, start)
        oldest = self.sentence(start) - _SENTENCES
        for number in range(last - 1, max(-1, last - 1 - _MENTIONS), -1):
            mention = self.mentions[number]
            if self.sentence(mention.start) < oldest:
                return
            if mention.end <= start:
                yield mention

    def _best(
        self, start: int, fit: Fit, reach: int = _SENTENCES, *, speaks: bool = False
    ) -> Entity | None:
        """The most salient entity that fits, mentioned at most `reach` sentences before."""
        scored = self._scored(start, fit, reach, speaks)
        return max(scored, key=lambda entry: entry[0])[1] if scored else self._ahead(start, fit)

    def _scored(
        self, start: int, fit: Fit, reach: int, speaks: bool = False
    ) -> list[tuple[float, Entity, Mention]]:
        """The entities that fit, the nearest first: how salient, and by which mention."""
        here = self.sentence(start)
        # ", she said" follows what is said, which seldom begins with its speaker.
        aside = self.article.text[max(0, start - 2) : start].rstrip().endswith(",")
        scores: dict[int, tuple[float, Entity, Mention]] = {}
        last = self.turns[-1] if self.turns else None
        for back, mention in enumerate(self._back(start)):
            entity = self.entities.of(mention)
            suits = fit(entity)
            if suits is None:
                continue
            distance = here - self.sentence(mention.start)
            if distance > reach:
                break
            score = suits - 0.9 * math.sqrt(distance * 2) - 0.02 * back
            score += 1.0 if mention.subject and not mention.possessive else 0.0
            score += 0.5 if self._opens(mention) else 0.0
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
            if last is not None and last.entity is entity and here - self.sentence(last.start) <= 3:
                score += self._turn_weight
            ranked.append((score, entity, mention))
        return ranked

    def _ahead(self, start: int, fit: Fit) -> Entity | None:
        """A pronoun before its name, in one sentence: "Back when he wrote it, Doe said …"."""
        first = bisect_left(self._starts, start)
        for mention in self.mentions[first : first + 8]:
            if self.sentence(mention.start) != self.sentence(start):
                return None
            entity = self.entities.of(mention)
            if mention.named and fit(entity) is not None:
                return entity
        return None

    def _just_before(self, start: int) -> Entity | None:
        last = bisect_left(self._starts, start)
        found: Mention | None = None
        for mention in reversed(self.mentions[max(0, last - 6) : last]):
            gap = self.article.text[mention.end : start]
            if mention.end > start or len(gap) > 120 or any(mark in gap for mark in ".;\n"):
                continue
            if found is None or (mention.start <= found.start and mention.end >= found.end):
                found = mention
        return self.entities.of(found) if found else None

    def noun(self, start: int, noun: str, modifiers: frozenset[str]) -> Entity | None:
        """Resolve "the `noun`" at `start` to somebody or something named before it.

        `modifiers` are the other words of the phrase, in lower case: a role must have them all
        ("the Turkish foreign minister"), a thing at least must not lack its name's.
        """
        if noun_kind(noun) == "people" and not modifiers:
            return self._best(start, lambda e: 0.0 if len(e.members) == 2 else None, 6)
        return self._role(start, noun, modifiers) or self._thing(start, noun, modifiers)

    def _role(self, start: int, noun: str, modifiers: frozenset[str]) -> Entity | None:
        lex = lexicon()
        best: tuple[float, Entity] | None = None
        here = self.sentence(start)
        for word in sorted(lex.synonyms.get(noun, frozenset((noun,)))):
            entries = self._roles.get(word, [])
            for _, entity, role in entries[-1:-41:-1]:
                seen = bisect_left(entity.mentions, start, key=lambda mention: mention.start)
                told = frozenset(fold(role).replace(",", " ").split())
                lacking = [m for m in modifiers if not _told(m, told)]
                if not seen or any(m not in lex.not_names for m in lacking):
                    continue
                at = entity.mentions[seen - 1].start
                score = -0.35 * (here - self.sentence(at)) + 0.5 * math.log(1 + seen)
                score += (1.0 if word == noun else 0.0) - len(lacking)
                score -= 1.5 if told & _LESSER and not modifiers & _LESSER else 0.0
                score += 0.8 if self.turns and self.turns[-1].entity is entity else 0.0
                if best is None or score > best[0]:
                    best = (score, entity)
        return best[1] if best else None

    def _thing(self, start: int, noun: str, modifiers: frozenset[str]) -> Entity | None:
        lex = lexicon()
        best: tuple[float, Entity] | None = None
        here = self.sentence(start)
        wanted = lex.synonyms.get(noun, frozenset((noun,))) | {noun}
        for word in sorted(wanted):
            known = self._by_noun.get(word, [])
            last = bisect_left(known, start, key=lambda mention: mention.start)
            for mention in known[max(0, last - 12) : last]:
                entity = self.entities.of(mention)
                if not entity.named and entity.mentions[0].definite:
                    continue
                told = frozenset(fold(mention.name).split())
                if mention.end > start or any(not _told(m, told) for m in modifiers):
                    continue
                score = -0.4 * (here - self.sentence(mention.start))
                score += 1.0 if word == noun else 0.0
                score += 1.5 if mention.named or not mention.definite else 0.0
                if best is None or score >= best[0]:
                    best = (score, entity)
        known_thing = best[1] if best else None
        if noun == "campaign" and not modifiers:
            return self._campaign(start, known_thing)
        if modifiers or (known_thing and (known_thing.named or noun not in lex.organisations)):
            return known_thing
        named = self._named_thing(start, noun)
        if known_thing is None or named is None:
            return known_thing or named
        # "A union …" is told of first, its name later: the nearer of the two is meant.
        return named if _last(named, start) > _last(known_thing, start) + _CLEARLY else known_thing

    def _campaign(self, start: int, known: Entity | None) -> Entity | None:
        """Resolve "the campaign": the one just spoken of, else that of the last person."""
        here = self.sentence(start)
        if known is not None and here - self.sentence(_last(known, start)) <= 3:
            return known
        owner = self._best(start, _holder(None), 2)
        return Entity("organisation", f"{owner.name}’s campaign") if owner else known

    def _named_thing(self, start: int, noun: str) -> Entity | None:
        lex = lexicon()
        if noun in lex.outlet_nouns:
            return self._best(start, _fits_outlet)
        if noun in lex.places:
            return self._best(start, lambda e: 0.0 if e.kind in _SITES and e.named else None)
        if noun in speech()["any_body"]:
            return self._best(start, _fits_body)
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


def _nouns_of(mention: Mention) -> Iterator[str]:
    if mention.noun:
        yield mention.noun
    elif mention.kind in ("organisation", "document", "place", "unknown"):
        yield from {word.lower() for word in mention.name.replace("’", "'").split()}


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
