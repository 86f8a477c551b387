"""Releases on the command line, as JSON and as text; every text from outside is made printable here."""

from __future__ import annotations

from typing import Any

from maoc_tui.desk.release import Holder, Looked, the_word
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.releases import By, FollowUp, Proposal, Request
from maoc_tui.domain.safeguards import Line
from maoc_tui.domain.text import printable
from maoc_tui.domain.units import format_dtg


def iso(ms: int | None) -> str | None:
    """An instant as ISO 8601 with Z; None stays None."""
    return None if ms is None else f"{from_ms(ms):%Y-%m-%dT%H:%M:%SZ}"


def by(who: By | None) -> dict[str, Any] | None:
    """Who did something, and when."""
    return None if who is None else {"name": who.name, "partner": who.partner, "at": iso(who.at_ms)}


def proposal(made: Proposal, now_ms: int) -> dict[str, Any]:
    """A release from its proposal on."""
    gone = {line.statement: line for line in made.releases}
    lines = [
        {
            "kind": line.kind, "id": line.id, "originator": line.originator, "wording": line.wording,
            "sha256": line.digest,
            "recalled": by(gone[line.id].recalled) if line.id in gone else None,
            "recall_reason": gone[line.id].recall_reason or None if line.id in gone else None,
        }
        for line in made.lines
    ]  # fmt: skip
    return {
        "ref": made.ref, "stage": str(made.stage(now_ms)), "partner": made.partner, "status": made.status,
        "class": made.recipient_class, "need": made.need, "condition": made.condition,
        "channel": made.channel or None, "until": iso(made.until_ms), "emergency": made.emergency,
        "threat": made.threat or None, "word": the_word(made), "proposed": by(made.proposed),
        "approved": by(made.approved), "refused": by(made.refused), "refusal": made.refusal or None,
        "lines": lines,
        "checklist": {name: {"answer": said.key, "note": said.note} for name, said in made.answers.items()},
    }  # fmt: skip


def request(asked: Request, now_ms: int) -> dict[str, Any]:
    """What an originator was asked."""
    return {
        "ref": asked.ref, "state": asked.state(now_ms), "originator": asked.originator, "partner": asked.partner,
        "reason": asked.reason, "due": iso(asked.due_ms), "asked": by(asked.asked),
        "lines": [{"kind": kind, "id": id_, "wording": wording} for kind, id_, wording in asked.lines],
        "answers": [
            {"answer": one.answer, "by": by(one.by), "condition": one.condition, "until": iso(one.until_ms),
             "reason": one.reason}
            for one in asked.replies
        ],
    }  # fmt: skip


def task(one: FollowUp) -> dict[str, Any]:
    """Something to be done."""
    return {
        "id": one.id, "release": f"R-{one.number:04d}", "kind": one.kind, "partner": one.partner, "text": one.text,
        "due": iso(one.due_ms), "done": by(one.done), "words": one.words or None,
    }  # fmt: skip


def holder(one: Holder) -> dict[str, Any]:
    """A partner that has, or had, a line."""
    return {"partner": one.partner, "line": one.line, "how": one.how, "draft": one.draft or None}


def checked(line: Line) -> dict[str, Any]:
    """One question with its answer."""
    asked = line.question
    return {
        "id": asked.id, "question": asked.text, "level": "block" if asked.blocks else "warn",
        "kind": str(asked.asked), "state": str(line.state), "text": line.text,
        "answers": [{"key": one.key, "text": one.text, "needs": one.note or None} for one in asked.choices],
        "source": asked.source, "verification": asked.check,
    }  # fmt: skip


def looked(seen: Looked) -> dict[str, Any]:
    """A draft as the desk sees it."""
    to = seen.to
    return {
        "target": seen.subject.ref, "kind": seen.subject.kind, "partner": to.code, "status": to.standing.status,
        "class": to.standing.recipient_class, "limits": to.limits,
        "instruments": [{"kind": one.kind, "title": one.title, "until": one.until and str(one.until)}
                        for one in to.instruments],
        "lines": [
            {"kind": line.kind, "id": line.id, "title": line.title, "originator": line.originator,
             "marking": str(line.marking), "text": line.text, "permitted": said.given, "why": said.reason}
            for line, said in zip(seen.lines, seen.permissions, strict=True)
        ],
        "passes": seen.review.passes,
        "checklist": [checked(line) for line in seen.review.lines],
    }  # fmt: skip


def proposal_text(made: Proposal, now_ms: int) -> str:
    """One release in a few lines."""
    stage = made.stage(now_ms)
    ends = f", until {format_dtg(from_ms(made.until_ms))}" if made.until_ms is not None else ""
    head = f"{made.ref} to {made.partner} ({made.status}): {stage}{ends}. {len(made.lines)} lines."
    who = [f"  proposed by {_who(made.proposed)}"]
    who += [f"  approved by {_who(made.approved)}"] if made.approved else []
    who += [f"  refused by {_who(made.refused)}: {printable(made.refusal, 400)}"] if made.refused else []
    who += [f"  emergency: {printable(made.threat, 400)}"] if made.emergency else []
    said = [f"  need: {printable(made.need, 400)}", f"  condition: {printable(made.condition, 800)}"]
    wait = [f"  a second officer approves with: {the_word(made)}"] if stage == "proposed" else []
    return "\n".join((head, *who, *said, *wait))


def _who(who: By) -> str:
    return f"{printable(who.name, 80)} {who.partner} {format_dtg(from_ms(who.at_ms))}"


def request_text(asked: Request, now_ms: int) -> str:
    """One request in two lines."""
    due = format_dtg(from_ms(asked.due_ms))
    head = f"{asked.ref} {asked.originator}: may {asked.partner} read {len(asked.lines)} lines? {asked.state(now_ms)}"
    return f"{head}, due {due}\n  asked by {_who(asked.asked)}: {printable(asked.reason, 400)}"


def looked_text(seen: Looked) -> str:
    """A draft: whom it goes to, line by line, and the checklist."""
    held = "; ".join(printable(one.title, 80) for one in seen.to.instruments) or "none"
    lines = [
        f"{seen.subject.ref} to {seen.to.code} {printable(seen.to.name, 80)}. {seen.to.limits}",
        f"In force: {held}",
        *(
            f"  {line.id[:8]} {'may go ' if said.given else 'may NOT'} {printable(line.title, 60)}: {said.reason}"
            for line, said in zip(seen.lines, seen.permissions, strict=True)
        ),
        *(f"  {line.question.id} {line.state:<10} {line.question.text} – {printable(line.text, 200)}"
          for line in seen.review.lines),
        "Nothing stands in the way." if seen.review.passes else "It cannot be proposed so.",
    ]  # fmt: skip
    return "\n".join(lines)
