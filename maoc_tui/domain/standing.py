"""What the gate needs to know of the register of partners; domain.partners has the whole of it."""

from __future__ import annotations

from typing import Protocol


class Standing(Protocol):
    """How a partner stands at an instant."""

    @property
    def code(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def reads(self) -> bool:
        """Whether partners of this status read at all."""
        ...

    @property
    def named_from_ms(self) -> int | None:
        """Statements recorded from this instant on reach the partner by naming it; None: none do."""
        ...


class Register(Protocol):
    """The register as the gate asks it."""

    def standing(self, code: str, at_ms: int) -> Standing | None:
        """How a partner stands at an instant; None for a code nobody knows."""
        ...

    def members(self, at_ms: int) -> frozenset[str]:
        """Codes of the full members at an instant."""
        ...
