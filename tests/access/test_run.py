"""What the outlets of a run may be called, against a slow and obvious search."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck import outlets
from factcheck.access import Run
from factcheck.access.same import same_outlet
from factcheck.ingest import article_from_text

_PAGE = article_from_text("The quay at Tellin has been closed for the winter.", "a.txt")
_NAMES = st.lists(
    st.sampled_from("Calder Tellin Harbour Press Herald de News Radio Times wire".split()),
    min_size=1,
    max_size=4,
).map(" ".join)


def slowly(known: list[str], name: str) -> str:
    """The only outlet of which a name may be a shorter one, by trying each."""
    keys = {outlets.key(outlet) for outlet in known}
    key = outlets.key(name)
    alike = [
        other for other in keys if same_outlet(key, other) and len(key.split()) < len(other.split())
    ]
    return key if key in keys or len(alike) != 1 else alike[0]


@settings(max_examples=200, deadline=None)
@given(st.lists(_NAMES, max_size=6), _NAMES | st.sampled_from(["CH", "CTH", "TP", "HN", "C"]))
def test_the_key_of_a_name(known: list[str], name: str) -> None:
    run = Run(_PAGE.model_copy(update={"outlet": outlet}) for outlet in known)
    assert run.key(name) == slowly(known, name)
