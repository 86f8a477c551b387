"""The statements of an operation that may be released: its name, its log line by line, who is what to it.

Its acts, decisions, check-ins and targets are no statements of their own: nobody reads them by a release.
"""

from __future__ import annotations

from sqlalchemy import Connection

from maoc_tui.desk.release_candidate import OVER, assigned, candidate
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.operation_rules import shipped
from maoc_tui.domain.operations import parse_reference
from maoc_tui.domain.releases import Candidate, Subject
from maoc_tui.domain.times import format_dtg
from maoc_tui.store import assignments, operation_log
from maoc_tui.store import operations as store
from maoc_tui.store.operation_log import Line
from maoc_tui.store.operations import Operation


def candidates(conn: Connection, ref: str) -> tuple[Subject, tuple[Candidate, ...]]:
    """An operation (OP-0031) with the lines of its log that stand, the last first, and its assignments."""
    made = store.find(conn, parse_reference(ref))
    lines = operation_log.load(conn, operation=made.id)
    corrected = {line.corrects for line in lines}
    stand = sorted((x for x in lines if x.id not in corrected), key=lambda x: x.at_ms, reverse=True)
    held = assignments.load(conn, made.id, assignments.TO_OPERATIONS).get(made.id, [])
    return Subject("operation", str(made.id), made.ref), (
        itself(made),
        *(_line(line, made) for line in stand),
        *(assigned("operation_assignment", one, made.id) for one in held if one.state not in OVER),
    )


def itself(made: Operation) -> Candidate:
    """The operation without its log: its reference, and its name in the wording released."""
    title = f"{made.ref} itself"
    return candidate("operation", made.id, title, made.name, made.marking, made.entered_ms, made.name)


def _line(line: Line, of: Operation) -> Candidate:
    kinds = shipped().kinds
    kind = kinds[line.kind].title if line.kind in kinds else line.kind.lower()
    title = f"{format_dtg(from_ms(line.at_ms))} {kind}, {line.ref}"
    said = (line.at_ms, line.kind, line.text, str(line.corrects or ""))
    return candidate(
        "log_line", line.id, title, line.text, line.marking, line.entered_ms, *said, above=(of.id,)
    )
