"""Whether two names can be one outlet's: "the Gleam", "ASI"."""

from __future__ import annotations

import re

from factcheck import outlets
from factcheck.records import Article

_SMALL = frozenset(
    "of de da do du des del della di la le el los las les y e et und van der the".split()
)
# What may be left out behind the name of an agency: "(Calder)" for Calder Press.
_AGENCY = frozenset("agency info media news newswire noticias press service wire".split())


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
    """Whether two names of outlets can be one: equal, the end or beginning of it, its initials."""
    a, b = outlets.key(one).split(), outlets.key(other).split()
    if not a or not b:
        return False
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    if len(short) < len(long):
        if long[-len(short) :] == short:
            return True
        if long[: len(short)] == short and _AGENCY.issuperset(long[len(short) :]):
            return True
        if len(short) == 1 and len(short[0]) > 1:
            initials = "".join(word[0] for word in long if word not in _SMALL)
            return initials.startswith(short[0]) or short[0] == "".join(w[0] for w in long)
    return False
