"""Ledgers as people write them: each file in `cases/` is one, with what must be said of it."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from factcheck import ledger
from factcheck.errors import ConfigurationError
from factcheck.ledger import find, load, loads, place_for, schema
from factcheck.ledger.yaml_tree import parse

CASES = Path(__file__).parent / "cases"
INVALID = sorted((CASES / "invalid").glob("*.yaml"))
VALID = sorted((CASES / "valid").glob("*.yaml"))


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_says_what_is_wrong_and_where(path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        loads(path.read_bytes().decode(), "claims.yaml")
    # "…": the C parser and the Python one word it each in their way. What to do about it follows.
    expected, open_end, hint = path.with_suffix(".txt").read_text().partition("…")
    message = caught.value.message + "\n"
    assert message.startswith(expected) if open_end else message == expected
    assert not open_end or caught.value.hint == hint.strip()
    assert caught.value.exit_status == 2


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_reads_what_is_right(path: Path) -> None:
    assert loads(path.read_text(), "claims.yaml").version == 1


def test_the_schema_agrees_with_the_reader() -> None:
    """What the reader takes the schema takes; blanks and bare numbers are the reader's alone."""
    yaml = YAML(typ="safe", pure=True)
    for path in VALID:
        if path.stem in ("full", "minimal"):
            data = yaml.load(path.read_text())
            jsonschema.validate(json.loads(json.dumps(data, default=str)), schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"version": 1, "claimz": []}, schema())


def test_every_key_is_described() -> None:
    found = schema()
    for name, model in {"Ledger": found, **found["$defs"]}.items():
        for key, field in model["properties"].items():
            told = "description" in field or "$ref" in field or key in ("decision", "version")
            assert told, f"{name}.{key}"


def test_scalars_stay_as_written() -> None:
    first, second = loads((CASES / "valid" / "scalars.yaml").read_text(), "x").claims
    assert (first.id, first.statement, first.owner, first.note) == ("012", "No", "1e3", "0x10")
    assert (first.minimum_origins, str(first.date)) == (3, "2025-04-12")
    assert dict(second.slots) == {"figure": "12", "date": "2025-04-11"}


def test_families_and_settings() -> None:
    found = loads((CASES / "valid" / "full.yaml").read_text(), "x")
    assert found.families == {
        "Herald": "Estuary Media",
        "herald.example": "Estuary Media",
        "herald-online.example": "Estuary Media",
        "Coastwire": "Coastwire",
    }
    assert found.settings().provenance.independence == "shown"
    assert found.matching_decisions().same == {("aaaa", "bbbb")}
    assert found.matching_decisions().different == frozenset()


@pytest.mark.parametrize("asked", ["shown", "likely", "assumed"])
def test_a_policy_asks_how_independent_origins_have_to_be(asked: str) -> None:
    found = loads(f"version: 1\npolicy:\n  independence: {asked}\n", "x")
    assert found.settings().provenance.independence == asked
    assert loads("version: 1\n", "x").settings().provenance.independence == "assumed"


def test_a_policy_asks_for_no_other_independence() -> None:
    with pytest.raises(ConfigurationError, match=r"certain.*shown"):
        loads("version: 1\npolicy:\n  independence: certain\n", "x")


def test_a_ledger_of_more_than_10_mb_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "claims.yaml"
    with path.open("w") as stream:
        stream.write("version: 1\n")
        stream.writelines(f"# {number:060}\n" for number in range(170_000))
    start = time.process_time()
    with pytest.raises(ConfigurationError, match="larger than 10 MB"):
        load(path)
    assert time.process_time() - start < 1


@pytest.mark.growth
def test_a_large_ledger_is_read_in_time(tmp_path: Path) -> None:
    path = tmp_path / "claims.yaml"
    entry = "  - decision: same\n    fingerprints: [a{0:07}, b{0:07}]\n    why: The same words.\n"
    path.write_text("version: 1\ndecisions:\n" + "".join(map(entry.format, range(2000))))
    assert len(load(path).decisions) == 2000


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"version: 1\n# \xff\n", "not UTF-8"), (None, "no such ledger")],
    ids=["latin", "missing"],
)
def test_files_that_cannot_be_read(tmp_path: Path, data: bytes | None, words: str) -> None:
    path = tmp_path / "claims.yaml"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(ConfigurationError, match=words):
        load(path)


def test_a_byte_order_mark_is_no_part_of_it(tmp_path: Path) -> None:
    path = tmp_path / "claims.yaml"
    path.write_bytes(b"\xef\xbb\xbfversion: 1\r\n")
    assert load(path).model_dump() == ledger.EMPTY.model_dump()


def test_decision_files_are_read_and_must_be_there(tmp_path: Path) -> None:
    path = tmp_path / "claims.yaml"
    path.write_text("version: 1\ndecision_files:\n  - old/decided.yaml\n")
    with pytest.raises(
        ConfigurationError, match=r"claims\.yaml:3:5: .*'old/decided\.yaml'.*missing"
    ):
        load(path)
    (tmp_path / "old").mkdir()
    named = tmp_path / "old" / "decided.yaml"
    named.write_text("version: 1\ndecisions:\n  - {decision: same, fingerprints: [b, a]}\n")
    assert load(path).pairs("same") == {("a", "b")}
    named.write_text("version: 1\ndecisons: []\n")
    with pytest.raises(ConfigurationError, match=r"decided\.yaml:2:1: .*did you mean 'decisions'"):
        load(path)


REPOSITORY = [
    # where a run starts, the paths that it names, where the ledger is, where a first one is made
    (".", ["desk/corpus"], "claims.yaml", "claims.yaml"),
    (".", ["desk/corpus/2025"], "desk/claims.yaml", "claims.yaml"),
    ("desk", ["corpus/2025"], "../claims.yaml", "claims.yaml"),
    ("desk", ["corpus/2025", "other"], "claims.yaml", "claims.yaml"),
    ("desk/other", ["../corpus"], "../../claims.yaml", "../corpus/claims.yaml"),
    ("desk/other", ["../corpus", "."], "../claims.yaml", "../claims.yaml"),
    ("desk/corpus/2025", ["a.txt"], "../../../claims.yaml", "claims.yaml"),
    (".", ["desk/corpus"], "../claims.yaml", "claims.yaml"),
]


@pytest.mark.parametrize(("start", "paths", "there", "made"), REPOSITORY)
def test_is_found_up_to_the_root_of_the_repository(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    start: str,
    paths: list[str],
    there: str,
    made: str,
) -> None:
    root = tmp_path / "repository"
    for folder in (".git", "desk/corpus/2025", "desk/other"):
        (root / folder).mkdir(parents=True)
    monkeypatch.chdir(root / start)
    assert find(paths) is None
    assert place_for(paths) == Path(made)
    Path(there).write_text("version: 1\n")
    above = Path(there).resolve().parent == tmp_path
    assert find(paths) == (None if above else Path(there))
    Path(made).write_text("version: 1\n")
    if above:
        assert find(paths) == Path(made)


def test_no_folder_serves_paths_of_two_repositories(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        (tmp_path / name / ".git").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigurationError, match="no folder in which every one"):
        place_for(["a", "b"])


def test_is_found_in_or_beside_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text("A text.")
    monkeypatch.chdir(tmp_path)
    assert find(["corpus"]) is None
    Path("claims.yaml").write_text("version: 1\n")
    assert find(["corpus"]) == Path("claims.yaml")
    assert find(["corpus/a.txt"]) == Path("claims.yaml")
    assert find([str(corpus)]) == tmp_path / "claims.yaml"
    Path("corpus/claims.yaml").write_text("version: 1\n")
    assert find(["corpus"]) == Path("corpus/claims.yaml")
    monkeypatch.chdir(corpus)
    assert find(["a.txt"]) == Path("claims.yaml")
    Path("claims.yaml").unlink()
    assert find(["a.txt"]) == Path("../claims.yaml")


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
TREES = st.recursive(
    WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(WORDS, TREES, max_size=4))
def test_positions_point_at_what_they_say(data: dict[str, object]) -> None:
    import io

    stream = io.StringIO()
    yaml = YAML()
    yaml.width = 1_000_000
    yaml.dump(_quoted(data), stream)
    text = stream.getvalue()
    tree = parse(text, "x")
    assert tree.data == data
    for path, (start, end) in tree.values.items():
        if isinstance(_at(data, path), str):
            assert YAML(typ="safe", pure=True).load(text[start:end]) == _at(data, path)
    for path, start in tree.keys.items():
        quoted = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL).match(text, start)
        assert quoted and YAML(typ="safe", pure=True).load(quoted[0]) == path[-1]


def _quoted(value: object) -> object:
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    if isinstance(value, dict):
        return {DoubleQuotedScalarString(key): _quoted(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_quoted(item) for item in value]
    return DoubleQuotedScalarString(str(value))


def _at(data: object, path: tuple[str | int, ...]) -> object:
    for part in path:
        data = data[part]  # type: ignore[index]
    return data


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda data: data.decode("latin-1")))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        loads(text, "x")
    except ConfigurationError as error:
        assert error.message.startswith("x:")
