"""``maoc log``: a line into the log of an operation, in two seconds; corrections; a line that becomes a clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from maoc_tui.cli import op_json
from maoc_tui.cli.answers import answer, db_option, json_option, room, viewer
from maoc_tui.cli.marking_options import chosen_marking, marking_options

if TYPE_CHECKING:
    from maoc_tui.desk.operation_snapshots import LogEntry

DAY_MS = 86_400_000


@click.command(name="log")
@click.argument("ref")
@click.argument("text", nargs=-1)
@click.option("--kind", default="", help="Kind of line; guessed from its words when not given.")
@click.option("--at", metavar="TIME", default="", help="When it happened; as typed in the line, or now.")
@click.option(
    "--correct", "reason", metavar="REASON", default="", help="REF is a line; write what it should have said."
)
@click.option(
    "--clock", is_flag=True, help="REF is a line with a time: let it run as a clock until it is stopped."
)
@click.option(
    "--target", metavar="T-0417", default="", help="With --clock: which target, where there are several."
)
@click.option("--client-id", metavar="ID", default="", help="Name of a draft: sent twice it stands once.")
@marking_options
@json_option
@db_option
def command(ref: str, text: tuple[str, ...], as_json: bool, db: str | None, **given: Any) -> None:
    """Write a line into the log of operation REF: maoc log OP-0031 0312 boarding, two aboard.

    Without TEXT the log is listed. REF is a line (OP-0031/14) with --correct and with --clock.
    """
    with room(db) as here:
        from maoc_tui.desk import operation_log

        who, line = viewer(here), " ".join(text)
        marking, reason, clock = chosen_marking(given, who.partner), given.pop("reason"), given.pop("clock")
        target, kind, at = given.pop("target"), given.pop("kind"), given.pop("at")
        if clock:
            from maoc_tui.cli.clocks import say

            due = operation_log.clock(here, who, ref, target=target, at=at, marking=marking)
            say(due, here.clock.now_ms(), as_json)
        elif reason:
            _say(operation_log.correct(here, who, ref, line, reason, kind=kind, at=at), as_json)
        elif line:
            entry = operation_log.log(here, who, ref, line, kind=kind, at=at, marking=marking, **given)
            _say(entry, as_json)
        else:
            found = operation_log.entries(here, who, ref)
            answer(as_json, [op_json.entry(one) for one in found], lambda: _listed(found))


def _say(line: LogEntry, as_json: bool) -> None:
    from maoc_tui.domain.clock import from_ms
    from maoc_tui.domain.marking import who_reads
    from maoc_tui.domain.text import printable
    from maoc_tui.domain.times import format_dtg

    warned = [f"! {line.warning}"] if line.warning else []
    if line.figure:
        warned.append(f"! {line.figure} stays in the text: it was not taken for a time, the time is now.")
    if line.at_ms // DAY_MS != line.entered_ms // DAY_MS:
        warned.append(f"! Of another day than today: {format_dtg(from_ms(line.at_ms))}.")
    lines = [op_json.timed(line).strip(), who_reads(line.marking), *warned]
    answer(as_json, op_json.entry(line), lambda: "\n".join(printable(text, 2400) for text in lines))


def _listed(found: tuple[LogEntry, ...]) -> str:
    from maoc_tui.domain.text import printable

    return "\n".join(printable(op_json.timed(line).strip(), 2400) for line in found) or "The log is empty."
