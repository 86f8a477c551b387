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
    from maoc_tui.settings import Settings

F = TypeVar("F", bound=Callable[..., Any])


def json_option(function: F) -> F:
    """``--json``: the answer as one JSON document with stable keys; given here or before the command."""

    def asked(context: click.Context, _: click.Parameter, here: bool) -> bool:
        return here or bool((context.find_root().obj or {}).get("json"))

    return click.option("--json", "as_json", is_flag=True, callback=asked, help="Answer in JSON.")(function)


def db_option(function: F) -> F:
    """``--db PATH``: the database to work on."""
    return click.option("--db", type=click.Path(), help="The database file.")(function)


def database_path(db: str | None, settings: Settings | None = None) -> Path:
    """The database a command works on: its own --db, the group's, MAOC_DB, the settings, the default.

    ``settings`` are those already read; otherwise a settings file with a fault is refused.
    """
    from maoc_tui.settings import default_database, load

    if db is None and (here := given("room")) is not None:
        return Path(here.db.path)
    context = click.get_current_context(silent=True)
    named = db or (context.find_root().obj or {}).get("db") if context else db
    return Path(named).expanduser() if named else default_database(settings or load())


def given(name: str) -> Any:
    """An option of ``maoc`` itself, such as ``as_login`` or ``read_only``; None when it was not given."""
    context = click.get_current_context(silent=True)
    return (context.find_root().obj or {}).get(name) if context else None


@contextmanager
def room(db: str | None, *, create: bool = False, settings: Settings | None = None) -> Iterator[Room]:
    """The room of a command, with whoever is signed in on this command line; closed at its end.

    ``settings`` as of ``database_path``. What is refused for want of a role goes into the journal.
    """
    from maoc_tui.desk import signing_in
    from maoc_tui.settings import load

    if (here := _room_given(db)) is not None:
        with _refusals_noted(here):
            yield here
        return
    asked, read_only = given("as_login") or "", bool(given("read_only"))
    settings = settings or load()
    opened = signing_in.open_room(
        database_path(db, settings), create=create, settings=settings, asked=asked, read_only=read_only
    )
    try:
        with _refusals_noted(opened):
            yield opened
    finally:
        opened.close()


def _room_given(db: str | None) -> Any:
    """The room the caller works in already, where no other record is meant; None where there is none."""
    here = given("room")
    same = here is not None and (
        db is None or Path(db).expanduser().resolve() == Path(here.db.path).resolve()
    )
    return here if same else None


@contextmanager
def _refusals_noted(here: Room) -> Iterator[None]:
    from maoc_tui.desk import access
    from maoc_tui.problems import NotPermitted

    try:
        yield
    except access.SignInNeeded:
        raise
    except NotPermitted as refusal:
        access.note_denied(here, access.viewer(here), refusal, click.get_current_context().command_path)
        raise


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
    """Rows as an aligned text table; every cell is made printable here.

    In the plain program each row is one line with the names of its fields, and what is empty is left out.
    """
    from maoc_tui.domain.text import printable

    if given("plain"):
        return "\n".join(
            "; ".join(f"{c} {printable(str(row[c]), 60)}" for c in columns if row.get(c) not in (None, ""))
            for row in rows
        )
    cells = [
        [printable(str(row.get(c, "") if row.get(c) is not None else ""), 60) for c in columns]
        for row in rows
    ]
    widths = [max([len(c), *(len(line[i]) for line in cells)]) for i, c in enumerate(columns)]
    lines = [[c.upper() for c in columns], *cells]
    return "\n".join(
        "  ".join(v.ljust(w) for v, w in zip(line, widths, strict=True)).rstrip() for line in lines
    )
