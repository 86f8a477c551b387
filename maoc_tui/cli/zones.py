"""``maoc zones``: the zone dataset, and building it anew from public data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from maoc_tui.cli import zones_official, zones_override
from maoc_tui.cli.answers import answer, json_option
from maoc_tui.problems import BadInput

if TYPE_CHECKING:
    from maoc_tui.desk.zone_editions import Edition
    from maoc_tui.geo.zonemodel import Dataset


@click.group()
def command() -> None:
    """List zone datasets, import official ones, switch between them, derive them anew."""


command.add_command(zones_official.import_)
command.add_command(zones_official.activate)
command.add_command(zones_official.fetch)
command.add_command(zones_override.command)


@command.command("list")
@json_option
def list_(as_json: bool) -> None:
    """The zone datasets here and which is in use: edition, licence, sources, what may be promised of the lines."""
    from dataclasses import asdict

    from maoc_tui.desk.zone_editions import described

    found = described()
    value = [
        {**asdict(held), "accuracy": dict(held.accuracy), "areas": areas, "active": edition.active,
         "id": edition.name, "path": str(edition.path)}
        for edition, held, areas in found
    ]  # fmt: skip
    answer(as_json, value, lambda: "\n".join(_told(*one) for one in found))


def _told(edition: Edition, held: Dataset, areas: int) -> str:
    return "\n".join([
        f"{edition.name}{', in use' if edition.active else ''}: {held}  {areas} areas",
        f"  {held.licence}  {held.attribution}",
        *(f"  from {source}" for source in held.sources),
        *(f"  {sort}: {text}" for sort, text in held.accuracy if edition.active),
    ])  # fmt: skip


@command.command()
@click.option(
    "--maritime", required=True, type=click.Path(path_type=Path), help="@osm_borders/maritime_10m .tgz"
)
@click.option("--world-atlas", required=True, type=click.Path(path_type=Path), help="world-atlas .tgz")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The zone file to write.")
@json_option
def derive(maritime: Path, world_atlas: Path, out: Path, as_json: bool) -> None:
    """Build the world's zones from two npm archives (npm pack NAME@VERSION); takes some minutes."""
    try:
        from maoc_tui.geo.derive import derive as derive_zones
    except ImportError as error:
        raise BadInput(
            f"Deriving zones needs {error.name}, which is not installed.", "Install maoc-tui[derive]."
        ) from None
    from maoc_tui.geo import zonefile

    data = derive_zones(maritime, world_atlas, lambda text: click.echo(text, err=True))
    size = zonefile.write(out, data)
    value = {"out": str(out), "bytes": size, "areas": len(data.areas), "lines": len(data.lines)}
    answer(as_json, value, f"{out}: {len(data.areas)} areas, {len(data.lines)} lines, {size:,} bytes.")
