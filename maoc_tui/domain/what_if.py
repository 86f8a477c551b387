"""What if the target went faster, slower or elsewhere: a value laid over, or added to, what is known."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maoc_tui.domain.units import parse_course, parse_speed
from maoc_tui.problems import BadInput


@dataclass(frozen=True, slots=True)
class Change:
    """A value to take instead, or to add."""

    value: float = 0.0
    added: bool = True

    @property
    def none(self) -> bool:
        """Whether it changes nothing."""
        return self.added and self.value == 0

    def over(self, known: NDArray[np.float64]) -> NDArray[np.float64]:
        """The values with the change; what is not known stays so unless a value is given."""
        return known + self.value if self.added else np.full(known.shape, self.value)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Changes to speed (knots) and course (degrees true) of targets."""

    speed: Change = Change()
    course: Change = Change()

    @property
    def text(self) -> str:
        """``speed +2 kn, course 090°``; "" for none."""
        said = []
        if not self.speed.none:
            said.append(f"speed {self.speed.value:{'+' if self.speed.added else ''}g} kn")
        if not self.course.none:
            figure = f"{self.course.value:+g}°" if self.course.added else f"{self.course.value:03.0f}°"
            said.append(f"course {figure}")
        return ", ".join(said)

    def speeds(self, known: NDArray[np.float64]) -> NDArray[np.float64]:
        """Speeds with the change; never below nothing."""
        return np.maximum(self.speed.over(known), 0.0)

    def courses(self, known: NDArray[np.float64]) -> NDArray[np.float64]:
        """Courses with the change, 0 <= course < 360."""
        return np.mod(self.course.over(known), 360.0)


def parse(speed: str = "", course: str = "") -> WhatIf:
    """Changes as typed: ``+2``, ``-1.5 kn``, ``12`` for a speed; ``+10``, ``-10``, ``090`` for a course."""
    return WhatIf(_change(speed, "speed"), _change(course, "course"))


def _change(text: str, what: str) -> Change:
    word = text.strip().replace("−", "-")
    if not word:
        return Change()
    added = word[0] in "+-"
    sign = -1.0 if word[0] == "-" else 1.0
    if what == "speed":
        value = parse_speed(word[1:] if added else word).value
    elif added:
        value = _degrees(word[1:])
    else:
        value = parse_course(word)
    if value > 2000:
        raise BadInput(f"{text.strip()[:40]!r} is no {what} of a target.", "Give +2, -2 or the speed itself.")
    return Change(sign * value, added)


def _degrees(text: str) -> float:
    match = re.fullmatch(r"\s*([0-9]{1,3}(?:\.[0-9]+)?)\s*°?\s*", text, re.ASCII)
    value = float(match[1]) if match else math.inf
    if value > 360:
        raise BadInput(f"{text.strip()[:40]!r} is no change of course.", "Give degrees, such as +10 or -10.")
    return value
