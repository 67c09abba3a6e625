"""Minimal pairs: a new case is a new line in `pairs/<slot>.yaml`.

A pair that comes out wrong has the option `known`, the reason, and no share of them may be wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from factcheck.records import Divergence
from tests.known import param

Hold = Callable[..., list[Divergence]]
# The slot of its file, two tellings, options, and whether they conflict.
Pair = tuple[str, str, str, dict[str, Any], bool]


def pairs() -> Iterator[Any]:
    for path in sorted((Path(__file__).parent / "pairs").glob("*.yaml")):
        data = YAML(typ="safe").load(path)
        common = data.get("options", {})
        for verdict in ("conflict", "compatible"):
            for number, (a, b, *rest) in enumerate(data[verdict], 1):
                options = {**common, **(rest[0] if rest else {})}
                known = options.pop("known", None)
                yield param(
                    (path.stem, a, b, options, verdict == "conflict"),
                    name=f"{path.stem} {verdict} {number}",
                    known=known,
                )


PAIRS = list(pairs())


@pytest.mark.parametrize("pair", PAIRS)
def test_a_pair_conflicts_in_the_slot_of_its_file_or_not_at_all(hold: Hold, pair: Pair) -> None:
    slot, a, b, options, conflict = pair
    turned = {k: v[::-1] if isinstance(v, list) else v for k, v in options.items()}
    for found in hold(a, b, options), hold(b, a, turned):
        assert any(d.material for d in found) == conflict
        assert not conflict or slot in {d.slot for d in found}


def test_there_are_at_least_three_hundred_pairs_half_of_them_conflicting() -> None:
    every = [found.values[0] for found in PAIRS]
    assert len(every) >= 300
    assert 0.45 <= sum(conflict for *_, conflict in every) / len(every) <= 0.55
    assert len({(a, b, str(options)) for _, a, b, options, _ in every}) == len(every)
