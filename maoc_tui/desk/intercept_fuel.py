"""Fuel of one way to intercept in words: to contact, on to the base, and to the nearest port with a prize."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from maoc_tui.desk.intercept_inputs import Chased, Pursuer
from maoc_tui.desk.intercept_limits import fuel_of
from maoc_tui.desk.intercept_snapshots import Cell
from maoc_tui.desk.zone_ahead import duration
from maoc_tui.domain.units import format_distance_nm, format_speed
from maoc_tui.geo.geodesy import distance_nm

_UNDER_WAY_KN = 0.5


@dataclass(frozen=True, slots=True)
class Port:
    """A base of a ship or team in the record: the only ports that are known to take one."""

    of: Pursuer
    away_nm: float
    """Straight from the contact."""


def nearest_port(every: Sequence[Pursuer], lat: float, lon: float) -> Port | None:
    """The base nearest to a place among those of assets that sail; None where none is known."""
    known = [one for one in every if one.asset.profile.base_lat == one.asset.profile.base_lat]
    if not known:
        return None
    bases = np.array([(one.asset.profile.base_lat, one.asset.profile.base_lon) for one in known])
    away = distance_nm(lat, lon, bases[:, 0], bases[:, 1])
    at = int(away.argmin())
    return Port(known[at], float(away[at]))


def port_words(one: Pursuer, against: Chased, cell: Cell, port: Port | None) -> str:
    """Time and fuel to the nearest port with a prize, at the slower of both; "" without contact, or for an aircraft."""
    if not cell.possible or one.rule.flies:
        return ""
    if port is None:
        return "no port is known: no base of a ship is in the record"
    profile, cruise = port.of.asset.profile, one.asset.profile.cruise_kn
    known = not against.still and against.speed_kn > _UNDER_WAY_KN
    speed = min(cruise, against.speed_kn) if known else cruise
    name = profile.base or f"base of {port.of.asset.ref}"
    way = f"{name}, {format_distance_nm(port.away_nm)} straight, {duration(port.away_nm / speed)} with a prize at"
    what = "the target's speed" if known else "cruising speed, the target's own is not known"
    has, out = one.held.fuel_h, cell.distance_nm / one.asset.profile.cruise_kn
    needs = out + port.away_nm / speed
    left = f"; {duration(needs)} of fuel in all, of {has:.0f} h" if has == has else "; fuel not told"
    return f"{way} {format_speed(speed)} ({what}){left}"


def fuel_words(one: Pursuer, cell: Cell, pace: str) -> str:
    """Hours to contact and from there to its base, and what it has; "" without contact."""
    if not cell.possible:
        return ""
    profile = one.asset.profile
    fuel = fuel_of([one], *(np.array([value]) for value in (cell.distance_nm, cell.lat, cell.lon)))
    out = cell.distance_nm / profile.cruise_kn
    back = float(fuel.need_h[0]) - out
    way = f"{duration(out)} to contact, {duration(back)} on to {profile.base or 'its base'}"
    if fuel.homeless[0]:
        way = f"{duration(out)} to contact, base not known"
    has = one.held.fuel_h
    left = f"of {has:.0f} h it has" if has == has else "of what it has, which was not told"
    more = ""
    if pace == "max" and profile.max_kn > profile.cruise_kn:
        more = f"; fuel reckoned at cruising: at {format_speed(profile.max_kn)} it burns more, how much is not known"
    return f"{way} at cruising speed, {left}{more}"
