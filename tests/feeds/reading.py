"""How the feed tests read a document with a format, and where the recorded samples are."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import orjson
import pytest

from maoc_tui.domain.reports import Batch, Fixes
from maoc_tui.feeds import aircraft_formats, json_formats, sbs
from maoc_tui.feeds.source import ReadContext

FORMATS = {f.name: f for f in (*json_formats.FORMATS, *aircraft_formats.FORMATS, *sbs.FORMATS)}
NOW = 1_795_300_000_000
SAMPLES = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "feeds"
recorded = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the recorded samples are not beside the checkout")


def read(name: str, value: Any, now_ms: int = NOW) -> Batch:
    """Everything a format makes of a document, in one batch; bytes are read as they are."""
    body = value if isinstance(value, bytes) else orjson.dumps(value)
    return joined(list(FORMATS[name].read(io.BytesIO(body), ReadContext(NOW, now_ms))))


def joined(batches: list[Batch]) -> Batch:
    """Several batches as one; every one of them keeps the account."""
    for batch in batches:
        accounted(batch)
    return Batch(
        Fixes.concat([b.fixes for b in batches]),
        [i for b in batches for i in b.identities],
        [r for b in batches for r in b.rejects],
        sum(b.others for b in batches),
        sum(b.duplicates for b in batches),
    )


def accounted(batch: Batch) -> None:
    """Every record counted once, every column of one length, nothing on the map that is no position."""
    fixes = batch.fixes
    assert batch.read == len(fixes) + batch.others + batch.duplicates + len(batch.rejects)
    for name in Fixes.__dataclass_fields__:
        assert len(getattr(fixes, name)) == len(fixes)
    assert (abs(fixes.lat) <= 90).all()
    assert (abs(fixes.lon) <= 180).all()
    for column, low, high in (
        (fixes.cog, 0, 359.9999),
        (fixes.heading, 0, 359.9999),
        (fixes.sog, 0, 3000),
        (fixes.altitude, -2000, 130_000),
    ):
        known = column[column == column]
        assert ((known >= low) & (known <= high)).all()
    assert (fixes.error_m > 0).all()
    assert (fixes.status <= 15).all()
    numbers = [*fixes.record.tolist(), *(r.record for r in batch.rejects)]
    assert len(set(numbers)) == len(numbers)
    assert all(i.values for i in batch.identities)


def sample(name: str) -> bytes:
    """A recorded file."""
    return (SAMPLES / name).read_bytes()


def sniffed(head: bytes) -> list[str]:
    """Names of the formats that take this beginning for theirs."""
    return [name for name, form in FORMATS.items() if form.sniff(head)]
