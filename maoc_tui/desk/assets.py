"""The assets desk: what partners may send, entered and kept current by the State that owns it.

Each function that writes is one commit: when it returns, it is in the record. Nothing is overwritten: what is told
anew stands beside what was told before, and the newest counts until it expires.
"""

from __future__ import annotations

from dataclasses import fields, replace
from uuid import uuid4

from sqlalchemy import Connection

from maoc_tui.desk import assets_undo, journal
from maoc_tui.desk.asset_profile import profile_fields, profile_stands
from maoc_tui.desk.asset_reading import assets, find, profile_words, report_words, rows_of, sheet
from maoc_tui.desk.asset_snapshots import AssetRow, NewAsset
from maoc_tui.desk.clash import settle
from maoc_tui.desk.gate import changing, speaks_for
from maoc_tui.desk.recalling import recall_all
from maoc_tui.desk.release_record import by
from maoc_tui.desk.request_words import party
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_words import as_typed, happened, marked, time_of, words
from maoc_tui.desk.zone_hand import waters
from maoc_tui.domain import assets as domain
from maoc_tui.domain.asset_rules import parse_sea, rules
from maoc_tui.domain.assets import HOUR_MS, Asset, Profile, Report, Said
from maoc_tui.domain.marking import Marking
from maoc_tui.domain.positions import parse_position
from maoc_tui.domain.roles import Act as Right
from maoc_tui.domain.roles import require
from maoc_tui.domain.times import parse_duration
from maoc_tui.domain.units import parse_course, parse_distance, parse_speed
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, NotPermitted
from maoc_tui.store import assets as store
from maoc_tui.store import taskings as tasks_store
from maoc_tui.store.undo_rests import released

__all__ = ["add", "assets", "change", "report", "sheet"]

PROFILE_FIELDS = (
    "base", "base_position", "cruise", "max", "endurance", "range", "team", "sea_limit", "daylight",
)  # fmt: skip
"""Of NewAsset: what may be said anew by ``change``."""


def add(room: Room, viewer: Viewer, given: NewAsset) -> AssetRow:
    """Enter an asset with what it can do. Raises BadInput, NotPermitted for another State's asset."""
    require(viewer, Right.EDIT)
    now = room.clock.now_ms()
    owner = party(given.owner or viewer.partner, "owner")
    check_owner(room, viewer, owner, viewer.partner)
    marking = marked(viewer, given.marking)
    profile = _profile(Profile(), given)
    profile.check()
    asset = Asset(
        uuid4(), 0, words(given.name, "name", 60), rules().kind(given.kind).code, owner,
        Said("", viewer.name, now, marking),
    )  # fmt: skip
    with room.db.writing(speaks_for=speaks_for(viewer)) as conn:
        asset = replace(asset, number=store.next_number(conn))
        store.add(conn, asset)
        store.add_profile(conn, asset.id, profile, _typed(given), asset.said)
        _note(conn, viewer, now, asset, marking, "collect", profile_words(profile))
    return _after(room, viewer, asset.ref)


def change(room: Room, viewer: Viewer, ref: str, *, marking: Marking | None = None, **said: str) -> AssetRow:
    """Say anew what an asset can do; what is left out stays as it was. Fields are PROFILE_FIELDS. Raises BadInput."""
    require(viewer, Right.EDIT)
    if set(said) - set(PROFILE_FIELDS):
        raise BadInput("That is no figure of an asset.", f"Give some of {', '.join(PROFILE_FIELDS)}.")
    if not any(text.strip() for text in said.values()):
        raise BadInput("Nothing is said anew.", "Give a speed, endurance, range, base …")
    now, given = room.clock.now_ms(), replace(NewAsset("", ""), **said)  # type: ignore[arg-type]
    with changing(room, viewer) as (conn, seen):
        asset = find(seen, ref)
        check_owner(room, viewer, asset.owner, enterer(asset))
        profile = _profile(asset.profile, given)
        profile.check()
        laid = profile_fields(profile)
        settle(asset.ref, profile_stands(asset), {name: laid[name] for name in said if said[name].strip()})
        mark = marked(
            viewer, marking or _own(viewer, asset.profiles[-1][1] if asset.profiles else asset.said)
        )
        fresh = Said(str(uuid4()), viewer.name, now, mark)
        store.add_profile(conn, asset.id, profile, _typed(given), fresh)
        _note(conn, viewer, now, asset, mark, "alter", profile_words(profile))
        recalls = released(conn, *(told.id for _, told in asset.profiles))
        _take_back(conn, viewer, now, {told.id for _, told in asset.profiles})
        if not recalls:
            assets_undo.changed(conn, viewer, asset, fresh, profile_words(profile))
    return _after(room, viewer, asset.ref)


def report(
    room: Room,
    viewer: Viewer,
    ref: str,
    *,
    availability: str = "",
    as_of: str = "",
    until: str = "",
    ready: str = "",
    position: str = "",
    course: str = "",
    speed: str = "",
    fuel: str = "",
    at_base: bool = False,
    text: str = "",
    marking: Marking | None = None,
) -> AssetRow:
    """Record what is told of an asset at a time: availability with its end, position, fuel. Raises BadInput.

    ``until`` is a time or a length of time such as ``6h``; ``ready`` and ``fuel`` are lengths of time.
    """
    require(viewer, Right.EDIT)
    now = room.clock.now_ms()
    told_ms = happened(room, as_of, now, what="it was so")
    place = parse_position(position) if position.strip() else None
    given = Report(
        as_of_ms=told_ms,
        expires_ms=_until(room, until, told_ms),
        availability=domain.parse_availability(availability) if availability.strip() else None,
        ready_min=round(parse_duration(ready) / 60) if ready.strip() else None,
        lat=place.lat if place else domain.NAN,
        lon=place.lon if place else domain.NAN,
        course=parse_course(course) if course.strip() else domain.NAN,
        speed_kn=parse_speed(speed).value if speed.strip() else domain.NAN,
        fuel_h=parse_duration(fuel) / 3600 if fuel.strip() else domain.NAN,
        at_base=at_base,
        text=words(text, "text", 400, empty=True),
    )
    domain.check_report(given)
    with changing(room, viewer) as (conn, seen):
        asset = find(seen, ref)
        check_owner(room, viewer, asset.owner, enterer(asset))
        mark = marked(viewer, marking or _own(viewer, asset.said))
        store.add_report(conn, asset.id, given, Said("", viewer.name, now, mark))
        _note(conn, viewer, now, asset, mark, "alter", report_words(given))
        _take_back(conn, viewer, now, {told.id for one, told in asset.reports if given.takes_place_of(one)})
    return _after(room, viewer, asset.ref)


def _take_back(conn: Connection, viewer: Viewer, now: int, said: set[str]) -> None:
    """Recall what was said anew from whoever has it by release: it would go on reading as if it held."""
    if said:
        recall_all(conn, viewer, said, by(viewer, now), "said anew")


def _after(room: Room, viewer: Viewer, ref: str) -> AssetRow:
    """The row as the viewer sees it once it is recorded."""
    with room.db.reading(viewer) as conn:
        asset = find(conn, ref)
        tasks = tasks_store.load(conn, asset=asset.id)
    (row,) = rows_of([asset], tasks, waters(room, viewer), room.clock.now_ms())
    return row


def check_owner(room: Room, viewer: Viewer, owner: str, enterer: str) -> None:
    """Raise NotPermitted unless the viewer speaks for the owner.

    Where no officer of the owner can sign in, the partner that entered the asset keeps it.
    """
    if viewer.all_seeing or viewer.partner == owner:
        return
    if signs(room, owner) or viewer.partner != enterer:
        raise NotPermitted(
            f"Only officers of {owner} tell of what {owner} owns.", f"Ask the liaison officer of {owner}."
        )


def signs(room: Room, partner: str) -> bool:
    """Whether officers of a partner can answer here themselves."""
    found = room.register.standing(partner, room.clock.now_ms())
    return found is not None and found.reads


def enterer(asset: Asset) -> str:
    (originator,) = asset.said.marking.originators
    return originator


def _own(viewer: Viewer, said: Said) -> Marking | None:
    """The marking of an earlier statement of the viewer's own partner, kept; None for another's."""
    return said.marking if viewer.all_seeing or said.marking.originators == {viewer.partner} else None


def _profile(before: Profile, given: NewAsset) -> Profile:
    """What is typed laid over what was said before."""
    place = parse_position(given.base_position) if given.base_position.strip() else None
    said = {
        "base": words(given.base, "base", 60, empty=True) if given.base.strip() else None,
        "base_lat": place.lat if place else None,
        "base_lon": place.lon if place else None,
        "cruise_kn": parse_speed(given.cruise).value if given.cruise.strip() else None,
        "max_kn": parse_speed(given.max).value if given.max.strip() else None,
        "endurance_h": parse_duration(given.endurance) / 3600 if given.endurance.strip() else None,
        "range_nm": parse_distance(given.range).value if given.range.strip() else None,
        "team": domain.parse_yes(given.team, "Boarding team"),
        "sea": parse_sea(given.sea_limit),
        "daylight": domain.parse_yes(given.daylight, "By day only"),
    }
    laid = replace(before, **{name: value for name, value in said.items() if value is not None})  # type: ignore[arg-type]
    return laid if laid.max_kn == laid.max_kn else replace(laid, max_kn=laid.cruise_kn)


def _typed(given: NewAsset) -> str:
    """The figures as typed, with their units."""
    kept = ((one.name, getattr(given, one.name)) for one in fields(given) if one.name in PROFILE_FIELDS)
    return as_typed("; ".join(f"{name} {text.strip()}" for name, text in kept if text.strip()))


def _until(room: Room, text: str, since_ms: int) -> int | None:
    """When something told ends: a time, or a length of time from ``since_ms``."""
    if not text.strip():
        return None
    try:
        return since_ms + round(parse_duration(text) / 3600 * HOUR_MS)
    except BadInput:
        return time_of(text, room.clock)


def _note(
    conn: Connection, viewer: Viewer, at_ms: int, asset: Asset, marking: Marking, action: str, detail: str
) -> None:
    owner = journal.origin(marking)
    journal.note(conn, viewer, at_ms, action, "asset", asset.ref, owner=owner, detail=detail[:200])
