"""Lists of the record as files for other programs: through the viewer's own eyes, each row with its marking.

A row's marking is that of every statement it tells anything of, as in the brief.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from maoc_tui.brief.cells import table
from maoc_tui.brief.document import Place
from maoc_tui.brief.place_forms import as_geojson, as_gpx, as_kml
from maoc_tui.desk import listing
from maoc_tui.desk.access import permit
from maoc_tui.desk.brief_judge import combined
from maoc_tui.desk.brief_reading import gather
from maoc_tui.desk.export_files import Outbox
from maoc_tui.desk.export_rows import ROWS, Row, Values
from maoc_tui.desk.journal import note
from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import from_ms, to_ms
from maoc_tui.domain.gate import Statement
from maoc_tui.domain.roles import Act
from maoc_tui.domain.text import printable, safe_line
from maoc_tui.domain.times import format_dtg
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store import brief_reading as store

TABLES, PLACES = ("csv", "json"), ("geojson", "kml", "gpx")
FORMS = (*TABLES, *PLACES)
_TRAFFIC = "traffic as received"


@dataclass(frozen=True, slots=True)
class Exported:
    """A list as a file."""

    name: str
    data: bytes
    rows: int
    unreadable: tuple[str, ...]
    """Records that could not be read, and so are not in it."""


def export(room: Room, viewer: Viewer, what: str, form: str) -> Exported:
    """A list in a form; that it was taken out is in the journal when this returns. Raises NotPermitted, BadInput."""
    permit(room, viewer, Act.EXPORT)
    kind, word = parse_what(what), form.strip().lower().removeprefix(".")
    if word not in FORMS or (word in PLACES and kind not in _PLACED):
        fitting = FORMS if kind in _PLACED else TABLES
        raise BadInput(f"{kind} cannot be had as {form[:20]!r}.", f"Choose from {', '.join(fitting)}.")
    if kind == "contacts":
        rows, places, broken = _contacts(room, viewer)
    else:
        rows, places, broken = _governed(room, viewer, kind)
    now = room.clock.now_ms()
    made = Exported(
        f"{kind}_{format_dtg(from_ms(now))}.{word}", _written(kind, word, rows, places), len(rows), broken
    )
    with room.db.bookkeeping() as conn:
        note(conn, viewer, now, "export", kind, made.name, detail=f"{len(rows)} rows as {word}")
    return made


def save(made: Exported, folder: Path) -> Path:
    """Put an exported list into a folder, never over another file. Raises BadInput, StoreProblem."""
    with Outbox(folder) as out:
        return out.put(made.name, made.data)


def parse_what(text: str) -> str:
    """Which list is meant; raises BadInput."""
    word = text.strip().lower()
    if word not in WHAT:
        raise BadInput(
            f"{printable(text, 20)!r} is no list that can be exported.", f"Choose from {', '.join(WHAT)}."
        )
    return word


def _written(kind: str, form: str, rows: Sequence[Values], places: Sequence[Place]) -> bytes:
    if form == "json":
        told = [
            {key: safe_line(value) if isinstance(value, str) else value for key, value in row.items()}
            for row in rows
        ]
        return (json.dumps(told, ensure_ascii=False, indent=1, default=_plain) + "\n").encode()
    if form == "csv":
        flat = [[_flat(value) for value in row.values()] for row in rows]
        return table(tuple(rows[0]) if rows else ("ref",), flat).encode()
    if form == "kml":
        return as_kml(places, f"MAOC (N) {kind}").encode()
    return (as_geojson(places) if form == "geojson" else as_gpx(places)).encode()


def _plain(value: Any) -> Any:
    """A number of numpy as one of Python."""
    return value.item()


def _flat(value: Any) -> Any:
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else value


def _governed(room: Room, viewer: Viewer, kind: str) -> tuple[list[Values], list[Place], tuple[str, ...]]:
    """Rows and places of one kind on one connection of the viewer's, each with the marking of its statements."""
    now = room.clock.now_ms()
    with room.db.reading(viewer) as conn:
        made = gather(room, viewer, conn, 0, now + 1)
        found = made.whole(kind, lambda: list(ROWS[kind](made)), list[Row]())
        wanted: dict[str, set[str]] = defaultdict(set)
        for cite in (cite for one in found for cite in one.entry.cites):
            wanted[cite.kind].add(cite.id)
        faults: dict[str, str] = {}
        held = store.statements(conn, wanted, faults)
    bad = [(one.entry.ref, cite.id) for one in found for cite in one.entry.cites if cite.id in faults]
    made.broken += [f"{ref} ({faults[identifier]})" for ref, identifier in bad]
    sound = [one for one in found if all(cite.id in held for cite in one.entry.cites)]
    rows = [{**one.values, "marking": str(combined(held, one.entry.cites))} for one in sound]
    places = list(made.tell(sound, lambda one: one.entry.ref, lambda one: _place(one, held)))
    return rows, places, tuple(dict.fromkeys(made.broken))


def _place(one: Row, held: Mapping[str, Statement]) -> Iterator[Place]:
    if one.entry.spot is not None:
        spot = one.entry.spot.on_earth()
        yield Place(
            one.entry.ref, printable(spot.label, 60), spot.kind, spot.lat, spot.lon, spot.radius_nm, spot.how,
            spot.at_ms, str(combined(held, one.entry.cites)),
        )  # fmt: skip


WHAT = ("contacts", *ROWS)
_PLACED = ("contacts", "targets", "assets")


def _contacts(room: Room, viewer: Viewer) -> tuple[list[Values], list[Place], tuple[str, ...]]:
    """Traffic carries no marking of its own: it is open to whoever may read traffic."""
    rows = [{**row, "marking": _TRAFFIC} for row in listing.contacts(room, viewer).rows]
    places = [
        Place(
            row["contact"],
            row["name"] or "",
            row["class"],
            row["lat"],
            row["lon"],
            0.0,
            "fix",
            _ms(row["at"]),
            _TRAFFIC,
        )
        for row in rows
        if row["lat"] is not None
    ]
    return rows, places, ()


def _ms(told: str | None) -> int | None:
    return to_ms(datetime.fromisoformat(told)) if told else None
