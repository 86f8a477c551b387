"""What goes wrong between a service and us, one function a fault: each gets the open request handler."""

from __future__ import annotations

import contextlib
import gzip
import json
import socket
import struct
import time
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from server import Handler

_PATIENCE_S = 20.0


@lru_cache(maxsize=1)
def bomb_body() -> bytes:
    """Made a megabyte at a time, so that the test process stays small."""
    packer = zlib.compressobj(9, wbits=31)
    parts = [packer.compress(b'{"type":"FeatureCollection","features":[')]
    parts += [packer.compress(b" " * (1 << 20)) for _ in range(64)]
    return b"".join([*parts, packer.compress(b"]}"), packer.flush()])


def bomb(h: Handler) -> None:
    """64 kB that unpack to 64 MB."""
    h.answer(bomb_body(), "application/json", headers={"Content-Encoding": "gzip"})


def flood(h: Handler) -> None:
    """A body without end."""
    _head(h, "application/json")
    with contextlib.suppress(OSError):
        for _ in range(4096):
            h.wfile.write(b" " * 65536)


def drip(h: Handler) -> None:
    """One byte now and then, for as long as anybody listens."""
    _head(h, "application/json")
    _slowly(h, b'{"features":[' + b" " * 1000)


def drip_headers(h: Handler) -> None:
    """Headers that come one byte at a time and never end."""
    _slowly(h, b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Slow: " + b"x" * 1000)


def redirect(h: Handler) -> None:
    """A way to an address inside the house."""
    h.answer(b"", "", 302, {"Location": "http://169.254.169.254/latest/meta-data/"})


def html(h: Handler) -> None:
    """A sign-in page with status 200."""
    h.answer(b"<!DOCTYPE html><html><title>Welcome</title></html>", "text/html; charset=utf-8")


def html_as_json(h: Handler) -> None:
    """A sign-in page that says it is JSON."""
    h.answer(b"<!DOCTYPE html><html><title>Welcome</title></html>", "application/json")


def cut(h: Handler) -> None:
    """A JSON document that ends in the middle, its length honest."""
    h.answer(b'{"type":"FeatureCollection","features":[{"mmsi":263', "application/json")


def short(h: Handler) -> None:
    """Fewer bytes than announced."""
    h.send_response(200)
    h.send_header("Content-Type", "application/json")
    h.send_header("Content-Length", "5000")
    h.end_headers()
    h.wfile.write(b'{"features":[')
    h.close_connection = True


def cut_gzip(h: Handler) -> None:
    """Compression that ends in the middle."""
    body = gzip.compress(json.dumps({"features": list(range(5000))}).encode())
    h.answer(body[: len(body) // 2], "application/json", headers={"Content-Encoding": "gzip"})


def false_gzip(h: Handler) -> None:
    """Says compressed, and is not."""
    h.answer(b'{"features":[]}', "application/json", headers={"Content-Encoding": "gzip"})


def brotli(h: Handler) -> None:
    """A compression nobody asked for."""
    h.answer(b"\x0b\x02\x80abc\x03", "application/json", headers={"Content-Encoding": "br"})


def empty(h: Handler) -> None:
    """Nothing, successfully."""
    h.answer(b"", "application/json")


def nan(h: Handler) -> None:
    """A number that JSON does not have."""
    h.answer(b'{"type":"FeatureCollection","features":[{"mmsi":NaN}]}', "application/json")


def nested(h: Handler) -> None:
    """A hundred thousand brackets."""
    h.answer(b'{"features":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "application/json")


def reset(h: Handler) -> None:
    """The connection torn down in the middle."""
    _head(h, "application/json")
    h.wfile.write(b'{"features":[')
    h.wfile.flush()
    h.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    h.connection.close()
    h.close_connection = True


def headers(h: Handler) -> None:
    """Twenty thousand headers."""
    h.send_response(200)
    for number in range(20_000):
        h.send_header(f"X-{number}", "x" * 20)
    with contextlib.suppress(OSError):
        h.end_headers()
        h.wfile.write(b"{}")
    h.close_connection = True


def not_http(h: Handler) -> None:
    """Another protocol altogether."""
    h.wfile.write(b"SSH-2.0-OpenSSH_9.9\r\n\r\n")
    h.close_connection = True


def silent(h: Handler) -> None:
    """Takes the request and says nothing."""
    _listening(h, _PATIENCE_S)
    h.close_connection = True


def _head(h: Handler, kind: str) -> None:
    h.send_response(200)
    h.send_header("Content-Type", kind)
    h.send_header("Connection", "close")
    h.end_headers()
    h.close_connection = True


def _slowly(h: Handler, body: bytes) -> None:
    h.close_connection = True
    until = time.monotonic() + _PATIENCE_S
    with contextlib.suppress(OSError):
        for byte in body:
            h.wfile.write(bytes([byte]))
            h.wfile.flush()
            if time.monotonic() > until or not _listening(h, 0.05):
                return


def _listening(h: Handler, wait_s: float) -> bool:
    """Wait, and see whether the other side is still there."""
    h.connection.settimeout(wait_s)
    try:
        return h.connection.recv(1) != b""
    except TimeoutError:
        return True
    except OSError:
        return False


FAULTS = {
    fault.__name__: fault
    for fault in (
        bomb,
        flood,
        drip,
        drip_headers,
        redirect,
        html,
        html_as_json,
        cut,
        short,
        cut_gzip,
        false_gzip,
        brotli,
        empty,
        nan,
        nested,
        reset,
        headers,
        not_http,
        silent,
    )
}
