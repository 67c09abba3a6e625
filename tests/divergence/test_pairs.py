"""Minimal pairs: a new case is a new line in `pairs/<slot>.yaml`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from factcheck.records import Divergence

FILES = sorted((Path(__file__).parent / "pairs").glob("*.yaml"))
# Share of all pairs that must come out right.
BAR = 0.95

Hold = Callable[..., list[Divergence]]
Pair = tuple[str, str, dict[str, Any], bool]


def pairs(path: Path) -> Iterator[Pair]:
    data = YAML(typ="safe").load(path)
    common = data.get("options", {})
    for verdict in ("conflict", "compatible"):
        for a, b, *rest in data[verdict]:
            yield a, b, {**common, **(rest[0] if rest else {})}, verdict == "conflict"


def right(hold: Hold, pair: Pair) -> bool:
    a, b, options, conflict = pair
    both = hold(a, b, options), hold(b, a, {k: _turned(v) for k, v in options.items()})
    return all(any(d.material for d in found) == conflict for found in both)


def _turned(value: Any) -> Any:
    return value[::-1] if isinstance(value, list) else value


def test_there_are_at_least_three_hundred_pairs_half_of_them_conflicting() -> None:
    every = [pair for path in FILES for pair in pairs(path)]
    assert len(every) >= 300
    assert 0.45 <= sum(conflict for *_, conflict in every) / len(every) <= 0.55
    assert len({(a, b, str(options)) for a, b, options, _ in every}) == len(every)


def test_nearly_all_pairs_come_out_right(hold: Hold) -> None:
    wrong = [pair for path in FILES for pair in pairs(path) if not right(hold, pair)]
    total = sum(1 for path in FILES for _ in pairs(path))
    assert len(wrong) <= (1 - BAR) * total, "\n".join(f"{c}: {a} / {b}" for a, b, _, c in wrong)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_the_slot_of_a_conflict_is_the_file_it_stands_in(hold: Hold, path: Path) -> None:
    conflicts = [pair for pair in pairs(path) if pair[3]]
    slots = [{d.slot for d in hold(*pair[:3])} for pair in conflicts]
    assert sum(path.stem in found for found in slots) >= 0.8 * len(conflicts)
