"""The kinds that are compared by their values alone, as `factcheck.kinds` has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import product

from factcheck.divergence.figures import of_other_times
from factcheck.divergence.views import Conflict, View
from factcheck.kinds import REGISTRY, Kind, code
from factcheck.records import Slot

Excludes = Callable[[Slot, Slot], bool]
Rule = Callable[[View, View], list[Conflict]]
# Words of both claims, values aside, that make two values of a kind values of one thing.
_NEAR, _SHARED = 1, 2


@cache
def comparers() -> Mapping[str, Excludes]:
    """By kind what says of two slots that they cannot both hold."""
    return {kind.name: code(kind.excludes) for kind in REGISTRY if kind.excludes}


@cache
def rules() -> tuple[Rule, ...]:
    """What holds two claims together, in the order of the kinds."""
    return tuple(code(name) for kind in REGISTRY for name in kind.rules)


def conflicts(a: View, b: View) -> list[Conflict]:
    """The conflicts of two claims in kinds that have no rule of their own."""
    return [found for kind in _unruled() for found in _first(kind, a, b)]


def all_apart(a: View, b: View) -> bool:
    """Whether both claims tell values of such a kind, of which no two can both hold."""
    return any(
        pairs and all(comparers()[kind.name](*pair) for pair in pairs)
        for kind in _unruled()
        for pairs in [list(product(a.slots(kind.name), b.slots(kind.name)))]
    )


@cache
def _unruled() -> tuple[Kind, ...]:
    return tuple(kind for kind in REGISTRY if kind.excludes and kind.conflict)


def _first(kind: Kind, a: View, b: View) -> Iterator[Conflict]:
    """The first values that exclude each other, where no value goes with one of the other claim."""
    excludes = comparers()[kind.name]
    pairs = [p for p in product(a.slots(kind.name), b.slots(kind.name)) if _of_one_thing(a, b, *p)]
    if not pairs or not all(excludes(*pair) for pair in pairs):
        return
    one, other = pairs[0]
    reason = f"{kind.conflict}: {one.value} and {other.value}"
    yield Conflict(kind.name, reason, (one.value, other.value), (one.span, other.span))


def _of_one_thing(a: View, b: View, one: Slot, other: Slot) -> bool:
    """Whether two values are about the same, as far as it is told, and told of likewise."""
    if one.about and other.about and one.about != other.about:
        return False
    if of_other_times(a, b):
        return False
    near = a.around(one.span) & b.around(other.span)
    return len(near) >= _NEAR or len(a.stems & b.stems) >= _SHARED
