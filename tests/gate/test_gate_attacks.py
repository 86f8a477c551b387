"""Every way a row can be reached: through the ORM, Core, raw SQL, and attacks. None shows a hidden one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from gate_world import World, canary, filled, officer, world
from sqlalchemy import (
    Connection,
    Text,
    and_,
    case,
    column,
    delete,
    exists,
    func,
    insert,
    literal_column,
    select,
    table,
    text,
    type_coerce,
    union_all,
    update,
)  # fmt: skip
from sqlalchemy.orm import Session, aliased

from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import Problem
from maoc_tui.store.targets import FACT, LINK, SIGHTING, TARGET
from maoc_tui.store.targets_tables import IdentityFactTable, SightingTable, TargetTable

VIEWER = officer("ES")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world(tmp_path_factory.mktemp("gate") / "maoc.db") as opened:
        yield filled(opened)


def shown(made: World, ask: Callable[[Connection], Any], viewer: Viewer = VIEWER) -> str:
    """Everything an attempt brings back, as text; a refusal as its words."""
    try:
        with made.db.reading(viewer) as conn:
            return repr(ask(conn))
    except Problem as refused:
        return f"refused: {refused.message}"


def leaks(made: World, told: str, viewer: Viewer = VIEWER) -> list[str]:
    """Canaries and ids of hidden statements in a text."""
    told = told.replace("-", "")
    return [word for word in made.hidden_words(viewer) if word.removeprefix("CANARY") in told]


def hidden_target(made: World) -> Any:
    seen = made.visible(VIEWER)
    return next(s for s in made.statements if not s.parents and s.id not in seen)


def _all(query: Any) -> Callable[[Connection], Any]:
    return lambda conn: conn.execute(query).fetchall()


def _orm(ask: Callable[[Session], Any]) -> Callable[[Connection], Any]:
    def run(conn: Connection) -> Any:
        with Session(conn) as session:
            found = ask(session)
            rows = found if isinstance(found, list) else [found]
            return [row.model_dump() if hasattr(row, "model_dump") else row for row in rows]

    return run


_other = aliased(TargetTable)
_light = table("target", column("id"), column("description"))
_one = select(func.count().label("n")).subquery()
_stated_of = TargetTable.id == IdentityFactTable.target_id
_cte = select(TARGET).cte("seen")
READS: dict[str, Callable[[Connection], Any]] = {
    "core table": _all(select(TARGET)),
    "core column": _all(select(TARGET.c.description)),
    "core label": _all(select(TARGET.c.description.label("x"))),
    "core alias": _all(select(TARGET.alias("other"))),
    "core coerced": _all(select(type_coerce(TARGET.c.id, Text))),
    "light table": _all(select(_light)),
    "text": _all(text("SELECT * FROM target")),
    "text quoted": _all(text('SELECT * FROM "target"')),
    "text upper case": _all(text("SELECT * FROM TARGET")),
    "from statement": _orm(
        lambda s: list(s.scalars(select(TargetTable).from_statement(text("SELECT * FROM target"))))
    ),
    "literal column": _all(select(literal_column("description")).select_from(TARGET)),
    "cte": _all(select(_cte)),
    "cte twice": _all(select(_cte).union_all(select(_cte))),
    "subquery": _all(select(select(TARGET).subquery())),
    "scalar subquery": _all(select(select(func.group_concat(TARGET.c.description)).scalar_subquery())),
    "lateral count": _all(select(TARGET.c.id, select(func.count()).select_from(FACT).scalar_subquery())),
    "union": _all(union_all(select(TARGET.c.description), select(FACT.c.value), select(SIGHTING.c.text))),
    "intersect": _all(select(FACT.c.value).intersect(select(FACT.c.raw))),
    "except": _all(select(TARGET.c.description).except_(select(FACT.c.value))),
    "inner join": _all(select(TARGET, FACT).join(FACT, FACT.c.target_id == TARGET.c.id)),
    "outer join": _all(select(FACT, TARGET).outerjoin(TARGET, TARGET.c.id == FACT.c.target_id)),
    "outer join from nothing": _all(
        select(TARGET).select_from(_one).outerjoin(TARGET, TARGET.c.id.is_not(None))
    ),
    "full join": _all(select(FACT, TARGET).outerjoin(TARGET, TARGET.c.id == FACT.c.target_id, full=True)),
    "lines alone": _all(select(FACT)),
    "lines by number": _all(select(SIGHTING).where(SIGHTING.c.seq > 0)),
    "aggregate": _all(select(func.group_concat(TARGET.c.description))),
    "group": _all(select(TARGET.c.description, func.count()).group_by(TARGET.c.description)),
    "having": _all(select(TARGET.c.kind).group_by(TARGET.c.kind).having(func.max(TARGET.c.area) > "")),
    "window": _all(select(func.first_value(FACT.c.value).over(order_by=FACT.c.seq.desc()), FACT.c.value)),
    "distinct": _all(select(FACT.c.value).distinct()),
    "case": _all(select(case((TARGET.c.number > 0, TARGET.c.description)))),
    "order": _all(select(TARGET.c.number).order_by(TARGET.c.description)),
    "orm get all": _orm(lambda s: list(s.scalars(select(TargetTable)))),
    "orm columns": _orm(lambda s: [tuple(r) for r in s.execute(select(TargetTable.description))]),
    "orm alias": _orm(lambda s: list(s.scalars(select(_other)))),
    "orm refresh": _orm(lambda s: [s.refresh(one) or one for one in s.scalars(select(TargetTable))]),
    "orm join": _orm(
        lambda s: list(s.scalars(select(IdentityFactTable).join(TargetTable, _stated_of)))
    ),
    "orm query": _orm(lambda s: s.query(SightingTable).all()),
    "orm connection": _orm(lambda s: [tuple(r) for r in s.connection().execute(select(TARGET))]),
}  # fmt: skip


@pytest.mark.parametrize("way", READS)
def test_no_way_of_reading_shows_a_hidden_row(made: World, way: str) -> None:
    told = shown(made, READS[way])
    assert leaks(made, told) == []
    assert not told.startswith("refused"), "the attempt itself is legal; it must show what may be seen"


@pytest.mark.parametrize("way", READS)
def test_the_same_ways_show_the_rows_when_the_gate_is_left_out(made: World, way: str) -> None:
    """The twin: the attempts do reach the rows, so that a gate left out would be found."""
    with made.db.reading_whole() as conn:
        told = repr(READS[way](conn))
    numbers_only = {"order", "having"}
    assert way in numbers_only or leaks(made, told)


def test_a_hidden_row_answers_exactly_like_a_missing_one(made: World) -> None:
    def asked(identifier: str) -> list[Any]:
        from uuid import UUID

        key = UUID(identifier)
        return [
            shown(made, _all(select(TARGET).where(TARGET.c.id == key))),
            shown(made, _all(select(exists().where(TARGET.c.id == key)))),
            shown(made, _all(select(func.count()).select_from(FACT).where(FACT.c.target_id == key))),
            shown(made, _orm(lambda s: s.get(TargetTable, key))),
            shown(made, _all(select(LINK).where(and_(LINK.c.target_id == key)))),
        ]

    assert asked(hidden_target(made).id) == asked("0" * 32)


WRITES: dict[str, Callable[[Connection], Any]] = {
    "update": lambda conn: conn.execute(update(TARGET).values(description="changed")),
    "update by key": lambda conn: conn.execute(update(TARGET), [{"id": None, "description": "changed"}]),
    "delete": lambda conn: conn.execute(delete(FACT)),
    "insert from select": lambda conn: conn.execute(
        insert(FACT).from_select(["value"], select(TARGET.c.description))
    ),
    "returning": lambda conn: conn.execute(update(TARGET).values(area="x").returning(TARGET.c.description)).all(),
}  # fmt: skip


@pytest.mark.parametrize("way", WRITES)
def test_a_viewers_connection_writes_nothing(made: World, way: str) -> None:
    before = len(made.rows(VIEWER))
    assert shown(made, WRITES[way]).startswith("refused")
    assert len(made.rows(VIEWER)) == before


RAW = (
    "SELECT * FROM main.target",
    "SELECT count(*) FROM main.target",
    'SELECT * FROM "main"."identity_fact"',
    "SELECT rowid FROM main.sighting",
    "WITH target AS (SELECT * FROM main.target) SELECT * FROM target",
    "WITH target AS MATERIALIZED (SELECT * FROM main.target) SELECT * FROM target",
    "WITH RECURSIVE target(d) AS (SELECT description FROM main.target UNION SELECT 'x') SELECT * FROM target",
    "SELECT * FROM (SELECT * FROM main.target) AS target",
    "SELECT (SELECT group_concat(description) FROM main.target) FROM target",
    "SELECT 1 WHERE EXISTS (SELECT 1 FROM main.target WHERE originator = 'FR')",
    "SELECT * FROM target t JOIN main.identity_fact f ON f.target_id = t.id",
    "SELECT sql FROM sqlite_master",
    "SELECT sql FROM sqlite_temp_master",
    "SELECT * FROM sqlite_temp_schema",
    "SELECT * FROM pragma_table_list",
    "PRAGMA temp.table_list",
    "PRAGMA database_list",
    "PRAGMA query_only=OFF",
    "PRAGMA writable_schema=ON",
    "PRAGMA trusted_schema=ON",
    "ATTACH DATABASE ':memory:' AS other",
    "DETACH DATABASE temp",
    "DROP VIEW temp.target",
    "CREATE TEMP VIEW mine AS SELECT * FROM main.target",
    "CREATE TEMP TABLE copy AS SELECT * FROM main.target",
    "CREATE TEMP TRIGGER t INSTEAD OF INSERT ON target BEGIN SELECT * FROM main.target; END",
    "ALTER TABLE main.target RENAME TO open_target",
    "VACUUM INTO '/tmp/never.db'",
    "REINDEX",
    "ANALYZE",
    "SELECT load_extension('x')",
    "SELECT sqlcipher_export('other')",
    "SELECT fts3_tokenizer('x')",
    "SELECT gate_partner(0)",
    "SELECT * FROM dbstat",
    "SELECT * FROM json_each('[1]')",
    "INSERT INTO target SELECT * FROM main.target",
    "DELETE FROM main.target",
    "UPDATE main.target SET originator = 'ES'",
    "EXPLAIN SELECT * FROM target",
    "EXPLAIN QUERY PLAN SELECT * FROM target LEFT JOIN identity_fact ON 1",
    " /* x */ -- y\n ; explain query plan SELECT 1",
)


@pytest.mark.parametrize("sql", RAW)
def test_raw_sql_round_the_views_is_refused(made: World, sql: str) -> None:
    told = shown(made, lambda conn: conn.exec_driver_sql(sql).fetchall())
    assert told.startswith("refused"), told
    raw = shown(made, lambda conn: conn.connection.driver_connection.execute(sql).fetchall())
    assert leaks(made, raw) == []


def test_the_name_of_an_inner_view_is_told_by_no_error_or_plan(made: World) -> None:
    with made.db.reading(VIEWER) as conn:
        names = conn.connection.driver_connection.seat.views
    assert names
    for sql in (
        *RAW,
        "SELECT nothing FROM target",
        "SELECT * FROM identity_fact WHERE",
        "SELECT target.x FROM target",
    ):
        told = shown(made, lambda conn, sql=sql: conn.exec_driver_sql(sql).fetchall())
        assert not any(name in told for name in names)


def test_a_view_that_can_be_named_would_leak(made: World) -> None:
    """The twin: with an inner view of a known name, a common table expression of that name reads the table."""
    with made.db.reading(VIEWER) as conn:
        name = next(view for view in conn.connection.driver_connection.seat.views if view.endswith("_target"))
        stolen = conn.exec_driver_sql(f'WITH "{name}" AS (SELECT * FROM main.target) SELECT * FROM "{name}"')
        assert leaks(made, repr(stolen.fetchall()))


def test_two_connections_have_different_inner_names(made: World) -> None:
    with made.db.reading(VIEWER) as one, made.db.reading(VIEWER) as other:
        first, second = (conn.connection.driver_connection.seat.views for conn in (one, other))
    assert not first & second


def test_between_transactions_a_connection_shows_nothing(made: World) -> None:
    with made.db.reading(VIEWER) as conn:
        held = conn.connection.driver_connection
        assert held.execute("SELECT count(*) FROM target").fetchone()[0] > 0
    assert held.execute("SELECT count(*) FROM target").fetchone()[0] == 0
    assert held.execute("SELECT count(*) FROM contact").fetchone()[0] == 0


def test_canaries_are_in_the_record() -> None:
    from maoc_tui.domain.gate import Statement
    from maoc_tui.domain.marking import default

    assert canary(Statement("a-b", default("ES"), 0)) == "CANARYab"
