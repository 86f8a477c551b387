"""From a zone answer's areas to the places the law weighs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from maoc_tui.domain.law_question import Place


class Waters(Protocol):
    """An area of the zone dataset, or its label in a picture."""

    @property
    def kind(self) -> str: ...
    @property
    def states(self) -> tuple[str, ...]: ...
    @property
    def status(self) -> str: ...
    @property
    def basis(self) -> str: ...


def places(area: Waters) -> Iterator[Place]:
    """What an area may be before the law: where the baseline is only inferred, territorial sea as well."""
    agreed = area.status == "agreed"
    yield Place(area.kind, tuple(area.states), agreed)
    if area.basis == "inferred" and area.kind == "internal":
        yield Place("territorial", tuple(area.states), agreed)
