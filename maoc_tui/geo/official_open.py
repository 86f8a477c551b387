"""Opening a file of official areas, whatever it is: by its content, within limits, zipped or not.

Nothing of an archive is ever written under the name it gives; members are copied to unnamed temporary files, and
what they may unpack to is bounded both as announced and as it comes.
"""

from __future__ import annotations

import shutil
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from maoc_tui.domain.text import printable
from maoc_tui.geo import official_geojson, official_geopackage, official_shapefile
from maoc_tui.geo.official import MAX_BYTES, Layer
from maoc_tui.problems import BadInput

_PARTS = ("shp", "dbf", "shx", "prj", "cpg")
_SINGLE = ("gpkg", "geojson", "json")
_MAX_MEMBERS = 1_000
_MAX_RATIO = 200
_SMALL = 10_000_000
"""Below this many unpacked bytes the compression ratio does not matter."""


@contextmanager
def opened(path: Path, layer: str | None = None, max_bytes: int = MAX_BYTES) -> Iterator[Layer]:
    """The one layer of areas in a GeoPackage, shapefile, GeoJSON file or zip of one; ``layer`` chooses by name.

    The rows may be read until the context ends. Raises BadInput.
    """
    file = printable(path.name, 80)
    try:
        if path.stat().st_size > max_bytes:
            raise BadInput(
                f"{file}: over {max_bytes // 1_000_000} MB.",
                "Import one layer at a time, or thin the data first.",
            )
        head = path.open("rb").read(100)
    except OSError as error:
        raise BadInput(f"{file}: {error.strerror}.", "Check the path and the rights.") from None
    with ExitStack() as stack:
        if head.startswith(b"PK"):
            yield _zipped(path, file, layer, max_bytes, stack)
        elif head.startswith(b"SQLite format 3\0"):
            yield _geopackage(path, file, layer)
        elif head.startswith(b"\x00\x00\x27\x0a"):
            parts = {part: stack.enter_context(p.open("rb")) for part, p in _beside(path).items()}
            yield official_shapefile.read(parts, file, path.stem)
        elif head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            yield official_geojson.read(path, file, path.stem)
        else:
            raise BadInput(
                f"{file}: neither GeoPackage, shapefile, GeoJSON nor a zip of one.", "Check the download."
            )


def _beside(path: Path) -> dict[str, Path]:
    found = {p.suffix[1:].lower(): p for p in path.parent.iterdir() if p.stem == path.stem}
    return {part: found[part] for part in _PARTS if part in found} | {"shp": path}


def _geopackage(path: Path, file: str, layer: str | None) -> Layer:
    return official_geopackage.read(path, file, _chosen(file, official_geopackage.layers(path, file), layer))


def _chosen(file: str, names: list[str], wanted: str | None) -> str:
    found = [name for name in names if wanted is None or name.lower() == wanted.lower()]
    if len(found) == 1:
        return found[0]
    known = ", ".join(printable(name, 60) for name in names[:20]) or "none"
    if wanted is None and found:
        found = [name for name in names if "boundar" not in name.lower()]
        if len(found) == 1:
            return found[0]
        raise BadInput(f"{file}: holds several layers of areas.", f"Choose one with --layer: {known}.")
    what = f"no layer {printable(wanted, 60)!r}" if wanted else "no layer of areas"
    raise BadInput(f"{file}: {what}.", f"Its layers of areas: {known}.")


def _zipped(path: Path, file: str, layer: str | None, max_bytes: int, stack: ExitStack) -> Layer:
    try:
        archive = stack.enter_context(zipfile.ZipFile(path))
        members = [m for m in archive.infolist() if not m.is_dir()]
        _check(file, members, max_bytes)
        single = {m.filename: m for m in members if _suffix(m) in _SINGLE and not _hidden(m)}
        shapes = {m.filename: m for m in members if _suffix(m) == "shp" and not _hidden(m)}
        areas = {n: m for n, m in shapes.items() if official_shapefile.is_area(archive.open(m).read(100))}
        stems = {PurePosixPath(name).stem: name for name in (*single, *areas)}
        stem = _chosen(file, sorted(stems), layer if len(stems) > 1 or not single else None)
        inner = f"{file}/{printable(stems[stem], 80)}"
        if stems[stem] in single:
            return _single(archive, single[stems[stem]], inner, layer, max_bytes, stack)
        base = stems[stem][: -len(".shp")].lower()
        own = {_suffix(m): m for m in members if m.filename.lower().rpartition(".")[0] == base}
        parts = {
            p: stack.enter_context(_copied(archive, own[p], inner, max_bytes)) for p in _PARTS if p in own
        }
        return official_shapefile.read(parts, inner, stem)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, RuntimeError) as error:
        raise BadInput(
            f"{file}: a damaged archive ({printable(str(error), 80)}).", "Check the download."
        ) from None


def _single(
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    inner: str,
    layer: str | None,
    max_bytes: int,
    stack: ExitStack,
) -> Layer:
    copy = stack.enter_context(_copied(archive, member, inner, max_bytes))
    path = Path(copy.name)
    if _suffix(member) == "gpkg":
        return _geopackage(path, inner, layer)
    return official_geojson.read(path, inner, PurePosixPath(member.filename).stem)


def _suffix(member: zipfile.ZipInfo) -> str:
    return member.filename.rpartition(".")[2].lower()


def _hidden(member: zipfile.ZipInfo) -> bool:
    """What a Mac adds beside the real members."""
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(member.filename).parts)


def _check(file: str, members: list[zipfile.ZipInfo], max_bytes: int) -> None:
    if len(members) > _MAX_MEMBERS:
        raise BadInput(f"{file}: holds {len(members):,} files.", "Pack only the layer itself.")
    for member in members:
        inner = f"{file}/{printable(member.filename, 80)}"
        name = PurePosixPath(member.filename)
        if name.is_absolute() or ".." in name.parts or "\\" in member.filename or ":" in member.filename:
            raise BadInput(f"{inner}: points outside the archive.", "Do not trust this file; get it again.")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise BadInput(f"{inner}: is a link.", "Do not trust this file; get it again.")
        if member.flag_bits & 1:
            raise BadInput(f"{inner}: is encrypted.", "Unpack it first.")
        bomb = member.file_size > _SMALL and member.file_size > _MAX_RATIO * max(member.compress_size, 1)
        if bomb or member.file_size > max_bytes:
            raise BadInput(
                f"{inner}: would unpack to {member.file_size / 1e6:,.0f} MB.",
                "Do not trust this file; if it is genuine, unpack it first.",
            )


@contextmanager
def _copied(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, inner: str, max_bytes: int
) -> Iterator[IO[bytes]]:
    """A member in a temporary file of our own naming; bounded by what really comes, not by what is announced."""
    limit = min(max_bytes, member.file_size)
    with tempfile.NamedTemporaryFile(prefix="maoc-zones-") as file, archive.open(member) as source:
        shutil.copyfileobj(_Bounded(source, limit, inner), file, 1 << 20)
        file.flush()
        file.seek(0)
        yield file


class _Bounded:
    """A stream that refuses to give more than was announced."""

    def __init__(self, source: IO[bytes], limit: int, inner: str) -> None:
        self._source, self._left, self._inner = source, limit, inner

    def read(self, size: int = -1) -> bytes:
        """The next bytes. Raises BadInput beyond the limit."""
        part = self._source.read(size)
        self._left -= len(part)
        if self._left < 0:
            raise BadInput(f"{self._inner}: unpacks to more than it announces.", "Do not trust this file.")
        return part
