"""Reading alerts: as lines, one whole, what lasts as a silence."""

from __future__ import annotations

from collections.abc import Sequence

from maoc_tui.desk import journal
from maoc_tui.desk.alert_rows import Known, contact_text, known_of, rows_of
from maoc_tui.desk.alert_snapshots import AlertRow, Said, SilenceLine, Step, WholeAlert
from maoc_tui.desk.alert_words import rule_limits, rule_text, rule_title, said_time
from maoc_tui.desk.room import Room
from maoc_tui.domain.alert_stages import LEVELS, STAGES, Done
from maoc_tui.domain.marking import combine
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import alert_acts as acts
from maoc_tui.store import alerts as store
from maoc_tui.store.alert_acts import Word
from maoc_tui.store.alerts import Alert
from maoc_tui.store.targets_heard import heard

_HAPPENED = {
    "raised": "raised",
    "worse": "got worse",
    "over": "the cause is over",
    "again": "the cause is back",
    "withdrawn": "withdrawn: late data dissolved it",
}


def listing(room: Room, viewer: Viewer, *, every: bool = False) -> tuple[AlertRow, ...]:
    """The alerts that wait for somebody, the gravest and newest first; with ``every`` all that were ever raised."""
    require(viewer, Act.READ)
    with room.db.reading(viewer) as conn:
        found = store.load(conn) if every else store.unheard(conn)
        known = known_of(conn, found)
    rows = rows_of(room, viewer, found, known)
    return tuple(sorted((row for row in rows if every or row.pending), key=_urgency))


def board(room: Room, viewer: Viewer) -> tuple[AlertRow, ...]:
    """All alerts by stage, withdrawn ones last: the gap board."""
    order = {stage: place for place, stage in enumerate(STAGES)}
    rows = listing(room, viewer, every=True)
    return tuple(sorted(rows, key=lambda row: (row.withdrawn, order[row.stage], *_urgency(row))))


def one(room: Room, viewer: Viewer, ref: str) -> WholeAlert:
    """Everything on one alert; what officers wrote as far as the viewer sees it. Raises BadInput."""
    require(viewer, Act.READ)
    with room.db.reading(viewer) as conn:
        found = store.find(conn, ref)
        known = known_of(conn, [found])
        words = acts.words(conn, found.id).get(found.id, [])
        happened = store.history(conn, found.id)
    journal.consulted(room, viewer, "alert", found.ref, [word.marking for word in words])
    (row,) = rows_of(room, viewer, [found], known)
    steps = [
        *(Step(step.at_ms, f"{_HAPPENED[step.what]} ({LEVELS[step.level]})", "") for step in happened),
        *_acted(found, known, words),
    ]
    marking = None
    for word in words:
        marking = word.marking if marking is None else combine(marking, word.marking)
    return WholeAlert(
        row=row,
        rule_text=rule_text(found.finding.rule),
        limits=rule_limits(found.finding.rule),
        evidence=found.finding.evidence,
        innocent=found.finding.innocent,
        against=found.finding.against,
        contacts=tuple(contact_text(key, known.heard) for key in found.finding.keys),
        steps=tuple(sorted(steps, key=lambda step: step.at_ms)),
        notes=tuple(Said(word.text, word.by, word.at_ms, word.marking) for word in words if not word.of),
        marking=marking,
    )


def silences(room: Room, viewer: Viewer) -> tuple[SilenceLine, ...]:
    """Every silence that lasts, the one that ends first on top."""
    require(viewer, Act.READ)
    now = room.clock.now_ms()
    with room.db.reading(viewer) as conn:
        lasting = [quiet for quiet in acts.silences(conn) if quiet.live(now)]
        refs = {str(alert.id): alert.ref for alert in store.load(conn)} if lasting else {}
        reasons = {word.of: word.text for some in acts.words(conn).values() for word in some}
        names = heard(conn, [quiet.subject for quiet in lasting])
    return tuple(
        SilenceLine(
            refs[quiet.alert],
            f"{rule_title(quiet.rule)} on this contact" if quiet.wide else "this cause",
            contact_text(quiet.subject, names),
            quiet.until_ms,
            f"{quiet.by}, {quiet.partner}",
            reasons.get(quiet.id, ""),
        )
        for quiet in sorted(lasting, key=lambda quiet: quiet.until_ms)
    )


def row_of(room: Room, viewer: Viewer, ref: str) -> AlertRow:
    """One alert as a line. Raises BadInput."""
    with room.db.reading(viewer) as conn:
        found = store.find(conn, ref)
        known = known_of(conn, [found])
    return rows_of(room, viewer, [found], known)[0]


def _urgency(row: AlertRow) -> tuple[bool, int, bool, int, str]:
    return not row.pending, -row.level, row.over, -row.raised_ms, row.ref


def _acted(alert: Alert, known: Known, words: Sequence[Word]) -> list[Step]:
    """What officers did, in words, each with its reason."""
    reasons = {word.of: word.text for word in words if word.of}
    steps = [
        Step(done.at_ms, _deed(done), f"{done.by}, {done.partner}", reasons.get(done.id, ""))
        for done in known.done.get(alert.id, [])
    ]
    for quiet in known.silences:
        if quiet.alert == str(alert.id):
            what = f"silenced until {said_time(quiet.until_ms)}{', the rule on this contact' * quiet.wide}"
            by = f"{quiet.by}, {quiet.partner}"
            steps.append(Step(quiet.from_ms, what, by, reasons.get(quiet.id, "")))
            if quiet.ended_ms is not None:
                steps.append(Step(quiet.ended_ms, "silence ended", quiet.ended_by))
    for made in known.became.get(alert.id, []):
        what = f"became {made.ref}" if made.what == "target" else f"became a {made.what} of {made.ref}"
        steps.append(Step(made.at_ms, what, f"{made.by}, {made.partner}"))
    return steps


def _deed(done: Done) -> str:
    worth = {True: "useful", False: "not useful"}
    if done.act == "stage":
        said = f", {worth[done.useful]}" if done.useful is not None and done.stage == "closed" else ""
        return f"stage {done.stage}{said}"
    if done.act == "judge" and done.useful is not None:
        return f"judged {worth[done.useful]}"
    return {"ack": "acknowledged", "escalate": "escalated"}.get(done.act, done.act)
