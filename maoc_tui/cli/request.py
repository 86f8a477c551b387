"""``maoc request``: what is asked of States with a clock, and what became of it. Nothing is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from maoc_tui.cli.answers import answer, db_option, json_option, room, table, viewer
from maoc_tui.cli.marking_options import chosen_marking, marking_options

if TYPE_CHECKING:
    from maoc_tui.desk.request_snapshots import RequestLine


@click.group(name="request")
def command() -> None:
    """Open requests, record what became of them, list them by the clock."""


@command.command("open")
@click.argument("ref")
@click.argument("kind")
@click.argument("addressee")
@click.option("--acting", metavar="XX", default="", help="The State that would act; your own when not given.")
@click.option("--clock", metavar="C1", default="", help="The clock that runs; the usual one of the kind.")
@click.option("--rule", metavar="R26", default="", help="The legal rule it rests on.")
@click.option("--measures", metavar="board,search", default="", help="What is asked to be allowed.")
@click.option("--grounds", default="", help="Suspected offence and grounds.")
@click.option("--position", default="", help="Position and time as stated.")
@marking_options
@json_option
@db_option
def open_(ref: str, kind: str, addressee: str, as_json: bool, db: str | None, **given: Any) -> None:
    """Draft a request about target REF to ADDRESSEE.

    KIND is flag-enquiry, boarding-consent, coastal-notice, information or originator-release. The clock starts when it
    is recorded as sent.
    """
    with room(db) as here:
        from maoc_tui.desk import requests

        who = viewer(here)
        given["marking"] = chosen_marking(given, who.partner)
        line = requests.open_request(here, who, ref, kind, addressee, **given)
        _say(line, as_json)


@command.command()
@click.argument("ref")
@click.argument("act")
@click.option("--at", metavar="TIME", default="", help="When it happened; now when not given.")
@click.option("--who", default="", help="Name and post of who answered.")
@click.option("--channel", default="", help="By which channel.")
@click.option("--oral", is_flag=True, help="By word of mouth.")
@click.option("--scope", metavar="board,search", default="", help="What a grant covers.")
@click.option("--condition", "conditions", multiple=True, help="A condition of the grant.")
@click.option("--until", metavar="TIME", default="", help="When the grant ends.")
@click.option("--text", default="", help="Anything else that was said.")
@json_option
@db_option
def record(ref: str, act: str, as_json: bool, db: str | None, **given: Any) -> None:
    """Record what became of request REF.

    ACT is sent, acknowledged, chased, granted, partly, refused, no-registry, confirmed, denied, in-writing,
    withdrawn.
    """
    with room(db) as here:
        from maoc_tui.desk import requests

        _say(requests.record(here, viewer(here), ref, act, **given), as_json)


@command.command("list")
@click.argument("target", required=False, default="")
@click.option("--past", is_flag=True, help="Answered and withdrawn ones too.")
@json_option
@db_option
def list_(target: str, past: bool, as_json: bool, db: str | None) -> None:
    """Open requests, the soonest clock first; of one TARGET when given."""
    with room(db) as here:
        from maoc_tui.desk import requests

        found = requests.requests(here, viewer(here), target, past=past)
        rows = [_row(line) for line in found]
        columns = ("ref", "target", "kind", "addressee", "state", "clock", "due", "until")
        answer(as_json, [_json(line) for line in found], lambda: table(rows, columns))


@command.command()
@click.argument("ref")
@json_option
@db_option
def show(ref: str, as_json: bool, db: str | None) -> None:
    """One request with its history, what it allows now and on which conditions."""
    with room(db) as here:
        from maoc_tui.desk import requests

        _say(requests.request(here, viewer(here), ref), as_json)


@command.command()
@click.argument("ref")
@click.option("--which", metavar="FORM", default="request", help="request, reply or report (action taken).")
@json_option
@db_option
def form(ref: str, which: str, as_json: bool, db: str | None) -> None:
    """The request, its reply or the action-taken report, filled from the record, blanks listed, ready to copy."""
    with room(db) as here:
        from maoc_tui.desk import request_form

        made = request_form.form(here, viewer(here), ref, which)
        value = {"ref": made.ref, "text": made.text, "blanks": list(made.blanks), "marking": made.marking}
        answer(as_json, value, made.text)


@command.command()
@click.argument("target")
@click.argument("measure")
@click.option(
    "--acting", metavar="XX", default="", help="The State that would act; a consent serves it alone."
)
@json_option
@db_option
def covers(target: str, measure: str, acting: str, as_json: bool, db: str | None) -> None:
    """Whether the consent in force covers MEASURE on TARGET for the State that acts, and on which conditions.

    The flag State's consent counts, in territorial waters the coastal State's instead.
    """
    with room(db) as here:
        from maoc_tui.desk import requests

        missing, conditions = requests.against(here, viewer(here), target, measure, acting)
        value = {"covered": not missing, "missing": list(missing), "conditions": list(conditions)}
        said = "; ".join(missing) or "covered" + "".join(f"\n  condition: {one}" for one in conditions)
        answer(as_json, value, said)


def _say(line: RequestLine, as_json: bool) -> None:
    from maoc_tui.domain.text import printable

    value = _json(line)
    answer(as_json, value, lambda: "\n".join(printable(text, 400) for text in _told(line, value)))


def _told(line: RequestLine, value: dict[str, Any]) -> list[str]:
    asked, stands = line.asked, line.standing
    told = [f"{asked.ref} {asked.kind.value} to {asked.addressee} about {asked.target}: {stands.state.value}"]
    if stands.clock is not None:
        told.append(
            f"  clock {stands.clock.rule.id}  due {value['due'] or 'no fixed limit'}  {stands.clock.rule.limit}"
        )
    if stands.nationality is not None:
        told.append(f"  {stands.nationality.act.value} {_iso(stands.nationality.at_ms)}")
    if stands.scope:
        told.append(f"  allows {', '.join(value['allows'])}{' (oral only)' if stands.oral_only else ''}")
    if value["until"]:
        told.append(f"  until {value['until']}")
    told += [f"  condition: {one}" for one in stands.conditions]
    return [*told, *map(_event, value["events"])]


def _event(event: dict[str, Any]) -> str:
    """One line of the history: what, how it was said, by whom, what it covers, until when, on which conditions."""
    said = ("by word of mouth" if event["oral"] else "in writing") if event["channel"] else ""
    words = (event["act"], said, event["who"], event["channel"], event["text"])
    until = f"until {event['until']}" if event["until"] else ""
    conditions = (f"condition: {one}" for one in event["conditions"])
    told = "; ".join(filter(None, (*words, ", ".join(event["scope"]), until, *conditions)))
    return f"  {event['at']} {told}"


def _json(line: RequestLine) -> dict[str, Any]:
    asked, stands = line.asked, line.standing
    return {
        **_row(line),
        "acting": asked.acting,
        "rule": asked.rule or None,
        "measures": _codes(asked.measures),
        "grounds": asked.grounds,
        "position": asked.position or None,
        "stage": None if stands.clock is None else stands.clock.stage(line.now_ms).name.lower(),
        "allows": _codes(stands.scope),
        "oral_only": stands.oral_only,
        "nationality": None if stands.nationality is None else _word(stands.nationality.act),
        "conditions": list(stands.conditions),
        "marking": str(asked.marking),
        "events": [
            {
                "act": _word(event.act),
                "at": _iso(event.at_ms),
                "entered": _iso(event.entered_ms),
                "by": event.by,
                "who": event.who,
                "channel": event.channel,
                "oral": event.oral,
                "scope": _codes(event.scope),
                "conditions": list(event.conditions),
                "until": _iso(event.until_ms),
                "text": event.text,
            }
            for event in asked.events
        ],
    }


def _row(line: RequestLine) -> dict[str, Any]:
    asked, clock = line.asked, line.standing.clock
    return {
        "ref": asked.ref,
        "target": asked.target,
        "kind": asked.kind.name.lower().replace("_", "-"),
        "addressee": asked.addressee,
        "state": line.standing.state.name.lower(),
        "clock": clock.rule.id if clock is not None else asked.clock,
        "due": _iso(clock.due_ms) if clock is not None else None,
        "until": _iso(line.standing.until_ms),
    }


def _word(act: Any) -> str:
    return str(act.name).lower().replace("_", "-")


def _codes(scopes: Any) -> list[str]:
    return sorted(scope.name for scope in scopes)


def _iso(ms: int | None) -> str | None:
    from maoc_tui.domain.clock import from_ms

    return None if ms is None else from_ms(ms).strftime("%Y-%m-%dT%H:%M:%SZ")
