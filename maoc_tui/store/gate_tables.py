"""Which table is open to whom: every table of the record stands here, or a test fails.

A connection made for a viewer reads nothing that is not named here. A new table belongs into exactly one of
the registers below; whoever adds it decides, and says so by the line added.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Above:
    """A row that another is a line of."""

    column: str
    """Column of the line that names it."""
    table: str
    alone: bool = False
    """The column may be NULL: such a line needs none."""


@dataclass(frozen=True, slots=True)
class Governed:
    """A table whose rows carry a marking of their own; ``id`` is what a release names."""

    recorded: str
    """Column with the instant of entry."""
    line_of: tuple[Above, ...] = ()
    """The rows it is a line of, each of which must be visible too; the first is what it is said of."""


@dataclass(frozen=True, slots=True)
class Following:
    """A table without a marking: a row is seen with the row it belongs to."""

    column: str
    table: str
    part: str = ""
    """Which rows an originator sees that sees only its part of that row, in SQL over the row ``t``; "" for all."""
    right: bool = False
    """Seen only by who sees that row as its originator or by being named: never by whom it was released to."""
    also: tuple[str, str] | None = None
    """Column and table of another row that must be seen too."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A table of what is open by a right, save rows that name a statement: those its originator and the named see."""

    right: str
    """Of domain.gate.GateContext."""
    named: tuple[tuple[str, str], ...]
    """Columns that name statements, each with its table; NULL for none."""


@dataclass(frozen=True, slots=True)
class About:
    """A row about several statements: seen by who sees every one of them, and the subject they belong to."""

    lines: str
    """Table that lists the statements (``statement_id``)."""
    column: str
    """Its column that names the row."""
    origin: str
    """Whether {partner} originated one of them, in SQL over the row ``t``."""
    part: Mapping[str, str] = field(default_factory=dict)
    """Column -> what an originator is shown instead that sees its own statements of it only."""


_OF_TARGET = (Above("target_id", "target"),)
_OF_OPERATION = (Above("operation_id", "operation"),)
_OF_SEIZURE = (Above("seizure_id", "seizure"),)
_OF_ASSET = (Above("asset_id", "asset"),)

GOVERNED: dict[str, Governed] = {
    "target": Governed("created_ms"),
    "identity_fact": Governed("entered_ms", _OF_TARGET),
    "sighting": Governed("entered_ms", _OF_TARGET),
    "contact_link": Governed("entered_ms", _OF_TARGET),
    "target_change": Governed("entered_ms", _OF_TARGET),
    "zone_override": Governed("entered_ms", (Above("target_id", "target", alone=True),)),
    "assignment": Governed("entered_ms", _OF_TARGET),
    "request": Governed("entered_ms", _OF_TARGET),
    "clock": Governed("entered_ms", _OF_TARGET),
    "operation": Governed("entered_ms"),
    "log_line": Governed("entered_ms", _OF_OPERATION),
    "operation_assignment": Governed("entered_ms", _OF_OPERATION),
    "seizure": Governed("entered_ms", (Above("operation_id", "operation", alone=True),)),
    "seizure_find": Governed("entered_ms", _OF_SEIZURE),
    "seizure_weighing": Governed("entered_ms", (Above("find_id", "seizure_find"),)),
    "seizure_persons": Governed("entered_ms", _OF_SEIZURE),
    "seizure_stated": Governed("entered_ms", _OF_SEIZURE),
    "seizure_transfer": Governed("entered_ms", _OF_SEIZURE),
    "asset": Governed("entered_ms"),
    "asset_profile": Governed("entered_ms", _OF_ASSET),
    "asset_report": Governed("entered_ms", _OF_ASSET),
    "tasking": Governed("entered_ms", (*_OF_ASSET, *_OF_OPERATION, Above("target_id", "target", alone=True))),
    "intercept_option": Governed("entered_ms", (*_OF_TARGET, *_OF_OPERATION, *_OF_ASSET)),
    "watch_line": Governed("entered_ms"),
    "saved_view": Governed("entered_ms"),
    "alert_word": Governed(
        "entered_ms",
        (Above("asset_id", "asset", alone=True), Above("report_id", "asset_report", alone=True)),
    ),
}

FOLLOWING: dict[str, Following] = {
    "zone_withdrawal": Following("override_id", "zone_override"),
    "assignment_event": Following("assignment_id", "assignment"),
    "request_event": Following("request_id", "request"),
    "clock_stop": Following("clock_id", "clock"),
    "release_line": Following("proposal_id", "release_proposal", "t.originator = {partner}"),
    "release_refusal": Following("proposal_id", "release_proposal"),
    "release_task": Following(
        "proposal_id", "release_proposal", "(t.kind <> 'inform_originator' OR t.partner = {partner})"
    ),
    "release_task_done": Following("task_id", "release_task"),
    "release_recall": Following("release_id", "release"),
    "origin_request_line": Following("request_id", "origin_request"),
    "origin_answer": Following("request_id", "origin_request"),
    "retention_review": Following("target_id", "target", right=True),
    "operation_target": Following("operation_id", "operation", right=True, also=("target_id", "target")),
    "operation_act": Following("operation_id", "operation", right=True),
    "check_in": Following("operation_id", "operation", right=True),
    "log_line_clock": Following("line_id", "log_line", right=True, also=("clock_id", "clock")),
    "operation_assignment_event": Following("assignment_id", "operation_assignment"),
    "tasking_event": Following("tasking_id", "tasking"),
    "watch_line_done": Following("line_id", "watch_line", right=True),
    **dict.fromkeys(("alert_event", "alert_act", "alert_silence"), Following("alert_id", "alert")),
    "alert_silence_end": Following("silence_id", "alert_silence"),
    "alert_target": Following("target_id", "target", right=True, also=("alert_id", "alert")),
    "alert_line": Following("line_id", "log_line", right=True, also=("alert_id", "alert")),
}

BESIDE: dict[str, Beside] = {
    "alert": Beside("traffic", (("asset_id", "asset"), ("report_id", "asset_report")))
}
"""An alert comes from open traffic; that an asset of somebody is near is known to who knows where the asset is:
who sees the asset, and the report that placed it."""

ABOUT: dict[str, About] = {
    "release_proposal": About(
        "release_line",
        "proposal_id",
        "EXISTS (SELECT 1 FROM main.release_line o WHERE o.proposal_id = t.id AND o.originator = {partner})",
        {"checklist": "'{}'", "condition": "''", "channel": "''"},
    ),
    "origin_request": About(
        "origin_request_line", "request_id", "t.originator = {partner}", {"by_partner": "t.by_partner"}
    ),
}
"""What is asked or proposed of a hidden statement is as hidden as the statement, and always from whom it is to.

An originator sees a release of its own statement also where others of the bundle are hidden from it, and that alone:
neither the others nor how the whole was weighed, nor what it is about where that is hidden.
"""

BY_RIGHT: dict[str, str] = {
    **dict.fromkeys(
        (
            "contact", "contact_identity", "source", "track_inbox", "track_block", "track_day", "zone_event",
            "sweep_arrival",
        ),
        "traffic",
    ),
    **dict.fromkeys(("feed_state", "sweep_lease"), "feeds"),
    **dict.fromkeys(("partner_act", "partner_instrument", "officer", "duty"), "partners"),
    **dict.fromkeys(("watch_term", "handover", "handover_end"), "partners"),
}  # fmt: skip
"""Tables open as a whole to whoever holds a right of domain.gate.GateContext."""

DIRECTORY = "officer_channel"
"""How an officer is reached: of those officers whom the directory of the viewer's partner shows (domain.officers)."""

SUBJECTS: dict[str, str] = {
    "target": "target_id",
    "operation": "operation_id",
    "seizure": "seizure_id",
    "asset": "asset_id",
}
"""What a row in ABOUT may be about -> its column that says so; one of them is not NULL."""

RELEASES = "release"
"""A release is seen by whoever sees the statement: its recipient too, while it counts."""

OPEN = frozenset({"meta"})
"""What the database is: open to every connection."""

DENIED = frozenset(
    {
        "journal", "journal_checkpoint",
        "brief", "brief_variant", "brief_approval", "brief_file", "brief_begun", "brief_issue",
        "brief_recall",
        "figure_freeze", "figure_frozen",
        "account", "role_grant", "role_end", "account_change", "account_decision", "access_session", "sign_in_try",
        "clock_ack", "handover_answer", "undo_act",
        "search_entry", "search_due", "officer_mark", "draft",
    }
)  # fmt: skip
"""Never read on behalf of a viewer; the desk that may reads them as the system, after asking for the right."""
