"""Views, recent records and pins: each officer's own, shared by their marking, gone with what may not be seen."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from surfaces import BE, ES, HIDDEN, NAMED, record

from maoc_tui.cli import maoc
from maoc_tui.desk import access, marks, search, targets, views
from maoc_tui.desk.room import Room
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import WATCH, Viewer
from maoc_tui.problems import BadInput, NotPermitted

GARCIA = Viewer("Garcia", "ES", roles=frozenset({Role.LIAISON}))
FR = Viewer("Moreau", "FR", roles=frozenset({Role.LIAISON}))


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    opened = record(tmp_path_factory.mktemp("views"))
    yield opened
    opened.close()


def names(room: Room, viewer: Viewer) -> list[str]:
    return [one.name for one in views.views(room, viewer)]


def test_a_view_is_ones_own_or_shared_by_its_marking(room: Room) -> None:
    views.save(room, ES, "Canary yachts", "targets", "type:sail", digit=3)
    views.save(room, ES, "Spanish desk", "watch", "flag:VE", "age", shared=True)
    views.save(room, ES, "For France", "chart", shared=True, marking=parse("H2 rel FR", "ES"))
    assert names(room, ES) == ["Canary yachts", "For France", "Spanish desk"]
    assert names(room, GARCIA) == ["For France", "Spanish desk"]
    assert names(room, FR) == ["For France"]
    assert names(room, BE) == []
    assert views.view(room, ES, "3").query == "type:sail"
    with pytest.raises(BadInput):
        views.view(room, GARCIA, "canary yachts")


def test_only_its_owner_changes_a_view_and_nothing_is_deleted(room: Room) -> None:
    views.save(room, ES, "Gone", "assets", shared=True)
    with pytest.raises(NotPermitted):
        views.remove(room, GARCIA, "Gone")
    assert views.rename(room, ES, "gone", "Going").name == "Going"
    views.save(room, ES, "going", "requests", shared=True)
    assert views.view(room, GARCIA, "GOING").screen == "requests"
    views.remove(room, ES, "Going")
    assert "Going" not in [*names(room, ES), *names(room, GARCIA)]
    with room.db.reading(WATCH) as conn:
        query = "SELECT count(*) FROM saved_view WHERE lower(name) IN ('gone', 'going')"
        assert conn.exec_driver_sql(query).scalar_one() == 4


def test_a_shared_view_made_private_is_gone_for_whoever_saw_it(room: Room) -> None:
    views.save(room, ES, "Plan", "targets", "name:paloma", shared=True, marking=parse("H2 rel FR", "ES"))
    assert "Plan" in names(room, FR)
    views.save(room, ES, "Plan", "targets", "name:paloma")
    assert "Plan" not in [*names(room, FR), *names(room, GARCIA)]
    assert names(room, ES).count("Plan") == 1
    views.remove(room, ES, "Plan")
    assert "Plan" not in names(room, ES)


def test_a_name_and_a_key_lead_to_one_of_ones_own_and_an_id_to_that_view(room: Room) -> None:
    views.save(room, GARCIA, "Twice", "assets", shared=True)
    views.save(room, ES, "Twice", "requests", digit=5)
    views.save(room, ES, "Once", "assets", digit=5)
    assert [(one.name, one.digit) for one in views.views(room, ES) if one.name in ("Once", "Twice") and one.own] == [
        ("Once", 5), ("Twice", 0),
    ]  # fmt: skip
    with pytest.raises(BadInput, match="already"):
        views.rename(room, ES, "Once", "TWICE")
    theirs = next(one for one in views.views(room, ES) if one.name == "Twice" and not one.own)
    with pytest.raises(NotPermitted):
        views.remove(room, ES, theirs.id)
    mine = views.view(room, ES, "Once")
    assert views.rename(room, ES, "Once", "once").digit == 5
    with pytest.raises(BadInput, match="meanwhile"):
        views.remove(room, ES, mine.id)
    for name in ("Once", "Twice"):
        views.remove(room, ES, views.view(room, ES, name).id)
    assert [one.own for one in views.views(room, ES) if one.name == "Twice"] == [False]


@pytest.mark.parametrize(
    "given",
    [
        ("", "watch", ""), ("x", "nowhere", ""), ("x", "watch", "flag:"), ("x", "targets", "nose:long"),
        ("x", "watch", "", "nonsense"), ("x", "targets", "", "flag"), ("x", "figures", "past"),
        ("x", "requests", "\x1b]52;c;AAAA\x07"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_view_is_refused(room: Room, given: tuple[str, ...]) -> None:
    with pytest.raises(BadInput):
        views.save(room, ES, *given)


def test_nobody_saves_in_anothers_name_nor_through_anothers_eyes(room: Room) -> None:
    with pytest.raises(NotPermitted):
        views.save(room, ES, "theirs", "watch", marking=parse("H2", "FR"))
    seen = Viewer("x", "ES", roles=ES.roles, seeing_as="ES", behind=BE, read_only=True)
    for act in (lambda: views.save(room, seen, "x", "watch"), lambda: marks.pin(room, seen, NAMED)):
        with pytest.raises(NotPermitted):
            act()


def test_pins_are_ones_own_and_go_with_what_may_not_be_seen(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    for ref in ("t-0002", "OP-0002/3", "AIS:263601890"):
        marks.note_opened(room, ES, ref)
    marks.pin(room, ES, NAMED)
    marks.pin(room, WATCH, HIDDEN)
    with pytest.raises(BadInput):
        marks.pin(room, ES, HIDDEN)
    assert {one.ref for one in marks.recent(room, ES)} == {"T-0002", "OP-0002", "ais:263601890"}
    assert [(one.ref, one.title) for one in marks.pins(room, ES)] == [("T-0002", "PLUGH MARU")]
    assert marks.recent(room, GARCIA) == marks.pins(room, GARCIA) == ()
    assert [one.ref for one in marks.pins(room, WATCH)] == [HIDDEN]
    with monkeypatch.context() as patch:
        patch.setattr(marks, "whose", lambda viewer: "Ortega ES")
        assert marks.pins(room, BE) == ()
    marks.pin(room, ES, NAMED, off=True)
    assert marks.pins(room, ES) == ()


@pytest.mark.parametrize(
    ("said", "called"),
    [
        ([("SOLD", "2022-10-01T00:00Z", "2022-11-01T00:00Z")], "a sloop"),
        (
            [("TRUE", "2022-10-01T00:00Z", ""), ("PAINTED", "2022-11-01T00:00Z", "2022-12-31T00:00Z")],
            "PAINTED",
        ),
        ([("NOW", "2022-10-01T00:00Z", ""), ("TOMORROW", "2022-12-25T00:00Z", "")], "NOW"),
        ([("OLD", "", ""), ("NEW", "", "")], "NEW"),
    ],
)
def test_a_target_is_called_alike_in_lists_searches_and_pins(
    room: Room, said: list[tuple[str, str, str]], called: str
) -> None:
    ref = targets.add(room, ES, targets.NewTarget("a sloop", area="Azores")).ref
    for name, since, until in said:
        targets.fact(room, ES, ref, "name", name, "seen", since=since, until=until)
    marks.pin(room, ES, ref)
    (row,) = (one for one in targets.listing(room, ES) if one.ref == ref)
    (group,) = search.search(room, ES, ref).groups
    (pinned,) = marks.pins(room, ES)
    marks.pin(room, ES, ref, off=True)
    assert {row.title, group.hits[0].title, pinned.title} == {called}


def test_the_oldest_are_let_go_but_never_a_pin(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    from maoc_tui.store import officer_marks

    monkeypatch.setattr(officer_marks, "KEPT", 1)
    marks.pin(room, GARCIA, "T-0002")
    for ref in ("T-0002", "OP-0002", "AS-0002"):
        marks.note_opened(room, GARCIA, ref)
    assert len(marks.recent(room, GARCIA)) == 2
    assert [one.ref for one in marks.pins(room, GARCIA)] == ["T-0002"]


def test_the_command_line_saves_shows_and_withdraws(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "viewer", lambda here: ES)
    monkeypatch.setattr(Room, "close", lambda here: None)
    monkeypatch.setattr(Room, "open", classmethod(lambda cls, *args, **given: room))

    def run(*words: str) -> object:
        done = CliRunner().invoke(maoc, ["--db", str(room.db.path), *words, "--json"], catch_exceptions=False)
        return json.loads(done.output)

    run("view", "save", "Maru", "--filter", "name:maru", "--key", "4", "--shared")
    shown = run("view", "show", "4")
    assert [row["ref"] for row in shown["rows"]] == [NAMED]  # type: ignore[index]
    assert run("view", "remove", "maru")["name"] == "Maru"  # type: ignore[index]
    assert "Maru" not in [one["name"] for one in run("view", "list")]  # type: ignore[union-attr]
    assert [one["ref"] for one in run("pin", "T-0002")] == ["T-0002"]  # type: ignore[union-attr]
