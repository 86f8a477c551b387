"""The statements of a target that may be released."""

from __future__ import annotations

from sqlalchemy import Connection

from maoc_tui.desk.release_candidate import OVER, assigned, candidate
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.contacts import key_text
from maoc_tui.domain.releases import Candidate, Subject
from maoc_tui.domain.target_facts import ATTRIBUTES, Fact, standing
from maoc_tui.domain.target_record import Link, Sighting, Target
from maoc_tui.domain.targets import parse_reference
from maoc_tui.domain.units import format_dtg, format_position
from maoc_tui.store import assignments, requests
from maoc_tui.store import targets as store
from maoc_tui.store.requests import Asked


def candidates(conn: Connection, ref: str) -> tuple[Subject, tuple[Candidate, ...]]:
    """A target (T-0417) with its facts, sightings, links, assignments and requests. Raises BadInput."""
    target = store.find(conn, parse_reference(ref))
    facts = store.facts(conn, target.id).get(target.id, [])
    seen = store.sightings(conn, target.id).get(target.id, [])
    links = store.links(conn, target.id).get(target.id, [])
    team = [one for one in assignments.load(conn, target.id).get(target.id, []) if one.state not in OVER]
    return Subject("target", str(target.id), target.ref), (
        itself(target),
        *(_fact(fact, target) for fact in standing(facts)),
        *(_sighting(one, target) for one in sorted(seen, key=lambda one: one.seen_ms, reverse=True)),
        *(_link(link, target) for link in links),
        *(assigned("assignment", one, target.id) for one in team),
        *(_request(one, target) for one in requests.load(conn, target=target.id)),
    )


def itself(target: Target) -> Candidate:
    """The target without its lines."""
    said = (target.kind, target.type, target.description, target.designation, target.area)
    title = f"{target.ref} itself"
    return candidate("target", target.id, title, target.description, target.marking, target.created_ms, *said)


def _fact(fact: Fact, of: Target) -> Candidate:
    title = f"{ATTRIBUTES[fact.attribute].title}: {fact.value}"
    text, said = f"{fact.value}, says {fact.source}", (fact.attribute, fact.value, fact.from_ms, fact.to_ms)
    return candidate("identity_fact", fact.id, title, text, fact.marking, fact.at_ms, *said, above=(of.id,))


def _sighting(seen: Sighting, of: Target) -> Candidate:
    where = format_position(seen.place.lat, seen.place.lon)
    title = f"sighting {format_dtg(from_ms(seen.seen_ms))} {where}"
    said = (seen.seen_ms, seen.place.lat, seen.place.lon, seen.text, seen.source)
    return candidate("sighting", seen.id, title, seen.text, seen.marking, seen.at_ms, *said, above=(of.id,))


def _link(link: Link, of: Target) -> Candidate:
    title = f"{'heard' if link.holds else 'was heard'} as {key_text(link.key)}"
    said = (link.key, link.from_ms, link.to_ms)
    return candidate(
        "contact_link", link.id, title, link.reason, link.marking, link.at_ms, *said, above=(of.id,)
    )


def _request(asked: Asked, of: Target) -> Candidate:
    last = asked.events[-1].act.value if asked.events else "drafted"
    title = f"{asked.ref} {asked.kind.value} to {asked.addressee} for {asked.acting}: {last}"
    told = [f"{event.act.name} {','.join(sorted(s.name for s in event.scope))}" for event in asked.events]
    measures = ",".join(sorted(scope.name for scope in asked.measures))
    said = (asked.kind.name, asked.addressee, asked.acting, asked.grounds, *told, measures)
    text = asked.grounds or title
    return candidate("request", asked.id, title, text, asked.marking, asked.entered_ms, *said, above=(of.id,))
