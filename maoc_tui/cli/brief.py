"""``maoc brief``: the daily brief for each recipient, checked, approved by a second person, issued, recalled."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from maoc_tui.cli import brief_grid, brief_verify
from maoc_tui.cli.answers import answer, db_option, json_option, room, table, viewer
from maoc_tui.problems import BadInput

if TYPE_CHECKING:
    from maoc_tui.brief.document import Document
    from maoc_tui.desk.briefing import Summary
    from maoc_tui.store.briefs import Brief

_FOR = click.option("--for", "partners", multiple=True, metavar="XX", help="A recipient; may be given again.")
_DATE = click.option("--date", default="", metavar="DAY", help="The day; today when not given.")


@click.group(name="brief", invoke_without_command=True)
@click.option("--for", "partner", default="", metavar="XX", help="The recipient.")
@_DATE
@click.option("--format", "form", default="txt", help="txt, md, json, html, csv, pdf, geojson, kml or gpx.")
@click.option("--out", type=click.Path(path_type=Path), help="A folder to write the file into.")
@click.option(
    "--why", is_flag=True, help="Each line of your own copy: in or out of theirs, and by which rule."
)
@json_option
@db_option
@click.pass_context
def command(ctx: click.Context, as_json: bool, db: str | None, **given: Any) -> None:
    """Show the brief of a day for one recipient, as it would be compiled now.

    Without --out it is printed. A brief that goes out is drafted, approved by a second officer, then issued.
    """
    if ctx.invoked_subcommand is not None:
        return
    if not given["partner"]:
        raise BadInput("For whom?", "Name the recipient: maoc brief --for ES")
    with room(db) as here:
        if given["why"]:
            _why(here, given, as_json)
        else:
            _show_or_write(here, given, as_json)


def _show_or_write(here: Any, given: dict[str, Any], as_json: bool) -> None:
    from maoc_tui.brief.forms import parse_form
    from maoc_tui.desk import briefing

    who, form = viewer(here), parse_form("json" if as_json and given["out"] is None else given["form"])
    made = briefing.preview(here, who, given["partner"], given["date"])
    if given["out"] is None:
        _print(made, form)
        return
    path = briefing.export(here, who, made, form, given["out"])
    answer(as_json, {"name": made.name, "recipient": made.recipient, "files": [str(path)]}, str(path))


def _print(document: Document, form: str) -> None:
    """Write a copy to where the command's answers go, byte for byte."""
    from maoc_tui.brief.forms import written

    click.echo(written(document, form), nl=False)


def _why(here: Any, given: dict[str, Any], as_json: bool) -> None:
    from maoc_tui.desk import briefing

    found = briefing.explain(here, viewer(here), given["partner"], given["date"])
    value = [
        {"ref": one.ref, "in": one.seen, "why": one.reason, "text": one.text, "originators": list(one.owners)}
        for one in found
    ]
    rows = [{"": "●" if one.seen else "○", "ref": one.ref, "why": one.reason} for one in found]
    answer(as_json, value, lambda: table(rows, ("", "ref", "why")))


@command.command("check")
@_FOR
@_DATE
@json_option
@db_option
def check(partners: tuple[str, ...], date: str, as_json: bool, db: str | None) -> None:
    """List what is missing, stale, ungraded or unreadable, and what is held back from the recipients named."""
    with room(db) as here:
        from maoc_tui.desk import briefing

        found = briefing.check(here, viewer(here), partners, date)
        value = [{"kind": one.kind, "ref": one.ref, "text": one.text, "look": one.look} for one in found]
        answer(
            as_json,
            value,
            lambda: table(value, ("kind", "ref", "text", "look")) if value else "Nothing is missing.",
        )


@command.command()
@_FOR
@_DATE
@click.option(
    "--if-none", is_flag=True, help="Only where no version of the day waits or is approved: for a timetable."
)
@json_option
@db_option
def draft(partners: tuple[str, ...], date: str, if_none: bool, as_json: bool, db: str | None) -> None:
    """Compile and keep a copy for every recipient; a second officer approves it.

    Without --for: the Centre, members and prospective members.
    """
    with room(db) as here:
        from maoc_tui.desk import brief_copies, briefing

        try:
            made = briefing.draft(here, viewer(here), partners, date, if_none=if_none)
        except briefing.Begun as begun:
            there = begun.there
            kept = brief_copies.found(here, viewer(here), there.name)
            digest = {"digest": kept.digest or brief_copies.digest_of_all(here, kept)}
            value = {**_made(kept), **digest, **_summary(there), "drafted": False}
            answer(as_json, value, f"{there.name} {there.state}: nothing was drafted.")
            return
        value = _made(made) | {"drafted": True}
        said = (
            f"{made.name} for {', '.join(made.recipients)} waits for a second officer to read and approve it:"
            f" maoc brief approve {made.number} {made.digest}"
        )
        answer(as_json, value, said)


@command.command()
@click.argument("name")
@click.argument("digest")
@json_option
@db_option
def approve(name: str, digest: str, as_json: bool, db: str | None) -> None:
    """Approve brief NAME (BR-2022-348), compiled by somebody else: number, words and hashes stand from then on.

    DIGEST stands at the head of every copy of the draft you read; another draft is not approved by it.
    """
    with room(db) as here:
        from maoc_tui.desk import briefing

        made = briefing.approve(here, viewer(here), name, digest)
        missing = briefing.unmade(made)
        files = [
            {"recipient": one.recipient, "format": one.form, "bytes": one.size, "sha256": one.sha256}
            for one in made.files
        ]
        value = {
            "number": made.number,
            "version": made.version,
            "checkpoint": made.checkpoint,
            "files": files,
            "unmade": list(missing),
        }
        said = f"{made.name} is approved: {len(files)} files, journal {made.checkpoint}."
        answer(
            as_json,
            value,
            " ".join((said, f"Could not be made: {', '.join(missing)}." if missing else "")).strip(),
        )


@command.command()
@click.argument("name")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The folder to write into.")
@_FOR
@click.option(
    "--format", "forms", multiple=True, help="A form; may be given again; all that were approved if not."
)
@json_option
@db_option
def issue(
    name: str, out: Path, partners: tuple[str, ...], forms: tuple[str, ...], as_json: bool, db: str | None
) -> None:
    """Write approved brief NAME into a folder, with a manifest; nothing there is ever overwritten.

    Given again it finishes an issue that was broken off. The manifest lies in centre-only: never hand that out.
    """
    with room(db) as here:
        from maoc_tui.desk import briefing

        made = briefing.issue(here, viewer(here), name, out, partners, forms)
        value = {
            "name": made.name,
            "files": [str(path) for path in made.files],
            "manifest": str(made.manifest),
            "unmade": list(made.unmade),
        }
        left = [f"not written: {one}" for one in made.unmade]
        answer(as_json, value, lambda: "\n".join((*value["files"], str(made.manifest), *left)))


@command.command()
@click.argument("name")
@click.argument("ref")
@click.option("--reason", required=True, help="Why; it stays in the journal and is sent to nobody.")
@json_option
@db_option
def recall(name: str, ref: str, reason: str, as_json: bool, db: str | None) -> None:
    """Recall every line on REF in approved brief NAME; tells which copies hold one.

    The next brief to each holder says so.
    """
    with room(db) as here:
        from maoc_tui.desk import briefing

        held = briefing.recall(here, viewer(here), name, ref, reason)
        value = [{"recipient": one.recipient, "line": one.line, "formats": list(one.forms)} for one in held]
        rows = [{**row, "formats": " ".join(row["formats"]) or "not issued"} for row in value]
        answer(as_json, value, lambda: table(rows, ("recipient", "line", "formats")))


@command.command()
@click.argument("name")
@click.option("--for", "partner", required=True, metavar="XX", help="The recipient.")
@click.option("--format", "form", default="txt", help="txt, md, json, html, csv, pdf, geojson, kml or gpx.")
@json_option
@db_option
def show(name: str, partner: str, form: str, as_json: bool, db: str | None) -> None:
    """Show one copy of brief NAME as it stands; its compilers read it before it is approved, too."""
    with room(db) as here:
        from maoc_tui.brief.forms import parse_form
        from maoc_tui.desk import briefing

        word = parse_form("json" if as_json else form)
        _print(briefing.copy(here, viewer(here), name, partner), word)


@command.command("list")
@json_option
@db_option
def list_(as_json: bool, db: str | None) -> None:
    """Briefs, the newest first: state, who compiled and approved them, for whom."""
    with room(db) as here:
        from maoc_tui.desk import briefing

        value = [_summary(one) for one in briefing.listing(here, viewer(here))]
        rows = [
            {
                **row,
                "recipients": " ".join(row["recipients"]),
                "issued": " ".join(row["issued_to"]),
                "broken_off": ", ".join(row["unfinished"]),
            }
            for row in value
        ]
        columns = (
            "name",
            "state",
            "to",
            "recipients",
            "issued",
            "by",
            "approved_by",
            "recalled",
            "broken_off",
        )
        answer(as_json, value, lambda: table(rows, columns))


def _made(one: Brief) -> dict[str, Any]:
    return {
        "number": one.number,
        "version": one.version,
        "recipients": list(one.recipients),
        "digest": one.digest,
    }


def _summary(one: Summary) -> dict[str, Any]:
    from maoc_tui.brief.record_form import iso

    return {
        "name": one.name, "state": one.state, "from": iso(one.from_ms), "to": iso(one.to_ms), "by": one.by or None,
        "approved_by": one.approved_by or None, "recipients": list(one.recipients), "issued_to": list(one.issued_to),
        "recalled": one.recalled, "unfinished": list(one.unfinished),
        "waits_since": iso(one.waits_since_ms) if one.waits_since_ms is not None else None,
    }  # fmt: skip


for _one in (*brief_grid.COMMANDS, brief_verify.verify):
    command.add_command(_one)
