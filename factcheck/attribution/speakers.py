"""From the words of a source to who is meant: name, role, organisation, kind and count."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from factcheck import lang
from factcheck.attribution import bodies, referred
from factcheck.attribution.described import (
    count_of,
    described,
    lowered,
    organisation_of,
    with_tail,
)
from factcheck.attribution.discourse import Discourse
from factcheck.attribution.entities import Entity
from factcheck.attribution.labelled import unknown
from factcheck.attribution.lexicon import fold, lexicon
from factcheck.attribution.mention import Mention
from factcheck.attribution.nouns import noun_kind
from factcheck.attribution.pronouns import PRONOUNS
from factcheck.attribution.salience import pronoun
from factcheck.attribution.speech import untold
from factcheck.attribution.words import Word
from factcheck.records import Span, Speaker, SpeakerKind

_TAILS = lang.words("attribution", "speakers", "tails")
_ARTICLES = lang.words("attribution", "speakers", "articles")
_DEFINITE = lang.words("attribution", "common", "definite")
_OWNERS = lang.words("attribution", "speakers", "owners")
_PLAIN = lang.words("attribution", "speakers", "plain")
_WISH = re.compile(r",?\s(?:who|which|speaking|on condition)\s[^.;:,“”\"\n]{0,80}")
# An apposition that ends before a name: "the witness, a baker called | Odile Renn".
_CALLED = re.compile(r", (?:an?|the) [^,;:“”\"]{2,40} (?:called|named)$")
# What joins the sources of a row, and how a row ends.
_ROW = re.compile(r",? and (?=[^ ])|, (?=[^ ])")
_ROW_ENDS = re.compile(r" and [^,]+$")
_LONGEST_ROW = 8
_DETERMINED = _ARTICLES | _OWNERS | lang.words("attribution", "speakers", "quantities")
_WITH_PRONOUN = lang.words("attribution", "speakers", "with_pronoun")
_INDEFINITE = lang.words("attribution", "speakers", "indefinite")
_SEVERAL = lang.words("attribution", "speakers", "several")


@dataclass(frozen=True, slots=True)
class Identity:
    """A speaker with the entity it is in its article."""

    speaker: Speaker
    entity: Entity


def identify(discourse: Discourse, spans: Sequence[Span]) -> Identity | None:
    """Tell who the source in `spans` is; `None` for an empty source.

    Spans are code points of the article's text, sorted. Noting who spoke (`Discourse.heard`)
    is the caller's.
    """
    text = discourse.article.text
    written = " ".join(" ".join(text[start:end].split()) for start, end in spans)
    if spans and (labelled := discourse.labelled.speaker(spans[0])):
        return Identity(*labelled)
    if written and not any(map(str.isalnum, written)):
        # A quotation's opening mark: somebody speaks, and nothing tells who.
        return Identity(*unknown(written))
    for start, end in spans:
        words = discourse.words.between(start, end)
        if words:
            return _identify(discourse, words, end, written)
    if not written:
        return None
    kind: SpeakerKind = "named" if written[0].isupper() else "unnamed"
    return _identity(Entity("unknown", written), written, kind)


def _identify(discourse: Discourse, words: list[Word], end: int, written: str) -> Identity:
    first = words[0].lower
    alone = len(words) == 1 or words[1].lower in _WITH_PRONOUN
    if first in PRONOUNS and alone:
        return _pronoun(discourse, words[0], written)
    pair = referred.pair(discourse, words[0].start) if first == "both" and len(words) == 1 else None
    if pair is not None:
        # "Ann Cole and Tom Webb, who own it, both said".
        return _of_entity(discourse, pair, written, None)
    if several := _several(discourse, words, end, written):
        return several
    head = _head(discourse, words)
    named = _named_in(discourse, words, head, end)
    if named is not None:
        entity = discourse.entities.of(named)
        return _of_entity(discourse, entity, written, named)
    return _noun(discourse, words, head, end, written)


def _several(discourse: Discourse, words: list[Word], end: int, written: str) -> Identity | None:
    """Three sources or more in a row, or two that are not both named: "the mayor and the police".

    After a name a noun may be an apposition ("Ann Cole, the mayor, and Tom Webb"): a row is of
    names or of nouns.
    """
    start = words[0].start
    text = discourse.article.text[start:end].rstrip(" ,")
    parts = [part for part in _ROW.split(text) if part]
    if not 2 <= len(parts) <= _LONGEST_ROW or not _ROW_ENDS.search(text):
        return None
    firsts = [part.split()[0] for part in parts]
    nouns = all(first.lower() in _DETERMINED for first in firsts)
    names = (
        len(parts) > 2
        and not noun_kind(firsts[0].lower())
        and all(first[0].isupper() and first.lower() not in _DETERMINED for first in firsts)
    )
    found = [m for m in discourse.within(start, end) if not m.members and not m.possessive]
    if not (nouns or names) or len(found) < len(parts) or any(len(p.split()) > 6 for p in parts):
        return None
    count = len(parts) if names or all(f.lower() in _ARTICLES for f in firsts) else None
    if nouns and any(noun_kind(part.split()[-1].lower()) == "people" for part in parts):
        count = None
    name = described(discourse, start, end, None)
    entity = discourse.entities.by_name(name) or Entity("people", name, plural=True, count=count)
    kind: SpeakerKind = "named" if names else "unnamed"
    return Identity(Speaker(name=name, as_written=written, kind=kind, count=count), entity)


def _pronoun(discourse: Discourse, word: Word, written: str) -> Identity:
    entity = pronoun(discourse, word.start, word.lower)
    if entity is None:
        return Identity(*unknown(written))
    return _again(discourse, entity, written) or _of_entity(discourse, entity, written, None)


def _again(discourse: Discourse, entity: Entity, written: str) -> Identity | None:
    """The identity of an entity that spoke before under a description of its own."""
    if entity.named:
        return None
    for turn in reversed(discourse.turns[-12:]):
        if turn.entity is entity:
            return Identity(turn.speaker.model_copy(update={"as_written": written}), entity)
    return None


def _head(discourse: Discourse, words: list[Word]) -> list[Word]:
    """The core of a noun phrase: its words up to a preposition, relative clause or comma."""
    names = [m for m in discourse.within(words[0].start, words[-1].stop) if m.named]
    text = discourse.article.text
    head = [words[0]]
    for before, word in itertools.pairwise(words):
        inside = any(name.start < word.start < name.end for name in names)
        if not inside:
            gap = text[before.stop : word.start]
            if word.lower in _TAILS or gap.strip(" \"“”'‘’"):
                break
        head.append(word)
    return head


def _named_in(
    discourse: Discourse, words: list[Word], head: list[Word], end: int
) -> Mention | None:
    names = [m for m in discourse.within(words[0].start, end) if m.named]
    for name in names:
        # "The estate agents Marks and Lowell": a pair after what it is.
        inside = head[0].start <= name.start <= head[-1].start and head[0].lower in _DEFINITE
        if name.members and (name.start <= head[0].stop + 1 or inside):
            return name
    for name in names:
        if name.start < head[-1].stop <= name.end + 2 and not name.members and name.name:
            return name
    if _is_indefinite(head):
        return _behind(discourse, names, head, end)
    for name in names:
        told = name.kind == "person" or (
            noun_kind(head[-1].lower) == "organisation" and name.kind != "place"
        )
        told = told or _closes(discourse, name, head, end)
        if told and not name.possessive and name.start > head[-1].stop:
            gap = discourse.article.text[: name.start].rstrip(" ")
            if gap.endswith(",") or _CALLED.search(gap):
                # "The mayors of Arlen and Voss, Ida Holm and Per Lund": both.
                return next((m for m in names if m.members and m.start == name.start), name)
    return None


def _closes(discourse: Discourse, name: Mention, head: list[Word], end: int) -> bool:
    """Whether a full name is the apposition that a source ends with, of whom no known noun tells:
    "the headteacher, Alun Prys".
    """
    text = discourse.article.text
    plain = noun_kind(head[-1].lower) in (None, "person")
    full = name.kind == "unknown" and " " in name.name
    lowered = not any(char.isupper() for char in text[head[0].stop : name.start])
    return plain and full and lowered and not text[name.end : end].strip(" ,")


def _behind(
    discourse: Discourse, names: list[Mention], head: list[Word], end: int
) -> Mention | None:
    """Who "a spokeswoman for Calder Airport, Priya Nath" is: the person whom it ends with."""
    last = names[-1] if names else None
    if last is None or last.kind != "person" or noun_kind(head[-1].lower) != "person":
        return None
    text = discourse.article.text
    ends = not text[last.end : end].strip(" ,")
    return last if ends and text.endswith(", ", 0, last.start) else None


def _is_indefinite(head: list[Word]) -> bool:
    return head[0].lower in _INDEFINITE


def _noun(
    discourse: Discourse, words: list[Word], head: list[Word], end: int, written: str
) -> Identity:
    lex = lexicon()
    first, noun = head[0].lower, head[-1].lower
    body = head[1:] if len(head) > 1 and first in _ARTICLES | _OWNERS else head
    tail = len(words) > len(head)
    modifiers = frozenset(
        word.lower for word in body[:-1] if word.lower not in _PLAIN | lex.numbers.keys()
    )
    if first in _DEFINITE and len(head) > 1:
        if noun in lex.unnamed or noun.rstrip("s") in lex.unnamed:
            again = _unnamed_again(discourse, head, modifiers, tail, written)
            if again is not None:
                return again
        if not tail or noun in lex.officers:
            known = referred.meant(discourse, head[0].start, noun, modifiers)
            if known is not None:
                again = _again(discourse, known, written)
                return again or _of_entity(discourse, known, written, None)
    owner = _owner(discourse, head[0].start, first) if first in _OWNERS else None
    description = described(discourse, body[0].start, end, owner)
    here = [m for m in discourse.within(head[0].start, head[-1].stop) if m.end >= head[-1].end]
    entity = discourse.entities.of(here[0]) if here else Entity("unknown", description)
    kind = _noun_kind(noun, first, tail, lex.officers)
    if untold(written) or _asks_not_to_be_named(discourse, end):
        kind = "unnamed"
    elif noun_kind(noun) is None and head[-1].capital and not _is_indefinite(head):
        kind = "named"
    plural = noun_kind(noun) == "people" or head[-1].text.isdecimal()
    speaker = Speaker(
        name=description,
        as_written=written,
        role=_role_of(head) if kind == "unnamed" and noun_kind(noun) == "person" else None,
        organisation=owner.name if owner else organisation_of(description),
        kind=kind,
        count=count_of(words, noun) if plural else 1,
    )
    return Identity(speaker, entity)


def _owner(discourse: Discourse, start: int, word: str) -> Entity | None:
    """Whose "his", "its" at `start` tells: no town has a mother."""
    owner = pronoun(discourse, start, word)
    if owner is not None and bodies.is_title(discourse, owner):
        return None
    if owner is None or word not in ("his", "her") or not bodies.is_thing(discourse, owner):
        return owner
    return None


def _asks_not_to_be_named(discourse: Discourse, end: int) -> bool:
    """Whether a clause that follows a source tells that it is not to be named."""
    match = _WISH.match(discourse.article.text, end)
    return match is not None and untold(match[0])


def _noun_kind(noun: str, first: str, tail: bool, officers: frozenset[str]) -> SpeakerKind:
    kind = noun_kind(noun)
    if kind == "document":
        return "document"
    if kind in ("organisation", "place"):
        return "organisation"
    if kind == "person" and noun in officers and first in _DEFINITE:
        return "office"
    return "unnamed"


def _unnamed_again(
    discourse: Discourse, head: list[Word], modifiers: frozenset[str], tail: bool, written: str
) -> Identity | None:
    """Resolve "the source" after an unnamed source has spoken: the same one, as far as is told."""
    here = discourse.sentence(head[0].start)
    noun = head[-1].lower
    for turn in reversed(discourse.turns[-8:]):
        if here - discourse.sentence(turn.start) > 8:
            return None
        known = turn.speaker
        if known.kind != "unnamed":
            continue
        told = frozenset(fold(known.name).split())
        if noun not in ("source", "sources") and not told & {fold(noun), fold(noun).rstrip("s")}:
            continue
        if any(fold(modifier) not in told for modifier in modifiers):
            continue
        update: dict[str, object] = {"as_written": written}
        singular = noun.rstrip("s") == noun
        if tail:
            # It tells more of the source than was told before.
            body = head[1:]
            start, end = body[0].start, head[0].start + len(written)
            name = described(discourse, start, end, None)
            update |= {"name": name, "organisation": organisation_of(name) or known.organisation}
        elif singular and known.count is None:
            update["name"] = " ".join(
                word[:-1] if word in _SEVERAL else word for word in known.name.split(" ")
            )
        if singular:
            update["count"] = 1
        return Identity(known.model_copy(update=update), turn.entity)
    return None


def _role_of(head: list[Word]) -> str | None:
    return head[-1].lower if head[-1].lower != "source" else None


def _of_entity(
    discourse: Discourse, entity: Entity, written: str, mention: Mention | None
) -> Identity:
    lex = lexicon()
    name = entity.name
    folded = fold(name)
    if not entity.named:
        noun = next(iter(entity.nouns), "")
        kind = _noun_kind(noun, "", False, lex.officers)
        if kind == "unnamed" and entity.mentions:
            name = with_tail(discourse, entity.mentions[0], name)
        speaker = Speaker(
            name=lowered(name),
            as_written=written,
            organisation=organisation_of(name),
            kind=kind,
            count=entity.count if not entity.plural or entity.count != 1 else None,
        )
        return Identity(speaker, entity)
    kind = "named"
    if entity.kind == "place":
        kind, name = "organisation", lex.capitals.get(folded) or lex.countries.get(folded) or name
    elif entity.kind == "document":
        kind = "document"
    elif folded in lex.offices:
        kind = "office"
    elif entity.kind == "organisation" or _are_bodies(entity):
        kind = "organisation"
    role = (mention.role if mention else "") or entity.common_role
    speaker = Speaker(
        name=name,
        as_written=written,
        role=role or None,
        organisation=_employer(role, name),
        kind=kind,
        count=2 if entity.members else 1,
    )
    return Identity(speaker, entity)


def _employer(role: str | None, name: str) -> str | None:
    """The organisation that somebody's role names, which is not their own name."""
    found = organisation_of(role) if role else None
    return None if found and fold(found) in fold(name) else found


def _are_bodies(entity: Entity) -> bool:
    """Whether a pair is one of countries or organisations, not of people."""
    return any(member.kind in ("organisation", "place") for member in entity.members)


def _identity(entity: Entity, written: str, kind: SpeakerKind) -> Identity:
    return Identity(Speaker(name=entity.name, as_written=written, kind=kind), entity)
