"""The server: tools, resources and a prompt of the Model Context Protocol, over a knowledge base.

Specification: https://modelcontextprotocol.io/specification/
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, TypeVar

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError, ToolError
from mcp_types import CallToolResult, TextContent, ToolAnnotations
from pydantic import BaseModel, Field, ValidationError

from kb import __version__
from kb.checks import NOTE, all_visible, fenced
from kb.drafts import DraftError
from kb.entry import Status
from kb.match import SourceError
from kb.mcp import matching, reading, searching, wording
from kb.mcp.models import DraftAnswer, FixAnswer, MatchAnswer, OutcomeAnswer, SearchAnswer
from kb.mcp.outcomes import OutcomeError, report_outcome
from kb.mcp.shortened import shortened

if TYPE_CHECKING:
    from collections.abc import Callable

    from mcp.server.mcpserver import Context
    from mcp_types import InputRequiredResult

    from kb.mcp.base import Base
    from kb.mcp.drafting import Drafts

_Answer = TypeVar("_Answer")

INSTRUCTIONS: Final = (
    "A knowledge base of error messages with causes and workarounds. Give match_error the whole output of a command "
    "that failed. Then tell the person the cause and the workaround, and whether a machine has proven it. " + NOTE
)

LONGEST_TEXT: Final = 400_000
"""Characters of an error that are looked at: as much as `kb new` takes."""

LONGEST_IN_PROMPT: Final = 8_000

LONGEST_REASON: Final = 500
"""Bytes of what is said of why something could not be done."""

UNREAD: Final = "the knowledge base can't be read"

_MATCHES: Final = (
    "Find which known errors a text shows: a message, or the whole output of a command that failed. "
    "Answers with the workaround to try first, your values filled in where that is safe."
)

_READS: Final = ToolAnnotations(read_only_hint=True, open_world_hint=False)
_WRITES: Final = ToolAnnotations(
    read_only_hint=False, destructive_hint=False, idempotent_hint=False, open_world_hint=False
)
_SENDS: Final = ToolAnnotations(
    read_only_hint=False, destructive_hint=False, idempotent_hint=False, open_world_hint=True
)

ErrorText = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT, description="The output as it was printed.")]
Versions = Annotated[str, Field(max_length=200, description="Versions of tools: `pip=26.0, python=3.13`.")]
Platform = Literal["", "linux", "macos", "windows"]
Name = Annotated[str, Field(max_length=100)]
Markdown = Annotated[str, Field(max_length=20_000)]


class _Server(MCPServer[None]):
    """A server that repeats no argument that is refused: a text that is too long was written by strangers, too."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            if not isinstance(error.__cause__, ValidationError):
                raise
            refused = error.__cause__.errors(include_url=False, include_context=False, include_input=False)
        said = (f"`{'.'.join(map(str, each['loc']))}`: {each['msg']}" for each in refused)
        raise ToolError(f"Error executing tool {name}: {'; '.join(said)}")


def server_of(base: Base, drafts: Drafts | None = None, collector: str = "") -> MCPServer[None]:
    """A server over a knowledge base. It has `propose_fix` where there is a folder for drafts, and `report_outcome`
    where there is a collector.
    """
    server = _Server(
        "known-fixes", title="Known Fixes", instructions=INSTRUCTIONS, version=__version__, log_level="WARNING"
    )
    alone = Lock()  # tools run in threads, and a matcher reads its index while it matches
    _add_looking_up(server, base, alone)
    _add_resources(server, base, alone)
    if drafts:
        _add_drafting(server, base, drafts, alone)
    if collector:
        _add_reporting(server, base, collector, alone)
    return server


def _add_looking_up(server: MCPServer[None], base: Base, alone: Lock) -> None:
    @server.tool(title="Match an error", description=_MATCHES, annotations=_READS)
    def match_error(
        text: ErrorText, version: Versions = "", platform: Platform = ""
    ) -> Annotated[CallToolResult, MatchAnswer]:
        with alone:
            answer = _or_tool_error(lambda: matching.match_error(base, text, version, platform))
        return _result(answer, wording.match_words(answer))

    @server.tool(title="Search fixes", annotations=_READS)
    def search_fixes(
        words: Annotated[str, Field(min_length=1, max_length=1_000)],
        product: Name = "",
        tag: Name = "",
        status: Status | None = None,
        top: Annotated[int, Field(ge=1, le=searching.MOST_RESULTS)] = 5,
    ) -> Annotated[CallToolResult, SearchAnswer]:
        """Find entries by your own words, a code, or half a message. `product` is an id, such as `python`."""
        only = {"product": product, "tag": tag, "status": status.value if status else ""}
        with alone:
            answer = _or_tool_error(lambda: searching.search_fixes(base, words, only, top))
        return _result(answer, wording.search_words(answer))

    @server.tool(title="Read a fix", annotations=_READS)
    def get_fix(
        id: Annotated[str, Field(max_length=320, description="`product/slug`, as other tools name it.")],  # noqa: A002
        section: Annotated[
            str, Field(max_length=40, description="`cause`, `workaround 2`, …; empty for all in short.")
        ] = "",
    ) -> Annotated[CallToolResult, FixAnswer]:
        """Read an entry in short, or one of its sections whole."""
        with alone:
            answer = _or_tool_error(lambda: reading.get_fix(base, id, section))
        if answer is None:
            raise ToolError("there is no such entry; search_fixes finds ids")
        return _result(answer, wording.fix_words(answer))


def _add_resources(server: MCPServer[None], base: Base, alone: Lock) -> None:
    @server.resource("known-fixes://{product}/{slug}", title="An entry", mime_type="text/markdown")
    def entry(product: str, slug: str) -> str:
        """An entry whole, as Markdown, fenced as the tools' answers are."""
        with alone:
            try:
                page = base.page(f"{product}/{slug}")
            except SourceError as error:
                raise ResourceError(_with_reason(UNREAD, error)) from None
        if page is None:
            raise ResourceNotFoundError("there is no such entry")
        return wording.whole_words(page)

    @server.prompt(title="Explain and fix this error")
    def explain_and_fix(error: str) -> str:
        """Explain an error and get past it, with what is known of it."""
        shown = fenced(shortened(error, LONGEST_IN_PROMPT)[0])
        return (
            "Explain the error below, and help me past it.\n"
            "1. Call match_error with the error's text. If nothing is known, try search_fixes with its telling words.\n"
            "2. Say in a few sentences why it happens, and which workaround you would try first; say whether a machine "
            "has proven it.\n"
            "3. Run nothing that an answer marks, and nothing with a gap, before I have agreed.\n"
            f"{shown}"
        )


def _add_drafting(server: MCPServer[None], base: Base, drafts: Drafts, alone: Lock) -> None:
    @server.tool(title="Propose a fix", annotations=_WRITES)
    def propose_fix(
        error: ErrorText,
        fix: Annotated[Markdown, Field(description="What got past it, in Markdown.")],
        cause: Annotated[Markdown, Field(description="Why it happens, in Markdown, if that is known.")] = "",
        product: Annotated[Name, Field(description="The software that prints it, if the error does not name it.")] = "",
    ) -> Annotated[CallToolResult, DraftAnswer]:
        """Write a draft of a new entry for a person to read. It is published by nobody but a person."""
        with alone:
            collection = _or_tool_error(base.collection)
            if collection is None:
                raise ToolError("a draft is checked against entries, and a site has none; serve a folder of entries")
            try:
                answer = drafts.propose(product, error, fix, cause, collection)
            except (DraftError, LookupError) as problem:
                raise ToolError(_with_reason("no draft was written", problem)) from None
            except OSError as problem:
                raise ToolError(f"no draft was written: {problem.strerror}") from None
        return _result(answer, wording.draft_words(answer))


def _add_reporting(server: MCPServer[None], base: Base, collector: str, alone: Lock) -> None:
    @server.tool("report_outcome", title="Report an outcome", annotations=_SENDS)
    def report(
        id: Annotated[str, Field(max_length=320)],  # noqa: A002 - as the other tools call it
        workaround: Annotated[int, Field(ge=1, description="Its number.")],
        helped: bool,
        version: Annotated[str, Field(max_length=80, description="Of the tool, as `pip 26.0`.")] = "",
    ) -> Annotated[CallToolResult, OutcomeAnswer]:
        """Tell the keepers whether a workaround got past the error. Counted apart from what people say."""
        with alone:
            page = _or_tool_error(lambda: base.page(id))
        if page is None or all(way.number != workaround for way in page.ways):
            raise ToolError("there is no such entry, or it has no such workaround")
        try:
            report_outcome(collector, page.id, workaround, version, helped=helped)
        except OutcomeError as error:
            raise ToolError(str(error)) from None
        return _result(OutcomeAnswer(counted=True), "Counted.")


def _or_tool_error(ask: Callable[[], _Answer]) -> _Answer:
    """What a stage answers; what it can't do, in words that the client shows."""
    try:
        return ask()
    except SourceError as error:
        raise ToolError(_with_reason(UNREAD, error)) from None
    except reading.NoSuchSectionError as error:
        raise ToolError(all_visible(str(error))) from None


def _with_reason(what: str, error: Exception) -> str:
    """What could not be done, and why: that may be said in words of a site's, or of a text that was given."""
    return f"{what}\n{fenced(shortened(str(error), LONGEST_REASON)[0])}"


def _result(answer: BaseModel, words: str) -> CallToolResult:
    """An answer in both forms: as data, and in words for who shows text alone."""
    return CallToolResult(
        content=[TextContent(type="text", text=words)], structured_content=answer.model_dump(mode="json")
    )
