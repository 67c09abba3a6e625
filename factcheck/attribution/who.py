"""Who a source is, held against what the article tells of those that it could be.

`identify` finds the likeliest; here it is left as written where that one cannot be meant: a
ministry is no lake, the governor of one province not that of another, "it" no place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from factcheck import lang
from factcheck.attribution import bodies
from factcheck.attribution.antecedents import Antecedents
from factcheck.attribution.described import organisation_of
from factcheck.attribution.discourse import Discourse, Turn
from factcheck.attribution.entities import Entity, role_weight
from factcheck.attribution.identity import speaks_for
from factcheck.attribution.lexicon import Gender, fold, lexicon
from factcheck.attribution.mention import Mention
from factcheck.attribution.nouns import DETERMINERS, noun_kind
from factcheck.attribution.pointed import body_before, of_two
from factcheck.attribution.pronouns import undrawn
from factcheck.attribution.roles import head_noun
from factcheck.attribution.sources import OTHER, narrowed, places, role_places
from factcheck.attribution.speakers import Identity, identify
from factcheck.attribution.speech import untold
from factcheck.attribution.words import Word
from factcheck.records import Span, Speaker, SpeakerKind

# So many holders of one office are looked at.
_HOLDERS = 40
# "The 52-year-old" is looked for so many characters and sentences back, an office's name ahead.
_FAR, _NEAR, _AHEAD = 2000, 3, 600
_AGE = re.compile(r"(\d{1,3})-year-old")
_AGE_AFTER = re.compile(r", (?:aged |age )?(\d{1,3})(?=[,.;]| )")
_AGE_BEFORE = re.compile(r"\b(\d{1,3})-year-old\s[\w ]*$")
# "The ministry": the article and the noun.
_BARE = 2
# "The man who sold": so many words at least.
_CLAUSE = 4
_GENDERS: dict[str, Gender] = {"man": "male", "woman": "female", "boy": "male", "girl": "female"}
_SINGULAR = lang.words("attribution", "who", "singular")
# "In neighbouring Sarn, | the governor said": not the one told of before.
_FRONT = 60
_NEIGHBOUR = re.compile(r"\bIn (?:neighbouring|neighboring|nearby|adjacent) ([A-Z][\w’'-]*), $")
_DEFINITE = lang.words("attribution", "who", "definite")
_NO_KIND = lang.words("attribution", "who", "no_kind")
_AFTER_NOUN = lang.words("attribution", "who", "after_noun")
_WITH_PRONOUN = lang.words("attribution", "who", "with_pronoun")


def who(discourse: Discourse, antecedents: Antecedents, spans: Sequence[Span]) -> Identity | None:
    """Tell who the source in `spans` is; `None` for an empty source."""
    text = discourse.article.text
    written = " ".join(" ".join(text[start:end].split()) for start, end in spans)
    spans = narrowed(text, spans)
    words = discourse.words.between(spans[0][0], spans[-1][1])
    identity: Identity | None
    if _is_pronoun(words):
        identity = _pronoun(discourse, antecedents, words[0])
    else:
        plain = _aged(discourse, antecedents, words) or _plain(discourse, antecedents, words)
        if (one := of_two(discourse, words)) is not None:
            plain = _of(discourse, one, words[0].start)
        identity = plain or identify(discourse, spans)
        if identity is not None and words:
            found = identity.entity
            identity = _checked(discourse, antecedents, words, identity)
            if identity.entity is not found:
                antecedents.correct(spans[0][0], spans[-1][1], identity.entity)
            identity = _named_next(discourse, words, identity) or identity
    if identity is None:
        return None
    entity = identity.entity
    speaker = identity.speaker
    update: dict[str, object] = {"as_written": written}
    if entity.named and speaker.kind == "named":
        update |= {"gender": entity.gender, "aliases": tuple(sorted(entity.aliases))}
        if speaker.role and role_weight(speaker.role) == 0 and entity.common_role:
            update["role"] = entity.common_role
    if body := speaks_for(speaker):
        update["organisation"] = body
    return Identity(speaker.model_copy(update=update), entity)


def _is_pronoun(words: list[Word]) -> bool:
    return (
        bool(words)
        and undrawn(words[0].lower) in _SINGULAR
        and (len(words) == 1 or words[1].lower in _WITH_PRONOUN)
    )


def _pronoun(discourse: Discourse, antecedents: Antecedents, word: Word) -> Identity:
    told_by = undrawn(word.lower)
    entity = antecedents.of(word.start, told_by)
    for turn in reversed(discourse.turns[-12:]):
        if turn.entity is entity:
            return Identity(turn.speaker, entity)
    told = _of(discourse, entity, word.start) if entity is not None else None
    if told is not None:
        return told
    written = word.text[: len(told_by)]
    speaker = Speaker(name=told_by, as_written=written, kind="unnamed")
    return Identity(speaker, Entity("unknown", told_by))


def _checked(
    discourse: Discourse, antecedents: Antecedents, words: list[Word], identity: Identity
) -> Identity:
    entity = identity.entity
    first = words[0].lower
    noun = _noun(words)
    if noun is None:
        return identity
    kind = noun_kind(noun.lower)
    if kind is None and noun.lower in lexicon().bodies:
        kind = "organisation"
    named = entity.named and not entity.plural
    if any(m.named for m in discourse.within(words[0].start, noun.stop)):
        return identity
    if kind == "organisation" and first in _DEFINITE and not named and _is_new(entity):
        body = _body(discourse, words, noun, words[0].start)
        if body is None and len(words) == _BARE:
            body = body_before(discourse, words[0].start, noun.lower)
            if turn := next((t for t in discourse.turns if t.entity is body), None):
                return Identity(turn.speaker, turn.entity)
        return (_of(discourse, body, words[0].start) if body else None) or identity
    if kind in ("organisation", "place") and first in _DEFINITE and named:
        if len(words) == 2 and (since := _spoke_since(discourse, entity, noun.lower, noun.start)):
            return Identity(since.speaker, since.entity)
        if bodies.is_one(discourse, entity, noun.lower):
            return identity
        body = _body(discourse, words, noun, words[0].start)
        told = _of(discourse, body, words[0].start) if body else None
        return told or _as_written(words, noun, "organisation")
    if kind == "person" and _elsewhere(discourse, antecedents, words, noun, identity):
        holder = _holder(antecedents, _asked(discourse, words), noun)
        if holder is not None and (told := _of(discourse, holder, words[0].start)):
            return told
        office = noun.lower in lexicon().officers
        return _as_written(words, noun, "office" if office else "unnamed")
    return identity


def _body(discourse: Discourse, words: list[Word], noun: Word, at: int) -> Entity | None:
    """The named body that a description means: one whose own name has the description's noun must
    have what tells its kind apart too: "the health ministry" is no Finance Ministry. Whatever is
    described so is no "consumer union" because it acts; a company of some trade it may be.
    """
    body = bodies.meant(discourse, at, noun.lower)
    lex = lexicon()
    if body is None:
        return None
    name = {word.removesuffix("'s").removesuffix("’s") for word in body.name.lower().split()}
    if noun.lower not in name and noun.lower in bodies.words_for("company"):
        return body
    told = name | body.sorts
    apart = [
        word.lower
        for word in words[: words.index(noun)]
        if word.lower not in DETERMINERS | lex.adjectives.keys() | _NO_KIND
        and word.lower not in told
    ]
    if apart:
        return None
    return body


def _spoke_since(discourse: Discourse, body: Entity, noun: str, at: int) -> Turn | None:
    """Who has spoken under a description with this noun since a body was last told of:
    "The Finance Ministry …. The health ministry said …. The ministry said".
    """
    last = max((m.start for m in body.mentions if m.named and m.start < at), default=0)
    for turn in reversed(discourse.turns[-_HOLDERS:]):
        if turn.start <= last:
            return None
        name = turn.speaker.name.lower()
        if turn.start < at and turn.entity is not body and name.endswith(f" {noun}"):
            return None if turn.entity.named else turn
    return None


def _plain(discourse: Discourse, antecedents: Antecedents, words: list[Word]) -> Identity | None:
    """Who "the man who sold the mill" is, where an article names one whom it must mean."""
    if len(words) < _CLAUSE or words[0].lower != "the" or words[2].lower != "who":
        return None
    gender = _GENDERS.get(words[1].lower)
    if gender is None or any(m.named for m in discourse.within(words[0].start, words[2].start)):
        return None
    text = discourse.article.text[words[0].start : words[-1].stop]
    entity = None if untold(text) else antecedents.likely(words[0].start, gender)
    return _of(discourse, entity, words[0].start) if entity else None


def _aged(discourse: Discourse, antecedents: Antecedents, words: list[Word]) -> Identity | None:
    """Who "the 52-year-old" is: the one told to be of this age, else the only person near, else
    the one whom a pronoun would mean, where that is nearly sure.
    """
    if len(words) != 2 or words[0].lower != "the" or not (age := _AGE.fullmatch(words[1].lower)):
        return None
    text, at = discourse.article.text, words[0].start
    here = discourse.sentence(at)
    near: dict[int, Entity] = {}
    for mention in reversed(discourse.within(max(0, at - _FAR), at)):
        if here - discourse.sentence(mention.start) > _NEAR:
            break
        entity = discourse.entities.of(mention)
        if not mention.named or mention.quoted or entity.kind not in ("person", "unknown"):
            continue
        if entity.kind == "unknown" and " " not in entity.name:
            continue
        told = {_age_told(text, other) for other in entity.mentions[:_HOLDERS]} - {""}
        if age[1] in told:
            return _of(discourse, entity, at)
        if not told and not entity.members:
            near[id(entity)] = entity
    only = next(iter(near.values())) if len(near) == 1 else None
    likely = only or antecedents.likely(at, None)
    if likely is None or not _may_be_aged(text, likely, age[1]):
        return None
    return _of(discourse, likely, at)


def _may_be_aged(text: str, entity: Entity, age: str) -> bool:
    """Whether an article tells no other age of somebody."""
    return {_age_told(text, mention) for mention in entity.mentions[:_HOLDERS]} <= {"", age}


def _age_told(text: str, mention: Mention) -> str:
    """The age that is told beside a name: "Ann Cole, 52, …", "52-year-old Ann Cole"."""
    found = _AGE_AFTER.match(text, mention.end) or _AGE_BEFORE.search(
        text[max(0, mention.start - len("the 100-year-old ")) : mention.end - len(mention.name)]
    )
    return found[1] if found else ""


def _named_next(discourse: Discourse, words: list[Word], identity: Identity) -> Identity | None:
    """The holder of an office that speaks before being named: "The governor of Marn said …. “…,”
    Governor Ada Brenn said", in one paragraph and with nobody else of that office between.
    """
    noun = _noun(words)
    entity, end = identity.entity, words[-1].stop
    if noun is None or entity.named or words[0].lower not in _DEFINITE:
        return None
    if noun_kind(noun.lower) != "person" or identity.speaker.count != 1:
        return None
    for mention in discourse.within(end, end + _AHEAD):
        if discourse.sentence(mention.start) - discourse.sentence(end) > 2:
            return None
        if "\n" in discourse.article.text[end : mention.start]:
            return None
        if mention.noun == noun.lower:
            return None
        if head_noun(mention.role) != noun.lower or mention.kind != "person":
            continue
        found = discourse.entities.of(mention)
        asked, told = places(words), role_places(mention.role)
        if found.mentions[0] is not mention or (asked and told and asked.isdisjoint(told)):
            return None
        return _of(discourse, found, mention.start)
    return None


def _is_new(entity: Entity) -> bool:
    """Whether nothing was told of a body before "the company" speaks of it as known."""
    first = next((mention for mention in entity.mentions if not mention.quoted), None)
    return first is None or first.definite


def _noun(words: list[Word]) -> Word | None:
    """The noun of a description: the last word before a preposition or a clause."""
    head = None
    for word in words:
        if word.lower in _AFTER_NOUN and head is not None:
            break
        if word.lower not in DETERMINERS:
            head = word
    return head


def _of(discourse: Discourse, entity: Entity, at: int) -> Identity | None:
    """The identity of an entity, by the place where it is named first, or else told of first."""
    named = next((mention for mention in entity.mentions if mention.named), None)
    if named is not None:
        return identify(discourse, [(named.start, named.end)])
    first = next(iter(entity.mentions), None)
    words = discourse.words.between(first.start, first.end) if first else []
    noun = _noun(words)
    if first is None or noun is None:
        return None
    kind = noun_kind(noun.lower)
    if kind == "organisation" and first.definite:
        body = _body(discourse, words, noun, at)
        if body is not None and body is not entity:
            return _of(discourse, body, at)
    unnamed: SpeakerKind = "unnamed" if kind == "person" else "organisation"
    told = _as_written(words, noun, "document" if kind == "document" else unnamed)
    return Identity(told.speaker, entity)


def _elsewhere(
    discourse: Discourse,
    antecedents: Antecedents,
    words: list[Word],
    noun: Word,
    identity: Identity,
) -> bool:
    """Whether a description tells of another place than that of the person found for it."""
    asked = _asked(discourse, words)
    entity = identity.entity
    if not asked:
        return False
    if not entity.named:
        return not asked <= role_places(identity.speaker.name)
    told: set[str] = set()
    for _, role in entity.roles[:_HOLDERS]:
        if head_noun(role) == noun.lower or noun.lower in role.lower().split():
            told |= role_places(role)
    if told:
        return not (told <= asked or asked <= told)
    if any(word.lower in OTHER for word in words):
        return True
    others = antecedents.holders.get(noun.lower, [])[-_HOLDERS:]
    if any(role_places(role) for _, other, role in others if other is not entity):
        return True
    # Another place's holder has spoken under a description: who the name is, is not told.
    return any(
        head_noun(turn.speaker.name) == noun.lower
        and turn.speaker.kind != "named"
        and (there := role_places(turn.speaker.name))
        and there != asked
        for turn in discourse.turns[-_HOLDERS:]
    )


def _asked(discourse: Discourse, words: list[Word]) -> frozenset[str]:
    """The place that a description names, or the sentence in front of it."""
    at = words[0].start
    front = _NEIGHBOUR.search(discourse.article.text[max(0, at - _FRONT) : at])
    return places(words) or (frozenset((fold(front[1]),)) if front else frozenset())


def _holder(antecedents: Antecedents, asked: frozenset[str], noun: Word) -> Entity | None:
    """The only one whose office is told to be of the place that a description names."""
    found = {
        id(entity): entity
        for _, entity, role in antecedents.holders.get(noun.lower, [])[-_HOLDERS:]
        if (told := role_places(role)) and (told <= asked or asked <= told) and entity.named
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _as_written(words: list[Word], noun: Word, kind: SpeakerKind) -> Identity:
    first = words[1] if words[0].lower in DETERMINERS and len(words) > 1 else words[0]
    name = " ".join(word.text for word in words[words.index(first) :])
    if first is words[0] and len(words) == 1:
        name = name.lower()
    person = noun_kind(noun.lower) == "person"
    speaker = Speaker(
        name=name,
        as_written=name,
        role=noun.lower if person else None,
        organisation=organisation_of(name),
        kind=kind,
    )
    entity = Entity("person" if person else "organisation", name, nouns={noun.lower})
    return Identity(speaker, entity)
