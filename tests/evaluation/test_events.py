"""The scorer on answers small enough to count by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from factcheck.evaluation.answer import Answer, from_gold
from factcheck.evaluation.events import figures, same_name, score
from factcheck.evaluation.tagged import compile_event
from tests.evaluation.test_tagged import event


@pytest.fixture
def compiled(tmp_path: Path) -> Any:
    return compile_event(event(tmp_path))


def told(compiled: Any, **changes: Any) -> dict[str, Any]:
    """The truth as an answer, with changes to it."""
    return {**from_gold(compiled.gold).model_dump(mode="json"), **changes}


def counted(
    compiled: Any, answer: dict[str, Any]
) -> tuple[dict[str, int], dict[str, float | None]]:
    found = score(Answer.model_validate(answer), compiled.gold)
    return found.counts, figures(found.counts)


def test_the_truth_is_right_in_everything(compiled: Any) -> None:
    found = score(from_gold(compiled.gold), compiled.gold)
    table = figures(found.counts)
    assert not found.wrong
    for name in ("link_f1", "divergence_f1", "verdicts_right", "origins_right", "value_recall"):
        assert table[name] == 1.0
    assert (table["speakers_right"], table["relays_found"], table["echoed_f1"]) == (1.0, 1.0, 1.0)
    assert table["false_corroboration"] == 0.0
    assert table["corroborated_precision"] is None
    assert table["venues_found"] is None


def test_a_false_corroboration(compiled: Any) -> None:
    groups = told(compiled)["groups"]
    second = {**groups[1], "status": "corroborated", "qualifiers": [], "origins": [
        {"name": claim, "claims": [claim]} for claim in groups[1]["claims"]
    ]}  # fmt: skip
    answer = told(compiled, groups=[groups[0], second])
    counts, table = counted(compiled, answer)
    assert table["false_corroboration"] == 1.0
    assert table["corroborated_precision"] == 0.0
    assert table["origins_right"] == 0.5
    assert counts["origins too many"] == 1
    (wrong,) = score(Answer.model_validate(answer), compiled.gold).wrong
    assert wrong.kind == "corroborated, but single-sourced"


def test_corroborated_without_a_statement(compiled: Any) -> None:
    answer = told(compiled)
    for claim in answer["claims"]:
        claim["start"], claim["end"] = 0, 3
    answer["groups"] = [
        {"claims": [c["id"] for c in answer["claims"][:2]], "status": "corroborated"}
    ]
    _, table = counted(compiled, answer)
    assert table["unfounded"] == 1.0
    assert (table["link_precision"], table["link_recall"], table["link_f1"]) == (0.0, 0.0, 0.0)


def test_the_undisputed_part_of_a_conflict_may_be_corroborated(compiled: Any) -> None:
    answer = told(compiled)
    answer["groups"][0] |= {"status": "corroborated", "divergences": []}
    _, table = counted(compiled, answer)
    assert table["corroborated_precision"] == 0.0  # it tells both values
    for claim in answer["claims"][:2]:
        claim["start"] = claim["end"] - len(" died")
    _, table = counted(compiled, answer)
    assert table["corroborated_precision"] == 1.0


def test_a_conflict_without_its_words(compiled: Any) -> None:
    answer = told(compiled)
    for value in answer["groups"][0]["divergences"][0]["values"]:
        value["spans"] = [[0, 1] for _ in value["spans"]]
    counts, table = counted(compiled, answer)
    assert table["divergence_f1"] == 1.0
    assert table["value_recall"] == 0.0
    assert counts["conflicts with values"] == 1


def test_speakers_and_relays(compiled: Any) -> None:
    answer = told(compiled)
    for claim in answer["claims"]:
        claim["speaker"] = {"name": "Bert Quill"}
        claim["via"] = [{"name": "Gazette"}]
    _, table = counted(compiled, answer)
    assert table["speakers_right"] == 0.0
    assert table["relays_found"] == 0.0


def test_doubtful_statements_count_for_links_alone(tmp_path: Path) -> None:
    from tests.evaluation.test_tagged import TRUTH

    truth = TRUTH.replace("verdict: single-sourced", "verdict: single-sourced\n    doubtful: true")
    doubtful = compile_event(event(tmp_path, truth))
    counts, _ = counted(doubtful, told(doubtful))
    assert counts["gold links"] == 2
    assert counts["covered"] == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ann Orde", "Mayor Orde", True),
        ("the ministry of health", "Health Ministry", True),
        ("Ann Orde", "Ann Quill", True),  # half of the words of the shorter
        ("Ann Orde", "Bert Quill", False),
        ("the", "the", False),
        (None, "Ann Orde", False),
    ],
)
def test_names(one: str | None, other: str, same: bool) -> None:
    assert same_name(one, other) is same
