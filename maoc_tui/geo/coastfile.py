"""Builds data/coast.bin from the world-atlas package (Natural Earth 1:10m, public domain).

Run as ``python -m maoc_tui.geo.coastfile world-atlas-2.0.2.tgz OUT``. The result holds the coast and the land
borders at several tolerances, as closed lines on the sphere: the cuts that planar files carry along the
antimeridian are taken out, so that no false shore is ever drawn there.
"""

from __future__ import annotations

import json
import struct
import sys
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maoc_tui.geo.coast import HEADER, MAGIC, UNITS

TOLERANCES = (0.0, 0.01, 0.04, 0.15)
"""Degrees by which a drawn line may differ from the source, finest first."""
Line = NDArray[np.float64]
"""Vertices, shape (n, 2): longitude (unwrapped, may pass 180) and latitude, degrees."""
_JOIN = 0.02
"""Degrees within which two loose ends on the antimeridian are the same point (the source's grid is 0.004)."""


def build(archive: Path, out: Path) -> int:
    """Write the coast file from a world-atlas archive; returns its size in bytes."""
    coast, borders = read_atlas(archive)
    blocks = []
    for tolerance in TOLERANCES:
        for layer, lines in enumerate((coast, borders)):
            kept = [thin for line in lines if len(thin := simplify(line, tolerance)) > 1]
            blocks.append(pack_block(layer, tolerance, kept))
    body = MAGIC + struct.pack("<B", len(blocks)) + b"".join(head for head, _ in blocks)
    out.write_bytes(body + b"".join(packed for _, packed in blocks))
    return out.stat().st_size


def read_atlas(archive: Path) -> tuple[list[Line], list[Line]]:
    """Coast rings and shared borders of ``countries-10m.json`` in the archive."""
    with tarfile.open(archive) as tar:
        member = tar.extractfile("package/countries-10m.json")
        assert member is not None
        topology = json.load(member)
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [np.cumsum(np.asarray(arc), axis=0) * scale + shift for arc in topology["arcs"]]
    rings = [_ring(arcs, ring) for ring in _rings(topology["objects"]["land"]["geometries"])]
    used: dict[int, set[int]] = {}
    for number, country in enumerate(topology["objects"]["countries"]["geometries"]):
        for ring in _rings([country]):
            for arc in ring:
                used.setdefault(arc if arc >= 0 else ~arc, set()).add(number)
    borders = [unwrap(arcs[arc]) for arc, owners in used.items() if len(owners) > 1]
    return without_seam(rings), borders


def _rings(geometries: Iterable[dict[str, Any]]) -> Iterator[list[int]]:
    for geometry in geometries:
        if geometry["type"] == "MultiPolygon":
            for polygon in geometry["arcs"]:
                yield from polygon
        elif geometry["type"] == "Polygon":
            yield from geometry["arcs"]


def _ring(arcs: list[Line], ring: list[int]) -> Line:
    parts = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in ring]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])


def unwrap(line: Line) -> Line:
    """The line with longitudes made continuous: no step longer than 180 degrees."""
    steps = (np.diff(line[:, 0]) + 180) % 360 - 180
    return np.column_stack([line[0, 0] + np.concatenate([[0.0], np.cumsum(steps)]), line[:, 1]])


def without_seam(rings: list[Line]) -> list[Line]:
    """The rings with edges along the antimeridian removed and the loose ends joined across it."""
    whole, pieces = [], []
    for ring in rings:
        on = np.abs(np.abs(ring[:, 0]) - 180) < 1e-6
        seam = np.flatnonzero(on[:-1] & on[1:])
        if not len(seam):
            whole.append(unwrap(ring))
            continue
        turned = np.concatenate([ring[seam[0] + 1 :], ring[1 : seam[0] + 1]])
        cuts = (seam[1:] - seam[0]).tolist()
        pieces += [unwrap(part) for part in np.split(turned, cuts) if len(part) > 1]
    while pieces:
        whole.append(_join(pieces.pop(), pieces))
    return whole


def _join(line: Line, pieces: list[Line]) -> Line:
    """Append from ``pieces`` whatever continues the line, until it closes or nothing fits."""
    while not _same(line[-1], line[0]):
        following = next((i for i, piece in enumerate(pieces) if _same(piece[0], line[-1])), None)
        if following is None:
            break
        line = unwrap(np.concatenate([line, pieces.pop(following)[1:]]))
    return line


def _same(a: Line, b: Line) -> bool:
    return bool(abs((a[0] - b[0] + 180) % 360 - 180) < _JOIN and abs(a[1] - b[1]) < _JOIN)


def simplify(line: Line, tolerance: float) -> Line:
    """Douglas-Peucker in degrees of latitude; empty when the whole line is smaller than the tolerance."""
    if tolerance <= 0:
        return line
    flat = np.column_stack([line[:, 0] * np.cos(np.radians(line[:, 1].mean())), line[:, 1]])
    if (np.ptp(flat, axis=0) < tolerance).all():
        return line[:0]
    keep = np.zeros(len(line), bool)
    keep[[0, -1]] = True
    stack = [(0, len(line) - 1)]
    while stack:
        first, last = stack.pop()
        if last - first < 2:
            continue
        away = _distance(flat[first + 1 : last], flat[first], flat[last])
        worst = int(away.argmax())
        if away[worst] > tolerance:
            middle = first + 1 + worst
            keep[middle] = True
            stack += [(first, middle), (middle, last)]
    return line[keep]


def _distance(points: Line, a: Line, b: Line) -> NDArray[np.float64]:
    along = b - a
    length = float(along @ along)
    t = np.clip((points - a) @ along / length, 0, 1) if length else np.zeros(len(points))
    return np.asarray(np.hypot(*(points - (a + t[:, None] * along)).T))


def pack_block(layer: int, tolerance: float, lines: list[Line]) -> tuple[bytes, bytes]:
    """Header and compressed body: vertices per line, then deltas of lon and lat, bytes sorted by weight."""
    counts = np.array([len(line) for line in lines], "<i4")
    deltas = [np.diff(np.round(line * UNITS).astype("<i4"), axis=0, prepend=0) for line in lines]
    flat = np.concatenate(deltas).T if deltas else np.zeros((2, 0), "<i4")
    numbers = np.concatenate([counts, flat.ravel()]).astype("<i4")
    zigzag = ((numbers << 1) ^ (numbers >> 31)).astype("<u4")
    packed = zlib.compress(zigzag.view(np.uint8).reshape(-1, 4).T.tobytes(), 9)
    return HEADER.pack(layer, tolerance, len(counts), int(counts.sum()), len(packed)), packed


if __name__ == "__main__":
    size = build(Path(sys.argv[1]), Path(sys.argv[2]))
    sys.stdout.write(f"{sys.argv[2]}: {size} bytes\n")
