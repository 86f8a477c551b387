"""``maoc partner``: who the Centre works with, what each is on any day, and the acts that change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from maoc_tui.cli.answers import answer, database_path, db_option, json_option, room, viewer
from maoc_tui.domain.clock import Clock, to_ms
from maoc_tui.domain.times import parse_time

if TYPE_CHECKING:
    from maoc_tui.desk.liaison_snapshots import StatusChange


@click.group(name="partner")
def command() -> None:
    """List, show, confirm and change partners."""


def _instant(text: str, clock: Clock) -> int | None:
    return to_ms(parse_time(text, clock.now())) if text.strip() else None


def _said(change: StatusChange, as_json: bool) -> None:
    from maoc_tui.cli import liaison_json

    answer(as_json, liaison_json.change(change), "\n".join(change.sentences))


@command.command("list")
@click.option("--as-of", metavar="DTG|ISO", default="", help="As it stood then; now when not given.")
@click.option("--known", metavar="DTG|ISO", default="", help="As the record had it then, without later acts.")
@click.option("--status", "only", default="", help="Only partners of this status.")
@json_option
@db_option
def list_(as_of: str, known: str, only: str, as_json: bool, db: str | None) -> None:
    """Every partner by status on a day, with what is reported and waits to be confirmed.

    Without a record yet, the register as it ships.
    """
    from maoc_tui.cli import liaison_json, liaison_text
    from maoc_tui.desk import partners

    if database_path(db).exists():
        with room(db) as here:
            at, then = _instant(as_of, here.clock), _instant(known, here.clock)
            lines = partners.partners(here, viewer(here), at, known_ms=then)
    else:
        lines = partners.as_shipped(_instant(as_of, Clock()) or Clock().now_ms())
    shown = [line for line in lines if only.strip().lower() in ("", line.status)]
    answer(as_json, [liaison_json.partner(line) for line in shown], lambda: liaison_text.partners(shown))


@command.command()
@click.argument("code")
@click.option("--as-of", metavar="DTG|ISO", default="", help="As it stood then; now when not given.")
@json_option
@db_option
def show(code: str, as_of: str, as_json: bool, db: str | None) -> None:
    """Everything on one partner: status with dates and sources, instruments, what it may do."""
    with room(db) as here:
        from maoc_tui.cli import liaison_json, liaison_text
        from maoc_tui.desk import partners

        line = partners.partner(here, viewer(here), code, _instant(as_of, here.clock))
        answer(as_json, liaison_json.partner_sheet(line), lambda: liaison_text.partner_sheet(line))


@command.command()
@click.argument("code")
@click.option("--reason", default="", help="On what you confirm it: the instrument read, who told you.")
@click.option("--on", default="", metavar="DAY", help="Day it took effect; the day reported when not given.")
@click.option("--dry-run", is_flag=True, help="Only say what it would change.")
@json_option
@db_option
def confirm(code: str, reason: str, on: str, dry_run: bool, as_json: bool, db: str | None) -> None:
    """Confirm a reported change of status; one recorded act. It releases nothing recorded before."""
    with room(db) as here:
        from maoc_tui.desk import partners

        if dry_run:
            _said(partners.confirming(here, viewer(here), code, on), as_json)
        else:
            _said(partners.confirm(here, viewer(here), code, reason, on), as_json)


@command.command("set")
@click.argument("code")
@click.argument("status")
@click.option("--from", "since", default="", metavar="DAY", help="From this day on; today when not given.")
@click.option("--source", required=True, help="What says so.")
@click.option("--reason", required=True, help="Why it is recorded.")
@click.option("--class", "recipient_class", default="", help="Recipient class, when not the usual one.")
@json_option
@db_option
def set_(code: str, status: str, as_json: bool, db: str | None, **given: Any) -> None:
    """Record what a partner is from a day on, until its next status."""
    source, reason = given.pop("source"), given.pop("reason")
    with room(db) as here:
        from maoc_tui.desk import partners

        _said(partners.set_status(here, viewer(here), code, status, source, reason, **given), as_json)


@command.command()
@click.argument("code")
@click.argument("name")
@click.option("--kind", default="state", help="state, kingdom, body or organisation.")
@click.option("--status", default="third", help="Its status.")
@click.option("--from", "since", default="", metavar="DAY", help="From this day on; today when not given.")
@click.option("--source", required=True, help="What says so.")
@click.option("--reason", required=True, help="Why it is recorded.")
@click.option("--class", "recipient_class", default="", help="Recipient class, when not the usual one.")
@json_option
@db_option
def add(code: str, name: str, as_json: bool, db: str | None, **given: Any) -> None:
    """Bring a partner into the register that the shipped one lacks."""
    with room(db) as here:
        from maoc_tui.desk import partners

        kind, status, source, reason = (given.pop(key) for key in ("kind", "status", "source", "reason"))
        made = partners.add(here, viewer(here), code, name, kind, status, source, reason, **given)
        _said(made, as_json)


@command.command()
@click.argument("code")
@click.argument("kind")
@click.argument("title")
@click.option("--from", "since", default="", metavar="DAY", help="First day.")
@click.option("--until", default="", metavar="DAY", help="Last day.")
@click.option("--source", required=True, help="What says so.")
@click.option("--reason", required=True, help="Why it is recorded.")
@json_option
@db_option
def instrument(code: str, kind: str, title: str, as_json: bool, db: str | None, **given: Any) -> None:
    """Record what the exchange with a partner rests on: treaty, adequacy, safeguards, memorandum ..."""
    source, reason = given.pop("source"), given.pop("reason")
    with room(db) as here:
        from maoc_tui.cli import liaison_json
        from maoc_tui.desk import partners

        made = partners.set_instrument(here, viewer(here), code, kind, title, source, reason, **given)
        answer(as_json, liaison_json.instrument(made), f"{code.upper()}: {made.kind} {made.title} recorded.")
