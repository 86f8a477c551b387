"""Assets of partners, what is told of them, their taskings, and the options considered for an interception."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MARKING = ("originator", "handling", "tlp", "classification", "grade", "releasable_to", "caveat")
TABLES = ("asset", "asset_profile", "asset_report", "tasking", "tasking_event", "intercept_option")


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _times(*names: str, nullable: bool = False) -> list[sa.Column[int]]:
    return [sa.Column(name, _LONG, nullable=nullable) for name in names]


def _numbers(*names: str, nullable: bool = True) -> list[sa.Column[float]]:
    return [sa.Column(name, sa.Float, nullable=nullable) for name in names]


def _whole(*names: str, nullable: bool = False) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer, nullable=nullable) for name in names]


def _flags(*names: str, nullable: bool = True) -> list[sa.Column[bool]]:
    return [sa.Column(name, sa.Boolean, nullable=nullable) for name in names]


def _of(name: str, *owners: str, nullable: bool = False) -> list[sa.Column[Any]]:
    return [
        sa.Column(
            f"{owner}_id",
            sa.Uuid,
            sa.ForeignKey(f"{owner}.id", name=f"fk_{name}_{owner}_id"),
            nullable=nullable,
        )
        for owner in owners
    ]


def _line(name: str, *columns: Any, marked: bool = True) -> None:
    """A table of lines in order of entry, with an index on each column that names another row."""
    op.create_table(
        name,
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.Uuid, nullable=False),
        *(_texts(*_MARKING) if marked else ()),
        *columns,
        *_texts("entered_by"),
        *_times("entered_ms"),
    )
    op.create_index(f"ix_{name}_id", name, ["id"], unique=True)
    for column in columns:
        if isinstance(column, sa.Column) and (column.foreign_keys or column.name == "number"):
            op.create_index(f"ix_{name}_{column.name}", name, [column.name], unique=column.name == "number")


def upgrade() -> None:
    """Make the tables and their guards."""
    _assets()
    _taskings()
    _options()
    if op.get_bind().dialect.name == "sqlite":
        _guards()


def _assets() -> None:
    named = sa.CheckConstraint("owner <> '' AND name <> ''", name="named")
    _line("asset", *_whole("number"), *_texts("name", "kind", "owner"), named)
    _line(
        "asset_profile",
        *_of("asset_profile", "asset"),
        *_texts("base"),
        *_numbers("base_lat", "base_lon"),
        *_numbers("cruise_kn", "max_kn", nullable=False),
        *_numbers("endurance_h", "range_nm"),
        *_flags("team"),
        *_numbers("sea_value"),
        *_texts("sea_unit"),
        *_flags("daylight"),
        *_texts("said"),
    )
    _line(
        "asset_report",
        *_of("asset_report", "asset"),
        *_times("as_of_ms"),
        *_times("expires_ms", nullable=True),
        *_texts("availability"),
        *_whole("ready_min", nullable=True),
        *_numbers("lat", "lon", "course", "speed_kn", "fuel_h"),
        *_flags("at_base", nullable=False),
        *_texts("text"),
    )


def _taskings() -> None:
    _line(
        "tasking",
        *_whole("number"),
        *_of("tasking", "asset", "operation"),
        *_of("tasking", "target", nullable=True),
        *_texts("words"),
    )
    _line(
        "tasking_event",
        *_of("tasking_event", "tasking"),
        *_texts("act"),
        *_times("at_ms"),
        *_texts("who", "channel", "text", "partner"),
        marked=False,
    )


def _options() -> None:
    _line(
        "intercept_option",
        *_of("intercept_option", "operation", "asset", "target"),
        *_whole("set_number"),
        *_flags("chosen", nullable=False),
        *_texts("reason"),
        *_times("at_ms"),
        *_times("contact_ms", nullable=True),
        *_numbers("lat", "lon", "course"),
        *_texts("zone", "law", "limiting", "track", "pace", "what_if"),
        sa.CheckConstraint("reason <> ''", name="reason"),
    )


def _guards() -> None:
    for name in TABLES:
        for act, words in (("DELETE", "is never deleted"), ("UPDATE", "is append-only")):
            op.execute(
                f"CREATE TRIGGER {name}_{act.lower()} BEFORE {act} ON {name}"
                f" BEGIN SELECT RAISE(ABORT, '{name} {words}'); END"
            )
