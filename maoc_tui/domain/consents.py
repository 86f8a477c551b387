"""Whose consent to what counts for whom: the flag State's beyond all territorial seas, the coastal State's in its own.

A grant serves the State it was given to and nobody else; it serves where the State that gave it has something to
give. UNCLOS Arts 2, 27 and 92, 1988 Convention Art. 17(3)-(4) and (11); domain study 3.2, R03, R09 and R25 to R27.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from maoc_tui.domain.requests import CONSENTS, Kind, Scope, Standing, State


@dataclass(frozen=True, slots=True)
class Given:
    """One request as far as it may be a consent; States are those that answer for a territory."""

    ref: str
    kind: Kind
    by: str
    """The State asked."""
    to: str
    """The acting State."""
    standing: Standing
    id: str = ""
    """The request's random id, which only who sees the request knows."""
    said: tuple[str, ...] = ()
    """Every condition of any of its answers, in force or not."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Whose ship it is and in whose waters it may be."""

    flag: str = ""
    """The flag State; "" not known."""
    waters: tuple[str, ...] = ()
    """States in whose sovereign waters its circle of error lies, "" for beyond any; () when no place is known."""


@dataclass(frozen=True, slots=True)
class Giver:
    """A State whose consent is needed, and as what."""

    state: str
    coastal: bool = False

    def gave(self, given: Given, acting: str) -> bool:
        """Whether that request is this State's word to the acting State; an elected silence is no coastal State's."""
        if given.by != self.state or given.to != acting:
            return False
        if self.coastal:
            return given.kind in CONSENTS and given.standing.state is not State.DEEMED
        return given.kind is Kind.BOARDING_CONSENT

    def __str__(self) -> str:
        return f"{self.state}, {'in whose waters it is' if self.coastal else 'its flag State'}"


def givers(acting: str, about: Whereabouts) -> tuple[Giver, ...]:
    """Every State whose consent an acting State needs there; where the circle leaves two open, both."""
    foreign = tuple(dict.fromkeys(state for state in about.waters if state not in ("", acting)))
    beyond = not foreign or any(state in ("", acting) for state in about.waters)
    return (*(Giver(state, True) for state in foreign), *((Giver(about.flag),) if beyond else ()))


def against(given: Iterable[Given], wanted: Scope, acting: str, about: Whereabouts) -> tuple[str, ...]:
    """What stands against a measure for want of consent, in words; () when every consent needed covers it."""
    force = [one for one in given if one.standing.scope]
    ends = f"{wanted.value} is not covered"
    if not force:
        return (f"no consent is in force: {ends}",)
    if not acting:
        return (f"nobody is named as the acting State: {ends}",)
    return tuple(
        f"{words}: {ends}"
        for giver in givers(acting, about)
        if (words := _lacks(giver, force, wanted, acting))
    )


def _lacks(giver: Giver, force: Sequence[Given], wanted: Scope, acting: str) -> str:
    own = [one for one in force if giver.gave(one, acting)]
    if any(wanted in one.standing.scope for one in own):
        return ""
    if own:
        covers = sorted({scope.value for one in own for scope in one.standing.scope})
        return f"consent covers {', '.join(covers)} only"
    others = ", ".join(f"{one.ref} is {one.by}'s to {one.to}" for one in force)
    if not giver.state:
        return f"its flag is not known, and only its flag State's consent counts ({others})"
    return f"no consent of {giver}, to {acting} is in force ({others})"


def conditions(given: Iterable[Given], wanted: Scope, acting: str, about: Whereabouts) -> tuple[str, ...]:
    """The conditions of every grant that covers a measure for the acting State there."""
    needed = givers(acting, about)
    counting = (
        one
        for one in given
        if wanted in one.standing.scope and any(giver.gave(one, acting) for giver in needed)
    )
    return tuple(dict.fromkeys(text for one in counting for text in one.standing.conditions))
