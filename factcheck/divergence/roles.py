"""Two offices of one person."""

from __future__ import annotations

from factcheck.attribution.lexicon import fold
from factcheck.attribution.names import in_full, same_given
from factcheck.divergence.views import Conflict, View
from factcheck.lang import table, words
from factcheck.records import Slot


def conflicts(a: View, b: View) -> list[Conflict]:
    """Hold the roles of two claims and of who makes them together, person by person."""
    for one in (*a.slots("role"), *a.slots("role", scope="event")):
        for other in (*b.slots("role"), *b.slots("role", scope="event")):
            if differ(one, other):
                return [conflict(one, other)]
    return []


def conflict(one: Slot, other: Slot) -> Conflict:
    """Two roles of one person that cannot both hold."""
    reason = f"{other.about} is {one.value} here and {other.value} there"
    return Conflict("role", reason, (one.value, other.value), (one.span, other.span))


def parts(slot: Slot) -> tuple[str, str, str]:
    """Time ("", "former", "acting"), office, and what it belongs to."""
    office, _, of = slot.value.partition(" (")
    time, _, rest = office.partition(" ")
    if time in ("former", "acting") and rest:
        return time, rest, of.rstrip(")")
    return "", office, of.rstrip(")")


def same_person(one: str, other: str) -> bool:
    """Whether two names can be one person's: same surname, no different first names."""
    x, y = fold(one).split(), fold(other).split()
    if not x or not y or x[-1] != y[-1]:
        return False
    if len(x) == 1 or len(y) == 1:
        return True
    return any(same_given(mine, theirs) for mine in x[:-1] for theirs in y[:-1]) or (
        x[0][0] == y[0][0] and 1 in (len(x[0]), len(y[0]))
    )


class People:
    """Tells which of the people told of before is the first who can be one with a name.

    As `same_person` says, but by the parts of names: an article may name thousands of people.
    """

    def __init__(self) -> None:
        """Nobody has been told of yet."""
        self._first: dict[tuple[str, str], int] = {}

    def find(self, name: str) -> int | None:
        """The number of the first person who is known by such a name."""
        parts = fold(name).split()
        if not parts:
            return None
        family, given = parts[-1], parts[:-1]
        if not given:
            keys = [(family, "")]
        else:
            keys = [(family, "."), *((family, full) for part in given for full in in_full(part))]
            initial = given[0][0]
            keys.append((family, f"{initial}." if len(given[0]) > 1 else f"{initial}…"))
        return min((self._first[key] for key in keys if key in self._first), default=None)

    def add(self, name: str, number: int) -> None:
        """Take in person `number`, higher than those before, by the name told of first."""
        parts = fold(name).split()
        if not parts:
            return
        family, given = parts[-1], parts[:-1]
        keys = [(family, ""), *((family, full) for part in given for full in in_full(part))]
        if given:
            initial = given[0][0]
            keys += [(family, f"{initial}…")] + [(family, f"{initial}.")] * (len(given[0]) == 1)
        else:
            keys.append((family, "."))
        for key in keys:
            self._first.setdefault(key, number)


def differ(one: Slot, other: Slot) -> bool:
    """Whether one person cannot hold both offices at the time of writing."""
    if not same_person(one.about, other.about):
        return False
    (when, office, of), (when2, office2, of2) = parts(one), parts(other)
    if of and of2 and fold(of) != fold(of2) and not _acronym(of, of2):
        return False
    if "former" in (when, when2):
        return (
            when != when2
            and (office == office2 or _general(office, office2))
            and office not in words("roles", "courtesy")
            and bool(of and of2)
        )
    if "acting" in (when, when2):
        return False
    return office != office2 and any(
        office in rivals and office2 in rivals for rivals in table("roles")["rivals"]
    )


def _general(office: str, office2: str) -> bool:
    return bool({office, office2} & words("roles", "general"))


def _acronym(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    return short.isupper() and short == "".join(w[0] for w in long.split() if w[0].isupper())
