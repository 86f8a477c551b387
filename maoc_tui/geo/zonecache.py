"""The built index on disk: one file per zone file, memory-mapped, so that it opens at once.

The file is the program's own and is rebuilt whenever it is missing, of another version or cut short.
"""

from __future__ import annotations

import mmap
import os
import struct
import tempfile
import time
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from maoc_tui.geo.zonefile import dataset_of
from maoc_tui.geo.zonemodel import Area, Dataset

MAGIC = b"MAOCZIDX"
VERSION = 6
_FIXED = struct.Struct("<8sHI")
_ALIGN = 64
_KEPT_S = 30 * 86_400
"""An index of other zone data is removed when it has not been used for so long."""


def folder() -> Path:
    """Where built indexes are kept: MAOC_CACHE, or the user's cache folder."""
    import platformdirs

    return Path(os.environ.get("MAOC_CACHE") or platformdirs.user_cache_path("maoc-tui"))


def save(path: Path, dataset: Dataset, areas: tuple[Area, ...], arrays: dict[str, NDArray[Any]]) -> None:
    """Write the index beside its final name and move it there; a full or read-only disk is no error."""
    table, offset = [], 0
    for name, array in arrays.items():
        table.append([name, array.dtype.str, list(array.shape), offset])
        offset += -(-array.nbytes // _ALIGN) * _ALIGN
    about = {"dataset": asdict(dataset), "areas": [asdict(a) for a in areas], "arrays": table, "size": offset}
    header = orjson.dumps(about)
    header += b" " * (-(len(header) + _FIXED.size) % _ALIGN)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix="zones-", suffix=".part", delete=False
        ) as file:
            file.write(_FIXED.pack(MAGIC, VERSION, len(header)) + header)
            for array in arrays.values():
                file.write(np.ascontiguousarray(array).tobytes())
                file.write(b"\0" * (-array.nbytes % _ALIGN))
        Path(file.name).replace(path)
        _remove_unused(path)


def _remove_unused(kept: Path) -> None:
    """Remove the indexes beside ``kept`` that nobody has opened for long, and what broken writes left."""
    for path in (*kept.parent.glob("zones-*.index"), *kept.parent.glob("zones-*.part")):
        with suppress(OSError):
            if path != kept and time.time() - path.stat().st_mtime > _KEPT_S:
                path.unlink()


def load(path: Path) -> tuple[Dataset, tuple[Area, ...], dict[str, NDArray[Any]]] | None:
    """The index, its arrays mapped read-only; None when there is none that can be used."""
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_uid != os.getuid():
                return None
            magic, version, length = _FIXED.unpack(file.read(_FIXED.size))
            if (magic, version) != (MAGIC, VERSION):
                return None
            about = orjson.loads(file.read(length))
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        base = _FIXED.size + length
        if len(mapped) != base + about["size"]:
            return None
        _mark_used(path)
        areas = tuple(Area(**{**row, "states": tuple(row["states"])}) for row in about["areas"])
        arrays = {name: _array(mapped, base, dtype, shape, at) for name, dtype, shape, at in about["arrays"]}
        return dataset_of(about["dataset"]), areas, arrays
    except (OSError, struct.error, ValueError, KeyError, TypeError):
        return None


def _mark_used(path: Path) -> None:
    """Once a day is enough to tell that an index is in use."""
    with suppress(OSError):
        if time.time() - path.stat().st_mtime > 86_400:
            os.utime(path)


def _array(mapped: mmap.mmap, base: int, dtype: str, shape: list[int], offset: int) -> NDArray[Any]:
    count = int(np.prod(shape))
    return np.frombuffer(mapped, np.dtype(dtype), count, base + offset).reshape(shape)


def give_back_memory() -> None:
    """Hand what building took back to the system: glibc would keep hundreds of megabytes for itself."""
    import ctypes

    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
