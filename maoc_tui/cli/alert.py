"""``maoc alert``: the inbox; hear, silence and work alerts, make records of them, and what their rules are worth."""

from __future__ import annotations

from typing import Any

import click

from maoc_tui.cli.answers import answer, db_option, json_option, room, table, viewer
from maoc_tui.cli.marking_options import chosen_marking, marking_options


@click.group(name="alert")
def command() -> None:
    """Behaviour alerts: one line per cause, acknowledged once for all terminals."""


@command.command(name="list")
@click.option("--all", "every", is_flag=True, help="Acknowledged, silenced and withdrawn ones too.")
@click.option("--board", is_flag=True, help="All of them by stage: the gap board.")
@click.option("--silences", is_flag=True, help="The silences that last, with who asked for them.")
@json_option
@db_option
def listing(every: bool, board: bool, silences: bool, as_json: bool, db: str | None) -> None:
    """The alerts that wait for somebody, the gravest and newest first."""
    with room(db) as here:
        from maoc_tui.cli import alert_json as told
        from maoc_tui.desk import alerts

        who = viewer(here)
        if silences:
            lines = [told.silence(one) for one in alerts.silences(here, who)]
            shown = ("ref", "what", "subject", "until", "by", "reason")
            answer(as_json, lines, lambda: table(lines, shown) if lines else "Nothing is silenced.")
            return
        found = alerts.board(here, who) if board else alerts.listing(here, who, every=every)
        rows = [told.row(one) for one in found]
        columns = ("ref", "level", "title", "subject", "targets", "where", "since", "stage", "by")
        nothing = "Nothing was ever raised." if every or board else "No alert waits for anybody."
        answer(as_json, rows, lambda: table(told.lines(rows), columns) if rows else nothing)


@command.command()
@click.argument("ref")
@json_option
@db_option
def show(ref: str, as_json: bool, db: str | None) -> None:
    """Alert REF (AL-0007): the rule, the figures, innocent explanations first, what was done."""
    with room(db) as here:
        from maoc_tui.cli import alert_json as told
        from maoc_tui.desk import alerts

        found = alerts.one(here, viewer(here), ref)
        answer(as_json, told.whole(found), lambda: told.text(found))


@command.command()
@click.argument("refs", nargs=-1, required=True)
@json_option
@db_option
def ack(refs: tuple[str, ...], as_json: bool, db: str | None) -> None:
    """Acknowledge alerts REF for every terminal, with your name; nothing else about them changes."""
    with room(db) as here:
        from maoc_tui.desk import alerts

        who = viewer(here)
        _say([alerts.acknowledge(here, who, ref) for ref in refs], as_json)


@command.command()
@click.argument("ref")
@click.argument("length", required=False, default="")
@click.option("--reason", default="", help="Why; compulsory, and a statement with its own marking.")
@click.option("--contact", "wide", is_flag=True, help="Not this cause only: its rule on its contact.")
@click.option("--end", is_flag=True, help="End the silence before its time.")
@marking_options
@json_option
@db_option
def silence(
    ref: str, length: str, reason: str, wide: bool, end: bool, as_json: bool, db: str | None, **given: Any
) -> None:
    """Keep alert REF quiet for LENGTH: 1h, 8h, 1d, 1w or 1y. What gets graver is heard all the same."""
    with room(db) as here:
        from maoc_tui.desk import alerts

        who = viewer(here)
        if end:
            _say([alerts.end_silence(here, who, ref)], as_json)
            return
        marking = chosen_marking(given, who.partner)
        _say([alerts.silence(here, who, ref, length, reason, wide=wide, marking=marking)], as_json)


@command.command()
@click.argument("ref")
@click.argument("to")
@click.option("--reason", default="", help="Why; compulsory to escalate.")
@click.option("--useful/--not-useful", default=None, help="Whether it was worth the time.")
@marking_options
@json_option
@db_option
def stage(
    ref: str, to: str, reason: str, useful: bool | None, as_json: bool, db: str | None, **given: Any
) -> None:
    """Move alert REF on to explained, watching, searching, found or closed; or escalate it.

    Closing asks whether it was worth the time, unless that was said before.
    """
    with room(db) as here:
        from maoc_tui.desk import alerts

        who = viewer(here)
        marking = chosen_marking(given, who.partner)
        if to.strip().casefold() == "escalate":
            _say([alerts.escalate(here, who, ref, reason, marking=marking)], as_json)
            return
        done = alerts.stage(here, who, ref, to, useful=useful, reason=reason, marking=marking)
        _say([done], as_json)


@command.command()
@click.argument("ref")
@click.argument("useful", type=click.Choice(["useful", "not-useful"]))
@json_option
@db_option
def judge(ref: str, useful: str, as_json: bool, db: str | None) -> None:
    """Say whether alert REF was worth the time; the precision of its rule is reckoned from that."""
    with room(db) as here:
        from maoc_tui.desk import alerts

        _say([alerts.judge(here, viewer(here), ref, useful == "useful")], as_json)


@command.command()
@click.argument("ref")
@click.argument("text")
@marking_options
@json_option
@db_option
def note(ref: str, text: str, as_json: bool, db: str | None, **given: Any) -> None:
    """Write a note about alert REF: a statement, seen by whom its marking names."""
    with room(db) as here:
        from maoc_tui.desk import alerts

        who = viewer(here)
        marking = chosen_marking(given, who.partner)
        _say([alerts.note(here, who, ref, text, marking=marking)], as_json)


@command.command()
@click.argument("ref")
@click.option("--target", metavar="REF", default="", help="As a sighting of that target.")
@click.option("--op", metavar="REF", default="", help="As a line in the log of that operation.")
@click.option("--text", default="", help="Description, text of the sighting, or the line.")
@click.option("--contact", default="", help="Number or name of the contact, where the alert has two.")
@marking_options
@json_option
@db_option
def record(
    ref: str, target: str, op: str, text: str, contact: str, as_json: bool, db: str | None, **given: Any
) -> None:
    """Make a record of alert REF: its contact a new target, or what --target or --op say."""
    with room(db) as here:
        from maoc_tui.cli import alert_json as told
        from maoc_tui.desk import alerts
        from maoc_tui.problems import BadInput

        if target and op:
            raise BadInput("A record is one thing.", "Give --target or --op, not both.")
        who = viewer(here)
        marking = chosen_marking(given, who.partner)
        made, what = told.record(here, who, ref, (target, op), text, contact, marking)
        value = {"alert": alerts.one(here, who, ref).row.ref, "record": made, "became": what}
        answer(as_json, value, lambda: f"{value['alert']} became {what} {made}.")


@command.command()
@click.option("--since", metavar="TIME", default="", help="From when on; 30 days back, or all for ever.")
@click.option("--until", metavar="TIME", default="", help="Up to when; now when not given.")
@json_option
@db_option
def precision(since: str, until: str, as_json: bool, db: str | None) -> None:
    """How often each rule was worth the time, with n; the budget of the watch; what may be retired."""
    with room(db) as here:
        from maoc_tui.cli import alert_json as told
        from maoc_tui.desk import alerts

        found = alerts.precision(here, viewer(here), since, until)
        answer(as_json, told.worth(found), lambda: told.worth_text(found))


@command.command()
@click.option("--as-of", metavar="TIME", default="", help="As it stood then; nothing is kept of it.")
@json_option
@db_option
def sweep(as_of: str, as_json: bool, db: str | None) -> None:
    """Ask the behaviour rules now and bring what they see into the inbox; with --as-of only tell it."""
    with room(db) as here:
        from maoc_tui.cli import alert_rules as told
        from maoc_tui.desk import alert_sweep

        who = viewer(here)
        if as_of:
            found = alert_sweep.scan_as_of(here, who, as_of)
            rows = [told.finding(one) for one in found]
            columns = ("rule", "level", "first", "over", "because")
            answer(as_json, rows, lambda: table(rows, columns) if rows else "The rules see nothing then.")
            return
        done = alert_sweep.ask(here, who)
        answer(as_json, told.swept(done), lambda: told.swept_text(done))


@command.command(name="rules")
@json_option
def rules_command(as_json: bool) -> None:
    """The behaviour rules: what each looks for, the figures it judges by, innocent explanations, sources."""
    from maoc_tui.cli import alert_rules as told
    from maoc_tui.desk.alert_rules import rules

    answer(as_json, told.rules(rules()), lambda: told.rules_text(rules()))


def _say(rows: list[Any], as_json: bool) -> None:
    from maoc_tui.cli import alert_json as told

    values = [told.row(one) for one in rows]
    answer(
        as_json,
        values if len(values) > 1 else values[0],
        lambda: "\n".join(told.said(one) for one in rows),
    )
