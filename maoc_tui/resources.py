"""Where the shipped data/ and layouts/ are: beside the package in a checkout, inside it once installed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from maoc_tui.problems import Problem

_PACKAGE = Path(__file__).resolve().parent


@cache
def _find(folder: str) -> Path:
    for root in (_PACKAGE.parent, _PACKAGE):
        candidate = root / folder
        if (candidate / "README.md").is_file():
            return candidate
    raise Problem(f"The program's own {folder}/ folder is missing.", "Install maoc-tui again.")


def data(*parts: str) -> Path:
    """The path of a shipped reference file, such as ``data("mid.csv")``."""
    return _find("data").joinpath(*parts)


def layout(*parts: str) -> Path:
    """The path of a shipped stylesheet, arrangement or template."""
    return _find("layouts").joinpath(*parts)
