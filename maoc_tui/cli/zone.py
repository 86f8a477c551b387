"""``maoc zone``: in whose waters positions lie, one by one or a file of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from maoc_tui.cli.answers import answer, database_path, db_option, json_option, room, viewer
from maoc_tui.cli.writing import replacing
from maoc_tui.problems import BadInput

if TYPE_CHECKING:
    from maoc_tui.desk.zone_hand import Waters
    from maoc_tui.desk.zones import ZoneAnswer
    from maoc_tui.geo.zonemodel import Area


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("position", nargs=-1, type=click.UNPROCESSED)
@click.option("--radius", type=float, default=0.0, metavar="NM", help="Radius of the position's error, nm.")
@click.option(
    "--course", type=float, metavar="DEG", help="Course, degrees true; with --speed: the zone met next."
)
@click.option("--speed", type=float, metavar="KN", help="Speed, knots.")
@click.option(
    "--batch", "batch_file", type=click.Path(path_type=Path), help="A CSV with lat,lon[,id,radius_nm]."
)
@click.option("--out", type=click.Path(path_type=Path), help="Where the batch's answers go.")
@db_option
@json_option
def command(
    position: tuple[str, ...],
    radius: float,
    course: float | None,
    speed: float | None,
    batch_file: Path | None,
    out: Path | None,
    db: str | None,
    as_json: bool,
) -> None:
    """In whose waters is POSITION, and how far to each line.

    A position may be one argument or several: 38 42.5N 009 08.2W, 38.708,-9.137, 3842N00908W. Give each of several
    positions its own quotes.
    """
    if (batch_file is None) != (out is None):
        raise BadInput("--batch and --out belong together.", "Name the file to read and the file to write.")
    if batch_file is not None and out is not None:
        if position or course is not None or speed is not None:
            raise BadInput(
                "Positions, course and speed cannot be given with --batch.",
                "Leave one or the other out.",
            )
        with open_waters(db) as zones_here:
            _batch(zones_here, batch_file, out, as_json)
        return
    from maoc_tui.desk import zones

    if (course is None) != (speed is None):
        raise BadInput("--course and --speed belong together.", "Give both, or neither.")
    places = read_positions(position)
    with open_waters(db) as zones_here:
        answers = [zones.answer(zones_here, place.lat, place.lon, radius) for place in places]
        if course is None or speed is None:
            told = "\n\n".join(map(_told, answers))
            answer(as_json, [zones.as_json(given) for given in answers], told)
        else:
            _with_next(zones_here, answers, course, speed, as_json)


def _with_next(index: Waters, answers: list[ZoneAnswer], course: float, speed: float, as_json: bool) -> None:
    """The answers with the zone met next on a course from now on."""
    from maoc_tui.desk import zone_ahead, zones
    from maoc_tui.domain.clock import Clock

    zone_ahead.check(course, speed)
    now = Clock().now_ms()
    values, told = [], []
    for given in answers:
        following = zone_ahead.ahead(index, given.lat, given.lon, course, speed, now)
        text = zone_ahead.banner(given, following, speed)
        values.append({**zones.as_json(given), "next": zone_ahead.as_json(following, text)})
        met = (
            []
            if following is None
            else [f"  next: {following.line(now, zone_ahead.zulu(following.at_ms))}, {following.position}"]
        )
        told.append("\n".join([_told(given, text), *met]))
    answer(as_json, values, lambda: "\n\n".join(told))


@contextmanager
def open_waters(db: str | None) -> Iterator[Waters]:
    """The zones in force: the active dataset with what was entered by hand in the database, where there is one."""
    from maoc_tui.desk.zone_hand import Waters, waters

    if db is None and not database_path(db).exists():
        from maoc_tui.desk.zone_editions import active_path
        from maoc_tui.geo.zones import ZoneIndex

        yield Waters(ZoneIndex.open(active_path()))
        return
    with room(db) as here:
        yield waters(here, viewer(here))


def read_positions(words: tuple[str, ...]) -> list[Any]:
    """Positions from the command line: each word one, or all words together one. Raises BadInput."""
    from maoc_tui.domain.units import parse_position

    if not words:
        raise BadInput("No position was given.", "Try: maoc zone 38 42.5N 009 08.2W")
    if len(words) > 1:
        try:
            return [parse_position(word) for word in words]
        except BadInput:
            try:
                return [parse_position(" ".join(words))]
            except BadInput:
                if not all(_whole(word) for word in words):
                    raise
    return [parse_position(word) for word in words]


def _whole(word: str) -> bool:
    """A word that looks like a position of its own, so that its own error is the one to tell."""
    return "," in word or " " in word.strip()


def _told(given: ZoneAnswer, text: str = "") -> str:
    from maoc_tui.desk import zones
    from maoc_tui.domain.units import format_course, format_distance_nm

    lines = [f"{given.position}  {text or given.text}"]
    if given.area is not None and given.override is None:
        lines.append(f"  {given.area.name}; {given.area.status}, {given.area.basis}")
    if given.override is not None:
        below = zones.in_words(given.beneath.kind, given.beneath.states) if given.beneath else "nothing"
        lines.append(f"  {given.override.ref}: {given.override.note}; the dataset says {below}")
    if not given.determined:
        lines += [f"  may be {_named(area)} ({area.status}, {area.basis})" for area in given.candidates]
    for line in given.lines:
        whose = "/".join(line.states)
        name = "coast or border" if line.kind == "land" else f"{line.kind} limit"
        way = f"{format_distance_nm(line.distance_nm)} on {format_course(line.bearing)}"
        lines.append(f"  {way:>20}  {whose} {name} ({line.basis})")
    lines.append(f"  {given.dataset}; not for navigation or legal use")
    return "\n".join(lines)


def _named(area: Area) -> str:
    from maoc_tui.desk.zones import in_words

    return in_words(area.kind, area.states) if area.basis == "hand" else area.name


def _batch(index: Waters, source: Path, out: Path, as_json: bool) -> None:
    import csv

    from maoc_tui.desk import zone_batch

    try:
        with source.open(encoding="utf-8-sig", newline="") as reading, replacing(out) as writing:
            count = zone_batch.batch(index, reading, writing)
    except UnicodeDecodeError:
        raise BadInput(f"{source} is not UTF-8 text.", "Save it as CSV, UTF-8.") from None
    except OSError as error:
        raise BadInput(f"{error.filename}: {error.strerror}.", "Check the path and the rights.") from None
    rejects = None
    if count.rejects:
        rejects = out.with_name(out.name + ".rejects.csv")
        with rejects.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([("line", "field", "reason"), *count.rejects])
    value = {
        "read": count.read,
        "answered": count.answered,
        "rejected": len(count.rejects),
        "rejects_file": str(rejects) if rejects else None,
        "out": str(out),
    }
    said = f"{count.read} read, {count.answered} answered, {len(count.rejects)} rejected"
    answer(as_json, value, said + (f" (see {rejects})." if rejects else "."))
