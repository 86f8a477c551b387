"""Reading the whole journal to see that nothing in it was changed, taken out, exchanged or cut off."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from maoc_tui.store import driver, journal_key
from maoc_tui.store.journal import COLUMNS, Checkpoint
from maoc_tui.store.journal_chain import Anchor, Break, Walk

GUARDS = frozenset({
    "journal_is_kept", "journal_stands", "journal_follows",
    "journal_checkpoint_is_kept", "journal_checkpoint_stands", "journal_checkpoint_holds",
})  # fmt: skip
_ENTRIES = f"SELECT {', '.join(COLUMNS)} FROM journal NOT INDEXED ORDER BY seq"  # noqa: S608  fixed names
_CHECKPOINTS = "SELECT seq, at_ms, hash, public_key, signature FROM journal_checkpoint ORDER BY seq"
_GUARDS = "SELECT name FROM sqlite_master WHERE type = 'trigger'"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a walk along the whole journal found."""

    entries: int
    """That hold, from the first on."""
    tip: bytes
    """Hash of the last of them."""
    broken: Break | None
    unguarded: tuple[str, ...]
    """Triggers that should refuse changes and are gone."""
    checkpoints: int
    keys: tuple[bytes, ...]
    """Public keys that signed, in order of first use."""
    witnessed: int
    """Entries up to the newest checkpoint; what is after it has no signature yet."""

    @property
    def ok(self) -> bool:
        """Whether everything holds."""
        return self.broken is None and not self.unguarded


def verify(conn: Connection, anchor: Anchor | None = None, public_key: bytes | None = None) -> Verdict:
    """Walk along the journal of a database (SQLite); about a second for 100,000 entries.

    ``anchor`` is what a witness outside wrote down; ``public_key`` the only key whose signatures count.
    """
    return verify_driver(conn.connection.driver_connection, anchor, public_key)


def verify_driver(connection: Any, anchor: Anchor | None, public_key: bytes | None) -> Verdict:
    """As ``verify``, on a bare driver connection; damage of the file is a break too."""
    with _bytes_of_text(connection):
        found = Verdict(0, b"", None, (), 0, (), 0)
        walk = Walk()
        try:
            signed = [_checkpoint(row) for row in connection.execute(_CHECKPOINTS)]
            wanted = {point.seq for point in signed} | ({anchor.seq} if anchor else set())
            walk = Walk(wanted)
            broken = walk.along(connection.execute(_ENTRIES))
            there = {bytes(name).decode() for (name,) in connection.execute(_GUARDS)}
        except (driver.module().Error, UnicodeDecodeError, TypeError, KeyError):
            broken = Break(walk.seen + 1, f"the file is damaged at or after entry {walk.seen + 1}")
            return replace(found, entries=walk.seen, tip=walk.last, broken=broken)
    return replace(
        found,
        entries=walk.seen,
        tip=walk.last,
        broken=broken or _witnesses(walk, signed, anchor, public_key),
        unguarded=tuple(sorted(GUARDS - there)),
        checkpoints=len(signed),
        keys=tuple(dict.fromkeys(point.public_key for point in signed)),
        witnessed=max((point.seq for point in signed), default=0),
    )


def _checkpoint(row: tuple[Any, ...]) -> Checkpoint:
    return Checkpoint(*row)


def _witnesses(
    walk: Walk, signed: list[Checkpoint], anchor: Anchor | None, public_key: bytes | None
) -> Break | None:
    """The first of checkpoints and anchor that the chain does not bear out."""
    breaks = [found for point in signed if (found := _borne_out(walk, point, public_key))]
    if anchor is not None:
        named = walk.reaches(anchor.seq, anchor.prefix, "the anchor")
        breaks += [named] if named else []
    return min(breaks, key=lambda found: found.seq, default=None)


def _borne_out(walk: Walk, point: Checkpoint, public_key: bytes | None) -> Break | None:
    if public_key is not None and point.public_key != public_key:
        return Break(point.seq, f"the checkpoint at entry {point.seq} was signed with another key")
    key, sign = point.public_key, point.signature
    if not journal_key.signed(key, sign, point.seq, point.at_ms, point.hash):
        return Break(point.seq, f"the checkpoint at entry {point.seq} bears no valid signature")
    return walk.reaches(point.seq, point.hash.hex(), "a checkpoint")


@contextmanager
def _bytes_of_text(connection: Any) -> Iterator[None]:
    """Read text as the bytes that are there, also when they are no UTF-8 any more."""
    before, connection.text_factory = connection.text_factory, bytearray
    try:
        yield
    finally:
        connection.text_factory = before
