"""Read and validate a ledger; every error names file, line and column."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from factcheck.config import Limits
from factcheck.errors import ConfigurationError, UnreadableError
from factcheck.ingest import read_bytes
from factcheck.ledger.models import EMPTY, FORMAT_VERSION, Decision, DecisionFile, Ledger
from factcheck.ledger.yaml_tree import MAX_BYTES, Tree, located, parse, refuse
from factcheck.ledger.yaml_tree import Path as Keys
from factcheck.paths import is_file, is_folder, lies

FILE_NAME = "claims.yaml"

_Model = TypeVar("_Model", bound=BaseModel)


def find(paths: Iterable[str]) -> Path | None:
    """Find the ledger that belongs to a run over `paths`.

    It stands in a path's own folder or in one above it, up to the root of the repository; outside
    of a repository up to the current folder, or to the next one above. Raises `ConfigurationError`
    where paths have different ledgers.
    """
    found: dict[str, Path] = {}
    for name in paths:
        ledger = next((f / FILE_NAME for f in _folders(name) if is_file(f / FILE_NAME)), None)
        if ledger is not None:
            found.setdefault(os.path.realpath(ledger), ledger)
    if len(found) > 1:
        # Which of them counts would else be decided by what is named first.
        raise ConfigurationError(
            "two-ledgers",
            f"several ledgers apply: {', '.join(map(str, sorted(found.values())))}",
            "Name the one that counts with --ledger, or give --no-ledger.",
        )
    return next(iter(found.values()), None)


def place_for(paths: Sequence[str]) -> Path:
    """Where a first ledger is made, so that `find` finds it for all of `paths`: in the current
    folder if that will do, else in the lowest folder that does.

    Raises `ConfigurationError` where no folder does.
    """
    searched = [
        {os.path.realpath(folder): folder for folder in _folders(path)} for path in paths or ["."]
    ]
    shared = [real for real in searched[0] if all(real in folders for folders in searched)]
    if not shared:
        raise ConfigurationError(
            "no-ledger",
            "there is no ledger yet, and no folder in which every one of these paths would find it",
            "Name a file with --ledger.",
        )
    here = os.path.realpath(".")
    return searched[0][here if here in shared else shared[0]] / FILE_NAME


def _folders(name: str) -> list[Path]:
    """The folders in which the ledger of a path is looked for, its own first.

    They are written as a person would write them from where the run is: without "..", if possible.
    """
    path = Path(name)
    folder = Path(os.path.abspath(path if is_folder(path) else path.parent))  # noqa: PTH100
    above = [folder, *folder.parents]
    here = Path.cwd()
    root = next((number for number, f in enumerate(above) if lies(f / ".git")), None)
    if root is None:
        root = max(1, above.index(here) if here in above else 1)
    if path.is_absolute():
        return above[: root + 1]
    return [Path(os.path.relpath(f)) for f in above[: root + 1]]


def load(path: Path | None) -> Ledger:
    """Read the ledger in `path` with its folder of decisions and the decision files that it names;
    empty without one.

    Raises `ConfigurationError` where a file is missing, too large or not valid.
    """
    if path is None:
        return EMPTY
    text = read_text(path)
    ledger = loads(text, str(path))
    decisions = tuple(entry for entry, *_ in decided(path, text, ledger))
    return ledger.model_copy(update={"decisions": decisions}).lying_in(str(path.parent))


def decided(path: Path, text: str, ledger: Ledger) -> Iterator[tuple[Decision, Path, int]]:
    """The decisions of the ledger in `path`, which has this text, and of the files that go with it:
    each with its file, and which one of that file it is.

    Raises `ConfigurationError` where a file is missing or not valid.
    """
    known = set()
    for number, entry in enumerate(ledger.decisions):
        known.add(entry.identity)
        yield entry, path, number
    for index, name in enumerate(ledger.decision_files):
        named = path.parent / name
        if not is_file(named):
            at = parse(text, str(path)).position(("decision_files", index))
            raise refuse(
                str(path),
                at,
                f"decision file '{name}' is missing",
                "Restore it or remove its name.",
            )
        for number, entry in enumerate(load_decisions(named)):
            known.add(entry.identity)
            yield entry, named, number
    for file in folder_files(path):
        for number, entry in enumerate(load_decisions(file)):
            # Two branches may have decided the same, each in its own file.
            if entry.identity not in known:
                known.add(entry.identity)
                yield entry, file, number


def folder_of(path: Path) -> Path:
    """The folder of decisions of the ledger `path`: `claims.d` beside `claims.yaml`."""
    return path.with_suffix(".d")


def folder_files(path: Path) -> list[Path]:
    """The files in the folder of decisions of the ledger `path`, by name."""
    return sorted(folder_of(path).glob("*.yaml"))


def load_decisions(path: Path) -> tuple[Decision, ...]:
    """Read the decisions in a file of decisions. Raises `ConfigurationError`."""
    return loads_decisions(read_text(path), str(path))


def loads_decisions(text: str, name: str) -> tuple[Decision, ...]:
    """Validate the text of a file of decisions. Raises `ConfigurationError`."""
    tree = parse(text, name)
    check_version(tree, name)
    return _validated(tree, DecisionFile, name).decisions


def loads(text: str, name: str) -> Ledger:
    """Validate the text of a ledger; `name` is the file's name in messages.

    Decisions of other files are not read. Raises `ConfigurationError`.
    """
    tree = parse(text, name)
    if tree.data is None:
        raise refuse(name, (1, 1), "the ledger is empty", "Begin it with 'version: 1'.")
    check_version(tree, name)
    ledger = _validated(tree, Ledger, name)
    _refuse_duplicates(ledger, tree, name)
    return ledger


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the ledger, for editors."""
    found = Ledger.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}


def read_text(path: Path) -> str:
    """Read a ledger file. Raises `ConfigurationError` if missing, too large or not UTF-8."""
    try:
        return read_bytes(path, Limits(file_bytes=MAX_BYTES)).decode("utf-8-sig")
    except UnreadableError as error:
        if error.code == "too-large":
            raise ConfigurationError(
                "ledger-size",
                f"{path}: larger than {MAX_BYTES // 1_000_000} MB",
                "Move decisions into files of their own and name them in 'decision_files'.",
            ) from None
        if isinstance(error.__cause__, FileNotFoundError):
            raise ConfigurationError(
                "ledger-missing", f"{path}: no such ledger", "Give another path with --ledger."
            ) from None
        raise ConfigurationError("ledger", f"{path}: {error.message}", error.hint) from None
    except UnicodeDecodeError as error:
        raise ConfigurationError(
            "ledger", f"{path}: not UTF-8 (byte {error.start})", "Save it as UTF-8."
        ) from None


def check_version(tree: Tree, name: str) -> None:
    """Refuse any format version but the current one, saying what to do about it.

    Scalars of a tree are text; the version becomes a number here.
    """
    if not isinstance(tree.data, dict):
        raise refuse(name, (1, 1), "a ledger is a mapping that begins with 'version: 1'")
    found = version_of(tree.data)
    at = tree.position(("version",))
    if found is None:
        raise refuse(name, at, f"no valid 'version'; this program writes version {FORMAT_VERSION}")
    if found > FORMAT_VERSION:
        raise refuse(
            name,
            at,
            f"format version {found} is newer than this program knows ({FORMAT_VERSION})",
            "Install a newer factcheck.",
        )
    if found < FORMAT_VERSION:
        raise refuse(
            name,
            at,
            f"format version {found} is older than {FORMAT_VERSION}",
            "Run 'factcheck claims upgrade' once and commit the result.",
        )
    tree.data["version"] = FORMAT_VERSION


def version_of(data: dict[str, Any]) -> int | None:
    """Return the format version that a ledger states, `None` where it is no number."""
    found = data.get("version")
    if isinstance(found, str) and found.isascii() and found.isdigit() and len(found) < 6:
        return int(found)
    return None


def _validated(tree: Tree, model: type[_Model], name: str) -> _Model:
    try:
        return model.model_validate(tree.data)
    except ValidationError as error:
        raise _first_error(error, tree, model, name) from None


def _first_error(
    error: ValidationError, tree: Tree, model: type[BaseModel], name: str
) -> ConfigurationError:
    """Say all problems in the file's order, each with its place and, where possible, a guess."""
    lines = set()
    for detail in error.errors(include_url=False):
        keys: Keys = tuple(detail["loc"])
        unknown = detail["type"] == "extra_forbidden"
        lines.add((tree.position(keys, key=unknown), _message(detail, keys, model)))
    text = [located(name, position, message) for position, message in sorted(lines)]
    more = [f"… and {len(text) - 20} more"] if len(text) > 20 else []
    return ConfigurationError(
        "ledger",
        "\n".join(text[:20] + more),
        "See docs/ledger.md, or 'factcheck schema ledger' for your editor.",
    )


def _message(detail: Any, keys: Keys, model: type[BaseModel]) -> str:
    key = next((str(part) for part in reversed(keys) if isinstance(part, str)), "")
    match detail["type"]:
        case "extra_forbidden":
            known = known_keys(model, keys[:-1])
            return f"unknown key '{key}'" + suggestion(key, known)
        case "missing":
            return f"'{key}' is missing"
        case "literal_error":
            given = str(detail["input"])
            allowed = detail["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
            words = allowed.split(", ")
            return f"'{given}' is not one of {', '.join(words)}" + suggestion(given, words)
        case "string_pattern_mismatch":
            return f"'{key}' may hold letters, digits, '.', '_' and '-' only"
        case kind if kind.startswith("date"):
            return f"'{key}' must be a day such as 2025-04-12"
        case "int_parsing" | "int_type":
            return f"'{key}' must be a whole number"
        case "string_type":
            return f"{_item(keys)} must be text"
        case "tuple_type":
            return f"'{key}' must be a list"
        case "model_type" | "dict_type" | "mapping_type" | "model_attributes_type":
            return f"{_item(keys)} must be a mapping"
        case "string_too_short" | "too_short":
            return f"{_item(keys)} must not be empty"
        case "pair" | "rule" | "place" | "tellings":
            return str(detail["msg"])
        case _:
            return f"'{key}': {detail['msg'][0].lower()}{detail['msg'][1:]}"


def _item(keys: Keys) -> str:
    if keys and isinstance(keys[-1], int):
        return f"an entry of '{keys[-2]}'"
    return f"'{keys[-1]}'" if keys else "the file"


def known_keys(model: type[BaseModel], keys: Keys) -> list[str]:
    """List the keys that an entry at `keys` may have."""
    current: Any = model
    for part in keys:
        if isinstance(part, int):
            continue
        field = current.model_fields.get(part)
        current = _entry_type(field.annotation) if field else None
        if current is None:
            return []
    return list(current.model_fields)


def _entry_type(annotation: Any) -> type[BaseModel] | None:
    """Return the model that a field holds, alone or in a tuple."""
    for candidate in (annotation, *getattr(annotation, "__args__", ())):
        if isinstance(candidate, type) and issubclass(candidate, BaseModel):
            return candidate
    return None


def suggestion(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?` where a known word is close, else nothing."""
    from rapidfuzz import fuzz, process, utils

    best = process.extractOne(
        word, list(known), scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=60
    )
    return f"; did you mean '{best[0]}'?" if best else ""


def _refuse_duplicates(ledger: Ledger, tree: Tree, name: str) -> None:
    seen: dict[str, int] = {}
    for index, entry in enumerate(ledger.claims):
        first = seen.setdefault(entry.id, index)
        if first != index:
            line = tree.position(("claims", first, "id"))[0]
            at = tree.position(("claims", index, "id"))
            raise refuse(name, at, f"claim id '{entry.id}' is taken (line {line})")
    families: dict[str, tuple[str, int]] = {}
    for index, outlet in enumerate(ledger.outlets):
        for key in (outlet.name, *outlet.domains):
            family, first = families.setdefault(key.lower(), (outlet.name, index))
            if first != index:
                line = tree.position(("outlets", first))[0]
                at = tree.position(("outlets", index))
                raise refuse(name, at, f"'{key}' is listed twice (line {line}, as {family})")
