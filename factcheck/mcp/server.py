"""The server itself: tools and resources in the words of the official SDK."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, TypeVar

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError
from mcp_types import ToolAnnotations
from pydantic import Field

from factcheck import __version__
from factcheck.errors import FactcheckError
from factcheck.mcp import answers
from factcheck.mcp.desk import LISTED, MOST, Desk, Given
from factcheck.mcp.folders import Folders
from factcheck.safe import plain

_T = TypeVar("_T")

_INSTRUCTIONS = (
    "factcheck compares news articles: who says what, who else says it and on whose word, where "
    "they disagree. Call compare first, then explain or trace with the report and the statement. "
    + answers.NOTICE
)
_READS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
Paths = Annotated[
    list[str],
    Field(
        description="Files or folders of articles (.txt, .md) in the folders that the user allowed;"
        " relative paths count from there. All of them if neither paths nor articles are given."
    ),
]
Articles = Annotated[
    list[Given], Field(description="Articles whose text you hold yourself.", max_length=200)
]
Most = Annotated[int, Field(description="So many are listed.", ge=0, le=MOST)]
ReportName = Annotated[str, Field(description="A report that compare or check returned, as r1.")]
StatementName = Annotated[
    str, Field(description="The id of a statement or claim in it, or a statement in words.")
]


def make(folders: Sequence[str], ledger: Path | None, cache: Path | None) -> MCPServer:
    """A server that may read `folders`. Raises `UsageError` for one that is no folder."""
    desk = Desk(Folders(folders), ledger, cache)
    server: MCPServer = MCPServer(
        "factcheck", version=__version__, instructions=_INSTRUCTIONS, log_level="ERROR"
    )
    _add_tools(server, desk)
    _add_resources(server, desk)
    return server


def _add_tools(server: MCPServer, desk: Desk) -> None:
    @server.tool(annotations=_READS)
    def compare(
        paths: Paths = [],  # noqa: B006  (the SDK reads the default, and nobody changes it)
        articles: Articles = [],  # noqa: B006
        statements: Most = LISTED,
    ) -> answers.Compared:
        """Compare articles: which statements several outlets tell independently, which rest on one
        source, and where the articles contradict each other. Keeps a report for explain and trace.
        """
        return _told(lambda: desk.compare(paths, articles, statements))

    @server.tool(annotations=_READS)
    def extract(
        paths: Paths = [],  # noqa: B006
        articles: Articles = [],  # noqa: B006
        claims: Most = LISTED,
    ) -> answers.Extracted:
        """Split articles into attributed claims: who says what, in the order of the texts."""
        return _told(lambda: desk.extract(paths, articles, claims))

    @server.tool(annotations=_READS)
    def explain(report: ReportName, statement: StatementName) -> answers.Explained:
        """Explain one verdict: who tells the statement in which words, where they differ, and
        through how many separate hands it came.
        """
        return _told(lambda: desk.explain(report, statement))

    @server.tool(annotations=_READS)
    def trace(report: ReportName, statement: StatementName) -> answers.Traced:
        """Trace how one statement reached each outlet: origins, relays, who has it from whom."""
        return _told(lambda: desk.trace(report, statement))

    @server.tool(annotations=_READS)
    def check(
        paths: Paths = [],  # noqa: B006
        findings: Most = LISTED,
    ) -> answers.Checked:
        """Hold articles against the desk's ledger (claims.yaml): what its policy finds wrong.
        Changes nothing.
        """
        return _told(lambda: desk.check(paths, findings))


def _add_resources(server: MCPServer, desk: Desk) -> None:
    @server.resource(
        "factcheck://reports",
        name="reports",
        mime_type="application/json",
        description="The names of the reports that are kept.",
    )
    def reports() -> list[str]:
        return desk.names()

    @server.resource(
        "factcheck://reports/{report}",
        name="report",
        mime_type="application/json",
        description="All statements of a report, in the form that compare answers in.",
    )
    def report(report: str) -> str:
        return _found(lambda: desk.whole(report).model_dump_json())

    @server.resource(
        "factcheck://reports/{report}/{statement}",
        name="statement",
        mime_type="application/json",
        description="One statement of a report, in the form that explain answers in.",
    )
    def statement(report: str, statement: str) -> str:
        return _found(lambda: desk.explain(report, statement).model_dump_json())


def _told(work: Callable[[], _T]) -> _T:
    """An error for the user becomes one that the assistant can read and mend."""
    try:
        return work()
    except FactcheckError as error:
        hint = f" ({plain(error.hint)})" if error.hint else ""
        raise ToolError(f"{error.code}: {plain(error.message)}{hint}") from error


def _found(work: Callable[[], str]) -> str:
    try:
        return work()
    except FactcheckError as error:
        raise ResourceNotFoundError(f"{error.code}: {plain(error.message)}") from error
