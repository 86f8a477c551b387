"""The statements of a target as they may be looked at for a release: what each says, whose it is, its digest."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from sqlalchemy import Connection

from maoc_tui.domain.assignments import Assignment, State
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.contacts import key_text
from maoc_tui.domain.releases import Candidate
from maoc_tui.domain.target_facts import ATTRIBUTES, Fact, standing
from maoc_tui.domain.target_record import Link, Sighting, Target
from maoc_tui.domain.targets import parse_reference
from maoc_tui.domain.units import format_dtg, format_position
from maoc_tui.problems import BadInput
from maoc_tui.store import assignments, requests
from maoc_tui.store import targets as store
from maoc_tui.store.journal_chain import encoded
from maoc_tui.store.requests import Asked

OVER = frozenset({State.DECLINED, State.RELIEVED})


def candidates(conn: Connection, ref: str) -> tuple[Target, tuple[Candidate, ...]]:
    """A target and every statement of it that stands, as far as this connection shows them; itself first.

    Assignments that are over are left out. Raises BadInput when there is no such target for whoever looks.
    """
    target = store.find(conn, parse_reference(ref))
    facts = store.facts(conn, target.id).get(target.id, [])
    seen = store.sightings(conn, target.id).get(target.id, [])
    links = store.links(conn, target.id).get(target.id, [])
    team = [one for one in assignments.load(conn, target.id).get(target.id, []) if one.state not in OVER]
    return target, (
        _target(target),
        *(_fact(fact) for fact in standing(facts)),
        *(_sighting(one) for one in sorted(seen, key=lambda one: one.seen_ms, reverse=True)),
        *(_link(link) for link in links),
        *(_assignment(one) for one in team),
        *(_request(one) for one in requests.load(conn, target=target.id)),
    )


def _target(target: Target) -> Candidate:
    marked, said = target.marking, target.description
    digest = digest_of("target", target.kind, target.type, said, target.designation, target.area)
    return Candidate(
        "target", str(target.id), f"{target.ref} itself", said, marked, target.created_ms, digest
    )


def _fact(fact: Fact) -> Candidate:
    title = f"{ATTRIBUTES[fact.attribute].title}: {fact.value}"
    text = f"{fact.value}, says {fact.source}"
    digest = digest_of("identity_fact", fact.attribute, fact.value, fact.from_ms, fact.to_ms)
    return Candidate("identity_fact", fact.id, title, text, fact.marking, fact.at_ms, digest)


def _sighting(seen: Sighting) -> Candidate:
    where = format_position(seen.place.lat, seen.place.lon)
    title = f"sighting {format_dtg(from_ms(seen.seen_ms))} {where}"
    digest = digest_of("sighting", seen.seen_ms, seen.place.lat, seen.place.lon, seen.text, seen.source)
    return Candidate("sighting", seen.id, title, seen.text, seen.marking, seen.at_ms, digest)


def _link(link: Link) -> Candidate:
    state = "heard" if link.holds else "was heard"
    digest = digest_of("contact_link", link.key, link.from_ms, link.to_ms)
    title = f"{state} as {key_text(link.key)}"
    return Candidate("contact_link", link.id, title, link.reason, link.marking, link.at_ms, digest)


def _assignment(one: Assignment) -> Candidate:
    whom = one.partner or "nobody agreed"
    title = f"{one.role.value.lower().replace('_', ' ')}: {whom}, {one.state.value.lower()}"
    digest = digest_of("assignment", one.partner, one.role.value, one.state.value)
    return Candidate("assignment", str(one.id), title, title, one.marking, one.at_ms, digest)


def _request(asked: Asked) -> Candidate:
    last = asked.events[-1].act.value if asked.events else "drafted"
    title = f"{asked.ref} {asked.kind.value} to {asked.addressee} for {asked.acting}: {last}"
    told = [f"{event.act.name} {','.join(sorted(s.name for s in event.scope))}" for event in asked.events]
    digest = digest_of(
        "request", asked.kind.name, asked.addressee, asked.acting, asked.grounds, *told,
        ",".join(sorted(scope.name for scope in asked.measures)),
    )  # fmt: skip
    return Candidate(
        "request", str(asked.id), title, asked.grounds or title, asked.marking, asked.entered_ms, digest
    )


def digest_of(*fields: Any) -> str:
    """SHA-256 of what a statement says, hexadecimal: whether it still says what was released."""
    return sha256(encoded([str(field) if isinstance(field, str) else field for field in fields])).hexdigest()


def chosen(held: tuple[Candidate, ...], wanted: tuple[str, ...]) -> tuple[Candidate, ...]:
    """The statements of which ids, or unmistakable beginnings of ids, were given; the target itself always.

    A line without the target it is a line of can be shown to nobody. Raises BadInput.
    """
    found = {held[0].id: held[0]}
    for word in wanted:
        start = word.strip().lower()
        fits = [one for one in held if one.id.startswith(start)] if len(start) >= 4 else []
        if len(fits) != 1:
            reason = "fits several statements" if fits else "is no statement of this target"
            raise BadInput(
                f"{word[:40]!r} {reason}.", "See the ids with: maoc release lines T-0001 --for XX --json."
            )
        found[fits[0].id] = fits[0]
    return tuple(one for one in held if one.id in found)
