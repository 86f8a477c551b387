"""Official files: three formats give one geometry; what is wrong with a file or a row is named, the rest kept."""

from __future__ import annotations

import json
import sqlite3
import struct
import zipfile
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from official_files import WGS84, blob, columns, geojson, geopackage, record, shapes, zipped

from maoc_tui.geo import official_geojson, official_import, official_open
from maoc_tui.geo.official import OfficialArea, Refused
from maoc_tui.geo.official_shapes import settled
from maoc_tui.problems import BadInput

ISLAND = shapely.Point(-9.0, 39.0).buffer(0.5, quad_segs=16)
RING = shapely.Point(-9.0, 39.0).buffer(2.0, quad_segs=32).difference(ISLAND)
PAIR = shapely.MultiPolygon(
    [
        *shapely.get_parts(shapely.Point(-25, 38).buffer(3).difference(shapely.Point(-25, 38).buffer(1))),
        shapely.Point(-25, 38).buffer(0.2),  # an island of waters inside the hole
        shapely.box(-30.123456789, 37, -29, 38.987654321),
    ]
)
DATELINE = shapely.MultiPolygon([shapely.box(178, -18, 180, -16), shapely.box(-180, -18, -179, -16)])
RECORDS = [
    record("PRT", RING),
    record("PRT", PAIR, iso_ter1="", geoname="Açores"),
    record("FJI", DATELINE),
    record(
        "ESH",
        shapely.box(-20, 22, -15, 26),
        pol_type="Overlapping claim",
        iso_sov2="MAR",
        sovereign2="Morocco",
    ),
    record("AUS", shapely.box(126, -10, 128, -9), pol_type="Joint regime", iso_ter1="", iso_sov2="TLS"),
]


def told(areas: tuple[OfficialArea, ...]) -> list[tuple[object, ...]]:
    return [(a.kind, a.states, a.status, a.territory, a.name, shapely.to_wkb(a.shape)) for a in areas]


def test_three_formats_give_identical_areas(tmp_path: Path) -> None:
    upper = columns(RECORDS, "upper")
    files = [
        geojson(tmp_path / "eez_v12.geojson", columns(RECORDS, "lower")),
        geopackage(tmp_path / "eez_v12.gpkg", upper),
        shapes(tmp_path / "eez_v12", upper),
        zipped(tmp_path / "World_EEZ_v12.zip", tmp_path / "eez_v12.shp"),
    ]
    (tmp_path / "z").mkdir()
    bare = geopackage(tmp_path / "z" / "eez_v12.gpkg", columns(RECORDS, "mixed"), envelope=False)
    files.append(zipped(tmp_path / "z" / "inside_eez_v12.zip", bare))
    files[3] = zip_only_shapefile(tmp_path)
    first, *others = [official_import.read(file) for file in files]
    assert (first.read, len(first.areas), first.findings) == (5, 5, ())
    for other in others:
        assert told(other.areas) == told(first.areas)
    for (_, shape), area in zip(RECORDS, first.areas, strict=True):
        assert area.shape.symmetric_difference(shape).area < 1e-4
        assert area.shape.is_valid
    facts = [(a.kind, a.states, a.status, a.territory) for a in first.areas]
    assert facts == [
        ("eez", ("PT",), "agreed", "PT"), ("eez", ("PT",), "agreed", "PT"), ("eez", ("FJ",), "agreed", "FJ"),
        ("eez", ("EH", "MA"), "disputed", "EH"), ("joint", ("AU", "TL"), "joint", "AU"),
    ]  # fmt: skip
    assert first.areas[0].source.edition == "v12"
    assert "CC" in first.areas[0].source.licence


def zip_only_shapefile(tmp_path: Path) -> Path:
    path = tmp_path / "World_EEZ_v12_20231025.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for part in ("shp", "SHX", "dbf", "prj", "cpg"):
            archive.write(tmp_path / f"eez_v12.{part.lower()}", f"World/eez_v12.{part}")
        archive.writestr("__MACOSX/._eez_v12.shp", b"x")
    return path


def test_winding_does_not_matter(tmp_path: Path) -> None:
    turned = [(held, shapely.orient_polygons(shape, exterior_cw=True)) for held, shape in RECORDS]
    one = official_import.read(geojson(tmp_path / "eez_v12.geojson", RECORDS))
    two = official_import.read(geojson(tmp_path / "eez_v12_b.geojson", turned))
    assert told(one.areas) == told(two.areas)


def test_v10_has_no_iso_sov(tmp_path: Path) -> None:
    held = {
        "GeoName": "Azores",
        "Pol_type": "200NM",
        "ISO_Ter1": None,
        "Sovereign1": "Portugal",
        "Sovereign2": None,
    }
    other = {**held, "GeoName": "Gibraltar", "ISO_Ter1": "GIB", "Sovereign1": None}
    path = geojson(tmp_path / "eez_v10.geojson", [(held, RING), (other, shapely.box(-5.4, 36.1, -5.3, 36.2))])
    areas = official_import.read(path).areas
    assert [(a.states, a.territory) for a in areas] == [(("PT",), "PT"), (("GB",), "GI")]


@pytest.mark.parametrize(
    ("layer", "kind"),
    [
        ("eez_12nm_v4", "territorial"), ("eez_24nm_v4", "contiguous"), ("eez_internal_waters_v4", "internal"),
        ("eez_archipelagic_waters_v4", "archipelagic"), ("World_High_Seas_v2", "high_seas"), ("eez_v12", "eez"),
    ],
)  # fmt: skip
def test_the_layer_tells_the_kind(tmp_path: Path, layer: str, kind: str) -> None:
    account = official_import.read(
        geojson(tmp_path / f"{layer}.geojson", [record("NAM", RING, pol_type=None)])
    )
    (area,) = account.areas
    assert (area.kind, area.states) == (kind, () if kind == "high_seas" else ("NA",))


def test_each_bad_row_is_named_and_the_rest_kept(tmp_path: Path) -> None:
    bow = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    rows = [
        record("PRT", RING),
        record("PRT", RING, geoname="again"),
        record("PRT", None),
        record("XYZ", RING),
        record("", RING, sovereign1=None),
        record("PRT", RING, pol_type="Union EEZ and country"),
        record("PRT", shapely.LineString([(0, 0), (1, 1)])),
        record("PRT", shapely.box(-9, 100, -8, 170)),
        record("PRT", shapely.box(500000, 4000000, 600000, 5000000)),
        record("PRT", shapely.box(1, 1, 1.000001, 1.000001)),
        record("ESP", bow),
        record("FJI", shapely.box(178, -18, 182, -16)),
    ]
    account = official_import.read(geojson(tmp_path / "eez_v12.geojson", rows))
    assert [(f.row, f.field, f.action) for f in account.findings] == [
        (2, "geometry", "duplicate"), (3, "geometry", "refused"), (4, "iso_ter1", "refused"),
        (5, "iso_sov1", "refused"), (6, "pol_type", "refused"), (7, "geometry", "refused"),
        (8, "geometry", "refused"), (9, "geometry", "refused"), (10, "geometry", "refused"),
        (11, "geometry", "repaired"), (12, "geometry", "repaired"),
    ]  # fmt: skip
    reasons = {f.row: f.reason for f in account.findings}
    assert "swapped" in reasons[8]
    assert "not degrees" in reasons[9]
    assert "Self-intersection" in reasons[11]
    assert account.read == 12 == len(account.areas) + account.count("refused") + account.count("duplicate")
    assert account.areas[1].shape.area == pytest.approx(2.0, abs=1e-3)
    west, _, east, _ = account.areas[2].shape.bounds
    assert (west, east) == (-180, 180)


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_numbers_that_are_none_are_refused(tmp_path: Path, bad: float) -> None:
    ring = [(0.0, 0.0), (1.0, 0.0), (1.0, bad), (0.0, 1.0), (0.0, 0.0)]
    with np.errstate(invalid="ignore"):
        shape = shapely.Polygon(ring)
    with pytest.raises(Refused, match="not numbers"):
        settled(shape)
    path = geopackage(tmp_path / "eez_v12.gpkg", [record("PRT", RING), record("PRT", shape)])
    account = official_import.read(path)
    assert [(f.row, f.reason) for f in account.findings] == [(2, "has coordinates that are not numbers")]


@given(st.lists(st.tuples(st.floats(-400, 400), st.floats(-200, 200)), min_size=3, max_size=12))
@settings(max_examples=200)
def test_any_ring_is_settled_or_refused(points: list[tuple[float, float]]) -> None:
    try:
        shape, _ = settled(shapely.Polygon(points))
    except Refused:
        return
    assert shape.is_valid
    assert not shape.is_empty
    assert shape.geom_type in ("Polygon", "MultiPolygon")
    assert np.abs(shapely.get_coordinates(shape)).max() <= 180


def refused(path: Path, match: str, **more: object) -> None:
    with pytest.raises(BadInput, match=match) as caught:
        official_import.read(path, **more)
    assert caught.value.way_out


def test_other_coordinate_systems_are_refused(tmp_path: Path) -> None:
    rows = [record("PRT", RING)]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    refused(geojson(tmp_path / "eez_v12.geojson", rows, crs=crs), "field crs.*3857")
    refused(geojson(tmp_path / "eez_v12.geojson", rows, crs={"type": "link"}), "field crs")
    refused(geopackage(tmp_path / "a_eez_v12.gpkg", rows, srs=3857), "field crs: not geographic")
    refused(geopackage(tmp_path / "b_eez_v12.gpkg", rows, srs=0), "field crs.*not stated")
    refused(shapes(tmp_path / "c_eez_v12", rows, prj=None), "field crs.*prj")
    refused(shapes(tmp_path / "d_eez_v12", rows, prj='PROJCS["ETRS89_LAEA",' + WGS84 + "]"), "not geographic")
    refused(
        shapes(tmp_path / "e_eez_v12", rows, prj=WGS84.replace("WGS_1984", "European_1950")), "WGS84 datum"
    )
    refused(shapes(tmp_path / "f_eez_v12", rows, prj=WGS84.replace('wich",0.0', 'wich",2.337')), "meridian")
    refused(shapes(tmp_path / "g_eez_v12", rows, prj=WGS84.replace('"Degree"', '"Grad"')), "not the degree")
    for name in ("urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326"):
        good = {"type": "name", "properties": {"name": name}}
        assert official_import.read(geojson(tmp_path / "h_eez_v12.geojson", rows, crs=good)).areas
    two = (
        'GEOGCRS["WGS 84",DATUM["World Geodetic System 1984"],CS[ellipsoidal,2],ANGLEUNIT["degree",0.01745]]'
    )
    assert official_import.read(shapes(tmp_path / "i_eez_v12", rows, prj=two)).areas


def test_a_geometry_in_another_system_than_its_layer(tmp_path: Path) -> None:
    path = geopackage(
        tmp_path / "eez_v12.gpkg", [record("PRT", RING), record("PRT", PAIR), record("ESP", RING)]
    )
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE eez_v12 SET geom = ? WHERE fid = 1", (blob(RING, 3857),))
        db.execute("UPDATE eez_v12 SET geom = ? WHERE fid = 2", (b"GP\0\1rubbish",))
    account = official_import.read(path)
    assert [f.row for f in account.findings if f.action == "refused"] == [1, 2]
    assert "3857" in account.findings[0].reason


def test_files_that_are_something_else(tmp_path: Path) -> None:
    for name, content in (("a.txt", b"hello"), ("b.json", b'{"type": "Topology"}'), ("c.json", b"{nonsense")):
        (tmp_path / name).write_bytes(content)
        refused(tmp_path / name, "Check|GeoJSON|JSON|neither")
    refused(tmp_path / "missing.gpkg", "No such file")
    refused(geojson(tmp_path / "zones.geojson", [record("PRT", RING)]), "which edition")
    refused(
        geojson(tmp_path / "x_v3.geojson", [record("PRT", RING, pol_type="")]), "none of its 1 rows.*pol_type"
    )
    refused(geojson(tmp_path / "eez_v12.geojson", []), "none of its 0 rows")
    refused(geojson(tmp_path / "eez_boundaries_v12.geojson", [record("PRT", RING)]), "not of maritime zones")
    (tmp_path / "d.gpkg").write_bytes(b"SQLite format 3\0" + b"\xff" * 4000)
    refused(tmp_path / "d.gpkg", "GeoPackage")
    whole = geopackage(tmp_path / "eez_v12.gpkg", RECORDS).read_bytes()
    (tmp_path / "cut_v12.gpkg").write_bytes(whole[: len(whole) // 2])
    refused(tmp_path / "cut_v12.gpkg", "GeoPackage|damaged")
    shape = shapes(tmp_path / "eez_v12", RECORDS)
    shape.with_suffix(".dbf").unlink()
    refused(shape, "dbf")


def test_a_shapefile_cut_short_keeps_what_it_has(tmp_path: Path) -> None:
    shape = shapes(tmp_path / "eez_v12", RECORDS)
    shape.write_bytes(shape.read_bytes()[:-60])
    account = official_import.read(shape)
    assert [(f.row, f.field) for f in account.findings] == [(5, "geometry")]
    assert len(account.areas) == 4


@given(st.data())
@settings(max_examples=60)
def test_damaged_bytes_never_escape(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    kind = data.draw(st.sampled_from(["shp", "gpkg", "geojson"]))
    stem = folder / "eez_v12"
    path = {"shp": shapes, "gpkg": geopackage, "geojson": geojson}[kind](
        stem if kind == "shp" else stem.with_suffix(f".{kind}"), RECORDS[:2]
    )
    hurt = data.draw(
        st.sampled_from([path, path.with_suffix(".dbf"), path.with_suffix(".shx")])
        if kind == "shp"
        else st.just(path)
    )
    raw = bytearray(hurt.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    hurt.write_bytes(raw)
    try:
        account = official_import.read(path)
    except BadInput:
        return
    assert account.read == len(account.areas) + account.count("refused") + account.count("duplicate")


def test_layers_are_chosen(tmp_path: Path) -> None:
    path = geopackage(tmp_path / "world_v12.gpkg", [record("PRT", RING)], layer="eez_v12")
    geopackage(path, [record("ESP", RING)], layer="eez_12nm_v12")
    refused(path, "several layers")
    refused(path, "no layer", layer="nonsense")
    (area,) = official_import.read(path, layer="eez_12nm_v12").areas
    assert (area.states, area.kind) == (("ES",), "eez")


def test_archives_that_mean_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = geojson(tmp_path / "eez_v12.geojson", [record("PRT", RING)]).read_bytes()
    for name in ("../eez_v12.geojson", "/etc/eez_v12.geojson", "a\\..\\eez.geojson", "C:/eez_v12.geojson"):
        refused(packed(tmp_path / "a.zip", {name: inner}), "points outside")
    link = zipfile.ZipInfo("eez_v12.geojson")
    link.external_attr = 0o120777 << 16
    refused(packed(tmp_path / "b.zip", {link: b"/etc/passwd"}), "is a link")
    refused(
        packed(tmp_path / "c.zip", {"eez_v12.geojson": inner + b" " * 20_000_000}), "would unpack to 20 MB"
    )
    refused(packed(tmp_path / "d.zip", {f"{i}.txt": b"" for i in range(1001)}), "1,001 files")
    refused(packed(tmp_path / "e.zip", {"readme.txt": b"x"}), "no layer of areas")
    refused(
        packed(tmp_path / "f.zip", {"a/eez_v1.geojson": inner, "b/eez_v2.geojson": inner}), "several layers"
    )
    lying = packed(tmp_path / "g.zip", {"eez_v12.geojson": inner})
    raw = lying.read_bytes().replace(struct.pack("<I", len(inner)), struct.pack("<I", 50))
    lying.write_bytes(raw)
    refused(lying, "damaged|unpacks to more|JSON")
    (tmp_path / "h.zip").write_bytes(lying.read_bytes()[:100])
    refused(tmp_path / "h.zip", "damaged archive")
    with (
        pytest.raises(BadInput, match="over 0 MB"),
        official_open.opened(tmp_path / "eez_v12.geojson", max_bytes=10),
    ):
        pass
    refused(tmp_path / "eez_v12.geojson", "over 50 points", max_vertices=50)
    assert sorted(p.name for p in tmp_path.iterdir() if p.suffix == ".passwd") == []


def packed(path: Path, members: dict[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


MAPPING = """
source = "Instituto Hidrográfico"
edition = "2024-05"
licence = "by permission"
states = ["PT"]
[columns]
kind = "TIPO"
name = "nome"
states = ["pais"]
[kinds]
"MAR TERRITORIAL" = "territorial"
"ZEE" = "eez"
"""


def test_a_national_file_with_a_mapping(tmp_path: Path) -> None:
    rows = [
        ({"Tipo": "Mar Territorial", "NOME": "Continente", "Pais": ""}, RING),
        ({"Tipo": "ZEE", "NOME": None, "Pais": "PRT/ESP"}, PAIR),
        ({"Tipo": "?", "NOME": "x", "Pais": "PT"}, RING),
        ({"Tipo": "ZEE", "NOME": "x", "Pais": "Atlantis"}, RING),
    ]
    mapping = tmp_path / "pt.toml"
    mapping.write_text(MAPPING)
    account = official_import.read(geojson(tmp_path / "limites.geojson", rows), mapping=mapping)
    assert [(a.kind, a.states, a.status, a.name) for a in account.areas] == [
        ("territorial", ("PT",), "agreed", "Continente"), ("eez", ("PT", "ES"), "disputed", "PT/ES eez"),
    ]  # fmt: skip
    assert [(f.row, f.field) for f in account.findings] == [(3, "tipo"), (4, "pais")]
    assert account.areas[0].source.title == "Instituto Hidrográfico"
    assert account.areas[0].source.edition == "2024-05"


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("nonsense", "TOML"), ('source = "a"', "edition is missing"), ('edition = "a"', "source is missing"),
        ('source = "a"\nedition = "b"', "kind is missing"), (MAPPING + "[more]", "more is not known"),
        ('source = "a"\nedition = "b"\nkind = "lake"', "'lake' is no kind"),
        ('source = "a"\nedition = "b"\nkind = "eez"\nstates = ["QQ"]', "states holds a code"),
        ('source = "a"\nedition = "b"\nkind = "eez"\ncolumns = 3', "columns must be a table"),
        ('source = "a"\nedition = "b"\nkind = "eez"\n[columns]\ncolour = "x"', "columns.colour is not known"),
        ('source = 1', "source must be text"),
    ],
)  # fmt: skip
def test_a_bad_mapping_names_its_key(tmp_path: Path, text: str, match: str) -> None:
    (tmp_path / "m.toml").write_text(text)
    path = geojson(tmp_path / "x.geojson", [record("PRT", RING)])
    refused(path, match, mapping=tmp_path / "m.toml")


def test_hostile_names_are_made_harmless(tmp_path: Path) -> None:
    path = geojson(tmp_path / "eez_v12.geojson", [record("PRT", RING, geoname="\x1b]52;c;x\x07evil")])
    assert "\x1b" not in official_import.read(path).areas[0].name
    bad = geojson(tmp_path / "eez_v12_b.geojson", [record("PRT", RING), record("\x1b[2J", RING)])
    assert "\x1b" not in json.dumps(
        [f.reason for f in official_import.read(bad).findings], ensure_ascii=False
    )


@pytest.mark.parametrize(
    ("name", "edition"),
    [
        ("World_EEZ_v12_20231025", "v12 2023-10-25"),
        ("eez_v11", "v11"),
        ("eez_12nm_20191118", "2019-11-18"),
        ("World_High_Seas_v1.2", "v1.2"),
    ],
)
def test_the_name_tells_the_edition(tmp_path: Path, name: str, edition: str) -> None:
    account = official_import.read(geojson(tmp_path / f"{name}.geojson", [record("PRT", RING)]))
    assert account.areas[0].source.edition == edition
    given = official_import.read(tmp_path / f"{name}.geojson", edition="mine")
    assert given.areas[0].source.edition == "mine"


def test_too_much_geojson_and_too_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = geojson(tmp_path / "eez_v12.geojson", [record("PRT", RING), record("ESP", RING)])
    monkeypatch.setattr(official_import, "MAX_ROWS", 1)
    refused(path, "over 1 rows")
    monkeypatch.setattr(official_geojson, "_MAX_BYTES", 1_000)
    refused(path, "MB of GeoJSON")
