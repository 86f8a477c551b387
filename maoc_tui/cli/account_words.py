"""What the commands on accounts answer, in words and as JSON."""

from __future__ import annotations

from typing import Any


def recovery(made: Any) -> list[str]:
    """What is said of a record that was given a key, line by line."""
    if made is None:
        return []
    kept = [f"The record as it was, unencrypted, is kept as {made.kept}: remove it once you have signed in."]
    return [
        "The record is encrypted now. Its recovery code opens it when every passphrase is lost; it is kept nowhere.",
        "Write it down and seal it in an envelope:",
        f"  {made.code}",
        *(kept if made.kept else []),
    ]


def outcome_json(outcome: Any) -> dict[str, Any]:
    """What came of a wish, as JSON."""
    return {"change": outcome.change.ref, "done": outcome.done}


def told(outcome: Any, done: str) -> str:
    """What came of a wish, in words."""
    if outcome.done:
        return done
    ref = outcome.change.ref
    return f"{ref} waits for a second person: maoc account approve {ref}"
