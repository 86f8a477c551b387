"""Pure rule and connection agree on every kind of statement, of targets, operations, seizures and assets, at random."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from gate_world import add_release
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from surfaces import record

from maoc_tui.desk.room import Room
from maoc_tui.domain.gate import Released, Statement, may_see
from maoc_tui.domain.releases import KINDS
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import WATCH, Viewer
from maoc_tui.store import gate_views, statements
from maoc_tui.store.gate_tables import GOVERNED

HOUR = 3_600_000
PARTNERS = ("ES", "FR", "BE", "MA", "CV", "MAOC")


class Record:
    """A record with a statement of every kind, and what was released of it."""

    def __init__(self, folder: Path) -> None:
        self.room = record(folder)
        self.releases: list[Released] = []
        with self.room.db.reading(WATCH) as conn:
            self.ids = sorted(self.shown(conn))
            found = {one: statements.find(conn, UUID(one[1])) for one in self.ids}
        self.held: dict[tuple[str, str], Statement] = {one: said for one, said in found.items() if said}

    def shown(self, conn: object) -> set[tuple[str, str]]:
        """Table and id of everything that a connection shows."""
        return {
            (name, str(UUID(one)))
            for name in GOVERNED
            for one in conn.exec_driver_sql(f'SELECT id FROM "{name}"').scalars()  # type: ignore[attr-defined]
        }

    def let(self, releases: list[Released]) -> None:
        """Record releases past the desk."""
        with self.room.db.writing() as conn:
            (target,) = conn.exec_driver_sql("SELECT id FROM target ORDER BY number LIMIT 1").scalars()
            for one in releases:
                add_release(conn, one, target)
        self.releases += releases

    def differing(self, partner: str) -> set[tuple[str, str]]:
        """Statements on which the rule and the connection of a partner's officer differ."""
        viewer = Viewer("x", partner, roles=frozenset({Role.LIAISON}))
        now = self.room.clock.now_ms()
        standing = self.room.register.standing(partner, now)
        seen = {
            one
            for one, statement in self.held.items()
            if may_see(statement, viewer, standing, self.releases, now)
        }
        with self.room.db.reading(viewer) as conn:
            return self.shown(conn) ^ seen


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    held = Record(tmp_path_factory.mktemp("kinds"))
    yield held
    held.room.close()


terms = st.sampled_from([{}, {"until_ms": 1}, {"from_ms": HOUR}, {"recalled_ms": -1}])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_rule_and_connection_agree_on_every_kind(made: Record, data: st.DataObject) -> None:
    now = made.room.clock.now_ms()

    def drawn() -> Released:
        _, identifier = data.draw(st.sampled_from(made.ids))
        when = data.draw(terms)
        return Released(
            identifier, data.draw(st.sampled_from(PARTNERS)), now - HOUR + when.get("from_ms", 0) * 2,
            now + when["until_ms"] if "until_ms" in when else None,
            now + when["recalled_ms"] if "recalled_ms" in when else None,
        )  # fmt: skip

    made.let([drawn() for _ in range(data.draw(st.integers(1, 6)))])
    for partner in PARTNERS:
        assert made.differing(partner) == set()


def test_every_kind_that_can_be_released_is_there(made: Record) -> None:
    assert set(KINDS) - {name for name, _ in made.ids} == {"request"}, "which test_release_masks has"
    assert set(KINDS) <= set(GOVERNED)


def test_a_gate_that_forgets_what_a_line_belongs_to_is_found(
    made: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin."""
    now = made.room.clock.now_ms()
    hidden = {name: id_ for (name, id_), said in made.held.items() if said.parents}
    made.let([Released(id_, "CV", now - HOUR) for id_ in hidden.values()])
    assert made.differing("CV") == set()
    monkeypatch.setattr(gate_views, "_closure", lambda *_: iter(()))
    path, clock = made.room.db.path, made.room.clock
    bare = Room.open(path, clock=clock)
    real, made.room = made.room, bare
    try:
        assert {name for name, _ in made.differing("CV")} & {"log_line", "seizure_find", "asset_report"}
    finally:
        made.room = real
        bare.close()
