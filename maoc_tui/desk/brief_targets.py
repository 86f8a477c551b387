"""Targets in a brief: those that are new, changed, lost or closed, where each was last, who leads."""

from __future__ import annotations

import math
from collections.abc import Iterator

from maoc_tui.brief.document import Cite, dtg
from maoc_tui.desk.brief_entry import Entry, Spotted, cite, sentence
from maoc_tui.desk.brief_reading import Gathered
from maoc_tui.desk.brief_target_reading import TargetNow
from maoc_tui.domain.assignments import NOBODY, OPEN, Lead, lead_of
from maoc_tui.domain.positions import format_position
from maoc_tui.domain.target_facts import ATTRIBUTES
from maoc_tui.domain.targets import Status
from maoc_tui.store.brief_reading import Corrected

_CALLED = 60
"""Characters of a description that stands for a name."""
_DOUBTED = ("mmsi", "imo", "hex", "call_sign", "registration", "flag")


def targets(made: Gathered) -> Iterator[Entry]:
    """One line for each target something happened to; of the others, the position alone."""
    order = {"NEW": 0, "LOST": 1, "CHANGED": 2, "CLOSED": 3, "": 4}
    found = sorted(made.targets, key=lambda one: (order[became(made, one)], -one.row.updated_ms, one.row.ref))
    return made.tell(found, lambda one: one.row.ref, lambda one: (entry_of(made, one),))


def became(made: Gathered, one: TargetNow) -> str:
    """NEW, LOST, CHANGED or CLOSED in the period; "" for none of them."""
    if not made.during(one.row.updated_ms) and not made.during(one.head.created_ms):
        return ""
    if not one.row.open:
        return "CLOSED"
    if one.row.status == Status.LOST:
        return "LOST"
    return "NEW" if made.during(one.head.created_ms) else "CHANGED"


def entry_of(made: Gathered, one: TargetNow) -> Entry:
    """The line on a target; in no section when nothing happened to it in the period."""
    row, seen = one.row, one.row.seen
    cites, where = [target_cite(one), *_identity(one)], place_cite(one)
    spot = None
    if seen is not None and where is not None:
        cites.append(where)
        when = seen.at_ms if seen.how != "entered" else None
        spot = Spotted(row.title, "target", seen.lat, seen.lon, seen.radius_nm, seen.how, when)
    news = became(made, one)
    lead, leads = leading(made, one)
    text = sentence(
        ", ".join(
            filter(None, (f"{news} {row.ref} {_whole_title(one)}".strip(), row.type_title, _flag(one)))
        ),
        f"status {row.status.lower()}",
        _where(one) if where is not None else "no position known",
        f"doubts: {', '.join(row.badges)}" if row.badges else "",
        lead,
    )
    return Entry("targets" if news else "", row.ref, f"{text}.", (*cites, *leads), spot if row.open else None)


def _whole_title(one: TargetNow) -> str:
    return one.row.title if one.row.named else one.row.title.rstrip(". ")


def called(one: TargetNow) -> str:
    """What other lines call a target: its name; of a description the first sentence, a long one up to a comma."""
    if one.row.named:
        return one.row.title
    words = one.row.title.split(". ")[0].rstrip(". ")
    if len(words) <= _CALLED:
        return words
    return words[:_CALLED].rpartition(", ")[0] or words[:_CALLED].rpartition(" ")[0] or words[:_CALLED]


def target_cite(one: TargetNow) -> Cite:
    """The target itself."""
    return cite("target", one.head.id, one.row.ref)


def title_cites(one: TargetNow) -> tuple[Cite, ...]:
    """What a line rests on that calls a target by its name."""
    name = one.holds.get("name")
    named = (cite("identity_fact", name.id, one.row.ref),) if name is not None else ()
    return (target_cite(one), *named)


def _identity(one: TargetNow) -> Iterator[Cite]:
    """The statements the title, the flag and the doubts come from."""
    wanted = {"name", "flag", *(_DOUBTED if one.row.badges else ())}
    return (cite("identity_fact", fact.id, one.row.ref) for at, fact in one.holds.items() if at in wanted)


def _flag(one: TargetNow) -> str:
    return f"flag {one.row.flag} as claimed" if one.row.flag else ""


def place_cite(one: TargetNow) -> Cite | None:
    """Who says where it was; None where no place is known, or nobody can be named for it."""
    seen = one.row.seen
    if seen is None:
        return None
    if seen.how == "entered":
        return target_cite(one)
    kind = "contact_link" if seen.how == "fix" else "sighting"
    said = one.placed.get(seen.key)
    return cite(kind, said, one.row.ref) if said is not None else None


def _where(one: TargetNow) -> str:
    seen = one.row.seen
    assert seen is not None
    told = {"fix": "last fix", "sighting": "last seen", "entered": "entered at"}[seen.how]
    moving = f"{seen.sog:.1f} kn" if math.isfinite(seen.sog) else ""
    course = f"{seen.cog:03.0f}°" if math.isfinite(seen.cog) else ""
    words = (
        f"{told} {format_position(seen.lat, seen.lon)}",
        f"±{seen.radius_nm:.1f} nm" if seen.radius_nm >= 0.05 else "",
        dtg(seen.at_ms) if seen.how != "entered" else "",
        " ".join(filter(None, (course, moving))),
        f"waters: {waters(seen.zone)}" if seen.zone else "waters not known",
    )
    return ", ".join(filter(None, words))


def waters(short: str) -> str:
    """The short label of a zone as a reader of a brief knows it."""
    return "high seas" if short == "HS" else short


def leading(made: Gathered, one: TargetNow) -> tuple[str, tuple[Cite, ...]]:
    """Who leads on a target and who else is on it, with the assignments that say so."""
    if one.head.id in made.untold_leads:
        return "who leads cannot be read", ()
    held = made.assigned.get(one.head.id, [])
    live = [entry for entry in held if entry.state in OPEN]
    cites = tuple(cite("assignment", entry.id, one.row.ref) for entry in live)
    others = ", ".join(
        f"{entry.partner} {entry.role.lower().replace('_', ' ')}"
        for entry in live
        if entry.partner != NOBODY and entry.role.value != "LEAD"
    )
    words = lead_words(lead_of(held, one.head.created_ms))
    return sentence(words, f"also {others}" if others else ""), cites


def lead_words(lead: Lead) -> str:
    """``lead ES``, ``lead offered to ES``, ``lead not agreed``, ``no lead in this copy``."""
    if lead.kind == "held":
        return f"lead {lead.partner}"
    if lead.kind == "offered":
        return f"lead offered to {lead.partner}"
    return "lead not agreed" if lead.kind == "not_agreed" else "no lead in this copy"


def targets_note(made: Gathered) -> str:
    """How many there are, of those this reader sees."""
    told = [became(made, one) for one in made.targets]
    alive = [news for one, news in zip(made.targets, told, strict=True) if one.row.open]
    news = ", ".join(
        f"{alive.count(one)} {one.lower()}" for one in ("NEW", "CHANGED", "LOST") if one in alive
    )
    closed = f"; {told.count('CLOSED')} closed" if "CLOSED" in told else ""
    return f"Open targets in this copy: {len(alive)}{f' ({news})' if news else ''}{closed}."


def corrections(made: Gathered) -> Iterator[Entry]:
    """Statements on targets that were corrected or withdrawn in the period."""

    def told(one: Corrected) -> Iterator[Entry]:
        if not made.during(one.at_ms):
            return
        now = "withdrawn" if one.withdrawal else f"now {one.value}"
        what = ATTRIBUTES[one.attribute].title if one.attribute in ATTRIBUTES else one.attribute
        text = f"{one.ref} {what}: was {one.old_value}, {now}."
        cites = tuple(cite("identity_fact", identifier, one.ref) for identifier in (one.id, one.old_id))
        yield Entry("corrections", f"{one.ref} {one.id.hex[:8]}", text, cites)

    return made.tell(made.corrected, lambda one: f"{one.ref} {one.attribute}", told)
