"""``maoc signin``, ``maoc signout``, ``maoc purpose``, ``maoc whoami``: who works on this command line, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from maoc_tui.cli.answers import answer, database_path, db_option, given, json_option, room
from maoc_tui.cli.passphrase import passphrase, passphrase_options
from maoc_tui.problems import BadInput

if TYPE_CHECKING:
    from maoc_tui.desk.room import Room


@click.command()
@click.argument("login", required=False, default="")
@click.option("--again", is_flag=True, help="Give the passphrase again, for acts that ask for it.")
@click.option("--purpose", help="What the session is for; written beside everything you open and take out.")
@passphrase_options
@json_option
@db_option
def signin(
    login: str,
    again: bool,
    purpose: str | None,
    passphrase_stdin: bool,
    passphrase_fd: int | None,
    as_json: bool,
    db: str | None,
) -> None:
    """Sign in on this command line, for at most 12 hours, or an hour without use."""
    if again:
        _confirm(db, passphrase_stdin, passphrase_fd, as_json)
        return
    login = (login or given("as_login") or click.prompt("Login", err=True)).strip().casefold()
    said = passphrase("Passphrase", passphrase_stdin, passphrase_fd)
    by_hand = not passphrase_stdin and passphrase_fd is None
    if purpose is None:
        purpose = click.prompt("Purpose", default="", show_default=False, err=True) if by_hand else ""
    from maoc_tui.desk import command_line

    path, asked = database_path(db), given("as_login") or ""
    came, until_ms = command_line.sign_in(path, login, said, asked=asked, purpose=purpose)
    value = {**_who(came), "until": _iso(until_ms)}
    answer(as_json, value, f"Signed in as {came.name} ({came.partner}) until {_iso(until_ms)[11:16]}Z.")


def _confirm(db: str | None, from_stdin: bool, fd: int | None, as_json: bool) -> None:
    from maoc_tui.desk import signing_in

    with room(db) as here:
        signing_in.confirm(here, passphrase("Passphrase", from_stdin, fd))
    answer(as_json, {"confirmed": True}, "Confirmed for five minutes.")


@click.command()
@json_option
@db_option
def signout(as_json: bool, db: str | None) -> None:
    """End the session of this command line and remove its token file."""
    from maoc_tui.desk import command_line

    ended = command_line.sign_out(database_path(db), asked=given("as_login") or "")
    answer(as_json, {"signed_out": ended}, "Signed out." if ended else "Nobody was signed in here.")


@click.command()
@click.argument("text", required=False, default="")
@json_option
@db_option
def purpose(text: str, as_json: bool, db: str | None) -> None:
    """Say what this session is for from now on; without TEXT, what was said."""
    with room(db) as here:
        from maoc_tui.desk import access, signing_in
        from maoc_tui.domain.purpose import UNSAID

        if text and access.single_user(here):
            raise BadInput(
                "Nobody is enrolled: there is no session a purpose could be kept with.",
                f"Everything is written as {UNSAID}; enrol an administrator with: maoc account enrol LOGIN",
            )
        came = signing_in.state_purpose(here, text) if text else access.viewer(here)
        told = came.purpose or UNSAID
    answer(as_json, {"purpose": told}, f"Purpose of this session: {told}.")


@click.command()
@json_option
@db_option
def whoami(as_json: bool, db: str | None) -> None:
    """On whose behalf this command line reads and writes."""
    from maoc_tui.desk import access

    with room(db) as here:
        came = access.viewer(here)
        value = {**_who(came), "single_user": access.single_user(here), "until": _until(here)}
    if value["single_user"]:
        answer(
            as_json,
            value,
            "Single-user mode: nobody is enrolled, and whoever opens the record may do everything.",
        )
    else:
        answer(
            as_json,
            value,
            f"{came.name}, {came.partner}: {', '.join(value['roles']) or 'no role'}; until {value['until']};"
            f" for: {value['purpose']}.",
        )


def _who(came: Any) -> dict[str, Any]:
    from maoc_tui.domain.purpose import UNSAID

    return {
        "name": came.name, "partner": came.partner, "roles": sorted(role.value for role in came.roles),
        "officer": came.officer or None, "all_seeing": came.all_seeing, "read_only": came.read_only,
        "purpose": came.purpose or UNSAID,
    }  # fmt: skip


def _until(here: Room) -> str | None:
    from maoc_tui.desk import signing_in

    until_ms = signing_in.ends_ms(here)
    return _iso(until_ms) if until_ms else None


def _iso(ms: int) -> str:
    from maoc_tui.domain.clock import from_ms

    return f"{from_ms(ms):%Y-%m-%dT%H:%M:%SZ}"
