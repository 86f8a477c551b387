"""The manifest of a brief: every file of every copy with its size and hash, for the Centre's own keeping."""

from __future__ import annotations

from collections.abc import Iterable

FOLDER = "centre-only"
"""The folder it is put into beside the copies: it names every recipient, and never goes out with one of them."""


def manifest(name: str, checkpoint: str, files: Iterable[tuple[str, str, int, str]]) -> str:
    """One line for each (recipient, form, bytes, SHA-256), in a fixed order; lines of ``sha256sum`` after the head."""
    number, _, version = name.partition(" ")
    rows = sorted(files)
    told = (f"{digest}  {number}_{version}_{code}.{form}" for code, form, _, digest in rows)
    return (
        "\n".join(
            (
                f"# {name}: {len(rows)} files, SHA-256; names recipients, for the Centre only",
                f"# journal {checkpoint}",
                *told,
            )
        )
        + "\n"
    )
