"""One process reads for all tests of the intake: to start it takes longer than they do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace

import pytest

from factcheck import intake
from factcheck.intake.drafts import Request, Taken
from factcheck.intake.worker import Worker


class _Kept(Worker):
    """Reads for one who stands in another folder than this process."""

    def read(self, request: Request) -> Iterator[Taken]:
        file = request.file and request.file.absolute()
        return super().read(replace(request, file=file))


@pytest.fixture(scope="session", autouse=True)
def reader() -> Iterator[None]:
    with _Kept() as worker, pytest.MonkeyPatch.context() as patch:
        patch.setattr(intake, "Worker", lambda: nullcontext(worker))
        yield
