"""Who vouches for a statement: the voices of a group."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from factcheck import lang
from factcheck.access.public import described
from factcheck.access.same import same_outlet
from factcheck.access.words import lexicon as outlet_words
from factcheck.attribution.identity import same_body_named_shorter, same_speaker, speaks_for
from factcheck.attribution.lexicon import fold, lexicon
from factcheck.outlets import key
from factcheck.records import Claim, Origin, Speaker, SpeakerKind, Voice

_TRADES = lang.words("provenance", "voices", "trades")
_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"[“\"]([^“”\"]+)")
# Words that two quotations share only where they are one.
_SAME_WORDS = 5
# Quoted words, in a row but for a few, that are one utterance, and the share of the shorter that
# must be the other's; what is reported is told in other small words, so its telling words count.
_QUOTE, _REPORTED, _NEARLY = 4, 6, 0.85
# ... and how many words of a sentence with a shorter quotation in it.
_SENTENCE = 5
# Initials that are no chance.
_INITIALS = 3
# A role that one person has: no "one of", no "two".
_ROLE = re.compile(r"[^\W\d]+(?: [^\W\d]+)?")
_DOCUMENT = re.compile(
    r"(?P<before>.+?)(?:['’]s?)? (?:(?:news|press) )?"
    r"(?:release|statement|communiqu[eé]|announcement)"
    r"|(?:(?:news|press) )?(?:release|statement|announcement) (?:by|from|of) (?:the |an? )?"
    r"(?P<behind>.+)"
)
_BECAME = re.compile(r",? (?:which|that|obtained|seen|leaked|published|dated) .*")
_ASIDE = re.compile(r" \([^()]{0,60}\)$")
# Sources that a reader could find.
_NAMED = ("named", "organisation")


def one_voice(a: Speaker, b: Speaker) -> bool:
    """Whether two sources count as one voice.

    They do where they are the same, and where two unnamed ones, or two names that fit together
    ("Aliyev"), are not shown to differ. Who speaks for an organisation is its voice, and so is the
    organisation named in short ("the ministry").
    """
    same = same_speaker(a, b)
    if same is not True and _one_paper(a, b):
        return True
    if same is not True and (_wrote(a, b) or _wrote(b, a)):
        return True
    if same is True or (same is None and a.kind == b.kind and a.kind in ("unnamed", "named")):
        return True
    if same is None and (_in_short(a, b) or _in_short(b, a)):
        return True
    if _named_with(a, b) or _named_with(b, a):
        return True
    one, other = _body(a), _body(b)
    if one is None or other is None:
        return False
    return (
        same_speaker(one, other) is True
        or same_body_named_shorter(one, other)
        or _headed(one, other)
        or _headed(other, one)
        or _initials(one, other)
        or _initials(other, one)
    )


def _one_paper(a: Speaker, b: Speaker) -> bool:
    """Whether two papers are called the same, but for what became of one: "which was leaked"."""
    if a.kind != "document" or b.kind != "document":
        return False
    one, other = (_BECAME.sub("", fold(paper.name)) for paper in (a, b))
    return one == other and " " in one


def _in_short(short: Speaker, full: Speaker) -> bool:
    """Whether one is the other by its role alone: "the minister", "Lena Voss, energy minister"."""
    if short.kind not in ("unnamed", "office") or full.kind != "named" or not full.role:
        return False
    role = re.sub(r"^(?:the|our|its|their)\s+", "", fold(short.as_written))
    return _ROLE.fullmatch(role) is not None and f" {role} " in f" {fold(full.role)} "


def _named_with(office: Speaker, holder: Speaker) -> bool:
    """Whether an office is written with its holder's name: "Minister of Works, Ida Brandt"."""
    name = fold(holder.name)
    return (
        office.kind == "office"
        and holder.kind == "named"
        and " " in name
        and f" {name} " in f" {' '.join(_WORD.findall(fold(office.name)))} "
    )


def _wrote(document: Speaker, author: Speaker) -> bool:
    """Whether a document is somebody's: "Ida Brandt's statement"."""
    found = _DOCUMENT.fullmatch(document.name) if author.kind == "named" else None
    name = found and (found["before"] or found["behind"])
    if not name:
        return False
    whose = author.model_copy(update={"name": name, "as_written": name, "role": None})
    return same_speaker(whose, author) is True or _headed(whose, author)


def _body(speaker: Speaker) -> Speaker | None:
    """The organisation that a speaker is or speaks for, or whose statement it is."""
    if speaker.kind == "organisation":
        return speaker
    name = speaks_for(speaker)
    if name is None and (found := _DOCUMENT.fullmatch(_ASIDE.sub("", speaker.name))):
        name = found["before"] or found["behind"]
    return Speaker(name=name, as_written=name, kind="organisation") if name else None


def _headed(short: Speaker, full: Speaker) -> bool:
    """Whether one body is the other by the noun of its name: "the station", "the food agency" of a
    "Tarn Food Agency".
    """
    noun, name = fold(short.name), fold(full.name)
    ends = name.endswith(f" {noun}") or name.startswith(f"{noun} ")
    return noun.replace(" ", "").isalpha() and ends and _is_noun(short)


def _initials(short: Speaker, full: Speaker) -> bool:
    """Whether one body goes by the initials of the other: "TFSA"."""
    first = "".join(word[0] for word in full.name.split() if word[0].isupper())
    return short.name == first and len(first) >= _INITIALS


def _is_noun(speaker: Speaker) -> bool:
    return speaker.name.islower()


def _telling(voice: tuple[str, SpeakerKind]) -> tuple[bool, int, str]:
    """Order the names of one voice.

    A full name comes before a part of it, a plain description before a
    long-winded one, any description before a bare "source".
    """
    name, kind = voice
    if kind != "unnamed":
        return False, -len(name), name
    return " " not in name, len(name.split()), name


def voices(
    claims: Sequence[Claim], origins: Sequence[Origin] = (), outlets: Iterable[str] = ()
) -> tuple[Voice, ...]:
    """Return the voices of a group's claims, sorted by name.

    An outlet's own telling has none, unless it has the very words that another quotes.

    Nor is one an outlet through which a claim came, or one of `outlets`: those pass on. An unnamed
    source counts with every unnamed one that it is not shown to differ from; within one of
    `origins`, with the one that another outlet names.
    """
    keys = {key(name) for name in outlets}
    found: list[list[_Said]] = []
    for claim in claims:
        speaker = claim.voice or claim.speaker
        if speaker is None or _passes_on(claim, speaker, keys):
            continue
        said = _Said(claim, speaker)
        same = [v for v in found if any(_one(said, other) for other in v)]
        for merged in same:
            found.remove(merged)
        found.append([*(entry for voice in same for entry in voice), said])
    for claim in claims:
        if claim.voice is None and claim.speaker is None:
            repeated = [v for v in found if any(_repeats(claim, said.claim) for said in v)]
            if len(repeated) == 1:
                repeated[0].append(_Said(claim, repeated[0][0].speaker))
    for origin in origins:
        found = _named_in(found, frozenset(origin.claims))
    result = []
    for members in found:
        name, kind = min(((s.speaker.name, s.speaker.kind) for s in members), key=_telling)
        held = tuple(sorted(said.claim.id for said in members))
        result.append(Voice(name=name, kind=kind, claims=held))
    return tuple(sorted(result, key=lambda v: (v.name, v.claims)))


def undisputed(found: Sequence[Voice], claims: Sequence[Claim]) -> tuple[Voice, ...]:
    """The voices of a group in which nothing is in conflict: the one whom an outlet names and the
    one whom others only describe ("the sculptor") are one, if no others speak.
    """
    if author := _author(found, claims):
        return (author,)
    named = [voice for voice in found if voice.kind in _NAMED and not _is_common(voice)]
    told = [v for v in found if v.kind == "unnamed" or _of_somebody(v) or _is_common(v)]
    if len(found) != 2 or len(named) != 1 or len(told) != 1:
        return tuple(found)
    said = {c.id: (c.article, speaker) for c in claims if (speaker := c.voice or c.speaker)}
    if _is_common(told[0]) and any(_is_person(said[c][1]) for c in named[0].claims if c in said):
        return tuple(found)
    one, other = ([said[c] for c in v.claims if c in said] for v in (named[0], told[0]))
    if any(speaker.count != 1 for _, speaker in other) or any(
        a == b or (y.kind == "unnamed" and same_speaker(x, y) is False)
        for a, x in one
        for b, y in other
    ):
        return tuple(found)
    both = tuple(sorted((*named[0].claims, *told[0].claims)))
    return (named[0].model_copy(update={"claims": both}),)


def _author(found: Sequence[Voice], claims: Sequence[Claim]) -> Voice | None:
    """The one voice, where all that one of two said was said in a paper, and the other is a paper:
    "the doctors say in an open letter", "according to the letter".
    """
    papers = [voice for voice in found if voice.kind == "document"]
    others = [voice for voice in found if voice.kind != "document"]
    if len(papers) != 1 or len(others) != 1:
        return None
    said = [claim.access for claim in claims if claim.id in others[0].claims]
    if not all(a.kind == "document" and not a.carried for a in said):
        return None
    return others[0].model_copy(
        update={"claims": tuple(sorted((*others[0].claims, *papers[0].claims)))}
    )


def _is_common(voice: Voice) -> bool:
    """Whether a voice is a body that is only called what it is: "the yarn maker"."""
    return voice.kind == "organisation" and voice.name.islower()


def _is_person(speaker: Speaker) -> bool:
    """Whether a named source is a person by a first name or a role."""
    first, *more = fold(speaker.name).split()
    return bool(speaker.role) or (bool(more) and first in lexicon().first_names)


def _of_somebody(voice: Voice) -> bool:
    """Whether a voice is the statement of somebody who is not named."""
    found = _DOCUMENT.fullmatch(voice.name) if voice.kind == "document" else None
    return found is not None and (found["before"] or found["behind"]).islower()


class _Said(NamedTuple):
    claim: Claim
    speaker: Speaker


def _repeats(own: Claim, quoted: Claim) -> bool:
    """Whether an outlet's own telling has all that another quotes, word by word."""
    if quoted.quote not in ("direct", "mixed"):
        return False
    words = _words(quoted.text)
    return len(words.split()) >= _SAME_WORDS and words in _words(own.text)


def same_words(a: Claim, b: Claim) -> bool:
    """Whether two claims quote the same words, or one of them more of it."""
    quotes = ("direct", "mixed")
    if a.quote not in quotes or b.quote not in quotes:
        return False
    one, other = sorted((_words(a.text), _words(b.text)), key=len)
    return len(one.split()) >= _SAME_WORDS and one in other


def another_said(a: Claim, b: Claim) -> bool:
    """Whether two claims give the same words, or nearly the same, to two who are not one voice.

    Of a document it is not asked: what it says, who wrote it says as well. Nor of a name that is
    but a part, or has a part of the other's: it may be the same person's after all.
    """
    one, other = a.speaker, b.speaker
    if one is None or other is None or "document" in (one.kind, other.kind):
        return False
    if one.kind == other.kind == "named":
        parts = [set(fold(speaker.name).split()) for speaker in (one, other)]
        if min(map(len, parts)) < 2 or parts[0] & parts[1]:
            return False
    return same_speaker(one, other) is False and not one_voice(one, other) and _one_wording(a, b)


def _one_wording(a: Claim, b: Claim) -> bool:
    quoted = all(claim.quote in ("direct", "mixed") for claim in (a, b))
    one, other = _words(a.text).split(), _words(b.text).split()
    if quoted and (_within(one, other, _QUOTE) or _one_sentence(a, b)):
        return True
    functions = lexicon().functions
    one, other = ([word for word in words if word not in functions] for words in (one, other))
    return _within(one, other, _QUOTE if quoted else _REPORTED)


def _one_sentence(a: Claim, b: Claim) -> bool:
    """Whether two claims have the same quoted words in the same words around them.

    A word or two that are quoted many say; a reporter's whole sentence with them is told once.
    """
    one, other = (_WORD.findall(fold(claim.text)) for claim in (a, b))
    return one == other and len(one) >= _SENTENCE


def _within(one: Sequence[str], other: Sequence[str], least: int) -> bool:
    """Whether the shorter of two rows of words stands in the longer, but for a few."""
    shorter = min(len(one), len(other))
    return shorter >= least and LCSseq.similarity(one, other) >= _NEARLY * shorter


def _one(a: _Said, b: _Said) -> bool:
    """Whether two claims have one voice: by who is named, or by a quotation in the same words."""
    return (one_voice(a.speaker, b.speaker) and not _of_two_trades(a, b)) or (
        same_words(a.claim, b.claim) and same_speaker(a.speaker, b.speaker) is not False
    )


def _of_two_trades(a: _Said, b: _Said) -> bool:
    """Whether two who are not named, a driver and an engineer, each talked to another outlet."""
    if any(s.speaker.kind != "unnamed" or s.claim.access.kind != "interview" for s in (a, b)):
        return False
    nouns = {fold(described(s.speaker.name)).split()[-1] for s in (a, b)}
    return a.claim.article != b.claim.article and len(nouns) == 2 and nouns <= _TRADES


def _words(text: str) -> str:
    """The words of a quotation, what stands around the marks left out."""
    text = " ".join(_QUOTED.findall(text)) or text
    return f" {' '.join(_WORD.findall(fold(text)))} "


def _passes_on(claim: Claim, speaker: Speaker, outlets: Collection[str]) -> bool:
    """Whether a source is an outlet that only passes on what it tells.

    Beside a relay "the newspaper" and "the agency" are the relay.
    """
    relays = [via.name for via in claim.via if via.kind in ("agency", "outlet")]
    if relays and fold(speaker.name) in outlet_words().nouns:
        return True
    if speaker.kind not in ("named", "organisation", "document"):
        return False
    return key(speaker.name) in outlets or any(same_outlet(n, speaker.name) for n in relays)


def _named_in(found: list[list[_Said]], origin: Collection[str]) -> list[list[_Said]]:
    """Put the unnamed voices of an origin with the only one that is named, if another outlet
    names it and nothing shows that they differ.
    """
    here = [v for v in found if any(said.claim.id in origin for said in v)]
    named = [v for v in here if any(said.speaker.kind in _NAMED for said in v)]
    if len(named) > 1 or len(here) < 2:
        return found
    one = (named or here)[0]
    articles = {said.claim.article for said in one}
    joined = [
        voice
        for voice in here
        if voice is not one
        and articles.isdisjoint(said.claim.article for said in voice)
        and not any(same_speaker(a.speaker, b.speaker) is False for a in voice for b in one)
    ]
    kept = [v for v in found if v is not one and all(v is not other for other in joined)]
    return [*kept, [*one, *(said for voice in joined for said in voice)]]
