"""The door for coding agents: a server of the Model Context Protocol, an extra's library."""

from kb.mcp.base import BUNDLED, Base, EntriesFolder, PublishedSite
from kb.mcp.drafting import Drafts
from kb.mcp.server import server_of
from kb.mcp.serving import serve_http, serve_stdio

__all__ = ["BUNDLED", "Base", "Drafts", "EntriesFolder", "PublishedSite", "serve_http", "serve_stdio", "server_of"]
