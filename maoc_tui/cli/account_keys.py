"""``maoc account passphrase``, ``maoc account recover`` and ``maoc encrypt``: what opens the record."""

from __future__ import annotations

import click

from maoc_tui.cli.account_words import outcome_json, recovery, told
from maoc_tui.cli.answers import answer, database_path, db_option, json_option, room, viewer
from maoc_tui.cli.passphrase import passphrase, passphrase_options


@click.command(name="passphrase")
@click.argument("login", required=False, default="")
@click.option("--reason", default="forgotten", help="Why, for somebody else's.")
@passphrase_options
@json_option
@db_option
def set_passphrase(
    login: str, reason: str, passphrase_stdin: bool, passphrase_fd: int | None, as_json: bool, db: str | None
) -> None:
    """Change your own passphrase, or give somebody who forgot theirs a new one (needs a second person).

    On standard input or a file the old one stands on the first line, the new one on the second; of somebody
    else's only the new one.
    """
    from maoc_tui.desk import accounts, signing_in

    with room(db) as here:
        came, mine = viewer(here), signing_in.account_of(here)
        if mine is not None and login.casefold() in ("", mine.login):
            old = passphrase("Present passphrase", passphrase_stdin, passphrase_fd)
            new = passphrase("New passphrase", passphrase_stdin, passphrase_fd, twice=True)
            signing_in.change_passphrase(here, old, new)
            answer(as_json, {"login": mine.login, "done": True}, "Your passphrase is changed.")
            return
        new = passphrase(f"New passphrase of {login}", passphrase_stdin, passphrase_fd, twice=True)
        outcome = accounts.set_passphrase(here, came, login, new, reason)
    answer(as_json, outcome_json(outcome), told(outcome, f"{login} has a new passphrase."))


@click.command()
@click.argument("login")
@passphrase_options
@json_option
@db_option
def recover(
    login: str, passphrase_stdin: bool, passphrase_fd: int | None, as_json: bool, db: str | None
) -> None:
    """Give an account a new passphrase with the recovery code, when nobody can open the record any more.

    On standard input or a file the code stands on the first line, the new passphrase on the second.
    """
    from maoc_tui.desk import encryption

    code = passphrase("Recovery code", passphrase_stdin, passphrase_fd)
    new = passphrase(f"New passphrase of {login}", passphrase_stdin, passphrase_fd, twice=True)
    waits = encryption.recover(database_path(db), code, login.casefold(), new)
    told = f"{login} has a new passphrase and may sign in."
    if waits:
        told = f"{waits} waits for a second person: maoc account approve {waits}"
    answer(as_json, {"login": login, "done": not waits, "change": waits or None}, told)


@click.command()
@click.option("--reason", default="new key", help="Why; it stands in the journal.")
@json_option
@db_option
def encrypt(reason: str, as_json: bool, db: str | None) -> None:
    """Encrypt the record, or give it another key when somebody has left; nobody else may have it open."""
    from maoc_tui.desk import encryption

    with room(db) as here:
        made = encryption.encrypt(here, viewer(here), reason)
    value = {"encrypted": True, "recovery_code": made.code, "kept": str(made.kept) if made.kept else None}
    answer(as_json, value, "\n".join([*recovery(made), "Everybody signs in again."]))
