"""What a reader has by a release alone gives it neither figure nor doubt: both would tell of what stays behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from maoc_tui.desk import assets, figures, operation_log, operations, seizures, tasking
from maoc_tui.desk import figure_counting as counting
from maoc_tui.desk.asset_snapshots import NewAsset
from maoc_tui.desk.room import Room
from maoc_tui.domain.operations import Act, Kind
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import operations as store
from tests.release_room import ORTEGA, PEETERS, make_room, marked, yacht
from tests.release_room import operation as opened
from tests.release_room import seizure as event
from tests.releasing import release

OPEN = marked("ES", "MAOC")
HOUR = 3_600_000


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """Spain's event with all that is known of it, its operation, target and asset, all let out to Belgium."""
    made = make_room(tmp_path / "maoc.db")
    said = seizures.Said(source="lab", marking=OPEN)
    ref = event(made)
    seizures.find(made, ORTEGA, ref, seizures.NewFind("cocaine", weight="900 kg"), said)
    for what, value in (("type", "sail"), ("position", "36 00N 020 00W"), ("credit-asset", "ES")):
        seizures.state(made, ORTEGA, ref, what, value, said=said)
    about = yacht(made)
    op = opened(made)
    operations.target(made, ORTEGA, op, about)
    operation_log.log(made, ORTEGA, op, "0100 hails", marking=OPEN)
    ship = assets.add(made, ORTEGA, NewAsset("RELAMPAGO", "ship", cruise="15", marking=OPEN)).ref
    task = tasking.ask(made, ORTEGA, ship, op, "search", target=about, marking=OPEN).ref
    tasking.record(made, ORTEGA, task, "accepted")
    with made.db.writing() as conn:
        at = made.clock.now_ms()
        (held,) = store.load(conn)
        for what, value in (("boarded", ""), ("closed", "seized")):
            store.append(conn, held.id, Act(Kind.STEP, at, at, "x", "ES", what, value))
        for kind in ("target", "operation", "log_line", "seizure", "seizure_find", "asset", "tasking"):
            for (found,) in conn.exec_driver_sql(f"SELECT id FROM {kind}").all():
                release(conn, UUID(found), "BE", kind=kind, originator="ES", wording="as told to you")
    yield made
    made.close()


def told(room: Room, who: Viewer) -> list[str]:
    """Measures that count anything for a viewer, or doubt anything."""
    return [one.measure.code for one in figures.figures(room, who) if one.n or one.doubts]


def test_what_was_only_released_is_neither_counted_nor_doubted(room: Room) -> None:
    assert {"conveyance", "zone", "contribution", "operations", "assets", "quality"} <= set(
        told(room, ORTEGA)
    )
    assert told(room, PEETERS) == []


def test_what_counts_as_the_readers_own_would_tell(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: with the blank of who entered it filled in, all of it is told to Belgium."""
    right = counting.gather

    def gathered(*given: object) -> object:
        made = right(*given)  # type: ignore[arg-type]
        made.events = [replace(one, by="x") for one in made.events]
        made.operations = [replace(one, told=True) for one in made.operations]
        made.taskings = [replace(one, by="x") for one in made.taskings]
        made.log = [replace(one, by="x") for one in made.log]
        return made

    monkeypatch.setattr(counting, "gather", gathered)
    assert {"conveyance", "zone", "contribution", "operations", "quality"} <= set(told(room, PEETERS))
