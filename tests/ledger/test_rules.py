"""Every rule: one report that raises it and one that does not, under a ledger of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, get_args

import pytest

from factcheck.ledger import Ledger, loads, policy
from factcheck.ledger.findings import Outcome, covers, decision_on, judge, rule_names
from factcheck.ledger.models import RuleName
from factcheck.ledger.rules import BY_ID, CHECKS
from factcheck.ledger.rules.base import Earlier, Review
from factcheck.records import Edit, EditedDetail, Report, Version

from .build import claim, group, report

TWELVE = claim("Herald", "12 people were hurt on the ferry.", figure="12")
FIFTEEN = claim("Post", "15 people were hurt on the ferry.", figure="15")
AGAIN = claim("Courier", "On the ferry 15 people were hurt.", figure="15")
CLOSED = claim("Herald", "The bridge over the Sill is closed.")
SHUT = claim("Post", "The bridge over the Sill is closed for cars.")
SUSPENDED = claim("Courier", "Nobody may cross the Sill bridge.")
TWO = ("Coastwire", "Post")

IGNORED = "12 people were hurt on the ferry. <!-- factcheck: ignore {} -->"
IGNORING = claim("Herald", IGNORED.format("divergent"), figure="12")
OVERRIDE = "version: 1\npolicy:\n  overrides: [{{path: '{}', fail_on: []}}]\n"


def tracking(text: str = "The bridge over the Sill is closed.", **fields: object) -> str:
    extra = "".join(f"    {key}: {value}\n" for key, value in fields.items())
    return f"version: 1\nclaims:\n  - id: bridge\n    statement: {text}\n{extra}"


class Case(NamedTuple):
    """A rule, a report and ledger that raise it, and a pair that does not."""

    rule: str
    raised: tuple[Report, str]
    quiet: tuple[Report, str]
    message: str


PLAIN = "version: 1\n"
ROSE = Edit(
    kind="reworded",
    before=TWELVE["text"],
    after=FIFTEEN["text"],
    details=(EditedDetail(slot="figure", before="12", after="15"),),
    span=(0, 33),
)
NOTE = "Correction: An earlier version gave another figure."
FIRST, THEN = "2025-04-12T08:10Z", "2025-04-13T09:00Z"


def changed(edit: Edit, *notes: str, of: dict[str, object] = FIFTEEN, **times: str) -> Report:
    """A report whose one article had a version before."""
    made = report(group("single-sourced", of))
    version = Version(path="corpus/.versions/Post/1.md", notes=notes, edits=(edit,), **times)
    (article,) = made.articles
    return made.model_copy(
        update={"articles": (article.model_copy(update={"versions": (version,)}),)}
    )


CASES = [
    Case(
        "FC101",
        (report(group("divergent", TWELVE, FIFTEEN, differs="figure")), PLAIN),
        (report(group("corroborated", TWELVE, FIFTEEN)), PLAIN),
        "figure differs: 12 (Herald) against 15 (Post). not both",
    ),
    Case(
        "FC102",
        (report(group("single-sourced", CLOSED)), tracking(expect="corroborated")),
        (report(group("corroborated", CLOSED, SHUT, origins=TWO)), tracking(expect="corroborated")),
        "'bridge' was corroborated, is single-sourced now (origins: Coastwire): "
        "The bridge over the Sill is closed.",
    ),
    Case(
        "FC102",
        (report(group("corroborated", TWELVE, origins=TWO)), tracking(expect="corroborated")),
        (report(group("corroborated", TWELVE, origins=TWO)), tracking(expect="any")),
        "'bridge' was corroborated, and no article tells it now: "
        "The bridge over the Sill is closed.",
    ),
    Case(
        "FC103",
        (report(group("single-sourced", CLOSED, SHUT, qualifiers=["echoed"])), PLAIN),
        (report(group("corroborated", CLOSED, SHUT)), PLAIN),
        "single-sourced: 2 outlets (Herald, Post), one origin (Coastwire): "
        "The bridge over the Sill is closed.",
    ),
    Case(
        "FC104",
        (report(group("corroborated", CLOSED, SHUT, qualifiers=["anonymous"])), PLAIN),
        (report(group("single-sourced", CLOSED, qualifiers=["anonymous"])), PLAIN),
        "only unnamed sources (official): The bridge over the Sill is closed.",
    ),
    Case(
        "FC105",
        (report(group("corroborated", CLOSED), skipped=[("corpus/scan.txt", "empty")]), PLAIN),
        (report(group("corroborated", CLOSED)), PLAIN),
        "not measured (empty): has no text",
    ),
    Case(
        "FC106",
        (
            report(
                group("corroborated", CLOSED), group("divergent", TWELVE), inconsistent="Herald"
            ),
            PLAIN,
        ),
        (report(group("corroborated", CLOSED)), PLAIN),
        "role differs within the article: two offices",
    ),
    Case(
        "FC107",
        (
            report(group("corroborated", CLOSED, SHUT, origins=TWO)),
            "version: 1\npolicy:\n  overrides:\n    - {path: corpus/*, minimum_origins: 3}\n",
        ),
        (
            report(group("corroborated", CLOSED, SHUT, origins=TWO)),
            "version: 1\npolicy:\n  overrides:\n    - {path: corpus/x/*, minimum_origins: 3}\n",
        ),
        "2 of 3 origins (Coastwire, Post): The bridge over the Sill is closed.",
    ),
    Case(
        "FC107",
        (report(group("single-sourced", CLOSED)), tracking(minimum_origins=2)),
        (report(group("single-sourced", CLOSED)), tracking(minimum_origins=1)),
        "1 of 2 origins (Coastwire): The bridge over the Sill is closed.",
    ),
    Case(
        "FC108",
        (report(group("corroborated", CLOSED, SHUT, origins=TWO)), PLAIN),
        (report(group("single-sourced", CLOSED, SHUT)), PLAIN),
        "corroborated by 2 origins (Coastwire, Post): The bridge over the Sill is closed.",
    ),
    Case(
        "FC109",
        (changed(ROSE, retrieved=FIRST, replaced=THEN), PLAIN),
        (changed(ROSE, NOTE), PLAIN),
        "figure “12” is “15” now, changed between 2025-04-12T08:10Z and 2025-04-13T09:00Z without "
        "a note (version before: corpus/.versions/Post/1.md): 15 people were hurt on the ferry.",
    ),
    Case(
        "FC109",
        (changed(ROSE.model_copy(update={"span": None}), replaced="2025-04-13T09:00Z"), PLAIN),
        (changed(ROSE.model_copy(update={"details": ()})), PLAIN),
        "figure “12” is “15” now, changed before 2025-04-13T09:00Z without a note "
        "(version before: corpus/.versions/Post/1.md): 15 people were hurt on the ferry.",
    ),
    Case(
        "FC201",
        (report(group("corroborated", CLOSED, SHUT)), tracking(expect="single-sourced")),
        (report(group("single-sourced", CLOSED)), tracking(expect="single-sourced")),
        "'bridge' was expected to be single-sourced, is corroborated: "
        "The bridge over the Sill is closed.",
    ),
    Case(
        "FC202",
        (report(group("corroborated", TWELVE)), tracking()),
        (report(group("corroborated", CLOSED)), tracking()),
        "'bridge' is told by no article: The bridge over the Sill is closed.",
    ),
    Case(
        "FC202",
        (report(group("corroborated", CLOSED)), tracking(paths="[elsewhere/**]")),
        (report(group("corroborated", CLOSED)), tracking(paths="[corpus/**]")),
        "'bridge' is told by no article: The bridge over the Sill is closed.",
    ),
    Case(
        "FC202",
        (
            report(group("corroborated", claim("Herald", CLOSED["text"], "Ada Brandt"))),
            tracking(speaker="Dana Reyes"),
        ),
        (
            report(group("corroborated", claim("Herald", CLOSED["text"], "Dana Reyes"))),
            tracking(speaker="Reyes"),
        ),
        "'bridge' is told by no article: The bridge over the Sill is closed.",
    ),
    Case(
        "FC203",
        (
            report(
                group("corroborated", claim("Herald", "The bridge over the Sill was closed.")),
                group("corroborated", claim("Post", "The bridges over the Sill are closed.")),
            ),
            tracking("The bridge over the Sill is closed now."),
        ),
        (report(group("corroborated", CLOSED), group("corroborated", FIFTEEN)), tracking()),
        "'bridge' fits several statements (g1: The bridge over the Sill was closed.; "
        "g2: The bridges over the Sill are closed.): The bridge over the Sill is closed now.",
    ),
    Case(
        "FC204",
        (
            report(group("corroborated", FIFTEEN)),
            tracking(FIFTEEN["text"], slots="{figure: 12}"),
        ),
        (
            report(group("corroborated", FIFTEEN)),
            tracking(FIFTEEN["text"], slots="{figure: 15}"),
        ),
        "'bridge' is told with figure 15, not 12: 15 people were hurt on the ferry.",
    ),
    Case(
        "FC204",
        (report(group("corroborated", CLOSED)), tracking(date="2025-04-12")),
        (report(group("corroborated", CLOSED)), tracking()),
        "'bridge' is told without date, not 2025-04-12: The bridge over the Sill is closed.",
    ),
    Case(
        "FC205",
        (changed(ROSE, NOTE, retrieved="2025-04-12"), tracking(FIFTEEN["text"])),
        (changed(ROSE), tracking(CLOSED["text"])),
        "'bridge' rests on words of Post that it changed after 2025-04-12 with the note "
        f"“{NOTE}”: figure “12” is “15” now (version before: corpus/.versions/Post/1.md). "
        f"Before: {TWELVE['text']} Now: {FIFTEEN['text']}",
    ),
    Case(
        "FC205",
        (changed(ROSE.model_copy(update={"details": ()})), tracking(FIFTEEN["text"])),
        (changed(Edit(kind="added", after=FIFTEEN["text"])), tracking(FIFTEEN["text"])),
        "'bridge' rests on words of Post that it changed without a note "
        "(version before: corpus/.versions/Post/1.md). "
        f"Before: {TWELVE['text']} Now: {FIFTEEN['text']}",
    ),
    Case(
        "FC301",
        (
            report(group("corroborated", CLOSED)),
            "version: 1\ndecisions:\n"
            "  - {decision: same, fingerprints: [x, y], why: One and the same.}\n",
        ),
        (
            report(group("single-sourced", CLOSED)),
            "version: 1\ndecisions:\n  - decision: finding-accepted\n    rule: single-sourced\n"
            f"    fingerprints: [{report(group('corroborated', CLOSED)).claims[0].fingerprint}]\n",
        ),
        "the decision 'same' on x, y no longer applies: One and the same.",
    ),
    Case(
        "FC302",
        (report(group("corroborated", IGNORING, SHUT)), PLAIN),
        (report(group("divergent", IGNORING, FIFTEEN, differs="figure")), PLAIN),
        "'factcheck: ignore divergent' covers no finding any more",
    ),
    Case(
        "FC302",
        (
            report(
                group("divergent", claim("Herald", IGNORED.format("divergant"), figure="12"), AGAIN)
            ),
            PLAIN,
        ),
        (report(group("divergent", TWELVE, FIFTEEN, differs="figure")), PLAIN),
        "'factcheck: ignore divergant' names 'divergant', which is no rule",
    ),
    Case(
        "FC303",
        (report(group("corroborated", CLOSED)), OVERRIDE.format("corpus/sport/**")),
        (report(group("corroborated", CLOSED)), OVERRIDE.format("corpus/*.txt")),
        "the override for 'corpus/sport/**' matches no article",
    ),
]


def outcome(told: tuple[Report, str], review: Review | None = None) -> Outcome:
    return judge(told[0], loads(told[1], "claims.yaml"), "claims.yaml", review)


def of_rule(found: Outcome, rule: str) -> list[str]:
    return [item.finding.message for item in found.open if item.finding.rule == rule]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_raises_the_rule_or_not(case: Case) -> None:
    assert of_rule(outcome(case.raised), case.rule) == [case.message]
    assert of_rule(outcome(case.quiet), case.rule) == []


def test_every_rule_has_a_case() -> None:
    assert {case.rule for case in CASES} == set(BY_ID)


def test_names_are_those_of_the_ledger_format() -> None:
    assert {check.rule.name for check in CHECKS} == set(get_args(RuleName))
    assert [check.rule.id for check in CHECKS] == sorted({check.rule.id for check in CHECKS})
    assert rule_names(["fc101", "Anonymous"]) == {"divergent", "anonymous"}


def test_stands_at_the_words_that_differ() -> None:
    made = report(group("divergent", TWELVE, FIFTEEN, differs="figure"))
    found = outcome((made, PLAIN)).open[0].finding
    assert (found.article, found.span) == ("Herald", (0, 2))
    assert [(place.article, place.span) for place in found.related] == [("Post", (0, 2))]
    assert found.level == "error"


@pytest.mark.parametrize(
    ("pattern", "path", "told"),
    [
        ("corpus/sport/**", "corpus", True),
        ("corpus/sport/**", "corpus/sport", True),
        ("corpus/sport/**", "corpus/news", False),
        ("corpus/sport", "corpus/news", False),
        ("**/sport/*.md", "corpus/news", True),
        ("corpus/s*/**", "./corpus/news", False),
        ("corpus/sport/x.md", "corpus/sport/x.md", True),
        ("corpus/*s/**", "corpus/news", True),
    ],
)
def test_an_override_is_judged_where_it_may_apply(pattern: str, path: str, told: bool) -> None:
    assert policy.may_reach(pattern, path) == told
    assert policy.may_reach(pattern, f"../{path}", "..") == told
    assert policy.may_reach(pattern, f"/desk/{path}", "/desk") == told
    ledger = loads(OVERRIDE.format(pattern), "x")
    made = report(group("corroborated", CLOSED))
    found = judge(made, ledger, "claims.yaml", expected=lambda asked: asked != pattern).open
    assert "FC303" not in {item.finding.rule for item in found}


@pytest.mark.parametrize(
    ("pattern", "begins"),
    [("corpus/sport/**", "corpus/sport"), ("./a/b*/c", "a"), ("**/x.md", ""), ("a/x.md", "a/x.md")],
)
def test_a_pattern_begins_with_what_is_no_wildcard(pattern: str, begins: str) -> None:
    assert policy.fixed(pattern) == begins


@pytest.mark.parametrize(
    ("path", "folder", "fits"),
    [
        ("corpus/a.md", "", True),
        ("../corpus/a.md", "..", True),
        ("../corpus/a.md", "", False),
        ("/desk/corpus/a.md", "/desk", True),
        ("a.md", "..", False),
        ("corpus/a.md", "ci", True),
        ("corpus\\a.md", "", True),
    ],
)
def test_a_pattern_counts_from_here_or_from_the_ledger(path: str, folder: str, fits: bool) -> None:
    assert policy.matches("corpus/*.md", path, folder) == fits


POLICIES: Sequence[tuple[str, str]] = [
    ("", "error"),
    ("  fail_on: []\n", "warning"),
    ("  fail_on: [single-sourced]\n", "warning"),
    ("  overrides: [{path: corpus/Herald.txt, fail_on: []}]\n", "error"),
    ("  overrides: [{path: 'corpus/*.txt', fail_on: []}]\n", "warning"),
    ("  fail_on: []\n  overrides: [{outlet: Post, fail_on: [divergent]}]\n", "error"),
    ("  overrides: [{path: corpus, fail_on: []}, {outlet: Post, fail_on: [divergent]}]\n", "error"),
]


@pytest.mark.parametrize(("words", "level"), POLICIES)
def test_the_policy_says_what_fails(words: str, level: str) -> None:
    made = report(group("divergent", TWELVE, FIFTEEN, differs="figure"))
    found = outcome((made, f"version: 1\npolicy:\n{words}")).open[0].finding
    assert (found.rule, found.level) == ("FC101", level)


HURT = group("divergent", TWELVE, FIFTEEN, differs="figure")
BASE = report(group("single-sourced", TWELVE), group("single-sourced", CLOSED))


def introduced(made: Report, base: Report, *paths: str) -> list[tuple[str, str | None]]:
    """Rule and article of what the claims of these files add to what stood at the base."""
    fresh = {claim.id for claim in made.claims if f"corpus/{claim.article}.txt" in paths}
    found = outcome((made, PLAIN), Review(frozenset(fresh), frozenset(paths), base)).open
    return [(item.finding.rule, item.finding.article or item.finding.path) for item in found]


def test_only_what_is_under_review_is_told() -> None:
    made = report(
        HURT,
        group("single-sourced", CLOSED),
        group("single-sourced", SUSPENDED),
        skipped=[("corpus/old.txt", "empty"), ("corpus/new.txt", "empty")],
    )
    assert introduced(made, BASE, "corpus/Post.txt", "corpus/Courier.txt", "corpus/new.txt") == [
        ("FC101", "Post"),
        ("FC105", "corpus/new.txt"),
        ("FC103", "Courier"),
    ]


def test_each_new_article_with_another_value_is_told_once() -> None:
    made = report(group("divergent", TWELVE, FIFTEEN, AGAIN, differs="figure"))
    both = ("corpus/Post.txt", "corpus/Courier.txt")
    assert introduced(made, BASE, *both) == [("FC101", "Courier"), ("FC101", "Post")]


def test_who_repeats_a_value_of_the_base_has_no_finding() -> None:
    base = report(HURT)
    made = report(group("divergent", TWELVE, FIFTEEN, AGAIN, differs="figure"))
    assert introduced(made, base, "corpus/Courier.txt") == []


def test_a_corroboration_that_is_lost_without_a_new_claim() -> None:
    base = report(group("corroborated", CLOSED, SHUT, origins=TWO))
    made = report(group("single-sourced", CLOSED))
    assert introduced(made, base) == [("FC103", "Herald")]
    assert introduced(made, report(group("single-sourced", CLOSED, SHUT))) == []


def test_another_origin_is_news_and_another_copy_is_none() -> None:
    base = report(group("corroborated", CLOSED, SHUT, origins=TWO))
    for origins, told in ((TWO, []), ((*TWO, "Courier"), [("FC108", "Courier")])):
        made = report(group("corroborated", CLOSED, SHUT, SUSPENDED, origins=origins))
        assert introduced(made, base, "corpus/Courier.txt") == told


def test_a_statement_rests_on_what_an_earlier_version_told() -> None:
    cut = Edit(kind="cut", before=TWELVE["text"])
    made = changed(cut, of=CLOSED | {"outlet": "Post"})
    before = report(group("single-sourced", TWELVE))
    (read,) = (one.model_copy(update={"id": "Post~1"}) for one in before.articles)
    claims = tuple(c.model_copy(update={"article": "Post~1"}) for c in before.claims)
    earlier = [Earlier("Post", "corpus/.versions/Post/1.md", read, claims)]
    for statement, told in ((TWELVE["text"], 1), (CLOSED["text"], 0)):
        ledger = loads(tracking(statement), "claims.yaml")
        found = of_rule(judge(made, ledger, "claims.yaml", earlier=earlier), "FC205")
        assert len(found) == told
        assert all(message.endswith("Now: nothing") for message in found)


def test_a_change_of_what_is_not_under_review_is_none() -> None:
    made = changed(ROSE)
    for paths, told in (([], []), (["corpus/Post.txt"], [("FC109", "Post")])):
        found = introduced(made, report(group("single-sourced", FIFTEEN)), *paths)
        assert [one for one in found if one[0] == "FC109"] == told
    # What stood at the base is no news either.
    assert introduced(made, made, "corpus/Post.txt") == []


def accepted(made: Report, again: Report) -> Outcome:
    """Accept all findings of one report, and judge another."""
    decisions = tuple(decision_on(item, made) for item in outcome((made, PLAIN)).open)
    return judge(again, Ledger(version=1, decisions=decisions), "claims.yaml")


def test_what_is_accepted_is_not_told_again() -> None:
    made = report(
        group("divergent", TWELVE, FIFTEEN, differs="figure"),
        group("single-sourced", CLOSED, qualifiers=["anonymous"]),
        skipped=[("corpus/scan.txt", "empty")],
    )
    assert outcome((made, PLAIN)).open
    assert accepted(made, made).open == ()


def test_an_accepted_conflict_comes_back_with_a_third_value_only() -> None:
    two = report(group("divergent", TWELVE, FIFTEEN, differs="figure"))
    repeated = report(group("divergent", TWELVE, FIFTEEN, AGAIN, differs="figure"))
    third = claim("Courier", "17 people were hurt on the ferry.", figure="17")
    joined = report(group("divergent", TWELVE, FIFTEEN, third, differs="figure"))
    assert accepted(two, repeated).open == ()
    assert of_rule(accepted(two, joined), "FC101")


def test_an_acceptance_covers_its_rule_and_slot_alone() -> None:
    made = report(group("divergent", TWELVE, FIFTEEN, differs="figure"))
    item = outcome((made, PLAIN)).open[0]
    decision = decision_on(item, made)
    assert covers(decision, item.check, item.found)
    other = decision.model_copy(update={"slot": "date"})
    assert not covers(other, item.check, item.found)
    other = decision.model_copy(update={"rule": "anonymous"})
    assert not covers(other, item.check, item.found)


def test_stale_decisions_are_told_of_whole_folders_only() -> None:
    ledger = loads(CASES[-1].raised[1], "x")
    made = CASES[-1].raised[0]
    assert judge(made, ledger, whole=True).open
    assert not [i for i in judge(made, ledger, whole=False).open if i.finding.rule == "FC301"]


def test_fingerprints_leave_out_positions() -> None:
    def found(*before: dict[str, object]) -> set[str]:
        groups = [*before, group("divergent", TWELVE, FIFTEEN, differs="figure")]
        raised = outcome((report(*groups), PLAIN)).open
        return {item.finding.fingerprint for item in raised if item.finding.rule == "FC101"}

    assert found() == found(group("corroborated", CLOSED, SHUT))


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("corpus/*.txt", "corpus/a.txt", True),
        ("corpus/*.txt", "./corpus/a.txt", True),
        ("corpus/*.txt", "corpus/b/a.txt", False),
        ("corpus/**", "corpus/b/a.txt", True),
        ("**/a.txt", "a.txt", True),
        ("**/a.txt", "corpus/b/a.txt", True),
        ("corpus", "corpus/a.txt", True),
        ("corpus/", "corpus/a.txt", True),
        ("corpus", "corpus2/a.txt", False),
        ("**/*", "a.txt", True),
        ("**/**/*.txt", "a.txt", True),
        ("a**/b", "ab", False),
        ("a**/b", "ac/d/b", True),
        ("a?.txt", "ab.txt", True),
        ("a?.txt", "a/.txt", False),
        ("a.txt", "axtxt", False),
        ("**" * 30 + "x", "a" * 200, False),
    ],
)
def test_patterns_of_paths(pattern: str, path: str, expected: bool) -> None:
    assert policy.matches(pattern, path) is expected
