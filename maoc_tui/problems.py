"""What may go wrong, in words a person on watch can act on.

A Problem carries one sentence that says what is wrong and one that says the way out.
The command line prints it (or a JSON object) and exits with ``status``; the screen shows it
in a dialog. Nothing else may reach a user: no traceback, no SQL, no local variables.
"""

from __future__ import annotations

from typing import Any


class Problem(Exception):
    """Something a user must be told; a fault of the program or its surroundings unless subclassed."""

    status = 1
    code = "fault"

    def __init__(self, message: str, way_out: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.way_out = way_out

    def as_json(self) -> dict[str, dict[str, Any]]:
        """The error object of the command line's ``--json`` output."""
        return {"error": {"code": self.code, "message": self.message, "way_out": self.way_out}}


class BadInput(Problem):
    """What was typed or read cannot be understood; names the field and the reason."""

    status = 2
    code = "bad_input"


class NotPermitted(Problem):
    """The gate or a role refuses; says which rule."""

    status = 3
    code = "not_permitted"


class StoreProblem(Problem):
    """The database cannot be opened or written as it must be."""

    code = "store"
