"""Position jumps: steps that no vessel of the class could have sailed (limits: data/plausibility.toml).

A fix that comes late dissolves no jump: the way through any point between is at least as long as the straight one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maoc_tui.domain.alerts import Finding, Measure
from maoc_tui.domain.contacts import ContactClass
from maoc_tui.domain.positions import format_position
from maoc_tui.geo.behaviour.scene import HOUR_MS, MINUTE_MS, Scene, cause, dtg, short, span
from maoc_tui.geo.behaviour.steps import I64, Steps, joined
from maoc_tui.geo.plausibility import sphere_nm

ID = "jump"
_OWN_CLASS = {
    ContactClass.SHIP_A: "class A",
    ContactClass.SHIP_B: "class B",
    ContactClass.CRAFT: "a ship's craft",
}


@dataclass(slots=True)
class JumpWatch:
    """Remembers jumps, so that the way there and the way back are one alert however far apart they are heard."""

    held: Steps | None = None

    def find(self, scene: Scene, steps: Steps) -> list[Finding]:
        """The jumps among steps, with those remembered of the same contacts."""
        new = steps.take(steps.jump)
        if not len(new.row):
            return []
        held = new if self.held is None else joined(self.held, new)
        self.held = held.take(held.to_ms >= scene.recent.oldest * scene.recent.step_ms)
        mine = self.held.take(np.isin(self.held.row, new.row))
        return [one for one in find(scene, mine) if one.last_ms >= int(new.to_ms.min())]

    def forget(self, row: I64) -> None:
        """Drop what is remembered of some rows, which are read anew."""
        if self.held is not None:
            self.held = self.held.take(~np.isin(self.held.row, row))


def find(scene: Scene, steps: Steps) -> list[Finding]:
    """The jumps among steps; those of one contact that follow each other closely are one alert."""
    quiet = scene.rules[ID].of("quiet_min") * MINUTE_MS
    which = np.flatnonzero(steps.jump)
    groups: list[list[int]] = []
    for n in which.tolist():
        before = groups[-1][-1] if groups else -1
        if (
            before >= 0
            and steps.row[before] == steps.row[n]
            and steps.to_ms[n] - steps.to_ms[before] <= quiet
        ):
            groups[-1].append(n)
        else:
            groups.append([n])
    return [_finding(scene, steps, group) for group in groups]


def _finding(scene: Scene, steps: Steps, group: list[int]) -> Finding:
    rule, recent = scene.rules[ID], scene.recent
    first, last = group[0], group[-1]
    row = int(steps.row[first])
    key, cls = int(recent.key[row]), ContactClass(int(recent.cls[row]))
    here, there = (
        (float(steps.lat[first]), float(steps.lon[first])),
        (float(steps.to_lat[first]), float(steps.to_lon[first])),
    )
    nm = float(sphere_nm(*(np.array([value]) for value in (*here, *there)))[0])
    took = int(steps.to_ms[first] - steps.from_ms[first])
    knots = nm / max(took / HOUR_MS, 1 / 3600)
    back = _comes_back(steps, group, nm)
    limit = f"over {recent.limits.by_class[cls]:g} kn for {_OWN_CLASS.get(cls, 'its class')}"
    against = (
        "It came back to where it was: two places in turn speak for two sets, or for a forged position.",
    )
    return Finding(
        rule=ID, cause=cause(ID, short(key), int(steps.to_ms[first])), keys=(key,), asset="",
        first_ms=int(steps.to_ms[first]), last_ms=int(steps.to_ms[last]), lat=there[0], lon=there[1],
        because=f"{scene.called(key)} jumped {nm:.1f} nm in {span(took)} at {dtg(int(steps.to_ms[first]))}.",
        evidence=(
            Measure("speed implied", f"{knots:,.0f} kn", limit),
            Measure("distance", f"{nm:.1f} nm", f"over {recent.limits.minimum_nm:g} nm"),
            Measure("from", format_position(*here)),
            Measure("to", format_position(*there)),
            Measure("jumps", f"{len(group)}", f"within {rule.limits['quiet_min']} of each other"),
        ),
        innocent=rule.innocent, against=against if back else (),
        over=scene.now_ms - int(steps.to_ms[last]) > rule.of("quiet_min") * MINUTE_MS, level=rule.level,
    )  # fmt: skip


def _comes_back(steps: Steps, group: list[int], nm: float) -> bool:
    """Whether a later jump ends nearer to where the first began than a tenth of its length."""
    first = group[0]
    ends = np.array(group[1:], np.int64)
    here = np.full(len(ends), steps.lat[first]), np.full(len(ends), steps.lon[first])
    return bool((sphere_nm(*here, steps.to_lat[ends], steps.to_lon[ends]) < nm / 10).any())
