"""`factcheck evaluate`: events as people annotate them, compiled ones, other systems' answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from factcheck.evaluation.answer import from_gold
from factcheck.evaluation.tagged import compile_event
from tests.cli.desk import factcheck
from tests.evaluation.test_tagged import POST, event


@pytest.mark.model
def test_the_program_on_annotated_and_on_compiled_events(tmp_path: Path) -> None:
    source, out = tmp_path / "events", tmp_path / "out"
    source.mkdir()
    event(source)
    compiled = factcheck("evaluate", "compile", str(source), str(out))
    assert compiled == (0, "fire: 2 articles, 2 statements, 1 divergent, 1 single-sourced\n", "")
    tables = [factcheck("evaluate", "events", str(folder)).out for folder in (source, out)]
    assert tables[0] == tables[1]
    assert tables[0].startswith("1 event, 2 links, ")
    assert "accident" in tables[0].splitlines()[-1]


def test_another_system_s_answers(tmp_path: Path) -> None:
    source, reports = tmp_path / "events", tmp_path / "reports"
    source.mkdir()
    reports.mkdir()
    answer = from_gold(compile_event(event(source)).gold)
    (reports / "fire.json").write_text(answer.model_dump_json(), encoding="utf-8")
    done = factcheck("evaluate", "events", str(source), "--reports", str(reports), "--json")
    told = json.loads(done.out)
    assert told["figures"]["link_f1"] == 1.0
    assert told["counts"]["events"] == 1
    assert told["genres"]["accident"]["divergence_f1"] == 1.0
    least = {
        "articles": [{"id": "1", "path": "x/courier.md"}, {"id": "2", "path": "post.md"}],
        "claims": [
            {"id": c.id, "article": "12"[c.article == "post"], "start": c.start, "end": c.end}
            for c in answer.claims
        ],
        "groups": [{"claims": g.claims, "status": "corroborated"} for g in answer.groups],
    }
    (reports / "fire.json").write_text(json.dumps(least), encoding="utf-8")
    done = factcheck("evaluate", "events", str(source), "--reports", str(reports), "--wrong")
    assert "fire | corroborated, but divergent | Nine people died." in done.out
    assert "fire | speaker | courier: want Ann Orde" in done.out
    assert "single-sourced, called corroborated" in done.out


def test_what_is_wrong_is_told(tmp_path: Path) -> None:
    source = tmp_path / "events"
    source.mkdir()
    missing = factcheck("evaluate", "events", str(source))
    assert missing.status == 2
    assert "no event folders" in missing.err
    event(source, post=POST.replace('"s2"', '"s3"'))
    broken = factcheck("evaluate", "compile", str(source), str(tmp_path / "out"))
    assert broken.status == 2
    assert "error: fire/post.tagged.md: statement 's3' is not in event.yaml" in broken.err
    assert factcheck("evaluate", "events", str(source)).status == 2
    (source / "fire" / "post.tagged.md").write_text(POST, encoding="utf-8")
    absent = factcheck("evaluate", "events", str(source), "--reports", str(tmp_path))
    assert absent.status == 2
    assert "fire.json: there is no such file" in absent.err
    (tmp_path / "fire.json").write_text('{"articles": [], "claims": [{}], "groups": []}')
    wrong = factcheck("evaluate", "events", str(source), "--reports", str(tmp_path))
    assert "fire.json: claims.0.id Field required" in wrong.err
