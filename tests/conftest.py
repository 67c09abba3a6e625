"""Settings of all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

# A deadline by the clock only tells how busy the machine is: what must not take long is measured in
# processor time (`tests.growing`).
settings.register_profile("factcheck", deadline=None)
settings.load_profile("factcheck")


@pytest.fixture(scope="session", autouse=True)
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One cache for all tests, empty at first: what one has read no other reads again.

    It is shared by the workers of a run, and nobody's own cache is read or written. Tests of what a
    cache does have one to themselves.
    """
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FACTCHECK_CACHE", str(folder / "cache"))
        yield
