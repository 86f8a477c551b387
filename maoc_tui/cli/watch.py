"""``maoc watch``: who holds the watch; its log with promises; the handover, walked and signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from maoc_tui.cli import watch_hand
from maoc_tui.cli import watch_json as shown
from maoc_tui.cli.answers import answer, db_option, json_option, room, table, viewer
from maoc_tui.cli.marking_options import chosen_marking, marking_options

if TYPE_CHECKING:
    from maoc_tui.desk.watch_snapshots import WatchLine, WatchState


@click.group(name="watch", invoke_without_command=True)
@json_option
@db_option
@click.pass_context
def command(ctx: click.Context, as_json: bool, db: str | None) -> None:
    """Who holds the watch; take it, log, promise, hand it over, walk the sheet, sign."""
    if ctx.invoked_subcommand is None:
        with room(db) as here:
            from maoc_tui.desk import watch

            _state(watch.state(here, viewer(here)), as_json)


@command.command()
@json_option
@db_option
def holder(as_json: bool, db: str | None) -> None:
    """Who holds the watch now, and which handover waits."""
    with room(db) as here:
        from maoc_tui.desk import watch

        _state(watch.state(here, viewer(here)), as_json)


@command.command()
@click.option("--gone", metavar="REASON", default="", help="Its holder is gone: why you take it over.")
@json_option
@db_option
def take(gone: str, as_json: bool, db: str | None) -> None:
    """Take the watch that nobody holds; with --gone, over from a holder who is not there."""
    with room(db) as here:
        from maoc_tui.desk import watch

        _state(watch.take(here, viewer(here), gone=gone), as_json)


@command.command()
@click.argument("reason")
@json_option
@db_option
def leave(reason: str, as_json: bool, db: str | None) -> None:
    """End the watch with nobody to take over, with the reason."""
    with room(db) as here:
        from maoc_tui.desk import watch

        _state(watch.leave(here, viewer(here), reason), as_json)


@command.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--kind", default="", help="note, worry, weather or people; or typed before a colon.")
@click.option("--at", metavar="TIME", default="", help="When it happened; as typed in the line, or now.")
@click.option("--due", metavar="TIME", default="", help="When what it promises is due.")
@click.option("--client-id", metavar="ID", default="", help="Name of a draft: sent twice it stands once.")
@marking_options
@json_option
@db_option
def log(text: tuple[str, ...], as_json: bool, db: str | None, **given: Any) -> None:
    """Write a line: maoc watch log 0251 rang Dakar. A time to come makes it a clock: 0500Z call Dakar."""
    with room(db) as here:
        from maoc_tui.desk import watch_log

        who = viewer(here)
        given["marking"] = chosen_marking(given, who.partner)
        _line(watch_log.log(here, who, " ".join(text), **given), as_json)


@command.command()
@click.argument("text")
@click.option("--at", "due", metavar="TIME", default="", help="When it is due; or the time the text names.")
@marking_options
@json_option
@db_option
def promise(text: str, due: str, as_json: bool, db: str | None, **given: Any) -> None:
    """Write a line that must run as a clock: maoc watch promise "call Dakar" --at 0500Z."""
    with room(db) as here:
        from maoc_tui.desk import watch_log

        who = viewer(here)
        _line(watch_log.promise(here, who, text, due, marking=chosen_marking(given, who.partner)), as_json)


@command.command()
@click.argument("ref")
@click.argument("reason")
@click.option("--at", metavar="TIME", default="", help="When it was done; now when not given.")
@json_option
@db_option
def kept(ref: str, reason: str, at: str, as_json: bool, db: str | None) -> None:
    """Say that promise REF (W-0007) is done, or why it is not to be done; its clock stops."""
    with room(db) as here:
        from maoc_tui.desk import watch_log

        _line(watch_log.kept(here, viewer(here), ref, reason, at=at), as_json)


@command.command()
@click.argument("ref")
@click.argument("text")
@click.argument("reason")
@json_option
@db_option
def correct(ref: str, text: str, reason: str, as_json: bool, db: str | None) -> None:
    """Write what line REF should have been, with the reason; both stay."""
    with room(db) as here:
        from maoc_tui.desk import watch_log

        _line(watch_log.correct(here, viewer(here), ref, text, reason), as_json)


@command.command()
@click.argument("ref")
@click.argument("reason")
@json_option
@db_option
def withdraw(ref: str, reason: str, as_json: bool, db: str | None) -> None:
    """Say why line REF no longer stands; both stay, and its clock stops."""
    with room(db) as here:
        from maoc_tui.desk import watch_log

        _line(watch_log.withdraw(here, viewer(here), ref, reason), as_json)


@command.command("list")
@click.option("--which", type=click.Choice(["all", "mine", "since"]), default="all", help="Which lines.")
@click.option("--since", metavar="TIME", default="", help="Entered from then on.")
@json_option
@db_option
def list_(which: str, since: str, as_json: bool, db: str | None) -> None:
    """The watch log: all of it, your own lines, or what came since you held the watch last."""
    with room(db) as here:
        from maoc_tui.desk import watch_log
        from maoc_tui.desk.target_words import time_of

        begins = time_of(since, here.clock) if since else None
        found = watch_log.entries(here, viewer(here), which, begins)
        text = "\n".join(map(shown.told, found.lines)) or "No line."
        answer(as_json, [shown.line(one) for one in found.lines], text)


@command.command()
@json_option
@db_option
def terms(as_json: bool, db: str | None) -> None:
    """Who held the watch, and how it passed on."""
    with room(db) as here:
        from maoc_tui.desk import watch

        rows = [shown.term(one) for one in watch.terms(here, viewer(here))]
        columns = ("from", "holder", "partner", "how", "by", "reason")
        answer(as_json, rows, lambda: table(rows, columns) if rows else "Nobody ever held the watch.")


def _state(one: WatchState, as_json: bool) -> None:
    answer(as_json, shown.state(one), lambda: shown.said(one))


def _line(one: WatchLine, as_json: bool) -> None:
    from maoc_tui.domain.marking import who_reads

    warned = f"\n! {one.figure} stays in the text: it was not taken for a time." if one.figure else ""
    answer(as_json, shown.line(one), lambda: f"{shown.told(one)}\n{who_reads(one.marking)}{warned}")


for one in watch_hand.COMMANDS:
    command.add_command(one)
