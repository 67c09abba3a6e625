"""The labelled public events: labels without words, and the layout made from them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks import basil, events, gate

EVENT = "2031_harbour"
# Of each outlet: title, paragraphs of sentences.
ARTICLES: dict[str, tuple[str, list[list[str]]]] = {
    "NYT": ("Ferry hits pier ", [["Twelve were hurt.", "Ann Cole said so."], ["It sank."]]),
    "FOX": ("", [["Ann Cole said 15 were hurt."]]),
    "HPO": ("Ferry", [["Nobody knows why."], ["Twelve were hurt, the harbour office said."]]),
}
GOLD = {
    "event": "harbour",
    "year": 2031,
    "outlets": {"1": "nyt", "2": "fox", "3": "hpo"},
    "clusters": [
        {
            "id": "c1",
            "statement": "People were hurt on the ferry.",
            "mentions": [
                {
                    "outlet": "nyt",
                    "file": "nyt.txt",
                    "spans": [[17, 34]],
                    "part_spans": [[17, 33]],
                    "attributed_to": "Ann Cole",
                    "via": None,
                    "quote": "none",
                },
                {
                    "outlet": "fox",
                    "file": "fox.txt",
                    "spans": [[0, 27]],
                    "part_spans": [[14, 26]],
                    "attributed_to": "somebody at the harbour",
                    "via": "harbour office",
                    "quote": "indirect",
                },
                {
                    "outlet": "hpo",
                    "file": "hpo.txt",
                    "spans": [[25, 67]],
                    "attributed_to": "outlet voice",
                    "via": None,
                    "quote": "none",
                },
            ],
            "relation": "divergent",
            "divergence": [
                {"slot": "figure", "values": {"1": "Twelve", "2": "fifteen"}, "material": True}
            ],
            "origins": 2,
            "verdict": "divergent",
        }
    ],
}


@pytest.fixture(name="clone")
def _clone(tmp_path: Path) -> Path:
    folder = tmp_path / "clone" / "2031"
    folder.mkdir(parents=True)
    for number, (source, (title, body)) in enumerate(ARTICLES.items(), 1):
        article = {"title": title, "source": source, "body-paragraphs": body}
        (folder / f"harbour_{number}.json").write_text(json.dumps(article))
    return folder.parent


@pytest.fixture(name="kept")
def _kept(clone: Path) -> dict[str, Any]:
    told = basil.labels(GOLD, basil.texts(clone, EVENT))
    kept: dict[str, Any] = json.loads(json.dumps({"basil": {EVENT: told}, "basil-statements": {}}))
    return kept


def test_a_title_an_empty_line_a_sentence_a_line(clone: Path) -> None:
    assert basil.texts(clone, EVENT) == {
        "nyt": "Ferry hits pier\n\nTwelve were hurt.\nAnn Cole said so.\nIt sank.\n",
        "fox": "Ann Cole said 15 were hurt.\n",
        "hpo": "Ferry\n\nNobody knows why.\nTwelve were hurt, the harbour office said.\n",
    }


def test_what_stands_in_no_article_is_left_out(
    clone: Path, kept: dict[str, Any], tmp_path: Path
) -> None:
    assert basil.lay_out(clone, tmp_path / "eval", kept) == []
    folder = tmp_path / "eval" / "basil" / EVENT
    (cluster,) = json.loads((folder / "gold.json").read_text("utf-8"))["clusters"]
    assert cluster["statement"] == "Twelve were hurt"
    assert [(m["attributed_to"], m["via"]) for m in cluster["mentions"]] == [
        ("Ann Cole", None),
        (None, "harbour office"),
        ("outlet voice", None),
    ]
    assert cluster["divergence"] == [
        {"slot": "figure", "values": {"1": "Twelve"}, "material": True}
    ]
    (event,) = events.load(folder.parent)
    assert [mention.parts for mention in event.clusters[0]] == [
        ((17, 33),),
        ((14, 26),),
        ((25, 67),),
    ]


def test_what_is_laid_out_gives_the_same_labels(
    clone: Path, kept: dict[str, Any], tmp_path: Path
) -> None:
    basil.lay_out(clone, tmp_path / "eval", kept)
    folder = tmp_path / "eval" / "basil"
    gold = json.loads((folder / EVENT / "gold.json").read_text("utf-8"))
    assert (
        json.loads(json.dumps(basil.labels(gold, basil.read(folder / EVENT))))
        == (kept["basil"][EVENT])
    )
    (tmp_path / "as annotated" / EVENT).mkdir(parents=True)
    for path in (folder / EVENT).iterdir():
        (tmp_path / "as annotated" / EVENT / path.name).write_bytes(path.read_bytes())
    (tmp_path / "as annotated" / EVENT / "gold.json").write_text(json.dumps(GOLD))
    assert basil.digest(tmp_path / "as annotated") == basil.digest(folder)


def test_another_text_is_refused(clone: Path, kept: dict[str, Any], tmp_path: Path) -> None:
    path = clone / "2031" / "harbour_2.json"
    path.write_text(path.read_text().replace("15", "16"))
    assert basil.lay_out(clone, tmp_path / "eval", kept) == [EVENT]
    assert not (tmp_path / "eval").exists()


def _strings(found: Any) -> set[str]:
    if isinstance(found, str):
        return {found}
    parts = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    return {text for part in parts for text in _strings(part)}


def test_the_labels_hold_no_words_of_articles() -> None:
    kept = json.loads(basil.LABELS.read_text("utf-8"))
    assert {part: len(kept[part]) for part in basil.SETS} == {"basil": 12, "basil-statements": 40}
    slots = {
        c[0]
        for p in kept.values()
        for e in p.values()
        for s in e["clusters"]
        for c in s["conflicts"]
    }
    ids = {cluster["id"] for p in kept.values() for e in p.values() for cluster in e["clusters"]}
    hashes = {text for p in kept.values() for e in p.values() for text in e["texts"].values()}
    assert all(len(text) <= 11 and " " not in text for text in slots | ids)
    assert _strings(kept) - slots - ids - hashes == {
        *("nyt", "fox", "hpo", basil.OUTLET_VOICE, "none", "direct", "indirect", "mixed"),
        *("corroborated", "single-sourced", "divergent"),
    }


def test_the_gate_fails_where_data_is_said_to_be_and_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in gate.SETS[1:]:
        (tmp_path / name).mkdir(parents=True)
    monkeypatch.setattr(
        gate, "measured", lambda folder: {} if folder is None else pytest.fail("measured")
    )
    for arguments, told in (([str(tmp_path)], None), ([], str(tmp_path))):
        monkeypatch.setattr(sys, "argv", ["gate", *arguments])
        if told:
            monkeypatch.setenv("FACTCHECK_EVAL", told)
        assert gate.main() == 1
        assert capsys.readouterr().out == f"no evaluation data in {tmp_path}: basil\n"
    monkeypatch.delenv("FACTCHECK_EVAL")
    monkeypatch.setattr(gate, "_DEFAULT", tmp_path / "nowhere")
    monkeypatch.setattr(sys, "argv", ["gate"])
    assert gate.main() == 0
