"""What was changed in an article since it was first taken in, in the words that all formats share.

Everything here returns raw text that still holds words of articles: each renderer escapes it.
"""

from __future__ import annotations

from factcheck.dates import is_full
from factcheck.records import Article, Edit, EditedDetail, Version
from factcheck.reports.times import moment
from factcheck.reports.words import count, listed


def told(article: Article, version: Version) -> str:
    """In a sentence how an article was changed behind a version, and whether it says so."""
    details = [edited(detail) for edit in version.edits for detail in edit.details]
    inside = f" ({listed(details)})" if details else ""
    note = "" if version.notes else ", without a note"
    return (
        f"{article.outlet} changed its article {between(version)}: {edits(version)}{inside}{note}."
    )


def between(version: Version) -> str:
    """From when to when an article was changed, as far as its files tell."""
    first, last = version.retrieved, version.replaced
    if is_full(first) and is_full(last):
        return f"between {moment(first)} and {moment(last)}"
    if is_full(last):
        return f"before {moment(last)}"
    return f"after {moment(first)}" if is_full(first) else "since an earlier version"


def edits(version: Version) -> str:
    """How much of an article was changed: `2 sentences reworded, 1 cut`."""
    kinds = [edit.kind for edit in version.edits]
    told = [(kind, kinds.count(kind)) for kind in ("reworded", "added", "cut") if kind in kinds]
    if not told:
        return "a note of its editors was added"
    (kind, number), *rest = told
    return ", ".join([f"{count(number, 'sentence')} {kind}", *(f"{n} {kind}" for kind, n in rest)])


def edited(detail: EditedDetail) -> str:
    """A detail that is told otherwise now: `“12” is “15” now`."""
    if detail.slot == "polarity":
        return f"“{detail.after}” is new" if detail.after else f"“{detail.before}” is gone"
    if not detail.after:
        return f"“{detail.before}” is gone"
    return f"“{detail.before}” is “{detail.after}” now"


def edit_words(edit: Edit) -> str:
    """A sentence that was changed: `cut: …`, `reworded: … – now: …`."""
    now = f" – now: {edit.after}" if edit.before and edit.after else edit.after
    return f"{edit.kind}: {edit.before}{now}"
