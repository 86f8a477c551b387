"""Figures at the desk: each from what its viewer sees, once and in its month; frozen periods and their revisions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from figure_room import COORDINATOR, ES, HIDDEN_KG, OURS, SHARED, copied, operation, ours
from liaison_room import viewer
from seizure_room import FR, event
from target_room import HOUR, NOW

from maoc_tui.brief.figure_svg import as_svg
from maoc_tui.desk import assets, briefing, figure_files, figures, gate, requests, seizures, targets, tasking
from maoc_tui.desk.asset_snapshots import NewAsset
from maoc_tui.desk.room import Room
from maoc_tui.desk.seizures import NewFind, Said
from maoc_tui.domain.figure_shown import Figure
from maoc_tui.domain.figure_text import whole_page
from maoc_tui.domain.figures import Tally
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import WATCH, Viewer
from maoc_tui.problems import BadInput, NotPermitted
from maoc_tui.store import figures as store
from maoc_tui.ui.figure_rows import CHART, TABLE, WHY, sheet_lines

KG = 1000


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A record of one's own, to write into."""
    made = copied(tmp_path)
    made.admission.chosen = ES
    yield made
    made.close()


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A record that nobody writes into."""
    made = copied(tmp_path_factory.mktemp("figures"))
    made.admission.chosen = ES
    yield made
    made.close()


def row(shown: Figure, key: str) -> Tally:
    found = shown.whole.row(key)
    assert found is not None
    return found


def month(shown: Figure, key: str) -> Tally:
    return next(one.table.total for one in shown.slices if one.period.key == key)


def spoken(shown: object) -> str:
    return repr(shown)


# -- what each measure counts ----------------------------------------------------------------------


def test_kilograms_stand_in_their_month_weighed_apart_from_estimated(read: Room) -> None:
    shown = figures.figure(read, ES, "seized")
    assert [one.period.key for one in shown.slices] == ["2022-09", "2022-10", "2022-11", "2022-12"]
    assert [one.table.total.values for one in shown.slices] == [
        (1200 * KG, 0), (1688 * KG, 0), (2960 * KG, 840 * KG), (0, 0),
    ]  # fmt: skip
    assert (shown.n, shown.whole.total.values) == (4, (5848 * KG, 840 * KG))
    assert str(shown.marking) == str(SHARED)
    assert shown.as_of_ms == NOW


def test_a_span_is_taken_as_exactly_as_it_is_typed(read: Room) -> None:
    shown = figures.figure(read, ES, "seized", since="2022-10-20", until="2022-11")
    assert [one.period.key for one in shown.slices] == ["2022-10", "2022-11"]
    assert (shown.n, shown.whole.total.values) == (2, (2960 * KG, 840 * KG))
    with pytest.raises(BadInput, match="ends before"):
        figures.figure(read, ES, "seized", since="2022-11", until="2022-10")
    by_year = figures.figure(read, ES, "seized", by="year")
    assert [(one.period.key, one.table.total.n) for one in by_year.slices] == [("2022", 4)]


def test_a_chart_tells_what_happened_in_its_span_in_every_form(read: Room) -> None:
    shown = figures.figure(read, ES, "seized", since="2022", until="2022")
    note = "2024-03-31 ▲ Germany became a Party"
    assert note not in as_svg(shown)
    march = datetime(2024, 3, 1, tzinfo=UTC), datetime(2024, 7, 2, tzinfo=UTC)
    longer = replace(shown, from_ms=int(march[0].timestamp() * 1000), to_ms=int(march[1].timestamp() * 1000))
    assert note in as_svg(longer)
    assert note in "\n".join(whole_page(longer, 80))
    assert "Belgium" not in as_svg(longer), "a day after the span"
    for view, there in ((CHART, True), (TABLE, True), (WHY, False)):
        told = "\n".join("".join(text for text, _ in line) for line in sheet_lines(longer, view, 80))
        assert (note in told) is there
    assert "from this record" in as_svg(shown)
    quality = figures.figure(read, ES, "quality", since="2022", until="2022")
    assert note not in as_svg(replace(quality, from_ms=longer.from_ms, to_ms=longer.to_ms))


def test_an_event_reported_twice_is_counted_once_and_named_among_the_doubts(room: Room) -> None:
    first = seizures.listing(room, COORDINATOR)[0]
    again = event(room, when="2022-11-30", find=NewFind("cocaine", weight="3 t"))
    seizures.state(room, COORDINATOR, again, "same-as", first.ref, said=Said(marking=SHARED))
    shown = figures.figure(room, ES, "seized")
    assert shown.n == 4
    assert any(one.ref == again and "counted as" in one.text for one in shown.doubts)


def test_waters_are_those_of_the_position_and_left_open_where_two_are_touched(read: Room) -> None:
    shown = figures.figure(read, ES, "zone")
    found = {one.key: one.n for one in shown.whole.rows}
    assert sum(found.values()) == 4
    assert found["not determined"] == 1
    assert found["not recorded"] == 1
    assert any(one.kind == "no-position" for one in shown.doubts)


def test_operations_boardings_and_what_they_brought(read: Room) -> None:
    outcomes = figures.figure(read, ES, "operations")
    assert {one.key: one.values for one in outcomes.whole.rows} == {"seized": (1,), "boarded_clean": (1,)}
    assert [one.text for one in outcomes.doubts] == ["left out: it is not closed"]
    rate = figures.figure(read, ES, "hit-rate")
    assert rate.whole.total.values == (2, 1, Fraction(1, 2))
    assert month(rate, "2022-10").values == (1, 1, 1)
    assert month(rate, "2022-11").values == (1, 0, 0)
    assert [one.ref for one in rate.doubts] == ["OP-0033"]
    assert figures.figure(read, ES, "basis").whole.total.values == (3,)


def test_credits_add_to_the_events_that_have_them(read: Room) -> None:
    shown = figures.figure(read, ES, "contribution")
    assert row(shown, "ES").values == (0, 2, 0)
    assert shown.whole.total.values == (0, 4, 0)


def test_consents_are_granted_refused_silent_or_open_and_their_hours_known(room: Room) -> None:
    mark = parse("H2 rel ES,FR", "MAOC")
    about = targets.add(room, COORDINATOR, targets.NewTarget("sloop", area="Azores", marking=mark)).ref
    for addressee, act in (("BR", "granted"), ("BR", "refused"), ("GY", "")):
        asked = requests.open_request(
            room,
            COORDINATOR,
            about,
            "boarding-consent",
            addressee,
            acting="ES",
            measures="board",
            marking=mark,
        ).asked.ref
        requests.record(room, COORDINATOR, asked, "sent", at="131000Z", channel="telephone")
        if act:
            scope = {"scope": "board"} if act == "granted" else {}
            requests.record(
                room, COORDINATOR, asked, act, at="131400Z" if act == "granted" else "131200Z", who="x", channel="y",
                **scope,
            )  # fmt: skip
    shown = figures.figure(room, ES, "consent")
    assert row(shown, "BR").values == (2, 1, 1, 0, 0, 3.0, 4.0)
    assert row(shown, "GY").values[:2] == (1, 0)
    assert sum(shown.whole.total.values[1:5]) == shown.whole.total.values[0] == 3  # type: ignore[arg-type]
    located = figures.figure(room, ES, "cue")
    assert [one.text for one in located.doubts] == ["left out: never led, placed or boarded since"]
    room.clock.set_to(NOW + 2 * HOUR)  # type: ignore[attr-defined]
    targets.sight(room, COORDINATOR, about, "36 10N 020 10W", "140400Z", "aircraft", "seen", marking=mark)
    assert row(figures.figure(room, ES, "cue"), "2-located").values == (1, 2.0, 2.0)


def test_hours_on_task_are_cut_at_midnight_and_each_day_counted_once(room: Room) -> None:
    france = replace(FR, name="Moreau")
    mark = parse("H2 rel MAOC,ES", "FR")
    asset = assets.add(
        room,
        france,
        NewAsset(
            "Falcon", "aircraft", base="Brest", base_position="48 20N 004 30W", cruise="200", marking=mark
        ),
    ).ref
    task = tasking.ask(room, COORDINATOR, asset, "OP-0033", "search", at="131900Z", marking=SHARED).ref
    for act, at in (("accepted", "132000Z"), ("on-task", "132200Z"), ("off-task", "140200Z")):
        tasking.record(room, france, task, act, at=at)
    shown = figures.figure(room, ES, "assets")
    assert row(shown, "FR").values == (2, 4.0, 0.0)
    assert (row(shown, "FR").n, shown.whole.total.n) == (1, 1)


def test_the_quality_of_the_record_names_what_is_at_fault(read: Room) -> None:
    shown = figures.figure(read, ES, "quality")
    assert row(shown, "estimates never weighed").values == (4, 1, Fraction(1, 4))
    assert row(shown, "ungraded statements").values[1] == 7
    assert all(one.kind != "left-out" for one in shown.doubts)


def test_periods_are_compared_with_what_was_before(room: Room) -> None:
    event(room, when="2021-11-05", find=NewFind("cocaine", weight="500 kg", basis="net"))
    event(room, when="2020-11-05", find=NewFind("cocaine", weight="100 kg", basis="net"))
    beside = figures.figure(room, ES, "seized").beside
    assert (beside.period, beside.before[0]) == ("2022-11", "2022-10")
    assert beside.year_before is not None
    assert beside.year_before[1].total.values[0] == 500 * KG
    assert (beside.mean_of, beside.mean["total"][0]) == (2, 300 * KG)


def test_the_brief_gives_the_same_figures(read: Room) -> None:
    shown = figures.figure(read, ES, "seized", since="2022", until="2022")
    (section,) = [one for one in briefing.preview(read, COORDINATOR, "ES").sections if one.title == "Figures"]
    total = next(line.text for line in section.lines if line.text.startswith("All substances in 2022"))
    assert "seized 5,848 kg weighed + 840 kg est." in total
    assert f"n = {shown.n}" in total


# -- the gate --------------------------------------------------------------------------------------


def every_word(room: Room, who: Viewer) -> str:
    return "".join(spoken(one) for one in figures.figures(room, who))


def leaks(room: Room, who: Viewer) -> list[str]:
    """What a viewer's figures tell of the event and the operation that are the Centre's alone."""
    text = every_word(room, who)
    marks = ("XYZZY", "HEROIN", "SPSS", "OP-0034", str(HIDDEN_KG * KG), str((5848 + HIDDEN_KG) * KG))
    return [word for word in marks if word in text]


def test_no_figure_tells_of_what_is_hidden_and_none_moves_with_it(room: Room) -> None:
    assert leaks(room, ES) == []
    before = every_word(room, ES)
    ours(room, "2022-10-02", "55 kg")
    operation(room, 35, OURS, "2022-10-02", "not_found")
    assert every_word(room, ES) == before


def test_the_hidden_does_stand_in_the_figures_of_who_may_see(read: Room) -> None:
    assert {"HEROIN", "SPSS", str((5848 + HIDDEN_KG) * KG)} <= set(leaks(read, COORDINATOR))


def test_figures_past_the_gate_would_be_found(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: figures reckoned on a connection that shows everything."""
    right = type(room.db).reading
    monkeypatch.setattr(type(room.db), "reading", lambda db, viewer: right(db, WATCH))
    assert {"HEROIN", "OP-0034"} <= set(leaks(room, ES))


def test_whoever_reads_nothing_has_no_figures(read: Room) -> None:
    for role in (Role.AUDITOR, Role.ADMINISTRATOR, Role.FEEDER):
        with pytest.raises(NotPermitted):
            figures.figures(read, viewer("MAOC", role))
    outsider = figures.figure(read, viewer("BR"), "seized")
    assert (outsider.n, outsider.marking) == (0, None)


# -- freezing --------------------------------------------------------------------------------------


def revised(room: Room, who: Viewer, measure: str = "seized") -> list[tuple[object, ...]]:
    shown = figures.figure(room, who, measure)
    return [
        (one.change.period, one.change.row, one.change.column, one.change.was, one.change.now)
        for one in shown.revisions
    ]


def test_a_later_weighing_is_a_revision_and_both_figures_stand(room: Room) -> None:
    assert figures.freeze(room, ES, "2022-11").name == "2022-11 v1"
    assert revised(room, ES) == []
    ref = next(one.ref for one in seizures.listing(room, ES) if one.vessel == "NO NAME")
    seizures.weigh(room, COORDINATOR, ref, "900 kg", "net", official=True, said=Said(marking=SHARED))
    assert revised(room, ES) == [
        ("2022-11", "COCAINE", 0, 2960 * KG, 3860 * KG), ("2022-11", "COCAINE", 1, 840 * KG, 0),
        ("2022-11", "total", 0, 2960 * KG, 3860 * KG), ("2022-11", "total", 1, 840 * KG, 0),
    ]  # fmt: skip
    line, was = figures.as_frozen(room, ES, "2022-11", "seized")
    assert (line.by, was.tables["2022-11"].total.values) == ("ES officer", (2960 * KG, 840 * KG))
    assert was.marking == str(SHARED)
    assert figures.freeze(room, ES, "2022-11").name == "2022-11 v2"
    assert revised(room, ES) == []
    assert figures.as_frozen(room, ES, "2022-11 v1", "seized")[1] == was


def test_a_frozen_year_is_held_against_its_months(room: Room) -> None:
    room.clock.set_to(NOW + 30 * 24 * HOUR)  # type: ignore[attr-defined]
    figures.freeze(room, COORDINATOR, "2022")
    event(room, when="2022-09-20", find=NewFind("heroin", weight="5 kg", basis="net"))
    changed = {one[0] for one in revised(room, COORDINATOR)}
    assert changed == {"2022-09"}
    year = figures.figure(room, COORDINATOR, "seized", by="year")
    assert {(one.change.period, one.change.row) for one in year.revisions} == {
        ("2022", "HEROIN"), ("2022", "total"),
    }  # fmt: skip


def test_a_freeze_is_its_partners_alone(room: Room) -> None:
    figures.freeze(room, COORDINATOR, "2022-11")
    for who in (ES, gate.view_as(room, COORDINATOR, "ES")):
        assert figures.freezes(room, who) == ()
        assert figures.figure(room, who, "seized").freezes == ()
        with pytest.raises(BadInput, match="no freeze"):
            figures.as_frozen(room, who, "2022-11", "seized")
    assert [one.name for one in figures.freezes(room, viewer("MAOC", Role.ANALYST))] == ["2022-11 v1"]


def test_a_freeze_is_withheld_from_who_no_longer_sees_all_of_it(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures.freeze(room, ES, "2022-11")
    kept = room.gate_context
    monkeypatch.setattr(room.db, "context_of", lambda who: replace(kept(who), partner="BR"))
    shown = figures.figure(room, ES, "seized", since="2022-11", until="2022-11")
    assert (shown.n, shown.freezes, shown.revisions, shown.withheld) == (0, (), (), ("2022-11 v1",))
    with pytest.raises(BadInput, match="do not see any more"):
        figures.as_frozen(room, ES, "2022-11", "seized")


def test_frozen_figures_handed_out_unasked_would_be_found(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin of both: with the check of statements planted away, what is hidden comes back."""
    figures.freeze(room, COORDINATOR, "2022-11")
    monkeypatch.setattr("maoc_tui.desk.figure_freeze._scope", lambda viewer: "MAOC")
    with pytest.raises(BadInput, match="do not see any more"):
        figures.as_frozen(room, ES, "2022-11", "seized")

    class Anything(dict):  # type: ignore[type-arg]
        def __contains__(self, _: object) -> bool:
            return True

    monkeypatch.setattr("maoc_tui.desk.figure_freeze.brief_reading.statements", lambda *_: Anything())
    assert "HEROIN" in spoken(figures.as_frozen(room, ES, "2022-11", "seized"))


def test_what_is_not_over_is_not_frozen_and_not_everybody_freezes(room: Room) -> None:
    for period, said in (
        ("2022-12", "has not ended"),
        ("2022", "has not ended"),
        ("last month", "no month or year"),
    ):
        with pytest.raises(BadInput, match=said):
            figures.freeze(room, COORDINATOR, period)
    with pytest.raises(NotPermitted, match="freeze the figures"):
        figures.freeze(room, viewer("MAOC", Role.RELEASER), "2022-11")
    with pytest.raises(NotPermitted):
        figures.freeze(room, gate.view_as(room, COORDINATOR, "ES"), "2022-11")


def test_nothing_frozen_is_changed_or_deleted(room: Room) -> None:
    figures.freeze(room, COORDINATOR, "2022-11")
    for table in ("figure_freeze", "figure_frozen"):
        for sql in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id"):
            with pytest.raises(Exception, match="contradicts"), room.db.writing() as conn:
                conn.exec_driver_sql(sql)
    with room.db.reading_whole() as conn:
        assert [one.name for one in store.load(conn)] == ["2022-11 v1"]


# -- files -----------------------------------------------------------------------------------------


def test_files_hold_the_figure_with_its_marking_and_nothing_hidden(read: Room, tmp_path: Path) -> None:
    told = {"svg": "5,848 + 840", "csv": "5848.0,840.0,4,"}
    for form, figure in told.items():
        made = figure_files.export(read, ES, "seized", form)
        text = made.data.decode()
        assert figure in text
        assert str(SHARED) in text
        assert "140307ZDEC22" in made.name
        assert not any(word in text for word in ("7,777", "7777", "heroin", "XYZZY"))
        path = figure_files.save_as(made, tmp_path / "out" / made.name)
        assert path.read_bytes() == made.data
        path.write_text("other")
        with pytest.raises(BadInput, match="is there already"):
            figure_files.save_as(made, path)
        with pytest.raises(BadInput, match="no name for an exported file"):
            figure_files.save_as(made, tmp_path / "=cmd|x.csv")
    assert "7,777" in figure_files.export(read, COORDINATOR, "seized", "svg").data.decode()


def test_a_picture_is_sound_and_has_no_script_nor_link(read: Room) -> None:
    for shown in figures.figures(read, COORDINATOR):
        made = as_svg(replace(shown, titles=dict.fromkeys(shown.titles, "<script>=1</script>\x1b[2J")))
        names = {one.tag.rpartition("}")[2] for one in fromstring(made).iter()}
        assert names <= {"svg", "title", "desc", "defs", "pattern", "path", "rect", "text"}
        assert "http" not in made.replace("http://www.w3.org/2000/svg", "")
        assert "\x1b" not in made
