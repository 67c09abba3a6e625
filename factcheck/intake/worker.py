"""Readers in a process of their own, with bounds on time and memory.

Parsers of other people's formats meet files made to hurt them. What one of them cannot survive
costs this process, which is started anew, and never the run.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Generic, TypeVar

from factcheck.errors import UsageError
from factcheck.intake.drafts import Left, Request

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext

MEMORY = 2_000_000_000
SECONDS = 60.0

Answer = TypeVar("Answer")


class Worker(Generic[Answer]):
    """Reads sources in a process that ends with it, one at a time."""

    def __init__(
        self,
        reader: Callable[[Request], Iterator[Answer]],
        seconds: float = SECONDS,
        memory: int = MEMORY,
    ) -> None:
        """`seconds` are for one answer of the reader, `memory` (bytes) for the process, where it
        can be set.
        """
        self._reader = reader
        self._seconds = seconds
        self._memory = memory
        self._process: multiprocessing.process.BaseProcess | None = None

    def __enter__(self) -> Worker[Answer]:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def ask(self, request: Request) -> None:
        """Begin to read a source, when all that came of the one before has been taken."""
        if self._process is not None and not self._process.is_alive():
            self.stop()
        if self._process is None:
            self._start()
        self._place = request.where.place
        # That it has just gone is told by its answer.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self._requests.send(request)

    def answers(self) -> Iterator[Answer | Left]:
        """What comes of the source. Raises `UsageError` where a library is missing."""
        try:
            while True:
                if not self._answers.poll(self._seconds):
                    self.stop()
                    yield Left(self._place, f"takes more than {self._seconds:g} seconds to read")
                    return
                answer = self._answers.recv()
                if answer is None:
                    return
                if isinstance(answer, UsageError):
                    raise answer
                yield answer
        except (EOFError, BrokenPipeError, ConnectionResetError):
            self.stop()
            yield Left(self._place, "broke its reader: it is damaged, or asks for too much memory")

    def _start(self) -> None:
        context = _context()
        theirs, self._requests = context.Pipe(duplex=False)
        self._answers, answered = context.Pipe(duplex=False)
        process = context.Process(
            target=_serve, args=(theirs, answered, self._reader, self._memory), daemon=True
        )
        try:
            with _uninterrupted():
                process.start()
        except OSError as error:
            raise UsageError(
                "no-process",
                f"no process can be started to read in: {error.strerror or error}",
                "end others first",
            ) from error
        finally:
            theirs.close()
            answered.close()
        self._process = process

    def stop(self) -> None:
        """End the process; the next source gets another one."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._requests.close()
            self._answers.close()
            self._process = None


def _context() -> ForkServerContext | SpawnContext:
    """How processes are started: as copies of one that has loaded the readers with their libraries;
    anew where the system has no copies, or no room for the socket by which they are asked for.
    """
    if sys.platform != "win32":
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["factcheck.intake.loaded"])
        with contextlib.suppress(OSError), _uninterrupted(), _finding_this_package():
            forkserver.ensure_running()
            return context
    return multiprocessing.get_context("spawn")


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """What is started here is not interrupted from the terminal: who asks it is, and ends it."""
    if sys.platform == "win32":
        yield
        return
    # Its start would let interrupts through again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def _finding_this_package() -> Iterator[None]:
    """What is started here imports this package from where it is, however that was found."""
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = import_path()
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before


def import_path() -> str:
    """The value of `PYTHONPATH` with which this very package is imported."""
    package = str(Path(__file__).resolve().parents[2])
    return os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))


def _serve(
    requests: Connection,
    answered: Connection,
    reader: Callable[[Request], Iterator[Answer]],
    memory: int,
) -> None:
    """Answer requests until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Windows starts it without the mask.
    bound(memory)
    with quiet(), contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            request = requests.recv()
            for answer in answers(request, reader):
                answered.send(answer)
            answered.send(None)


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """What libraries print about a file is told as its reason; and none of them opens a socket."""
    import logging
    import socket
    import warnings

    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    # A library opens a socket when it is loaded, to see whether there is IPv6. Nothing here asks
    # anybody, so none is opened.
    socket.has_ipv6 = False
    with (
        Path(os.devnull).open("w", encoding="utf-8") as nowhere,
        contextlib.redirect_stdout(nowhere),
        contextlib.redirect_stderr(nowhere),
    ):
        yield


def answers(
    request: Request, reader: Callable[[Request], Iterator[Answer]]
) -> Iterator[Answer | Left | UsageError]:
    """What a reader makes of a request; whatever goes wrong in it is told."""
    place = request.where.place
    try:
        yield from reader(request)
    except UsageError as error:
        yield error
    except MemoryError:
        yield Left(place, "asks for too much memory to read")
    except Exception as error:
        # Whatever a library makes of a damaged file: the file is told, and the next one read.
        yield Left(place, f"cannot be read: its reader gave up ({type(error).__name__})")


def bound(memory: int) -> None:
    """Bound the memory of this process (bytes), where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
