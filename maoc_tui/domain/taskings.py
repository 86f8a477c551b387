"""Asking for an asset: the Centre asks, the owning State answers, and both stand in the record.

A tasking is its events in order. Nothing follows from silence: an asset that nobody acknowledged is not tasked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from maoc_tui.domain.marking import Marking, default
from maoc_tui.problems import BadInput, NotPermitted


class Act(Enum):
    """One event of a tasking."""

    ASKED = "asked"
    ACKNOWLEDGED = "acknowledged"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ON_TASK = "on task"
    OFF_TASK = "off task"
    WITHDRAWN = "withdrawn"


FOLLOWS: dict[Act, tuple[Act, ...]] = {
    Act.ASKED: (Act.ACKNOWLEDGED, Act.ACCEPTED, Act.DECLINED, Act.WITHDRAWN),
    Act.ACKNOWLEDGED: (Act.ACCEPTED, Act.DECLINED, Act.WITHDRAWN),
    Act.ACCEPTED: (Act.ON_TASK, Act.DECLINED, Act.WITHDRAWN),
    Act.ON_TASK: (Act.OFF_TASK,),
    Act.OFF_TASK: (Act.ON_TASK,),
    Act.DECLINED: (),
    Act.WITHDRAWN: (),
}
"""What may follow each act. A State may take an acceptance back; what is out comes off task first."""
ENDED = frozenset({Act.DECLINED, Act.WITHDRAWN, Act.OFF_TASK})


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a tasking's history."""

    act: Act
    at_ms: int
    entered_ms: int
    by: str
    partner: str
    who: str = ""
    """Name and post of who answered, where somebody else entered it."""
    channel: str = ""
    text: str = ""


def check_next(events: Sequence[Event], new: Event) -> None:
    """Raise BadInput when a new event cannot follow what is recorded."""
    last = events[-1]
    if new.act not in FOLLOWS[last.act]:
        after = ", ".join(act.value for act in FOLLOWS[last.act]) or "nothing; ask anew"
        raise BadInput(f"It is {last.act.value}; {new.act.value} does not follow.", f"What follows: {after}.")
    if new.at_ms < last.at_ms:
        raise BadInput(f"That is before it was {last.act.value}.", "Check the time.")
    if new.act is Act.DECLINED and not new.text.strip():
        raise BadInput("A refusal says why.", "Give the reason in a few words.")


def check_owner(new: Event, owner: str, asker: str, owner_signs: bool) -> None:
    """Raise NotPermitted when somebody answers for another State.

    ``owner_signs`` says whether officers of the owner can answer here themselves; where none can, whoever asked
    records what was said, naming who said it and how.
    """
    if new.act is Act.WITHDRAWN:
        if new.partner != asker:
            raise NotPermitted(f"Only {asker} takes back what {asker} asked.", "Decline it instead.")
        return
    if new.partner == owner:
        return
    if owner_signs or new.partner != asker:
        raise NotPermitted(
            f"Only officers of {owner} answer for {owner}.", f"Ask the liaison officer of {owner}."
        )
    if not (new.who.strip() and new.channel.strip()):
        raise BadInput(
            f"{owner} has no officer here: say who answered and by which channel.",
            "Give --who and --channel.",
        )


def parse_act(text: str) -> Act:
    """An act as typed, with blanks, dashes or none; BadInput for another."""
    word = text.strip().casefold().replace("-", " ").replace("_", " ")
    for act in Act:
        if word == act.value and act is not Act.ASKED:
            return act
    names = ", ".join(act.value.replace(" ", "-") for act in Act if act is not Act.ASKED)
    raise BadInput(f"{text[:40]!r} is no answer to a tasking.", f"Choose one of {names}.")


def hours_on_task(events: Sequence[Event], now_ms: int) -> float:
    """Hours between going on and coming off task; up to now where it is still out."""
    total, since = 0, None
    for event in events:
        if event.act is Act.ON_TASK:
            since = event.at_ms
        elif event.act is Act.OFF_TASK and since is not None:
            total, since = total + event.at_ms - since, None
    if since is not None:
        total += max(now_ms - since, 0)
    return total / 3_600_000


def parse_reference(text: str) -> int:
    """The number of ``TK-0003``, ``tk3`` or ``3``; BadInput for anything else."""
    digits = text.strip().upper().removeprefix("TK").removeprefix("-")
    if digits.isascii() and digits.isdigit() and len(digits) < 9:
        return int(digits)
    raise BadInput(f"{text[:40]!r} is not a tasking's reference.", "Write it as TK-0003.")


def usual_marking(asker: str, owner: str) -> Marking:
    """The usual marking of what is asked: handled H2, released to whoever is asked."""
    return replace(default(asker), releasable_to=frozenset({owner} - {asker}))
