"""The law desk: what may be done to a vessel or aircraft where it is, told for a person and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from maoc_tui.desk import zones
from maoc_tui.desk.law_reference import law
from maoc_tui.desk.room import Room
from maoc_tui.desk.zone_hand import Waters, waters
from maoc_tui.desk.zones import ZoneAnswer
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.law import ADVICE
from maoc_tui.domain.law_answer import Answer, answer
from maoc_tui.domain.law_question import Place, Question
from maoc_tui.domain.law_rules import Rule
from maoc_tui.domain.partners import Register
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.times import format_age
from maoc_tui.domain.viewer import Viewer
from maoc_tui.geo.zones import ZoneIndex
from maoc_tui.problems import BadInput

STALE_MS = 3_600_000
"""A position older than this is said to be stale beside the answer (clock C10)."""


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


@dataclass(frozen=True, slots=True)
class Judged:
    """A legal answer with the zone answer it rests on."""

    zone: ZoneAnswer
    answer: Answer
    at_ms: int


def judge(register: Register, zone: ZoneAnswer, asked: Asked, at_ms: int) -> Judged:
    """The law at an answered position on a day; BadInput when what is asked contradicts itself."""
    question = Question(
        acting=asked.acting,
        places=tuple(dict.fromkeys(_place(area) for area in zone.candidates)),
        on=from_ms(at_ms).date(),
        flag=asked.flag,
        flag_status=asked.flag_status,
        medium=asked.medium,
        position=(zone.lat, zone.lon),
        facts=dict(asked.facts or {}),
        said=asked.said,
        stale=asked.stale,
    )
    return Judged(zone, answer(law(), question, register.members(at_ms)), at_ms)


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
) -> Judged:
    """The law at a place now; ``key`` and ``target`` say whose place it is, for what was entered by hand."""
    require(viewer, Act.READ)
    radius = min(radius_nm, zones.MAX_RADIUS_NM)
    zone = zones.answer(waters(room, viewer), lat, lon, radius, key=key, target=target)
    return judge(room.register, zone, asked, room.clock.now_ms())


def of_target(room: Room, viewer: Viewer, ref: str, asked: Asked) -> Judged:
    """The law at the newest place of a target; its flag as claimed where none is asked about. Raises BadInput."""
    from maoc_tui.desk.target_reading import sheet

    found = sheet(room, viewer, ref)
    seen, now = found.row.seen, room.clock.now_ms()
    if seen is None:
        raise BadInput(f"No place of {found.row.ref} is known.", "Give a position, or record a sighting.")
    old = now - seen.at_ms
    stale = f"{format_age(old // 1000)} old ({seen.how})" if old > STALE_MS else ""
    flag, medium = found.row.flag, "air" if found.row.kind == "aircraft" else "sea"
    if not asked.flag and asked.flag_status == "unknown" and flag:
        asked = replace(asked, flag=flag, flag_status="claimed")
    asked = replace(asked, medium=medium, stale=asked.stale or stale)
    return of_place(
        room, viewer, seen.lat, seen.lon, seen.radius_nm, asked, key=seen.key, target=found.row.ref
    )


def as_json(judged: Judged) -> dict[str, Any]:
    """The answer with the keys that scripts rely on (design 6), and everything a person sees."""
    found, rule = judged.answer, judged.answer.rule
    question = found.question
    return {
        "result": rule.result.name,
        "rule": rule.id,
        "title": rule.title,
        "jurisdiction": rule.jurisdiction,
        "basis": rule.basis,
        "permits": list(rule.permits),
        "consent_from": ", ".join(found.consent_from) or None,
        "turn_to": rule.turn_to or None,
        "notice": list(rule.notice),
        "conditions": list(rule.conditions),
        "citations": list(rule.cite),
        "clocks": list(rule.clocks),
        "riders": [
            {"rule": rider.id, "title": rider.title, "adds": list(rider.adds), "citations": list(rider.cite)}
            for rider in found.riders
        ],
        "notes": [*found.notes, *filter(None, [rule.note])],
        "unknown": list(found.unknown),
        "would_change": [
            {"fact": change.fact, "to": change.to, "rule": change.rule, "result": change.result.name}
            for change in found.would_change
        ],
        "may_also_be": [{"rule": other.id, "result": other.result.name} for other in found.others],
        "verification": found.verification.value,
        "advice": ADVICE,
        "acting": question.acting,
        "flag": question.flag or None,
        "flag_status": question.flag_status,
        "medium": question.medium,
        "facts": dict(question.facts),
        "as_of": from_ms(judged.at_ms).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "position": {"lat": judged.zone.lat, "lon": judged.zone.lon, "text": judged.zone.position},
        "zone": zones.as_json(judged.zone),
    }


def headline(judged: Judged) -> str:
    """One line: ``ASK GY – R26 flag of a party to the 1988 Convention (recalled)``."""
    found = judged.answer
    whom = f" {', '.join(found.consent_from)}" if found.consent_from else ""
    return f"{found.rule.result.name}{whom} – {found.rule.id} {found.rule.title} ({found.verification.value})"


def lines(judged: Judged) -> list[tuple[str, str]]:
    """The whole answer as (label, text), in the order a coordinator asks."""
    found, rule = judged.answer, judged.answer.rule
    told = [
        ("where", f"{judged.zone.position}  {judged.zone.text}"),
        ("flag", _flag_words(found.question)),
        ("basis", rule.basis),
        ("articles", "; ".join(rule.cite)),
        ("jurisdiction", rule.jurisdiction),
        ("permits", _permits(rule)),
        ("consent", ", ".join(found.consent_from)),
        ("turn to", rule.turn_to),
        *(("notice", text) for text in rule.notice),
        *(("condition", text) for text in rule.conditions),
        ("clocks", ", ".join(rule.clocks)),
        *((rider.id, f"{rider.title}: {'; '.join(rider.adds)}") for rider in found.riders),
        *(("note", text) for text in (*found.notes, rule.note)),
        *(("not known", text) for text in found.unknown),
        *(("would change", f"{c.fact}: {c.to} → {c.result.name} ({c.rule})") for c in found.would_change),
        ("checked", f"{found.verification.value}; {ADVICE}"),
    ]
    return [(label, text) for label, text in told if text]


def decision_table() -> list[dict[str, str]]:
    """Every line of the decision table over what a watch sees first: medium, zone, whose, flag, treaty."""
    found = []
    for line, rules in law().table.rows(("medium", "zone", "coast", "flag", "treaty")):
        foreign = line["flag"] in ("confirmed", "claimed", "no_answer")
        if foreign or line["treaty"] == "none":
            shown = {**line, "treaty": line["treaty"] if foreign else ""}
            found.append({**shown, "rules": " ".join(_told(rule) for rule in rules)})
    return found


def _permits(rule: Rule) -> str:
    if rule.permits:
        return ", ".join(word.lower().replace("_", " ") for word in rule.permits)
    return "nothing without that consent" if rule.consent_from else "nothing"


def _told(rule: Rule) -> str:
    return f"{rule.id}:{rule.result.name}"


def _place(area: Any) -> Place:
    return Place(area.kind, tuple(area.states), area.status == "agreed")


def _flag_words(question: Question) -> str:
    status = question.flag_status.replace("-", " ")
    return f"{question.flag} {status}".strip()
