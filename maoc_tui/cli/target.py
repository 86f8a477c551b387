"""``maoc target``: list, show, add, state, sight, link. The same acts as on the Targets screen."""

from __future__ import annotations

from typing import Any

import click

from maoc_tui.cli.answers import answer, db_option, json_option, room, viewer
from maoc_tui.cli.marking_options import chosen_marking, marking_options
from maoc_tui.cli.text_options import text_options

_VALUES = (
    "name", "flag", "call-sign", "mmsi", "imo", "hull-mark", "home-port", "registration", "hex",
    "aircraft-type", "squawk", "length", "colour", "owner", "role", "type-reported",
)  # fmt: skip


@click.group(name="target")
def command() -> None:
    """List, show, add and link targets."""


def _done(saved: Any, as_json: bool, what: str, read: dict[str, str] | None = None) -> None:
    from maoc_tui.domain.text import printable

    warned = "".join(f"\nwarning: {printable(text, 400)}" for text in saved.warnings)
    told = "".join(
        f"\n{name.removesuffix('_m')}: {printable(text, 80)}" for name, text in (read or {}).items()
    )
    value = {"ref": saved.ref, "version": saved.version, "warnings": list(saved.warnings)}
    answer(
        as_json,
        value if read is None else {**value, "read": read},
        f"{saved.ref} {what}{', as read:' + told if told else '.'}{warned}",
    )


@command.command("list")
@click.option(
    "--filter", "query", default="", metavar="QUERY", help="flag:VE type:sail status:ACTIVE name:PALOMA"
)
@json_option
@db_option
def list_(query: str, as_json: bool, db: str | None) -> None:
    """Every target, open ones first, the last changed first."""
    with room(db) as here:
        from maoc_tui.cli import target_json, target_text
        from maoc_tui.desk import targets

        rows = targets.chosen(here, targets.listing(here, viewer(here)), query)
        now = here.clock.now_ms()
        answer(as_json, [target_json.row(row) for row in rows], lambda: target_text.listing(rows, now))


@command.command()
@click.argument("ref")
@json_option
@db_option
def show(ref: str, as_json: bool, db: str | None) -> None:
    """Everything on one target: identity with history, links, sightings, last fix, doubts."""
    with room(db) as here:
        from maoc_tui.cli import target_json, target_text
        from maoc_tui.desk import targets

        sheet = targets.opened(here, viewer(here), ref)
        now = here.clock.now_ms()
        answer(as_json, target_json.sheet(sheet, now), lambda: target_text.sheet_text(sheet, now))


@command.command()
@click.argument("ref", required=False, default="")
@json_option
@db_option
def duplicates(ref: str, as_json: bool, db: str | None) -> None:
    """Targets that may be the same object, with every reason; of one target when REF is given."""
    with room(db) as here:
        from maoc_tui.cli import target_json, target_text
        from maoc_tui.desk import targets

        pairs = targets.duplicates(here, viewer(here), ref)
        answer(as_json, [target_json.pair(entry) for entry in pairs], lambda: target_text.pairs_text(pairs))


_value_options = text_options(
    (f"--{name}", "", f"Its {name.replace('-', ' ')}, as claimed.") for name in _VALUES
)


@command.command()
@click.option(
    "--report",
    default="",
    metavar="TEXT",
    help="A report, - for standard input: it describes the "
    "target, and what stands in it behind labels fills what is not given.",
)
@click.option("--description", default="", help="What is known: grey sloop, about 12 m, two aboard.")
@click.option("--position", default="", help="38 42.5N 009 08.2W, or any usual form.")
@click.option("--radius", default="", help="Error of the position: 5 nm, 10 km.")
@click.option("--at", default="", metavar="DTG", help="When it was seen there; now when not given.")
@click.option("--area", default="", help="Where, when there is no position.")
@click.option("--kind", default="vessel", help="vessel or aircraft.")
@click.option("--type", "type_", default="", help="sail, gofast, fish, lpv, jet ...")
@click.option("--designation", default="", help="What the Centre calls it.")
@click.option("--source", default="", help="Who says so.")
@click.option("--from-contact", metavar="CONTACT", default="", help="Take what ais:263601890 says of itself.")
@click.option("--reason", default="", help="Why it is linked to that contact.")
@_value_options
@marking_options
@json_option
@db_option
def add(as_json: bool, db: str | None, report: str, from_contact: str, reason: str, **given: Any) -> None:
    """Record a target: a description and a place are enough, or a contact that is heard."""
    from maoc_tui.domain.contacts import parse_key

    names = {name: name.replace("-", "_") for name in _VALUES}
    values = {names[name]: text for name in _VALUES if (text := given.pop(names[name]))}
    key = parse_key(from_contact) if from_contact else 0
    with room(db) as here:
        marking = chosen_marking(given, viewer(here).partner)
        from maoc_tui.desk import targets

        given["type"] = given.pop("type_")
        entry = targets.NewTarget(**given, values=values, marking=marking)
        plain = entry
        if report:
            entry = targets.filled(here, _text(report), entry)
        if key:
            saved = targets.add_from_contact(here, viewer(here), key, entry, reason)
        else:
            saved = targets.add(here, viewer(here), entry)
        _done(saved, as_json, "recorded", _read(plain, entry) if report else None)


@command.command("read")
@click.argument("text")
@click.option("--kind", default="vessel", help="vessel or aircraft.")
@json_option
@db_option
def read_(text: str, kind: str, as_json: bool, db: str | None) -> None:
    """What stands behind labels in a report (TEXT, - for standard input) for a new target; keeps nothing."""
    with room(db) as here:
        from maoc_tui.cli.answers import table
        from maoc_tui.desk import targets
        from maoc_tui.domain.text import printable

        found = targets.offers(here, _text(text), kind)
        rows = [
            {"field": one.field, "value": printable(one.value, 80), "read from": printable(one.words, 80)}
            for one in found
        ]
        value = [{"field": one.field, "value": one.value, "words": one.words} for one in found]
        told = table(rows, ("field", "value", "read from")) if rows else "Nothing can be read out."
        answer(as_json, value, told)


def _read(plain: Any, entry: Any) -> dict[str, str]:
    """What a report put into a target as given."""
    fields = ("type", "position", "at", "source")
    said = {name: getattr(entry, name) for name in fields if getattr(entry, name) != getattr(plain, name)}
    return said | {name: value for name, value in entry.values.items() if name not in plain.values}


def _text(given: str) -> str:
    """A report as given, or from standard input: no more of it than is kept."""
    from maoc_tui.domain.reported import LONGEST

    return click.get_text_stream("stdin").read(8 * LONGEST) if given == "-" else given


@command.command()
@click.argument("ref")
@click.argument("attribute")
@click.argument("value")
@click.option("--source", required=True, help="Who says so.")
@click.option("--from", "since", default="", metavar="DTG", help="Since when it holds.")
@click.option("--until", default="", metavar="DTG", help="Until when it held.")
@click.option("--replaces", default="", metavar="ID", help="Id of the statement this one corrects.")
@click.option("--reason", default="", help="Why, for a correction.")
@marking_options
@json_option
@db_option
def fact(
    ref: str, attribute: str, value: str, as_json: bool, db: str | None, source: str, **given: Any
) -> None:
    """State something about a target's identity, with source and dates."""
    with room(db) as here:
        marking = chosen_marking(given, viewer(here).partner)
        from maoc_tui.desk import targets

        saved = targets.fact(here, viewer(here), ref, attribute, value, source, marking=marking, **given)
        _done(saved, as_json, f"has a new {attribute}")


@command.command()
@click.argument("ref")
@click.argument("fact_id", metavar="ID")
@click.option("--reason", required=True)
@json_option
@db_option
def withdraw(ref: str, fact_id: str, reason: str, as_json: bool, db: str | None) -> None:
    """Say that a statement no longer stands; both stay in the record."""
    with room(db) as here:
        from maoc_tui.desk import targets

        _done(targets.withdraw_fact(here, viewer(here), ref, fact_id, reason), as_json, "lost a statement")


@command.command(context_settings={"ignore_unknown_options": True})
@click.argument("ref")
@click.argument("position", nargs=-1, required=True, type=click.UNPROCESSED)
@click.option("--at", required=True, metavar="DTG", help="When it was seen: 140310ZDEC22 or ISO with Z.")
@click.option("--source", required=True, help="Who saw it.")
@click.option("--text", default="", help="What was seen.")
@click.option("--radius", default="", help="Error of the position: 5 nm.")
@marking_options
@json_option
@db_option
def sight(ref: str, position: tuple[str, ...], as_json: bool, db: str | None, **given: Any) -> None:
    """Record where and when somebody saw it."""
    with room(db) as here:
        marking = chosen_marking(given, viewer(here).partner)
        from maoc_tui.desk import targets

        saved = targets.sight(here, viewer(here), ref, " ".join(position), marking=marking, **given)
        _done(saved, as_json, "has a new sighting")


@command.command()
@click.argument("ref")
@click.argument("contact")
@click.option("--reason", required=True, help="Why it is this contact.")
@click.option("--from", "since", default="", metavar="DTG", help="Since when; always when not given.")
@marking_options
@json_option
@db_option
def link(
    ref: str, contact: str, reason: str, since: str, as_json: bool, db: str | None, **given: Any
) -> None:
    """Say that the target is heard as a contact."""
    from maoc_tui.domain.contacts import parse_key

    key = parse_key(contact)
    with room(db) as here:
        marking = chosen_marking(given, viewer(here).partner)
        from maoc_tui.desk import targets

        saved = targets.link(here, viewer(here), ref, key, reason, since=since, marking=marking)
        _done(saved, as_json, f"is heard as {contact}")


@command.command()
@click.argument("ref")
@click.argument("contact")
@click.option("--reason", required=True, help="Why it is not, or no longer, this contact.")
@click.option("--until", default="", metavar="DTG", help="When it ended; now when not given.")
@json_option
@db_option
def unlink(ref: str, contact: str, reason: str, until: str, as_json: bool, db: str | None) -> None:
    """Date the end of a link; it stays in the record and can be made again."""
    from maoc_tui.domain.contacts import parse_key

    key = parse_key(contact)
    with room(db) as here:
        from maoc_tui.desk import targets

        saved = targets.unlink(here, viewer(here), ref, key, reason, until=until)
        _done(saved, as_json, f"is not heard as {contact} any more")


_version = click.option(
    "--version",
    type=click.IntRange(1),
    help="Of the sheet you decided on; a change since is told, not overwritten.",
)


@command.command()
@click.argument("ref")
@click.argument("status")
@click.option("--reason", required=True, help="Why.")
@_version
@json_option
@db_option
def status(ref: str, status: str, reason: str, version: int | None, as_json: bool, db: str | None) -> None:
    """Change where a target stands in the Centre's work."""
    with room(db) as here:
        from maoc_tui.desk import targets

        _done(
            targets.set_status(here, viewer(here), ref, status, reason, version=version),
            as_json,
            f"is {status.upper()}",
        )


@command.command()
@click.argument("ref")
@click.argument("designation")
@click.option("--reason", required=True, help="Why.")
@_version
@json_option
@db_option
def rename(
    ref: str, designation: str, reason: str, version: int | None, as_json: bool, db: str | None
) -> None:
    """Change what the Centre calls a target; its own names are facts."""
    with room(db) as here:
        from maoc_tui.desk import targets

        _done(
            targets.rename(here, viewer(here), ref, designation, reason, version=version),
            as_json,
            "has a new designation",
        )
