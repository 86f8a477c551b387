"""Forms on the sheet of a handover: questions and their answers, refusals, free lines, the two signatures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from maoc_tui.domain.text import printable
from maoc_tui.ui import liaison_desk as line
from maoc_tui.ui.form import Field
from maoc_tui.ui.handover_rows import in_full
from maoc_tui.ui.liaison_forms import ActForm
from maoc_tui.ui.lines import Line

if TYPE_CHECKING:
    from maoc_tui.desk.watch_snapshots import HandoverSheet
    from maoc_tui.domain.handover import Item
    from maoc_tui.ui.live import LiveDesk

Values = Mapping[str, str]


def said(desk: LiveDesk, item: Item, verdict: str, reader: str) -> ActForm:
    """A question, or why an item is not accepted."""
    question = verdict == "question"
    hint = f"{reader} reads it; it is answered, or owned" if question else "why; it stands against signing"
    fields = [Field("words", "question" if question else "reason", hint=hint)]

    def do(values: Values) -> Any:
        return line.act(desk, "handover_walk.say", item.key, verdict, values["words"], seen=item.digest)

    title = f"{item.ref or item.section}: {verdict}"
    return ActForm(title, fields, do, banner=in_full(item), draft=f"{title} {item.key}")


def answered(desk: LiveDesk, item: Item) -> ActForm:
    """The answer to a question."""

    def do(values: Values) -> Any:
        return line.act(desk, "handover_walk.answer", item.key, values["words"])

    fields = [Field("words", "answer", hint="what you know of it")]
    title = f"{item.ref or item.section}: answer"
    return ActForm(title, fields, do, banner=in_full(item), draft=f"{title} {item.key}")


def owned(desk: LiveDesk, item: Item) -> ActForm:
    """Whose a question is, and until when."""
    fields = [
        Field("owner", "owner", hint="who sees to it, by name"),
        Field("due", "until", hint="0700Z: from now on it runs as a clock"),
    ]

    def do(values: Values) -> Any:
        return line.act(desk, "handover_walk.own", item.key, values["owner"], values["due"])

    title = f"{item.ref or item.section}: own the question"
    return ActForm(title, fields, do, banner=in_full(item), draft=f"{title} {item.key}")


def taken_back(desk: LiveDesk) -> ActForm:
    """Take an offer back."""

    def do(values: Values) -> Any:
        return line.act(desk, "handover.take_back", values["reason"])

    return ActForm("Take the offer back", [Field("reason", "reason", hint="why you go on holding it")], do)


def signed(desk: LiveDesk, made: HandoverSheet) -> ActForm:
    """Offer the watch, or take it over; the passphrase is asked when it has to be."""
    from maoc_tui.domain.watch_rules import shipped

    offers = made.state.mine
    act = "handover.hand" if offers else "handover.sign"
    banner: list[Line] = [
        ((f"{len(made.items)} items, {made.red} red.  ", "text"),
         ("You offer the watch you hold." if offers else "You take the watch over.", "strong")),
    ]  # fmt: skip
    banner += [
        ((printable(f"▲ {one}: no handover during a manoeuvre", 160), "bad"),) for one in made.manoeuvre
    ]
    banner += [((printable(f"! {one}", 200), "warn"),) for one in made.against[:4]]
    hint = f"type {shipped().word} if it cannot wait" if made.manoeuvre else "nothing to type: Enter signs"
    return ActForm(
        "Sign: hand the watch over" if offers else "Sign: take the watch over",
        [Field("word", "word", hint=hint, kept=False)],
        lambda values: line.act(desk, act, values["word"]),
        banner=tuple(banner),
    )
