"""The zone datasets of this site: the shipped one, those made by importing official data, and which one is active.

They lie in the data folder's zones/: NAME.zones is a dataset, NAME.official the official areas that went into it,
zones.toml says which dataset is active. The shipped dataset is never changed.
"""

from __future__ import annotations

import re
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from maoc_tui import resources
from maoc_tui.domain.text import printable
from maoc_tui.geo import zonefile
from maoc_tui.geo.zonemodel import Dataset
from maoc_tui.problems import BadInput, StoreProblem
from maoc_tui.settings import data_folder

SHIPPED = "shipped"
NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,59}")
"""What an imported dataset may be called."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One dataset that can be active."""

    name: str
    path: Path
    active: bool


def folder() -> Path:
    """Where imported datasets are kept."""
    return data_folder() / "zones"


def editions() -> tuple[Edition, ...]:
    """The shipped dataset first, then the imported ones by name."""
    chosen = active_name()
    found = [path for path in sorted(folder().glob("*.zones")) if NAME.fullmatch(path.stem)]
    held = [(SHIPPED, resources.data("zones.bin")), *((path.stem, path) for path in found)]
    return tuple(Edition(name, path, name == chosen) for name, path in held)


def described() -> tuple[tuple[Edition, Dataset, int], ...]:
    """Every dataset with what it says of itself and its number of areas, the shipped one first."""
    return tuple((edition, *zonefile.about(edition.path)) for edition in editions())


def active_name() -> str:
    """Name of the active dataset. Raises StoreProblem when zones.toml cannot be understood."""
    path = folder() / "zones.toml"
    try:
        name = tomllib.loads(path.read_text(encoding="utf-8")).get("active", SHIPPED)
    except FileNotFoundError:
        return SHIPPED
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise StoreProblem(
            f"{path} cannot be read ({error.__class__.__name__}).",
            "Choose anew: maoc zones activate shipped.",
        ) from None
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise StoreProblem(f"{path} names no zone dataset.", "Choose anew: maoc zones activate shipped.")
    return name


def choice() -> tuple[int, int, int] | None:
    """Differs when somebody has chosen a dataset since: the file that names it; None without one."""
    try:
        held = (folder() / "zones.toml").stat()
    except OSError:
        return None
    return held.st_ino, held.st_mtime_ns, held.st_size


def active_path() -> Path:
    """The zone file to open. Raises StoreProblem when the chosen one is gone."""
    name = active_name()
    path = resources.data("zones.bin") if name == SHIPPED else folder() / f"{name}.zones"
    if not path.is_file():
        raise StoreProblem(
            f"The active zone dataset {name!r} is missing.", "Choose: maoc zones activate shipped."
        )
    return path


def activate(name: str) -> Dataset:
    """Make a dataset the active one, after reading it whole. Raises BadInput when there is none of that name."""
    known = {edition.name: edition.path for edition in _listed()}
    if name not in known:
        raise BadInput(
            f"There is no zone dataset {printable(name, 60)!r}.", f"Choose one of {', '.join(known)}."
        )
    dataset = zonefile.read(known[name]).dataset
    with replacing(folder() / "zones.toml") as path:
        path.write_text(f'active = "{name}"\n', encoding="utf-8")
    return dataset


def _listed() -> tuple[Edition, ...]:
    try:
        return editions()
    except StoreProblem:  # a broken zones.toml must not keep anybody from mending it
        held = [(SHIPPED, resources.data("zones.bin")), *((p.stem, p) for p in folder().glob("*.zones"))]
        return tuple(Edition(name, path, False) for name, path in held if NAME.fullmatch(name))


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A new file beside ``path`` that takes its place when all went well. Raises StoreProblem."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".new-") as aside:
            made = Path(aside) / path.name
            yield made
            made.replace(path)
    except OSError as error:
        raise StoreProblem(
            f"{path}: cannot be written ({error.strerror}).", "Check the rights and the space."
        ) from None
