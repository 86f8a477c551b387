"""``maoc zones import``, ``activate`` and ``fetch``: official data at the site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from maoc_tui.cli.answers import answer, json_option, noted, permit
from maoc_tui.problems import BadInput

if TYPE_CHECKING:
    from maoc_tui.desk.zone_import import Imported
    from maoc_tui.geo.official_import import Account

_SHOWN = 40
_LOST = 0.05
_KINDS = ("internal", "archipelagic", "territorial", "contiguous", "eez", "joint", "high_seas")


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--mapping", type=click.Path(path_type=Path), help="A TOML file that explains a national file.")
@click.option("--layer", help="The layer to read, where the file holds several.")
@click.option("--kind", type=click.Choice(_KINDS), help="The kind of zone, where the file does not say it.")
@click.option("--edition", help="The edition, where the file and its name do not say it.")
@click.option("--name", help="Name of the new dataset; the file's name when not given.")
@click.option("--alone", is_flag=True, help="Leave out the official data of the active dataset.")
@click.option("--partial", is_flag=True, help="Keep derived areas where the file does not reach.")
@json_option
def import_(
    file: Path,
    mapping: Path | None,
    layer: str | None,
    kind: str | None,
    edition: str | None,
    name: str | None,
    alone: bool,
    partial: bool,
    as_json: bool,
) -> None:
    """Lay official zones over the derived ones: GeoPackage, shapefile (also zipped) or GeoJSON.

    Makes a new dataset; nothing changes until it is activated.
    """
    from datetime import UTC, datetime

    from maoc_tui.desk import zone_import
    from maoc_tui.geo import official_import

    permit("ZONES")
    account = official_import.read(file, mapping=mapping, layer=layer, kind=kind, edition=edition)
    made = zone_import.add(
        account,
        name or zone_import.slug(file.name.partition(".")[0]),
        datetime.now(UTC).date(),
        alone=alone,
        partial=partial,
        say=lambda text: click.echo(text, err=True),
    )
    answer(as_json, _value(account, made), lambda: _told(account, made))


def _value(account: Account, made: Imported) -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "name": made.edition.name,
        "edition": made.dataset.edition,
        "path": str(made.edition.path),
        "active": made.edition.active,
        "read": account.read,
        "kept": len(account.areas),
        "refused": account.count("refused"),
        "duplicate": account.count("duplicate"),
        "repaired": account.count("repaired"),
        "carried": made.carried,
        "superseded": made.superseded,
        "areas": made.areas,
        "given_up": [{"kind": k, "territory": t, "share": round(s, 4)} for k, t, s in made.given_up],
        "findings": [asdict(finding) for finding in account.findings],
    }


def _told(account: Account, made: Imported) -> str:
    name = made.edition.name
    lines = [
        f"{account.read} rows read: {len(account.areas)} kept, {account.count('refused')} refused,"
        f" {account.count('duplicate')} duplicate; {account.count('repaired')} repairs."
    ]
    lines += [
        f"  {f.file} row {f.row}, {f.field}: {f.reason} ({f.action})" for f in account.findings[:_SHOWN]
    ]
    if len(account.findings) > _SHOWN:
        lines.append(f"  and {len(account.findings) - _SHOWN} more; all of them with --json")
    if made.carried or made.superseded:
        lines.append(f"{made.carried} official areas carried over, {made.superseded} superseded.")
    for kind, territory, share in made.given_up:
        if share >= _LOST:
            lines.append(
                f"  {territory} {kind}: {share:.0%} of the derived area lay outside the official one and was"
                f" given up. If the file holds only a part of it, import again with --partial."
            )
    lines.append(f"Made {name}: {made.areas} areas, {made.bytes:,} bytes. Use it: maoc zones activate {name}")
    return "\n".join(lines)


@click.command()
@click.argument("name")
@json_option
def activate(name: str, as_json: bool) -> None:
    """Use a zone dataset from now on; "shipped" is the one that came with the program.

    Running programs follow within seconds and say so.
    """
    from maoc_tui.desk import zone_editions

    permit("ZONES")
    dataset = zone_editions.activate(name)
    noted("alter", "zones", name, f"{dataset} in use")
    value = {
        "active": name,
        "dataset": {"name": dataset.name, "edition": dataset.edition, "date": dataset.date},
    }
    text = f"{dataset} is in use. Running programs follow within seconds."
    answer(as_json, value, text)


@click.command()
@click.argument("layer")
@click.option("--area", "areas", multiple=True, metavar="CODE", help="Only zones of this state (ISO code).")
@click.option("--out", type=click.Path(path_type=Path), help="The GeoJSON file to write.")
@click.option("--page", type=click.IntRange(1, 1000), default=20, show_default=True, help="Areas at a time.")
@click.option("--url", help="Address of the service, where it is not the usual one.")
@json_option
def fetch(
    layer: str, areas: tuple[str, ...], out: Path | None, page: int, url: str | None, as_json: bool
) -> None:
    """Download a Marine Regions layer for import; a broken download goes on where it stopped.

    Layers: eez, eez_12nm, eez_24nm, eez_internal_waters, eez_archipelagic_waters, high_seas.
    """
    from datetime import UTC, datetime

    from maoc_tui.feeds import marine_regions

    states = [_alpha3(area) for area in areas]
    target = out or Path("_".join([layer, *states]) + ".geojson")
    if target.exists():
        raise BadInput(f"{target} exists.", "Choose another file with --out, or move it away.")

    def progress(done: int, total: int | None) -> None:
        click.echo(f"{done} of {total if total is not None else 'an unknown number of'} areas", err=True)

    got = marine_regions.fetch(
        layer, target, datetime.now(UTC).date(), states=states, base=url or marine_regions.BASE,
        page=page, progress=progress,
    )  # fmt: skip
    value = {
        "out": str(got.path), "layer": layer, "features": got.features, "resumed": got.resumed,
        "edition": got.edition,
    }  # fmt: skip
    text = f"{got.path}: {got.features} areas, {got.edition}. Import it: maoc zones import {got.path}"
    answer(as_json, value, text)


def _alpha3(code: str) -> str:
    from maoc_tui.geo.official_columns import alpha3, code_of

    held = code_of(code)
    if held is None:
        from maoc_tui.domain.text import printable

        raise BadInput(f"{printable(code, 40)!r} is no state known here.", "Use an ISO 3166 code such as PT.")
    return alpha3(held)
