"""The collector over HTTP: which path takes what, from whom, and what it answers.

Every refusal is JSON, `{"error": word, "message": sentence}`, but for a form's, which is a page.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from functools import lru_cache
from json import JSONEncoder
from typing import TYPE_CHECKING, Any, Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from kb.collector.asked import (
    FORM_TYPE,
    JSON_TYPE,
    MOST_BYTES,
    fields_of,
    read_helpful,
    read_missing,
    read_outcome,
    read_vote,
)
from kb.collector.log import log
from kb.collector.proxies import client_address, trusting
from kb.collector.refusals import Refusal
from kb.collector.thanks import POLICY, refusal_page, thanks_page

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping

    from starlette.requests import Request

    from kb.collector.asked import Asked
    from kb.collector.catalog import Catalog
    from kb.collector.counts import Served
    from kb.collector.service import Collector

_PUBLIC: Final = {
    "Access-Control-Allow-Origin": "*",
    "Cache-Control": "public, max-age=15",
    "X-Content-Type-Options": "nosniff",
}
_PRIVATE: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_JSON: Final = JSONEncoder(ensure_ascii=False, separators=(",", ":"))
"""Made once: `json.dumps` makes one for each value."""
_WORDS: Final = {404: "not-found", 405: "wrong-method"}


def application(collector: Collector) -> Starlette:
    """The ASGI application of a collector, which it starts and stops."""
    paths = _Paths(collector)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await collector.start()
        yield
        await collector.stop()

    return Starlette(
        routes=[
            Route("/v1/votes", paths.votes, methods=["POST", "OPTIONS"]),
            Route("/v1/helpful", paths.helpful, methods=["POST", "OPTIONS"]),
            Route("/v1/missing", paths.missing, methods=["POST", "OPTIONS"]),
            Route("/v1/outcomes", paths.outcomes, methods=["POST"]),
            Route("/v1/counts.json", paths.all_counts),
            Route("/v1/counts/{entry:path}", paths.counts),
            Route("/healthz", paths.health),
            Route("/metrics", paths.metrics),
        ],
        exception_handlers={Refusal: paths.refused, HTTPException: paths.no_route, Exception: paths.broken},
        lifespan=lifespan,
    )


class _Paths:
    """One method a path."""

    def __init__(self, collector: Collector) -> None:
        self._collector = collector
        self._is_proxy = trusting(collector.settings.trusted)

    async def votes(self, request: Request) -> Response:
        return await self._vote(request, read_vote)

    async def helpful(self, request: Request) -> Response:
        return await self._vote(request, read_helpful)

    async def missing(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return self._preflight(request)
        self._kind(request, (JSON_TYPE,))
        self._origin(request, is_form=False)
        text, token = read_missing(fields_of(await _body(request), JSON_TYPE))
        await self._collector.look_for(text, token, self._address(request))
        return self._answer(request, {"kept": True})

    async def outcomes(self, request: Request) -> Response:
        """What agents report: they are no page, so what has an origin is not taken."""
        self._kind(request, (JSON_TYPE,))
        if "origin" in request.headers:
            raise Refusal(403, "foreign-origin", "Outcomes are reported by programs, not by pages.")
        outcome = read_outcome(fields_of(await _body(request), JSON_TYPE), self._catalog)
        await self._collector.report(outcome, self._address(request))
        return self._answer(request, {"kept": True})

    async def counts(self, request: Request) -> Response:
        known = self._collector.catalog.find(request.path_params["entry"])
        return self._served(request, self._collector.counts.one(self._collector.catalog, known.id))

    async def all_counts(self, request: Request) -> Response:
        return self._served(request, self._collector.counts.all(self._collector.catalog))

    async def health(self, request: Request) -> Response:
        await self._collector.check()
        return self._answer(request, {"status": "ok"})

    async def metrics(self, _: Request) -> Response:
        return PlainTextResponse(self._collector.measured(), media_type="text/plain; version=0.0.4; charset=utf-8")

    async def refused(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, Refusal)  # noqa: S101 - it is registered for this
        metrics = self._collector.metrics
        metrics.count("kb_votes_refused_total", word=error.word)
        headers: dict[str, str] = {}
        if error.retry_after:
            headers = {"Retry-After": str(error.retry_after), "Access-Control-Expose-Headers": "Retry-After"}
        if error.status == 413:  # what is left of the body is not waited for
            headers["Connection"] = "close"
        if _media_type(request) == FORM_TYPE:
            page = refusal_page(error.message)
            return HTMLResponse(page, error.status, _PRIVATE | headers | {"Content-Security-Policy": POLICY})
        said: dict[str, Any] = {"error": error.word, "message": error.message}
        if error.retry_after:
            said["retry_after"] = error.retry_after
        return self._answer(request, said, error.status, headers)

    async def no_route(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101
        said = {"error": _WORDS.get(error.status_code, "bad-request"), "message": error.detail}
        return self._answer(request, said, error.status_code, error.headers)

    async def broken(self, request: Request, error: Exception) -> Response:
        log("broken", failure=type(error).__name__)
        return self._answer(request, {"error": "broken", "message": "Something broke here. Nothing was counted."}, 500)

    async def _vote(self, request: Request, read: Callable[..., Asked]) -> Response:
        if request.method == "OPTIONS":
            return self._preflight(request)
        kind = self._kind(request, (JSON_TYPE, FORM_TYPE))
        is_form = kind == FORM_TYPE
        self._origin(request, is_form=is_form)
        asked = read(fields_of(await _body(request), kind), self._catalog, is_form=is_form)
        receipt = await self._collector.vote(asked, self._address(request))
        if is_form:
            page = thanks_page(asked, receipt, request.url.path)
            return HTMLResponse(page, headers=_PRIVATE | {"Content-Security-Policy": POLICY})
        counts = self._collector.counts.of(self._catalog, asked.known.id)
        return self._answer(request, {"entry": asked.known.id, "receipt": receipt, **counts})

    @property
    def _catalog(self) -> Catalog:
        return self._collector.catalog

    def _preflight(self, request: Request) -> Response:
        """Whether a browser may send JSON from the page that it shows. https://fetch.spec.whatwg.org/#http-cors-protocol"""
        self._origin(request, is_form=False)
        allowed = {
            "Access-Control-Allow-Methods": "POST",
            "Access-Control-Allow-Headers": "Content-Type",
            "Access-Control-Max-Age": "86400",
        }
        return Response(status_code=204, headers=_cross_origin(self._page(request)) | allowed)

    def _kind(self, request: Request, kinds: tuple[str, ...]) -> str:
        kind = _media_type(request)
        if kind not in kinds:
            raise Refusal(415, "wrong-type", f"Send {JSON_TYPE}.")
        return kind

    def _origin(self, request: Request, *, is_form: bool) -> None:
        """Only pages of the site may send votes; the page that thanks for a form is our own. Raises Refusal."""
        origin = request.headers.get("origin", "")
        is_own = is_form and origin.partition("://")[2] == request.headers.get("host")
        if origin not in self._collector.settings.origins and not is_own:
            raise Refusal(403, "foreign-origin", "Votes come from the pages of the site alone.")

    def _address(self, request: Request) -> str:
        peer = request.client.host if request.client else "unknown"
        return client_address(peer, request.headers.getlist("x-forwarded-for"), self._is_proxy)

    def _served(self, request: Request, served: Served) -> Response:
        headers = _PUBLIC | {"ETag": served.etag}
        known = [each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")]
        if served.etag in known or "*" in known:
            return Response(status_code=304, headers=headers)
        return Response(served.body, media_type=JSON_TYPE, headers=headers)

    def _answer(
        self, request: Request, said: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None
    ) -> Response:
        answer = _Answer(said, status, self._page(request))
        if headers:
            answer.headers.update(headers)
        return answer

    def _page(self, request: Request) -> str:
        """The origin of the page of the site that asks; nothing where it is none of the site's."""
        origin = request.headers.get("origin", "")
        return origin if origin in self._collector.settings.origins else ""


class _Answer(Response):
    """An answer in JSON, whose headers are made once for each origin: making them takes as long as making the rest."""

    def __init__(self, said: Mapping[str, Any], status: int, origin: str) -> None:
        self.status_code, self.background = status, None
        self.body = _JSON.encode(said).encode()
        self.raw_headers = [*_headers(origin), (b"content-length", str(len(self.body)).encode())]


@lru_cache(maxsize=64)
def _headers(origin: str) -> tuple[tuple[bytes, bytes], ...]:
    headers = _PRIVATE | _cross_origin(origin) | {"Content-Type": JSON_TYPE}
    return tuple((name.lower().encode(), value.encode("latin-1")) for name, value in headers.items())


def _cross_origin(origin: str) -> dict[str, str]:
    """What lets a browser show the answer to a page of the site, a refusal too."""
    return {"Vary": "Origin"} | ({"Access-Control-Allow-Origin": origin} if origin else {})


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def _body(request: Request) -> bytes:
    """The body, if it is small; the server sees to it that it comes in time. Raises Refusal."""
    too_large = Refusal(413, "too-large", f"A body has {MOST_BYTES} bytes at most.")
    told = request.headers.get("content-length", "0")
    if not told.isascii() or not told.isdigit() or len(told) > 9 or int(told) > MOST_BYTES:
        raise too_large
    body = b""
    is_more = True
    while is_more:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise Refusal(400, "gone", "The body did not come.")
        body += message.get("body", b"")
        if len(body) > MOST_BYTES:
            raise too_large
        is_more = message.get("more_body", False)
    return body
