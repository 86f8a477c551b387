"""``maoc law``: what an acting State may do to a vessel or aircraft at a position, and why; ``maoc flag``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from maoc_tui.cli.answers import answer, database_path, db_option, json_option, room, table, viewer
from maoc_tui.cli.zone import open_waters, read_positions
from maoc_tui.problems import BadInput

if TYPE_CHECKING:
    from maoc_tui.desk.law import Asked, Judged
    from maoc_tui.domain.partners import Register


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("position", nargs=-1, type=click.UNPROCESSED)
@click.option("--acting", metavar="XX", help="The State that would act, ISO alpha-2.")
@click.option("--flag", metavar="XX", default="", help="The flag State, or none.")
@click.option(
    "--flag-status",
    metavar="S",
    default="",
    help="confirmed, claimed, denied, no-answer, conflict, stateless, unknown, immune.",
)
@click.option("--air", is_flag=True, help="It is an aircraft.")
@click.option("--radius", type=float, metavar="NM", help="Radius of the position's error, nm.")
@click.option(
    "--fact",
    "facts",
    multiple=True,
    metavar="NAME=VALUE",
    help="Such as voyage=inward, pursuit=yes, distress=yes.",
)
@click.option(
    "--as-of", default="", metavar="TIME", help="The day of treaties and membership; now when not given."
)
@click.option(
    "--target",
    metavar="REF",
    default="",
    help="This target: its flag as claimed, at its newest place or at POSITION.",
)
@click.option("--table", "whole", is_flag=True, help="Print the whole decision table.")
@db_option
@json_option
def command(
    position: tuple[str, ...],
    acting: str | None,
    flag: str,
    flag_status: str,
    air: bool,
    radius: float | None,
    facts: tuple[str, ...],
    as_of: str,
    target: str,
    whole: bool,
    db: str | None,
    as_json: bool,
) -> None:
    """What ACTING may do at POSITION: rule, articles, consent, clocks, and what is not known.

    A flag given without a status is taken as confirmed. The answer is advice, not decision.
    """
    from maoc_tui.desk import law, law_words

    if whole:
        rows = law_words.decision_table()
        answer(as_json, rows, lambda: table(rows, ("medium", "zone", "coast", "flag", "treaty", "rules")))
        return
    if not acting:
        raise BadInput("Who would act is not said.", "Give --acting XX, such as --acting ES.")
    asked = _asked(acting, flag, flag_status, air, facts)
    if target:
        if air:
            raise BadInput("A target is a vessel or an aircraft already.", "Leave out --air.")
        _of_target(target, asked, position, radius, as_of, db, as_json)
        return
    places = read_positions(position)
    at_ms, radius = _moment(as_of), radius or 0.0
    register = _register(db)
    with open_waters(db) as waters:
        found = [law.at(waters, register, p.lat, p.lon, asked, at_ms, radius) for p in places]
    found = _with_profiles(found, db)
    value = [law_words.as_json(judged) for judged in found]
    answer(as_json, value[0] if len(value) == 1 else value, lambda: "\n\n".join(map(_told, found)))


def _of_target(
    ref: str,
    asked: Asked,
    position: tuple[str, ...],
    radius: float | None,
    as_of: str,
    db: str | None,
    as_json: bool,
) -> None:
    from maoc_tui.desk import law, law_words

    places = [(at.lat, at.lon) for at in read_positions(position)] if position else [None]
    at_ms = _moment(as_of) if as_of else None
    with room(db) as here:
        who = viewer(here)
        found = [
            law.of_target(here, who, ref, asked, place=at, radius_nm=radius, at_ms=at_ms) for at in places
        ]
    value = [law_words.as_json(judged) for judged in found]
    answer(as_json, value[0] if len(value) == 1 else value, lambda: "\n\n".join(map(_told, found)))


def _with_profiles(found: list[Judged], db: str | None) -> list[Judged]:
    """The answers with what is known of the flag State; reply times where there is a record to read."""
    from maoc_tui.desk import law
    from maoc_tui.domain.viewer import WATCH

    if db is None and not database_path(db).exists():
        return [law.with_profile(judged, None, WATCH) for judged in found]
    with room(db) as here:
        who = viewer(here)
        return [law.with_profile(judged, here, who) for judged in found]


@click.command()
@click.argument("state")
@click.option("--as-of", default="", metavar="TIME", help="The day of treaties; now when not given.")
@json_option
@db_option
def flag(state: str, as_of: str, as_json: bool, db: str | None) -> None:
    """What is known of STATE: whom to ask, by which way, its treaties, its usual reply time.

    What is not known is said to be unknown.
    """
    from maoc_tui.desk import state_profile
    from maoc_tui.domain.viewer import WATCH

    code, at_ms = _state(state, "STATE"), _moment(as_of)
    if db is None and not database_path(db).exists():
        found = state_profile.known(None, WATCH, code, at_ms)
    else:
        with room(db) as here:
            found = state_profile.known(here, viewer(here), code, at_ms)
    told = (f"{label:>24}  {text}" for label, text in state_profile.lines(found))
    answer(as_json, state_profile.as_json(found), lambda: "\n".join(told))


def _asked(acting: str, flag: str, status: str, air: bool, facts: tuple[str, ...]) -> Asked:
    from maoc_tui.desk.law import Asked

    named = "" if flag.lower() == "none" else _state(flag, "--flag") if flag else ""
    standing = status.lower() or ("confirmed" if named else "stateless" if flag else "unknown")
    said, values = set(), {}
    for fact in facts:
        name, _, value = fact.partition("=")
        if not value:
            raise BadInput(f"--fact {fact!r} has no value.", "Write it as NAME=VALUE, such as voyage=inward.")
        if name in ("distress", "invited"):
            if value not in ("yes", "no"):
                raise BadInput(f"{name} is yes or no.", f"Write --fact {name}=yes.")
            said |= {name} if value == "yes" else set()
        else:
            values[name] = value
    return Asked(
        _state(acting, "--acting"), named, standing, "air" if air else "sea", values, frozenset(said)
    )


def _state(text: str, option: str) -> str:
    from maoc_tui.domain.state_codes import state_code

    return state_code(text, option)


def _moment(text: str) -> int:
    from maoc_tui.domain.clock import Clock, to_ms
    from maoc_tui.domain.times import parse_time

    clock = Clock()
    return to_ms(parse_time(text, clock.now())) if text else clock.now_ms()


def _register(db: str | None) -> Register:
    """The register of the database with its recorded acts, or the shipped one where there is none."""
    from maoc_tui.desk import partners
    from maoc_tui.desk.partner_register import shipped
    from maoc_tui.domain.partners import Register

    if db is None and not database_path(db).exists():
        known, rules, _ = shipped()
        return Register(known, rules)
    with room(db) as here:
        return partners.register(here)


def _told(judged: Judged) -> str:
    from maoc_tui.desk import law_words
    from maoc_tui.domain.text import printable

    rest = (f"  {label:>14}  {printable(text, 600)}" for label, text in law_words.lines(judged))
    return "\n".join([law_words.headline(judged), *rest])
