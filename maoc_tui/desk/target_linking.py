"""Which contacts a target may be linked to, and what speaks against it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from maoc_tui.desk.room import Room
from maoc_tui.desk.target_duplicates import likely_duplicates
from maoc_tui.desk.target_prefill import kind_of, prefill
from maoc_tui.domain.contacts import key_text
from maoc_tui.domain.target_facts import current
from maoc_tui.domain.target_identity import heard_as, identifies
from maoc_tui.domain.targets import parse_reference
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store import targets as store
from maoc_tui.store.targets_heard import heard

_NAMES_A_TARGET = re.compile(r"\bT-\d")
_COMPARED = ("mmsi", "imo", "hex", "registration", "call_sign", "flag")


def check_joinable(key: int) -> None:
    """Raise BadInput for a number that many transmitters send: it would join strangers."""
    attribute, number = heard_as(key)
    if attribute and not identifies(attribute, number):
        raise BadInput(
            f"{key_text(key)} is a number that many sets send: it identifies nobody.",
            "Make the target from a description, and record what was seen as a sighting.",
        )


def recorded(warnings: Iterable[str]) -> tuple[str, ...]:
    """The warnings that may stand in the record: who reads a link need not see the target a warning names."""
    return tuple(text for text in warnings if not _NAMES_A_TARGET.search(text))


def warnings_of(room: Room, viewer: Viewer, ref: str, key: int) -> tuple[str, ...]:
    """What speaks against linking a target to a contact, one sentence each; empty for nothing."""
    check_joinable(key)
    with room.db.reading(viewer) as conn:
        target = store.find(conn, parse_reference(ref))
        facts = store.facts(conn, target.id).get(target.id, [])
        links = store.links(conn, target.id).get(target.id, [])
        contact = heard(conn, (key,)).get(key)
    if contact is None:
        return (f"{key_text(key)} has not been heard yet.",)
    warnings = []
    if kind_of(key, contact.cls) is not target.kind:
        warnings.append(f"{key_text(key)} is no {target.kind}.")
    values = prefill(room, viewer, key).entry.values
    holds = current(facts, room.clock.now_ms())
    for attribute in _COMPARED:
        ours, theirs = holds.get(attribute), values.get(attribute, "")
        if ours and theirs and ours.value != theirs:
            warnings.append(f"{attribute.replace('_', ' ')} differs: {ours.value} here, {theirs} heard.")
    others = [line.key for line in links if line.holds and line.key != key]
    warnings += [f"It is heard as {key_text(other)} too." for other in others]
    as_values = {name: frozenset({value}) for name, value in values.items()}
    for entry in likely_duplicates(room, viewer, target.kind, as_values, (key,), target.ref):
        warnings.append(f"The contact may be {entry.ref} {entry.title}: {'; '.join(entry.reasons)}.")
    return tuple(warnings)
