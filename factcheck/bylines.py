"""A line → whether it says who wrote the article, or opens with where it was filed."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_ENDED = re.compile(r"[.!?…:;,。][\"'”’»)\]]*$")
_BYLINE = re.compile(
    r"^(?:(?:(?i:exclusive|words|text|story|written|reported|compiled)[:,|–—-]? )?(?i:by):?"
    r"|From|FROM)\s+(?=\S)"
)
# What stands behind the name: an address, an account, what the writer is.
_BEHIND_NAME = re.compile(r"(?:[,|·•/–—-]\s*)?(?<!\S)(?:\S+@\S+\.\w+|@\w{2,30})(?!\S)")
_POSTS = "editor|correspondent|reporter|writer|columnist|critic|journalist"
_POST = re.compile(
    rf"(?i)[,|·•–—-]\s+(?:[\w'’&-]+ ){{0,4}}(?:{_POSTS}|producer|bureau|desk)s?"
    r"(?:[- ](?:at[- ]large|in[- ]chief))?(?: (?:in|at|for) .{2,40})?$"
)
# Who wrote it without "by": "Una Price Education correspondent", and a name over its post.
_KINDS = "chief|senior|staff|foreign|political|news|deputy|affairs|policy|health|crime|education"
_TITLED = re.compile(
    r"(?!The |An? )[A-Z][\w.'’-]+ (?:[A-Z]\. )?[A-Z][\w'’-]+,? "
    rf"(?:(?:[A-Z][\w'’&-]+|and|business|{_KINDS}) ){{0,3}}(?i:{_POSTS})"
)
_NAME = re.compile(r"(?:[A-Z][\w.'’-]+ ){1,2}[A-Z][\w'’-]+")
_POST_ALONE = re.compile(rf"(?:[\w'’&-]+ ){{0,3}}(?:{_POSTS})", re.IGNORECASE)
_OF_NAMES = frozenset("and of the for de la van von bin al".split())
# "RIVERTON, Ohio, May 3 (Calder) - The mayor", "MARBY. (Calder) — The".
_FILED_ON = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?|\d{1,2} [A-Z][a-z]{2,8}\.?(?:,? \d{4})?)"
_AGENCY = r"[(\[][^()\[\]\n]{2,40}[)\]]"
_DATELINE = re.compile(
    r"(?:(?=[A-Z .'’-]*[A-Z]{3})[A-Z][A-Z.'’/-]+(?: [A-Z][A-Z.'’/-]+){0,4}"
    rf"(?:, (?:[A-Z][\w.'’-]+ ?){{1,3}})?(?:,? ?{_FILED_ON})?\.?(?: ?{_AGENCY})?"
    rf"|(?:[A-Z][\w.'’/-]+,? ){{1,4}}(?:{_FILED_ON} ?(?:{_AGENCY} ?)?|{_AGENCY} ?))"
    r"[.:]? ?[—–-]{1,2} ?(?=[\"“'‘A-Z0-9])"
)


def is_byline(line: str) -> bool:
    """Whether a line says who wrote the article and nothing else."""
    opened = _BYLINE.match(line)
    if not opened:
        return len(line) <= 80 and _TITLED.fullmatch(line) is not None
    rest = _BEHIND_NAME.sub("", line[opened.end() : 200]).rstrip(" ,|·•/–—-")
    names = _WORD.findall(_POST.sub("", rest))
    if not 0 < len(names) <= 13 or _ENDED.search(rest):
        return False
    if line[0].islower():
        # A line of running text may begin with "by" too, but hardly with a whole name alone.
        return len(names) > 1 and all(w[0].isupper() or w in _OF_NAMES for w in names)
    return capitalised(names) > 0.6


def is_dateline(line: str) -> bool:
    """Whether a line opens with where and by whom it was filed, and running text follows."""
    return _DATELINE.match(line[:160]) is not None


def is_name(line: str) -> bool:
    """Whether a line may be a person's name and is nothing else."""
    return len(line) <= 60 and _NAME.fullmatch(line) is not None


def is_post(line: str) -> bool:
    """Whether a line says what a journalist is and nothing else: "Education correspondent"."""
    return len(line) <= 60 and _POST_ALONE.fullmatch(line) is not None


def capitalised(words: Sequence[str]) -> float:
    """The share of capitalised words among those long enough to be capitalised in a headline."""
    long = [word for word in words if len(word) > 3 or word[0].isupper()]
    return sum(word[0].isupper() or word[0].isdigit() for word in long) / (len(long) or 1)
