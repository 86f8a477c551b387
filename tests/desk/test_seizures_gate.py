"""Who sees, sums, corrects and makes official what in the seizure ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from liaison_room import COORDINATOR, open_room, viewer
from seizure_room import ES, FR, SHARED, event, operation

from maoc_tui.desk import gate, seizures
from maoc_tui.desk.room import Room
from maoc_tui.desk.seizures import NewFind, NewSeizure, Said, Statement
from maoc_tui.domain.marking import default
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.roles import Role
from maoc_tui.domain.seizure_figures import table
from maoc_tui.domain.seizure_terms import shipped
from maoc_tui.domain.seizures import Event
from maoc_tui.domain.viewer import WATCH, Viewer
from maoc_tui.problems import BadInput, NotPermitted
from maoc_tui.store import seizures as store


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = open_room(tmp_path)
    yield made
    made.close()


def test_a_partner_sees_and_sums_what_is_shown_to_it_and_nothing_else(room: Room) -> None:
    shown = event(room)
    hidden = event(room, statements=(Statement("vessel", "GREY WOLF"),), mark=parse("H2", "MAOC"))
    seizures.weigh(
        room, COORDINATOR, shown, "5 t", "net", official=True, said=Said(marking=parse("H2", "MAOC"))
    )
    seizures.persons(room, COORDINATOR, shown, "arrested", "7", said=Said(marking=parse("H2", "MAOC")))
    assert [row.ref for row in seizures.listing(room, ES)] == [shown]
    figures = seizures.figures(room, ES)
    assert (figures.n, figures.total.seized.total_g) == (1, 4_000_000)
    assert sum(one.total for one in figures.persons) == 0
    whole = seizures.figures(room, COORDINATOR)
    assert (whole.n, whole.total.seized.total_g) == (2, 9_000_000)
    number = seizures.sheet(room, COORDINATOR, hidden).row.finds[0].find.ref
    for act in (
        lambda: seizures.sheet(room, ES, hidden),
        lambda: seizures.state(room, ES, shown, "same-as", hidden),
        lambda: seizures.weigh(room, ES, number, "1 kg", "net"),
        lambda: seizures.persons(room, ES, hidden, "arrested", "1"),
    ):
        with pytest.raises((BadInput, NotPermitted)) as refused:
            act()
        assert "WOLF" not in refused.value.message


def test_figures_past_the_gate_would_be_found(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: figures computed from the whole record."""
    event(room)
    event(room, mark=parse("H2", "MAOC"))
    right = type(room.db).reading
    monkeypatch.setattr(type(room.db), "reading", lambda db, viewer: right(db, WATCH))
    assert seizures.figures(room, ES).n == 2


def test_a_line_is_as_hidden_as_the_find_and_the_event_above_it(room: Room) -> None:
    """Marked for everybody, on a find that is the Centre's alone."""
    ref = event(room, find=None)
    made = seizures.find(room, COORDINATOR, ref, NewFind("heroin"), Said(marking=parse("H2", "MAOC")))
    seizures.weigh(room, COORDINATOR, made.find, "80 kg", "net", said=Said(marking=SHARED))
    assert seizures.sheet(room, ES, ref).row.finds == ()
    with room.db.reading(ES) as conn:
        assert conn.exec_driver_sql("SELECT count(grams) FROM seizure_weighing").scalar() == 0
    op = operation(room, mark=parse("H2", "MAOC"))
    of_hidden = event(room, operation=op)
    with pytest.raises(BadInput, match="There is no event"):
        seizures.sheet(room, ES, of_hidden)


def test_an_event_counted_as_a_hidden_one_counts_itself_and_says_nothing_of_it(room: Room) -> None:
    hidden = event(room, mark=parse("H2", "MAOC"))
    shown = event(room)
    seizures.state(room, COORDINATOR, shown, "same-as", hidden)
    assert seizures.figures(room, COORDINATOR).n == 1
    sheet = seizures.sheet(room, ES, shown)
    assert (sheet.row.counted_as, "SAME_AS" in sheet.stated) == ("", False)
    assert seizures.figures(room, ES).n == 1


def test_only_those_concerned_record_official_figures(room: Room) -> None:
    ref = event(room)
    for who, allowed in ((ES, True), (FR, False)):
        assert seizures.sheet(room, who, ref).official is allowed
    seizures.weigh(room, ES, ref, "4580 kg", "net", official=True)
    seizures.weigh(room, FR, ref, "4500 kg", "net")
    seizures.state(room, FR, ref, "lead", "FR")
    for act in (
        lambda: seizures.weigh(room, FR, ref, "4500 kg", "net", official=True),
        lambda: seizures.persons(room, FR, ref, "arrested", "4", official=True),
        lambda: seizures.find(room, FR, ref, NewFind("heroin", weight="1 kg", official=True)),
    ):
        with pytest.raises(NotPermitted, match="official figures"):
            act()
    assert seizures.sheet(room, ES, ref).row.lead == "ES"


def test_nobody_corrects_or_withdraws_what_another_said(room: Room) -> None:
    ref = event(room)
    spanish = seizures.weigh(room, ES, ref, "4580 kg", "net", said=Said(marking=parse("H2 rel MAOC", "ES")))
    with pytest.raises(NotPermitted):
        seizures.withdraw(room, COORDINATOR, ref, spanish.line, "wrong")
    with pytest.raises(NotPermitted):
        seizures.weigh(
            room, COORDINATOR, ref, "1 kg", "net", said=Said(replaces=spanish.line, reason="wrong")
        )


def test_a_new_line_is_marked_as_the_event_where_it_is_ones_own(room: Room) -> None:
    ref = event(room)
    seizures.persons(room, COORDINATOR, ref, "arrested", "3")
    seizures.persons(room, ES, ref, "arrested", "4")
    marks = {line.count: line.marking for line in seizures.sheet(room, WATCH, ref).event.persons}
    assert marks == {3: SHARED, 4: default("ES")}
    assert seizures.sheet(room, ES, ref).line_marking == default("ES")


def test_a_role_that_may_not_record_is_refused_and_a_view_writes_nothing(room: Room) -> None:
    ref = event(room)
    analyst = Viewer("Ana", "MAOC", roles=frozenset({Role.ANALYST}))
    assert seizures.sheet(room, analyst, ref).row.ref == ref
    for who in (analyst, gate.view_as(room, COORDINATOR, "ES"), replace(COORDINATOR, read_only=True)):
        with pytest.raises(NotPermitted):
            seizures.weigh(room, who, ref, "1 kg", "net")


def test_figures_are_marked_as_strictly_as_what_went_in(room: Room) -> None:
    event(room)
    seizures.add(room, ES, NewSeizure("2022-12-01", said=Said(marking=parse("H1 rel MAOC", "ES"))))
    marking = seizures.figures(room, COORDINATOR).marking
    assert marking is not None
    assert marking.originators == {"MAOC", "ES"}
    assert {code.name for code in marking.handling} == {"H1", "H2"}
    assert "FR" not in marking.readers


def partners(random: Random) -> str:
    """A marking of the Centre that names some partners at random."""
    named = [code for code in ("ES", "FR", "PT") if random.random() < 0.6]
    return f"H2 rel {','.join(named)}" if named else "H2"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_figures_are_those_of_what_the_pure_rule_shows(room: Room, seed: int) -> None:
    """Events, finds and weights marked at random: each partner's sums, worked out by the rule alone."""
    random = Random(seed)
    for number in range(8):
        ref = event(
            room,
            statements=(),
            find=None,
            when=f"2022-11-{number + 1:02d}",
            mark=parse(partners(random), "MAOC"),
        )
        for _ in range(random.randint(0, 2)):
            said = Said(marking=parse(partners(random), "MAOC"))
            made = seizures.find(room, COORDINATOR, ref, NewFind(random.choice(["cocaine", "heroin"])), said)
            for _ in range(random.randint(0, 3)):
                weight, basis = f"{random.randint(1, 900)} kg", random.choice(["net", "gross", "estimated"])
                said = Said(marking=parse(partners(random), "MAOC"))
                seizures.weigh(
                    room, COORDINATOR, made.find, weight, basis, official=random.random() < 0.5, said=said
                )
    with room.db.reading(WATCH) as conn:
        ledger = store.load(conn)
    for code in ("ES", "FR", "PT", "IE"):
        shown = [pruned(one, code) for one in ledger if code in one.marking.readers]
        _, expected = table(shown, "substance", shipped())
        assert seizures.figures(room, viewer(code)).total == expected


def pruned(one: Event, code: str) -> Event:
    """An event with the lines a partner is named in, weights only of finds it is named in."""
    finds = tuple(find for find in one.finds if code in find.marking.readers)
    numbers = {find.number for find in finds}
    weights = (weight for weight in one.weighings if code in weight.marking.readers)
    return replace(one, finds=finds, weighings=tuple(w for w in weights if w.find in numbers))
