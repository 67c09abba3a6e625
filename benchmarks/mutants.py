"""Conditions switched off, one at a time: which of them does no test miss?

    python -m benchmarks.mutants [MODULE...] [--tests PATH...] [--workers N] [--out FILE]

A condition is what an `if`, a filter or a value that is a truth hangs on, and each part of its
`and` and `or`. A part is switched off by the value that leaves the decision to the other parts
(`True` in an `and`, `False` in an `or`), a whole condition by `True` and by `False`. A mutant
survives where all tests stay green.

The modules are changed in memory alone: all conditions go through one function, which tells which
tests see which outcome, and gives one of them the other outcome in a forked process. So a mutant
costs the few tests that can notice it, not a start of Python, and the working tree stays as it is.
(mutmut and cosmic-ray rewrite files and start a process for each mutant, and change operators: a
negated condition fails some test nearly always, one without a say is what nobody notices.)

`mutants.toml` names the modules and the tests that are theirs, and the survivors that are known,
each with its reason. Exit status 1: there are others, or a known one is none any more.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import importlib.abc
import importlib.machinery
import itertools
import json
import os
import pickle
import signal
import sys
import time
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
KNOWN = Path(__file__).with_suffix(".toml")
_SWITCH = "__switch__"
# Examples of a property, and files of tests that measure time: no condition needs more, or these.
_EXAMPLES, _GROWTH = 25, "*/test_growth.py"
# Plugins that print, write or start processes.
_NEEDLESS = ("cacheprovider", "terminal", "xdist")
_BOTH = frozenset((True, False))
# A mutant that takes so many times as long as all tests that see it (and a start) runs for ever.
_SLOWER, _START_SECONDS = 5, 30


class Mutant(NamedTuple):
    """A condition with one outcome. `name` tells it among all, whatever moves around it."""

    module: str
    line: int
    name: str
    outcome: bool


class _Conditions(ast.NodeTransformer):
    """Puts each condition of a module through the switch, and lists the mutants that this gives."""

    def __init__(self, module: str, first: int) -> None:
        self.module, self.first = module, first
        self.mutants: list[tuple[int, Mutant]] = []
        self._conditions = 0
        self._inside: list[str] = []
        self._truths: list[bool] = []
        self._names: dict[str, int] = defaultdict(int)

    def _decide(self, node: ast.expr, outcomes: frozenset[bool] = _BOTH) -> ast.expr:
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            node.operand = self._decide(node.operand, frozenset(not o for o in outcomes))
            return node
        if isinstance(node, ast.Constant):
            return node
        text = ast.unparse(node)
        if isinstance(node, ast.BoolOp):
            # What leaves the decision to the others.
            neutral = isinstance(node.op, ast.And)
            node.values = [self._decide(v, frozenset((neutral,))) for v in node.values]
            inner: ast.expr = node
            outcomes -= {neutral}
        else:
            visited = self.generic_visit(node)
            assert isinstance(visited, ast.expr)
            inner = visited
        return self._switched(inner, text, outcomes) if outcomes else inner

    def _switched(self, node: ast.expr, text: str, outcomes: frozenset[bool]) -> ast.expr:
        number = self.first + self._conditions
        self._conditions += 1
        for outcome in sorted(outcomes):
            name = f"{'.'.join(self._inside)}: {text} -> {outcome}"
            self._names[name] += 1
            nth = self._names[name]
            name += f" #{nth}" if nth > 1 else ""
            self.mutants.append((number, Mutant(self.module, node.lineno, name, outcome)))
        call = ast.Call(ast.Name(_SWITCH, ast.Load()), [ast.Constant(number), node], [])
        return ast.copy_location(call, node)

    def _scope(self, node: ast.FunctionDef | ast.ClassDef) -> ast.AST:
        self._inside.append(node.name)
        returns = getattr(node, "returns", None)
        self._truths.append(isinstance(returns, ast.Name) and returns.id == "bool")
        self.generic_visit(node)
        self._truths.pop()
        self._inside.pop()
        return node

    visit_FunctionDef = visit_ClassDef = _scope  # noqa: N815

    def _test(self, node: ast.If | ast.IfExp | ast.While) -> ast.AST:
        node.test = self._decide(node.test)
        for field in ("body", "orelse"):
            part = getattr(node, field)
            if isinstance(part, list):
                setattr(node, field, [self.visit(statement) for statement in part])
            elif isinstance(part, ast.AST):
                setattr(node, field, self.visit(part))
        return node

    visit_If = visit_IfExp = visit_While = _test  # noqa: N815

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        node.ifs = [self._decide(test) for test in node.ifs]
        node.iter = self.visit(node.iter)
        return node

    def visit_Return(self, node: ast.Return) -> ast.AST:  # noqa: N802
        if node.value is not None and self._truths and self._truths[-1]:
            node.value = self._decide(node.value)
            return node
        return self.generic_visit(node)

    def _value(self, node: ast.expr) -> ast.AST:
        return self._decide(node) if _is_truth(node) else self.generic_visit(node)

    visit_Compare = visit_BoolOp = visit_UnaryOp = _value  # noqa: N815


def _is_truth(node: ast.expr) -> bool:
    """Whether a value is a truth as it is written: a comparison, or made of one."""
    if isinstance(node, ast.BoolOp):
        return any(_is_truth(value) for value in node.values)
    return isinstance(node, ast.Compare) or (
        isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
    )


class Switchboard(importlib.abc.MetaPathFinder):
    """Loads the modules with their conditions put through it, and decides these.

    Plain until it is told to `watch` or to `turn`.
    """

    def __init__(self, modules: Sequence[str]) -> None:
        self.mutants: list[tuple[int, Mutant]] = []
        self.seen: dict[tuple[int, bool], set[int]] = defaultdict(set)
        self.test = -1
        self._turned, self._outcome = -1, False
        self._codes: dict[str, CodeType] = {}
        first = 0
        for name in modules:
            path = ROOT / f"{name.replace('.', '/')}.py"
            tree = ast.parse(path.read_bytes(), str(path))
            conditions = _Conditions(name, first)
            conditions.visit(tree)
            self.mutants += conditions.mutants
            first = 1 + max((n for n, _ in conditions.mutants), default=first - 1)
            self._codes[name] = compile(ast.fix_missing_locations(tree), str(path), "exec")

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Find a module of ours; the loader is the usual one but for the code."""
        if name not in self._codes:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        assert spec is not None and isinstance(spec.loader, importlib.machinery.SourceFileLoader)
        loader = _Loader(spec.loader.name, spec.loader.path)
        loader.code, loader.switch = self._codes[name], self.decide
        spec.loader = loader
        return spec

    def decide(self, number: int, value: Any) -> Any:
        """The outcome of a condition: its own, or the one that it is turned to."""
        if number == self._turned:
            return self._outcome
        if self.test >= 0:
            self.seen[number, bool(value)].add(self.test)
        return value

    def turn(self, number: int, outcome: bool) -> None:
        """Give a condition one outcome from now on."""
        self._turned, self._outcome = number, outcome


class _Loader(importlib.machinery.SourceFileLoader):
    code: CodeType
    switch: Any

    def exec_module(self, module: ModuleType) -> None:
        module.__dict__[_SWITCH] = self.switch
        exec(self.code, module.__dict__)


class Runner:
    """Runs the tests once to see which test meets which outcome, then those that a mutant needs."""

    def __init__(self, board: Switchboard, workers: int) -> None:
        self.board, self.workers = board, workers
        self.survivors: list[Mutant] = []
        self.broken = False
        self._failed = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a failure, a strict xfail that passes included."""
        self._failed |= report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Take the place of the loop over all tests."""
        items = session.items
        seen, seconds = self._watch(items)
        if self.broken:
            return True
        files: dict[Path, list[int]] = defaultdict(list)
        for n, item in enumerate(items):
            files[item.path].append(n)
        running: dict[int, Mutant] = {}
        for number, mutant in self.board.mutants:
            # Where it comes out so anyhow, nothing changes.
            tests = sorted(seen.get((number, not mutant.outcome), ()), key=seconds.__getitem__)
            if not tests:
                self.survivors.append(mutant)
                continue
            if len(running) == self.workers:
                self._reap(running)
            limit = _START_SECONDS + int(_SLOWER * sum(seconds[n] for n in tests))
            running[self._fork([items[n] for n in tests], number, mutant, limit)] = mutant
        while running:
            self._reap(running)
        return True

    def _watch(self, items: list[pytest.Item]) -> tuple[dict[tuple[int, bool], set[int]], list[float]]:
        """Run all tests in a process of its own: no cache of this one may hold what they found."""
        read, write = os.pipe()
        if not os.fork():
            seconds = []
            with _silent():
                for n, item in enumerate(items):
                    self.board.test, start = n, time.perf_counter()
                    following = items[n + 1] if n + 1 < len(items) else None
                    item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                    seconds.append(time.perf_counter() - start)
            with os.fdopen(write, "wb") as pipe:
                pickle.dump((dict(self.board.seen), seconds, self._failed), pipe)
            os._exit(0)
        os.close(write)
        with os.fdopen(read, "rb") as pipe:
            seen, seconds, self.broken = pickle.load(pipe)
        os.wait()
        return seen, seconds

    def _fork(self, items: list[pytest.Item], number: int, mutant: Mutant, limit: int) -> int:
        child = os.fork()
        if child:
            return child
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(limit)
        self.board.turn(number, mutant.outcome)
        with _silent(), contextlib.suppress(BaseException):
            for n, item in enumerate(items):
                following = items[n + 1] if n + 1 < len(items) else None
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                if self._failed:
                    break
            else:
                os._exit(0)
        os._exit(1)

    def _reap(self, running: dict[int, Mutant]) -> None:
        child, status = os.wait()
        mutant = running.pop(child)
        if status == 0:
            self.survivors.append(mutant)


@contextlib.contextmanager
def _silent() -> Iterator[None]:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    yield


def survivors(modules: Sequence[str], tests: Sequence[str], workers: int) -> tuple[int, list[Mutant]]:
    """How many mutants there are of some modules, and those that no test notices."""
    from hypothesis import settings

    settings.register_profile(
        "mutants", derandomize=True, database=None, deadline=None, max_examples=_EXAMPLES
    )
    # A mutant counts as noticed only where everybody would notice it: without the public data.
    os.environ["FACTCHECK_EVAL"] = os.devnull
    board = Switchboard(modules)
    sys.meta_path.insert(0, board)
    runner = Runner(board, workers)
    code = pytest.main(
        [
            *("-o", "addopts=--import-mode=importlib", "-m", "not model and not browser"),
            *("--hypothesis-profile=mutants", f"--ignore-glob={_GROWTH}"),
            *itertools.chain(*(("-p", f"no:{name}") for name in _NEEDLESS)),
            *tests,
        ],
        plugins=[runner],
    )
    if runner.broken or code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        raise SystemExit("the tests are not green without any change")
    return len(board.mutants), sorted(runner.survivors)


def main() -> int:
    """Run the mutants; 1 where one survives that is not known, or a known one does not."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("modules", nargs="*", help="dotted names; all of mutants.toml else")
    parser.add_argument("--tests", nargs="+", help="files and folders; those of mutants.toml else")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    known = tomllib.loads(KNOWN.read_text(encoding="utf-8"))
    listed: dict[str, dict[str, str]] = known.get("survivors", {})
    modules = options.modules or list(known["modules"])
    tests = options.tests or sorted({t for m in modules for t in known["modules"].get(m, ["tests"])})
    total, found = survivors(modules, tests, options.workers)
    new = [m for m in found if m.name not in listed.get(m.module, {})]
    gone = [
        f"{module}: {name}"
        for module in modules
        for name in listed.get(module, {})
        if not any(m.module == module and m.name == name for m in found)
    ]
    for mutant in new:
        print(f"{mutant.module.replace('.', '/')}.py:{mutant.line}: {mutant.name}")
    for name in gone:
        print(f"no survivor any more: {name}")
    print(f"{total} mutants, {len(found)} survive, {len(new)} of these are not known")
    if options.out:
        rows = [m._asdict() for m in found]
        options.out.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return int(bool(new or gone))


if __name__ == "__main__":
    sys.exit(main())
