"""One request to a service that may lie, stall or flood: guarded, and every failure one plain sentence.

A total deadline over name look-up, headers and body (httpx's time-outs are per read: a server that drips one
byte at a time would never end), a cap on the bytes received and on the bytes after decompression, no
redirects, no proxy or credentials from the environment, and only the content types that were asked for.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import parsedate_to_datetime
from functools import lru_cache

import httpx

from maoc_tui import __version__
from maoc_tui.problems import Problem

ACCEPT = "application/json, application/geo+json"
_JSON_TYPES = frozenset(
    {"application/json", "application/geo+json", "application/vnd.geo+json", "text/plain", ""}
)
_RETRY_HEADERS = ("X-Rate-Limit-Retry-After-Seconds", "Retry-After")
_LONGEST_WAIT_S = 86_400.0
_UNREACHED = (
    (ssl.SSLCertVerificationError, "its certificate cannot be trusted"),
    (ssl.SSLError, "does not speak HTTPS at that address"),
    (socket.gaierror, "its name cannot be looked up"),
)
_LOOK_S = 0.1
"""How often a running request looks whether it is still wanted."""


class FeedFault(Problem):
    """A poll that brought nothing, in one sentence; ``retry_after_s`` when the service named a time.

    ``silent`` when the service took the question and sent no whole answer in time.
    """

    code = "feed"

    def __init__(
        self, message: str, way_out: str = "", retry_after_s: float | None = None, silent: bool = False
    ) -> None:
        super().__init__(message, way_out)
        self.retry_after_s, self.silent = retry_after_s, silent


@dataclass(frozen=True, slots=True)
class Limits:
    """How much time and how many bytes one answer may take."""

    total_s: float = 45.0
    """From the first look-up of the name to the last byte."""
    connect_s: float = 10.0
    read_s: float = 20.0
    """Longest silence between two reads."""
    wire_bytes: int = 32 << 20
    body_bytes: int = 128 << 20
    """After decompression."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask: address, extra headers, and whether the content type must be JSON."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    any_type: bool = False
    """Take any content type: for services that label their JSON as a web page."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A good answer; ``body`` is None when nothing changed since the validators sent (304)."""

    body: bytes | None
    validators: Mapping[str, str]
    """If-None-Match and If-Modified-Since for the next request; empty with a 304."""
    credits_left: int | None = None
    """Requests or credits the service says are left."""


def fetch(request: Request, limits: Limits, now_ms: int, stop: threading.Event | None = None) -> Answer:
    """Ask once. Blocks at most ``limits.total_s``; returns early with a FeedFault when ``stop`` is set.

    Call it from a worker thread, never from one that runs an event loop. Raises FeedFault.
    """
    return asyncio.run(_watched(request, limits, now_ms, stop))


async def _watched(request: Request, limits: Limits, now_ms: int, stop: threading.Event | None) -> Answer:
    task = asyncio.ensure_future(_ask(request, limits, now_ms))
    try:
        async with asyncio.timeout(limits.total_s):
            while not task.done():
                await asyncio.wait({task}, timeout=_LOOK_S)
                if stop is not None and stop.is_set() and not task.done():
                    raise FeedFault("stopped while asking")
    except TimeoutError:
        raise FeedFault(f"no complete answer within {limits.total_s:g} s", silent=True) from None
    finally:
        task.cancel()
        await asyncio.wait({task})
    return task.result()


async def _ask(request: Request, limits: Limits, now_ms: int) -> Answer:
    timeout = httpx.Timeout(limits.read_s, connect=limits.connect_s)
    try:
        if (httpx.URL(request.url).port or 0) > 65_535:
            raise httpx.InvalidURL("port")
        async with (
            httpx.AsyncClient(
                timeout=timeout,
                trust_env=False,
                follow_redirects=False,
                verify=_tls(),
                headers=_headers(request),
            ) as client,
            client.stream("GET", request.url) as response,
        ):
            _check_status(response, now_ms)
            if response.status_code == 304:
                return Answer(None, {})
            _check_kind(response, request)
            body = await _body(response, limits)
            return Answer(body, _validators(response.headers), _credits(response.headers))
    except httpx.HTTPError as error:
        silent = isinstance(error, httpx.ReadTimeout)
        raise FeedFault(_sentence(error), "The next poll tries again.", silent=silent) from None
    except (httpx.InvalidURL, UnicodeError):
        raise FeedFault("the address is not a valid one", "Mend the feed's url in the settings.") from None


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


def _headers(request: Request) -> dict[str, str]:
    fixed = {"Accept": ACCEPT, "Accept-Encoding": "gzip", "User-Agent": f"maoc-tui/{__version__}"}
    return fixed | dict(request.headers)


def _check_status(response: httpx.Response, now_ms: int) -> None:
    code = response.status_code
    if code in (200, 304):
        return
    if 300 <= code < 400:
        raise FeedFault(
            "answered with a redirect, which is not followed", "Check the feed's url in the settings."
        )
    words = {
        401: "asks for a sign-in", 402: "asks for payment", 403: "refuses access",
        404: "knows no such address", 406: "does not serve this form", 429: "says too many requests",
    }  # fmt: skip
    said = words.get(code, "has a fault of its own" if code >= 500 else "refuses the request")
    raise FeedFault(f"the service {said} (HTTP {code})", retry_after_s=_retry_after(response.headers, now_ms))


def _check_kind(response: httpx.Response, request: Request) -> None:
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind not in _JSON_TYPES and not request.any_type:
        what = (
            "a web page" if kind in ("text/html", "application/xhtml+xml") else "something that is not JSON"
        )
        raise FeedFault(f"answered with {what}", "Check the address, and sign-in pages in between.")
    if response.headers.get("Content-Encoding", "").strip().lower() not in ("", "identity", "gzip"):
        raise FeedFault("answered in a compression that was not asked for")


async def _body(response: httpx.Response, limits: Limits) -> bytes:
    """The body, decompressed under its cap as it comes."""
    packed = response.headers.get("Content-Encoding", "").strip().lower() == "gzip"
    inflate = zlib.decompressobj(wbits=31) if packed else None
    body, wire = bytearray(), 0
    async for chunk in response.aiter_raw():
        wire += len(chunk)
        if wire > limits.wire_bytes:
            raise FeedFault(f"the answer is over {limits.wire_bytes >> 10} kB as sent")
        try:
            body += chunk if inflate is None else inflate.decompress(chunk, limits.body_bytes + 1 - len(body))
        except zlib.error:
            raise FeedFault("the answer's compression is damaged") from None
        if len(body) > limits.body_bytes or (inflate is not None and inflate.unconsumed_tail):
            raise FeedFault(f"the answer is over {limits.body_bytes >> 10} kB unpacked")
    if inflate is not None and wire and not inflate.eof:
        raise FeedFault("the answer was cut off")
    return bytes(body)


def _validators(headers: httpx.Headers) -> dict[str, str]:
    pairs = (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified"))
    return {ask: headers[said] for ask, said in pairs if 0 < len(headers.get(said, "")) <= 200}


def _credits(headers: httpx.Headers) -> int | None:
    left = headers.get("X-Rate-Limit-Remaining", "")
    return int(left) if left.isascii() and left.isdigit() and len(left) < 10 else None


def _retry_after(headers: httpx.Headers, now_ms: int) -> float | None:
    """Seconds to wait, from a count of seconds or an HTTP date; None when not said."""
    for name in _RETRY_HEADERS:
        said = headers.get(name, "").strip()
        if said.isascii() and said.isdigit() and len(said) < 12:
            return min(float(said), _LONGEST_WAIT_S)
        try:
            moment = parsedate_to_datetime(said)
        except (TypeError, ValueError):
            continue
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return min(max(aware.timestamp() - now_ms / 1000, 0.0), _LONGEST_WAIT_S)
    return None


def _sentence(error: httpx.HTTPError) -> str:
    if isinstance(error, httpx.ConnectTimeout):
        return "no connection within the time allowed"
    if isinstance(error, httpx.TimeoutException):
        return "connected, but nothing comes"
    if isinstance(error, httpx.ConnectError):
        return next((words for kind, words in _UNREACHED if _caused_by(error, kind)), "cannot be reached")
    if isinstance(error, httpx.RemoteProtocolError):
        cut = "incomplete" in str(error) or "peer closed" in str(error)
        return "the answer was cut off" if cut else "answered in broken HTTP"
    if isinstance(error, httpx.UnsupportedProtocol):
        return "the address is not a valid one"
    return "the connection broke"


def _caused_by(error: BaseException | None, kind: type[BaseException]) -> bool:
    """True when ``kind`` is somewhere behind an error."""
    seen = 0
    while error is not None and seen < 20:
        if isinstance(error, kind):
            return True
        error, seen = error.__cause__ or error.__context__, seen + 1
    return False
