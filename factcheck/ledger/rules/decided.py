"""FC3xx: the upkeep of the ledger, and of what articles ask to be ignored."""

from __future__ import annotations

from collections.abc import Iterator

from factcheck.hashing import key
from factcheck.ledger.rules.base import Context, Found, excerpt, listed, rule


@rule("FC301", "stale-decision", "warning")
def stale_decision(context: Context) -> Iterator[Found]:
    """A decision in the ledger no longer applies.

    It names claims that no article makes any more, or accepts a finding that is no longer
    there. It is told only by a check over whole folders.

    For example:
    A conflict of two articles was accepted, and one of them has since been corrected.

    To resolve:
    Remove the entry from `decisions`; the ledger's history keeps it.
    """
    for decision in context.unused:
        names = listed(decision.fingerprints)
        words = excerpt(decision.about or decision.why or "")
        yield Found(
            message=f"the decision '{decision.decision}' on {names} no longer applies"
            + (f": {words}" if words else ""),
            sides=(frozenset(decision.fingerprints),),
            path=context.ledger_name,
            entry=("decisions", context.ledger.decisions.index(decision)),
        )


@rule("FC302", "stale-ignore", "warning")
def stale_ignore(context: Context) -> Iterator[Found]:
    """A `factcheck: ignore` in an article covers no finding, or names no rule.

    An article may ask that findings on it be ignored, in its front matter for the whole article
    or in a comment of Markdown for a paragraph. What it was for is no longer found, or the name
    of the rule is misspelt. It is told only by a check over whole folders.

    For example:
    `<!-- factcheck: ignore divergent -->` stands before a paragraph whose figure was corrected.

    To resolve:
    Remove the comment, or correct the rule's name (`factcheck rules` lists them).
    """
    for entry, problem in context.idle:
        article = context.articles[entry.article]
        asked = " ".join(("factcheck: ignore", ", ".join(entry.rules))).rstrip()
        yield Found(
            message=f"'{excerpt(asked)}' {problem}",
            sides=(frozenset({key("ignore", article.outlet, *entry.rules, problem)[:16]}),),
            article=entry.article,
            span=entry.span,
            articles=(entry.article,),
        )


@rule("FC303", "unused-override", "warning")
def unused_override(context: Context) -> Iterator[Found]:
    """An override of the ledger's policy applies to no article.

    Its `path` matches none of the files that were checked, so nothing is held to it. It is told
    only by a check over whole folders, for paths that lie in them or begin with a folder that is
    not there.

    For example:
    `path: corpus/election/**` stands in the ledger, and the folder is called `corpus/elections`.

    To resolve:
    Correct the pattern, which counts from the ledger's folder or from where the check runs, or
    remove the override.
    """
    paths = [override.path for override in context.ledger.policy.overrides]
    for path in context.unmatched:
        yield Found(
            message=f"the override for '{excerpt(path)}' matches no article",
            sides=(frozenset({key("override", path)[:16]}),),
            path=context.ledger_name,
            entry=("overrides", paths.index(path)),
        )
