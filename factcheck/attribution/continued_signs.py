"""What tells for and against a sentence going on with the speaker before it: its signs.

Each function gives signs by name, most of them 0 or 1; what is not named is 0. `Step` is where a
reader stands: who spoke last, and what has followed since.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, get_args

from factcheck import lang
from factcheck.attribution.lexicon import lexicon
from factcheck.records import Article, Sentence, Speaker, SpeakerKind

if TYPE_CHECKING:
    from factcheck.attribution.resolve import Resolved

Signs = dict[str, float]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_QUOTED = re.compile(r"[\"“”«»„]|(?<!\w)['‘]")
_MASKED = re.compile(r"[\"“„«][^\"”“»]*[\"”“»]?")
_KINDS: tuple[SpeakerKind, ...] = get_args(SpeakerKind)
_PERSON = lang.words("attribution", "continuing", "person")
_BODY = lang.words("attribution", "continuing", "body")
_FIRST = lang.words("attribution", "continuing", "first")
_REFERRING = lang.words("attribution", "continuing", "referring")
_SHIFTED = lang.words("attribution", "continuing", "shifted")


def _by_name(key: str) -> dict[str, frozenset[str]]:
    """Sets of words by the names that the model has for them, in their order."""
    sets: dict[str, str] = lang.table("attribution")["continuing"][key]
    return {name: frozenset(words.split()) for name, words in sets.items()}


_OPENERS = _by_name("openers")
_VERBS = _by_name("verbs")
_VERB_OF = {word: name for name, words in _VERBS.items() for word in words}
_CUES = _by_name("cues")
# Signs of a text by a pattern.
_MARKS = {
    "figures": re.compile(r"\d"),
    "year": re.compile(r"\b(?:1[89]|20)\d\d\b"),
    "day": re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"),
    "quotes": _QUOTED,
    "exclaims": re.compile(r"!"),
    "brackets": re.compile(r"\("),
    "colon": re.compile(r":"),
    "semicolon": re.compile(r";"),
    "dash": re.compile(r"[–—]| - "),
}
_SHORT, _MOST_SHARED = 6, 3


@dataclass(slots=True)
class Step:
    """Who spoke last (`said`, in sentence `said_at`, `alone` in it; `often` of `all_said`
    attributions of the article), and what has followed: sentences that went on, and that did not.
    """

    said: Resolved
    said_at: int
    alone: bool
    often: int
    all_said: int
    carried: list[int] = field(default_factory=list)
    untold: int = 0

    @property
    def speaker(self) -> Speaker:
        """The speaker, who is never missing here."""
        assert self.said.speaker is not None
        return self.said.speaker


def of_said(article: Article, step: Step) -> Signs:
    """How the one before is told to speak."""
    text, one, speaker = article.text, step.said.attribution, step.speaker
    cue = set(_words(" ".join(text[s:e] for s, e in one.cue)))
    content = " ".join(text[s:e] for s, e in one.content)
    told = set(_words(content))
    direct = bool(_QUOTED.search(content[:1] + content[-1:]))
    last_cue = max((end for _, end in one.cue), default=0)
    found: Signs = {
        "direct": float(direct),
        "partly quoted": float(not direct and bool(_QUOTED.search(content))),
        "no cue": float(not cue),
        "cue last": float(last_cue > max((end for _, end in one.content), default=0)),
        "alone": float(step.alone),
        "shifted before": float(bool(told & _SHIFTED)),
        "was before": float(bool(told & _VERBS["was"])),
        "is before": float(bool(told & (_VERBS["is"] | _VERBS["will"]))),
        "pronoun": float(speaker.as_written.lower() in _PERSON | _BODY),
        "often": math.log(1 + step.often),
        "share": step.often / max(1, step.all_said),
        "inner": float(step.said.parent is not None),
        "last content short": float(len(told) < _SHORT),
    }
    found |= {name: float(bool(cue & words)) for name, words in _CUES.items()}
    found |= {f"kind {kind}": float(speaker.kind == kind) for kind in _KINDS}
    return found | {f"via {via.kind}": 1.0 for via in step.said.via if not via.carried}


def of_place(article: Article, step: Step, number: int) -> Signs:
    """Where the sentence stands to the one that names its speaker."""
    sentences = article.sentences
    block = sentences[number].block
    blocks = block - sentences[step.said_at].block
    last = number + 1 == len(sentences) or sentences[number + 1].block != block
    first = sentences[number - 1].block != block
    return {
        "same block": float(blocks == 0),
        "next block": float(blocks == 1),
        "far block": float(blocks > 1),
        "first of block": float(first),
        "last of block": float(last),
        "lone": float(first and last),
        "next to it": float(number - step.said_at == 1),
        "distance": math.log(number - step.said_at),
        "carried": float(bool(step.carried)),
        "just carried": float(number - 1 in step.carried[-1:]),
        "untold between": float(step.untold),
        "place": number / len(sentences),
        "opening": float(step.said_at < 2),
    }


def of_words(article: Article, step: Step, number: int, names: frozenset[str]) -> Signs:
    """The words of the sentence: how it opens, its tense, whom and what it tells of.

    `names` are the words that the article has with a capital in the middle of a sentence too.
    """
    text = _text(article, article.sentences[number])
    bare = _MASKED.sub(" ", text)
    written = _WORD.findall(bare)
    lower = [word.lower() for word in written]
    held = set(lower)
    verb = next((_VERB_OF[word] for word in lower if word in _VERB_OF), "")
    found = _opening(written, names)
    found |= {f"verb {name}": float(name == verb) for name in _VERBS}
    found |= {f"holds {name}": float(bool(held & words)) for name, words in _VERBS.items()}
    found |= {name: float(bool(mark.search(text))) for name, mark in _MARKS.items()}
    negated = held & _OPENERS["no"] or any(word.endswith(("n't", "n’t")) for word in lower)
    past = any(word.endswith("ed") and word.islower() for word in written[1:])
    found |= {
        "past": float(past and not verb),
        "had been": float("had been" in " ".join(lower)),
        "negated": float(bool(negated)),
        "first person": float(bool(held & _FIRST)),
        "refers": float(bool(held & _REFERRING)),
        "length": math.log(1 + len(lower)),
        "short": float(len(lower) < _SHORT),
    }
    return found | _of_speaker(step.speaker, lower) | _shared(article, step, written)


def _opening(written: list[str], names: frozenset[str]) -> Signs:
    first = written[0] if written else ""
    found = {f"opens {name}": float(first.lower() in words) for name, words in _OPENERS.items()}
    name = first.lower() not in lexicon().functions
    found["opens name"] = float(name and first in names and not any(found.values()))
    found["opens figure"] = float(first[:1].isdigit())
    return found


def _of_speaker(speaker: Speaker, lower: list[str]) -> Signs:
    mine = _BODY if speaker.kind == "organisation" else _PERSON
    family = speaker.name.split()[-1].lower() if speaker.name.split() else ""
    return {
        "of speaker": float(lower[:1] != [] and lower[0] in mine),
        "holds speaker": float(not mine.isdisjoint(lower)),
        "names speaker": float(family in lower),
    }


def _shared(article: Article, step: Step, written: list[str]) -> Signs:
    """What the sentence has in common with the one that names its speaker, and what is new."""
    lex = lexicon()
    told = _WORD.findall(_text(article, article.sentences[step.said_at]))
    before = {word.lower() for word in told}
    long = {word.lower() for word in written if len(word) > len("the")}
    names = {word for word in written[1:] if word[:1].isupper()}
    names = {word for word in names if word.lower() not in lex.functions}
    shifted = bool(before & _SHIFTED) and not _VERBS["would"].isdisjoint(w.lower() for w in written)
    return {
        "shared": float(min(_MOST_SHARED, len((before & long) - lex.functions))),
        "new names": float(min(_MOST_SHARED, len(names - set(told)))),
        "shifted in both": float(shifted),
    }


def _text(article: Article, sentence: Sentence) -> str:
    return article.text[sentence.start : sentence.end]


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]
