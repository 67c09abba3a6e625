"""The seam to what runs tasks: an executor of `concurrent.futures`, and what to do when it breaks.

In this process, in processes of this machine, or on the workers of a Dask scheduler: each is a
function that opens an executor. Tasks write their results as shards before they return them, so a
task that was lost with its worker is simply given out again.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from typing import Any, TypeVar

from factcheck.errors import FactcheckError, UsageError
from factcheck.installation import with_extra

# How often a task is given out whose worker dies.
TRIES = 3
# How long a scheduler may take to answer.
_ANSWER_SECONDS = 10
# Seconds after which it is asked whether the executor still works, where nothing came back.
_LOOK_SECONDS = 5

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True)
class Pool:
    """How to open an executor, how many tasks it works on at once, and whether it still works."""

    open: Callable[[], AbstractContextManager[Executor]]
    width: int = 1
    works: Callable[[], bool] = lambda: True


class EngineError(FactcheckError):
    """Workers that died again and again, or a scheduler that has gone."""

    exit_status = 3


class _Here(Executor):
    """Runs each task when it is given out."""

    def submit(self, function: Callable[..., R], /, *args: Any, **kwargs: Any) -> Future[R]:
        future: Future[R] = Future()
        try:
            future.set_result(function(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def here() -> Pool:
    """Work in this process."""

    @contextmanager
    def opened() -> Iterator[Executor]:
        yield _Here()

    return Pool(opened)


def processes(workers: int) -> Pool:
    """Work in processes of this machine.

    They are started anew and not forked: a copy of a process whose libraries run threads may hang.
    """

    @contextmanager
    def opened() -> Iterator[Executor]:
        context = multiprocessing.get_context("spawn")
        executor = ProcessPoolExecutor(workers, context, _end_with_parent)
        try:
            yield executor
        finally:
            executor.shutdown(wait=True, cancel_futures=True)

    return Pool(opened, workers)


def _end_with_parent() -> None:
    """End this process where the one that started it is killed: nobody would tell it to."""
    parent = multiprocessing.parent_process()
    assert parent is not None

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def dask(address: str) -> Pool:
    """Work on the workers of a Dask scheduler, which see the archive's folder at the same path.

    Raises `UsageError` where the extra is missing or nobody answers at the address.
    """
    try:
        # By its name: it bears no types that a checker could use.
        distributed = import_module("distributed")
    except ImportError:
        raise UsageError(
            "no-dask",
            "--scheduler needs Dask, which is not installed",
            f"install it with {with_extra('cluster')}",
        ) from None
    # What it logs of a lost connection, with tracebacks, is told in words here.
    for name in ("distributed", "distributed.client", "tornado.application"):
        logging.getLogger(name).setLevel(logging.CRITICAL)

    def connected() -> Any:
        try:
            return distributed.Client(address, timeout=_ANSWER_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise UsageError(
                "no-scheduler",
                f"{address}: no scheduler answers: {error}",
                "start it with 'dask scheduler'",
            ) from error

    opened_now: list[Any] = []

    @contextmanager
    def opened() -> Iterator[Executor]:
        try:
            client = connected()
        except UsageError as error:  # it answered a moment ago
            raise ConnectionError(error.message) from error
        opened_now[:] = [client]
        try:
            # A task that is run twice writes the same shard twice; one that kills its workers is
            # given up by the scheduler.
            yield client.get_executor(pure=False, retries=TRIES - 1)
        finally:
            with suppress(OSError):
                client.close(timeout=_ANSWER_SECONDS)

    def works() -> bool:
        # What a client had given out when its scheduler went does not always end.
        return all(client.status == "running" for client in opened_now)

    with connected() as client:
        width = max(1, sum(client.nthreads().values()))
    return Pool(opened, width, works)


def run(
    pool: Pool,
    task: Callable[..., R],
    inputs: Iterable[tuple[T, tuple[Any, ...]]],
    done: Callable[[T, R], None],
) -> None:
    """Give out a task for each of the inputs (name, arguments), and hand over what comes back.

    Results come in any order, each once. Twice as many tasks are out as are worked on, so that the
    inputs need never be all in memory. Where a process dies, all that was out is given out again,
    at most `TRIES` times; what a task raises is raised. Raises `EngineError` where workers die
    again and again or the scheduler has gone.
    """
    waiting = iter(inputs)
    queue: deque[tuple[T, tuple[Any, ...]]] = deque()
    tries: Counter[T] = Counter()
    while True:
        out: dict[Future[R], tuple[T, tuple[Any, ...]]] = {}
        try:
            with pool.open() as executor:
                while _give_out(executor, task, queue, waiting, out, 2 * pool.width):
                    ended = wait(out, _LOOK_SECONDS, FIRST_COMPLETED).done
                    if not ended and not pool.works():
                        raise ConnectionError("nobody answers any more")
                    for future in [future for future in out if future.done()]:
                        result = future.result()
                        done(out.pop(future)[0], result)
                return
        except BrokenProcessPool as error:
            queue.extendleft(reversed(out.values()))
            tries.update(name for name, _ in out.values())
            if lost := [name for name, _ in out.values() if tries[name] >= TRIES]:
                raise EngineError(
                    "workers-died",
                    f"workers died {TRIES} times at {_names(lost)}",
                    "what is done is kept: run it again with fewer --workers or a smaller --most, "
                    "if they ran out of memory",
                ) from error
        except (CancelledError, ConnectionError) as error:
            raise _gone(error) from error
        except Exception as error:
            if type(error).__module__.startswith("distributed"):
                raise _gone(error) from error
            raise


def _give_out(
    executor: Executor,
    task: Callable[..., R],
    queue: deque[tuple[T, tuple[Any, ...]]],
    waiting: Iterator[tuple[T, tuple[Any, ...]]],
    out: dict[Future[R], tuple[T, tuple[Any, ...]]],
    most: int,
) -> bool:
    """Give out tasks until `most` are out; whether any is.

    A task leaves the queue when the executor has taken it.
    """
    queue.extend(islice(waiting, max(0, most - len(out) - len(queue))))
    while queue and len(out) < most:
        out[executor.submit(task, *queue[0][1])] = queue[0]
        queue.popleft()
    return bool(out)


def _names(lost: Sequence[object]) -> str:
    more = f" and {len(lost) - 3} more" if len(lost) > 3 else ""
    return ", ".join(map(str, lost[:3])) + more


def _gone(error: BaseException) -> EngineError:
    return EngineError(
        "scheduler-gone",
        f"the scheduler or its workers have gone: {error or type(error).__name__}",
        "what is done is kept: start them and run it again",
    )
