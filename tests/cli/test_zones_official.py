"""``maoc zones import``, ``list``, ``activate`` and ``fetch`` from end to end on a small made-up world."""

from __future__ import annotations

import json
import sys
import threading
import time
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
import shapely
from click.testing import CliRunner

from maoc_tui import resources
from maoc_tui.cli import maoc
from maoc_tui.desk import zone_editions, zone_import
from maoc_tui.desk.room import Room
from maoc_tui.domain.viewer import WATCH
from maoc_tui.feeds import marine_regions
from maoc_tui.geo import official_import, officialfile, zonefile
from maoc_tui.problems import BadInput, StoreProblem

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "geo"))
from official_files import geojson, record
from zone_world import TABLE, sources

from maoc_tui.geo.derive import build
from maoc_tui.geo.derive_sources import Sources, Unit

UNITS = {**TABLE, "PT": Unit("PT", "Portugal", ("PT",))}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A zone file of two islands, told as Portugal (10-11 E) and Spain (13-14 E)."""
    made = sources()
    land = np.array([shapely.box(10, 40, 11, 41), shapely.box(13, 40.2, 14, 41.4)])
    main = max(shapely.get_parts(made.borders["AA"]), key=lambda part: part.area)
    borders = {"PT": main, "ES": made.borders["BB"]}
    path = tmp_path_factory.mktemp("world") / "zones.bin"
    zonefile.write(path, build(Sources(borders, land, ("made up 1.0",)), UNITS))
    return path


@pytest.fixture(autouse=True)
def site(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own, and the small world in place of the shipped one."""
    usual = resources.data
    monkeypatch.setattr(resources, "data", lambda *name: small if name == ("zones.bin",) else usual(*name))
    monkeypatch.setenv("MAOC_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> Any:
    result = CliRunner().invoke(maoc, [*words, "--json"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def fails(match: str, *words: str) -> None:
    result = CliRunner().invoke(maoc, list(words))
    assert isinstance(result.exception, (BadInput, StoreProblem)), result.exception
    assert match in result.exception.message
    assert result.exception.way_out


def belt(iso: str = "ESP", by: float = 0.3, **more: Any) -> Any:
    land = shapely.box(13, 40.2, 14, 41.4)
    return record(iso, shapely.buffer(land, by).difference(land), pol_type="12NM", **more)


def test_import_activate_and_ask(site: Path) -> None:
    geojson(site / "eez_12nm_v4.geojson", [belt(), record("PRT", None), belt("QQQ")])
    made = run("zones", "import", "eez_12nm_v4.geojson")
    assert (made["name"], made["read"], made["kept"], made["refused"], made["active"]) == (
        "eez_12nm_v4", 3, 1, 2, False,
    )  # fmt: skip
    assert [(f["row"], f["field"]) for f in made["findings"]] == [(2, "geometry"), (3, "iso_ter1")]
    assert "Marine Regions v4 over derived" in made["edition"]

    (before,) = run("zone", "40.8,12.75")
    assert (before["kind"], before["dataset"]["name"]) == ("contiguous", "derived")
    assert run("zones", "activate", "eez_12nm_v4")["dataset"]["edition"] == made["edition"]
    (after,) = run("zone", "40.8,12.75")
    assert (after["kind"], after["states"], after["basis"]) == ("territorial", ["ES"], "official")
    assert (after["dataset"]["name"], after["dataset"]["edition"]) == ("eez_12nm_v4", made["edition"])
    line = next(x for x in after["lines"] if x["kind"] == "territorial" and x["states"] == ["ES"])
    assert line["basis"] == "official"

    shipped, official = run("zones", "list")
    assert (shipped["id"], shipped["active"]) == ("shipped", False)
    assert (official["id"], official["active"], official["licence"]) == (
        "eez_12nm_v4",
        True,
        "CC-BY-4.0 and ODbL-1.0",
    )
    assert "Marine Regions v4" in official["sources"]
    text = CliRunner().invoke(maoc, ["zones", "list"]).output
    assert "eez_12nm_v4, in use" in text
    run("zones", "activate", "shipped")
    assert run("zone", "40.8,12.75") == [before]


def test_imports_add_up_and_newer_ones_supersede(site: Path) -> None:
    geojson(site / "eez_12nm_v3.geojson", [belt(by=0.25)])
    geojson(site / "eez_12nm_v4.geojson", [belt(by=0.3)])
    geojson(
        site / "eez_v12.geojson",
        [record("PRT", shapely.box(8, 38, 12, 43).difference(shapely.box(10, 40, 11, 41)))],
    )
    run("zones", "import", "eez_12nm_v3.geojson")
    run("zones", "activate", "eez_12nm_v3")
    newer = run("zones", "import", "eez_12nm_v4.geojson")
    assert (newer["carried"], newer["superseded"]) == (0, 1)
    both = run("zones", "import", "eez_v12.geojson")
    assert (both["carried"], both["superseded"]) == (1, 0)
    alone = run("zones", "import", "eez_v12.geojson", "--alone", "--name", "alone")
    assert (alone["carried"], alone["superseded"]) == (0, 0)
    held = officialfile.load(zone_editions.folder() / "eez_v12.official")
    assert sorted((a.kind, a.states, a.source.edition) for a in held) == [
        ("eez", ("PT",), "v12"), ("territorial", ("ES",), "v3"),
    ]  # fmt: skip
    assert len({e["edition"] for e in run("zones", "list")}) == 5


def test_partial_says_what_is_given_up(site: Path) -> None:
    half = shapely.box(13.5, 39, 16, 43)
    held, shape = belt(by=0.2)
    geojson(site / "eez_12nm_v4.geojson", [(held, shape.intersection(half))])
    text = CliRunner().invoke(maoc, ["zones", "import", "eez_12nm_v4.geojson"]).output
    assert "ES territorial" in text
    assert "--partial" in text
    part = run("zones", "import", "eez_12nm_v4.geojson", "--partial", "--name", "part")
    assert part["given_up"] == []
    assert part["edition"].endswith("p")


def test_swapped_axes_are_suspected(site: Path) -> None:
    held, shape = belt(by=0.2)
    geojson(site / "eez_12nm_v4.geojson", [(held, shapely.transform(shape, lambda xy: xy[:, ::-1]))])
    fails("look swapped: 1 of 1", "zones", "import", "eez_12nm_v4.geojson")
    assert list((site / "data").rglob("*.zones")) == []


def test_what_cannot_be_done_is_said(site: Path) -> None:
    geojson(site / "eez_12nm_v4.geojson", [belt()])
    fails("No such file", "zones", "import", "missing.gpkg")
    fails("is no name", "zones", "import", "eez_12nm_v4.geojson", "--name", "../x")
    fails("is no name", "zones", "import", "eez_12nm_v4.geojson", "--name", "shipped")
    run("zones", "import", "eez_12nm_v4.geojson", "--edition", "v4.1")
    fails("exists", "zones", "import", "eez_12nm_v4.geojson")
    fails("no zone dataset 'nonsense'", "zones", "activate", "nonsense")
    run("zones", "activate", "eez_12nm_v4")
    (zone_editions.folder() / "eez_12nm_v4.zones").unlink()
    fails("is missing", "zone", "40,12")
    (zone_editions.folder() / "zones.toml").write_text("active = [")
    fails("cannot be read", "zone", "40,12")
    run("zones", "activate", "shipped")
    assert run("zone", "40,12")[0]["dataset"]["name"] == "derived"
    (zone_editions.folder() / "broken.zones").write_bytes(b"MAOCZONE")
    fails("damaged", "zones", "activate", "broken")


def test_a_damaged_dataset_of_others_stops_nobody(site: Path) -> None:
    """Files beside the datasets that are none of ours are not offered."""
    zone_editions.folder().mkdir(parents=True)
    (zone_editions.folder() / "Odd Name.zones").write_bytes(b"x")
    assert [e.name for e in zone_editions.editions()] == ["shipped"]


def test_a_contacts_zone_of_another_edition_is_unknown(site: Path) -> None:
    """After the switch the same fix is judged anew, by the official line, and no passage is made of the change."""
    from maoc_tui.desk.ingest import ingest
    from maoc_tui.desk.picture import zone_events

    def sentence_file(name: str, minute: int) -> Path:
        path = site / name
        path.write_text(
            "MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType,Status,Length,Width,Draft,"
            f"Cargo,TransceiverClass\n224000001,2024-01-01T00:{minute:02}:00,40.80000,12.75000,0.1,0.0,511,X,,,70,,,,,,A\n"
        )
        return path

    room = Room.open(site / "maoc.db", create=True)
    first = room.zone_edition
    ingest(room, WATCH, [sentence_file("a.csv", 0)])
    room.close()
    geojson(site / "eez_12nm_v4.geojson", [belt()])
    made = run("zones", "import", "eez_12nm_v4.geojson")
    run("zones", "activate", "eez_12nm_v4")
    room = Room.open(site / "maoc.db")
    assert room.zone_edition == f"eez_12nm_v4 {made['edition']}" != first
    for minute in (10, 20, 30):
        ingest(room, WATCH, [sentence_file(f"b{minute}.csv", minute)])
    assert zone_events(room, WATCH) == ()
    with room.db.reading(WATCH) as conn:
        held = conn.exec_driver_sql("SELECT zone, zone_edition FROM contact").fetchall()
    assert {edition for _, edition in held} == {room.zone_edition}
    assert {room.zones.areas[zone].basis for zone, _ in held} == {"official"}
    room.close()


def fix_file(site: Path, name: str, minute: int, lat: float = 40.8, lon: float = 12.75) -> Path:
    """A file with one fix of one ship."""
    path = site / name
    path.write_text(
        "MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType,Status,Length,Width,Draft,"
        f"Cargo,TransceiverClass\n224000001,2024-01-01T00:{minute:02}:00,{lat:.5f},{lon:.5f},9.0,90.0,511,X,,,70,,,,,,A\n"
    )
    return path


def wait_for(true: Any) -> None:
    for _ in range(1200):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("it never came")


def test_what_runs_follows_the_switch(site: Path) -> None:
    """A room that stays open answers by the dataset activated meanwhile, and every stored answer names its own."""
    from maoc_tui.desk import picture
    from maoc_tui.desk.ingest import ingest

    room = Room.open(site / "maoc.db", create=True)
    ingest(room, WATCH, [fix_file(site, "a.csv", 0)])
    before = picture.load(room, WATCH)
    assert before.zone_text(0) == "ES CZ"
    assert not room.zones_outdated()
    geojson(site / "eez_12nm_v4.geojson", [belt()])
    made = run("zones", "import", "eez_12nm_v4.geojson")
    assert picture.load(room, WATCH, before) is before
    run("zones", "activate", "eez_12nm_v4")
    assert room.zones_outdated()
    room.renew_zones()
    assert not room.zones_outdated()
    after = picture.load(room, WATCH, before)
    assert after.zone_text(0) == "ES TS"
    assert after.zone_dataset == f"eez_12nm_v4 {made['edition']}, {after.zone_dataset[-10:]}"
    run("zones", "activate", "shipped")
    ingest(room, WATCH, [fix_file(site, "b.csv", 10)])  # traffic follows by itself, beside its work
    wait_for(lambda: room.zones.dataset.name == "derived")
    ingest(room, WATCH, [fix_file(site, "c.csv", 20)])
    assert picture.load(room, WATCH, after).zone_text(0) == "ES CZ"
    with room.db.reading(WATCH) as conn:
        ((edition,),) = conn.exec_driver_sql("SELECT zone_edition FROM contact").fetchall()
    assert edition == room.zone_edition
    room.close()


def test_every_passage_names_the_edition_and_what_lay_over_it(site: Path) -> None:
    from maoc_tui.desk import zone_overrides
    from maoc_tui.desk.ingest import ingest

    room = Room.open(site / "maoc.db", create=True)
    for minute in range(6):  # from the contiguous zone over the territorial limit, at 12.8 E
        ingest(room, WATCH, [fix_file(site, f"a{minute}.csv", minute * 5, lon=12.77 + 0.01 * minute)])
    zone_overrides.add(
        room,
        WATCH,
        "EEZ",
        "ES",
        "drawn by hand",
        "Ferreira",
        "30d",
        area="40.7,12.5; 40.9,12.5; 40.9,12.86; 40.7,12.86",
    )
    for minute in range(6, 12):
        ingest(room, WATCH, [fix_file(site, f"a{minute}.csv", minute * 5, lon=12.77 + 0.01 * minute)])
    room.close()
    found = run("events", "--limit", "0", "--db", str(site / "maoc.db"))["events"]
    told = [(event["left"], event["entered"], event["zone_edition"].endswith(" + Z-0001")) for event in found]
    assert told[0] == ("ES CZ", "ES TS", False)
    assert told[1:] == [("ES EEZ", "ES TS", True)]
    assert {event["zone_edition"].removesuffix(" + Z-0001") for event in found} == {room.zone_edition}


def test_a_dataset_that_cannot_be_opened_leaves_the_one_before(site: Path) -> None:
    from maoc_tui.desk.ingest import ingest

    room = Room.open(site / "maoc.db", create=True)
    held = room.zones
    geojson(site / "eez_12nm_v4.geojson", [belt()])
    run("zones", "import", "eez_12nm_v4.geojson")
    run("zones", "activate", "eez_12nm_v4")
    (zone_editions.folder() / "eez_12nm_v4.zones").write_bytes(b"MAOCZONE")
    with pytest.raises((BadInput, StoreProblem)):
        room.renew_zones()
    assert room.zones is held
    assert not room.zones_outdated()  # it is not tried again and again
    assert room.zones is held
    ingest(room, WATCH, [fix_file(site, "a.csv", 0)])
    room.close()


def test_fetch_asks_for_the_state_and_refuses_to_overwrite(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []

    def instead(layer: str, out: Path, today: date, **more: Any) -> marine_regions.Download:
        asked.append((layer, out.name, more["states"], more["base"]))
        more["progress"](3, None)
        geojson(out, [belt()], maoc={"layer": layer, "edition": "v4", "source": "Marine Regions"})
        return marine_regions.Download(out, 1, 0, "v4")

    monkeypatch.setattr(marine_regions, "fetch", instead)
    got = run("zones", "fetch", "eez_12nm", "--area", "PT", "--area", "Spain")
    assert asked == [("eez_12nm", "eez_12nm_PRT_ESP.geojson", ["PRT", "ESP"], marine_regions.BASE)]
    assert (got["features"], got["edition"]) == (1, "v4")
    fails("exists", "zones", "fetch", "eez_12nm", "--area", "PRT", "--area", "ES")
    fails("no state", "zones", "fetch", "eez_12nm", "--area", "Atlantis")
    (area,) = official_import.read(site / "eez_12nm_PRT_ESP.geojson").areas
    assert (area.kind, area.source.edition) == ("territorial", "v4")


def test_fetched_from_a_service_imported_and_in_force(site: Path) -> None:
    """The whole way over HTTP: a download that breaks off goes on, is imported, activated, and answers."""
    areas = [belt(), record("PRT", shapely.box(10.4, 41.0, 10.6, 41.1), pol_type="12NM")]
    whole = json.loads(geojson(site / "whole.json", areas).read_text())["features"]
    rows = [{**row, "id": f"eez_12nm.{number}"} for number, row in enumerate(whole)]
    faults = [None, b"<ows:ExceptionReport><ows:ExceptionText>busy</ows:ExceptionText></ows:ExceptionReport>"]

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            query = {key: values[0] for key, values in parse_qs(urlsplit(self.path).query).items()}
            fault = faults.pop(0) if faults else None
            start, count = int(query.get("startIndex", 0)), int(query.get("count", 0))
            page = {"type": "FeatureCollection", "numberMatched": 2, "features": rows[start : start + count]}
            body = fault or json.dumps(page).encode()
            self.send_response(400 if fault else 200)
            self.send_header("Content-Type", "text/xml" if fault else "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        words = (
            "zones",
            "fetch",
            "eez_12nm",
            "--page",
            "1",
            "--url",
            f"http://127.0.0.1:{server.server_port}/wfs",
        )
        broken = CliRunner().invoke(maoc, list(words))
        assert "busy" in broken.exception.message
        assert not (site / "eez_12nm.geojson").exists()
        got = run(*words)
        server.shutdown()
    assert (got["features"], got["resumed"]) == (2, 1)
    made = run("zones", "import", got["out"])
    assert (made["read"], made["kept"]) == (2, 2)
    run("zones", "activate", made["name"])
    (answer,) = run("zone", "40.8,12.75")
    assert (answer["kind"], answer["basis"], answer["states"]) == ("territorial", "official", ["ES"])
    assert answer["dataset"]["name"] == made["name"]


def test_names_are_made_of_file_names() -> None:
    assert zone_import.slug("World EEZ_v12 (2023)") == "world-eez_v12-2023"
    assert zone_import.slug("///") == "official"
