"""Forms about officers, their channels and the roster: each is a few fields and the desk's act they go to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maoc_tui.problems import BadInput
from maoc_tui.ui import liaison_desk as line
from maoc_tui.ui.form import Field
from maoc_tui.ui.liaison_forms import ActForm, Values
from maoc_tui.ui.live import LiveDesk

if TYPE_CHECKING:
    from maoc_tui.desk.liaison_snapshots import OfficerLine


def officer(desk: LiveDesk, partner: str = "") -> ActForm:
    """A new officer."""
    fields = [
        Field("partner", "partner", partner, "ES, MAOC …"),
        Field("name", "name"),
        Field("functions", "functions", "liaison", "liaison, watch, coordinator, analyst, releaser"),
        Field("agency", "agency", hint="service at home"),
        Field("since", "posted from", hint="the day; empty: today"),
        Field("until", "until", hint="the last day, or empty"),
    ]

    def do(values: Values) -> Any:
        given = {name: values[name] for name in ("functions", "agency", "since", "until")}
        return line.act(desk, "officers.add", values["partner"], values["name"], **given)

    return ActForm("New officer", fields, do, draft=f"officer {partner}")


def channel(desk: LiveDesk, entry: OfficerLine) -> ActForm:
    """A new way to reach an officer."""
    fields = [
        Field("kind", "channel", hint="siena, secure, duty phone, phone, email, radio"),
        Field("address", "address"),
        Field("note", "note", hint="when, whom to ask for"),
    ]

    def do(values: Values) -> Any:
        return line.act(
            desk, "channels.add", entry.officer.id.hex, values["kind"], values["address"], note=values["note"]
        )

    return ActForm(f"{entry.officer.name}: new channel", fields, do, draft=f"channel {entry.officer.id}")


def verify(desk: LiveDesk, entry: OfficerLine) -> ActForm:
    """A channel was found to work."""
    if not entry.channels:
        raise BadInput(f"{entry.officer.name} has no channel.", "Add one with C.")
    listed = ", ".join(f"{one.channel.place} {one.title}" for one in entry.channels)
    fields = [Field("place", "which", "1", listed), Field("at", "tried at", hint="0310Z; empty: now")]

    def do(values: Values) -> Any:
        if not values["place"].strip().isdecimal():
            raise BadInput("Which channel is it?", f"Type its number: {listed}.")
        return line.act(desk, "channels.verify", entry.officer.id.hex, int(values["place"]), at=values["at"])

    return ActForm(f"{entry.officer.name}: it works", fields, do, draft=f"verify {entry.officer.id}")


def end_posting(desk: LiveDesk, entry: OfficerLine) -> ActForm:
    """The last day of a posting."""
    fields = [Field("on", "last day", hint="empty: today"), Field("reason", "reason")]

    def do(values: Values) -> Any:
        return line.act(desk, "officers.end", entry.officer.id.hex, values["reason"], on=values["on"])

    return ActForm(f"{entry.officer.name}: end of the posting", fields, do, draft=f"end {entry.officer.id}")


def duty(desk: LiveDesk, name: str = "") -> ActForm:
    """A new duty."""
    fields = [
        Field("officer", "officer", name),
        Field("post", "post", "watch", "watch or on-call"),
        Field("since", "from", hint="140600Z"),
        Field("hours", "for", "12h", "8h, 12h, 7d"),
    ]

    def do(values: Values) -> Any:
        return line.act(
            desk, "roster.add", values["officer"], values["since"], hours=values["hours"], post=values["post"]
        )

    return ActForm("New duty", fields, do, draft=f"duty {name}")


def cancel_duty(desk: LiveDesk, ref: str) -> ActForm:
    """A duty is not stood."""
    return ActForm(
        f"Cancel duty {ref}",
        [Field("reason", "reason")],
        lambda values: line.act(desk, "roster.cancel", ref, values["reason"]),
    )
