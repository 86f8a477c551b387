"""``maoc feed``: the live sources there are, and listening to one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from maoc_tui.cli.answers import answer, db_option, json_option, room, table, viewer
from maoc_tui.cli.stopping import stop_after, stopping

if TYPE_CHECKING:
    from maoc_tui.desk.feeds import FeedLine, Polled


@click.group()
def command() -> None:
    """List live sources, listen to one."""


@command.command("list")
@db_option
@json_option
def listed(db: str | None, as_json: bool) -> None:
    """List the live sources: the settings' own first, then those the program knows."""
    from maoc_tui.desk.feeds import listing

    with room(db, create=True) as opened:
        rows = [_row(line) for line in listing(opened, viewer(opened))]
    columns = ("name", "kind", "every_s", "state", "licence", "title")
    answer(as_json, rows, lambda: "\n".join([table(rows, columns), *_where_rejects(rows)]))


@command.command("run")
@click.argument("name")
@click.option(
    "--for",
    "seconds",
    type=click.FloatRange(min=0, min_open=True),
    help="Stop so many seconds after the first poll.",
)
@click.option("--url", default="", help="Ask this address instead, in the same form.")
@db_option
@json_option
def run(name: str, seconds: float | None, url: str, db: str | None, as_json: bool) -> None:
    """Listen to the live source NAME until interrupted; a line for each time it is asked.

    With --json the account of the whole run comes at its end. The exit status is 1 when it never answered.
    """
    from maoc_tui.desk.feeds import run as listen

    polls: list[bool] = []
    """Whether each was answered."""

    def said(poll: Polled) -> None:
        if not polls and seconds is not None:
            stop_after(stop, seconds)
        polls.append(poll.answered)
        if not as_json:
            click.echo(_line(name, poll))

    with room(db, create=True) as opened, stopping() as stop:
        total = listen(opened, viewer(opened), name, stop, said, url=url)
    counts = {c: getattr(total, c) for c in ("read", "accepted", "rejected", "duplicate")}
    text = "In all {read:,} read: {accepted:,} accepted, {rejected:,} rejected, {duplicate:,} duplicate."
    value = {"name": name, **counts, "state": total.state, "text": total.text, "rejects_file": _path(total)}
    answer(as_json, value, "\n".join([text.format(**counts), *_where_rejects([value])]))
    if not any(polls):
        raise SystemExit(1)


def _line(name: str, poll: Polled) -> str:
    from maoc_tui.domain.clock import from_ms
    from maoc_tui.domain.text import printable

    counts = (
        f"{poll.read:,} read, {poll.accepted:,} new, {poll.rejected:,} rejected, {poll.duplicate:,} known"
    )
    reason = f" ({printable(poll.reason, 80)})" if poll.reason else ""
    said = f"{printable(name, 30)}: {printable(poll.text, 200)}"
    return f"{from_ms(poll.at_ms):%H:%M:%SZ} {said}; {counts}{reason}"


def _row(line: FeedLine) -> dict[str, Any]:
    from maoc_tui.domain.clock import from_ms

    service, state = line.service, line.state
    last = f"{from_ms(state.last_ms):%Y-%m-%dT%H:%M:%SZ}" if state.last_ms else None
    return {
        "name": service.name,
        "kind": service.kind,
        "every_s": service.every_s,
        "state": state.text,
        "last": last,
        "fixes": state.fixes,
        "title": service.title,
        "url": service.url,
        "licence": service.licence,
        "attribution": service.attribution or None,
        "note": service.note or None,
        "built_in": service.built_in,
        "rejects_file": _path(line),
    }


def _path(of: FeedLine | Polled) -> str | None:
    return str(of.rejects_file) if of.rejects_file else None


def _where_rejects(rows: Sequence[dict[str, Any]]) -> list[str]:
    """A line for each source that has a file of rejected records."""
    from maoc_tui.domain.text import printable

    return [
        printable(f"Rejected records of {row['name']}, with field and reason: {row['rejects_file']}", 1000)
        for row in rows
        if row["rejects_file"]
    ]
