"""``maoc clocks``: what runs out next; clocks that are started and stopped by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from maoc_tui.cli.answers import answer, db_option, json_option, room, table, viewer
from maoc_tui.cli.marking_options import chosen_marking, marking_options

if TYPE_CHECKING:
    from maoc_tui.desk.request_snapshots import ClockLine


@click.group(name="clocks", invoke_without_command=True)
@click.option(
    "--ack", metavar="REF", help="You heard the bell of clock REF: no terminal rings for that again."
)
@json_option
@db_option
@click.pass_context
def command(ctx: click.Context, ack: str | None, as_json: bool, db: str | None) -> None:
    """Every clock that runs, the soonest first; start and stop one by hand, acknowledge its bell."""
    if ctx.invoked_subcommand is not None:
        return
    with room(db) as here:
        from maoc_tui.desk import clocks

        who, now = viewer(here), here.clock.now_ms()
        found = clocks.acknowledge(here, who, ack) if ack else clocks.running(here, who)
        rows = [_json(line, now) for line in found]
        columns = ("clock", "ref", "target", "due", "chase", "left", "stage", "title", "heard")
        answer(as_json, rows, lambda: table(rows, columns) if rows else "No clock runs.")


@command.command()
@click.argument("ref")
@click.argument("clock")
@click.option("--at", metavar="TIME", default="", help="When it began; now when not given.")
@click.option("--text", default="", help="What happened.")
@marking_options
@json_option
@db_option
def start(ref: str, clock: str, as_json: bool, db: str | None, **given: Any) -> None:
    """Start a clock with legal effect on target REF.

    CLOCK is C5 (summary of evidence, from discovery), C6 (claim to jurisdiction, from receipt of the summary), C7
    (report of a pursuit, from its end) or C8 (persons before a judge, from deprivation of liberty).
    """
    with room(db) as here:
        from maoc_tui.desk import clocks

        who = viewer(here)
        given["marking"] = chosen_marking(given, who.partner)
        say(clocks.start(here, who, ref, clock, **given), here.clock.now_ms(), as_json)


@command.command()
@click.argument("ref")
@click.argument("text")
@click.option("--at", metavar="TIME", required=True, help="When it is due: 0500Z, 150500Z.")
@marking_options
@json_option
@db_option
def add(ref: str, text: str, at: str, as_json: bool, db: str | None, **given: Any) -> None:
    """Let a line with a time run as a clock on target REF: maoc clocks add T-0417 "call Dakar" --at 0500Z."""
    with room(db) as here:
        from maoc_tui.desk import clocks

        who = viewer(here)
        marking = chosen_marking(given, who.partner)
        say(clocks.add(here, who, ref, text, at, marking=marking), here.clock.now_ms(), as_json)


@command.command()
@click.argument("ref")
@click.argument("reason")
@click.option("--at", metavar="TIME", default="", help="When it was done; now when not given.")
@json_option
@db_option
def stop(ref: str, reason: str, at: str, as_json: bool, db: str | None) -> None:
    """Stop clock REF (CK-0007), with the reason; it stays in the record."""
    with room(db) as here:
        from maoc_tui.desk import clocks

        say(clocks.stop(here, viewer(here), ref, reason, at=at), here.clock.now_ms(), as_json)


def say(line: ClockLine, now_ms: int, as_json: bool) -> None:
    """Answer with a clock as it stands."""
    from maoc_tui.domain.text import printable

    value = _json(line, now_ms)
    said = f"{line.ref} {line.target} {value['clock'] or ''} {line.title}".replace("  ", " ")
    due = f"due {value['due']}" if value["due"] else f"no limit, to be chased at {value['chase']}"
    end = f"stopped: {line.stopped}" if line.stopped else f"{due}, {value['left']} left"
    answer(as_json, value, lambda: printable(f"{said}: {end}", 500))


def _json(line: ClockLine, now_ms: int) -> dict[str, Any]:
    from maoc_tui.domain.units import format_age

    left = line.left_ms(now_ms)
    return {
        "clock": line.clock or None,
        "ref": line.ref,
        "target": line.target,
        "started": _iso(line.start_ms),
        "due": None if line.due_ms is None else _iso(line.due_ms),
        "chase": _iso(line.half_ms),
        "left": ("-" if left < 0 else "") + format_age(abs(left) // 1000),
        "left_s": left // 1000,
        "stage": line.stage.name.lower(),
        "title": line.title,
        "text": line.text or None,
        "heard": line.heard(now_ms) or None,
        "by_hand": line.by_hand,
        "stopped": line.stopped or None,
        "limit": line.limit,
        "on_expiry": line.on_expiry,
        "citation": line.cite,
        "verification": line.verification,
    }


def _iso(ms: int) -> str:
    from maoc_tui.domain.clock import from_ms

    return from_ms(ms).strftime("%Y-%m-%dT%H:%M:%SZ")
