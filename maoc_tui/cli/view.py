"""``maoc view``: saved views, one's own and those shared; ``maoc recent`` and ``maoc pin``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from maoc_tui.cli.answers import answer, db_option, json_option, room, table, viewer
from maoc_tui.cli.marking_options import chosen_marking, marking_options

if TYPE_CHECKING:
    from maoc_tui.desk.marks import Mark
    from maoc_tui.desk.views import SavedView


@click.group(name="view")
def command() -> None:
    """Saved views: a screen with its filter and order under a name."""


@command.command("list")
@json_option
@db_option
def list_(as_json: bool, db: str | None) -> None:
    """Your own views and those shared with you."""
    from maoc_tui.desk import views

    with room(db) as here:
        found = [_json(one) for one in views.views(here, viewer(here))]
    columns = ("key", "name", "screen", "filter", "sort", "by", "marking")
    answer(as_json, found, lambda: table(found, columns) if found else "No view is saved.")


@command.command()
@click.argument("name")
@click.option("--screen", default="targets", show_default=True, help="watch, chart, targets, operations …")
@click.option("--filter", "query", default="", help="As on that screen: flag:VE,CO type:sail")
@click.option("--sort", default="", help="Column of the Watch list.")
@click.option("--descending", is_flag=True, help="From the greatest down.")
@click.option("--key", "digit", type=click.IntRange(0, 9), default=0, help="1 to 9, struck after V.")
@click.option("--shared", is_flag=True, help="For your partner's officers, and whom its marking names.")
@marking_options
@json_option
@db_option
def save(name: str, as_json: bool, db: str | None, **given: Any) -> None:
    """Save a view; your own of the same name is replaced."""
    from maoc_tui.desk import views

    with room(db) as here:
        who = viewer(here)
        given["marking"] = chosen_marking(given, who.partner)
        made = views.save(
            here, who, name, given.pop("screen"), given.pop("query"), given.pop("sort"), **given
        )
    _done(made, as_json, "saved")


@command.command()
@click.argument("name")
@click.argument("new")
@json_option
@db_option
def rename(name: str, new: str, as_json: bool, db: str | None) -> None:
    """Give your view another name."""
    from maoc_tui.desk import views

    with room(db) as here:
        made = views.rename(here, viewer(here), name, new)
    _done(made, as_json, "renamed")


@command.command()
@click.argument("name")
@json_option
@db_option
def remove(name: str, as_json: bool, db: str | None) -> None:
    """Withdraw your view, from now on."""
    from maoc_tui.desk import views

    with room(db) as here:
        made = views.remove(here, viewer(here), name)
    _done(made, as_json, "withdrawn")


@command.command()
@click.argument("name")
@click.option(
    "--limit", type=click.IntRange(min=0), default=200, show_default=True, help="Rows at most; 0 for all."
)
@json_option
@db_option
def show(name: str, limit: int, as_json: bool, db: str | None) -> None:
    """The rows of a view of contacts or targets as you see them now, newest first."""
    from maoc_tui.cli import target_json
    from maoc_tui.desk import listing, targets, views
    from maoc_tui.domain.saved_views import FILTERED
    from maoc_tui.problems import BadInput

    with room(db) as here:
        who = viewer(here)
        one = views.view(here, who, name)
        if one.screen not in FILTERED:
            raise BadInput(
                f"{one.name!r} is a screen, not a list with a filter.", "Open it in the program with V."
            )
        if one.screen == "targets":
            found = targets.chosen(here, targets.listing(here, who), one.query)
            rows = [target_json.row(row) for row in (found[:limit] if limit else found)]
            shown: tuple[str, ...] = ("ref", "title", "flag", "type", "status", "marking")
        else:
            rows = listing.contacts(here, who, one.query, limit).rows
            shown = ("contact", "name", "class", "flag", "position", "at", "zone", "target")
    answer(as_json, {"view": _json(one), "rows": rows}, lambda: table(rows, shown))


@click.command()
@json_option
@db_option
def recent(as_json: bool, db: str | None) -> None:
    """The records you opened last in the program, as far as you may see them now."""
    from maoc_tui.desk import marks

    with room(db) as here:
        found = [_mark(one) for one in marks.recent(here, viewer(here))]
    answer(as_json, found, lambda: table(found, ("ref", "title", "opened")) if found else "None was opened.")


@click.command()
@click.argument("ref", required=False, default="")
@click.option("--off", is_flag=True, help="Let it go.")
@json_option
@db_option
def pin(ref: str, off: bool, as_json: bool, db: str | None) -> None:
    """Pin a record, or list what you pinned; without REF the list."""
    from maoc_tui.desk import marks

    with room(db) as here:
        who = viewer(here)
        if ref:
            marks.pin(here, who, ref, off=off)
        found = [_mark(one) for one in marks.pins(here, who)]
    answer(as_json, found, lambda: table(found, ("ref", "title")) if found else "Nothing is pinned.")


def _mark(one: Mark) -> dict[str, Any]:
    from maoc_tui.desk.listing import iso

    return {"ref": one.ref, "title": one.title, "opened": iso(one.opened_ms or 0), "pinned": one.pinned}


def _json(one: SavedView) -> dict[str, Any]:
    return {
        "name": one.name, "key": one.digit or None, "screen": one.screen, "filter": one.query, "sort": one.sort or None,
        "descending": one.descending, "shared": one.shared, "own": one.own, "by": one.by, "marking": str(one.marking),
    }  # fmt: skip


def _done(one: SavedView, as_json: bool, what: str) -> None:
    from maoc_tui.domain.text import printable

    answer(as_json, _json(one), f"View {printable(one.name, 60)} {what}.")
