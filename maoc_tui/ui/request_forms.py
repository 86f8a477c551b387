"""Forms of the request ledger: open a request, record what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maoc_tui.domain.text import printable
from maoc_tui.ui import format as fmt
from maoc_tui.ui import liaison_desk as line
from maoc_tui.ui.form import Field
from maoc_tui.ui.liaison_forms import ActForm, Values
from maoc_tui.ui.live import LiveDesk

if TYPE_CHECKING:
    from maoc_tui.desk.request_snapshots import ClockLine, RequestLine

KINDS = "flag-enquiry, boarding-consent, coastal-notice, information"
MEASURES = "board, search, seize, divert, detain-persons, destroy, prosecute"
ACTS = "sent, acknowledged, chased, granted, partly, refused, no-registry, confirmed, denied, in-writing, withdrawn"


def opened(
    desk: LiveDesk,
    target: str = "",
    addressee: str = "",
    rule: str = "",
    *,
    kind: str = "flag-enquiry",
    acting: str = "",
    clock: str = "",
    measures: str = "",
) -> ActForm:
    """Draft a request; nothing is sent, and the clock starts only when it is recorded as sent."""
    own = desk.viewer.partner if desk.viewer.partner != "MAOC" else ""
    fields = [
        Field("target", "target", target, "T-0417"),
        Field("kind", "kind", kind, KINDS),
        Field("addressee", "to", addressee, "the State asked, such as BR"),
        Field("acting", "for", acting or own, "acting State"),
        Field("measures", "measures", measures, MEASURES),
        Field("grounds", "grounds", hint="suspected offence and why"),
        Field("position", "position", hint="position and time as stated; empty: its newest fix"),
        Field("clock", "clock", clock, "C1, C2, C3, RFI8 …; empty: the usual one"),
        Field("rule", "rule", rule, "R26; see L"),
        Field("marking", "marking", hint="H2 rel ES,FR; empty: you alone"),
    ]

    def do(values: Values) -> Any:
        from maoc_tui.domain.marking_entry import parse

        given = {
            name: values[name] for name in ("acting", "measures", "grounds", "position", "clock", "rule")
        }
        said = values["marking"].strip()
        given["marking"] = parse(said, desk.viewer.partner) if said else None
        return line.act(
            desk, "requests.open_request", values["target"], values["kind"], values["addressee"], **given
        )

    return ActForm("Open a request", fields, do, draft=f"request {target} {addressee} {rule} {kind}")


def recorded(desk: LiveDesk, found: RequestLine) -> ActForm:
    """Record what became of a request, at the minute it happened."""
    asked, stands = found.asked, found.standing
    sent = stands.clock is not None or stands.state.name != "DRAFT"
    fields = [
        Field("act", "what", "" if sent else "sent", ACTS),
        Field("at", "when", hint="0312 or 140312Z; empty: now"),
        Field("who", "who", hint="name and post of who answered"),
        Field("channel", "channel", hint="SIENA, embassy, telephone …"),
        Field("oral", "oral", "", "yes when by word of mouth"),
        Field("scope", "covers", hint=MEASURES),
        Field("conditions", "conditions", hint="parted by ;"),
        Field("until", "until", hint="when the grant ends: 1800Z is the next one, +12h; empty: no end"),
        Field("text", "text", hint="anything else that was said"),
    ]

    def do(values: Values) -> Any:
        given = {name: values[name] for name in ("at", "who", "channel", "scope", "until", "text")}
        conditions = tuple(one.strip() for one in values["conditions"].split(";") if one.strip())
        oral = values["oral"].strip().lower() in ("y", "yes", "oral")
        return line.act(
            desk, "requests.record", asked.ref, values["act"], conditions=conditions, oral=oral, **given
        )

    running = stands.clock is not None and stands.clock.stopped_ms is None
    left = f"  {fmt.left(stands.clock.left_ms(found.now_ms))} left" if running else ""
    banner = (
        (
            (f"{asked.ref} ", "mark"),
            (f"{asked.kind.value} to {asked.addressee} ", "strong"),
            (f"about {asked.target}  {stands.state.value}{left}", "text"),
        ),
    )
    return ActForm(f"{asked.ref}: what became of it", fields, do, banner=banner)


BY_HAND = "C5 summary of evidence, C6 jurisdiction, C7 pursuit report, C8 persons; empty: a free clock"


def clock(desk: LiveDesk, target: str = "") -> ActForm:
    """Start a clock by hand: with legal effect by when it began, or free by when it is due."""
    fields = [
        Field("target", "target", target, "T-0417"),
        Field("clock", "clock", hint=BY_HAND),
        Field("text", "text", hint="call Dakar; nine persons detained"),
        Field("at", "time", hint="when it is due (0500Z); of C5 to C8 when it began, empty: now"),
        Field("marking", "marking", hint="H2 rel ES,FR; empty: you alone"),
    ]

    def do(values: Values) -> Any:
        from maoc_tui.domain.marking_entry import parse

        said = values["marking"].strip()
        marking = parse(said, desk.viewer.partner) if said else None
        ref, text, at = values["target"], values["text"], values["at"]
        if values["clock"].strip():
            return line.act(desk, "clocks.start", ref, values["clock"], at=at, text=text, marking=marking)
        return line.act(desk, "clocks.add", ref, text, at, marking=marking)

    return ActForm("Start a clock", fields, do, draft=f"clock {target}")


def stopped(desk: LiveDesk, found: ClockLine) -> ActForm:
    """Stop a clock that was started by hand."""
    fields = [
        Field("reason", "reason", hint="what has come, or why it no longer matters"),
        Field("at", "when", hint="0312 or 140312Z; empty: now"),
    ]

    def do(values: Values) -> Any:
        return line.act(desk, "clocks.stop", found.ref, values["reason"], at=values["at"])

    title = printable(found.title, 80)
    banner = (((f"{found.ref} ", "mark"), (title, "strong"), (f"  {found.target}", "mark")),)
    return ActForm(f"{found.ref}: stop the clock", fields, do, banner=banner)
