"""The words around a name that tell what was done there: somebody told it, or it reports."""

from __future__ import annotations

import re
from typing import Literal

from factcheck import lang
from factcheck.records import Article, Span

# Cues by their names: by which somebody tells an outlet something, which only stand before its
# name, and which do not show that it was told or tells anything.
Telling = Literal["told", "spoke", "to", "told us", "this", "we"]
Bare = Literal["bare", "in", "as"]
Weak = Literal["bare", "in", "as", "to", "credit"]

_BEFORE, _AFTER = 80, 90
# Cues before a name that are looked for before those behind it.
_NEAREST = 8
_SKIP = (
    r"(?:(?!(?:that|which|who|and|but|when|after|in|on|at|of|for|from|by|to|with|said|as|had|has"
    r"|is|was)\b)[\w’'&-]+\s+){0,4}?[«\"“‘'(*_]{0,2}$"
)
_SPOKE = lang.words("access", "cues", "spoke")


def _before(*cues: str) -> re.Pattern[str]:
    return re.compile(rf"(?i)\b(?:{'|'.join(cues)})\s+{_SKIP}")


_SAID = (
    r"said|says|say|added|adds|wrote|writes|explained|admitted|confirmed|revealed|disclosed|related"
    r"|described|complained|conceded|put|insisted|reported|repeated|recalled|gave|gives|opened|sent"
)
# The first cue that fits is the one: what stands nearest to what it means.
_CUES_BEFORE: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "answered",
        _before(
            r"(?:confirm(?:s|ed|ing)?|den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?"
            r"|disput(?:es|ed|ing)|comment(?:s|ed|ing)?\s+on|respond(?:s|ed|ing)?\s+to"
            r"|react(?:s|ed|ing)?\s+to|asked\s+about)\s+(?:an?|the|that|this)\s+(?:[\w-]+\s+){0,2}?"
            r"(?:reports?|article|story|account|investigation)(?:\s+published)?\s+(?:in|by|from|of)",
        ),
    ),
    ("told", _before(r"told", r"tells", r"telling", r"informed", r"assured", r"assures")),
    # "Confided to a correspondent of the Herald".
    (
        "told",
        _before(
            r"(?:to|told|with)\s+an?\s+(?:\w+\s+)?(?:reporter|correspondent|journalist)"
            r"\s+(?:of|for|from|with|at)",
        ),
    ),
    # "Said Nils Aho, a harbour pilot, to the Herald".
    ("told", _before(rf"(?:{_SAID})(?:\s+[^\s,.;:]+){{1,4}},(?:\s+[^\s,.;:]+){{1,12}},\s+to")),
    (
        "spoke",
        _before(
            r"(?:spoke|spoken|speaks|speaking|talked|talking|talks)(?:\s+\w+){0,2}?\s+(?:to|with|on)",
            r"interviews?(?:\s+\w+){0,4}?\s+(?:with|to|for|on|by|in)",
            r"(?:interviewed|reached|contacted|phoned|visited)(?:\s+\w+)?\s+(?:by|on|for)",
            r"sat\s+down\s+with",
            r"(?:conversation|appearance|chat)\s+(?:with|on)",
            r"appear(?:ed|ing|s)\s+on",
            r"(?:grilled|quizzed|pressed|questioned|guest)\s+(?:by|on)",
        ),
    ),
    ("quoted by", _before(r"(?:quoted|cited)(?:\s+\w+){0,2}?\s+by")),
    (
        "reported by",
        _before(
            r"(?:reported|obtained|reviewed|seen|published|revealed|disclosed|carried|uncovered|aired"
            r"|broadcast|leaked|quoted|cited|shown|printed|recorded|broken)(?:\s+\w+){0,2}?"
            r"\s+(?:by|in|on|to)",
            r"(?:reports?|article|story|stories|investigation|editorial|column|piece|account|scoop"
            r"|reporting|reporters?|correspondent|journalists?)"
            r"(?:\s+\w+){0,2}?\s+(?:in|by|from|for|on|of|with|at)",
            r"citing",
            r"quoting",
            r"quotes",
            r"via",
            r"h/t",
            r"writ(?:es|ing|ten)\s+in",
        ),
    ),
    ("according", _before(r"according\s+to", r"per", r"thanks\s+to", r"credit\s+to")),
    ("to", _before(rf"(?:{_SAID})(?:\s+[^\s.;:]+){{0,6}}?\s+to", r"[Tt]o")),
    (
        "says",
        _before(
            r"(?:reports?|reported|learns|learned|writes|wrote|reveals|revealed|says|said|adds|claims"
            r"|understands|notes)"
        ),
    ),
    ("as", _before(r"as")),
    ("in", _before(r"in", r"on", r"by", r"from", r"with", r"at")),
)
_ASIDE = re.compile(r"\($")
# "Told Norway's news agency, the X".
_CALLED = re.compile(
    r"(?<=\s)(?:[\w’'-]+\s+){0,3}(?:agency|newspaper|paper|broadcaster|station|magazine|weekly|daily"
    r"|website|channel),\s+$"
)
_FILL = (
    r"(?:['’]s)?(?:,\s[^,.;]{2,60},|\s+\([^()]{1,30}\))?(?:,?\s+(?:magazine|newspaper|news\s+agency"
    r"|news|agency|website|site|portal|channel|network|newsletter|radio|tv|which|who|has|had|have"
    r"|also|then|first|since|now|today|earlier|later|only|is|was|are|been|\w+ly"
    r"|on\s+\w+day|this\s+\w+|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)){0,4}\s+"
)
_CUES_AFTER: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "reports",
        re.compile(
            _FILL + r"(?:reports?|reported|reporting|reveal(?:s|ed)|learn(?:s|ed|t)|understands?"
            r"|understood|broke|quot(?:es|ed|ing)|cit(?:es|ed|ing)|published|uncovered|broadcast"
            r"|aired|disclos(?:es|ed)|headlined|carried|printed)\b"
        ),
    ),
    (
        "seen",
        re.compile(
            _FILL + r"(?:seen|saw|read|reviewed|obtained|heard|viewed|shown"
            r"|(?:allowed|able|permitted)\s+to\s+(?:read|see|view)|got\s+to\s+(?:read|see))\b"
        ),
    ),
    (
        "wrote",
        re.compile(
            _FILL + r"(?:said|says|wrote|writes|found|finds|notes?|noted|puts?|claims?|claimed"
            r"|describ(?:es|ed)|calls|called|confirm(?:s|ed)|has\s+it|counts|counted|estimat\w+"
            r"|gives|gave|tells|told)\b"
        ),
    ),
    (
        "its report",
        re.compile(
            r"(?:['’]s?)?\s+(?:(?:newspaper|magazine|news)\s+)?(?:reports?|article|story|investigation"
            r"|interview|editorial|column|exclusive|account|survey|reporters?|correspondent|host"
            r"|journalists?|version|website|studio|microphones?)\b"
        ),
    ),
    (
        "spoke",
        re.compile(
            _FILL
            + r"(?:got\s+(?:through|hold)\s+(?:to|of)|reached|interviewed|contacted|phoned|rang"
            r"|met|visited|caught\s+up\s+with|spoke\s+(?:to|with)|talked\s+(?:to|with)"
            r"|tracked\s+down)\s+(?:him|her|them)\b"
        ),
    ),
    ("to which", re.compile(r",?\s+(?:to|with)\s+(?:which|whom)\b")),
)
# Where an outlet tells that it was told, or saw, itself.
US = re.compile(
    r"(?i)\b(?:told|tells|telling|assured|answered|wrote\s+to|said\s+to|says\s+to|spoke\s+(?:to|with)"
    r"|speaking\s+(?:to|with)|talked\s+to|admitted\s+to|explained\s+to|receives?|received|shows?"
    r"|showed|denied\s+to|interview\s+with|(?:seen|read|reviewed|obtained)\s+by)\s+"
    r"(?:us|me|our\s+\w+|this\s+\w+)\b"
    r"|\bthis\s+(?:news)?(?:paper|reporter|correspondent|site|station|magazine|website|blog|agency)\b"
    r"|\bour\s+(?:own\s+)?(?:camera\s+(?:crew|team)|crew|photographer|reporter|reporters|correspondent|newsroom|microphone|studio|source)\b"
    r"|\b(?:[Ww]e|I)\s+(?:asked|reached|spoke|met|visited|have\s+seen|saw|read|have\s+read|obtained"
    r"|found|counted|watched)\b"
)


def cue(article: Article, number: int, span: Span) -> str:
    """What is done with the name at `span`, in the sentence of this number."""
    sentence = article.sentences[number]
    text = article.text
    before = text[max(sentence.start, span[0] - _BEFORE) : span[0]]
    before = re.sub(r"(?:[Tt]he|[Aa]n?)\s+$", "", before) if before else before
    before = _CALLED.sub("", before)
    after = text[span[1] : min(sentence.end, span[1] + _AFTER)]
    for name, pattern in _CUES_BEFORE[:_NEAREST]:
        if pattern.search(before):
            return name
    for name, pattern in _CUES_AFTER:
        if pattern.match(after):
            return name
    for name, pattern in _CUES_BEFORE[_NEAREST:]:
        if pattern.search(before):
            return name
    return "aside" if _ASIDE.search(before) else "bare"


def to_us(words: str) -> str:
    """What is done to "us": "told", "spoke", or what we did ourselves."""
    first = words.lower().split()[0]
    if first in ("this", "our"):
        return "this"
    if first in ("we", "i"):
        return "we"
    return "spoke" if first in _SPOKE else "told us"
