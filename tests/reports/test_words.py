"""The wording of verdicts, and the choice of what is shown."""

from __future__ import annotations

import re

import pytest

from factcheck.records import Access, Claim, Group, Report, Via, ViaKind
from factcheck.reports import REGISTRY, remarks, render_explain, tellings, words
from factcheck.reports.index import labels
from factcheck.reports.pen import Pen
from factcheck.reports.view import SECTIONS, View, narrow, section

from .fixture import CLAIMS, GROUPS, REPORT, REYES

BY_ID = {group.id: group for group in GROUPS}


def _without_reason(group: Group) -> Group:
    return group.model_copy(update={"reason": ""})


@pytest.mark.parametrize("reason", [True, False], ids=["with a reason", "without"])
def test_one_voice_is_never_the_bare_word(reason: bool) -> None:
    group = BY_ID["g3"] if reason else _without_reason(BY_ID["g3"])
    lead, rest = words.verdict_words(group)
    said = f"{lead} – {rest}"
    assert said.startswith(
        "corroborated that it was said, independence assumed – one unnamed person close to the fer"
    )
    assert "2 outlets, 2 origins (Coastwire, North Gazette itself)" in said


def test_one_named_voice() -> None:
    group = _without_reason(BY_ID["g2"]).model_copy(update={"status": "corroborated"})
    assert words.verdict(group) == (
        "corroborated that it was said, independence assumed – by Dana Reyes alone"
    )


def test_every_format_for_people_says_what_one_voice_corroborates() -> None:
    report = REPORT.model_copy(update={"groups": (BY_ID["g3"],)})
    for name in ("terminal", "text", "markdown", "html"):
        text = " ".join(REGISTRY[name](report, View(width=200)).split())
        assert "corroborated that it was said" in text
        assert "person close to the ferry company" in text


def test_counts_name_the_origins() -> None:
    group = _without_reason(BY_ID["g5"])
    lead, rest = words.verdict_words(group)
    assert (lead, rest) == ("single-sourced, echoed", "3 outlets, 1 origin (Coastwire)")


def test_a_contested_statement_says_so() -> None:
    assert words.verdict(_without_reason(BY_ID["g8"])).startswith("contested: denial")


def test_numbers_in_words() -> None:
    assert [words.likely(p) for p in (1.0, 0.994, 0.5, 0.001)] == [
        "over 99%",
        "over 99%",
        "50%",
        "under 1%",
    ]
    assert [words.log_odds(w) for w in (1.25, -10.04, -0.01, 0.04)] == [
        "+1.2",
        "-10.0",
        "0.0",
        "0.0",
    ]


def test_many_names_are_counted() -> None:
    assert words.listed(["a", "b", "c"]) == "a, b, c"
    assert words.listed(["a", "b", "c", "d", "e"]) == "a, b, c and 2 more"


def test_who_said_it_through_whom() -> None:
    by_id = {claim.id: claim for claim in CLAIMS}
    assert tellings.who(by_id["a1-4"]) == [
        "person close to the ferry company (unnamed)",
        "via Coastwire",
    ]
    assert tellings.who(by_id["a3-2"]) == ["the outlet itself", "via Coastwire"]
    assert tellings.who(by_id["a1-2"]) == ["Dana Reyes, transport minister", "at a news conference"]
    assert tellings.who(by_id["a2-1"])[-1] == "told to the outlet"
    assert tellings.who(by_id["a4-1"]) == ["the outlet itself", "via Coastwire (credited)"]
    relayed = by_id["a1-4"].model_copy(update={"speaker": REYES})
    assert tellings.who(relayed)[:2] == [
        "Dana Reyes, transport minister",
        "says person close to the ferry company (unnamed)",
    ]


def test_an_outlet_with_two_articles_is_told_with_its_files() -> None:
    first, second = REPORT.articles[:2]
    same = second.model_copy(update={"outlet": first.outlet})
    assert labels([first, same]) == {
        "a1": "almar-courier.example (courier.txt)",
        "a2": "almar-courier.example (gazette.txt)",
    }


def test_the_marks_of_a_quotation_are_told_once() -> None:
    claim = next(claim for claim in CLAIMS if claim.id == "a1-3")
    text = next(article.text for article in REPORT.articles if article.id == "a1")
    wide = claim.model_copy(update={"spans": ((claim.start - 1, claim.end + 2),)})
    assert text[claim.start - 1] == '"' == text[claim.end + 1]
    assert tellings.shown_spans(claim, text) == [(claim.start, claim.end)]
    assert tellings.shown_spans(wide, text) == [(claim.start, claim.end + 1)]


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://almar.example/1?a=b", True),
        ("HTTP://almar.example/1", True),
        ("ftp://almar.example/1", False),
        ("javascript:alert(1)", False),
        ("https://almar.example/a b", False),
        ("https://almar.example/\x07", False),
        ("https://almar-\x97courier.example/1", False),
        ("https://almar.example/\u202e1", False),
        (None, False),
    ],
)
def test_only_what_is_harmless_is_an_address(url: str | None, told: bool) -> None:
    article = REPORT.articles[0].model_copy(update={"url": url})
    assert words.web_address(article) == (url if told else "")


# What is shown


def test_what_matters_comes_first() -> None:
    order = [section(group) for group in narrow(REPORT, View()).groups]
    assert order == sorted(order, key=SECTIONS.index)
    assert set(order) == set(SECTIONS)


@pytest.mark.parametrize(
    ("view", "ids"),
    [
        (View(statuses=("echoed",)), {"g5"}),
        (View(statuses=("unsure",)), {"g11"}),
        (View(statuses=("single-sourced",)), {"g5", "g9", "g11"}),
        (View(statuses=("corroborated", "echoed")), {"g3", "g4", "g5", "g10"}),
        (View(min_outlets=3), {"g4", "g5"}),
        (View(speaker="QUIST"), {"g9"}),
        (View(speaker="transport minister"), {"g2", "g4", "g6", "g11"}),
        (View(speaker="nobody"), set()),
    ],
)
def test_a_view_chooses_groups_with_all_their_claims(view: View, ids: set[str]) -> None:
    chosen = narrow(REPORT, view)
    assert {group.id for group in chosen.groups} == ids
    assert {claim.id for claim in chosen.claims} == {
        claim for group in chosen.groups for claim in group.claims
    }
    assert chosen.summary == REPORT.summary


def test_no_chosen_group_names_a_claim_that_is_missing() -> None:
    by_id = {group.id: group for group in REPORT.groups}
    report = REPORT.model_copy(update={"groups": (by_id["g8"],)})
    assert {claim.id for claim in narrow(report, View()).claims} == {"a1-4", "a3-3"}


def _dated(*days: str | None) -> Report:
    articles = [
        REPORT.articles[0].model_copy(update={"id": f"a{number}", "published": day})
        for number, day in enumerate(days)
    ]
    return REPORT.model_copy(update={"articles": tuple(articles)})


def test_articles_without_a_full_date_are_counted_and_what_it_means() -> None:
    told = remarks.undated(_dated("2025-04-10", None, "XXXX-04-10"))
    assert told.startswith("No full date in 2 of 3 articles: ")
    assert "two events of one kind" in told


@pytest.mark.parametrize("days", [(), (None,), ("2025-04-10", "2025-04-11")])
def test_nothing_is_said_where_all_are_dated_or_none_is_compared(
    days: tuple[str | None, ...],
) -> None:
    assert remarks.undated(_dated(*days)) == ""


def _claims_shown(report: Report, view: View) -> str:
    return REGISTRY["terminal"](report, view)


def test_single_statements_are_folded_unless_asked_for() -> None:
    assert "We were told to stay below" not in _claims_shown(REPORT, View())
    assert "1 of one outlet alone (--all shows them)" in _claims_shown(REPORT, View())
    for view in (View(verbosity=1), View(statuses=("single-sourced",))):
        assert "“We were told to stay below”" in _claims_shown(REPORT, view)


def test_quiet_is_the_summary_alone() -> None:
    assert len(_claims_shown(REPORT, View(width=150, verbosity=-1)).splitlines()) == 3


def test_an_empty_report() -> None:
    empty = REPORT.model_copy(
        update={
            "articles": (),
            "claims": (),
            "groups": (),
            "inconsistencies": (),
            "skipped": (),
            "summary": REPORT.summary.model_copy(
                update=dict.fromkeys(type(REPORT.summary).model_fields, 0)
            ),
        }
    )
    for name, row in REGISTRY.items():
        assert row.render(empty, View()), name


@pytest.mark.parametrize("width", [40, 61, 80, 100, 140, 150])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    from rich.cells import cell_len

    texts = [REGISTRY["terminal"](REPORT, View(width=width, verbosity=1))]
    texts += [render_explain(REPORT, group.id, View(width=width)) for group in GROUPS]
    for text in texts:
        assert max(map(cell_len, text.splitlines())) <= width


def test_without_colour_there_is_no_escape() -> None:
    assert "\x1b" not in REGISTRY["terminal"](REPORT, View(colour=False))
    assert "\x1b" in REGISTRY["terminal"](REPORT, View(colour=True))


def test_without_colour_the_differing_words_are_marked() -> None:
    text = REGISTRY["terminal"](REPORT, View(width=140, verbosity=1))
    assert "*Saturday*" in text
    assert "did *not* ignore" in text


def test_a_long_report_is_folded_and_says_so() -> None:
    groups = tuple(GROUPS[0].model_copy(update={"id": f"g{index}"}) for index in range(130))
    report = REPORT.model_copy(update={"groups": (*groups, BY_ID["g5"])})
    text = _claims_shown(report, View())
    told = len(re.findall(r"^≠ g\d+ ", text, re.MULTILINE))
    assert 0 < told < 10
    assert f"Not shown: {131 - told} told by several outlets (--all shows them)." in text
    part = _claims_shown(report, View(statuses=("divergent",)))
    assert "30 statements more, not shown (--all shows them)." in part
    assert "and 100 more below" in part
    assert "not shown" not in _claims_shown(report, View(verbosity=1)).lower()


def _claim(text: str, own: str, reading: str, quote: str = "indirect") -> Claim:
    start = text.index(own)
    spans = ((start, start + len(own)),)
    return CLAIMS[0].model_copy(
        update={
            "start": start,
            "end": start + len(own),
            "spans": spans,
            "text": own,
            "reading": reading,
            "quote": quote,
            "speaker": REYES.model_copy(update={"name": "Dana Reyes"}),
        }
    )


@pytest.mark.parametrize(
    ("text", "own", "reading", "told"),
    [
        (
            "Dana Reyes denounced\nthe raid on Tarsk.",
            "the raid on Tarsk",
            "Dana Reyes denounced the raid on Tarsk",
            "denounced the raid on Tarsk",
        ),
        (
            "The raid was criticised by Dana Reyes.",
            "The raid",
            "The raid was criticised by Dana Reyes",
            "The raid was criticised by Dana Reyes",
        ),
        # A word that the article does not have is never put there.
        ("Reyes vowed to resign.", "resign", "Dana Reyes will resign", "resign"),
        # A sentence needs nothing, nor does one whose pronoun alone was filled in.
        ("Reyes: the ship sank.", "the ship sank", "the ship sank.", "the ship sank"),
        ("He will resign.", "He will resign", "Oskar Lind will resign", "He will resign"),
    ],
)
def test_a_claim_that_is_no_sentence_stands_in_its_reporting_words(
    text: str, own: str, reading: str, told: str
) -> None:
    assert tellings.wording(_claim(text, own, reading), text) == told


def test_a_direct_quotation_stands_alone() -> None:
    text = "Reyes called it a farce"
    assert tellings.frame(_claim(text, "a farce", text, quote="direct"), text) == ("", "")


def test_a_long_reason_is_cut_to_its_first_parts() -> None:
    origins = [
        origin.model_copy(update={"reason": reason})
        for origin, reason in zip(
            BY_ID["g3"].origins, ("one; two; three", "two; four"), strict=True
        )
    ]
    reason = "corroborated; 2 outlets; independence assumed: one; two; three; four; the caveat"
    group = BY_ID["g3"].model_copy(update={"reason": reason, "origins": tuple(origins)})
    _, rest = words.verdict_words(group)
    assert rest.startswith("2 outlets; one; two; the caveat; and 2 more reasons")
    assert "three" not in rest


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("the ship sank", "The ship sank"),
        ("“We are allies,”", "“We are allies”"),
        ("“we, they said, are allies.”", "“we, they said, are allies.”"),
        ("", ""),
    ],
)
def test_a_statement_is_a_heading(raw: str, told: str) -> None:
    assert words.statement(GROUPS[0].model_copy(update={"statement": raw})) == told


@pytest.mark.parametrize(
    ("name", "kind", "carried", "told"),
    [
        ("Reuters", "agency", False, "via Reuters"),
        ("Reuters", "agency", True, "via Reuters (named earlier)"),
        ("reporters", "venue", False, "to reporters"),
        ("rally", "venue", False, "at a rally"),
        ("letter", "document", False, "in a letter"),
    ],
)
def test_relays_in_words(name: str, kind: ViaKind, carried: bool, told: str) -> None:
    assert tellings.via_words(Via(name=name, kind=kind, span=(0, 1), carried=carried)) == told


GRADED = {"g4": "shown", "g10": "likely", "g3": "assumed", "g11": "unsure"}


@pytest.mark.parametrize("unicode", [True, False], ids=["unicode", "ascii"])
def test_every_grade_has_a_sign_of_its_own_and_the_tick_is_for_what_is_shown(unicode: bool) -> None:
    pen = Pen(View(unicode=unicode))
    others = ("said", "unsure", "divergent", "echoed", "single-sourced", "inconsistent", "skipped")
    kinds = (*words.GRADES, *others)
    assert len({pen.symbol(kind) for kind in kinds}) == len(kinds)
    assert pen.symbol("shown") == ("✓" if unicode else "+")


@pytest.mark.parametrize("name", ["terminal", "text", "markdown", "html"])
@pytest.mark.parametrize("group", ["g4", "g10", "g3"])
def test_every_format_for_people_tells_the_grade_in_words(name: str, group: str) -> None:
    report = REPORT.model_copy(update={"groups": (BY_ID[group], BY_ID["g9"], BY_ID["g11"])})
    text = " ".join(REGISTRY[name](report, View(width=150, verbosity=1)).split())
    assert f"independence {GRADED[group]}" in text
    others = {"shown", "likely", "assumed"} - {GRADED[group]}
    if name != "html":  # The page explains all signs.
        assert not any(f"independence {other}" in text for other in others)
    said = " only that it was said" * (group == "g3")
    assert f"1 corroborated{said} ({GRADED[group]})" in text
    assert "two separate origins are not likely enough: 61% where 85% is asked for" in text


def test_no_probability_stands_in_a_verdict_that_needs_none() -> None:
    for group in GROUPS:
        lead, rest = words.verdict_words(group)
        assert ("%" in lead + rest) == (group.id == "g11")


def test_a_statement_of_several_outlets_is_never_one_of_one_outlet_alone() -> None:
    assert [section(BY_ID[name]) for name in ("g11", "g5", "g9")] == [
        "unsure",
        "echoed",
        "single-sourced",
    ]
    assert "1 of one outlet alone (--all" in _claims_shown(REPORT, View())


def test_explain_adds_up_the_odds_of_two_outlets() -> None:
    text = " ".join(render_explain(REPORT, "g11", View(width=120, verbosity=1)).split())
    assert "north-gazette.example may have it from almar-courier.example: 39% likely" in text
    for part in ("-3.1", "alike in wording +1.6", "2 that hardly matter 0.0", "log-odds -0.4"):
        assert part in text


@pytest.mark.parametrize(
    ("access", "told"),
    [
        (Access(), "not told how the outlet knows it"),
        (Access(kind="interview", name="Gazette", spans=((0, 1),)), "told to the outlet itself"),
        (Access(kind="witnessed", name="Gazette", spans=((0, 1),)), "seen by the outlet itself"),
        (Access(kind="public", name="news conference"), "at a news conference"),
        (Access(kind="public", name="court"), "in court"),
        (Access(kind="public", name="post", carried=True), "in a post, named earlier"),
        (Access(kind="document", name="statement"), "in a statement"),
        (Access(kind="relayed", name="Wire"), "through Wire, whom the article credits"),
        (Access(kind="unnamed", name="aide"), "from a source without a name, not told how"),
    ],
)
def test_access_in_words(access: Access, told: str) -> None:
    claim = CLAIMS[0].model_copy(update={"access": access, "via": ()})
    assert tellings.access_words(claim) == told


@pytest.mark.parametrize(
    ("at", "told"), [(0, "through Wire, named earlier"), (9_999, "through Wire, named later")]
)
def test_a_relay_that_another_sentence_names_is_told_with_where(at: int, told: str) -> None:
    via = Via(name="Wire", kind="agency", span=(at, at + 1), carried=True)
    access = Access(kind="relayed", name="Wire", spans=((at, at + 1),), carried=True)
    claim = CLAIMS[0].model_copy(update={"access": access, "via": (via,)})
    assert tellings.access_words(claim) == told
    assert tellings.how(claim) == [told.replace("through", "via").replace(", ", " (") + ")"]


@pytest.mark.parametrize(
    ("published", "told"),
    [
        ("2025-04-11", "11 April 2025"),
        ("2025-04-11T14:54", "11 April 2025, 14:54"),
        ("2025-04-11T14:54+02:00", "11 April 2025, 14:54 (UTC+02:00)"),
        ("XXXX-04-11T14:54", "undated"),
        (None, "undated"),
    ],
)
def test_only_full_dates_are_told(published: str | None, told: str) -> None:
    assert words.day(published) == told
