"""A document as plain JSON values and back: how a brief is kept once it is frozen, and what scripts read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from maoc_tui.brief.document import Cite, Document, Line, Picture, Place, Section
from maoc_tui.brief.in_short import in_short
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.text import safe_line


def frozen(document: Document) -> str:
    """The whole document as one JSON text, the same for the same document."""
    return json.dumps(asdict(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(copies: Mapping[str, str]) -> str:
    """Eight hexadecimal digits (SHA-256) of all frozen copies of a version, by recipient."""
    told = "\x1e".join(f"{code}\x1f{copies[code]}" for code in sorted(copies))
    return sha256(told.encode()).hexdigest()[:8]


def thawed(text: str) -> Document:
    """The document of a frozen text."""
    raw: dict[str, Any] = json.loads(text)
    raw["sections"] = tuple(_section(one) for one in raw["sections"])
    raw["places"] = tuple(_placed(one) for one in raw["places"])
    raw["picture"] = _picture(raw["picture"])
    for name in ("gone", "broken", "supersedes"):
        raw[name] = tuple(raw[name])
    return Document(**raw)


def _section(raw: Mapping[str, Any]) -> Section:
    return Section(raw["title"], tuple(_line(one) for one in raw["lines"]), raw["note"])


def _line(raw: Mapping[str, Any]) -> Line:
    cites = tuple(Cite(**one) for one in raw["cites"])
    return Line(**{**raw, "cites": cites, "terms": tuple(raw["terms"]), "owners": tuple(raw["owners"])})


def _placed(raw: Mapping[str, Any]) -> Place:
    """A place as kept; those kept before places named their sources have none."""
    cites = tuple(Cite(**one) for one in raw.get("cites", ()))
    told = {name: tuple(raw.get(name, ())) for name in ("terms", "owners")}
    return Place(**{**raw, "cites": cites, **told})


def _picture(raw: Mapping[str, Any] | None) -> Picture | None:
    if raw is None:
        return None
    shores = tuple(tuple((x, y) for x, y in chain) for chain in raw["shores"])
    return Picture(**{**raw, "shores": shores})


def value(document: Document) -> dict[str, Any]:
    """What scripts read: stable keys, times ISO 8601 with Z, absent is null. How much is held back is never told."""
    return {
        "number": document.number,
        "version": document.version,
        "recipient": document.recipient,
        "recipient_name": document.recipient_name,
        "period": {"from": iso(document.from_ms), "to": iso(document.to_ms)},
        "as_of": iso(document.as_of_ms),
        "issued_at": iso(document.issued_ms),
        "marking": document.marking,
        "since": document.since or None,
        "supersedes": list(document.supersedes),
        "checkpoint": document.checkpoint or None,
        "digest": document.digest or None,
        "in_short": [safe_line(line.text) for line in in_short(document)],
        "sections": [
            {
                "title": section.title,
                "note": safe_line(section.note) or None,
                "lines": [_told(line) for line in section.lines],
            }
            for section in document.sections
        ],
        "gone": list(document.gone),
        "places": [_place(place) for place in document.places],
        "unreadable": [safe_line(one) for one in document.broken],
        "withheld": None,
    }


def _told(line: Line) -> dict[str, Any]:
    return {
        "text": safe_line(line.text),
        "marking": safe_line(line.marking),
        "why": safe_line(line.why),
        "change": line.change or None,
        "sources": list(line.sources),
        "conditions": [safe_line(term) for term in line.terms],
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "ref": place.ref,
        "label": safe_line(place.label),
        "kind": place.kind,
        "lat": round(place.lat, 5),
        "lon": round(place.lon, 5),
        "radius_nm": round(place.radius_nm, 2),
        "how": place.how,
        "at": iso(place.at_ms),
        "marking": place.marking,
        "conditions": [safe_line(term) for term in place.terms],
    }


def iso(ms: int | None) -> str | None:
    """``2022-12-14T06:00:00Z``; None for none."""
    return None if ms is None else from_ms(ms).strftime("%Y-%m-%dT%H:%M:%SZ")


def as_json(document: Document) -> str:
    """The brief in JSON, one document, ended by a line feed."""
    return json.dumps(value(document), ensure_ascii=False, indent=2) + "\n"
