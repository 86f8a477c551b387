"""What a release lets out: what two officers looked at, in their wording, and nothing that stands beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from maoc_tui.desk import release, targets
from maoc_tui.desk.room import Room
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store import gate_masks
from maoc_tui.store.database import Database
from tests.release_room import (
    FERREIRA,
    MARTIN,
    ORTEGA,
    PEETERS,
    ROSSI,
    draft,
    make_room,
    marked,
    officer,
    sighting,
    yacht,
)

SECRETS = (
    "informant",
    "Azores",
    "aircraft seven",
    "Ortega",
    "beacon under the keel",
    "BLACKBIRD",
    "MAOC",
    "FR",
)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = make_room(tmp_path / "record.db")
    yield made
    made.close()


def bundle(room: Room, partner: str = "BE", who: Viewer = ORTEGA) -> str:
    """A target with a fact, a sighting and a designation full of secrets, released to a partner in other words."""
    ref = yacht(room, who, "FR")
    own = marked(who.partner, "MAOC", "FR")
    targets.fact(room, who, ref, "name", "la  paloma", "beacon under the keel", marking=own)
    targets.sight(
        room, who, ref, "33 10N 041 20W", "140100ZDEC22", "aircraft seven", "BLACKBIRD saw it", marking=own
    )
    sheet = targets.sheet(room, who, ref)
    fact, seen, target = sheet.identity[0].fact.id, sheet.sightings[0].id, str(sheet.target.id)
    wordings = {target: "a grey yacht", seen: "seen by a partner"}
    made = release.propose(room, who, draft(room, ref, partner, lines=(fact, seen), wordings=wordings))
    release.approve(room, ROSSI, made.ref, f"{partner} 3")
    return ref


def everything(db: Database, who: Viewer) -> str:
    """All that a viewer's connection gives of the tables of targets, in one text."""
    found = []
    with db.reading(who) as conn:
        for name in gate_masks.MASKS:
            found += [str(dict(row._mapping)) for row in conn.exec_driver_sql(f"SELECT * FROM {name}")]
    return "\n".join(found)


def test_the_recipient_reads_the_wording_and_nothing_beside_it(room: Room) -> None:
    ref = bundle(room)
    sheet = targets.sheet(room, PEETERS, ref)
    assert sheet.target.description == "a grey yacht"
    assert sheet.target.place is None
    assert [line.fact.value for line in sheet.identity] == ["la paloma"]
    assert [seen.text for seen in sheet.sightings] == ["seen by a partner"]
    text = everything(room.db, PEETERS)
    assert "la paloma" in text
    assert [secret for secret in SECRETS if secret in text] == []


def test_the_twin_without_masks_would_show_them(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle(room)
    monkeypatch.setattr(gate_masks, "MASKS", {name: {} for name in gate_masks.MASKS})
    bare = Room.open(room.db.path, clock=room.clock)
    assert [secret for secret in SECRETS if secret not in everything(bare.db, PEETERS)] == []
    bare.close()


def test_whom_the_originator_named_reads_the_original(room: Room) -> None:
    ref = bundle(room)
    for who in (ORTEGA, MARTIN, FERREIRA):
        sheet = targets.sheet(room, who, ref)
        assert "informant" in sheet.target.description
        assert sheet.sightings[0].source == "aircraft seven"


def test_what_is_written_over_it_later_stays_behind(room: Room) -> None:
    ref = bundle(room)
    targets.rename(room, ORTEGA, ref, "OUR MAN IN CADIZ", "agreed")
    assert "CADIZ" not in everything(room.db, PEETERS)
    assert "CADIZ" in everything(room.db, MARTIN)


def test_seeing_as_the_recipient_shows_what_it_sees_and_no_more_than_oneself(room: Room) -> None:
    ref = bundle(room)
    as_be = replace(PEETERS, name=FERREIRA.name, seeing_as="BE", behind=FERREIRA, roles=FERREIRA.roles)
    assert targets.sheet(room, as_be, ref).target.description == "a grey yacht"
    stranger = officer("Bianchi", "IT", *FERREIRA.roles)
    through = replace(as_be, name="Bianchi", behind=stranger)
    assert ref not in everything(room.db, through)
    assert "grey yacht" not in everything(room.db, through)


def test_a_recipient_does_not_learn_who_else_has_it(room: Room) -> None:
    ref = bundle(room)
    second = release.propose(room, ORTEGA, draft(room, ref, "MA"))
    release.approve(room, ROSSI, second.ref, "MA 1")
    third = officer("Alami", "MA", *PEETERS.roles)
    for who, partner in ((PEETERS, "BE"), (third, "MA")):
        with room.db.reading(who) as conn:
            assert set(conn.exec_driver_sql("SELECT partner FROM release").scalars()) == {partner}
            for hidden in ("release_proposal", "release_line", "origin_request"):
                assert conn.exec_driver_sql(f"SELECT count(*) FROM {hidden}").scalar() == 0
    with room.db.reading(MARTIN) as conn:
        assert set(conn.exec_driver_sql("SELECT partner FROM release").scalars()) == {"BE", "MA"}


def test_each_partner_reads_its_own_wording(room: Room) -> None:
    ref = bundle(room)
    target = str(targets.sheet(room, ORTEGA, ref).target.id)
    made = release.propose(room, ORTEGA, draft(room, ref, "MA", wordings={target: "a sailing vessel"}))
    release.approve(room, ROSSI, made.ref, "MA 1")
    third = officer("Alami", "MA", *PEETERS.roles)
    assert targets.sheet(room, third, ref).target.description == "a sailing vessel"
    assert targets.sheet(room, PEETERS, ref).target.description == "a grey yacht"


def test_lists_searches_and_counts_see_the_wording_only(room: Room) -> None:
    ref = bundle(room)
    sighting(room, ref, ORTEGA, "not released")
    (row,) = targets.listing(room, PEETERS)
    assert "informant" not in str(row)
    assert "not released" not in str(targets.sheet(room, PEETERS, ref))
    with room.db.reading(PEETERS) as conn:
        for column, word in (("description", "informant"), ("area", "Azores"), ("designation", "B")):
            sql = f"SELECT count(*) FROM target WHERE {column} LIKE '%{word}%'"
            assert conn.exec_driver_sql(sql).scalar() == 0


# -- assignments and requests ----------------------------------------------------------------------


def asked_and_led(room: Room) -> tuple[str, str]:
    """A target of Spain whose request and lead, full of secrets, were released to Belgium; it and the request."""
    from maoc_tui.desk import assigning, requests

    ref, own = yacht(room, ORTEGA, "FR"), marked("ES", "MAOC", "FR")
    assigning.offer(room, ORTEGA, ref, "ES", "support", reason="BLACKBIRD asks for it", marking=own)
    made = requests.open_request(
        room, ORTEGA, ref, "boarding-consent", "PA", acting="ES", measures="board", grounds="the informant",
        position="off the Azores", marking=own,
    )  # fmt: skip
    name = made.asked.ref
    requests.record(room, ORTEGA, name, "sent", channel="aircraft seven")
    requests.record(room, ORTEGA, name, "granted", who="Cdr BLACKBIRD", channel="telephone", scope="board")
    panel = release.panel(room, ORTEGA, ref, "BE")
    lines = {one.line.kind: one.line.id for one in panel.lines}
    picked, wording = (lines["assignment"], lines["request"]), {lines["request"]: "grounds held by ES"}
    wordings = {**wording, str(targets.sheet(room, ORTEGA, ref).target.id): "a grey yacht"}
    proposed = release.propose(room, ORTEGA, draft(room, ref, "BE", lines=picked, wordings=wordings))
    release.approve(room, ROSSI, proposed.ref, "BE 3")
    return ref, name


def test_a_request_and_an_assignment_are_released_without_what_stands_beside_them(room: Room) -> None:
    from maoc_tui.desk import assignments, requests

    ref, name = asked_and_led(room)
    (line,) = requests.requests(room, PEETERS, ref, past=True)
    assert (line.asked.ref, line.asked.addressee, line.asked.grounds) == (name, "PA", "grounds held by ES")
    assert {scope.name for scope in line.standing.scope} == {"BOARD"}
    assert line.asked.position == ""
    (cell,) = assignments.row(room, PEETERS, ref).cells
    assert (cell.partner, cell.role.value) == ("ES", "SUPPORT")
    with room.db.reading(PEETERS) as conn:
        told = [str(conn.exec_driver_sql(f"SELECT * FROM {name}").all()) for name in gate_masks.STEPS]
    text = everything(room.db, PEETERS) + "".join(told)
    assert [secret for secret in (*SECRETS, "Cdr", "telephone") if secret in text] == []


def test_what_becomes_of_it_later_stays_behind_but_what_takes_back_does_not(room: Room) -> None:
    from maoc_tui.desk import requests

    ref, name = asked_and_led(room)
    room.clock.set_to(room.clock.now_ms() + 60_000)  # type: ignore[attr-defined]
    requests.record(room, ORTEGA, name, "in-writing", who="Cdr BLACKBIRD", channel="mail")
    (line,) = requests.requests(room, PEETERS, ref, past=True)
    assert [event.act.name for event in line.asked.events] == ["DRAFTED", "SENT", "GRANTED"]
    requests.record(
        room, ORTEGA, name, "withdrawn", who="Cdr BLACKBIRD", channel="mail", text="secret reason"
    )
    (line,) = requests.requests(room, PEETERS, ref, past=True)
    assert line.asked.events[-1].act.name == "WITHDRAWN"
    assert line.standing.scope == frozenset(), "a consent that was taken back does not go on reading as given"
    assert "secret reason" not in str(line)
    assert len(requests.requests(room, MARTIN, ref, past=True)[0].asked.events) == 5


def test_the_twin_without_masks_of_steps_would_show_them(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    asked_and_led(room)
    monkeypatch.setattr(gate_masks, "STEPS", {})
    bare = Room.open(room.db.path, clock=room.clock)
    with bare.db.reading(PEETERS) as conn:
        assert "BLACKBIRD" in str(conn.exec_driver_sql("SELECT * FROM request_event").all())
    bare.close()


def test_recalled_they_are_gone(room: Room) -> None:
    from maoc_tui.desk import assignments, requests

    ref, _ = asked_and_led(room)
    release.recall(room, ORTEGA, release.proposals(room, ORTEGA)[0].ref, "case closed")
    with pytest.raises(BadInput):
        assignments.row(room, PEETERS, ref)
    assert requests.requests(room, PEETERS, past=True) == ()
