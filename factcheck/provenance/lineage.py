"""What tells for one telling of a statement having been taken from another: measures of pairs.

A measure is of a pair in one direction: `child` may have it from `parent`. Whole articles speak,
and so do the sentences at hand: what an outlet adds to a story that it took over is its own.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from factcheck import outlets
from factcheck.access import in_public
from factcheck.access.same import in_text
from factcheck.access.words import lexicon
from factcheck.attribution.identity import same_speaker
from factcheck.attribution.lexicon import fold
from factcheck.provenance.access import Access
from factcheck.provenance.derivation import Texts, precedes
from factcheck.provenance.likeness import Likeness, Pages, alike
from factcheck.provenance.measures import MEASURES, Measures
from factcheck.provenance.passages import longest_run
from factcheck.provenance.reporting import reporting
from factcheck.provenance.voices import one_voice
from factcheck.records import Article, Speaker

# Claims of an article that are held against other articles', sentences around a claim in which
# a name speaks for it, words in a row at most.
_MOST_CLAIMS, _NEAR, _MOST_ROW = 30, 2, 12
# Words in a row that two have by saying where it was said: "at a news conference".
_AT_ONE_PLACE = 4
_FEW = 2
_RARE = 4.0
_MOST_RIVALS = 12
_AGENCY = re.compile(r"(?i)\b(?:agency|wire|press|news service|presse|agence|agenc[ij]a|agenzia)\b")
_INITIALS = 3


class Telling(NamedTuple):
    """What one article tells of a statement."""

    article: str
    family: str
    members: tuple[Access, ...]

    @property
    def sentences(self) -> list[int]:
        """The sentences that it stands in."""
        return sorted({n for access in self.members for n in access.sentences})

    @property
    def voices(self) -> list[Speaker]:
        """Who vouches for it."""
        return list(dict.fromkeys(a.voice for a in self.members if a.voice))


def tellings(members: Sequence[Access]) -> list[Telling]:
    """The tellings of a group's claims, in the order of their first claims."""
    found: dict[tuple[str, str], list[Access]] = {}
    for member in members:
        found.setdefault((member.claim.article, member.family), []).append(member)
    return [
        Telling(article, family, tuple(told[:_MOST_CLAIMS]))
        for (article, family), told in found.items()
    ]


class Lineage:
    """Measures pairs of tellings in the articles of one run."""

    def __init__(
        self,
        articles: Sequence[Article],
        texts: Texts,
        groups: Iterable[Sequence[str]],
        accesses: Mapping[str, Access],
    ) -> None:
        """`groups` hold the articles of each group's claims: those that meet tell of one event.

        `accesses` are those of all claims.
        """
        self._articles = {article.id: article for article in articles}
        told: dict[str, list[Access]] = {article.id: [] for article in articles}
        for access in accesses.values():
            told[access.claim.article].append(access)
        self._reporting = {a.id: reporting(a, told[a.id]) for a in articles}
        self._texts, self._pages = texts, Pages(articles, texts)
        met: dict[str, dict[str, int]] = {}
        for group in groups:
            for one, other in itertools.permutations(sorted(set(group)), 2):
                there = met.setdefault(one, {})
                there[other] = there.get(other, 0) + 1
        place = {article.id: n for n, article in enumerate(articles)}
        self._rivals = {
            name: sorted(others, key=lambda o: (-others[o], place[o]))[:_MOST_RIVALS]
            for name, others in met.items()
        }
        self._named = _Names(articles)
        self._local: dict[str, bool] = {}
        self._voices: dict[tuple[Speaker, Speaker], tuple[bool, bool]] = {}

    def rivals(self, a: str, b: str) -> list[str]:
        """The other articles that tell of the event of two."""
        both = dict.fromkeys((*self._rivals.get(a, ()), *self._rivals.get(b, ())))
        return [name for name in both if name not in (a, b)]

    def published(self, name: str) -> str | None:
        """When an article was published, as far as it tells."""
        return self._articles[name].published

    def likeness(self, a: str, b: str) -> Likeness:
        """What one article has in common with another."""
        return self._pages.between(a, b, self.rivals(a, b))

    def measure(self, child: Telling, parent: Telling, tellers: int) -> Measures:
        """What tells for `child` having been taken from `parent`, of so many tellers."""
        rivals = self.rivals(child.article, parent.article)
        found = self._articles_apart(child, parent, len(rivals) < _FEW)
        found |= self._here(child, parent, rivals)
        found |= self._naming(child, parent)
        found |= _ways(child, parent)
        if found["occasion-same"]:
            found["row"] = max(0.0, found["row"] - _AT_ONE_PLACE)
        found |= self._speaking(child, parent)
        found |= self._worked(child, parent, rivals)
        found |= {
            "private-both": found["same-voice"] * min(found["private"], _private(parent)),
            "tellers": math.log(tellers),
            "agency": float(_is_agency(self._articles[child.article])),
            "parent-agency": float(_is_agency(self._articles[parent.article])),
        }
        return np.array([found[name] for name in MEASURES])

    def _articles_apart(self, child: Telling, parent: Telling, few: bool) -> dict[str, float]:
        likeness = self.likeness(child.article, parent.article)
        mine = self._articles[child.article].published
        theirs = self._articles[parent.article].published
        days = [d[:10] for d in (mine, theirs) if d]
        return {
            "copied": likeness.copied,
            "passages": math.log1p(likeness.passages),
            "covered": likeness.covered,
            "beyond": 0.0 if few else likeness.beyond,
            "beyond-few": likeness.beyond if few else 0.0,
            "alone": 0.0 if few else likeness.alone,
            "alone-few": likeness.alone if few else 0.0,
            "retold": likeness.retold,
            "order": likeness.order,
            "longer": max(-1.5, min(1.5, likeness.longer)),
            "earlier": (1 + precedes(mine, theirs) - precedes(theirs, mine)) / 2,
            "days-apart": float(len(days) == 2 and days[0] != days[1]),
        }

    def _here(self, child: Telling, parent: Telling, rivals: Sequence[str]) -> dict[str, float]:
        """The sentences at hand, and those beside them."""
        one, other = self._pages.page(child.article), self._pages.page(parent.article)
        pairs = list(itertools.product(child.sentences, parent.sentences))
        beside = (
            alike(one.sentence(x + dx), other.sentence(y + dy))
            for x, y in pairs
            for dx, dy in itertools.product((-1, 1), repeat=2)
        )
        mine = {w: v for n in child.sentences for w, v in one.sentence(n).items()}
        theirs = {w for n in parent.sentences for w in other.sentence(n)}
        others = [self._pages.page(name).terms for name in rivals]
        rare = math.fsum(
            mine[word]
            for word in sorted(mine.keys() & theirs)
            if mine[word] >= _RARE and not any(word in terms for terms in others)
        )
        words, there = self._texts.words[child.article], self._texts.words[parent.article]
        row = max(
            longest_run(words.sentences[x], there.sentences[y], self._texts.common)
            for x, y in pairs
        )
        lengths = [sum(len(m.claim.text) for m in t.members) for t in (child, parent)]
        few = len(rivals) < _FEW
        return {
            "wording": max(alike(one.sentence(x), other.sentence(y)) for x, y in pairs),
            "rare-here": 0.0 if few else math.log1p(rare),
            "rare-here-few": math.log1p(rare) if few else 0.0,
            "row": min(_MOST_ROW, row),
            "beside": max(beside),
            "detail": max(-2.0, min(2.0, math.log((lengths[0] + 1) / (lengths[1] + 1)))),
            "new-here": math.fsum(v for w, v in mine.items() if w not in other.terms)
            / (math.fsum(mine.values()) or 1.0),
            "figure-new": float(any(w[0].isdigit() and w not in other.terms for w in mine)),
        }

    def _worked(self, child: Telling, parent: Telling, rivals: Sequence[str]) -> dict[str, float]:
        """How the two outlets came to what else they tell."""
        mine = self._reporting[child.article]
        found = {
            "local": float(self._is_local(child.article)),
            "attended": mine.attended,
            "filed": mine.filed,
        }
        for telling, other, prefix in ((child, parent, ""), (parent, child, "parent-")):
            whole = self._reporting[telling.article]
            quotes = self._pages.page(telling.article).quotes
            taken = (self._pages.page(name).quotes for name in (other.article, *rivals))
            found |= {
                f"{prefix}heard": whole.heard,
                f"{prefix}passed-on": whole.passed_on,
                f"{prefix}own-quotes": whole.quotes(len(quotes.difference(*taken))),
            }
        return found

    def _is_local(self, name: str) -> bool:
        """Whether an outlet bears a name that other articles on the event have, and not for it."""
        if name not in self._local:
            outlet = self._articles[name].outlet
            words = {w for w in re.findall(r"[^\W\d_]{4,}", outlet) if w[0].isupper()}
            words = {w for w in words if fold(w) not in lexicon().outlet}
            bare = in_text(outlet)[1]
            texts = (self._articles[n].text.replace(bare, "") for n in self._rivals.get(name, ()))
            found = (re.search(rf"(?<=[a-z,] )(?:{'|'.join(sorted(words))})", t) for t in texts)
            self._local[name] = bool(words) and any(found)
        return self._local[name]

    def _naming(self, child: Telling, parent: Telling) -> dict[str, float]:
        """Whether one article names the other's outlet, and near what it tells."""
        named = self._named.of(child.article).get(parent.family, ())
        held = child.sentences
        near = any(held[0] - _NEAR <= n <= held[-1] + _NEAR for n in named)
        return {
            "names-here": float(near),
            "named-back": float(child.family in self._named.of(parent.article)),
        }

    def _speaking(self, child: Telling, parent: Telling) -> dict[str, float]:
        same, differ = False, bool(child.voices and parent.voices)
        for one, other in itertools.product(child.voices, parent.voices):
            if (one, other) not in self._voices:
                self._voices[one, other] = one_voice(one, other), same_speaker(one, other) is False
            agree, apart = self._voices[one, other]
            same, differ = same or agree, differ and apart
        claims = [access.claim for access in child.members]
        quoted = [
            any(m.claim.quote in ("direct", "mixed") for m in t.members) for t in (child, parent)
        ]
        return {
            "narrates": float(any(c.kind == "report" for c in claims)),
            "parent-narrates": float(any(m.claim.kind == "report" for m in parent.members)),
            "unnamed": float(any(v.kind == "unnamed" for v in child.voices)),
            "quoted": float(quoted[0]),
            "private": _private(child),
            "parent-private": _private(parent),
            "parent-quoted": float(quoted[1]),
            "same-voice": float(same),
            "other-voices": float(differ),
        }


def _ways(child: Telling, parent: Telling) -> dict[str, float]:
    """Relays and occasions that the two name."""
    hands = [h for a in child.members for h in a.hands]
    there = [h for a in parent.members for h in a.hands]
    own = [h for h in hands if parent.members[0].has_from(h)]
    back = [h for h in there if child.members[0].has_from(h)]
    mine = {h.family for h in hands if h not in own and h.stated}
    theirs = {h.family for h in there if h not in back and h.stated}
    return {
        "relay": float(any(h.stated and not h.carried for h in own)),
        "relay-carried": float(any(h.stated and h.carried for h in own)),
        "relay-perhaps": float(any(not h.stated for h in own)),
        "relay-other": float(bool(mine)),
        "parent-relay": float(bool(theirs)),
        "relay-back": float(any(h.stated for h in back)),
        "first-hand": float(any(a.first_hand for a in child.members)),
        "parent-first-hand": float(any(a.first_hand for a in parent.members)),
        "first-hand-both": float(
            all(any(a.first_hand for a in t.members) for t in (child, parent))
        ),
        "occasion": float(any(map(_public, child.members))),
        "occasion-same": float(bool(_occasions(child) & _occasions(parent))),
        "unplaced": float(
            any(a.unplaced for a in child.members) and any(a.unplaced for a in parent.members)
        ),
    }


def _public(access: Access) -> bool:
    named = any(via.kind in ("venue", "document") for via in access.claim.via)
    return named or access.claim.access.kind in ("public", "document")


def _occasions(telling: Telling) -> set[str | None]:
    """The names of the occasions and documents that a telling is placed at."""
    return {a.claim.access.name for a in telling.members if _public(a)} - {None}


def _private(telling: Telling) -> float:
    """How likely it is that one who says it did not say it in public; none where nobody does."""
    return max(
        (1 - in_public(a.voice, a.claim.access) for a in telling.members if a.voice), default=0.0
    )


def _is_agency(article: Article) -> bool:
    known = outlets.lookup(article.outlet)
    return known.kind == "agency" if known else bool(_AGENCY.search(article.outlet))


class _Names:
    """Where articles name each other's outlets: in full, without "The", or by their initials."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._articles = {article.id: article for article in articles}
        self._by_first: dict[str, list[tuple[str, str]]] = {}
        known = dict.fromkeys((a.outlet, a.family) for a in self._articles.values())
        for outlet, family in known:
            for name in _forms(outlet):
                first = re.match(r"\w+", name)
                if first:
                    self._by_first.setdefault(first.group(), []).append((name, family))
        self._found: dict[str, Mapping[str, tuple[int, ...]]] = {}

    def of(self, name: str) -> Mapping[str, tuple[int, ...]]:
        """The families that an article names, each with the sentences."""
        if name not in self._found:
            article = self._articles[name]
            places: dict[str, list[int]] = {}
            for number, sentence in enumerate(article.sentences):
                text = article.text[sentence.start : sentence.end]
                for match in re.finditer(r"\w+", text):
                    for form, family in self._by_first.get(match.group(), ()):
                        end = match.start() + len(form)
                        whole = not text[end : end + 1].isalnum()
                        if whole and text.startswith(form, match.start()):
                            places.setdefault(family, []).append(number)
            places.pop(article.family, None)
            self._found[name] = {family: tuple(found) for family, found in places.items()}
        return self._found[name]


def _forms(outlet: str) -> set[str]:
    plain = re.sub(r"^The\s+", "", outlet)
    initials = "".join(word[0] for word in re.findall(r"\w+", plain) if word[0].isupper())
    return {plain, *([initials] if len(initials) >= _INITIALS else [])}
