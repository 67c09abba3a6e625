"""Where the entries of a ledger stand: the file and the line of each."""

from __future__ import annotations

from pathlib import Path

from factcheck.ledger.load import decided, loads, read_text
from factcheck.ledger.models import Entry
from factcheck.ledger.yaml_tree import parse


def places(path: Path) -> dict[Entry, tuple[str, int]]:
    """The file, and the line in it from 1, of each entry of the ledger in `path`; decisions are
    numbered as `load` gives them, those of further files after its own.

    Raises `ConfigurationError` where a file cannot be read.
    """
    text = read_text(path)
    ledger = loads(text, str(path))
    trees = {path: parse(text, str(path))}
    found: dict[Entry, tuple[str, int]] = {}
    for number in range(len(ledger.claims)):
        found["claims", number] = (str(path), trees[path].position(("claims", number))[0])
    for number in range(len(ledger.policy.overrides)):
        at = trees[path].position(("policy", "overrides", number))
        found["overrides", number] = (str(path), at[0])
    for number, (_, file, own) in enumerate(decided(path, text, ledger)):
        if file not in trees:
            trees[file] = parse(read_text(file), str(file))
        found["decisions", number] = (str(file), trees[file].position(("decisions", own))[0])
    return found
