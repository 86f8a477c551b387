"""The law desk: what may be done to a vessel or aircraft where it is, and what is known of its flag State."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from maoc_tui.desk import state_profile, zones
from maoc_tui.desk.law_places import places
from maoc_tui.desk.law_reference import law, staleness
from maoc_tui.desk.room import Room
from maoc_tui.desk.state_profile import Known
from maoc_tui.desk.target_listing import types
from maoc_tui.desk.zone_hand import Waters, waters
from maoc_tui.desk.zones import ZoneAnswer, in_words
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.law_answer import Answer, answer
from maoc_tui.domain.law_question import Question
from maoc_tui.domain.partners import Register
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.staleness import limit_of
from maoc_tui.domain.state_codes import state_code
from maoc_tui.domain.targets import parse_reference
from maoc_tui.domain.viewer import Viewer
from maoc_tui.geo.zones import ZoneIndex
from maoc_tui.problems import BadInput
from maoc_tui.store import targets
from maoc_tui.store.targets_heard import heard


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked beside the position: who acts, the flag and its status, what a person said."""

    acting: str
    flag: str = ""
    flag_status: str = "unknown"
    medium: str = "sea"
    facts: Mapping[str, str] | None = None
    said: frozenset[str] = frozenset()
    stale: str = ""
    """Why the position is doubtful, where whoever asks knows better than its age tells."""
    seen_ms: int | None = None
    """When it was where it is asked about; None for a place as such, which has no age."""
    how: str = ""
    """By what it was seen there."""
    type: str = ""
    """Code of data/target_types.toml; "" not known."""

    def doubt(self, at_ms: int) -> str:
        """Why the position is old for the class of craft (clock C10), in words; "" while it is not."""
        if self.stale or self.seen_ms is None:
            return self.stale
        return limit_of(staleness(), self.medium, self.type).says(at_ms - self.seen_ms, self.how)


@dataclass(frozen=True, slots=True)
class Judged:
    """A legal answer with the zone answer it rests on."""

    zone: ZoneAnswer
    answer: Answer
    at_ms: int
    flag_state: Known | None = None
    """What is known of the flag State; None when no flag is named."""


def judge(register: Register, zone: ZoneAnswer, asked: Asked, at_ms: int) -> Judged:
    """The law at an answered position on a day; BadInput when what is asked contradicts itself."""
    acting = state_code(asked.acting, "The acting State")
    flag = state_code(asked.flag, "The flag") if asked.flag else ""
    question = Question(
        acting=acting,
        places=tuple(dict.fromkeys(place for area in zone.possible for place in places(area))),
        on=from_ms(at_ms).date(),
        flag=flag,
        flag_status=asked.flag_status,
        medium=asked.medium,
        position=(zone.lat, zone.lon),
        facts=dict(asked.facts or {}),
        said=asked.said,
        stale=asked.doubt(at_ms),
        near=_near(zone),
    )
    return Judged(zone, answer(law(), question, register.members(at_ms)), at_ms)


def _near(zone: ZoneAnswer) -> tuple[str, ...]:
    """Which lines are nearer than they are accurate, in words; () where the zone beyond was added for none."""
    return tuple(
        f"the limit of {in_words(line.kind, line.states)} is {line.distance_nm:.2f} nm away, and good to {nm:g} nm"
        for line, nm in (zone.in_doubt if zone.beyond else ())
    )


def at(
    index: ZoneIndex | Waters,
    register: Register,
    lat: float,
    lon: float,
    asked: Asked,
    at_ms: int,
    radius_nm: float = 0.0,
) -> Judged:
    """The law at a position in degrees with the radius of its error in nautical miles."""
    return judge(register, zones.answer(index, lat, lon, radius_nm), asked, at_ms)


def with_profile(found: Judged, room: Room | None, viewer: Viewer) -> Judged:
    """The same answer with what is known of the flag State; reply times only from a room's ledger."""
    flag = found.answer.question.flag
    if not flag:
        return found
    return replace(found, flag_state=state_profile.known(room, viewer, flag, found.at_ms))


def of_place(
    room: Room,
    viewer: Viewer,
    lat: float,
    lon: float,
    radius_nm: float,
    asked: Asked,
    *,
    key: int = 0,
    target: str = "",
    at_ms: int | None = None,
) -> Judged:
    """The law at a place; ``key`` and ``target`` say whose place it is, for what was entered by hand.

    ``at_ms`` is the day of treaties and membership; now when not given.
    """
    require(viewer, Act.READ)
    if asked.seen_ms is not None and not asked.type:
        asked = replace(asked, type=_type_of(room, viewer, key, target))
    radius = min(radius_nm, zones.MAX_RADIUS_NM)
    zone = zones.answer(waters(room, viewer), lat, lon, radius, key=key, target=target)
    day = room.clock.now_ms() if at_ms is None else at_ms
    return with_profile(judge(room.register, zone, asked, day), room, viewer)


def _type_of(room: Room, viewer: Viewer, key: int, target: str) -> str:
    """What a target is said to be, or a contact says it is; "" where nobody does, or for what is hidden."""
    with room.db.reading(viewer) as conn:
        if target:
            return targets.find(conn, parse_reference(target)).type
        said = heard(conn, [key]) if key else {}
    return types().from_ais(said[key].ship_type) if key in said else ""


def of_target(
    room: Room,
    viewer: Viewer,
    ref: str,
    asked: Asked,
    *,
    place: tuple[float, float] | None = None,
    radius_nm: float | None = None,
    at_ms: int | None = None,
) -> Judged:
    """The law at the newest place of a target, or at ``place``; its flag as claimed where none is asked about.

    ``radius_nm`` is the error of that place where it is said; ``at_ms`` the day of treaties and membership. A place
    given has no age. Raises BadInput.
    """
    from maoc_tui.desk.target_reading import sheet

    found = sheet(room, viewer, ref)
    seen, flag = found.row.seen, found.row.flag
    if seen is None and place is None:
        raise BadInput(f"No place of {found.row.ref} is known.", "Give a position, or record a sighting.")
    if not asked.flag and asked.flag_status == "unknown" and flag:
        asked = replace(asked, flag=flag, flag_status="claimed")
    asked = replace(asked, medium="air" if found.row.kind == "aircraft" else "sea", type=found.target.type)
    if place is not None or seen is None:
        lat, lon = place or (0.0, 0.0)
        return of_place(room, viewer, lat, lon, radius_nm or 0.0, asked, target=found.row.ref, at_ms=at_ms)
    asked = replace(asked, seen_ms=seen.at_ms, how=seen.how)
    asked = replace(asked, stale=asked.doubt(room.clock.now_ms()), seen_ms=None)
    radius = seen.radius_nm if radius_nm is None else radius_nm
    return of_place(
        room, viewer, seen.lat, seen.lon, radius, asked, key=seen.key, target=found.row.ref, at_ms=at_ms
    )
