"""Who is looking. Every read takes a viewer, so that the gate comes in at one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person or partner on whose behalf something is read or done."""

    name: str
    """As written into the record: who did this."""
    partner: str
    """Partner code; ``MAOC`` is the Centre's own staff."""
    all_seeing: bool = False
    """Sees every row. Only the single-user mode before sign-in has it."""


WATCH = Viewer(name="watch", partner="MAOC", all_seeing=True)
"""The one viewer until sign-in exists."""
