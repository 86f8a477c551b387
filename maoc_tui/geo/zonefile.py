"""The shipped zone file: a JSON header and delta-coded int32 coordinates, compressed; written and read whole.

Layout: magic, version (uint16), header length (uint32), header, payload. The header is JSON packed with zlib; the
payload holds the arrays that the header lists, packed with LZMA, and is checked by SHA-256 on load.
"""

from __future__ import annotations

import hashlib
import lzma
import struct
import zlib
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from maoc_tui.geo.zonemodel import BASES, KINDS, STATUSES, Area, Dataset, Lines, ZoneData
from maoc_tui.problems import BadInput, StoreProblem

MAGIC = b"MAOCZONE"
VERSION = 1
_FIXED = struct.Struct("<8sHI")
_MAX_HEADER = 16_000_000
_MAX_PAYLOAD = 1_000_000_000
_WAY_OUT = "Install maoc-tui again, or rebuild the file with: maoc zones derive."
_FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 6, "dict_size": 1 << 24}]


def write(path: Path, data: ZoneData) -> int:
    """Write a dataset; the same data give the same bytes. Returns the file's size in bytes."""
    payload = lzma.compress(_pack(data.lines), lzma.FORMAT_XZ, lzma.CHECK_CRC32, filters=_FILTERS)
    about = {
        "dataset": asdict(data.dataset),
        "areas": [_row(area) for area in data.areas],
        "lines": len(data.lines),
        "points": len(data.lines.points),
        "sha256": hashlib.sha256(payload).hexdigest(),
    }
    header = zlib.compress(orjson.dumps(about), 9)
    whole = _FIXED.pack(MAGIC, VERSION, len(header)) + header + payload
    path.write_bytes(whole)
    return len(whole)


def digest(path: Path) -> str:
    """The payload's SHA-256 as the header states it, hexadecimal: names the index built from this file."""
    text = _header(path)[0]["sha256"]
    if not isinstance(text, str) or len(text) != 64 or set(text) - set("0123456789abcdef"):
        raise _damaged(path, "its checksum is not one")
    return text


def about(path: Path) -> tuple[Dataset, int]:
    """What a zone file says of itself, and its number of areas, without reading its lines. Raises as ``read``."""
    header, _ = _header(path)
    try:
        return dataset_of(header["dataset"]), len(header["areas"])
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged(path, f"it does not hold what it should ({error.__class__.__name__})") from None


def read(path: Path) -> ZoneData:
    """Read a dataset. Raises BadInput when it is not a zone file, StoreProblem when it is damaged."""
    about, offset = _header(path)
    payload = path.read_bytes()[offset:]
    if hashlib.sha256(payload).hexdigest() != about.get("sha256"):
        raise _damaged(path, "its checksum does not agree")
    try:
        unpack = lzma.LZMADecompressor(lzma.FORMAT_XZ)
        raw = unpack.decompress(payload, _MAX_PAYLOAD)
        areas = tuple(_area(i, row) for i, row in enumerate(about["areas"]))
        lines = _unpack(raw, int(about["lines"]), int(about["points"]))
        data = ZoneData(dataset_of(about["dataset"]), areas, lines)
        _check(data)
    except (lzma.LZMAError, KeyError, ValueError, TypeError, IndexError) as error:
        raise _damaged(path, f"it does not hold what it should ({error.__class__.__name__})") from None
    return data


def dataset_of(about: dict[str, Any]) -> Dataset:
    """A Dataset from its JSON form."""
    pairs = tuple((str(sort), str(text)) for sort, text in about["accuracy"])
    return Dataset(**{**about, "sources": tuple(about["sources"]), "accuracy": pairs})


def _header(path: Path) -> tuple[dict[str, Any], int]:
    try:
        with path.open("rb") as file:
            magic, version, length = _FIXED.unpack(file.read(_FIXED.size))
            if magic != MAGIC:
                raise BadInput(f"{path} is not a zone file.", _WAY_OUT)
            if version != VERSION:
                raise BadInput(f"{path} is zone format {version}; this program reads {VERSION}.", _WAY_OUT)
            packed = file.read(min(length, _MAX_HEADER))
        about = orjson.loads(zlib.decompressobj().decompress(packed, _MAX_HEADER))
    except FileNotFoundError:
        raise StoreProblem(f"The zone file {path} is missing.", _WAY_OUT) from None
    except (OSError, struct.error, zlib.error, orjson.JSONDecodeError) as error:
        raise _damaged(path, f"its header cannot be read ({error.__class__.__name__})") from None
    if not isinstance(about, dict) or "sha256" not in about:
        raise _damaged(path, "its header is incomplete")
    return about, _FIXED.size + length


def _damaged(path: Path, why: str) -> StoreProblem:
    return StoreProblem(f"The zone file {path} is damaged: {why}.", _WAY_OUT)


def _row(area: Area) -> list[Any]:
    return [
        KINDS.index(area.kind),
        "/".join(area.states),
        STATUSES.index(area.status),
        BASES.index(area.basis),
        area.name,
        area.territory,
        area.source,
        area.edition,
    ]


def _area(number: int, row: list[Any]) -> Area:
    kind, states, status, basis, name, territory, source, edition = row
    held = tuple(states.split("/")) if states else ()
    return Area(number, KINDS[kind], held, STATUSES[status], BASES[basis], name, territory, source, edition)


def _pack(lines: Lines) -> bytes:
    sizes = np.diff(lines.start).astype(np.int32)
    points = lines.points.astype(np.int64)
    delta = np.diff(points, axis=0, prepend=np.zeros((1, 2), np.int64))
    parts = [
        _planes(lines.left),
        _planes(lines.right),
        lines.basis.astype(np.uint8).tobytes(),
        _planes(sizes),
        _planes(delta[:, 0].astype(np.int32)),
        _planes(delta[:, 1].astype(np.int32)),
    ]
    return b"".join(parts)


def _planes(values: NDArray[Any]) -> bytes:
    """Small numbers of either sign made non-negative, all first bytes first: what LZMA packs best."""
    wide = values.astype(np.int64)
    zigzag = ((wide << 1) ^ (wide >> 63)).astype("<u4")
    return zigzag.view(np.uint8).reshape(-1, 4).T.tobytes()


def _unpack(raw: bytes, lines: int, points: int) -> Lines:
    if len(raw) != 13 * lines + 8 * points:
        raise ValueError("wrong length")
    at = 0

    def take(count: int) -> NDArray[np.int32]:
        nonlocal at
        planes = np.frombuffer(raw, np.uint8, 4 * count, at).reshape(4, count)
        at += 4 * count
        zigzag = np.ascontiguousarray(planes.T).view("<u4").ravel()
        return ((zigzag >> 1).astype(np.int32) ^ -(zigzag & 1).astype(np.int32)).astype(np.int32)

    left, right = take(lines), take(lines)
    basis = np.frombuffer(raw, np.uint8, lines, at).copy()
    at += lines
    start = np.concatenate([[0], np.cumsum(take(lines), dtype=np.int64)]).astype(np.int64)
    lon, lat = np.cumsum(take(points), dtype=np.int64), np.cumsum(take(points), dtype=np.int64)
    return Lines(left, right, basis, start, np.column_stack([lon, lat]).astype(np.int32))


def _check(data: ZoneData) -> None:
    """Every reference inside the data must hold, so that nothing behind it has to doubt. Raises ValueError."""
    lines, count = data.lines, len(data.areas)
    if lines.start[-1] != len(lines.points) or (np.diff(lines.start) < 2).any():
        raise ValueError("line lengths")
    for side in (lines.left, lines.right):
        if len(side) and not (side.min() >= -1 and side.max() < count):
            raise ValueError("area numbers")
    if len(lines.basis) and lines.basis.max() >= len(BASES):
        raise ValueError("basis")
    if len(lines.points) and (np.abs(lines.points) > [18_000_000, 9_000_000]).any():
        raise ValueError("coordinates")
