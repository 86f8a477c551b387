"""A local stand-in for the live services: their paths, headers, errors and refusals, and faults on demand.

Used by the tests with a clock under their control, and by hand to feed a running program:

    python tests/feeds/server.py --port 8765 --ships 300

then ``maoc feed run digitraffic --url http://127.0.0.1:8765/digitraffic/api/ais/v1/locations``.

Every provider has one path tree: /digitraffic, /aishub, /aiscatcher, /opensky, /v2, /readsb;
/faults/NAME misbehaves.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
import threading
import time
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent))
from server_faults import FAULTS
from server_provider import (
    Provider,
    digitraffic_locations,
    digitraffic_vessels,
    opensky_states,
    readsb_file,
    v2_point,
)
from server_traffic import Traffic


class Handler(BaseHTTPRequestHandler):
    """One request; ``provider`` is set on the class the server is made with."""

    provider: Provider
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self) -> None:
        """Find the provider's tree and answer as it would."""
        p = self.provider
        with p.lock:
            p.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
        if p.mute:
            FAULTS["silent"](self)
            return
        if p.scripted:
            self.problem(p.scripted.pop(0))
            return
        url = urlsplit(self.path)
        parts, query = url.path.strip("/").split("/"), parse_qs(url.query)
        tree = getattr(self, f"tree_{parts[0]}", None)
        if tree is None:
            self.problem(404)
        else:
            tree(parts[1:], query)

    def tree_digitraffic(self, parts: list[str], query: dict[str, list[str]]) -> None:
        """Compressed answers only, cached for a minute; ETag on locations, Last-Modified on vessels."""
        if "gzip" not in self.headers.get("Accept-Encoding", ""):
            self.problem(406, "Not Acceptable", "Media type not acceptable")
        elif parts[-1] == "locations" and ("mmsi" in query and not query["mmsi"][0].isdigit()):
            words = "Query parameter type mismatch: parameterName=mmsi, expectedType=Integer"
            self.problem(400, "Bad Request", words)
        elif parts[-1] == "locations":
            self.conditional(digitraffic_locations(self.provider, query), "application/geo+json", etag=True)
        elif parts[-1] == "vessels" and self.provider.names_fail:
            self.problem(500)
        elif parts[-1] == "vessels":
            self.conditional(digitraffic_vessels(self.provider, query), "application/json", etag=False)
        else:
            self.problem(404, "Not Found", "Resource not found")

    def tree_aishub(self, _parts: list[str], query: dict[str, list[str]]) -> None:
        """Data once a minute; sooner a refusal with status 200, and from the second on an empty body."""
        p = self.provider
        now = p.now_ms()
        if p.aishub_last_ms is not None and now - p.aishub_last_ms < 60_000:
            p.aishub_refused += 1
            refusal = {
                "ERROR": True,
                "USERNAME": "U",
                "FORMAT": "HUMAN",
                "ERROR_MESSAGE": "Too frequent requests!",
            }
            self.answer(json.dumps([refusal]).encode() if p.aishub_refused == 1 else b"", "text/html")
            return
        p.aishub_last_ms, p.aishub_refused = now, 0
        human = query.get("format", ["0"])[0] == "1"
        rows = [ship.aishub(now, human) for ship in p.traffic.ships_at(now)]
        head = {"ERROR": False, "USERNAME": "U", "FORMAT": "HUMAN" if human else "AIS", "RECORDS": len(rows)}
        self.answer(json.dumps([head, rows]).encode(), "text/html")

    def tree_opensky(self, _parts: list[str], query: dict[str, list[str]]) -> None:
        """Credits are counted; without any left 429 says for how many seconds."""
        p = self.provider
        if p.credits <= 0:
            self.answer(b"", "application/json", 429, {"X-Rate-Limit-Retry-After-Seconds": "77"})
            return
        p.credits -= 4
        left = {"X-Rate-Limit-Remaining": str(p.credits)}
        self.answer(json.dumps(opensky_states(p, query)).encode(), "application/json", headers=left)

    def tree_v2(self, parts: list[str], _query: dict[str, list[str]]) -> None:
        """``/v2/point/LAT/LON/RADIUS``."""
        try:
            self.answer(json.dumps(v2_point(self.provider, parts)).encode(), "application/json")
        except (ValueError, IndexError):
            self.problem(400)

    def tree_readsb(self, _parts: list[str], _query: dict[str, list[str]]) -> None:
        """aircraft.json, as a file that is written beside its place and renamed into it."""
        p = self.provider
        body = json.dumps(readsb_file(p)).encode()
        if p.aircraft_file is not None:
            fresh = p.aircraft_file.with_suffix(".new")
            fresh.write_bytes(body)
            fresh.replace(p.aircraft_file)
            body = p.aircraft_file.read_bytes()
        self.answer(body, "application/json")

    def tree_aiscatcher(self, _parts: list[str], _query: dict[str, list[str]]) -> None:
        """``/api/ships.json`` of an own receiver: ages instead of times."""
        now = self.provider.now_ms()
        rows = [ship.listed(now) for ship in self.provider.traffic.ships_at(now)]
        body = {"count": len(rows), "station": {"lat": 38.7, "lon": -9.4}, "ships": rows, "error": False}
        self.answer(json.dumps(body).encode(), "application/json")

    def tree_faults(self, parts: list[str], _query: dict[str, list[str]]) -> None:
        """One named misbehaviour."""
        FAULTS[parts[0]](self)

    def conditional(self, value: Any, kind: str, etag: bool) -> None:
        """A compressed, cacheable answer; 304 when the asker has it already."""
        body = json.dumps(value).encode()
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        modified = formatdate(self.provider.now_ms() // 30_000 * 30, usegmt=True)
        headers = {"ETag": tag} if etag else {"Last-Modified": modified}
        headers |= {"Cache-Control": "max-age=60, public"}
        known = (
            self.headers.get("If-None-Match") == tag
            if etag
            else self.headers.get("If-Modified-Since") == modified
        )
        if known:
            self.answer(b"", "", 304, headers)
        else:
            body = gzip.compress(body, 6)
            self.answer(body, f"{kind};charset=UTF-8", headers=headers | {"Content-Encoding": "gzip"})

    def problem(self, status: int, error: str = "Error", message: str = "Unknown error") -> None:
        """The error body of Digitraffic."""
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self.provider.now_ms() / 1000))
        body = {"timestamp": stamp, "status": status, "error": error, "message": message, "path": self.path}
        headers = {"Retry-After": "120"} if status == 429 else {}
        self.answer(json.dumps(body).encode(), "application/json", status, headers)

    def answer(
        self, body: bytes, kind: str, status: int = 200, headers: dict[str, str] | None = None
    ) -> None:
        """Send one whole answer."""
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if kind:
            self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class QuietServer(ThreadingHTTPServer):
    """Threads that end with the process, and no word about an asker who went away."""

    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Faults end connections by design; anything else is printed."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class Server:
    """The stand-in on a loopback port, in a thread: ``with Server(provider) as server: server.url``."""

    def __init__(self, provider: Provider | None = None, port: int = 0) -> None:
        self.provider = provider or Provider()
        handler = type("Bound", (Handler,), {"provider": self.provider})
        self._http = QuietServer(("127.0.0.1", port), handler)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        """Address without a slash at its end."""
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def __enter__(self) -> Server:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


def main() -> None:
    """Serve moving ships and aircraft until interrupted."""
    options = argparse.ArgumentParser(description="Stand-in for the live services, on the loopback.")
    options.add_argument("--port", type=int, default=8765)
    options.add_argument("--ships", type=int, default=300)
    options.add_argument("--aircraft", type=int, default=40)
    given = options.parse_args()
    provider = Provider(traffic=Traffic(given.ships, given.aircraft))
    with Server(provider, given.port) as server:
        for path in ("digitraffic/api/ais/v1/locations", "v2/point/38/-11/250", "readsb/aircraft.json"):
            print(f"{server.url}/{path}", flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main()
