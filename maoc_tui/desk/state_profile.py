"""A State as the watch needs it at 03:00: whom to ask, by which way, under what, and how long it usually takes.

Facts come from data/law/profiles.toml, instruments from treaties.toml, the reply time from the own ledger: the
requests the viewer may see. What is not known is said to be unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

from maoc_tui.desk.law_reference import law, profiles
from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.law_treaties import Treaty
from maoc_tui.domain.partner_facts import day_text
from maoc_tui.domain.requests import Act, answers
from maoc_tui.domain.roles import Act as Right
from maoc_tui.domain.roles import require
from maoc_tui.domain.state_profiles import Fact, StateProfile
from maoc_tui.domain.units import format_age
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import requests as store
from maoc_tui.store.requests import Asked

UNKNOWN = "not known"
_LABELS = (
    ("authority", "competent authority"),
    ("channel", "channel"),
    ("authorises", "authorises own units"),
    ("decides", "decides at sea"),
    ("stateless", "ships without nationality"),
    ("declares", "declarations"),
)


@dataclass(frozen=True, slots=True)
class Membership:
    """Whether a State is party to one treaty on a day."""

    treaty: Treaty
    party: bool | None
    """None: no list says."""
    option: str

    @property
    def words(self) -> str:
        """``party since 2007, 1995 Council of Europe agreement (verified)``."""
        said = {True: "party", False: "not a party", None: UNKNOWN}[self.party]
        option = f", option {self.option}" if self.option else ""
        return f"{self.treaty.short}: {said}{option} ({self.treaty.verification.value})"


@dataclass(frozen=True, slots=True)
class Replies:
    """How long a State took to answer, in milliseconds, by the requests of the ledger."""

    answered: int
    waiting: int
    median_ms: int = 0
    shortest_ms: int = 0
    longest_ms: int = 0
    last_ms: int = 0
    """When the last answer came."""

    @property
    def words(self) -> str:
        """``usually 3 h 10 (2 h 05 to 6 h, n = 4, last 14 DEC 2022); 1 waits``."""
        waits = f"; {self.waiting} without an answer" if self.waiting else ""
        if not self.answered:
            return f"{UNKNOWN}: no answer in the own ledger{waits}"
        told = [format_age(ms // 1000) for ms in (self.median_ms, self.shortest_ms, self.longest_ms)]
        last = day_text(from_ms(self.last_ms).date())
        return f"{told[0]} (middle of {told[1]} to {told[2]}, n = {self.answered}, last {last}){waits}"


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that is known of one State."""

    profile: StateProfile
    state: str
    """The State that answers for it abroad: itself, or of which it is a territory."""
    memberships: tuple[Membership, ...]
    replies: Replies
    as_of: str


def known(room: Room | None, viewer: Viewer, code: str, at_ms: int) -> Known:
    """What is known of a State on a day; without a room its reply time stays unknown."""
    require(viewer, Right.READ)
    state, day = law().treaties.state(code), from_ms(at_ms).date()
    members = tuple(
        Membership(treaty, treaty.binds(state, day), (treaty.options or {}).get(state, ""))
        for treaty in law().treaties.by_code.values()
        if treaty.binds(state, day) is not False or not treaty.complete
    )
    return Known(profiles().of(state), state, members, _replies(room, viewer, code), _as_of())


def lines(found: Known) -> list[tuple[str, str]]:
    """The profile as (label, text); what is unknown is said."""
    told = [("State", found.state), *_facts(found.profile)]
    told += [("instrument", one.words) for one in found.memberships]
    return [*told, ("usual reply", found.replies.words), ("as of", found.as_of)]


def as_json(found: Known) -> dict[str, Any]:
    """The profile with every fact, its source and mark; null is unknown."""
    replies = found.replies
    return {
        "code": found.state,
        **{name: _fact(getattr(found.profile, name)) for name, _ in _LABELS},
        "reaches_stateless": found.profile.reaches,
        "instruments": [
            {
                "treaty": one.treaty.short,
                "article": one.treaty.article,
                "party": one.party,
                "option": one.option or None,
                "source": one.treaty.source,
                "verification": one.treaty.verification.value,
            }
            for one in found.memberships
        ],
        "replies": {
            "answered": replies.answered,
            "waiting": replies.waiting,
            "median_s": replies.median_ms // 1000 if replies.answered else None,
            "shortest_s": replies.shortest_ms // 1000 if replies.answered else None,
            "longest_s": replies.longest_ms // 1000 if replies.answered else None,
            "last": from_ms(replies.last_ms).strftime("%Y-%m-%dT%H:%M:%SZ") if replies.answered else None,
        },
        "as_of": profiles().as_of.isoformat(),
    }


def usual(asked: Iterable[Asked]) -> Replies:
    """How long answers took, from the instant each request was sent to the first answer."""
    took: list[tuple[int, int]] = []
    waiting = 0
    for one in asked:
        sent = next((event.at_ms for event in one.events if event.act is Act.SENT), None)
        if sent is None:
            continue
        came = min(
            (e.at_ms for e in one.events if e.act in answers(one.kind) and e.at_ms >= sent), default=None
        )
        if came is not None:
            took.append((came - sent, came))
        elif not any(event.act is Act.WITHDRAWN for event in one.events):
            waiting += 1
    if not took:
        return Replies(0, waiting)
    spans = [span for span, _ in took]
    return Replies(
        len(took), waiting, int(median(spans)), min(spans), max(spans), max(came for _, came in took)
    )


def _replies(room: Room | None, viewer: Viewer, code: str) -> Replies:
    if room is None:
        return Replies(0, 0)
    with room.db.reading(viewer) as conn:
        found = store.load(conn)
    return usual(one for one in found if one.addressee == code)


def _facts(profile: StateProfile) -> Iterator[tuple[str, str]]:
    for name, label in _LABELS:
        fact = getattr(profile, name)
        yield label, str(fact) if fact is not None else UNKNOWN


def _fact(fact: Fact | None) -> dict[str, str] | None:
    if fact is None:
        return None
    return {"text": fact.text, "citation": fact.cite, "verification": fact.verification.value}


def _as_of() -> str:
    facts, treaties = profiles(), law().treaties
    return f"States {day_text(facts.as_of)}, lists of parties {day_text(treaties.as_of)}"
