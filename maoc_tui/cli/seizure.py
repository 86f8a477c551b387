"""``maoc seizure``: the ledger of what was found, weighed and met; each event counted once."""

from __future__ import annotations

from typing import Any

import click

from maoc_tui.cli import seizure_stated
from maoc_tui.cli.answers import answer, db_option, json_option, room, table, viewer
from maoc_tui.cli.seizure_options import event_options, line_options, said, say
from maoc_tui.cli.text_options import text_options

_STATED = (
    "vessel", "type", "flag", "area", "position", "lead", "seizing", "coastal", "destination", "prosecuting",
    "support", "units",
)  # fmt: skip


@click.group(name="seizure")
def command() -> None:
    """Record what was seized, weighed and met; read it back; have figures of it."""


_stated_options = text_options(
    (f"--{name}", "", f"The {name}{' State' if name in _STATED[5:10] else ''}.") for name in _STATED
)
"""One option for each statement a new event may come with."""


@command.command()
@click.argument("when")
@click.option("--op", "operation", metavar="OP-0031", default="", help="The operation that led to it.")
@_stated_options
@click.option(
    "--flag-status", default="", help="claimed, confirmed, denied, no-answer …; claimed if not given."
)
@click.option("--substance", default="", help="What was found.")
@click.option("--weight", metavar="'3281 kg'", default="", help="Its weight.")
@click.option("--basis", default="", help="net, gross or estimated; estimated when not given.")
@click.option("--packages", default="", help="How many.")
@click.option("--hidden", default="", help="Where it was hidden.")
@click.option("--jettisoned", is_flag=True, help="It went overboard and was not recovered.")
@click.option("--official", is_flag=True, help="The weight is official.")
@event_options
@json_option
@db_option
def add(when: str, as_json: bool, db: str | None, **given: Any) -> None:
    """Record an event of WHEN: a time, a day (2026-03-14) or a month (2026-03), as exact as it is known."""
    with room(db) as here:
        from maoc_tui.desk import seizures

        who = viewer(here)
        words = said(given, who.partner)
        status = given.pop("flag_status")
        stated = tuple(
            seizures.Statement(name, value, status if name == "flag" else "")
            for name in _STATED
            if (value := given.pop(name).strip())
        )
        operation, find = given.pop("operation"), None
        if given["substance"].strip() or given["weight"].strip():
            find = seizures.NewFind(**given)
        entry = seizures.NewSeizure(when, operation, words.text, stated, find, words)
        say(seizures.add(here, who, entry), as_json)


@command.command()
@click.argument("ref")
@click.argument("substance")
@click.option("--jettisoned", is_flag=True, help="It went overboard and was not recovered.")
@click.option("--packages", default="", help="How many.")
@click.option("--hidden", default="", help="Where it was hidden, or went overboard.")
@click.option("--weight", metavar="'3281 kg'", default="", help="Its first weight.")
@click.option("--basis", default="", help="net, gross or estimated; estimated when not given.")
@click.option("--official", is_flag=True, help="The weight is official.")
@line_options
@json_option
@db_option
def find(ref: str, as_json: bool, db: str | None, **given: Any) -> None:
    """Record one more find of event REF, seized or jettisoned."""
    with room(db) as here:
        from maoc_tui.desk import seizures

        who = viewer(here)
        words = said(given, who.partner)
        say(seizures.find(here, who, ref, seizures.NewFind(**given), words), as_json)


@command.command()
@click.argument("ref")
@click.argument("weight")
@click.argument("basis")
@click.option("--packages", default="", help="How many were weighed.")
@click.option("--official", is_flag=True, help="It is official.")
@line_options
@json_option
@db_option
def weigh(ref: str, weight: str, basis: str, as_json: bool, db: str | None, **given: Any) -> None:
    """Record a WEIGHT of find REF (SF-0412), BASIS net, gross or estimated; earlier weights are kept.

    Of an event with one find its own reference (SZ-0007) will do.
    """
    with room(db) as here:
        from maoc_tui.desk import seizures

        who = viewer(here)
        words = said(given, who.partner)
        say(seizures.weigh(here, who, ref, weight, basis, said=words, **given), as_json)


@command.command()
@click.argument("ref")
@click.argument("condition")
@click.argument("count")
@click.option("--nationality", metavar="XX", default="", help="Of which State; all together when not given.")
@click.option("--official", is_flag=True, help="It is official.")
@line_options
@json_option
@db_option
def persons(ref: str, condition: str, count: str, as_json: bool, db: str | None, **given: Any) -> None:
    """Record how many persons were arrested, released, rescued or deceased; 0 is none. Never a name."""
    with room(db) as here:
        from maoc_tui.desk import seizures

        who = viewer(here)
        words = said(given, who.partner)
        say(seizures.persons(here, who, ref, condition, count, said=words, **given), as_json)


@command.command()
@click.argument("ref")
@click.argument("taker")
@click.option("--from", "giver", default="", help="Who gives it; found on board when not given.")
@click.option("--item", default="", help="What passes; everything seized when not given.")
@click.option("--seal", default="", help="Number of the seal.")
@click.option("--resealed", default="", help="Why it is under another seal than before.")
@click.option("--place", default="", help="Where.")
@click.option(
    "--file", type=click.Path(), default="", help="A photo or paper: its name, size and SHA-256 are kept."
)
@line_options
@json_option
@db_option
def custody(ref: str, taker: str, as_json: bool, db: str | None, **given: Any) -> None:
    """Record that something of event REF passed to TAKER."""
    with room(db) as here:
        from maoc_tui.desk import seizures

        who = viewer(here)
        words = said(given, who.partner)
        say(seizures.transfer(here, who, ref, taker, said=words, **given), as_json)


@command.command()
@click.argument("ref")
@click.argument("line")
@click.argument("reason")
@json_option
@db_option
def withdraw(ref: str, line: str, reason: str, as_json: bool, db: str | None) -> None:
    """Say that a LINE of event REF (its id, or SF-0412 for a find) no longer stands, and why."""
    with room(db) as here:
        from maoc_tui.desk import seizures

        say(seizures.withdraw(here, viewer(here), ref, line, reason), as_json)


@command.command("list")
@click.option("--op", "operation", metavar="OP-0031", default="", help="Of one operation.")
@json_option
@db_option
def list_(operation: str, as_json: bool, db: str | None) -> None:
    """The events of the ledger, the last first."""
    with room(db) as here:
        from maoc_tui.cli import seizure_json, seizure_text
        from maoc_tui.desk import seizures

        found = seizures.listing(here, viewer(here), operation)
        columns = ("ref", "operation", "when", "vessel", "lead", "found", "persons", "doubts")
        answer(
            as_json,
            [seizure_json.row(row) for row in found],
            lambda: table(seizure_text.columns(found), columns),
        )


@command.command()
@click.argument("ref")
@json_option
@db_option
def show(ref: str, as_json: bool, db: str | None) -> None:
    """One event with every weight, count and statement side by side; the quoted weight is starred."""
    with room(db) as here:
        from maoc_tui.cli import seizure_json, seizure_text
        from maoc_tui.desk import seizures

        found = seizures.opened(here, viewer(here), ref)
        answer(as_json, seizure_json.sheet(found), lambda: seizure_text.clean(seizure_text.sheet(found)))


@command.command()
@click.argument("ref")
@json_option
@db_option
def prove(ref: str, as_json: bool, db: str | None) -> None:
    """Compare an event's lines with what the journal holds; exit status 1 when one differs or is gone."""
    with room(db) as here:
        from dataclasses import asdict

        from maoc_tui.cli import seizure_text
        from maoc_tui.desk import seizure_proof

        found = seizure_proof.prove(here, viewer(here), ref)
        told = seizure_text.clean(seizure_text.proved(found))
    answer(as_json, {"ok": found.whole, **asdict(found)}, told)
    if not found.whole:
        raise SystemExit(1)


for part in (
    seizure_stated.state, seizure_stated.vessel, seizure_stated.credit, seizure_stated.same, seizure_stated.check,
    seizure_stated.stats,
):  # fmt: skip
    command.add_command(part)
