"""``maoc zones``: the zone dataset, and building it anew from public data."""

from __future__ import annotations

from pathlib import Path

import click

from maoc_tui.cli.answers import answer, json_option
from maoc_tui.problems import BadInput


@click.group()
def command() -> None:
    """List zone datasets, derive them anew."""


@command.command("list")
@json_option
def list_(as_json: bool) -> None:
    """The dataset in use: edition, licence, sources and what may be promised of its lines."""
    from dataclasses import asdict

    from maoc_tui.cli.zone import open_index

    index = open_index()
    held = index.dataset
    value = [{**asdict(held), "accuracy": dict(held.accuracy), "areas": len(index.areas), "active": True}]
    lines = [
        f"{held}  {len(index.areas)} areas, in use",
        f"  {held.licence}  {held.attribution}",
        *(f"  from {source}" for source in held.sources),
        *(f"  {sort}: {text}" for sort, text in held.accuracy),
    ]
    answer(as_json, value, "\n".join(lines))


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
