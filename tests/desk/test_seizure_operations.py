"""Published operations entered whole: conflicting weights, flags and counts side by side, and the published figure out.

The reports are read from ../shared/data/operations.csv. What they say in two ways stands in the notes on that file.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from liaison_room import open_room, viewer

from maoc_tui.desk import figures, seizures
from maoc_tui.desk.room import Room
from maoc_tui.desk.seizures import NewFind, NewSeizure, Said, Statement
from maoc_tui.domain.clock import to_ms
from maoc_tui.domain.roles import Role
from maoc_tui.domain.seizures import Fate

FILE = Path(__file__).resolve().parents[3] / "shared" / "data" / "operations.csv"
pytestmark = pytest.mark.skipif(not FILE.exists(), reason="the reports are not beside the checkout")

RUI = viewer("MAOC", Role.COORDINATOR, name="Rui Ferreira")
NOW = to_ms(datetime(2026, 11, 22, 12, tzinfo=UTC))
TYPES = {
    # by how the type column begins
    "general cargo": "general cargo", "merchant": "vessel", "sailing yacht": "sail", "tug": "tug",
    "bulk carrier": "bulk", "go-fast": "go-fast", "fishing vessel": "fish", "aircraft": "jet", "cargo": "cargo",
}  # fmt: skip
FLAGS = {
    # by how the flag column begins: each flag with its status and who says so
    "Panama": (("PA", "claimed", "report"),),
    "Palau": (("PW", "claimed", "report"),),
    "Poland": (("PL", "claimed", "report"),),
    "Malta": (("MT", "claimed", "report"),),
    "Venezuela": (("VE", "claimed", "report"),),
    "Tanzania": (("TZ", "claimed", "report"),),
    "Cameroon": (("CM", "claimed", "report"),),
    "stateless": (
        ("GB", "no-answer", "GB authorities"),
        ("DE", "no-answer", "DE authorities"),
        ("none", "stateless-established", "report"),
    ),
    "Brazil (found": (("BR", "claimed", "enquiry on board"), ("BR", "confirmed", "BR authorities")),
    'Brazil, "Art': (("BR", "confirmed", "BR authorities"),),
    "Brazil (Art": (("BR", "confirmed", "BR authorities"),),
    "Guyana": (("GY", "confirmed", "GY authorities"),),
    "not verified": (("MX", "claimed", "local press"),),
    "not reported": (),
}
OTHER_WEIGHTS = {"RAS": (("4000 kg", "estimated"),), "unnamed go-fast (Op GALGO)": (("2.4 t", "estimated"),)}
OTHER_ARRESTS = {"RAS": (("8", "first report"),)}
OTHER_AREAS = {"unnamed tug, 21.5 m": ("off Senegal", "prosecutor")}
GROSS = {"ESER"}
FATES = {"NEHIR": "scuttled-by-crew", "unnamed tug, 21.5 m": "released"}


def reports() -> list[dict[str, str]]:
    if not FILE.exists():
        return []
    with FILE.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


REPORTS = reports()


def key(row: dict[str, str], notes: dict):
    return next((told for name, told in notes.items() if row["vessel"].startswith(name)), ())


def statements(row: dict[str, str]) -> tuple[Statement, ...]:
    kind = next(kind for start, kind in TYPES.items() if row["type"].startswith(start))
    said = [
        Statement("vessel", row["vessel"]), Statement("type", kind), Statement("area", row["area"]),
        Statement("lead", row["lead_state"]), Statement("seizing", row["lead_state"]),
        Statement("support", row["supporting"]), Statement("units", row["units"]),
    ]  # fmt: skip
    if row["lat"]:
        radius = re.search(r"\+/-(\d+) NM", row["position_precision"])
        error = f" ±{radius[1]} nm" if radius else ""
        said.append(Statement("position", f"{row['lat']}, {row['lon']}{error}", row["position_precision"]))
    return tuple(said)


def enter(room: Room, row: dict[str, str]) -> str:
    """One report, through the desk, as an officer would type it."""
    source = Said(source=row["source"])
    weight = NewFind(
        row["substance"],
        weight=f"{row['kg']} kg",
        basis="gross" if key(row, {"ESER": 1}) else "",
        official=True,
    )
    ref = seizures.add(
        room, RUI, NewSeizure(row["date"], statements=statements(row), find=weight, said=source)
    ).ref
    for flag, status, who in next(told for start, told in FLAGS.items() if row["flag"].startswith(start)):
        seizures.state(room, RUI, ref, "flag", flag, status=status, said=Said(source=who))
    for other, basis in key(row, OTHER_WEIGHTS):
        seizures.weigh(room, RUI, ref, other, basis, said=Said(source="another report"))
    if row["arrests"]:
        seizures.persons(room, RUI, ref, "arrested", row["arrests"], official=True, said=source)
    for other, who in key(row, OTHER_ARRESTS):
        seizures.persons(room, RUI, ref, "arrested", other, said=Said(source=who))
    if other := key(row, OTHER_AREAS):
        seizures.state(room, RUI, ref, "area", other[0], said=Said(source=other[1]))
    if fate := key(row, FATES):
        seizures.state(room, RUI, ref, "vessel-disposition", fate, said=source)
    return ref


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    made = open_room(tmp_path_factory.mktemp("reports"), NOW)
    yield made
    made.close()


@pytest.fixture(scope="module")
def entered(room: Room) -> dict[str, dict[str, str]]:
    return {enter(room, row): row for row in REPORTS}


def test_every_report_has_a_figure_and_none_is_left_out() -> None:
    assert len(REPORTS) == 17
    assert all(row["kg"] for row in REPORTS)


def test_each_report_comes_back_whole(room: Room, entered: dict[str, dict[str, str]]) -> None:
    for ref, row in entered.items():
        sheet = seizures.sheet(room, RUI, ref)
        assert sheet.row.when == row["date"]
        assert sheet.row.vessel == row["vessel"]
        assert sheet.row.area in (row["area"], "off Senegal")
        assert row["area"] in [line.value for line in sheet.stated["AREA"]]
        assert sheet.row.lead == row["lead_state"]
        assert [line.value for line in sheet.stated["UNITS"]] == [row["units"]]
        assert [line.value for line in sheet.stated["SUPPORT"]] == [row["supporting"]]
        assert bool(row["lat"]) == ("POSITION" in sheet.stated)
        if row["lat"]:
            (position,) = sheet.stated["POSITION"]
            assert position.status == row["position_precision"]
        (found,) = sheet.row.finds
        assert found.shown is not None
        assert (found.shown.grams, found.find.fate) == (int(row["kg"]) * 1000, Fate.SEIZED)
        assert found.shown.source == row["source"]
        told = {one.condition: one.total for one in sheet.row.persons}
        assert told == ({"ARRESTED": int(row["arrests"])} if row["arrests"] else {})


def test_conflicting_weights_flags_and_counts_stand_side_by_side(room: Room, entered) -> None:
    by_name = {row["vessel"]: seizures.sheet(room, RUI, ref) for ref, row in entered.items()}
    ras = by_name["RAS"]
    (found,) = ras.row.finds
    assert [w.said for w in found.weights] == ["3281 kg", "4000 kg"]
    assert [one.total for one in ras.accounts] == [10, 8]
    assert {"conflicting-persons", "conflicting-weight"} <= {doubt.kind for doubt in ras.row.doubts}
    (galgo,) = by_name["unnamed go-fast (Op GALGO)"].row.finds
    assert [w.grams for w in galgo.weights] == [2_300_000, 2_400_000]
    (yacht,) = [s for s in by_name.values() if len(s.stated.get("FLAG", ())) == 3]
    assert {line.value for line in yacht.stated["FLAG"]} == {"GB", "DE", "NONE"}
    tug = by_name["unnamed tug, 21.5 m"]
    assert {line.source for line in tug.stated["AREA"] if line.value == "off Senegal"} == {"prosecutor"}
    assert len(tug.stated["AREA"]) == 2
    assert tug.row.disposition == "released"
    assert {line.status for line in tug.stated["FLAG"]} == {"CLAIMED", "CONFIRMED"}


@pytest.mark.parametrize(("by", "of"), [("substance", "substance"), ("lead", "lead_state"), ("year", "date")])
def test_the_statistics_give_the_published_figures(room: Room, entered, by: str, of: str) -> None:
    wanted: dict[str, int] = defaultdict(int)
    for row in REPORTS:
        wanted[row[of].upper().replace(" ", "_")[: 4 if of == "date" else None]] += int(row["kg"]) * 1000
    shown = seizures.figures(room, RUI, by=by)
    assert {row.key: row.seized.total_g for row in shown.rows} == wanted
    assert (shown.n, shown.total.seized.total_g) == (17, sum(int(row["kg"]) for row in REPORTS) * 1000)
    assert shown.total.jettisoned.total_g == 0
    assert shown.total.unweighed == 0
    arrested = next(one for one in shown.persons if one.condition == "ARRESTED")
    assert arrested.total == sum(int(row["arrests"] or 0) for row in REPORTS)
    assert arrested.n == sum(1 for row in REPORTS if row["arrests"])


def test_the_measures_give_the_published_figures_by_month_and_by_year(room: Room, entered) -> None:
    for by, length in (("month", 7), ("year", 4)):
        wanted: dict[str, int] = defaultdict(int)
        arrests: dict[str, int] = defaultdict(int)
        for row in REPORTS:
            wanted[row["date"][:length]] += int(row["kg"]) * 1000
            arrests[row["date"][:length]] += int(row["arrests"] or 0)
        shown = figures.figure(room, RUI, "seized", by=by)
        sums = {one.period.key: sum(one.table.total.values) for one in shown.slices if one.table.total.n}
        assert sums == wanted
        assert (shown.n, sum(shown.whole.total.values)) == (17, sum(wanted.values()))
        taken = figures.figure(room, RUI, "persons", by=by).slices
        found = {
            one.period.key: row.values[0] for one in taken if (row := one.table.row("ARRESTED")) is not None
        }
        assert found == {key: count for key, count in arrests.items() if key in found}
        assert sum(found.values()) == sum(arrests.values())


def test_each_report_alone_is_its_published_figure(room: Room, entered) -> None:
    shown = seizures.figures(room, RUI, by="event")
    assert {row.key: row.seized.total_g for row in shown.rows} == {
        ref: int(row["kg"]) * 1000 for ref, row in entered.items()
    }


def test_adding_up_every_weight_instead_of_the_quoted_one_would_be_found(
    room: Room, entered, monkeypatch
) -> None:
    """The twin: a statistician who counts both weights of RAS."""
    from maoc_tui.domain import seizure_figures as domain

    right = domain.parts

    def both(event, by, terms):
        yield from right(event, by, terms)
        for weight in event.weighings[1:]:
            yield domain.Part("COCAINE", event.number, Fate.SEIZED, False, weight.grams)

    monkeypatch.setattr(domain, "parts", both)
    shown = seizures.figures(room, RUI)
    assert shown.total.seized.total_g != sum(int(row["kg"]) for row in REPORTS) * 1000
