"""The demo's fleet: invented ships and aircraft on the lanes, grounds, ports and airways of data/demo."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from maoc_tui.domain.contacts import ContactClass, Space, contact_key
from maoc_tui.feeds.scenario_motion import HOUR_MS, Path, along_lane, flight, moored, wandering

Words = Mapping[str, list[str]]

_MERCHANT_MIDS = (
    538,
    636,
    352,
    370,
    477,
    563,
    256,
    248,
    255,
    209,
    212,
    305,
    219,
    244,
    311,
    229,
    240,
    263,
    224,
)
_YACHT_MIDS = (227, 235, 244, 211, 205, 263, 224, 257, 265, 338)
_CODES = {"cargo": (70, 79), "tanker": (80, 89), "passenger": (60, 69), "fishing": (30, 30), "sail": (36, 36),
          "pleasure": (37, 37), "other": (90, 99)}  # fmt: skip
_KNOTS = {"cargo": (10, 18), "tanker": (10, 14), "passenger": (16, 24), "fishing": (7, 10), "sail": (4, 7),
          "pleasure": (8, 14), "other": (8, 12)}  # fmt: skip
_METRES = {"cargo": (80, 330), "tanker": (90, 280), "passenger": (90, 300), "fishing": (12, 60),
           "sail": (9, 18), "pleasure": (10, 40), "other": (20, 90)}  # fmt: skip
_HEX_BLOCKS = ((0x490000, "CS-"), (0x340000, "EC-"), (0x380000, "F-"), (0x400000, "G-"), (0x4CA000, "EI-"))


@dataclass(frozen=True, slots=True)
class Member:
    """One transmitter of the fleet: where it goes, when it reports, what it says of itself."""

    key: int
    cls: ContactClass
    path: Path
    every_s: int
    phase_ms: int
    says: Mapping[str, str | int | float]
    status: int = 0
    feet: float = float("nan")
    moored: bool = False
    silent: Sequence[tuple[int, int]] = field(default=())
    """Intervals (milliseconds) without any report."""
    renamed: tuple[int, str] | None = None
    """From when on it gives another name."""


def build_fleet(
    raw: Mapping[str, Any], targets: Sequence[Mapping[str, Any]], begins: int, ends: int
) -> tuple[Member, ...]:
    """Every member of the scenario; the targets' own transmitters first."""
    rng, words = np.random.default_rng(raw["seed"]), raw["words"]
    members = [*_targets(targets, begins)]
    for lane in raw["lane"]:
        members += _lane(rng, words, lane, begins, ends)
    for ground in raw["ground"]:
        members += _ground(rng, words, ground, begins, ends)
    for port in raw["port"]:
        members += _port(rng, words, port, begins, ends)
    for airway in raw["airway"]:
        members += _airway(rng, airway, begins, ends)
    seen: dict[int, Member] = {}
    for member in members:
        seen.setdefault(member.key, member)
    return tuple(seen.values())


def _targets(targets: Sequence[Mapping[str, Any]], begins: int) -> Iterator[Member]:
    """Only what transmits: a target without a track is known by sightings alone."""
    for n, target in enumerate(targets):
        if "track" not in target:
            continue
        path = np.array(target["track"], float)
        path[:, 0] = begins + path[:, 0] * HOUR_MS
        dark = tuple(
            (begins + int(a * HOUR_MS), begins + int(b * HOUR_MS)) for a, b in target.get("silent", ())
        )
        yield Member(
            target_key(target) or 0, _target_class(target), path, target["every_s"], n * 7919,
            _target_says(target), feet=float(target.get("feet", "nan")), silent=dark,
        )  # fmt: skip


def target_key(target: Mapping[str, Any]) -> int | None:
    """The contact key of a target's transmitter; None when it has none."""
    if "mmsi" in target:
        return contact_key(Space.AIS, target["mmsi"])
    return contact_key(Space.ICAO, int(target["hex"], 16)) if "hex" in target else None


def _target_class(target: Mapping[str, Any]) -> ContactClass:
    if "hex" in target:
        return ContactClass.AIRCRAFT
    return ContactClass.SHIP_B if target.get("class") == "B" else ContactClass.SHIP_A


def _target_says(target: Mapping[str, Any]) -> dict[str, str | int | float]:
    if "hex" in target:
        return {"call_sign": target["call_sign"], "registration": target["registration"],
                "aircraft_type": target["model"]}  # fmt: skip
    wanted = ("name", "call_sign", "imo", "ship_type", "length_m")
    return {k: target[k] for k in wanted if k in target}


def _lane(
    rng: np.random.Generator, words: Words, lane: Mapping[str, Any], begins: int, ends: int
) -> Iterator[Member]:
    points = np.array(lane["points"], float)
    kinds, weight = list(lane["kinds"]), np.array(list(lane["kinds"].values()), float)
    for _ in range(lane["ships"]):
        kind = str(rng.choice(kinds, p=weight / weight.sum()))
        knots = rng.uniform(*_KNOTS[kind])
        offset = abs(rng.normal(0, lane["width_nm"] / 2)) + 0.3
        path = along_lane(points, offset, rng.uniform(0, 2), knots, begins, ends)
        yield _ship(rng, words, kind, path, lane["every_s"], status=8 if kind == "sail" else 0)


def _ground(
    rng: np.random.Generator, words: Words, ground: Mapping[str, Any], begins: int, ends: int
) -> Iterator[Member]:
    for _ in range(ground["ships"]):
        lat, lon = ground["at"]
        path = wandering(rng, lat, lon, ground["spread_nm"], begins, ends)
        yield _ship(rng, words, "fishing", path, 600, status=7, mid=int(rng.choice(ground["mids"])))


def _port(
    rng: np.random.Generator, words: Words, port: Mapping[str, Any], begins: int, ends: int
) -> Iterator[Member]:
    lat, lon = port["at"]
    for _ in range(port["ships"]):
        north, east = rng.uniform(-1, 1, 2) * port["spread_nm"] * 0.7
        place = lat + north / 60, lon + east / 60 / np.cos(np.radians(lat))
        kind = str(rng.choice(["cargo", "tanker", "passenger", "fishing"], p=[0.5, 0.25, 0.1, 0.15]))
        status = int(rng.choice([1, 5]))
        yield _ship(rng, words, kind, moored(*place, begins, ends), 1800, status=status, still=True)


def _ship(
    rng: np.random.Generator,
    words: Words,
    kind: str,
    path: Path,
    every_s: int,
    *,
    status: int,
    mid: int = 0,
    still: bool = False,
) -> Member:
    small = kind in ("sail", "pleasure") or (kind == "fishing" and rng.random() < 0.3)
    mid = mid or int(rng.choice(_YACHT_MIDS if kind in ("sail", "pleasure") else _MERCHANT_MIDS))
    length = round(float(rng.uniform(*_METRES[kind])))
    says: dict[str, str | int | float] = {"ship_type": int(rng.integers(*_CODES[kind], endpoint=True))}
    if rng.random() < 0.93:
        says |= {"name": _name(rng, words, kind), "length_m": float(length)}
        says["call_sign"] = "".join(rng.choice(list("ABCDEHJKLMNPQRSTUVWXYZ23456789"), 5))
    if not small and kind != "fishing":
        says |= {"imo": _imo(rng), "destination": str(rng.choice(words["destinations"]))}
    cls = ContactClass.SHIP_B if small else ContactClass.SHIP_A
    key = contact_key(Space.AIS, mid * 1_000_000 + int(rng.integers(100_000, 990_000)))
    shown = 15 if small else status
    return Member(key, cls, path, every_s, int(rng.integers(0, every_s * 1000)), says, shown, moored=still)


def _airway(rng: np.random.Generator, airway: Mapping[str, Any], begins: int, ends: int) -> Iterator[Member]:
    points = np.array(airway["points"], float)
    for n in range(airway["flights"]):
        departs = begins + int((ends - begins) * (n + rng.uniform(0, 0.8)) / airway["flights"]) - 4 * HOUR_MS
        way = points if rng.random() < 0.5 else points[::-1]
        block, prefix = _HEX_BLOCKS[int(rng.integers(len(_HEX_BLOCKS)))]
        letters = "".join(rng.choice(list("ABCDEFGHJKLMNPRSTUVWX"), 3))
        says: dict[str, str | int | float] = {
            "call_sign": f"{''.join(rng.choice(list('BCDFGHKLMNPRSTVW'), 3))}{int(rng.integers(10, 9900))}",
            "registration": prefix + letters,
            "aircraft_type": str(rng.choice(["A320", "A21N", "A333", "B738", "B789", "AT76"])),
        }
        key = contact_key(Space.ICAO, block + int(rng.integers(0x1000)))
        feet = round(float(rng.uniform(*airway["feet"])) / 1000) * 1000.0
        yield Member(key, ContactClass.AIRCRAFT, flight(way, rng.uniform(*airway["knots"]), departs), 60,
                     int(rng.integers(0, 60_000)), says, 15, feet)  # fmt: skip


def _name(rng: np.random.Generator, words: Words, kind: str) -> str:
    if kind == "fishing":
        return f"{rng.choice(words['boats'])} {int(rng.integers(2, 60))}"
    return f"{rng.choice(words['first'])} {rng.choice(words['second'])}"


def _imo(rng: np.random.Generator) -> int:
    """Six drawn digits and the check digit that makes them a well-formed IMO number."""
    digits = [int(d) for d in str(int(rng.integers(910_000, 995_000)))]
    check = sum(d * w for d, w in zip(digits, range(7, 1, -1), strict=True)) % 10
    return int("".join(map(str, digits)) + str(check))
