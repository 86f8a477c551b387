"""Who sees of an alert what: asset, target, words, counts. France's asset and words are hidden from Spain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from alert_room import finding, raised
from alert_world import LAT, LON, World, ship
from liaison_room import COORDINATOR, add_target, open_room, viewer
from target_room import TANKER, YACHT

from maoc_tui.desk import alert_sweep, alerts, assets, search, targets, watch_log
from maoc_tui.desk.asset_snapshots import NewAsset
from maoc_tui.desk.gate import view_as
from maoc_tui.desk.room import Room
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import WATCH, Viewer
from maoc_tui.problems import BadInput, NotPermitted
from maoc_tui.store import gate_views, search_index

FR, ES, AUDITOR = viewer("FR"), viewer("ES"), viewer("ES", Role.AUDITOR)
FRANCE = replace(WATCH, name="Moreau", partner="FR")
SECRET, OPEN = "asset_cpa:1:1", "ais_gap:1:1"


@pytest.fixture
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    made = open_room(tmp_path_factory.mktemp("alerts"))
    new = NewAsset("XYZZY frigate", "ship", cruise="15", marking=parse("B2 H2 rel MAOC", "FR"))
    asset = assets.add(made, FRANCE, new).ref
    raised(made, finding(OPEN), finding(SECRET, asset=asset, because="XYZZY passes", level=2))
    yield made
    made.close()


def refs(room: Room, who: object) -> set[str]:
    return {one.rule for one in alerts.listing(room, who, every=True)}  # type: ignore[arg-type]


def test_an_alert_that_names_an_asset_is_hidden_with_the_asset(room: Room) -> None:
    assert refs(room, FR) == refs(room, COORDINATOR) == {"ais_gap", "asset_cpa"}
    assert refs(room, ES) == {"ais_gap"}
    assert len(alerts.pending(room, ES)) == 1, "the count in the top bar too"
    assert refs(room, view_as(room, COORDINATOR, "ES")) == {"ais_gap"}
    hidden = next(one.ref for one in alerts.listing(room, FR) if one.asset)
    for act in (alerts.one, alerts.acknowledge):
        with pytest.raises(BadInput, match=f"There is no alert {hidden}") as told:
            act(room, ES, hidden)
        with pytest.raises(BadInput) as never:
            act(room, ES, "AL-9999")
        assert told.value.message.replace(hidden, "AL-9999") == never.value.message
    with pytest.raises(NotPermitted):
        alerts.listing(room, AUDITOR)


def test_a_gate_that_forgets_the_asset_is_found(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin."""
    monkeypatch.setattr(gate_views, "_is_seen", lambda *_: "1")
    monkeypatch.setattr(gate_views, "_held", lambda *_: "1")
    bare = Room.open(room.db.path, clock=room.clock)
    with bare.db.reading(ES) as conn:
        assert conn.exec_driver_sql("SELECT count(id) FROM alert").scalar() == 2
    bare.close()


def test_the_target_of_a_contact_is_told_to_whom_its_link_is(room: Room) -> None:
    ref = add_target(room, rel="", origin="FR")
    targets.link(room, FRANCE, ref, YACHT, "radar", marking=parse("B2 H2", "FR"))
    seen = {code: alerts.listing(room, viewer(code))[0].targets for code in ("ES", "PT")}
    assert seen == {"ES": (), "PT": ()}
    (mine,) = [one for one in alerts.listing(room, FR) if one.rule == "ais_gap"]
    assert mine.targets == (ref,)
    assert [one.rings for one in alerts.pending(room, ES)] == [False], "no bell tells of a hidden target"
    assert {one.rings for one in alerts.pending(room, FR)} == {True}


def test_words_are_seen_by_whom_their_marking_names_and_acts_by_everybody(room: Room) -> None:
    (ref,) = [one.ref for one in alerts.listing(room, ES)]
    alerts.silence(room, FR, ref, "8h", "XYZZY knows the skipper")
    alerts.note(room, FR, ref, "PLUGH said so", marking=parse("B2 H2 rel ES", "FR"))
    spain, france = alerts.one(room, ES, ref), alerts.one(room, FR, ref)
    assert "XYZZY" not in str(spain)
    assert "XYZZY" in str(france)
    assert [note.text for note in spain.notes] == ["PLUGH said so"]
    assert spain.row.heard.startswith("FR officer, FR")
    assert spain.row.quiet is not None
    (line,) = alerts.silences(room, ES)
    assert line.reason == ""
    assert line.by == "FR officer, FR"
    assert "XYZZY" not in str(alerts.silences(room, COORDINATOR))


def test_what_an_alert_became_is_as_hidden_as_the_record(room: Room) -> None:
    (ref,) = [one.ref for one in alerts.listing(room, ES)]
    made = alerts.become_target(room, FR, ref).ref
    assert alerts.one(room, FR, ref).row.became == (made,)
    assert alerts.one(room, FR, ref).row.useful is True
    spain = alerts.one(room, ES, ref)
    assert made not in str(spain)
    assert spain.row.useful is None
    assert spain.row.heard, "that somebody heard it is told"
    assert alerts.precision(room, ES).rules[0].decided == 0
    assert alerts.precision(room, FR).rules[0].useful == 1


def test_the_one_search_finds_alerts_and_words_of_whoever_is_shown_them(room: Room) -> None:
    (ref,) = [one.ref for one in alerts.listing(room, ES)]
    alerts.note(room, FR, ref, "PLUGH said so", marking=parse("B2 H2 rel MAOC", "FR"))
    alerts.note(room, FR, ref, "FROTZ as well", marking=parse("B2 H2 rel ES", "FR"))
    watch_log.log(room, COORDINATOR, "asked Lisbon about the FROTZ", marking=parse("H2 rel ES", "MAOC"))

    def found(who: Viewer, text: str) -> list[tuple[str, str, str]]:
        return [
            (hit.ref, hit.title, hit.text)
            for one in search.search(room, who, text).groups
            for hit in one.hits
        ]

    because = "Not heard for 6 h; its longest silence before was 14 min."
    assert found(ES, "longest silence") == [(ref, "AIS gap", because)]
    assert found(ES, ref) == [(ref, "AIS gap", ref)]
    assert found(ES, "gap")[0][0] == ref
    assert [text for *_, text in found(FR, "xyzzy passes")] == ["XYZZY passes"]
    assert found(ES, "xyzzy") == []
    assert found(FR, "plugh") == found(COORDINATOR, "plugh") == [(ref, "AIS gap", "PLUGH said so")]
    assert found(ES, "plugh") == []
    assert [text for *_, text in found(ES, "frotz")] == ["asked Lisbon about the FROTZ", "FROTZ as well"]
    assert [text for *_, text in found(FR, "frotz")] == ["FROTZ as well"]
    with room.db.reading_whole() as conn:
        assert search_index.flaws(conn).sound


def test_a_wide_silence_about_an_asset_keeps_nothing_else_quiet(room: Room) -> None:
    (hidden,) = [one.ref for one in alerts.listing(room, FR) if one.asset]
    alerts.silence(room, FR, hidden, "1y", "escort", wide=True)
    raised(room, finding("asset_cpa:1:2", keys=(YACHT,)), finding("asset_cpa:1:3", keys=(TANKER,)))
    assert {one.pending for one in alerts.listing(room, ES, every=True)} == {True}


def test_what_was_told_of_an_asset_to_few_makes_no_alert_for_many(room: Room) -> None:
    """Spain sees the frigate at its base; where France says it is, and what passes there, Spain is not told."""
    world = World(room)
    room.clock.set_to(world.at(30))  # type: ignore[attr-defined]
    new = NewAsset(
        "Frigate",
        "ship",
        "FR",
        "Brest",
        "48 23N 004 29W",
        "15",
        "25",
        "240h",
        marking=parse("B2 H2 rel ES,MAOC", "FR"),
    )
    ref = assets.add(room, FRANCE, new).ref
    assets.report(room, FRANCE, ref, position="36 00N 012 00W", marking=parse("B2 H2", "FR"))
    world.tell(ship(1), [25, 30], LAT, [LON - 0.10, LON - 0.08], sog=12.0, cog=90.0)
    for who, told in ((ES, 0), (viewer("ES", Role.FEEDER), 0), (FR, 1)):
        done = alert_sweep.ask(room, who)
        assert len((*done.new, *done.changed, *done.same)) == done.unchanged + len(done.new) == told
    assert ref in {one.asset for one in alerts.listing(room, FR)}
    assert refs(room, ES) == {"ais_gap"}
    (hidden,) = world.of("asset_cpa")[-1:]
    raised(room, replace(hidden, report="", cause="asset_cpa:twin:1"))
    assert refs(room, ES) == {"ais_gap", "asset_cpa"}, "the twin: one that forgets the report is seen"
    room.clock.set_to(world.at(35))  # type: ignore[attr-defined]
    assets.report(room, FRANCE, ref, position="36 00N 012 00W", marking=new.marking)
    world.tell(ship(1), [34], LAT, LON - 0.06, sog=12.0, cog=90.0)
    assert len(alert_sweep.ask(room, ES).new) == 1, "told to Spain it is an alert of its own, without a past"


def test_closing_asks_the_same_whatever_it_became_out_of_sight(room: Room) -> None:
    (ref,) = [one.ref for one in alerts.listing(room, ES)]
    alerts.become_target(room, FR, ref)
    with pytest.raises(BadInput, match="worth the time"):
        alerts.stage(room, ES, ref, "closed")
    assert alerts.stage(room, FR, ref, "closed").stage == "closed"
