"""One alert as a row of the record, and back."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

import orjson

from maoc_tui.domain.alerts import Finding, Measure
from maoc_tui.domain.assets import reference as asset_reference
from maoc_tui.problems import BadInput


@dataclass(frozen=True, slots=True)
class Alert:
    """One cause as it was last seen."""

    id: UUID
    number: int
    finding: Finding
    """Its asset is "" where the connection does not show it."""
    asset_id: UUID | None
    peak: int
    revision: int
    raised_ms: int
    entered_ms: int

    @property
    def ref(self) -> str:
        """``AL-0007``."""
        return reference(self.number)

    @property
    def ended(self) -> bool:
        """The cause is no more, or never was."""
        return self.finding.over or self.finding.withdrawn


def reference(number: int) -> str:
    """``AL-0007``."""
    return f"AL-{number:04d}"


def parse_reference(text: str) -> int:
    """The number of ``AL-0007``; raises BadInput."""
    digits = text.strip().upper().removeprefix("AL").removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 9):
        raise BadInput(f"{text[:40]!r} is not an alert's reference.", "Write it as AL-0007.")
    return int(digits)


def columns(made: Alert) -> dict[str, Any]:
    """The columns that follow what is seen of the cause."""
    found = made.finding
    return {
        "rule": found.rule,
        "cause": found.cause,
        "subject": found.keys[0],
        "keys": ",".join(map(str, found.keys)),
        "asset_id": made.asset_id,
        "report_id": UUID(found.report) if found.report else None,
        **{name: getattr(found, name) for name in ("first_ms", "last_ms", "lat", "lon", "because", "over")},
        **{name: getattr(found, name) for name in ("withdrawn", "level")},
        "evidence": _json([asdict(one) for one in found.evidence]),
        "innocent": _json(found.innocent),
        "against": _json(found.against),
        **{name: getattr(made, name) for name in ("peak", "revision", "raised_ms")},
    }


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def alert_of(row: Any) -> Alert:
    """The alert of a row, with ``asset_number`` as far as the connection shows it."""
    found = Finding(
        rule=row.rule,
        cause=row.cause,
        keys=tuple(map(int, row.keys.split(","))),
        asset="" if row.asset_number is None else asset_reference(row.asset_number),
        report="" if row.report_id is None else str(row.report_id),
        first_ms=row.first_ms,
        last_ms=row.last_ms,
        lat=row.lat,
        lon=row.lon,
        because=row.because,
        evidence=tuple(Measure(**one) for one in orjson.loads(row.evidence)),
        innocent=tuple(orjson.loads(row.innocent)),
        against=tuple(orjson.loads(row.against)),
        over=bool(row.over),
        withdrawn=bool(row.withdrawn),
        level=row.level,
    )
    return Alert(
        row.id, row.number, found, row.asset_id, row.peak, row.revision, row.raised_ms, row.entered_ms
    )
