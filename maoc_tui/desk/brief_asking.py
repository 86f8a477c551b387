"""Asking from the grid: the originators of everything that keeps one line out of a recipient's copy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from maoc_tui.brief.document import Line
from maoc_tui.brief.told import told
from maoc_tui.desk import asking
from maoc_tui.desk import brief_copies as copies
from maoc_tui.desk.access import permit
from maoc_tui.desk.brief_grid import Mark, columns, mine
from maoc_tui.desk.brief_reader import reader, span
from maoc_tui.desk.brief_stops import Stop, stops
from maoc_tui.desk.room import Room
from maoc_tui.domain.releases import Request
from maoc_tui.domain.roles import Act
from maoc_tui.domain.text import printable
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput


def ask(
    room: Room,
    viewer: Viewer,
    line: str,
    partner: str,
    reason: str,
    *,
    name: str = "",
    date: str = "",
    due: str = "",
    wordings: Mapping[str, str] | None = None,
) -> tuple[Request, ...]:
    """Ask the originators of what keeps a line (``targets/T-0417``, or its reference) out of a partner's copy.

    One request per target and originator, as ``asking.ask`` makes them; ``wordings`` by the id of the statement, or
    its beginning. A consent is to the wording asked about, or to the original. Raises BadInput, NotPermitted.
    """
    code, wanted = _asked_about(room, viewer, line, partner, name, date)
    worded = _worded(wanted, wordings or {})
    made: list[Request] = []
    for target, statements in _by_target(wanted).items():
        given = {one: worded[one] for one in statements if one in worded}
        made += asking.ask(room, viewer, target, code, reason, lines=statements, wordings=given, due=due)
    return tuple(made)


def asked_about(
    room: Room, viewer: Viewer, line: str, partner: str, *, name: str = "", date: str = ""
) -> tuple[Stop, ...]:
    """The statements that ``ask`` would ask the originators of, to word them. Raises BadInput, NotPermitted."""
    return tuple(_asked_about(room, viewer, line, partner, name, date)[1])


def _asked_about(
    room: Room, viewer: Viewer, line: str, partner: str, name: str, date: str
) -> tuple[str, list[Stop]]:
    """Whom the line is for, and what keeps it out that somebody can be asked for."""
    permit(room, viewer, Act.ASK)
    (code,) = columns(room, viewer, (partner,))
    found = _line(room, viewer, code, line, name, date)
    with stops(room, viewer, reader(room, viewer, viewer.partner), code, [found]) as held:
        wanted = [stop for stop in held.of(found) if stop.mark == Mark.ASK]
    if not wanted:
        raise BadInput(
            f"Nobody can be asked to let {code} have the line on {printable(found.key, 60)}.",
            "See why with w, or: maoc brief grid.",
        )
    return code, wanted


def _worded(wanted: list[Stop], typed: Mapping[str, str]) -> dict[str, str]:
    """Statement id -> the wording typed for it; BadInput for a word that names none of what is asked about."""
    ids, found = {stop.statement for stop in wanted}, {}
    for word, text in typed.items():
        fits = [one for one in ids if len(word.strip()) >= 4 and one.startswith(word.strip().lower())]
        if len(fits) != 1:
            raise BadInput(
                f"{printable(word, 40)!r} is no statement that is asked about.",
                f"These are: {'; '.join(f'{stop.statement[:8]} {stop.kind}' for stop in wanted[:6])}.",
            )
        found[fits[0]] = text
    return found


def _by_target(wanted: list[Stop]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for stop in wanted:
        found[stop.target] += (stop.statement,)
    return found


def _line(room: Room, viewer: Viewer, code: str, text: str, name: str, date: str) -> Line:
    """The line of the viewer's own copy of that key, or the only one of that reference. Raises BadInput."""
    if name.strip():
        own = copies.copy_of(room, viewer, copies.found(room, viewer, name), viewer.partner)
    else:
        own = mine(room, viewer, span(room, date), (code,))
    word = text.strip().casefold()
    fits = [one for one in told(own) if word in (one.key.casefold(), one.key.partition("/")[2].casefold())]
    if not fits:
        raise BadInput(f"There is no line {printable(text, 60)}.", "See: maoc brief grid.")
    if len(fits) > 1:
        keys = ", ".join(one.key for one in fits[:4])
        raise BadInput(f"{printable(text, 60)} stands in several lines.", f"Say which: {keys}.")
    return fits[0]
