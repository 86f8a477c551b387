"""What a chart shows, read from its characters: shores, symbols, names, marks."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest
from chart_pictures import AT, crowd, picture
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcwidth

from maoc_tui.desk.snapshots import Track, ZoneLabel
from maoc_tui.domain.contacts import ContactClass
from maoc_tui.geo.coast import Coast, Lines
from maoc_tui.ui import chart_labels, chart_marks
from maoc_tui.ui import chart_symbols as signs
from maoc_tui.ui.chart_canvas import Ink, Paper, one_cell
from maoc_tui.ui.chart_frame import Frame, ink_and_paper
from maoc_tui.ui.chart_lines import ProjectedLines
from maoc_tui.ui.chart_marks import Rings
from maoc_tui.ui.chart_scene import Scene
from maoc_tui.ui.chart_tint import Areas, Tints
from maoc_tui.ui.chart_traffic import Estimates, Traffic
from maoc_tui.ui.land import Land
from maoc_tui.ui.projection import View

COAST = Coast.load()


def scene(lat: float = 39.0, lon: float = -9.0, nm: float = 20.0, columns: int = 80, rows: int = 24) -> Scene:
    made = Scene(View.at(lat, lon, nm, columns, rows))
    made.layers -= {"grid"}
    return made


def show(made: Scene, shown, rows=None, states=None) -> Frame:
    made.picture = shown
    made.traffic = Traffic.of(shown, rows, None if states is None else np.array(states, np.uint8))
    return made.frame()


def at(frame: Frame, column: int, row: int) -> str:
    return chr(frame.characters[row, column])


def looks(frame: Frame, column: int, row: int) -> tuple[Ink, Paper]:
    return ink_and_paper(int(frame.look[row, column]))


def cell(made: Scene, lat: float, lon: float) -> tuple[int, int]:
    column, row = made.view.cells(lat, lon)
    return int(column), int(row)


# -- shores and land ---------------------------------------------------------------------------


def test_the_coast_passes_by_lisbon_and_leaves_the_ocean_empty() -> None:
    made = scene()
    made.ground.set_coast(COAST)
    frame = made.frame()
    column, row = cell(made, 38.781, -9.501)
    around = frame.characters[row - 1 : row + 2, column - 1 : column + 2]
    assert ((around > 0x2800) & (around < 0x2900)).any()
    column, row = cell(made, 39.5, -12.0)
    assert (frame.characters[row, column - 4 : column + 4] == ord(" ")).all()


@pytest.mark.parametrize(
    ("place", "lat", "lon", "land"),
    [
        ("Évora", 38.57, -7.91, True),
        ("Madrid", 40.42, -3.70, True),
        ("the Rif", 35.3, -5.4, True),
        ("Gulf of Cádiz", 36.4, -7.6, False),
        ("Alboran Sea", 36.1, -3.5, False),
        ("off Figueira da Foz", 40.1, -9.6, False),
    ],
)
def test_land_is_told_from_sea(place: str, lat: float, lon: float, land: bool) -> None:
    made = scene()
    made.ground.set_coast(COAST)
    column, row = cell(made, lat, lon)
    assert (looks(made.frame(), column, row)[1] is Paper.LAND) is land, place


@pytest.mark.parametrize("nm", [3, 15])
@pytest.mark.parametrize(
    ("lat", "lon", "land"),
    [
        (66.5, 179.0, True),
        (66.9, -179.0, True),
        (71.2, 179.9, True),
        (60.0, 179.9, False),
        (-84.0, 0.0, True),
    ],
)
def test_land_is_right_at_the_antimeridian_and_in_the_antarctic(
    lat: float, lon: float, land: bool, nm: float
) -> None:
    made = scene(lat, lon, nm)
    made.ground.set_coast(COAST)
    mask = made.ground.land(made.view)
    column, row = cell(made, lat, lon)
    assert bool(mask[row, column]) is land


def inside_slowly(lines: Lines, lat: float, lon: float) -> bool:
    """Even-odd rule for one point on unwrapped rings, every turn tried."""
    odd = False
    for a, b in zip(lines.offsets[:-1], lines.offsets[1:], strict=True):
        x, y = lines.lon[a:b], np.arcsinh(np.tan(np.radians(lines.lat[a:b])))
        height = np.arcsinh(np.tan(np.radians(lat)))
        crossed = (y[:-1] > height) != (y[1:] > height)
        with np.errstate(divide="ignore", invalid="ignore"):
            where = x[:-1] + (height - y[:-1]) * np.diff(x) / np.diff(y)
        for turn in (-360, 0, 360):
            odd ^= bool((crossed & (where + turn > lon)).sum() % 2)
    return odd


@given(st.integers(0, 10_000), st.floats(-180, 180), st.floats(5, 300))
def test_land_of_any_rings_agrees_with_a_point_by_point_test(seed: int, centre: float, nm: float) -> None:
    random = np.random.default_rng(seed)
    rings = []
    for _ in range(4):
        turn = np.sort(random.uniform(0, 2 * np.pi, 7))
        lon = random.uniform(-180, 180) + random.uniform(5, 30, 7) * np.cos(turn)
        lat = random.uniform(-40, 40) + random.uniform(5, 25, 7) * np.sin(turn)
        rings.append((np.append(lon, lon[0]), np.append(lat, lat[0])))
    lines = Lines.join(rings)
    view = View.at(random.uniform(-30, 30), centre, nm, 30, 12)
    mask = Land(ProjectedLines.of(lines)).cells(view)
    for row in range(0, view.rows, 3):
        for column in range(0, view.columns, 4):
            lat, lon = view.cell_centre(column, row)
            if abs(lat) < 84:
                assert bool(mask[row, column]) is inside_slowly(lines, lat, lon)


@given(st.floats(-180, 180), st.floats(-60, 60), st.floats(1, 400))
def test_a_view_shows_the_same_shores_with_and_without_discarding(lon: float, lat: float, nm: float) -> None:
    view = View.at(lat, lon, nm, 60, 20)
    lines = COAST.level("coast", 0.2).lines
    projected = ProjectedLines.of(lines)
    whole = replace(projected, west=projected.west * 0 - 99, east=projected.east * 0 + 99)
    from maoc_tui.ui import braille

    pictures = []
    for part in (projected, whole):
        dots = braille.blank(view.columns, view.rows)
        braille.draw(dots, *part.in_view(view))
        pictures.append(dots)
    assert (pictures[0] == pictures[1]).all()


# -- contacts ----------------------------------------------------------------------------------


@pytest.mark.parametrize("cog", range(0, 360, 45))
def test_a_ship_points_along_its_course(cog: int) -> None:
    made = scene()
    frame = show(made, picture([39.0], [-9.0], cog=float(cog)))
    assert at(frame, *cell(made, 39.0, -9.0)) == "↑↗→↘↓↙←↖"[cog // 45]


def test_heading_goes_before_course_and_a_stopped_ship_points_nowhere() -> None:
    made = scene()
    assert at(show(made, picture([39.0], [-9.0], heading=180.0)), *cell(made, 39.0, -9.0)) == "↓"
    assert at(show(made, picture([39.0], [-9.0], sog=0.1)), *cell(made, 39.0, -9.0)) == "■"


def test_each_class_and_age_has_its_own_shape() -> None:
    for symbols in ("braille", "ascii"):
        table = signs.shapes(symbols)
        moving = [ContactClass.SHIP_A, ContactClass.SHIP_B, ContactClass.AIRCRAFT, ContactClass.SAR_AIRCRAFT]
        for direction in (0, 2, 4, 6, signs.NO_COURSE):
            fresh_and_old = [int(table[cls, age, direction]) for cls in moving for age in (0, 1)]
            assert len(set(fresh_and_old)) == len(fresh_and_old)
            lost = {int(table[cls, signs.Age.LOST, direction]) for cls in moving}
            assert not lost & set(fresh_and_old)
        assert len({int(table[cls, 0, 0]) for cls in ContactClass}) >= len(ContactClass) - 2


def test_every_sign_takes_one_cell() -> None:
    for symbols in ("braille", "ascii"):
        text = "".join(chr(c) for c in signs.shapes(symbols).ravel())
        text += signs.TARGET[signs.repertoire(symbols)] + "".join(
            signs.MARKS[signs.repertoire(symbols)].values()
        )
        assert all(wcwidth(c) == 1 for c in text)
        assert symbols != "ascii" or text.isascii()


def test_distress_is_on_top_then_targets_then_ships() -> None:
    made = scene()
    cls = [ContactClass.SHIP_A, ContactClass.DISTRESS, ContactClass.SHIP_A]
    here = [39.0] * 3, [-9.0] * 3
    stacked = picture(*here, cls=cls, target=["", "", "T-0001"])
    assert at(show(made, stacked), *cell(made, 39.0, -9.0)) == "✖"
    assert at(show(made, stacked, rows=np.array([0, 2])), *cell(made, 39.0, -9.0)) == "◆"
    assert at(show(made, stacked, rows=np.array([0])), *cell(made, 39.0, -9.0)) == "→"


def test_age_changes_the_shape() -> None:
    made = scene()
    ship = picture([39.0], [-9.0])
    assert [at(show(made, ship, states=[s]), *cell(made, 39.0, -9.0)) for s in (0, 1, 2)] == ["→", "⇢", "◌"]
    target = picture([39.0], [-9.0], target="T-0001")
    assert [at(show(made, target, states=[s]), *cell(made, 39.0, -9.0)) for s in (0, 1, 2)] == ["◆", "◈", "◇"]


def test_only_the_rows_given_are_shown_and_positions_may_be_missing() -> None:
    made = scene()
    made.layers -= {"labels"}
    shown = picture([39.0, 39.5, np.nan], [-9.0, -9.5, np.nan])
    text = show(made, shown, rows=np.array([1, 2])).text()
    assert text.count("→") == 1


def test_a_contact_across_the_antimeridian_is_shown() -> None:
    made = scene(0.0, 179.9)
    frame = show(made, picture([0.0], [-179.5]))
    column, row = cell(made, 0.0, -179.5)
    assert column > 40
    assert at(frame, column, row) == "→"


def test_the_selected_contact_has_brackets_and_a_name() -> None:
    made = scene()
    shown = crowd(600)
    made.selected = int(shown.key[7])
    made.move(made.view.centred(float(shown.lat[7]), float(shown.lon[7])))
    frame = show(made, shown)
    column, row = cell(made, float(shown.lat[7]), float(shown.lon[7]))
    assert at(frame, column - 1, row) + at(frame, column + 1, row) == "[]"
    assert "VESSEL" in frame.text()


def test_the_estimate_stands_apart_from_the_fix() -> None:
    made = scene()
    made.estimates = Estimates(np.array([40.5]), np.array([-11.0]), np.array([0]))
    frame = show(made, picture([39.0], [-9.0]))
    assert at(frame, *cell(made, 39.0, -9.0)) == "●"
    assert at(frame, *cell(made, 40.5, -11.0)) == "○"
    column, row = cell(made, 39.75, -10.0)
    leader = frame.look[row - 1 : row + 2, column - 1 : column + 2]
    assert Ink.LEADER in {ink_and_paper(int(look))[0] for look in leader.ravel()}


def test_an_estimate_in_the_fixs_own_cell_is_not_drawn() -> None:
    made = scene()
    made.estimates = Estimates(np.array([39.0]), np.array([-9.0]), np.array([0]))
    frame = show(made, picture([39.0], [-9.0]))
    assert "○" not in frame.text()
    assert at(frame, *cell(made, 39.0, -9.0)) == "→"


def test_a_track_fades_from_new_to_old() -> None:
    made = scene()
    n = 40
    none = np.full(n, np.nan, np.float32)
    made.track = Track(
        1, AT + np.arange(n) * 60_000, np.full(n, 39.0), np.linspace(-13, -6, n),
        none, none, none, none, none, none, none, none,
    )  # fmt: skip
    frame = made.frame()
    inks = [looks(frame, *cell(made, 39.0, lon))[0] for lon in (-12.5, -8.5, -6.4)]
    assert inks == [Ink.TRACK_OLD, Ink.TRACK_MIDDLE, Ink.TRACK_NEW]
    made.layers -= {"tracks"}
    assert looks(made.frame(), *cell(made, 39.0, -12.5))[0] is Ink.NONE


# -- names -------------------------------------------------------------------------------------


@given(st.integers(0, 1000), st.integers(1, 60))
def test_names_never_cover_symbols_or_each_other(seed: int, n: int) -> None:
    made = scene(nm=8.0)
    shown = crowd(n, seed, (38, 40, -11, -7))
    frame = show(made, shown)
    bare = scene(nm=8.0)
    bare.layers -= {"labels"}
    symbols = show(bare, shown)
    marked = np.isin(symbols.characters, signs.shapes("braille"))
    cursor = np.isin(symbols.characters, [ord(c) for c in "┼><"])
    keep = marked & ~cursor
    keep[-1] = False
    assert (frame.characters[keep] == symbols.characters[keep]).all()
    text = frame.text()
    assert text.count("VESSEL ") == sum(name in text for name in shown.name)


def test_a_target_is_always_named_even_in_a_crowd() -> None:
    made = scene(nm=12.0)
    target = np.full(3000, "", object)
    target[5] = "T-0417"
    shown = crowd(3000, 1, (35, 43, -18, 0), target=target)
    made.move(made.view.centred(float(shown.lat[5]), float(shown.lon[5])))
    assert "T-0417" in show(made, shown).text()


def test_a_nameless_contact_is_called_by_its_number() -> None:
    assert chart_labels.names_of(picture([0.0], [0.0], name=""), 0)[0] == "263000000"


hostile = st.text(st.characters(), max_size=40) | st.sampled_from(
    [
        "\x1b]52;c;ZXZpbA==\x07",
        "[/]",
        "[@click=app.quit]X[/]",
        "\u202eabc",
        "a\x00b",
        "東京丸",
        "e\u0301" * 30,
    ]
)


@given(hostile)
def test_no_name_brings_anything_but_one_cell_characters(name: str) -> None:
    made = scene()
    zones = (ZoneLabel("eez", ("PT",), "agreed", "derived", name),)
    made.areas = Areas(made.view, np.zeros((24, 80), np.int32))
    made.layers |= {"tint"}
    shown = picture([39.0, 38.0], [-9.0, -11.0], name=name, target=["", name], zones=zones)
    made.locate = lambda lat, lon: np.zeros(len(lat), np.int32)
    for symbols in ("braille", "ascii"):
        made.symbols = symbols
        frame = show(made, shown)
        assert all(wcwidth(c) == 1 for c in set(frame.text()) - {"\n"})
        assert len(frame.text().splitlines()) == 24


@given(st.text(st.characters()), st.integers(1, 30))
def test_text_is_cut_to_cells(text: str, limit: int) -> None:
    assert len(one_cell(text, limit)) <= limit
    assert all(wcwidth(c) == 1 for c in one_cell(text, limit))


def test_ascii_means_ascii() -> None:
    made = scene()
    made.layers |= {"grid"}
    made.ground.set_coast(COAST)
    made.symbols = "ascii"
    made.rings = Rings(39.0, -9.0, (50.0,))
    made.anchor = (38.0, -10.0)
    made.estimates = Estimates(np.array([40.5]), np.array([-11.0]), np.array([0]))
    text = show(made, picture([39.0], [-9.0], target="T-0001")).text()
    assert text.replace("°", "").isascii()


# -- marks -------------------------------------------------------------------------------------


def test_the_foot_tells_scale_position_and_waters() -> None:
    made = scene(38.0, -10.0)
    made.cursor = (40, 12)
    made.zone_labels = (ZoneLabel("eez", ("PT",), "agreed", "derived", "PT EEZ"),)
    made.locate = lambda lat, lon: np.zeros(len(lat), np.int32)
    foot = made.frame().text().splitlines()[-1]
    assert foot.startswith("├")
    assert " nm" in foot
    assert "37°" in foot
    assert foot.rstrip().endswith("PT EEZ")


@given(st.floats(0.05, 400), st.integers(20, 200))
def test_the_scale_bar_is_as_long_as_it_says(nm: float, columns: int) -> None:
    view = View.at(30.0, 0.0, nm, columns, 20)
    bar, figure, unit = chart_marks.scale_bar(view, "braille").rsplit(" ", 2)
    assert unit == "nm"
    assert len(bar) - 1 == pytest.approx(float(figure) / (view.nm_per_row / 2), abs=3)
    assert len(bar) <= columns / 3 + 3


def test_rings_are_round_on_the_chart_and_named() -> None:
    made = scene(39.0, -9.0, 10.0)
    made.rings = Rings(39.0, -9.0, (60.0,))
    frame = made.frame()
    column, row = cell(made, 40.0, -9.0)
    assert "60" in frame.text().splitlines()[row]
    column, row = cell(made, 38.0, -9.0)
    south = [looks(frame, c, row)[0] for c in range(column - 4, column + 5)]
    assert Ink.RING in south


def test_rings_go_with_their_contact() -> None:
    made = scene(39.0, -9.0, 10.0)
    shown = picture([38.5], [-10.0])
    made.rings, made.rings_key = Rings(0.0, 0.0, (60.0,)), int(shown.key[0])
    frame = show(made, shown)
    assert "60" in frame.text().splitlines()[cell(made, 39.5, -10.0)[1]]


def test_a_measured_line_says_course_and_distance() -> None:
    assert chart_marks.measured((0.0, 0.0), (0.0, 1.0)) == "rhumb 090.0° 60.1 nm"
    far = chart_marks.measured((38.7, -9.5), (40.5, -73.5))
    assert far.startswith("rhumb 272")
    assert "geodesic 29" in far


@dataclass
class Line:
    kind: str
    status: str
    basis: str
    lon: np.ndarray
    lat: np.ndarray


def test_zone_lines_differ_by_kind_and_doubt() -> None:
    made = scene()
    across = np.linspace(-14, -4, 50)
    kinds = [
        ("territorial", "agreed", "official"),
        ("eez", "agreed", "equidistance"),
        ("eez", "disputed", "derived"),
    ]
    lats = (40.0, 39.0, 38.0)
    lines = [Line(*kind, across, np.full(50, lat)) for kind, lat in zip(kinds, lats, strict=True)]
    made.set_zone_lines(lines, None, ())
    frame = made.frame()
    rows = [cell(made, lat, -9.0)[1] for lat in lats]
    inks = [{looks(frame, c, row)[0] for c in range(5, 70)} - {Ink.NONE, Ink.CURSOR} for row in rows]
    assert inks == [{Ink.LINE_TERRITORIAL}, {Ink.LINE_EQUIDISTANCE}, {Ink.LINE_DISPUTED}]
    filled = [sum(chr(c) != " " for c in frame.characters[row, 5:70]) for row in rows]
    assert filled[0] > filled[1]


def test_known_waters_move_with_a_pan_and_are_asked_only_once() -> None:
    asked: list[int] = []

    def locate(lat, lon):
        asked.append(len(lat))
        return np.floor(lon).astype(np.int32) + 100

    view = View.at(0.0, 0.0, 10.0, 40, 10)
    sea = np.zeros((10, 40), bool)
    areas = Areas.unknown(view).asked(locate, sea)
    assert areas.complete
    moved = areas.moved(view.panned(5, -2))
    again = moved.asked(locate, sea)
    assert asked == [400, 5 * 10 + 2 * 35]
    assert (again.ids == Areas.unknown(moved.view).asked(locate, sea).ids).all()


def test_another_scale_forgets_the_waters() -> None:
    view = View.at(0.0, 0.0, 10.0, 40, 10)
    areas = Areas(view, np.zeros((10, 40), np.int32))
    assert not areas.moved(view.zoomed(2)).complete


def test_the_tint_tells_kinds_apart_and_names_large_areas() -> None:
    made = scene()
    made.zone_labels = (
        ZoneLabel("territorial", ("PT",), "agreed", "derived", "PT TS"),
        ZoneLabel("eez", ("PT",), "agreed", "derived", "PT EEZ"),
        ZoneLabel("eez", ("MA", "EH"), "disputed", "derived", "EH/MA?"),
    )
    ids = np.repeat(np.array([[0], [1], [2]], np.int32), [8, 8, 8], axis=0).repeat(80, axis=1)
    made.areas = Areas(made.view, ids)
    made.layers |= {"tint"}
    frame = made.frame()
    assert [looks(frame, 70, row)[1] for row in (3, 11, 19)] == [
        Paper.TERRITORIAL,
        Paper.EEZ,
        Paper.DISPUTED,
    ]
    assert all(name in frame.text() for name in ("PT TS", "PT EEZ", "EH/MA?"))


# -- frames ------------------------------------------------------------------------------------


@given(st.integers(0, 100), st.floats(-0.5, 0.5))
def test_repainting_the_changed_parts_gives_the_new_frame(seed: int, drift: float) -> None:
    made = scene()
    before = show(made, crowd(30, seed))
    after = show(made, crowd(30, seed, drift=drift))
    characters, look = before.characters.copy(), before.look.copy()
    for region in after.changed(before):
        part = (slice(region.y, region.bottom), slice(region.x, region.right))
        characters[part], look[part] = after.characters[part], after.look[part]
    assert (characters == after.characters).all()
    assert (look == after.look).all()


def test_the_same_picture_again_repaints_nothing() -> None:
    made = scene()
    before = show(made, crowd(300))
    assert show(made, crowd(300)).changed(before) == []


def test_states_whose_zones_meet_are_tinted_apart_and_keep_their_tint() -> None:
    states = ("PT", "ES", "MA", "FR")
    labels = [ZoneLabel("eez", (s,), "agreed", "derived", f"{s} EEZ") for s in states]
    tints = Tints()
    first = tints.papers(np.array([[0, 0, 1], [0, 2, 1]]), labels)
    assert len({*first[:3].tolist()}) == 3
    later = tints.papers(np.array([[1, 3, 3], [1, 3, 3]]), labels)
    assert later[:3].tolist() == first[:3].tolist()
    assert later[3] != later[1]
    assert later[-1] == Paper.SEA


def test_names_of_areas_stand_clear_of_contacts() -> None:
    made = scene()
    labels = (ZoneLabel("eez", ("PT",), "agreed", "derived", "PT EEZ"),)
    made.zone_labels, made.areas = labels, Areas(made.view, np.zeros((24, 80), np.int32))
    made.layers = (made.layers | {"tint"}) - {"labels"}
    shown = crowd(250)
    with_names = show(made, shown)
    assert "PT EEZ" in with_names.text()
    made.layers -= {"tint"}
    without = show(made, shown)
    marked = np.isin(without.characters, signs.shapes("braille"))
    assert (with_names.characters[marked] == without.characters[marked]).all()
