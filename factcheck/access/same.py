"""Whether two names can be one outlet's: "the Gleam", "ASI"."""

from __future__ import annotations

import re
from functools import lru_cache

from factcheck import lang, outlets
from factcheck.records import Article

_SMALL = lang.words("access", "same", "small")
_AGENCY = lang.words("access", "same", "agency")
# Words of a name that has short forms, at most.
_LONGEST = 20
_BRACKETS = re.compile(r"\s*\([^()]{0,60}\)$")
_ARTICLE = re.compile(r"^(?:The|the)\s+")


def in_text(name: str) -> tuple[str, str]:
    """An outlet's name without what stands in brackets behind it, and how a sentence has it:
    without its article too.
    """
    plain = _BRACKETS.sub("", name)
    return plain, _ARTICLE.sub("", plain)


def is_own(article: Article, name: str) -> bool:
    """Whether a name is the article's own outlet, in full, in part or by its initials."""
    return same_outlet(name, article.outlet) or (
        article.family != article.outlet and same_outlet(name, article.family)
    )


def same_outlet(one: str, other: str) -> bool:
    """Whether two names of outlets can be one: equal, or one short for the other."""
    a, b = outlets.key(one), outlets.key(other)
    return bool(a and b) and (a == b or a in shorter(b) or b in shorter(a))


@lru_cache(maxsize=4096)
def shorter(key: str) -> frozenset[str]:
    """What an outlet may be called in short, by its key: the end of its name, the beginning where
    an agency's word follows, and its initials or the first of them.
    """
    words = key.split()
    if len(words) > _LONGEST:
        return frozenset()
    initials = "".join(word[0] for word in words if word not in _SMALL)
    found = {" ".join(words[n:]) for n in range(1, len(words))}
    found |= {" ".join(words[:n]) for n in range(1, len(words)) if _AGENCY.issuperset(words[n:])}
    if len(words) > 1:
        found |= {initials[:n] for n in range(2, len(initials) + 1)}
        found.add("".join(word[0] for word in words))
    return frozenset(found)
