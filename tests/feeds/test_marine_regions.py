"""Fetching a Marine Regions layer from a local server that pages, refuses, breaks off and lies on demand."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from maoc_tui.feeds import marine_regions
from maoc_tui.geo import official_import
from maoc_tui.problems import BadInput, Problem

DAY = date(2026, 11, 22)
EXCEPTION = (
    '<?xml version="1.0"?><ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1"><ows:Exception>'
    "<ows:ExceptionText>Could not parse CQL filter \x1b list.</ows:ExceptionText></ows:Exception>"
    "</ows:ExceptionReport>"
)
TITLE = (
    "<FeatureType><Name>MarineRegions:eez_12nm</Name><Title>Territorial Seas (v9, world, 1999)</Title></FeatureType>"
    "<FeatureType><Name>MarineRegions:eez</Name><Title>EEZ (200 NM) (v12, world, 2023)</Title></FeatureType>"
)
Reply = tuple[int, str, bytes]


def feature(number: int) -> dict[str, Any]:
    ring = [[number, 0], [number + 1, 0], [number + 1, 1], [number, 1], [number, 0]]
    return {
        "type": "Feature",
        "id": f"eez.{number}",
        "geometry": {"type": "MultiPolygon", "coordinates": [[ring]]},
        "properties": {"mrgid": number, "geoname": f"Z{number}", "pol_type": "200NM", "iso_ter1": "PRT",
                       "iso_sov1": "PRT", "sovereign1": "Portugal", "iso_sov2": None},
    }  # fmt: skip


class Service:
    """A made-up WFS: ``faults`` are given first, one a request; None is a good answer."""

    def __init__(self) -> None:
        self.features = [feature(i) for i in range(1, 8)]
        self.faults: list[Callable[[], Reply] | None] = []
        self.asked: list[dict[str, str]] = []
        self.capabilities: Reply = (200, "application/xml", TITLE.encode())

    def answer(self, query: dict[str, str]) -> Reply:
        if query["request"] == "GetCapabilities":
            return self.capabilities
        self.asked.append(query)
        fault = self.faults.pop(0) if self.faults else None
        if fault:
            return fault()
        start, count = int(query["startIndex"]), int(query["count"])
        found = self.features[start : start + count]
        page = {"type": "FeatureCollection", "numberMatched": len(self.features), "features": found}
        return 200, "application/json;charset=UTF-8", json.dumps(page).encode()


@pytest.fixture
def service() -> Iterator[tuple[Service, str]]:
    held = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            query = {key: values[0] for key, values in parse_qs(urlsplit(self.path).query).items()}
            status, kind, body = held.answer(query)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            short = body.endswith(b"<cut>")
            self.send_header("Content-Length", str(len(body) + (100 if short else 0)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield held, f"http://127.0.0.1:{server.server_address[1]}/wfs"
        server.shutdown()


def fetch(url: str, out: Path, **more: Any) -> marine_regions.Download:
    return marine_regions.fetch("eez", out, DAY, base=url, **{"page": 3, "pauses": (0.0, 0.0), **more})


def test_pages_become_one_file_that_import_reads(service: tuple[Service, str], tmp_path: Path) -> None:
    held, url = service
    steps: list[tuple[int, int | None]] = []
    got = fetch(url, tmp_path / "eez.geojson", progress=lambda done, total: steps.append((done, total)))
    assert (got.features, got.resumed, got.edition) == (7, 0, "v12 2023")
    assert steps == [(3, 7), (6, 7), (7, 7)]
    assert [q["startIndex"] for q in held.asked] == ["0", "3", "6"]
    assert held.asked[0]["sortBy"] == "mrgid"
    assert "cql_filter" not in held.asked[0]
    assert [p.name for p in tmp_path.iterdir()] == ["eez.geojson"]
    account = official_import.read(tmp_path / "eez.geojson")
    assert [(a.kind, a.states, a.name) for a in account.areas] == [
        ("eez", ("PT",), f"Z{i}") for i in range(1, 8)
    ]
    assert account.areas[0].source.edition == "v12 2023"
    assert account.areas[0].source.title == "Marine Regions"


def test_a_broken_download_goes_on_where_it_stopped(service: tuple[Service, str], tmp_path: Path) -> None:
    held, url = service
    held.faults = [None, *[lambda: (503, "text/html", b"busy")] * 3]
    with pytest.raises(Problem, match="HTTP 503") as caught:
        fetch(url, tmp_path / "eez.geojson")
    assert "goes on where it stopped" in caught.value.way_out
    assert not (tmp_path / "eez.geojson").exists()
    part = tmp_path / "eez.geojson.part"
    part.write_bytes(
        part.read_bytes() + b'{"total":7,"last":false,"features":[{"id"'
    )  # cut in the middle of a page
    held.asked.clear()
    got = fetch(url, tmp_path / "eez.geojson")
    assert (got.features, got.resumed) == (7, 3)
    assert [q["startIndex"] for q in held.asked] == ["3", "6"]
    names = [f["id"] for f in json.loads((tmp_path / "eez.geojson").read_text())["features"]]
    assert names == [f"eez.{i}" for i in range(1, 8)]


def test_another_request_does_not_go_on_with_this_one(service: tuple[Service, str], tmp_path: Path) -> None:
    held, url = service
    held.faults = [None, *[lambda: (500, "text/html", b"")] * 3]
    with pytest.raises(Problem):
        fetch(url, tmp_path / "x.geojson")
    got = fetch(url, tmp_path / "x.geojson", states=["PRT", "ESP"])
    assert (got.features, got.resumed) == (7, 0)
    expected = "iso_sov1 IN ('ESP','PRT') OR iso_sov2 IN ('ESP','PRT') OR iso_sov3 IN ('ESP','PRT')"
    assert held.asked[-1]["cql_filter"] == expected


@pytest.mark.parametrize(
    "fault",
    [
        lambda: (502, "text/html", b"bad gateway"),
        lambda: (429, "text/plain", b"slow down"),
        lambda: (200, "application/json", b'{"type": "FeatureColl<cut>'),
        lambda: (200, "application/json", b'{"type": "FeatureCollection", "features": ['),
    ],
)
def test_passing_faults_are_tried_again(service: tuple[Service, str], tmp_path: Path, fault: Any) -> None:
    held, url = service
    held.faults = [fault, None, fault, fault]
    assert fetch(url, tmp_path / "eez.geojson").features == 7


@pytest.mark.parametrize(
    ("reply", "match"),
    [
        ((400, "application/xml", EXCEPTION.encode()), "refuses: Could not parse CQL filter"),
        ((200, "text/xml", EXCEPTION.encode()), "refuses: Could not parse CQL filter"),
        ((200, "application/json", EXCEPTION.encode()), "refuses: Could not parse"),
        ((200, "text/html", b"<html>please sign in</html>"), "text/html, not GeoJSON"),
        ((200, "application/json", b'{"type": "Topology"}'), "no FeatureCollection"),
        ((302, "text/html", b""), "HTTP 302"),
        ((404, "text/html", b""), "HTTP 404"),
    ],
)
def test_lasting_faults_end_it_at_once(
    service: tuple[Service, str], tmp_path: Path, reply: Reply, match: str
) -> None:
    held, url = service
    held.faults = [lambda: reply]
    with pytest.raises(Problem, match=match) as caught:
        fetch(url, tmp_path / "eez.geojson")
    assert "\x1b" not in caught.value.message
    assert len(held.asked) == 1


def test_nothing_found_is_said(service: tuple[Service, str], tmp_path: Path) -> None:
    held, url = service
    held.features = []
    with pytest.raises(BadInput, match="no areas of layer eez for AUT"):
        fetch(url, tmp_path / "eez.geojson", states=["AUT"])
    assert list(tmp_path.iterdir()) == []


def test_data_that_change_under_way_are_not_mixed(service: tuple[Service, str], tmp_path: Path) -> None:
    held, url = service

    def moved() -> Reply:
        held.features.insert(0, feature(99))  # what was third is now fourth
        return held.answer({"request": "GetFeature", "startIndex": "3", "count": "3"})

    held.faults = [None, moved]
    with pytest.raises(Problem, match="changed its data"):
        fetch(url, tmp_path / "eez.geojson")
    assert fetch(url, tmp_path / "eez.geojson").features == 8


def test_a_service_that_stops_early(service: tuple[Service, str], tmp_path: Path) -> None:
    held, url = service
    empty = json.dumps({"type": "FeatureCollection", "numberMatched": 7, "features": []}).encode()
    held.faults = [None, lambda: (200, "application/json", empty)]
    with pytest.raises(Problem, match="stopped after 3 of 7"):
        fetch(url, tmp_path / "eez.geojson")
    assert fetch(url, tmp_path / "eez.geojson").resumed == 3


def test_pages_smaller_than_asked_and_no_total(service: tuple[Service, str], tmp_path: Path) -> None:
    held, url = service
    plain = held.answer

    def capped(query: dict[str, str]) -> Reply:
        return plain({**query, "count": "2"} if "count" in query else query)

    held.answer = capped  # type: ignore[method-assign]
    assert fetch(url, tmp_path / "eez.geojson").features == 7


def test_too_large_a_page(
    service: tuple[Service, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marine_regions, "_PAGE_BYTES", 500)
    with pytest.raises(Problem, match="A page is over"):
        fetch(service[1], tmp_path / "eez.geojson")


def test_a_title_without_an_edition_gives_the_day(service: tuple[Service, str], tmp_path: Path) -> None:
    held, url = service
    for reply in ((500, "text/html", b""), (200, "application/xml", b"<nothing/>")):
        held.capabilities = reply
        (tmp_path / "eez.geojson").unlink(missing_ok=True)
        assert fetch(url, tmp_path / "eez.geojson").edition == "as fetched 2026-11-22"


@pytest.mark.parametrize(
    ("layer", "states", "match"),
    [("iho", (), "no layer"), ("high_seas", ("PRT",), "no state"), ("eez", ("P' OR 1=1",), "alpha-3")],
)
def test_requests_that_cannot_be(tmp_path: Path, layer: str, states: tuple[str, ...], match: str) -> None:
    with pytest.raises(BadInput, match=match):
        marine_regions.fetch(layer, tmp_path / "x", DAY, states=states, base="http://127.0.0.1:9/")


def test_no_service_at_all(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="cannot be reached"):
        fetch("http://127.0.0.1:9/", tmp_path / "x.geojson")
    with pytest.raises(BadInput, match="address"):
        fetch("ftp://127.0.0.1/", tmp_path / "x.geojson")
