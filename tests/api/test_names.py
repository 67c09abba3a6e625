"""What `import factcheck` offers: quickly, whole, and documented."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import factcheck
from factcheck import api
from factcheck.errors import FactcheckError

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")


def _seconds(code: str) -> float:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout)


def test_the_import_takes_no_time() -> None:
    code = "import time; t = time.process_time(); import factcheck; print(time.process_time() - t)"
    assert min(_seconds(code) for _ in range(3)) <= 0.1


def test_the_import_loads_nothing_heavy() -> None:
    heavy = "pydantic numpy onnxruntime rich click ruamel.yaml factcheck.api factcheck.records"
    code = f"import sys, factcheck; print(sorted(set({heavy.split()!r}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_public_name_is_there_and_nothing_else_is() -> None:
    assert set(factcheck.__all__) == {*api.__all__, "__version__"}
    assert list(factcheck.__all__) == sorted(factcheck.__all__)
    assert set(factcheck.__all__) <= set(dir(factcheck))
    for name in api.__all__:
        assert getattr(factcheck, name) is getattr(api, name)
    with pytest.raises(AttributeError, match="nothing_of_the_sort"):
        _ = factcheck.nothing_of_the_sort


# Documentation


def _members(name: str) -> list[tuple[str, object]]:
    thing = getattr(factcheck, name)
    if not inspect.isclass(thing) or issubclass(thing, FactcheckError):
        return []
    return [
        (f"{name}.{member}", value)
        for member, value in vars(thing).items()
        if not member.startswith("_")
        and (inspect.isfunction(value) or isinstance(value, property | classmethod))
        and not member.startswith("model_")
    ]


def _function(thing: object) -> object:
    if isinstance(thing, property):
        return thing.fget
    return thing.__func__ if isinstance(thing, classmethod) else thing


PUBLIC = [(name, getattr(factcheck, name)) for name in factcheck.__all__ if name[0] != "_"]
FUNCTIONS = [
    (name, _function(thing))
    for name, thing in [*PUBLIC, *(m for name, _ in PUBLIC for m in _members(name))]
    if not inspect.isclass(thing)
]


@pytest.mark.parametrize(("name", "thing"), PUBLIC, ids=[name for name, _ in PUBLIC])
def test_every_name_is_documented_and_on_the_page(name: str, thing: object) -> None:
    assert thing.__doc__ and len(thing.__doc__.split()) >= 5
    assert re.search(rf"`{name}[`(.]", PAGE), "docs/api.md does not name it"


@pytest.mark.parametrize(("name", "function"), FUNCTIONS, ids=[name for name, _ in FUNCTIONS])
def test_every_function_is_documented_with_its_errors(name: str, function: object) -> None:
    """What it raises itself is in its docstring or in the one that it names."""
    text = inspect.getdoc(function)
    assert text, name
    raised = set(re.findall(r"raise (\w+Error)\(", inspect.getsource(function)))  # type: ignore[arg-type]
    assert not [error for error in raised if f"`{error}`" not in text], name
    returned = inspect.signature(function).return_annotation  # type: ignore[arg-type]
    assert returned is not inspect.Signature.empty, name


@pytest.mark.parametrize("name", [n for n, thing in PUBLIC if inspect.isclass(thing)])
def test_every_field_of_a_record_is_told(name: str) -> None:
    """Fields of the report format are in docs/formats.md, docs/api.md or the docstring."""
    fields = getattr(getattr(factcheck, name), "model_fields", {})
    told = PAGE + (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    told += getattr(factcheck, name).__doc__
    public = [field for field, about in fields.items() if not about.exclude]
    assert not [field for field in public if not re.search(rf"\b{field}\b", told)]


def _with_references(text: str) -> str:
    """A docstring with those of the functions that it refers to, one step far."""
    named = {name.rpartition(".")[2]: function for name, function in FUNCTIONS}
    told = (
        inspect.getdoc(named[n]) or "" for n in re.findall(r"`(?:\w+\.)?(\w+)`", text) if n in named
    )
    return " ".join([text, *told])


@pytest.mark.parametrize(("name", "function"), FUNCTIONS, ids=[name for name, _ in FUNCTIONS])
def test_every_parameter_is_told(name: str, function: object) -> None:
    text = _with_references(inspect.getdoc(function) or "")
    given = [one for one in inspect.signature(function).parameters if one not in ("self", "cls")]  # type: ignore[arg-type]
    assert not [one for one in given if not re.search(rf"\b{one}\b", text)], name
