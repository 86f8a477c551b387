"""The statements of an asset that may be released: what it is, what it can do, what was told of it, its taskings.

Where it is and how much fuel it has left stay behind: a wording may say as much of it as is wanted.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from maoc_tui.desk import release_of_operation, release_of_target
from maoc_tui.desk.release_candidate import candidate
from maoc_tui.domain.assets import Asset, Profile, Report, Said, parse_reference
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.operations import parse_reference as operation_number
from maoc_tui.domain.releases import Candidate, Subject
from maoc_tui.domain.targets import parse_reference as target_reference
from maoc_tui.domain.taskings import Act
from maoc_tui.domain.times import format_dtg
from maoc_tui.problems import BadInput
from maoc_tui.store import assets as store
from maoc_tui.store import operations, targets, taskings
from maoc_tui.store.taskings import Tasking


def candidates(conn: Connection, ref: str) -> tuple[Subject, tuple[Candidate, ...]]:
    """An asset (AS-0003), what it can do as said last, its reports, the last first, and its open taskings."""
    found = store.load(conn, number=parse_reference(ref))
    if not found:
        raise BadInput(f"There is no asset AS-{parse_reference(ref):04d}.", "See: maoc asset list.")
    asset = found[0]
    tasks = [
        one for one in taskings.load(conn, asset=asset.id) if one.act not in (Act.DECLINED, Act.WITHDRAWN)
    ]
    reports = sorted(asset.reports, key=lambda pair: pair[0].as_of_ms, reverse=True)
    return Subject("asset", str(asset.id), asset.ref), (
        _itself(asset),
        *(_profile(*pair, asset) for pair in asset.profiles[-1:]),
        *(_report(*pair, asset) for pair in reports),
        *(_tasking(one) for one in tasks),
        *_beside(conn, tasks),
    )


def _itself(asset: Asset) -> Candidate:
    title = f"{asset.ref} itself, {asset.kind} of {asset.owner}"
    mark, at_ms = asset.said.marking, asset.said.entered_ms
    return candidate("asset", asset.id, title, asset.name, mark, at_ms, asset.name, asset.kind, asset.owner)


def _profile(profile: Profile, said: Said, of: Asset) -> Candidate:
    """What it can do; where its base lies is not told with it."""
    parts = [f"{profile.cruise_kn:g} to {profile.max_kn:g} kn"]
    parts += [f"{profile.endurance_h:g} h"] if profile.endurance_h == profile.endurance_h else []
    parts += [f"{profile.range_nm:g} nm"] if profile.range_nm == profile.range_nm else []
    parts += ["boarding team" if profile.team else "no boarding team"] if profile.team is not None else []
    parts += [f"sea up to {profile.sea}"] if profile.sea is not None else []
    parts += ["by day only"] if profile.daylight else []
    title = f"can do: {', '.join(parts)}"
    return candidate(
        "asset_profile", said.id, title, title, said.marking, said.entered_ms, title, above=(of.id,)
    )


def _report(report: Report, said: Said, of: Asset) -> Candidate:
    free = report.availability.value if report.availability is not None else "told"
    ready = f", ready in {report.ready_min} min" if report.ready_min is not None else ""
    ends = f" until {format_dtg(from_ms(report.expires_ms))}" if report.expires_ms is not None else ""
    title = f"{format_dtg(from_ms(report.as_of_ms))} {free}{ready}{ends}"
    return candidate(
        "asset_report", said.id, title, report.text, said.marking, said.entered_ms,
        report.as_of_ms, report.expires_ms, free, report.ready_min, report.text, above=(of.id,),
    )  # fmt: skip


def _tasking(one: Tasking) -> Candidate:
    about = f" on {one.target}" if one.target else ""
    title = f"{one.ref} for {one.operation}{about}: {one.act.value}"
    above = (one.asset_id, one.operation_id, *((one.target_id,) if one.target_id is not None else ()))
    return candidate(
        "tasking", one.id, title, one.words, one.marking, one.entered_ms,
        one.operation, one.target, one.words, one.act.name, above=above,
    )  # fmt: skip


def _beside(conn: Connection, tasks: list[Tasking]) -> Iterator[Candidate]:
    """The operations and targets of its taskings, which a tasking is shown with."""
    for ref in sorted({one.operation for one in tasks}):
        yield release_of_operation.itself(operations.find(conn, operation_number(ref)))
    for ref in sorted({one.target for one in tasks if one.target}):
        yield release_of_target.itself(targets.find(conn, target_reference(ref)))
