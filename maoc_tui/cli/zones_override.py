"""``maoc zones override``: what officers say of waters by hand, over every dataset; added, listed, withdrawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from maoc_tui.cli.answers import answer, db_option, json_option, room, viewer
from maoc_tui.cli.marking_options import chosen_marking, marking_options
from maoc_tui.problems import BadInput

_NAME = click.option("--name", required=True, help="Name of the person who stands for it.")
_REASON = click.option("--reason", required=True, help="Why, and on what evidence.")
_LARGEST = 100_000


@click.group(name="override")
def command() -> None:
    """Answers and areas entered by hand: they outrank official and derived data until they expire."""


@command.command()
@click.option("--kind", required=True, help="land, IW, AW, TS, CZ, EEZ, JR or HS.")
@click.option("--states", default="", help="Whose: PT; all claimants: EH/MA. None for the high seas.")
@click.option("--status", default="", help="agreed, disputed, joint or unsettled.")
@_REASON
@_NAME
@click.option("--until", required=True, help="When it expires: 151200Z, 12h, 7d; a year at most.")
@click.option("--contact", default="", metavar="CONTACT", help="The answer for this contact: ais:263601890.")
@click.option("--target", default="", metavar="REF", help="The answer for this target: T-0417.")
@click.option("--position", default="", help="The answer for every position about this one.")
@click.option("--radius", default="", help="How far about it: 5 nm when not given.")
@click.option("--area", default="", metavar="CORNERS", help="An area: its corners, parted by semicolons.")
@click.option("--area-file", type=click.Path(path_type=Path), help="The corners in a file, one a line.")
@marking_options
@json_option
@db_option
def add(
    as_json: bool,
    db: str | None,
    kind: str,
    states: str,
    contact: str,
    area: str,
    area_file: Path | None,
    **given: Any,
) -> None:
    """Enter what waters are: for a contact or target where it is now, about a position, or in an area.

    An area outranks every line inside it: draw it along the boundary as it should be. Its edges are straight on the
    chart.
    """
    from maoc_tui.domain.contacts import parse_key

    key = parse_key(contact) if contact else 0
    if area_file is not None and area:
        raise BadInput("--area and --area-file cannot be given together.", "Leave one out.")
    corners = _read(area_file) if area_file is not None else area
    reason, name, until = (given.pop(word) for word in ("reason", "name", "until"))
    with room(db) as here:
        marking = chosen_marking(given, viewer(here).partner)
        from maoc_tui.desk import zone_overrides

        made = zone_overrides.add(
            here,
            viewer(here),
            kind,
            states,
            reason,
            name,
            until,
            contact=key,
            area=corners,
            marking=marking,
            **given,
        )
        now = here.clock.now_ms()
        answer(as_json, zone_overrides.as_json(made, now), lambda: zone_overrides.told(made, now))


def _read(path: Path) -> str:
    try:
        with path.open(encoding="utf-8-sig") as file:
            text = file.read(_LARGEST + 1)
    except UnicodeDecodeError:
        raise BadInput(f"{path} is not UTF-8 text.", "Save it as plain text.") from None
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}.", "Check the path and the rights.") from None
    if len(text) > _LARGEST:
        raise BadInput(f"{path} is too long for the corners of an area.", "Give one position a line.")
    return text


@command.command("list")
@click.option("--all", "every", is_flag=True, help="Expired and withdrawn ones too.")
@json_option
@db_option
def list_(every: bool, as_json: bool, db: str | None) -> None:
    """The overrides that count now, the newest first."""
    with room(db) as here:
        from maoc_tui.desk import zone_overrides

        found, now = zone_overrides.listing(here, viewer(here), every=every), here.clock.now_ms()
        text = "\n".join(zone_overrides.told(one, now) for one in found) or "No override counts now."
        answer(as_json, [zone_overrides.as_json(one, now) for one in found], text)


@command.command()
@click.argument("ref")
@_REASON
@_NAME
@json_option
@db_option
def withdraw(ref: str, reason: str, name: str, as_json: bool, db: str | None) -> None:
    """Say that an override no longer counts; both entries stay in the record."""
    with room(db) as here:
        from maoc_tui.desk import zone_overrides

        gone = zone_overrides.withdraw(here, viewer(here), ref, reason, name)
        now = here.clock.now_ms()
        answer(as_json, zone_overrides.as_json(gone, now), lambda: zone_overrides.told(gone, now))
