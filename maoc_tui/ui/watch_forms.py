"""Forms of the watch: a line with everything chosen, a promise done, a line put right, the watch taken over or left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from maoc_tui.domain.text import printable
from maoc_tui.ui import liaison_desk as line
from maoc_tui.ui.form import Field
from maoc_tui.ui.liaison_forms import ActForm
from maoc_tui.ui.lines import Line
from maoc_tui.ui.marking_form import MarkedAct

if TYPE_CHECKING:
    from maoc_tui.desk.watch_snapshots import WatchLine
    from maoc_tui.domain.marking import Marking
    from maoc_tui.ui.live import LiveDesk

Values = Mapping[str, str]


def written(desk: LiveDesk, kind: str = "") -> MarkedAct:
    """A line with its kind, times and marking to choose."""
    from maoc_tui.desk.watch_log import audience

    fields = [
        Field("text", "line", hint="what happened, or what is promised: 0500Z call Dakar"),
        Field("kind", "kind", kind, "note, worry, weather, people; empty: by its words"),
        Field("at", "when", hint="140312Z; empty: the time in the line, or now"),
        Field("due", "due", hint="0500Z; empty: the time to come in the line, if any"),
    ]

    def do(values: Values, marking: Marking | None) -> Any:
        given = {"kind": values["kind"], "at": values["at"], "due": values["due"], "marking": marking}
        return line.act(desk, "watch_log.log", values["text"], **given)

    return MarkedAct(desk, "Watch log: a line", fields, do, audience=audience(desk.viewer))


def kept(desk: LiveDesk, one: WatchLine) -> ActForm:
    """What a line promised is done, or is not to be done."""
    fields = [
        Field("reason", "what became", hint="called, no answer … or why it is not to be done"),
        Field("at", "when", hint="140455Z; empty: now"),
    ]

    def do(values: Values) -> Any:
        return line.act(desk, "watch_log.kept", one.ref, values["reason"], at=values["at"])

    return ActForm(f"{one.ref}: done", fields, do, banner=_about(one))


def corrected(desk: LiveDesk, one: WatchLine) -> ActForm:
    """What the line should have been."""
    fields = [
        Field("text", "should be", one.text, "the whole line; its time stands unless typed"),
        Field("reason", "reason", hint="why it was wrong"),
    ]

    def do(values: Values) -> Any:
        return line.act(desk, "watch_log.correct", one.ref, values["text"], values["reason"])

    return ActForm(f"{one.ref}: correct", fields, do, banner=_about(one), saw={"text": one.text})


def withdrawn(desk: LiveDesk, one: WatchLine) -> ActForm:
    """Why the line no longer stands."""
    fields = [Field("reason", "reason", hint="why it no longer stands; both stay in the log")]

    def do(values: Values) -> Any:
        return line.act(desk, "watch_log.withdraw", one.ref, values["reason"])

    return ActForm(f"{one.ref}: withdraw", fields, do, banner=_about(one))


def taken_over(desk: LiveDesk, holder: str) -> ActForm:
    """Take the watch over from a holder who is gone."""
    fields = [Field("reason", "reason", hint="taken ill, cut off: why the holder cannot hand over")]
    banner: tuple[Line, ...] = (
        ((printable(f"{holder} holds the watch.", 120), "strong"),),
        (
            (
                "Take it over only if its holder is gone: the journal keeps why, and everybody reads it.",
                "warn",
            ),
        ),
    )

    def do(values: Values) -> Any:
        return line.act(desk, "watch.take", gone=values["reason"] or " ")

    return ActForm("Take the watch over", fields, do, banner=banner)


def left(desk: LiveDesk) -> ActForm:
    """Leave the watch with nobody to take over."""
    fields = [Field("reason", "reason", hint="the Centre closes: why nobody takes over; everybody reads it")]

    def do(values: Values) -> Any:
        return line.act(desk, "watch.leave", values["reason"])

    return ActForm("Leave the watch", fields, do)


def _about(one: WatchLine) -> tuple[Line, ...]:
    return (((f"{one.ref} ", "mark"), (printable(one.text, 300), "text")),)
