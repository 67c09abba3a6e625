"""Mentions of one article put together: who is the same person, organisation or document."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from factcheck import lang
from factcheck.attribution.lexicon import Gender, fold, lexicon
from factcheck.attribution.mention import Kind, Mention
from factcheck.attribution.names import acronyms, compatible, fuller, name_parts
from factcheck.attribution.roles import COURTESY, head_noun

# A bare name stands for the bearer named within so many characters before, if only one was.
_NEAR = 900
_RECENT = 40
_OF_PLACES = lang.words("attribution", "entities", "of_places")


@dataclass(slots=True, eq=False)
class Entity:
    """Somebody or something, under all the names that the article has for it."""

    kind: Kind
    name: str
    gender: Gender | None = None
    plural: bool = False
    count: int | None = 1
    nouns: set[str] = field(default_factory=set)
    # What a named thing is told to be: "firm", "ferry".
    sorts: set[str] = field(default_factory=set)
    aliases: set[str] = field(default_factory=set)
    roles: list[tuple[int, str]] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    members: tuple[Mention, ...] = ()
    # The family name of somebody who is told of by the given name alone, as a relative.
    family: str = ""
    # Kept as mentions come in: who is told of on every line is asked for it on every line.
    _bears_name: bool = False
    _common_role: tuple[int, str | None] = (0, None)

    @property
    def named(self) -> bool:
        """Whether it is known by a name."""
        return not self.nouns or self._bears_name

    @property
    def common_role(self) -> str | None:
        """The role that the article gives it most often, the fuller one where two tie."""
        known, role = self._common_role
        if known != len(self.roles):
            counts = Counter(role for _, role in self.roles)
            role = max(
                sorted(counts),
                key=lambda role: (role_weight(role), counts[role], len(role)),
                default=None,
            )
            self._common_role = (len(self.roles), role)
        return role

    def add(self, mention: Mention) -> None:
        """Take a mention in, and what it tells: a fuller name, a role, the gender."""
        self.mentions.append(mention)
        self._bears_name = self._bears_name or mention.named
        if mention.named and mention.kind != "people":
            if self.kind == "unknown":
                self.kind = mention.kind
            if self.family and fold(mention.name) == fold(self.family):
                # "Mrs. Doyle", after "Rob Doyle and his wife Ellen".
                given = self.name.split(" ")[0]
                self.name = f"{given} {self.family}"
            elif not self.nouns and fuller(mention.name, self.name):
                self.name = mention.name
            if mention.sort:
                self.sorts.add(mention.sort)
            self.aliases.update(mention.aliases)
        self.family = self.family or mention.family
        if mention.role:
            self.roles.append((mention.start, mention.role))
        self.gender = self.gender or mention.gender


class Entities:
    """The entities of an article, and which of them each mention is."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        """Cluster the mentions of one article, given in text order."""
        self.mentions = mentions
        self.all: list[Entity] = []
        self._of: dict[int, Entity] = {}
        self._by_part: dict[str, list[Entity]] = defaultdict(list)
        self._by_name: dict[str, Entity] = {}
        self._families: dict[tuple[str, int], list[tuple[str, Entity]]] = defaultdict(list)
        self._by_noun: dict[str, Entity] = {}
        names = [mention for mention in mentions if mention.named and not mention.members]
        for mention in names:
            if len(name_parts(mention.name)) > 1:
                self._place(mention, self._same_full_name(mention))
        for entity in self.all:
            if entity.kind == "person":
                family = name_parts(entity.name)[-1]
                for size in {(len(family) + shift) // 4 for shift in (-1, 0, 1)}:
                    self._families[family[0], size].append((family, entity))
        single = [mention for mention in names if len(name_parts(mention.name)) <= 1]
        # "Mr." and "Mrs." tell which of a family is meant: they are placed before the bare names.
        for mention in sorted(single, key=lambda mention: mention.gender is None):
            self._place(mention, self._same_single_name(mention))
        for mention in mentions:
            if not mention.named:
                self._place_noun(mention)
            elif mention.members:
                key = f"+{fold(mention.name)}"
                self._place(mention, self._by_name.get(key), key)
        for entity in self.all:
            entity.mentions.sort(key=lambda mention: mention.start)
            entity.roles.sort()

    def of(self, mention: Mention) -> Entity:
        """The entity of a mention of this article."""
        return self._of[id(mention)]

    def by_name(self, name: str) -> Entity | None:
        """The entity that bears a name, `None` where the article has none of it."""
        return self._by_name.get(fold(name))

    def bearing(self, part: str) -> list[Entity]:
        """The last few entities of whose names a folded word is a part."""
        return self._by_part.get(part, [])[-8:]

    def _place(self, mention: Mention, entity: Entity | None, key: str | None = None) -> None:
        if entity is None:
            entity = Entity(mention.kind, mention.name, count=mention.count, plural=mention.plural)
            entity.members = mention.members
            if not mention.named:
                entity.nouns.add(mention.noun)
            self.all.append(entity)
        entity.add(mention)
        self._of[id(mention)] = entity
        self._by_name.setdefault(key or fold(mention.name), entity)
        if mention.named and not mention.members:
            for part in name_parts(mention.name):
                known = self._by_part[part]
                if entity not in known[-8:]:
                    known.append(entity)
            if mention.family and entity not in self._by_part[fold(mention.family)][-8:]:
                self._by_part[fold(mention.family)].append(entity)
            for short in (*acronyms(mention.name), *map(fold, mention.aliases)):
                self._by_name.setdefault(short, entity)
            for alias in mention.aliases:
                for part in name_parts(alias):
                    if entity not in self._by_part[part][-8:]:
                        self._by_part[part].append(entity)

    def _same_full_name(self, mention: Mention) -> Entity | None:
        exact = self._by_name.get(fold(mention.name))
        if exact:
            return exact
        if mention.kind not in ("person", "unknown"):
            return None
        family = name_parts(mention.name)[-1]
        for entity in reversed(self._by_part[family][-8:]):
            if entity.kind not in ("person", "unknown"):
                continue
            if fold(mention.name) in map(fold, _names_of(entity)[1:]):
                return entity  # "Toni" may be a woman's name, too
            if _differ(entity.gender, mention.gender):
                continue
            if any(compatible(known, mention.name) for known in _names_of(entity)):
                return entity
        return None

    def _same_single_name(self, mention: Mention) -> Entity | None:
        folded = fold(mention.name)
        exact = self._by_name.get(folded)
        parts = name_parts(mention.name)
        if mention.kind == "place" or not parts:
            return exact
        found: list[Entity] = []
        for entity in self._by_part.get(parts[0], ())[-16:]:
            if not _may_be_called(entity, parts[0]):
                continue
            if _differ(mention.gender, entity.gender):
                continue
            if mention.kind == "person" and entity.kind in ("organisation", "document"):
                continue
            found.append(entity)
        if not found and exact is None and mention.kind in ("person", "unknown"):
            return self._misspelt(parts[0], mention)
        if not found:
            return exact if exact and exact.kind != "person" else None
        # "Mr. Doe" is a man of that name before somebody of whom that is not told.
        told = [e for e in found if mention.gender and e.gender == mention.gender] or found
        return max(told, key=lambda entity: _familiarity(entity, parts[0], mention.start))

    def _misspelt(self, part: str, mention: Mention) -> Entity | None:
        """The one person whose family name differs by a letter, of names long enough to tell."""
        if len(part) < 5:
            return None
        families = self._families.get((part[0], len(part) // 4), ())
        near = {
            id(person): person
            for family, person in families[:200]
            if Levenshtein.distance(part, family, score_cutoff=1) == 1
            and not _differ(mention.gender, person.gender)
        }
        return next(iter(near.values())) if len(near) == 1 else None

    def _place_noun(self, mention: Mention) -> None:
        key = f"~{fold(mention.name)}"
        known = self._by_name.get(key) if mention.definite or mention.plural else None
        latest = self._by_noun.get(mention.noun)
        bare = mention.definite and fold(mention.name) == fold(mention.noun)
        newer = latest and (known is None or _since(known) < _since(latest))
        if bare and newer:
            # "the ad" after "a new ad" is that ad, "the new law" after "a tax law" is not.
            known = latest
        if known is None:
            self._by_name.pop(key, None)
        self._place(mention, known, key)
        if known is None and not mention.definite:
            self._by_noun[mention.noun] = self.of(mention)

    def attach(self, mention: Mention, entity: Entity) -> None:
        """Count a noun as one more mention of somebody known ("the candidate")."""
        before = self._of[id(mention)].mentions
        at = bisect_left(before, mention.start, key=lambda other: other.start)
        while before[at] is not mention:
            at += 1
        del before[at]
        self._of[id(mention)] = entity
        insort(entity.mentions, mention, key=lambda other: other.start)


def role_weight(role: str) -> int:
    """How much a role tells: an office or trade, what somebody does, a mere "Mr."."""
    return 0 if role.rstrip(".").lower() in COURTESY else 1 if role.startswith("who") else 2


def _differ(one: Gender | None, other: Gender | None) -> bool:
    return one is not None and other is not None and one != other


def _names_of(entity: Entity) -> list[str]:
    """The full names of an entity: its name, and each nickname with the family name."""
    family = entity.name.split()[-1]
    return [entity.name, *(f"{alias} {family}" for alias in sorted(entity.aliases))]


def _since(entity: Entity) -> int:
    return entity.mentions[-1].start


def _may_be_called(entity: Entity, part: str) -> bool:
    """Whether one part of its name may stand for an entity."""
    own = name_parts(entity.name)
    if len(own) == 1:
        return part in (own[0], fold(entity.family))
    if any(part in name_parts(alias) for alias in entity.aliases):
        return True
    if entity.kind == "person":
        return True
    if entity.kind == "unknown":
        is_place = own[0] in _OF_PLACES
        return (own[-1] == part and not is_place) or (
            own[0] == part and part in lexicon().first_names
        )
    return entity.kind == "organisation" and fold(entity.name.split()[0]) == part


def _familiarity(entity: Entity, part: str, at: int) -> tuple[bool, bool, int]:
    """Which of two people a single name stands for: the family name's bearer, mentioned just
    before, mentioned oftener.
    """
    is_family = name_parts(entity.name)[-1] == part
    near = any(at - _NEAR < mention.start < at for mention in entity.mentions[-_RECENT:])
    return (is_family, near, len(entity.mentions))


def roles_by_noun(entities: Iterable[Entity]) -> dict[str, list[tuple[int, Entity, str]]]:
    """Index entities by the nouns of their roles: noun → (offset, entity, role), sorted."""
    lex = lexicon()
    index: dict[str, list[tuple[int, Entity, str]]] = defaultdict(list)
    for entity in entities:
        for offset, role in entity.roles:
            head = head_noun(role)
            for word in {head, *role.lower().replace(",", " ").split()}:
                noun = lex.short_titles.get(word.rstrip("."), word)
                if noun and (noun == head or (noun in lex.persons and not role.startswith("who"))):
                    index[noun].append((offset, entity, role))
    for entries in index.values():
        entries.sort(key=lambda entry: entry[0])
    return index
