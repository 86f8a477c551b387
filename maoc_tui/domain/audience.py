"""Who will see a statement once it is saved so, and who will not: the sentence shown before saving."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from maoc_tui.domain.marking import Marking
from maoc_tui.domain.standing import Register


@dataclass(frozen=True, slots=True)
class Audience:
    """Who will see a statement and who will not, without any further release."""

    will: tuple[str, ...]
    """The originator first."""
    will_not: tuple[str, ...]
    """Members not named, and those named whom naming does not reach."""

    @property
    def sentence(self) -> str:
        """``FR, ES, PT will see this; DE, BE will not``."""
        if not self.will:
            return "Nobody will see this."
        if len(self.will) == 1:
            return f"{self.will[0]} alone will see this; nobody else."
        rest = f"; {', '.join(self.will_not)} will not" if self.will_not else ""
        return f"{', '.join(self.will)} will see this{rest}."


def audience(marking: Marking, register: Register, at_ms: int, watched: Iterable[str] = ()) -> Audience:
    """Who sees a statement so marked if it is recorded at ``at_ms``.

    ``watched`` are partners to be mentioned although they are no members: the prospective ones.
    """
    readers = [code for code in _ordered(marking) if _reached(code, marking, register, at_ms)]
    expected = register.members(at_ms) | marking.readers | frozenset(watched)
    return Audience(tuple(readers), tuple(sorted(expected - set(readers))))


def _ordered(marking: Marking) -> list[str]:
    first = sorted(marking.originators & marking.readers)
    return [*first, *sorted(marking.readers - marking.originators)]


def _reached(code: str, marking: Marking, register: Register, at_ms: int) -> bool:
    standing = register.standing(code, at_ms)
    if standing is None or not standing.reads:
        return False
    if marking.originators == {code}:
        return True
    return standing.named_from_ms is not None and at_ms >= standing.named_from_ms
