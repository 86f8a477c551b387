"""What every command shares: the --db and --json options, the room it works in, and how it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from maoc_tui.desk.room import Room
    from maoc_tui.domain.viewer import Viewer

F = TypeVar("F", bound=Callable[..., Any])


def json_option(function: F) -> F:
    """``--json``: the answer as one JSON document with stable keys; given here or before the command."""

    def asked(context: click.Context, _: click.Parameter, here: bool) -> bool:
        return here or bool((context.find_root().obj or {}).get("json"))

    return click.option("--json", "as_json", is_flag=True, callback=asked, help="Answer in JSON.")(function)


def db_option(function: F) -> F:
    """``--db PATH``: the database to work on."""
    return click.option("--db", type=click.Path(), help="The database file.")(function)


def database_path(db: str | None) -> Path:
    """The database a command works on: its own --db, the group's, MAOC_DB, the settings, the default."""
    from maoc_tui.settings import default_database, load

    context = click.get_current_context(silent=True)
    given = db or (context.find_root().obj or {}).get("db") if context else db
    return Path(given).expanduser() if given else default_database(load())


def given(name: str) -> Any:
    """An option of ``maoc`` itself, such as ``as_login`` or ``read_only``; None when it was not given."""
    context = click.get_current_context(silent=True)
    return (context.find_root().obj or {}).get(name) if context else None


@contextmanager
def room(db: str | None, *, create: bool = False) -> Iterator[Room]:
    """The room of a command, with whoever is signed in on this command line; closed at its end.

    What is refused for want of a role goes into the journal.
    """
    from maoc_tui.desk import access, signing_in
    from maoc_tui.problems import NotPermitted
    from maoc_tui.settings import load

    asked, read_only = given("as_login") or "", bool(given("read_only"))
    opened = signing_in.open_room(
        database_path(db), create=create, settings=load(), asked=asked, read_only=read_only
    )
    try:
        yield opened
    except access.SignInNeeded:
        raise
    except NotPermitted as refusal:
        access.note_denied(opened, access.viewer(opened), refusal, click.get_current_context().command_path)
        raise
    finally:
        opened.close()


def viewer(here: Room) -> Viewer:
    """On whose behalf a command works; SignInNeeded (exit status 3) when nobody is signed in."""
    from maoc_tui.desk import access

    found = access.viewer(here)
    partner = given("view_as")
    if not partner:
        return found
    from maoc_tui.desk import gate

    return gate.view_as(here, found, partner)


def served() -> list[Path]:
    """The records that are there among those that share the data folder: the one named here, and the site's own.

    What lies beside the record, such as zone datasets, serves the site's record whatever --db or MAOC_DB says.
    """
    from maoc_tui.settings import data_folder, default_database, load

    settings = load()
    named = (database_path(None), default_database(settings), settings.db, data_folder() / "maoc.db")
    found = (path.expanduser().resolve() for path in named if path is not None)
    return [path for path in dict.fromkeys(found) if path.exists()]


def permit(act: str) -> None:
    """Refuse an act on what lies beside the record to whoever may not do it in every record that is served.

    Where there is no record yet, there is nobody to refuse.
    """
    from maoc_tui.domain.roles import Act, require

    for path in served():
        with room(str(path)) as here:
            require(viewer(here), Act[act])


def noted(action: str, kind: str, ref: str, detail: str = "") -> None:
    """Write an act on what lies beside the record into the journal of every record that is served."""
    from maoc_tui.desk.journal import note

    for path in served():
        with room(str(path)) as here:
            who = viewer(here)
            with here.db.bookkeeping() as conn:
                note(conn, who, here.clock.now_ms(), action, kind, ref, detail=detail)


def answer(as_json: bool, value: Any, text: str | Callable[[], str]) -> None:
    """Print the JSON value or the text; text from outside has been made printable by the caller."""
    if as_json:
        import orjson

        click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())
    else:
        click.echo(text if isinstance(text, str) else text())


def table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """Rows as an aligned text table; every cell is made printable here."""
    from maoc_tui.domain.text import printable

    cells = [
        [printable(str(row.get(c, "") if row.get(c) is not None else ""), 60) for c in columns]
        for row in rows
    ]
    widths = [max([len(c), *(len(line[i]) for line in cells)]) for i, c in enumerate(columns)]
    lines = [[c.upper() for c in columns], *cells]
    return "\n".join(
        "  ".join(v.ljust(w) for v, w in zip(line, widths, strict=True)).rstrip() for line in lines
    )
