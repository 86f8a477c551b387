"""Who said yes: national decisions, go and no-go by a second person, conditions taken note of, reports on force."""

from __future__ import annotations

from maoc_tui.desk.gate import changing
from maoc_tui.desk.operation_facts import around, facts
from maoc_tui.desk.operation_reading import sheet
from maoc_tui.desk.operation_snapshots import OperationSheet
from maoc_tui.desk.operation_words import act, check_told, may_decide, may_fill, note, state_code
from maoc_tui.desk.operations import find_open
from maoc_tui.desk.room import Room
from maoc_tui.desk.target_words import happened, words
from maoc_tui.domain.operation_gaps import unread
from maoc_tui.domain.operation_guards import second_person
from maoc_tui.domain.operation_rules import shipped
from maoc_tui.domain.operations import APPROVED, GO, NO_GO, REFUSED, Field, Kind, states
from maoc_tui.domain.roles import Act as Right
from maoc_tui.domain.roles import require
from maoc_tui.domain.viewer import CENTRE, Viewer
from maoc_tui.problems import BadInput, NotPermitted
from maoc_tui.store import operations as store


def decide(
    room: Room,
    viewer: Viewer,
    ref: str,
    *,
    who: str,
    authority: str,
    right: str,
    told_at: str = "",
    decision: str = APPROVED,
    state: str = "",
    text: str = "",
) -> OperationSheet:
    """Record a national decision: who took it, which authority, by what right, when it was told here.

    It is the decision of ``state``; when not given, of the officer's own State or, for the Centre, of the lead.
    Of a State's decisions the one told last counts, for the targets the operation has now; one told before it was
    opened needs the ``text`` that says why it counts. Raises BadInput, NotPermitted.
    """
    require(viewer, Right.DECIDE)
    word = decision.strip().lower()
    if word not in (APPROVED, REFUSED):
        raise BadInput(f"{decision[:40]!r} is no decision.", f"Say {APPROVED} or {REFUSED}.")
    said = {
        "value": word,
        "who": words(who, "name and post", 200),
        "authority": words(authority, "authority", 200),
        "by_right": words(right, "right", 300),
        "text": words(text, "text", 600, empty=True),
    }
    told = happened(room, told_at)
    with changing(room, viewer) as (conn, seen):
        made = find_open(seen, ref)
        lead = states(made.acts)[Field.LEAD]
        code = state_code(
            room, Field.SEIZING, state or (lead if viewer.partner == CENTRE else viewer.partner)
        )
        may_decide(viewer, code)
        check_told(made, told, said["text"])
        store.append(conn, made.id, act(room, viewer, Kind.DECISION, told, what=code, **said))
        note(conn, viewer, room.clock.now_ms(), "alter", made, f"decision of {code}: {word}")
    return sheet(room, viewer, made.ref)


def go(room: Room, viewer: Viewer, ref: str, word: str, reason: str) -> OperationSheet:
    """Say go or no-go, with the reason; go only as a second person. Anybody who may run operations may stop one."""
    require(viewer, Right.OPERATE)
    what = word.strip().lower().replace(" ", "-")
    if what not in (GO, NO_GO):
        raise BadInput(f"{word[:40]!r} is neither go nor no-go.", "Say go or no-go.")
    said = act(room, viewer, Kind.GO, room.clock.now_ms(), what=what, text=words(reason, "reason", 400))
    with changing(room, viewer) as (conn, seen):
        made = find_open(seen, ref)
        if what == GO and not second_person(made.acts, said):
            raise NotPermitted(
                f"You decided on {made.ref} or took its last step yourself.",
                "A second officer says go, signed in as that officer.",
            )
        store.append(conn, made.id, said)
        note(conn, viewer, said.entered_ms, "confirm", made, what, reason=said.text)
    return sheet(room, viewer, made.ref)


def take_note(room: Room, viewer: Viewer, ref: str) -> OperationSheet:
    """Take note of every condition of the consents in force on the operation's targets that the viewer sees.

    Whoever sees the operation sees that it was done; what a condition says is read in the request. Raises BadInput.
    """
    now = room.clock.now_ms()
    with changing(room, viewer) as (conn, seen):
        made = find_open(seen, ref)
        may_fill(viewer, made)
        fresh = unread(facts(made, around(room, viewer, seen, [made])))
        if not fresh:
            raise BadInput(
                "No consent in force has a condition that is not taken note of.", "Nothing is to be done."
            )
        for one in fresh:
            store.append(conn, made.id, act(room, viewer, Kind.CONDITION, now, value=one.digest))
        note(conn, viewer, now, "alter", made, f"took note of {len(fresh)} conditions")
    return sheet(room, viewer, made.ref)


def force(
    room: Room,
    viewer: Viewer,
    ref: str,
    kind: str,
    *,
    ordered_by: str,
    warnings: str,
    rounds: str,
    injuries: str,
    flag_told: str,
    at: str = "",
    right: str = "",
) -> OperationSheet:
    """Report a use of force: who ordered it, what warnings came before, rounds, injuries and damage, flag State told.

    Nothing may be left out: what did not happen is said (``none``). Raises BadInput, NotPermitted.
    """
    known = shipped()
    which = known.kinds[known.parse_kind(kind)]
    if not which.force:
        kinds = ", ".join(one.title for one in known.kinds.values() if one.force)
        raise BadInput(f"{which.title} is no use of force.", f"Choose from {kinds}.")
    told = (
        f"warnings: {words(warnings, 'warnings given', 200)}; rounds: {words(rounds, 'rounds', 60)}; "
        f"injuries and damage: {words(injuries, 'injuries and damage', 200)}"
    )
    said = act(
        room, viewer, Kind.FORCE, happened(room, at), what=which.id, text=told,
        who=f"ordered by {words(ordered_by, 'name of who ordered it', 200)}",
        by_right=words(right, "right", 200, empty=True),
        source=f"flag State told: {words(flag_told, 'flag State told', 200)}",
    )  # fmt: skip
    with changing(room, viewer) as (conn, seen):
        made = find_open(seen, ref)
        may_fill(viewer, made)
        store.append(conn, made.id, said)
        note(conn, viewer, said.entered_ms, "alter", made, f"report on {which.title}")
    return sheet(room, viewer, made.ref)
