"""Positions as files other programs read: GeoJSON (RFC 7946), KML (OGC 2.2), GPX 1.1. Each place with its marking."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from html import escape

from maoc_tui.brief.document import Place
from maoc_tui.brief.picture import place_words
from maoc_tui.brief.record_form import iso
from maoc_tui.domain.text import safe_line

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


def as_geojson(places: Iterable[Place]) -> str:
    """A feature collection of points, longitude first."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [round(place.lon, 5), round(place.lat, 5)]},
            "properties": {
                "ref": place.ref, "name": safe_line(place.label), "kind": place.kind, "how": place.how,
                "at": iso(place.at_ms), "radius_nm": round(place.radius_nm, 2), "marking": place.marking,
                "conditions": [safe_line(term) for term in place.terms],
            },
        }
        for place in places
    ]  # fmt: skip
    return (
        json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, indent=1) + "\n"
    )


def as_kml(places: Iterable[Place], title: str) -> str:
    """Placemarks, with the time where the position has one."""
    return "".join(
        (
            f'{_XML}<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>{_text(title)}</name>\n',
            *map(_placemark, places),
            "</Document></kml>\n",
        )
    )


def _placemark(place: Place) -> str:
    when = f"<TimeStamp><when>{iso(place.at_ms)}</when></TimeStamp>" if place.at_ms is not None else ""
    return (
        f"<Placemark><name>{_text(f'{place.ref} {place.label}')}</name>"
        f"<description>{_text(_described(place))}</description>{when}"
        f"<Point><coordinates>{place.lon:.5f},{place.lat:.5f}</coordinates></Point></Placemark>\n"
    )


def as_gpx(places: Iterable[Place]) -> str:
    """Waypoints, with the time where the position has one."""
    head = '<gpx version="1.1" creator="maoc-tui" xmlns="http://www.topografix.com/GPX/1/1">\n'
    return "".join((_XML, head, *_waypoints(places), "</gpx>\n"))


def _waypoints(places: Iterable[Place]) -> Iterator[str]:
    for place in places:
        when = f"<time>{iso(place.at_ms)}</time>" if place.at_ms is not None else ""
        yield (
            f'<wpt lat="{place.lat:.5f}" lon="{place.lon:.5f}">{when}<name>{_text(place.ref)}</name>'
            f"<desc>{_text(_described(place))}</desc><sym>{place.kind}</sym></wpt>\n"
        )


def _described(place: Place) -> str:
    """Where, how and when, the marking, and the conditions under which it was released."""
    return "; ".join(
        (f"{place_words(place)} [{place.marking}]", *(f"condition: {term}" for term in place.terms))
    )


def _text(text: str) -> str:
    return escape(safe_line(text), quote=False)
