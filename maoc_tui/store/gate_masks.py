"""What of a statement stays behind when it is seen only because it was released.

A release lets out what two officers looked at, in the wording they chose; not who entered it, from which source,
why, to whom else it goes, nor what is written over it later. So for a viewer who sees a row neither as its
originator nor by being named, these columns show something else. A statement of another kind than these is
released by nobody.
"""

# ruff: noqa: S608 – nothing here comes from outside: names of tables and columns, and small numbers
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WORDING = "wording"
"""Stands for what was released in place of the original."""
_NOTHING = "''"

_BESIDE = dict.fromkeys(("entered_by", "releasable_to"), _NOTHING)
_SAID = {**_BESIDE, "source": "t.originator", "reason": _NOTHING}
"""Of a line of the ledger: told by its originator, whoever told that."""

MASKS: Mapping[str, Mapping[str, str]] = {
    "target": {
        "description": WORDING,
        **dict.fromkeys(
            ("designation", "area", "position", "created_by", "updated_by", "releasable_to"), _NOTHING
        ),
        **dict.fromkeys(("lat", "lon", "radius_nm"), "NULL"),
    },
    "identity_fact": {
        "raw": "t.value",
        **dict.fromkeys(("source", "reason", "entered_by", "releasable_to"), _NOTHING),
    },
    "sighting": {
        "text": WORDING,
        **dict.fromkeys(("source", "entered_by", "releasable_to"), _NOTHING),
    },
    "contact_link": dict.fromkeys(
        ("reason", "warning", "ended_by", "ended_reason", "entered_by", "releasable_to"), _NOTHING
    ),
    "assignment": dict.fromkeys(("entered_by", "releasable_to"), _NOTHING),
    "request": {
        "grounds": WORDING,
        **dict.fromkeys(("position", "entered_by", "releasable_to"), _NOTHING),
    },
    "operation": {"name": WORDING, **_BESIDE},
    "log_line": {"text": WORDING, **dict.fromkeys(("said_time", "client_id"), _NOTHING), **_BESIDE},
    "operation_assignment": _BESIDE,
    "seizure": {"text": WORDING, **_BESIDE},
    "seizure_find": {"text": WORDING, "hidden": _NOTHING, **_SAID},
    "seizure_weighing": {"text": WORDING, **_SAID},
    "seizure_persons": {"text": WORDING, **_SAID},
    "seizure_stated": {"text": WORDING, **_SAID},
    "seizure_transfer": {
        "text": WORDING,
        **dict.fromkeys(("seal", "place", "file", "sha256"), _NOTHING),
        "size": "NULL",
        **_SAID,
    },
    "asset": {"name": WORDING, **_BESIDE},
    "asset_profile": {
        **dict.fromkeys(("base", "said"), _NOTHING),
        **dict.fromkeys(("base_lat", "base_lon"), "NULL"),
        **_BESIDE,
    },
    "asset_report": {
        "text": WORDING,
        **dict.fromkeys(("lat", "lon", "course", "speed_kn", "fuel_h"), "NULL"),
        "at_base": "0",
        **_BESIDE,
    },
    "tasking": {"words": WORDING, **_BESIDE},
}
"""Table -> column -> what is shown instead; WORDING, or an expression over the row ``t``."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Rows that say what became of a released statement: those there were when it was released, and some later ones."""

    masks: Mapping[str, str]
    narrows: str
    """Which later ones are shown all the same, in SQL over the row ``t``: what takes back must reach whoever reads."""


_STEPS_OF_ASSIGNMENT = Steps(
    {"reason": _NOTHING, "entered_by": _NOTHING, "officer_id": "NULL"}, "t.state IN ('DECLINED', 'RELIEVED')"
)
STEPS: Mapping[str, Steps] = {
    "assignment_event": _STEPS_OF_ASSIGNMENT,
    "request_event": Steps(
        dict.fromkeys(("who", "channel", "text", "entered_by"), _NOTHING),
        "t.act IN ('REFUSED', 'NO_REGISTRY', 'DENIED', 'WITHDRAWN')",
    ),
    "operation_assignment_event": _STEPS_OF_ASSIGNMENT,
    "tasking_event": Steps(
        dict.fromkeys(("who", "channel", "text", "partner", "entered_by"), _NOTHING),
        "t.act IN ('DECLINED', 'WITHDRAWN', 'OFF_TASK')",
    ),
}
"""A consent that was taken back after the release must not go on reading as given."""


def steps(name: str, there: Sequence[str], right: str) -> str:
    """What the view of a table of steps selects of its row ``t``; ``right`` says whether its reader reads all."""
    masks = STEPS[name].masks if name in STEPS else {}
    if not masks:
        return "t.*"
    return ", ".join(
        f'CASE WHEN {right} THEN t."{column}" ELSE {masks[column]} END AS "{column}"'
        if column in masks
        else f't."{column}"'
        for column in there
    )


def columns(name: str, there: Sequence[str], by_right: Sequence[str], live: Sequence[str]) -> str:
    """What the view of a table selects of its row ``t``.

    ``by_right`` says for each viewer, in SQL, whether it sees the row as originator or named; ``live`` picks the
    rows ``r`` of release that count for it.
    """
    masks = MASKS.get(name, {})
    right = " AND ".join(f"({term})" for term in by_right)
    wordings = (
        f'CASE WHEN {term} THEN NULL ELSE (SELECT r.wording FROM main."release" r WHERE {picked}'
        " ORDER BY r.seq DESC LIMIT 1) END"
        for term, picked in zip(by_right, live, strict=True)
    )
    worded = f"coalesce({', '.join(wordings)}, '')"

    def shown(column: str) -> str:
        mask = worded if masks.get(column) == WORDING else masks.get(column, "")
        return (
            f'CASE WHEN {right} THEN t."{column}" ELSE {mask} END AS "{column}"' if mask else f't."{column}"'
        )

    return ", ".join(map(shown, there)) if masks else "t.*"
