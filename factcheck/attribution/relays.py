"""Through whom an attribution passes: "told Ynet", "spoke with Reuters", "in a statement"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factcheck import lang
from factcheck.attribution.discourse import Discourse
from factcheck.attribution.lexicon import fold, lexicon
from factcheck.attribution.mention import Mention
from factcheck.outlets import OutletInfo, lookup
from factcheck.records import Span, Via, ViaKind

# Words that hand on to an outlet or an audience; what follows them is looked at, not matched.
_TO = re.compile(
    r"\b(?:told|tells|telling|informed|"
    r"(?:spoke|spoken|speaks|speaking|talked|talking)(?: \w+)? (?:to|with)|"
    r"(?:interview|interviews|conversation|appearance|remarks|comments?|statement|email|testimony)"
    r"(?: \w+)? (?:with|to|for|on|by|published by|published in)|"
    r"(?:interviewed|reported|quoted|cited|published|broadcast|aired|carried|obtained|seen) by|"
    r"(?:confirmed|revealed|disclosed|said|explained|added|insisted|wrote|testified) "
    r"(?:to|on|in|for|before|at)|"
    r"according to|writing (?:in|for)|op-ed (?:in|for)|appearing on|appeared on|speaking on)\s+",
    re.IGNORECASE,
)
_OCCASION = re.compile(
    r"\b(?:in|at|during|by|through|via|on|from) (?:an?|his|her|its|their|the) "
    r"(?:[\w-]+ ){0,3}?([a-z]+(?:[ -](?:conference|release|hall|call|interview|discussion))?)\b"
)
_LEAD = re.compile(r"(?:the\s+)?(?:[\w-]+\s+){0,4}", re.IGNORECASE)
# A relay stands near its cue; what is further away belongs to something else.
_REACH = 160
_ARTICLES = lang.words("words", "common", "articles")


def outlet_at(discourse: Discourse, start: int, end: int) -> tuple[Mention, ViaKind] | None:
    """The outlet or agency named at the start of `[start, end)`, past a few describing words.

    "the Jerusalem Post", "pro-government outlet APA", "Fox News host Sean Hannity".
    """
    for mention in discourse.within(start, end):
        if not mention.named or mention.members:
            continue
        lead = discourse.article.text[start : mention.start]
        if mention.name in discourse.things:
            return None
        if not _LEAD.fullmatch(lead) and lead:
            return None
        kind = outlet_kind(mention.name, lead)
        if kind is None and mention.role:
            found = _outlet_in_role(mention)
            return (mention, found) if found else None
        return (mention, kind) if kind else None
    return None


def outlet_kind(name: str, lead: str = "") -> ViaKind | None:
    """Whether a name is an agency's or an outlet's, going by the table, its words, its lead."""
    known = lookup(name)
    if known is not None:
        return known.kind
    lex = lexicon()
    words = name.split()
    described = lead.lower().split()
    if described and described[-1] in lex.outlet_nouns:
        return "agency" if described[-1] == "agency" and "news" in described else "outlet"
    if words[-1].lower() in lex.outlet_words and (len(words) > 1 or described[-1:] == ["the"]):
        return "outlet"
    return None


def relay_name(discourse: Discourse, mention: Mention) -> str:
    """The name under which a relay is known: in full as the article has it, the table's, else as
    written.
    """
    name = _in_full(discourse, mention.name) or mention.name
    known = lookup(name) or _known_in(mention.role)
    return known.name if known else name


def _in_full(discourse: Discourse, name: str) -> str | None:
    """The name that the last word of a name is short for: "the Observer" of an article by, or that
    tells of, the Lindholm Observer is no other paper.
    """
    short = fold(name).removeprefix("the ")
    if " " in short:
        return None
    others = (entity.name for entity in discourse.entities.bearing(short) if entity.named)
    for full in (discourse.article.outlet, *others):
        words = fold(full).removeprefix("the ").split()
        if len(words) > 1 and words[-1] == short and outlet_kind(full):
            return full
    return None


def _known_in(role: str) -> OutletInfo | None:
    words = role.replace("’s", "").replace("'s", "").split()
    for size in range(min(3, len(words)), 0, -1):
        if known := lookup(" ".join(words[:size])):
            return known
    return None


def _outlet_in_role(mention: Mention) -> ViaKind | None:
    known = _known_in(mention.role)
    return known.kind if known else None


def relays(discourse: Discourse, frame: Sequence[Span]) -> list[Via]:
    """The relays in the words around an attribution.

    `frame` are the pieces of its sentences that are not content, sorted.
    """
    found: list[Via] = []
    for start, end in frame:
        end = min(end, start + 1200)
        for match in _TO.finditer(discourse.article.text, start, end):
            relay = _at(discourse, match.end(), min(end, match.end() + _REACH))
            if relay is not None:
                found.append(relay)
        found.extend(_occasions(discourse, start, end))
    return _unique(found)


def named_to_sources(discourse: Discourse) -> list[Via]:
    """The outlets that the article says its unnamed sources talked to, in text order.

    Read from the text itself, so that a relay carries even where its own sentence has no
    attribution.
    """
    heads = lexicon().unnamed
    found = []
    for sentence in discourse.article.sentences:
        if discourse.article.blocks[sentence.block].kind != "body":
            continue
        people = [
            mention
            for mention in discourse.within(sentence.start, sentence.end)
            if mention.kind in ("person", "people") or mention.role
        ]
        ending = sorted(range(len(people)), key=lambda number: -people[number].end)
        before = -1
        for match in _TO.finditer(discourse.article.text, sentence.start, sentence.end):
            while ending and people[ending[-1]].end <= match.start():
                before = max(before, ending.pop())
            if before < 0 or people[before].named:
                continue
            noun = people[before].noun
            if noun in heads or noun.removesuffix("s") in heads:
                relay = _at(discourse, match.end(), min(sentence.end, match.end() + _REACH))
                if relay is not None and relay.kind in ("agency", "outlet"):
                    found.append(relay)
    return found


def _at(discourse: Discourse, start: int, end: int) -> Via | None:
    lex = lexicon()
    outlet = outlet_at(discourse, start, end)
    if outlet is not None:
        mention, kind = outlet
        return Via(
            name=relay_name(discourse, mention), kind=kind, span=(mention.start, mention.end)
        )
    words = discourse.words.between(start, end)[:6]
    for number, word in enumerate(words):
        if number and discourse.article.text[words[number - 1].stop : word.start] != " ":
            return None
        if word.lower in lex.venues:
            first = words[1] if words[0].lower in _ARTICLES and number else words[0]
            name = discourse.article.text[first.start : word.end]
            return Via(name=name, kind="venue", span=(first.start, word.end))
        if word.lower in lex.functions and number:
            return None
    return None


def _occasions(discourse: Discourse, start: int, end: int) -> Iterator[Via]:
    lex = lexicon()
    for match in _OCCASION.finditer(discourse.article.text, start, end):
        name = match[1].lower()
        if name not in lex.occasions:
            continue
        kind: ViaKind = "document" if name.split()[-1] in lex.said_in else "venue"
        yield Via(name=name, kind=kind, span=match.span(1))


def _unique(found: list[Via]) -> list[Via]:
    seen: set[tuple[str, str]] = set()
    kept = []
    for via in sorted(found, key=lambda via: via.span):
        if (via.name, via.kind) not in seen:
            seen.add((via.name, via.kind))
            kept.append(via)
    return kept
