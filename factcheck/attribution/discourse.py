"""The running text of an article, what it mentions, and who has spoken so far."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from functools import lru_cache

from factcheck import lang
from factcheck.attribution import referred
from factcheck.attribution.datelines import running
from factcheck.attribution.entities import Entities, Entity, roles_by_noun
from factcheck.attribution.labelled import Labelled
from factcheck.attribution.mention import Mention
from factcheck.attribution.mentions import find
from factcheck.attribution.quotes import pair_quotes
from factcheck.attribution.transcripts import turns, without_labels
from factcheck.attribution.words import Words
from factcheck.records import Article, Speaker
from factcheck.things import named_things

_PLAIN = lang.words("attribution", "discourse", "plain")


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
        self.things = named_things(article.text)
        self.mentions = find(self.words)
        self.starts = [mention.start for mention in self.mentions]
        self._sentences = [sentence.start for sentence in article.sentences]
        self._mark_quoted(body)
        self.entities = Entities(self.mentions)
        self.roles = roles_by_noun(self.entities.all)
        self.by_noun: dict[str, list[Mention]] = {}
        for mention in self.mentions:
            for noun in _nouns_of(mention):
                self.by_noun.setdefault(noun, []).append(mention)
        self.turns: list[Turn] = []
        self.labelled = Labelled(self, said)
        self._attach_roles()

    def _mark_quoted(self, blocks: list[tuple[int, int]]) -> None:
        quotes = [q for q in pair_quotes(self.article.text, blocks) if q.depth == 1]
        self.quotes = [(quote.end, quote.start) for quote in quotes]
        for quote in quotes:
            first = bisect_left(self.starts, quote.start)
            for mention in self.mentions[first : bisect_left(self.starts, quote.end)]:
                # A quoted word or two is a way of speaking, not somebody's speech.
                mention.quoted = quote.end - quote.start > 40

    def _attach_roles(self) -> None:
        """Let "the candidate" count as a mention of the one whose role it is."""
        for mention in self.mentions:
            if mention.noun and mention.kind == "person" and mention.definite:
                modifiers = frozenset(mention.name.lower().split()[:-1]) - _PLAIN
                entity = referred.role(self, mention.start, mention.noun, modifiers)
                if entity is None and self.opens(mention):
                    entity = referred.public_figure(self, mention)
                if entity is not None and entity.named:
                    self.entities.attach(mention, entity)

    def sentence(self, offset: int) -> int:
        """The index of the sentence that holds an offset (the one before, between two)."""
        return max(0, bisect_right(self._sentences, offset) - 1)

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions that lie inside `[start, end)`, outermost first."""
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end)
        return [mention for mention in self.mentions[first:last] if mention.end <= end]

    def heard(self, offset: int, entity: Entity, speaker: Speaker) -> None:
        """Note that an entity spoke at `offset`, as `speaker`; calls come in text order."""
        self.turns.append(Turn(offset, entity, speaker))

    def heard_name(self, offset: int, name: str) -> None:
        """Note that whoever is known by `name` spoke at `offset`, if the article names them."""
        entity = self.entities.by_name(name)
        if entity is not None:
            self.heard(offset, entity, Speaker(name=name, as_written=name, kind="named"))

    def opens(self, mention: Mention) -> bool:
        """Whether nothing but a word or two stands before a mention in its sentence."""
        sentences = self.article.sentences
        number = self.sentence(mention.start)
        return number < len(sentences) and 0 <= mention.start - sentences[number].start <= 12


def _nouns_of(mention: Mention) -> Iterator[str]:
    if mention.noun:
        yield mention.noun
    elif mention.kind in ("organisation", "document", "place", "unknown"):
        yield from {word.lower() for word in mention.name.replace("’", "'").split()}
