"""Who a label of a transcript stands for: "COLE:", "Host:", "UNIDENTIFIED MALE:", "A:"."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from factcheck.attribution import referred
from factcheck.attribution.entities import Entity
from factcheck.attribution.lexicon import fold, lexicon
from factcheck.attribution.mentions import find
from factcheck.attribution.names import compatible, fuller, name_parts
from factcheck.attribution.transcripts import Turn
from factcheck.attribution.words import Words
from factcheck.records import Span, Speaker

if TYPE_CHECKING:
    from factcheck.attribution.discourse import Discourse

UNKNOWN = "unknown speaker"
_TITLE = re.compile(r"(?i)^(?:mr|mrs|ms|miss|sir|dame|dr|prof|rev)\.? +")
# So many bearers of one family name are looked at.
_BEARERS = 16

Who = tuple[Speaker, Entity]


def unknown(written: str) -> Who:
    """A speaker of whom the text tells nothing."""
    return _unnamed(UNKNOWN, written)


class Labelled:
    """The labels of one article's turns, and who speaks under them."""

    def __init__(self, discourse: Discourse, turns: Sequence[Turn]) -> None:
        """Prepare to tell the speakers of an article's turns."""
        self._discourse = discourse
        self._turns = {turn.label: turn for turn in turns}
        self._known: dict[str, Entity] = {}

    def speaker(self, span: Span) -> Who | None:
        """The speaker of the turn whose label stands in `span`, and the entity that it is."""
        turn = self._turns.get(span)
        if turn is None:
            return None
        written = self._discourse.article.text[slice(*span)]
        if turn.part == "answer":
            entity = self.interviewee
            return _named(entity, entity.name, written) if entity else unknown(written)
        if turn.part == "question":
            return _unnamed("interviewer", written)
        if turn.part == "unknown":
            return _unnamed(written.lower(), written)
        return self._role(span, written) if turn.part == "role" else self._person(written)

    @cached_property
    def interviewee(self) -> Entity | None:
        """The one who is interviewed: the person named in the title, else the one whom most is
        told of before the first turn.
        """
        article, entities = self._discourse.article, self._discourse.entities
        titled = find(Words(article.text, [article.title_span])) if article.title_span else []
        for mention in titled:
            if mention.named and not mention.members and mention.kind in ("person", "unknown"):
                entity = entities.by_name(mention.name)
                if mention.kind == "person" or (entity is not None and entity.kind == "person"):
                    return entity or Entity("person", mention.name, gender=mention.gender)
        told = [entities.of(m) for m in self._discourse.within(0, min(self._turns)[0])]
        people = {id(entity): entity for entity in told if _is_person(entity)}
        often = Counter(id(entity) for entity in told if id(entity) in people).most_common(2)
        if not often or (len(often) == 2 and often[0][1] == often[1][1]):
            return None
        return people[often[0][0]]

    @cached_property
    def _bearers(self) -> dict[str, list[Entity]]:
        """The people of the article by their family names and initials."""
        found: dict[str, list[Entity]] = defaultdict(list)
        for entity in self._discourse.entities.all:
            if entity.named and not entity.members and entity.kind in ("person", "unknown"):
                for key in {_family(entity.name), _initials(entity.name)}:
                    found[key].append(entity)
        return found

    @cached_property
    def _full(self) -> dict[str, str]:
        """The fullest label of each family name."""
        found: dict[str, str] = {}
        for span, turn in self._turns.items():
            if turn.part == "name":
                name = _plain(self._discourse.article.text[slice(*span)])
                family = _family(name)
                if family not in found or fuller(name, found[family]):
                    found[family] = name
        return found

    def _person(self, written: str) -> Who:
        """Who bears the name of a label: that person of the article, or of a fuller label."""
        name, role = _plain(written), written.partition(",")[2].strip().lower()
        full = self._full.get(_family(name), name)
        name = full if fuller(full, name) and compatible(full, name) else name
        entity = self._known.get(fold(name))
        if entity is None:
            bearers = [
                e for e in self._bearers[_family(name)][:_BEARERS] if compatible(e.name, name)
            ]
            bearers = bearers or self._bearers[written][:1]
            entity = max(bearers, key=lambda e: len(name_parts(e.name)), default=None)
            entity = self._known[fold(name)] = entity or Entity("person", name)
        initials = _initials(entity.name) == written
        speaker, entity = _named(
            entity, entity.name if initials or fuller(entity.name, name) else name, written
        )
        if role and not speaker.role:
            speaker = speaker.model_copy(update={"role": role})
        return speaker, entity

    def _role(self, span: Span, written: str) -> Who:
        """A label that is a role ("MAYOR"): its holder, where the article names one before."""
        words = written.lower().split()
        if words[-1] in lexicon().officers:
            known = referred.meant(self._discourse, span[0], words[-1], frozenset(words[:-1]))
            if known is not None and known.named:
                return _named(known, known.name, written)
        return _unnamed(written.lower(), written)


def _plain(label: str) -> str:
    """The name in a label, as it is written in a text: "MS. O'HARA, MAYOR" → "O'Hara"."""
    name = _TITLE.sub("", label.partition(",")[0].strip())
    if name.isupper() and len(name) > 3:
        name = re.sub(r"[^\W\d_]+", lambda match: match[0].capitalize(), name)
    return name


def _family(name: str) -> str:
    return (name_parts(name) or (fold(name),))[-1]


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())


def _is_person(entity: Entity) -> bool:
    return entity.named and entity.kind == "person"


def _named(entity: Entity, name: str, written: str) -> Who:
    role = entity.common_role or None
    return Speaker(name=name, as_written=written, role=role, kind="named"), entity


def _unnamed(name: str, written: str) -> Who:
    return Speaker(name=name, as_written=written, kind="unnamed"), Entity("unknown", name)
