"""Assets and releases as lines of a brief."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator

from maoc_tui.brief.document import Cite, dtg
from maoc_tui.desk.asset_snapshots import AssetRow
from maoc_tui.desk.brief_entry import Entry, Spotted, cite, sentence, until
from maoc_tui.desk.brief_reading import Gathered
from maoc_tui.desk.brief_targets import waters
from maoc_tui.domain.assets import Asset
from maoc_tui.domain.positions import format_position
from maoc_tui.domain.releases import Proposal
from maoc_tui.store.brief_reading import Granted


def assets(made: Gathered) -> Iterator[Entry]:
    """Every asset this reader sees: whose, where, whether free and until when, what it is asked for."""
    return made.tell(in_order(made), lambda one: one[1].ref, lambda one: (asset_entry(made, *one),))


def in_order(made: Gathered) -> list[tuple[Asset, AssetRow]]:
    """Assets by owner and name."""
    return sorted(made.assets, key=lambda one: (one[1].owner, one[1].name, one[1].ref))


def asset_entry(made: Gathered, asset: Asset, row: AssetRow) -> Entry:
    """The line on an asset."""
    here = math.isfinite(row.lat)
    told = f"{row.availability} as of {dtg(row.as_of_ms)}" if row.as_of_ms is not None else row.availability
    if row.stale and row.said:
        told = f"unknown now; {row.said} as of {dtg(row.as_of_ms or 0)}, which has expired"
    text = sentence(
        f"{row.ref} {row.name}, {row.kind} of {row.owner}: {told}",
        until(row.expires_ms) if not row.stale else "",
        _place(row) if here else "no position known",
        f"{row.ready_min} min to leave" if row.ready_min else "",
        f"sea up to {row.sea_limit}" if row.sea_limit else "",
        f"{row.task.state} {row.task.operation}{f' {row.task.target}' if row.task.target else ''} ({row.task.ref})"
        if row.task is not None else "",
    )  # fmt: skip
    spot = None
    if here:
        how = "told" if row.position_ms is not None else "base"
        spot = Spotted(row.name, "asset", row.lat, row.lon, 0.0, how, row.position_ms)
    return Entry("assets", row.ref, f"{text}.", _asset_cites(made, asset, row), spot)


def _place(row: AssetRow) -> str:
    if row.position_ms is None:
        return f"base {row.base or format_position(row.lat, row.lon)}"
    where = f", waters: {waters(row.zone)}" if row.zone else ""
    return f"{format_position(row.lat, row.lon)} {dtg(row.position_ms)}{where}"


def _asset_cites(made: Gathered, asset: Asset, row: AssetRow) -> tuple[Cite, ...]:
    """The asset, what was said of it, and the tasking that counts."""
    task = row.task.ref if row.task is not None else ""
    return (
        cite("asset", asset.id, row.ref),
        *(cite("asset_profile", said.id, row.ref) for _, said in asset.profiles[-1:]),
        *(cite("asset_report", said.id, row.ref) for _, said in asset.reports),
        *(cite("tasking", one.id, one.ref) for one in made.taskings if one.ref == task),
    )


def releases(made: Gathered) -> Iterator[Entry]:
    """What was released to this reader, and what became of releases to others of what it sees, in the period."""
    by_ref: dict[str, list[tuple[str, Granted]]] = defaultdict(list)
    for statement, held in made.granted.items():
        for one in held:
            by_ref[one.released.ref].append((statement, one))
    yield from made.tell(by_ref.items(), lambda one: one[0], lambda one: _received(made, *one))
    yield from made.tell(made.proposals, lambda one: one.ref, lambda one: _decided(made, one))


def _received(made: Gathered, ref: str, lines: list[tuple[str, Granted]]) -> Iterator[Entry]:
    first = lines[0][1].released
    live = [(statement, one) for statement, one in lines if one.released.live(made.now_ms)]
    if live and made.during(first.from_ms):
        count = f"{len(live)} statement{'s' if len(live) > 1 else ''}"
        text = sentence(
            f"{ref} {count} released to you by {first.by}, {dtg(first.from_ms)}",
            until(first.until_ms),
            f"condition: {live[0][1].condition}" if live[0][1].condition else "",
        )
        cites = tuple(cite(one.kind, statement, ref) for statement, one in live)
        yield Entry("releases", ref, f"{text}.", cites)


def _decided(made: Gathered, one: Proposal) -> Iterator[Entry]:
    """A release to somebody else: how many statements, to whom, of which class, what became of it."""
    act = one.refused or one.approved
    recalled = max((line.recalled.at_ms for line in one.releases if line.recalled is not None), default=None)
    if act is None or not (made.during(act.at_ms) or made.during(recalled)):
        return
    count = f"{len(one.lines)} statement{'s' if len(one.lines) > 1 else ''}"
    word = "refused" if one.refused is not None else "released"
    text = sentence(
        f"{one.ref} {count} to {one.partner} ({one.status}, class {one.recipient_class}) {word} {dtg(act.at_ms)}",
        until(one.until_ms) if one.refused is None else "",
        f"recalled {dtg(recalled)}" if recalled is not None else "",
    )
    yield Entry(
        "releases", one.ref, f"{text}.", tuple(cite(line.kind, line.id, one.ref) for line in one.lines)
    )
