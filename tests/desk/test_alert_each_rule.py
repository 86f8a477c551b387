"""Rules that need more than tracks, from traffic through a sweep to the inbox; an innocent twin raises nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from alert_world import World, opened, ship

from maoc_tui.desk import alerts, assets
from maoc_tui.desk.alert_rules import rules
from maoc_tui.desk.asset_snapshots import NewAsset
from maoc_tui.domain.contacts import ContactClass, Space, contact_key
from maoc_tui.domain.marking_entry import parse
from maoc_tui.domain.viewer import WATCH

APART = 50 * 60
"""Minutes between two scenes: what another scene pointed at is history."""
PORTUGAL, MALTA = 263_000_000, 256_000_000
SWEPT = 1.0
"""Minutes after the last fix of a scene."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory):
    """One record for all of them; the first sweep, for which everything before is history, is over."""
    with opened(tmp_path_factory.mktemp("rules")) as made:
        made.sweep(-5)
        yield made


@dataclass(frozen=True)
class Scene:
    """One vessel or aircraft that comes into sight at ``begin``."""

    world: World
    begin: float
    key: int

    def track(
        self, minutes: list[float], lat: float, lon: list[float], cls: int = ContactClass.SHIP_A, **more
    ):
        """Its fixes, and a sweep after each."""
        for minute, east in zip(minutes, lon, strict=True):
            self.world.tell(self.key, [self.begin + minute], lat, east, cls, **more)
            self.world.sweep(self.begin + minute + SWEPT)

    def pointed_at(self) -> None:
        """It takes another name: what it does from now on is worth a look."""
        self.says(-2, name="BRISA DAWN")
        self.says(-1, name="CORVO LEGACY")

    def says(self, minute: float, cls: int = ContactClass.SHIP_A, **values: str) -> None:
        """What it calls itself from a minute on, and a sweep after that."""
        self.world.room.clock.set_to(self.world.at(self.begin + minute))
        self.world.say(self.key, self.begin + minute, cls, **values)
        self.world.sweep(self.begin + minute)


def bound_east(scene: Scene, knots: float = 12.0) -> None:
    """From 34 to 19 nm west of Cape St Vincent, into the contiguous zone."""
    scene.track([0, 20, 40, 60, 75], 37.02, [-9.70, -9.62, -9.54, -9.46, -9.40], sog=knots, cog=90.0)


def line_ahead(scene: Scene, knots: float = 12.0) -> None:
    """20 nm west of the territorial sea, bound for it."""
    scene.track([0, 5], 37.02, [-9.72, -9.70], sog=knots, cog=90.0)


def signs(scene: Scene, call_sign: str) -> None:
    scene.track([0, 5], 36.0, [-12.0, -12.0])
    scene.says(6, call_sign=call_sign)


def flies(scene: Scene, feet: float, lon: float = -12.0, knots: float = 130.0) -> None:
    scene.track([0], 37.5, [lon], ContactClass.AIRCRAFT, altitude=feet, sog=knots, cog=180.0)


def registered(scene: Scene, mark: str) -> None:
    scene.track([0], 40.0, [-12.0], ContactClass.AIRCRAFT, altitude=30_000.0, sog=400.0)
    scene.says(2, ContactClass.AIRCRAFT, registration=mark)


def meets_patrol(scene: Scene, course: float) -> None:
    """5 nm west of a patrol ship that lies still."""
    room = scene.world.room
    room.clock.set_to(scene.world.at(scene.begin))
    given = ("NRP Test", "ship", "PT", "Lisboa", "38 42N 009 08W", "15", "25", "240h")
    ref = assets.add(room, WATCH, NewAsset(*given, marking=parse("H2", "PT"))).ref
    assets.report(room, WATCH, ref, position="36 00N 012 00W")
    scene.track([0, 5], 36.0, [-12.12, -12.10], sog=12.0, cog=course)


def sends(scene: Scene, status: int = 14) -> None:
    scene.track([0], 36.0, [-12.0], ContactClass.DISTRESS, status=status)


def first(act: Callable[[Scene], None]) -> Callable[[Scene], None]:
    """The act of a vessel that another rule points at; without this nobody looks where it goes."""

    def both(scene: Scene) -> None:
        scene.track([-3], 37.02, [-9.72])
        scene.pointed_at()
        act(scene)

    return both


def air(number: int) -> int:
    return contact_key(Space.ICAO, number)


def sea(number: int) -> int:
    return contact_key(Space.AIS, number)


@dataclass(frozen=True)
class Case:
    """A rule, what raises it, the evidence it gives, and the same track without what it speaks of."""

    rule: str
    guilty: tuple[int, Callable[[Scene], None]]
    evidence: dict[str, str]
    innocent: tuple[tuple[int, Callable[[Scene], None]], ...]


PORTUGUESE_JET, IRISH_JET = 0x490_000, 0x4CA_000
CASES = (
    Case(
        "zone_entry",
        (ship(1), first(bound_east)),
        {"entered": "PT CZ", "followed for": "Identity change"},
        ((ship(2), bound_east),),
    ),
    Case(
        "line_approach",
        (ship(3), first(line_ahead)),
        {"line": "PT contiguous zone", "speed": "12.0 kn"},
        ((ship(4), line_ahead), (ship(5), first(lambda scene: line_ahead(scene, knots=2.5)))),
    ),
    Case(
        "flag_mismatch",
        (sea(PORTUGAL + 1), first(lambda scene: signs(scene, "9HA1234"))),
        {"call sign": "9HA1234"},
        (
            (sea(PORTUGAL + 2), first(lambda scene: signs(scene, "CSAB2"))),
            (sea(MALTA + 3), first(lambda scene: signs(scene, "9HA1235"))),
            (sea(PORTUGAL + 4), lambda scene: signs(scene, "9HA1236")),
        ),
    ),
    Case(
        "aircraft_low",
        (air(PORTUGUESE_JET + 1), lambda scene: flies(scene, 600)),
        {"altitude": "600 ft", "speed": "130 kn"},
        (
            (air(PORTUGUESE_JET + 2), lambda scene: flies(scene, 3_000)),
            (air(PORTUGUESE_JET + 3), lambda scene: flies(scene, 600, lon=-8.5)),
            (air(PORTUGUESE_JET + 4), lambda scene: flies(scene, 600, knots=20.0)),
        ),
    ),
    Case(
        "aircraft_identity",
        (air(PORTUGUESE_JET + 5), lambda scene: registered(scene, "N12345")),
        {"registration": "N12345"},
        ((air(IRISH_JET + 6), lambda scene: registered(scene, "EI-DEO")),),
    ),
    Case(
        "asset_cpa",
        (ship(6), lambda scene: meets_patrol(scene, 90.0)),
        {"closest approach": "0.0 nm", "now": "4.7 nm"},
        ((ship(7), lambda scene: meets_patrol(scene, 270.0)), (ship(8), lambda scene: meets_patrol(scene, 60.0))),
    ),
    Case(
        "distress_beacon",
        (sea(974_123_456), sends),
        {"says of itself": "active"},
        ((ship(9), sends),),
    ),
)  # fmt: skip


def in_inbox(world: World, rule: str, key: int) -> list[alerts.AlertRow]:
    return [row for row in alerts.listing(world.room, WATCH) if (row.rule, row.key) == (rule, key)]


@pytest.mark.parametrize("case", CASES, ids=[case.rule for case in CASES])
def test_a_rule_raises_an_alert_with_evidence_and_its_innocent_twin_none(world: World, case: Case) -> None:
    base = CASES.index(case) * 5 * APART
    for n, (key, act) in enumerate(case.innocent):
        act(Scene(world, base + n * APART, key))
        assert in_inbox(world, case.rule, key) == [], f"innocent {n}"
    key, act = case.guilty
    act(Scene(world, base + 4 * APART, key))
    (row,) = in_inbox(world, case.rule, key)
    assert (row.pending, row.level) == (True, rules()[case.rule].level)
    whole = alerts.one(world.room, WATCH, row.ref)
    said = {one.name: one.value for one in whole.evidence}
    assert case.evidence.items() <= said.items()
    assert whole.innocent == tuple(rules()[case.rule].innocent) != ()
    assert all((whole.contacts[0], whole.rule_text))
