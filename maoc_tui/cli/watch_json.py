"""The watch as JSON: who holds it, lines of its log, a handover sheet, handovers of the past."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from maoc_tui.desk.watch_snapshots import HandoverSheet, SignedSheet, WatchLine, WatchState
    from maoc_tui.domain.handover import Item
    from maoc_tui.domain.watch import Term
    from maoc_tui.store.handovers import Offered


def iso(ms: int | None) -> str | None:
    """ISO 8601 with Z; None for no time."""
    from maoc_tui.domain.clock import from_ms

    return None if not ms else from_ms(ms).strftime("%Y-%m-%dT%H:%M:%SZ")


def state(one: WatchState) -> dict[str, Any]:
    """Who holds the watch."""
    offer = one.offer
    return {
        "holder": one.name or None,
        "partner": one.partner or None,
        "since": iso(one.since_ms),
        "how": one.how.value if one.how is not None else None,
        "reason": one.reason or None,
        "mine": one.mine,
        "offered": None
        if offer is None
        else {"ref": offer.ref, "by": offer.by, "at": iso(offer.at_ms), "sha256": offer.sha256},
    }


def said(one: WatchState) -> str:
    """The same in a sentence."""
    from maoc_tui.desk.handover_items import dtg
    from maoc_tui.domain.text import printable

    if one.how is None:
        return "Nobody holds the watch: nobody ever took it."
    if not one.held:
        return printable(f"Nobody holds the watch since {dtg(one.since_ms)}: {one.reason}.", 500)
    waits = f" {one.offer.ref} is offered since {dtg(one.offer.at_ms)}." if one.offer is not None else ""
    how = f"{one.how} ({one.reason})" if one.reason else f"{one.how}"
    return printable(f"WATCH {one.name} {one.partner}, since {dtg(one.since_ms)}, {how}.{waits}", 500)


def line(one: WatchLine) -> dict[str, Any]:
    """One line of the log."""
    return {
        "ref": one.ref,
        "at": iso(one.at_ms),
        "entered": iso(one.entered_ms),
        "said_time": one.said_time or None,
        "kind": one.title,
        "text": one.text,
        "by": one.by,
        "due": iso(one.due_ms),
        "runs": one.runs,
        "done": one.done or None,
        "corrects": one.corrects or None,
        "corrected_by": one.corrected_by or None,
        "withdrawal": one.withdrawal,
        "marking": str(one.marking),
    }


def told(one: WatchLine) -> str:
    """One line of the log, as text."""
    from maoc_tui.desk.handover_items import dtg
    from maoc_tui.domain.text import printable

    due = f"  → due {dtg(one.due_ms)}" if one.due_ms is not None and one.runs else ""
    done = f"  → {one.done}" if one.done else ""
    wrong = (
        f"  [by {one.corrected_by}]" if one.corrected_by else f"  [{one.corrects}]" if one.corrects else ""
    )
    kind = f"{one.title}: " if one.kind != "NOTE" else ""
    return printable(f"{one.ref}  {dtg(one.at_ms)}  {kind}{one.text}{due}{done}{wrong}  ({one.by})", 2600)


def sheet(one: HandoverSheet) -> dict[str, Any]:
    """A handover sheet with its items."""
    return {
        "watch": state(one.state),
        "reader": one.reader,
        "since": iso(one.since_ms),
        "never_held": one.never,
        "walking": one.walking,
        "manoeuvre": list(one.manoeuvre),
        "against": list(one.against),
        "journal": one.checkpoint or None,
        "items": [_item(item) for item in one.items],
    }


def _item(one: Item) -> dict[str, Any]:
    return {
        "key": one.key,
        "seen": one.digest,
        "section": one.section,
        "sign": one.sign,
        "ref": one.ref or None,
        "text": one.text,
        "red": one.red or None,
        "marking": str(one.marking) if one.marking is not None else None,
        "verdict": str(one.verdict) if one.verdict is not None else None,
        "said": [{"verdict": str(a.verdict), "words": a.words or None, "by": a.by} for a in one.said],
    }


def signed(one: SignedSheet) -> dict[str, Any]:
    """A sheet that was signed."""
    return {
        "ref": one.ref,
        "sha256": one.sha256,
        "journal": one.checkpoint,
        "watch": state(one.state),
        "text": one.text,
    }


def term(one: Term) -> dict[str, Any]:
    """One turn of the watch."""
    return {
        "from": iso(one.at_ms),
        "holder": one.holder.name if one.holder is not None else None,
        "partner": one.holder.partner if one.holder is not None else None,
        "how": one.how.value,
        "reason": one.reason or None,
        "by": one.by,
    }


def handover(one: Offered) -> dict[str, Any]:
    """One handover, offered, signed or taken back."""
    ended = one.ended
    return {
        "ref": one.ref,
        "by": one.by.name,
        "at": iso(one.by.at_ms),
        "sha256": one.sha256,
        "journal": one.checkpoint,
        "outcome": one.outcome or "waiting",
        "signed_by": ended.by.name if ended is not None else None,
        "ended": iso(ended.by.at_ms) if ended is not None else None,
        "signed_sha256": ended.sha256 or None if ended is not None else None,
        "reason": one.reason or None,
    }
