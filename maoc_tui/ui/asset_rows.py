"""The list of assets and everything on one of them, as rows and lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from maoc_tui.domain.text import printable
from maoc_tui.ui import format as fmt
from maoc_tui.ui.columns import Cell, Column
from maoc_tui.ui.liaison_rows import Listed
from maoc_tui.ui.lines import Line

if TYPE_CHECKING:
    from maoc_tui.desk.asset_snapshots import AssetRow, AssetSheet, TaskLine

COLUMNS = (
    Column("ref", "Asset", 7, 1),
    Column("name", "Name", 12, 1, grow=True),
    Column("owner", "Own", 4, 1),
    Column("kind", "Kind", 10, 2),
    Column("state", "Available", 13, 1),
    Column("age", "Said", 6, 1, right=True),
    Column("task", "Asked for", 22, 1),
    Column("zone", "Waters", 9, 2),
    Column("speed", "kn", 7, 3, right=True),
    Column("base", "Base", 12, 4),
)
_LOOKS = {"available": "good", "on task": "mark", "maintenance": "dim", "unknown": "bad"}
_SIGNS = {"available": "● ", "on task": "▶ ", "maintenance": "○ ", "unknown": "? "}
"""A shape beside the colour for how an asset stands."""
_LABEL = 13


def listed(rows: Sequence[AssetRow], now_ms: int) -> Listed:
    """The list as the desk sorted it: what is not known, or said too long ago, on top."""
    return Listed([(row.ref, row) for row in rows], lambda row: _cells(row, now_ms))


def state(row: AssetRow) -> Cell:
    """How it stands, by shape and colour: unknown is never shown as free."""
    return f"{_SIGNS.get(row.availability, '')}{row.availability}", _LOOKS.get(row.availability, "text")


def _cells(row: AssetRow, now_ms: int) -> Sequence[Cell]:
    told = row.as_of_ms is not None
    age = fmt.age(max(now_ms - row.as_of_ms, 0)) if row.as_of_ms is not None else "never"
    asked = f"{row.task.operation} {row.task.state}" if row.task is not None else ""
    waits = row.task is not None and row.task.waits
    return (
        (row.ref, "mark"),
        (printable(row.name, 60), "strong"),
        (printable(row.owner, 4), "text"),
        (row.kind, "text"),
        state(row),
        (age, "warn" if row.stale else "dim" if told else "warn"),
        (f"{'! ' if waits else ''}{asked}", "warn" if waits else "text"),
        (printable(row.zone, 12), "text"),
        (f"{row.cruise_kn:g}/{row.max_kn:g}", "dim"),
        (printable(row.base, 30), "dim"),
    )


def banner(row: AssetRow) -> tuple[Line, ...]:
    """Which asset that is, and whose."""
    return (
        (
            (f"{row.ref} ", "mark"),
            (printable(row.name, 60), "strong"),
            (f"  {row.kind} of {printable(row.owner, 12)}", "text"),
            (f"  {state(row)[0]}", state(row)[1]),
        ),
    )


def sheet_lines(sheet: AssetSheet, now_ms: int, local: bool) -> list[Line]:
    """One asset: how it counts now, what was told of it, what it was asked for."""
    row = sheet.row
    lines: list[Line] = [*banner(row), *_stands(row, now_ms, local)]
    lines += _titled(
        "It can", [_told(one.as_of_ms, one.text, one.by, now_ms, local) for one in sheet.profiles]
    )
    lines += _titled("Told", [_told(one.as_of_ms, one.text, one.by, now_ms, local) for one in sheet.reports])
    tasks = [line for task in sheet.tasks for line in _task(task, now_ms, local)]
    lines += _titled(f"Asked for, {sheet.hours_on_task:.0f} h on task", tasks)
    return [*lines, (("", "text"),), ((str(row.marking), "dim"),)]


def _stands(row: AssetRow, now_ms: int, local: bool) -> Iterator[Line]:
    if row.as_of_ms is None:
        never = "unknown: nothing was ever told; s tells" if row.told else "not told"
        yield _labelled("availability", never, "bad" if row.told else "dim")
    else:
        since = fmt.short_time(row.as_of_ms, now_ms, local)
        until = f", until {fmt.short_time(row.expires_ms, now_ms, local)}" if row.expires_ms else ""
        if row.stale:
            yield _labelled(
                "availability", f"UNKNOWN: {row.said} was said of {since}{until}; ask again", "bad"
            )
        else:
            yield _labelled("availability", f"{row.availability} as of {since}{until}", state(row)[1])
    if row.lat == row.lat:
        at = f"of {fmt.short_time(row.position_ms, now_ms, local)}" if row.position_ms else "at its base"
        yield _labelled("position", f"{fmt.position(row.lat, row.lon)} {at}  {printable(row.zone, 24)}")
    else:
        unknown = "neither position nor base is known" if row.told else "not told"
        yield _labelled("position", unknown, "warn" if row.told else "dim")
    if row.fuel_h == row.fuel_h:
        yield _labelled("fuel", f"for {row.fuel_h:.0f} h at cruising speed")
    yield _labelled("ready in", f"{row.ready_min} min" if row.ready_told else "not told")


def _told(at_ms: int, text: str, by: str, now_ms: int, local: bool) -> Line:
    return (
        (f"{fmt.short_time(at_ms, now_ms, local):<{_LABEL}} ", "dim"),
        (printable(text, 500), "text"),
        (f"  {printable(by, 40)}", "dim"),
    )


def _task(task: TaskLine, now_ms: int, local: bool) -> Iterator[Line]:
    about = f"{task.operation}{f' {task.target}' if task.target else ''}: {task.words}"
    yield _labelled(task.ref, about, "warn" if task.waits else "text")
    for one in task.events:
        said = "; ".join(filter(None, (one.act, one.who, one.channel, one.text)))
        yield _told(one.at_ms, said, ", ".join(filter(None, (one.by, one.partner))), now_ms, local)


def _titled(title: str, lines: list[Line]) -> list[Line]:
    return [(("", "text"),), ((title, "title"),), *lines] if lines else []


def _labelled(label: str, text: str, look: str = "text") -> Line:
    return ((label.ljust(_LABEL) + " ", "dim"), (printable(text, 600), look))
