"""What a search looks in: which columns of which tables, whose record a row belongs to, and when it was said.

The same statement is read twice: whole, by whoever keeps the index, and through a viewer's connection, where a
table is what the gate shows of it. A table that is to be found in needs a line here and triggers of its own
(migration 0024 has those of the first ones); a test holds the two together.
"""

# ruff: noqa: S608 – nothing here comes from outside: names of tables and columns
from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """One table with text to be found."""

    table: str
    record: str
    """Kind of the record a row belongs to: a name in RECORDS."""
    owner: str
    """That record's id, in SQL over the row ``t``."""
    when: str
    """When it was said or happened, milliseconds, in SQL over ``t``."""
    texts: tuple[str, ...]
    names: bool = False
    """Names and numbers: written together as often as apart."""
    only: str = ""
    """Which rows, in SQL over ``t``; "" for all."""
    identifier: str = "0"
    """Whether it is a number or mark that identifies, in SQL over ``t``."""
    gone: str = "0"
    """Whether a later row says otherwise, in SQL over ``t``."""
    marked: bool = True
    """It carries a marking of its own."""


@dataclass(frozen=True, slots=True)
class Record:
    """Something that can be found and opened."""

    title: str
    """Of the group, in the plural."""
    table: str
    key: str = "id"
    prefix: str = ""
    """Of its reference; "" where it has none of that form."""
    number: str = "number"


RECORDS: dict[str, Record] = {
    "target": Record("Targets", "target", prefix="T"),
    "contact": Record("Traffic", "contact", "key"),
    "operation": Record("Operations", "operation", prefix="OP"),
    "seizure": Record("Seizures", "seizure", prefix="SZ"),
    "request": Record("Requests", "request", prefix="RQ"),
    "clock": Record("Clocks", "clock", prefix="CK"),
    "asset": Record("Assets", "asset", prefix="AS"),
    "watch": Record("Watch log", "watch_line", prefix="W"),
    "alert": Record("Alerts", "alert", prefix="AL"),
    "officer": Record("Officers", "officer"),
}
"""Kinds of records in the order they are listed."""


_SAID = "t.entered_ms"
_STANDS = "NOT t.withdrawal"
"""A row that only takes back another says nothing to be found."""


_IDENTIFIES = "t.attribute IN ('mmsi', 'imo', 'call_sign', 'flight', 'registration', 'hex', 'hull_mark')"


def _of(kind: str) -> str:
    return f"t.{kind}_id"


def _through(table: str, column: str, by: str) -> str:
    return f"(SELECT p.{column} FROM {table} p WHERE p.id = t.{by})"


def _replaced(table: str, column: str = "replaces") -> str:
    return f"EXISTS (SELECT 1 FROM {table} n WHERE n.{column} = t.id)"


def _seizure_line(table: str, *texts: str) -> Source:
    return Source(
        table, "seizure", _of("seizure"), _SAID, (*texts, "text"),
        only=_STANDS, gone=_replaced(table),
    )  # fmt: skip


SOURCES: dict[str, Source] = {
    source.table: source
    for source in (
        Source("target", "target", "t.id", "t.updated_ms", ("designation", "description", "area")),
        Source(
            "identity_fact", "target", _of("target"), _SAID, ("value", "raw"), names=True,
            only=_STANDS, identifier=_IDENTIFIES, gone=_replaced("identity_fact"),
        ),
        Source("sighting", "target", _of("target"), "t.seen_ms", ("text",)),
        Source(
            "assignment_event", "target", _through("assignment", "target_id", "assignment_id"), _SAID,
            ("reason",), marked=False,
        ),
        Source("zone_override", "target", _of("target"), _SAID, ("reason",), only="t.target_id IS NOT NULL"),
        Source(
            "contact_identity", "contact", "t.key", "t.last_ms", ("value",), names=True, marked=False,
            identifier=_IDENTIFIES,
            only="t.attribute IN ('name', 'call_sign', 'flight', 'imo', 'registration', 'destination')",
        ),
        Source("operation", "operation", "t.id", _SAID, ("name",)),
        Source("log_line", "operation", _of("operation"), "t.at_ms", ("text",), gone=_replaced("log_line", "corrects")),
        Source(
            "operation_act", "operation", _of("operation"), "t.at_ms", ("who", "authority", "text"), marked=False
        ),
        Source("check_in", "operation", _of("operation"), "t.at_ms", ("team", "text"), marked=False),
        Source(
            "operation_assignment_event", "operation",
            _through("operation_assignment", "operation_id", "assignment_id"), _SAID, ("reason",), marked=False,
        ),
        Source("intercept_option", "operation", _of("operation"), "t.at_ms", ("reason",)),
        Source("seizure", "seizure", "t.id", "t.from_ms", ("text",)),
        _seizure_line("seizure_find", "substance", "hidden"),
        Source(
            "seizure_weighing", "seizure", _through("seizure_find", "seizure_id", "find_id"), _SAID, ("text",),
            only=_STANDS, gone=_replaced("seizure_weighing"),
        ),
        _seizure_line("seizure_persons", "nationality"),
        _seizure_line("seizure_stated", "value"),
        _seizure_line("seizure_transfer", "item", "giver", "taker", "seal", "place", "file"),
        Source("request", "request", "t.id", _SAID, ("grounds", "position")),
        Source(
            "request_event", "request", _of("request"), "t.at_ms", ("who", "scope", "conditions", "text"),
            marked=False,
        ),
        Source("clock", "clock", "t.id", "t.start_ms", ("text",)),
        Source("asset", "asset", "t.id", _SAID, ("name",), names=True),
        Source("asset_profile", "asset", _of("asset"), _SAID, ("base", "said")),
        Source("asset_report", "asset", _of("asset"), "t.as_of_ms", ("text",)),
        Source("tasking", "asset", _of("asset"), _SAID, ("words",)),
        Source(
            "tasking_event", "asset", _through("tasking", "asset_id", "tasking_id"), "t.at_ms", ("who", "text"),
            marked=False,
        ),
        Source(
            "watch_line",
            "watch",
            "t.id",
            "t.at_ms",
            ("text",),
            only=_STANDS,
            gone=_replaced("watch_line", "corrects"),
        ),
        Source("alert", "alert", "t.id", "t.last_ms", ("because", "rule"), marked=False),
        Source(
            "alert_word", "alert", "t.alert_id", _SAID, ("text",),
            only="EXISTS (SELECT 1 FROM alert a WHERE a.id = t.alert_id)",
        ),
        Source("officer", "officer", "t.id", _SAID, ("name", "agency", "note"), marked=False),
    )
}  # fmt: skip
"""Table to what is found in it."""
