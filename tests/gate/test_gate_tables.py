"""Somebody decided of every table who may read it; what nobody decided, no viewer reads."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from gate_world import World, officer, world
from sqlalchemy import MetaData, Text, Uuid

from maoc_tui.problems import StoreProblem
from maoc_tui.store import schema
from maoc_tui.store.gate_tables import (
    ABOUT,
    BESIDE,
    BY_RIGHT,
    DENIED,
    DIRECTORY,
    FOLLOWING,
    GOVERNED,
    OPEN,
    RELEASES,
)
from maoc_tui.store.markings import COLUMNS

REGISTERS = (GOVERNED, FOLLOWING, ABOUT, BESIDE, BY_RIGHT, OPEN, DENIED, {RELEASES, DIRECTORY})


def undecided(metadata: MetaData) -> list[str]:
    """What is wrong with the registers, in words."""
    found = []
    for name, table in metadata.tables.items():
        times = sum(name in register for register in REGISTERS)
        if times != 1:
            found.append(f"{name} stands in {times} registers of store.gate_tables")
        marked = set(COLUMNS) <= set(table.c.keys())
        if marked != (name in GOVERNED):
            found.append(f"{name} is {'' if marked else 'not '}marked")
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world(tmp_path_factory.mktemp("gate") / "maoc.db") as opened:
        yield opened


def test_every_table_stands_in_exactly_one_register() -> None:
    assert undecided(schema.metadata()) == []


def test_a_new_table_that_nobody_decided_on_is_found() -> None:
    """The twin: a marked table and an unmarked one, in no register."""
    from sqlalchemy import Column, Table

    metadata = MetaData()
    Table("secret_note", metadata, Column("id", Uuid), *(Column(name, Text) for name in COLUMNS))
    Table("address_book", metadata, Column("id", Uuid))
    assert len(undecided(metadata)) == 3


def test_the_columns_the_gate_compares_are_there_and_of_one_kind() -> None:
    tables = schema.metadata().tables
    for name, kind in GOVERNED.items():
        assert isinstance(tables[name].c.id.type, Uuid), f"a release names the id of {name}"
        assert not tables[name].c[kind.recorded].nullable
        for above in kind.line_of:
            assert tables[name].c[above.column].nullable == above.alone
            assert above.table in GOVERNED
    for name, kind in FOLLOWING.items():
        assert not tables[name].c[kind.column].nullable
        assert kind.table in {*GOVERNED, *ABOUT, *FOLLOWING, *BESIDE, RELEASES}
    for name, beside in BESIDE.items():
        assert beside.named
        for column, above_it in beside.named:
            assert tables[name].c[column].nullable
            assert above_it in GOVERNED
    for name, about in ABOUT.items():
        assert {"id", "target_id"} <= set(tables[name].c.keys())
        assert {"statement_id", about.column} <= set(tables[about.lines].c.keys())


def test_every_reference_from_a_marked_row_to_another_is_closed_over() -> None:
    for name, kind in GOVERNED.items():
        for column in schema.metadata().tables[name].c:
            to = {key.column.table.name for key in column.foreign_keys} & {*GOVERNED} - {name}
            closed = {(above.column, above.table) for above in kind.line_of}
            assert {(column.name, table) for table in to} <= closed, f"{name} would outlive what it names"


@pytest.mark.parametrize("name", sorted({*DENIED, "alembic_version", "sqlite_schema", "sqlite_master"}))
def test_what_is_denied_is_not_read_by_any_name(made: World, name: str) -> None:
    for sql in (f"SELECT * FROM {name}", f"SELECT count(*) FROM main.{name}", f"SELECT 1 FROM {name}"):
        with pytest.raises(StoreProblem), made.db.reading(officer("ES")) as conn:
            conn.exec_driver_sql(sql).fetchall()


def test_a_table_in_no_register_is_refused(made: World) -> None:
    with made.db.writing() as conn:
        conn.exec_driver_sql("CREATE TABLE address_book (name TEXT)")
    with pytest.raises(StoreProblem), made.db.reading(officer("ES")) as conn:
        conn.exec_driver_sql("SELECT * FROM address_book")


def test_no_register_names_a_table_that_does_not_exist() -> None:
    known = {*schema.metadata().tables}
    assert {name for register in REGISTERS for name in register} <= known


@pytest.mark.parametrize(
    "name", sorted({*GOVERNED, *FOLLOWING, *ABOUT, *BESIDE, *BY_RIGHT, RELEASES, DIRECTORY, *OPEN})
)
def test_every_open_table_can_be_read_and_counted(made: World, name: str) -> None:
    with made.db.reading(officer("ES")) as conn:
        rows = conn.exec_driver_sql(f'SELECT * FROM "{name}"').fetchall()
        assert conn.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar() == len(rows)


@pytest.mark.parametrize(
    "name", sorted({*GOVERNED, *FOLLOWING, *ABOUT, *BESIDE, *BY_RIGHT, RELEASES, DIRECTORY})
)
def test_a_count_of_the_table_itself_is_refused(made: World, name: str) -> None:
    with pytest.raises(StoreProblem), made.db.reading(officer("ES")) as conn:
        conn.exec_driver_sql(f'SELECT count(*) FROM main."{name}"')
