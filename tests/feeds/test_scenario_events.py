"""The demo holds what the behaviour rules look for, all of it after the watch has begun."""

from __future__ import annotations

import numpy as np

from maoc_tui.desk.alert_rules import rules
from maoc_tui.desk.storing import speed_limits
from maoc_tui.domain.contacts import Space, contact_key
from maoc_tui.feeds.scenario import Scenario
from maoc_tui.geo.behaviour import jump
from maoc_tui.geo.behaviour.encounter import EncounterWatch
from maoc_tui.geo.behaviour.gap import GapWatch
from maoc_tui.geo.behaviour.recent import Recent
from maoc_tui.geo.behaviour.scene import Scene
from maoc_tui.geo.ports import Ports

HOUR = 3_600_000


def test_the_demo_holds_a_gap_an_encounter_a_jump_and_a_new_name() -> None:
    scenario, of = Scenario.load(), rules()
    now = scenario.begins + 15 * HOUR
    recent = Recent(of.step_ms, 38, of.join_ms, speed_limits())
    recent.move_to(now)
    batch = scenario.reports(now - 6 * HOUR, now)
    steps, _ = recent.absorb(batch.fixes)
    scene = Scene(recent, now, of, Ports.load(), lambda _: "")
    found = [
        *GapWatch().find(scene, steps),
        *jump.find(scene, steps),
        *EncounterWatch().find(scene, set(range(recent.oldest, recent.newest + 1))),
    ]
    told = {(one.rule, key) for one in found for key in one.keys}
    expected = {
        ("ais_gap", 240956412),
        ("encounter", 255597730),
        ("encounter", 563325681),
        ("jump", 263146827),
    }
    assert {(rule, contact_key(Space.AIS, mmsi)) for rule, mmsi in expected} <= told
    assert min(one.first_ms for one in found) > scenario.opens
    names = [
        one.values.get("name") for one in batch.identities if one.key == contact_key(Space.AIS, 244256693)
    ]
    assert names[-1] == "CORVO LEGACY"
    assert np.isfinite(recent.at_lat).all()
