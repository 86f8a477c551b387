"""AIS gaps: silence judged against the contact's own interval, and against who else was heard near by meanwhile.

A silent feed is no dark vessel: a gap counts only where others were heard near its last place in the hour before
the silence became one (feeds study 5.5; Welch et al. 2022 demand known reception too).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from maoc_tui.domain.alert_rules import Rule
from maoc_tui.domain.alerts import Finding, Measure
from maoc_tui.domain.contacts import ContactClass
from maoc_tui.geo.behaviour.near import Places
from maoc_tui.geo.behaviour.recent import HABIT, I64, Recent
from maoc_tui.geo.behaviour.scene import HOUR_MS, MINUTE_MS, Scene, cause, dtg, short, span
from maoc_tui.geo.behaviour.steps import Steps
from maoc_tui.geo.ellipsoid import F64
from maoc_tui.geo.plausibility import sphere_nm

ID = "ais_gap"


@dataclass(frozen=True, slots=True)
class Silences:
    """Silences that may be gaps, in columns; ``to_ms`` is 0 while nothing has been heard again."""

    row: I64
    from_ms: I64
    to_ms: I64
    lat: F64
    lon: F64
    to_lat: F64
    to_lon: F64
    usual_s: F64
    limit_ms: F64
    others: I64

    def take(self, index: NDArray[np.bool_]) -> Silences:
        """Some of them."""
        return Silences(*(getattr(self, name)[index] for name in self.__slots__))


@dataclass(slots=True)
class GapWatch:
    """Remembers which silences cannot become gaps any more, so that a sweep looks at each only while it may."""

    ruled_out: I64 = field(default_factory=lambda: np.empty(0, np.int64))
    """By row: the time of the last fix after which silence was found to be none."""

    raised: dict[int, Finding] = field(default_factory=dict)
    """By row: the gap that is open there. It is judged once: what is heard near by later does not change it."""

    def find(self, scene: Scene, steps: Steps) -> list[Finding]:
        """Gaps that are open now, and those that ended with one of the steps."""
        time = scene.recent.time
        self.raised = {row: one for row, one in self.raised.items() if int(time[row]) == one.first_ms}
        new = self._open(scene)
        self.raised |= {int(new.row[n]): _finding(scene, new, n) for n in range(len(new.row))}
        ended = closed(scene, steps)
        return [*self.raised.values(), *(_finding(scene, ended, n) for n in range(len(ended.row)))]

    def _open(self, scene: Scene) -> Silences:
        recent, rule = scene.recent, scene.rules[ID]
        n = len(recent.key)
        if len(self.ruled_out) < n:
            self.ruled_out = np.concatenate([self.ruled_out, np.full(n - len(self.ruled_out), -1)])
        floor = floors_ms(rule)[recent.cls]
        silent = (scene.now_ms - recent.time > floor) & (recent.time >= recent.oldest * recent.step_ms)
        silent[list(self.raised)] = False
        row = np.flatnonzero(silent & (self.ruled_out != recent.time))
        habit = recent.habit[row]
        heard = (~np.isnan(habit)).sum(1)
        usual = np.full(len(row), np.nan)
        usual[heard > 0] = np.nanmedian(habit[heard > 0], axis=1)
        limit = np.fmax(usual * 1000 * rule.of("times_usual"), floor[row])
        due = (heard >= rule.of("intervals")) & (scene.now_ms - recent.time[row] > limit)
        place = recent.at_lat[row], recent.at_lon[row]
        nowhere = np.full(len(row), np.nan)
        zero = np.zeros(len(row), np.int64)
        all_of = Silences(row, recent.time[row], zero, *place, nowhere, nowhere, usual, limit, zero).take(due)
        judged = _covered(scene, all_of)
        late = all_of.row[scene.now_ms - all_of.from_ms - all_of.limit_ms > HOUR_MS + recent.join_ms]
        lost = np.setdiff1d(late, judged.row)
        self.ruled_out[lost] = recent.time[lost]
        return judged


def closed(scene: Scene, steps: Steps) -> Silences:
    """The gaps among steps."""
    rule, recent = scene.rules[ID], scene.recent
    limit = np.fmax(steps.usual_s * 1000 * rule.of("times_usual"), floors_ms(rule)[recent.cls[steps.row]])
    gap = (steps.heard >= rule.of("intervals")) & (steps.to_ms - steps.from_ms > limit)
    zero = np.zeros(len(limit), np.int64)
    return _covered(
        scene,
        Silences(
            steps.row, steps.from_ms, steps.to_ms, steps.lat, steps.lon, steps.to_lat, steps.to_lon,
            steps.usual_s, limit, zero,
        ).take(gap),
    )  # fmt: skip


def floors_ms(rule: Rule) -> F64:
    """By class of transmitter: no shorter silence is a gap, milliseconds."""
    floors = np.full(len(ContactClass), rule.of("other_min"))
    floors[ContactClass.SHIP_A], floors[ContactClass.SHIP_B] = rule.of("ship_a_min"), rule.of("ship_b_min")
    return floors * MINUTE_MS


def _covered(scene: Scene, all_of: Silences) -> Silences:
    """Those away from port where enough others were heard."""
    away = all_of.take(~scene.ports.near(all_of.lat, all_of.lon, scene.port_nm))
    rule = scene.rules[ID]
    judged = away.from_ms + away.limit_ms.astype(np.int64)
    others = heard_near(
        scene.recent, away.row, away.lat, away.lon, away.from_ms, judged, rule.of("others_nm")
    )
    counted = replace(away, others=others)
    return counted.take(others >= rule.of("others"))


def heard_near(recent: Recent, row: I64, lat: F64, lon: F64, since_ms: I64, judged_ms: I64, nm: float) -> I64:
    """How many other contacts were within ``nm`` of each place in the hour before ``judged_ms``, after ``since_ms``.

    Places at the instants of the grid count: a contact heard on both sides of one was heard in between.
    """
    count = np.zeros(len(row), np.int64)
    if not len(row):
        return count
    last = judged_ms // recent.step_ms
    first = np.maximum(last - HOUR_MS // recent.step_ms + 1, since_ms // recent.step_ms + 1)
    seen, cells = [], _round_about(lat, lon, nm)
    for instant in recent.instants(int(first.min()), int(last.max())):
        asks = np.flatnonzero((first <= instant) & (instant <= last))
        there_lat, there_lon = recent.at(instant)
        who = np.flatnonzero(np.isfinite(there_lat))
        who = who[cells[_cell(there_lat[who], there_lon[who])]]
        if len(asks) and len(who):
            asked, found, _ = Places.build(there_lat[who], there_lon[who], nm).within(lat[asks], lon[asks])
            pair = asks[asked] * len(recent.key) + who[found]
            seen.append(pair[who[found] != row[asks[asked]]])
    if seen:
        of, counts = np.unique(np.unique(np.concatenate(seen)) // len(recent.key), return_counts=True)
        count[of] = counts
    return count


def _cell(lat: F64, lon: F64) -> I64:
    """The number of the cell of a degree that each place lies in; coordinates are finite."""
    north = np.floor(lat + 91).astype(np.int64)
    return np.asarray(north * 360 + np.floor(lon + 180).astype(np.int64) % 360)


def _round_about(lat: F64, lon: F64, nm: float) -> NDArray[np.bool_]:
    """By cell of a degree: whether it lies roughly within ``nm`` of any of the places."""
    near = np.zeros((182, 360), np.bool_)
    wide = np.ceil(nm / 60 / np.cos(np.radians(np.minimum(np.abs(lat) + 1, 89)))).astype(np.int64)
    tall = int(np.ceil(nm / 60))
    asked = np.unique(np.column_stack([*divmod(_cell(lat, lon), 360), np.minimum(wide, 180)]), axis=0)
    for north, east, reach in asked.tolist():
        columns = np.arange(east - reach, east + reach + 1) % 360
        near[max(north - tall, 0) : north + tall + 1, columns] = True
    return near.ravel()


def _finding(scene: Scene, of: Silences, n: int) -> Finding:
    """One gap in words."""
    rule, recent = scene.rules[ID], scene.recent
    row, start, end = int(of.row[n]), int(of.from_ms[n]), int(of.to_ms[n])
    key, lat, lon = int(recent.key[row]), float(of.lat[n]), float(of.lon[n])
    limit = span(of.limit_ms[n])
    judged = start + int(of.limit_ms[n])
    evidence = [
        Measure("last heard", dtg(start)),
        Measure("silent" if end else "silent for more than", span(end - start) if end else limit, f"over {limit}"),
        Measure("usual interval", span_s(float(of.usual_s[n])), f"middle one of the last {HABIT}"),
        Measure(
            "others heard near by", f"{int(of.others[n])} in the hour to {dtg(judged)}",
            f"{rule.of('others'):.0f} or more within {rule.limits['others_nm']}",
        ),
        scene.port_measure(lat, lon),
    ]  # fmt: skip
    if end:
        evidence += _return(of, n)
    said = (
        f"heard again {dtg(end)}" if end else f"and {int(of.others[n])} others near by were heard meanwhile"
    )
    return Finding(
        rule=ID, cause=cause(ID, short(key), start), keys=(key,), asset="", first_ms=start,
        last_ms=end or judged, lat=lat, lon=lon,
        because=f"{scene.called(key)} silent since {dtg(start)}, {said}.",
        evidence=tuple(evidence), innocent=_innocent(rule, int(recent.cls[row])), against=_against(of, n),
        over=bool(end), level=rule.level,
    )  # fmt: skip


def _return(of: Silences, n: int) -> list[Measure]:
    nm = float(sphere_nm(*(np.array([c[n]]) for c in (of.lat, of.lon, of.to_lat, of.to_lon)))[0])
    hours = max(int(of.to_ms[n]) - int(of.from_ms[n]), 1000) / HOUR_MS
    return [Measure("moved meanwhile", f"{nm:.1f} nm"), Measure("speed implied", f"{nm / hours:.1f} kn")]


def _innocent(rule: Rule, cls: int) -> tuple[str, ...]:
    """For class A the set's low power explains least and comes last."""
    reception, small, fault = rule.innocent[0], rule.innocent[1:-1], rule.innocent[-1]
    return (reception, fault) if cls == ContactClass.SHIP_A else (*small, reception, fault)


def _against(of: Silences, n: int) -> tuple[str, ...]:
    others = int(of.others[n])
    said = [f"{others} other contacts were heard within range of its last place in the same hour."]
    if float(of.usual_s[n]) <= 600:
        said.append(f"It was heard every {span_s(float(of.usual_s[n]))} until then.")
    return tuple(said)


def span_s(seconds: float) -> str:
    """``30 s`` or ``12 min``."""
    return f"{seconds:.0f} s" if seconds < 120 else span(seconds * 1000)


def dissolved(scene: Scene, steps: Steps, standing: Sequence[Finding]) -> list[Finding]:
    """The standing gaps that late fixes filled, as withdrawn: the step that begins where one did is too short now."""
    mine = [one for one in standing if one.rule == ID and not one.withdrawn]
    if not mine:
        return []
    rule, recent = scene.rules[ID], scene.recent
    floor = floors_ms(rule)[recent.cls[steps.row]]
    limit = np.fmax(
        np.where(steps.heard >= rule.of("intervals"), steps.usual_s, 0) * 1000 * rule.of("times_usual"), floor
    )
    short_now = steps.to_ms - steps.from_ms <= limit
    at = zip(recent.key[steps.row[short_now]].tolist(), steps.from_ms[short_now].tolist(), strict=True)
    filled = set(at)
    return [replace(one, withdrawn=True) for one in mine if (one.keys[0], one.first_ms) in filled]


def heard_again(scene: Scene, standing: Sequence[Finding]) -> list[Finding]:
    """The standing gaps of contacts that have been heard since, as over; up to the newest fix that is known."""
    mine = [one for one in standing if one.rule == ID and not (one.over or one.withdrawn)]
    row = scene.recent.rows(np.array([one.keys[0] for one in mine], np.int64))
    since = [int(scene.recent.time[r]) if r >= 0 else 0 for r in row.tolist()]
    return [
        replace(one, over=True, last_ms=at) for one, at in zip(mine, since, strict=True) if at > one.first_ms
    ]


def ended_at(one: Finding, at_ms: int) -> Finding:
    """A gap that ended with a fix at a time: its length in the evidence, too."""
    took = Measure("silent", span(at_ms - one.first_ms))
    evidence = tuple(
        replace(took, limit=held.limit) if held.name.startswith("silent") else held for held in one.evidence
    )
    because = f"{one.because.partition(', ')[0]}, heard again {dtg(at_ms)}."
    return replace(one, over=True, last_ms=at_ms, evidence=evidence, because=because)
