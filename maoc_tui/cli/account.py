"""``maoc account``: who may sign in, with which roles; what waits for a second person."""

from __future__ import annotations

from typing import Any

import click

from maoc_tui.cli.account_keys import recover, set_passphrase
from maoc_tui.cli.account_words import outcome_json, recovery, told
from maoc_tui.cli.answers import answer, db_option, json_option, room, table, viewer
from maoc_tui.cli.passphrase import passphrase, passphrase_options

ROLES = ("coordinator", "liaison", "analyst", "releaser", "auditor", "administrator", "feeder")
_reason = click.option("--reason", required=True, help="Why; it stands in the journal.")
_role = click.option("--role", required=True, type=click.Choice(ROLES), help="Which role.")


@click.group(name="account")
def command() -> None:
    """Enrol officers and services, give and take roles, disable; most changes need a second person."""


@command.command("list")
@json_option
@db_option
def list_(as_json: bool, db: str | None) -> None:
    """Every account with its roles, and the changes that wait for a second person."""
    from maoc_tui.desk import accounts

    with room(db) as here:
        rows = [_row(line) for line in accounts.listing(here, viewer(here))]
    shown = [{**row, "roles": ", ".join(row["roles"]), "waiting": ", ".join(row["waiting"])} for row in rows]
    columns = ("login", "name", "partner", "state", "roles", "waiting")
    answer(as_json, rows, lambda: table(shown, columns) if rows else "Nobody is enrolled: single-user mode.")


def _row(line: Any) -> dict[str, Any]:
    account = line.account
    return {
        "login": account.login, "name": account.name, "partner": account.partner, "state": line.state,
        "roles": sorted(role.value for role in line.roles), "officer": account.officer or None,
        "ssh_key": account.ssh_key or None, "os_user": account.os_user or None,
        "waiting": [f"{change.ref} {change.kind}" for change in line.waiting],
    }  # fmt: skip


@command.command()
@click.argument("login")
@click.option("--name", required=True, help="As it stands in the record: Ana Ferreira.")
@click.option("--partner", required=True, metavar="CODE", help="ES, FR … or MAOC for the Centre's own staff.")
@click.option(
    "--role", "held", multiple=True, required=True, type=click.Choice(ROLES), help="One or several."
)
@click.option("--officer", default="", metavar="ID", help="The officer of the register it belongs to.")
@click.option("--ssh-key", default="", metavar="SHA256:…", help="The only SSH key it signs in with.")
@click.option("--os-user", default="", help="The only user of the system it signs in as.")
@click.option("--encrypt/--no-encrypt", default=True, help="Encrypt the record with the first account.")
@click.option("--reason", default="enrolment", help="Why; it stands in the journal.")
@passphrase_options
@json_option
@db_option
def enrol(
    login: str, held: tuple[str, ...], encrypt: bool, reason: str, passphrase_stdin: bool,
    passphrase_fd: int | None, as_json: bool, db: str | None, **given: str,
) -> None:  # fmt: skip
    """Enrol somebody; the first account is an administrator, ends single-user mode and encrypts the record."""
    from maoc_tui.desk import access, accounts, encryption
    from maoc_tui.desk.account_rules import Newcomer
    from maoc_tui.domain.roles import Role

    with room(db) as here:
        first, came = access.single_user(here), viewer(here)
        given["partner"] = given["partner"].upper()
        who = Newcomer(login=login.casefold(), roles=frozenset(map(Role, held)), **given)
        said = passphrase("New passphrase", passphrase_stdin, passphrase_fd, twice=True)
        outcome = accounts.enrol(here, came, who, said, reason)
        made = encryption.encrypt_first(here, came, reason) if first and encrypt else None
    value = {"login": login, **outcome_json(outcome), "recovery_code": made.code if made else None}
    value["kept"] = str(made.kept) if made else None
    answer(as_json, value, "\n".join([told(outcome, f"{login} is enrolled."), *recovery(made)]))


@command.command()
@click.argument("login")
@_role
@click.option("--until", default="", metavar="DTG", help="Until when; until taken away when not given.")
@_reason
@json_option
@db_option
def grant(login: str, role: str, until: str, reason: str, as_json: bool, db: str | None) -> None:
    """Give somebody a role."""
    from maoc_tui.desk import accounts
    from maoc_tui.domain.clock import to_ms
    from maoc_tui.domain.roles import Role
    from maoc_tui.domain.times import parse_time

    with room(db) as here:
        until_ms = to_ms(parse_time(until, here.admission.wall.now())) if until else None
        outcome = accounts.grant(here, viewer(here), login, Role(role), reason, until_ms)
    answer(as_json, outcome_json(outcome), told(outcome, f"{login} is {role}."))


@command.command()
@click.argument("login")
@_role
@_reason
@json_option
@db_option
def revoke(login: str, role: str, reason: str, as_json: bool, db: str | None) -> None:
    """Take a role away, at once."""
    from maoc_tui.desk import accounts
    from maoc_tui.domain.roles import Role

    with room(db) as here:
        accounts.revoke(here, viewer(here), login, Role(role), reason)
    answer(as_json, {"login": login, "done": True}, f"{login} is no longer {role}.")


@command.command()
@click.argument("login")
@_reason
@json_option
@db_option
def disable(login: str, reason: str, as_json: bool, db: str | None) -> None:
    """Shut somebody out, at once and everywhere."""
    from maoc_tui.desk import accounts

    with room(db) as here:
        accounts.disable(here, viewer(here), login, reason)
        encrypted = here.db.key is not None
    then = " Give the record another key when nobody has it open: maoc encrypt" if encrypted else ""
    answer(as_json, {"login": login, "done": True}, f"{login} is shut out.{then}")


@command.command()
@click.argument("login")
@_reason
@json_option
@db_option
def enable(login: str, reason: str, as_json: bool, db: str | None) -> None:
    """Let a disabled account sign in again."""
    from maoc_tui.desk import accounts

    with room(db) as here:
        outcome = accounts.enable(here, viewer(here), login, reason)
    answer(as_json, outcome_json(outcome), told(outcome, f"{login} may sign in."))


@command.command()
@click.argument("login")
@click.option("--ssh-key", default="", metavar="SHA256:…", help="Its fingerprint; none when not given.")
@click.option("--os-user", default="", help="The user of the system; any when not given.")
@_reason
@json_option
@db_option
def bind(login: str, ssh_key: str, os_user: str, reason: str, as_json: bool, db: str | None) -> None:
    """Bind an account to the one SSH key, or user of the system, it signs in with."""
    from maoc_tui.desk import accounts

    with room(db) as here:
        outcome = accounts.bind(here, viewer(here), login, ssh_key, os_user, reason)
    answer(as_json, outcome_json(outcome), told(outcome, f"{login} is bound."))


def _decide(ref: str, approved: bool, reason: str, as_json: bool, db: str | None) -> None:
    from maoc_tui.desk import accounts

    with room(db) as here:
        change = accounts.decide(here, viewer(here), ref, approved, reason)
    word = "confirmed" if approved else "refused"
    answer(as_json, {"change": change.ref, "approved": approved}, f"{change.ref} is {word}.")


@command.command()
@click.argument("ref")
@click.option("--reason", default="confirmed", help="Why; it stands in the journal.")
@json_option
@db_option
def approve(ref: str, reason: str, as_json: bool, db: str | None) -> None:
    """Confirm, as the second person, what somebody else proposed: U-0003."""
    _decide(ref, True, reason, as_json, db)


@command.command()
@click.argument("ref")
@_reason
@json_option
@db_option
def refuse(ref: str, reason: str, as_json: bool, db: str | None) -> None:
    """Refuse what somebody proposed; it stays in the record."""
    _decide(ref, False, reason, as_json, db)


command.add_command(set_passphrase)
command.add_command(recover)
