"""Is a file's coordinate system geographic WGS84? Anything else is refused, never converted silently."""

from __future__ import annotations

import re

from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput

_WAY_OUT = "Export the data in geographic WGS84 (EPSG:4326), longitude and latitude in degrees."
_WGS84 = re.compile(r"WGS[_ ]?(19)?84|WORLD[_ ]GEODETIC[_ ]SYSTEM[_ ]1984")
_PRIME = re.compile(r'PRIMEM\s*\[\s*"[^"]*"\s*,\s*([-+.0-9eE]+)')
_UNITS = re.compile(r'(?:ANGLE)?UNIT\s*\[\s*"([^"]*)"')
_NAMED = re.compile(r"(?:urn:ogc:def:crs:)?(?:OGC:(?:1\.3|2)?:?CRS84|EPSG:[\d.]*:?4326)", re.IGNORECASE)


def refuse(file: str, what: str) -> BadInput:
    """The error for a coordinate system that is not the wanted one."""
    return BadInput(f"{file}: field crs: {what}.", _WAY_OUT)


def check_wkt(file: str, text: str) -> None:
    """Check a well-known text, of either version. Raises BadInput."""
    wkt = text.strip().upper()
    name = printable(text, 60)
    if not wkt:
        raise refuse(file, "the coordinate system is not stated")
    if not wkt.startswith(("GEOGCS", "GEOGCRS", "GEODCRS", "GEODETICCRS", "GEOGRAPHICCRS")):
        raise refuse(file, f"not geographic: {name}")
    if not _WGS84.search(wkt):
        raise refuse(file, f"not on the WGS84 datum: {name}")
    prime = _PRIME.search(wkt)
    if prime and prime.group(1).strip("+-0.E"):
        raise refuse(file, "its prime meridian is not Greenwich")
    units = {unit.strip() for unit in _UNITS.findall(wkt)} - {"METRE", "METER"}
    if any("DEGREE" not in unit for unit in units):
        raise refuse(file, f"its unit is not the degree but {printable(', '.join(sorted(units)), 40)}")


def check_name(file: str, name: object) -> None:
    """Check a name such as EPSG:4326 or urn:ogc:def:crs:OGC:1.3:CRS84. Raises BadInput."""
    if not isinstance(name, str) or not _NAMED.fullmatch(name.strip()):
        raise refuse(file, f"not WGS84: {printable(str(name), 60)}")
