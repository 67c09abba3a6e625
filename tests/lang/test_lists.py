"""Words stand in the lists of a language, each list with what it is for, and not in code."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import get_args

import pytest

from factcheck.access.namings import Form
from factcheck.attribution.mention import Kind
from factcheck.kinds import KINDS
from factcheck.records import BlockKind, SpeakerKind, Stance

PACKAGE = Path(__file__).parents[2] / "factcheck"
ROOMS = (
    "claims",
    "slots",
    "divergence",
    "attribution",
    "access",
    "provenance",
    "matching",
)
MODULES = sorted(path for room in ROOMS for path in (PACKAGE / room).glob("*.py"))
LISTS = sorted((PACKAGE / "lang").glob("*/*.toml"))
# So many words make a set; the code's own names (of blocks, stances, kinds of details, of speakers
# and of what is mentioned, marks of a name's form) are none, nor are names of files.
LEAST = 3
TYPES = (BlockKind, Stance, SpeakerKind, Kind, Form)
OWN = frozenset((*KINDS, *(name for names in TYPES for name in get_args(names))))
FILE = re.compile(r"\w+\.(?:json|onnx|toml)")
# Where measures are named for which a model has weights, and the model's own list of them.
MEASURES = {
    "provenance/measures": ("data/independence.json", "measures"),
    "matching/features": ("models/matcher.json", "features"),
    "matching/score": ("models/matcher.json", "features"),
}
# What a report is worded with: parts of a sum, and what is told of them.
WORDED = {"provenance/independence": ("SILENT", "NOTHING")}


def code_names(tree: ast.AST, worded: Collection[str]) -> set[int]:
    """The nodes below types, `__all__` and `worded`: names of the code, no words of a language."""
    roots: list[ast.AST] = [n.slice for n in ast.walk(tree) if isinstance(n, ast.Subscript)]
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ("__all__", *worded):
            roots.append(node.value)
    return {id(node) for root in roots for node in ast.walk(root)}


def measured(module: str) -> frozenset[str]:
    """The names of measures that a module may hold."""
    if module not in MEASURES:
        return frozenset()
    file, key = MEASURES[module]
    return frozenset(json.loads((PACKAGE / file).read_text(encoding="utf-8"))[key])


def word_sets(source: str, module: str = "") -> Iterator[str]:
    """The literal sets, lists and split strings of a module that hold words."""
    tree = ast.parse(source)
    names = code_names(tree, WORDED.get(module, ()))
    own = OWN | measured(module)
    for node in ast.walk(tree):
        found: list[object] = []
        if isinstance(node, ast.Set | ast.List | ast.Tuple) and id(node) not in names:
            found = [e.value for e in node.elts if isinstance(e, ast.Constant)]
            found = found if len(found) == len(node.elts) else []
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            text = node.func.value
            if node.func.attr == "split" and isinstance(text, ast.Constant):
                found = list(str(text.value).split())
        words = [word for word in found if isinstance(word, str) and not FILE.fullmatch(word)]
        spelled = [word for word in words if any(map(str.isalpha, word))]
        if len(words) >= LEAST and spelled and not own.issuperset(words):
            yield f"line {getattr(node, 'lineno', 0)}: {' '.join(words)}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_no_module_holds_a_word_set(path: Path) -> None:
    module = f"{path.parent.name}/{path.stem}"
    assert list(word_sets(path.read_text(encoding="utf-8"), module)) == []


@pytest.mark.parametrize(
    "source",
    ['A = frozenset({"he", "she", "it"})', 'A = "he she it".split()', 'x in ("he", "she", "it")'],
)
def test_a_word_set_is_seen(source: str) -> None:
    assert list(word_sets(source))


@pytest.mark.parametrize(
    "source",
    [
        'Role = Literal["source", "cue", "content"]',
        'x in ("person", "people", "document")',
        'for name in ("tagger.onnx", "tokenizer.json", "tagger.json"): pass',
    ],
)
def test_names_of_the_code_are_no_word_set(source: str) -> None:
    assert list(word_sets(source)) == []


@pytest.mark.parametrize("path", LISTS, ids=lambda p: p.stem)
def test_lists_say_what_they_are_for(path: Path) -> None:
    """Entries without a blank line between them are told of together."""
    parts = path.read_text(encoding="utf-8").strip().split("\n\n")
    told = re.compile("^#", re.M)
    assert [part for part in parts if not told.search(part) and "[[pair]]" not in part] == []
