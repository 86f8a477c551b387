"""Proving that the journal is whole, and signing it for witnesses outside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from maoc_tui.desk.journal import note
from maoc_tui.desk.record_proof import altered
from maoc_tui.desk.room import Room
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput
from maoc_tui.store import journal as store
from maoc_tui.store import journal_chain, journal_key, journal_verify


@dataclass(frozen=True, slots=True)
class Verified:
    """What verifying the journal found."""

    ok: bool
    entries: int
    """Entries that hold, from the first on."""
    first_broken: int | None
    why: str
    """What is wrong at ``first_broken``; "" when nothing is."""
    checkpoints: int
    unsigned: int
    """Entries after the newest checkpoint."""
    keys: tuple[str, ...]
    """Public keys that signed, hexadecimal, in order of first use; more than one needs an explanation."""
    short: str
    """Of the newest entry that holds; "" of an empty journal."""
    altered: tuple[str, ...] = ()
    """What of the record is not what the journal holds of it: ``OP-0031 (2 lines)``, ``frozen figures 2026-03 v1``."""
    altered_hidden: int = 0
    """How much more of it, that the viewer may not know of."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A checkpoint, for witnesses outside."""

    seq: int
    at: datetime
    short: str
    hash: str
    public_key: str


def verify(room: Room, viewer: Viewer, *, anchor: str = "", key_file: Path | None = None) -> Verified:
    """Walk along the whole journal; with ``anchor`` (a short form kept outside) also that it ends no earlier.

    ``key_file`` holds the public key kept outside: then no other signature counts. What the journal holds digests of
    (operations, the seizure ledger, frozen figures, approved briefs) is compared with it. The walk itself is noted.
    """
    require(viewer, Act.VERIFY_JOURNAL)
    wanted = journal_chain.parse_short(anchor) if anchor else None
    public = journal_key.read_public(_bytes_of(key_file)) if key_file else None
    with room.db.reading_whole() as conn:
        found = journal_verify.verify(conn, wanted, public)
    broken, record = found.broken, altered(room, viewer)
    why = broken.why if broken else "; ".join(filter(None, (_unguarded(found.unguarded), record.words)))
    result = Verified(
        ok=found.ok and not record.words,
        entries=found.entries,
        first_broken=broken.seq if broken else None,
        why=why,
        checkpoints=found.checkpoints,
        unsigned=max(0, found.entries - found.witnessed),
        keys=tuple(key.hex() for key in found.keys),
        short=journal_chain.short(found.entries, found.tip) if found.entries else "",
        altered=record.told,
        altered_hidden=record.hidden,
    )
    if found.entries and broken is None:
        with room.db.bookkeeping() as conn:
            said = "whole" if result.ok else why
            note(conn, viewer, room.clock.now_ms(), "verify", "journal", result.short, detail=said)
    return result


def _unguarded(names: tuple[str, ...]) -> str:
    return f"the guards {', '.join(names)} are gone: somebody may change entries" if names else ""


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path} cannot be read ({error.strerror}).", "Give another file.") from None


def checkpoint(room: Room, viewer: Viewer) -> Signed:
    """Sign the journal as it stands; the short form goes out on handovers and briefs. Raises BadInput."""
    require(viewer, Act.VERIFY_JOURNAL)
    with room.db.bookkeeping() as conn:
        made = store.checkpoint(conn, room.clock.now_ms())
    if made is None:
        raise BadInput("The journal is empty: there is nothing to sign.", "Nothing is to be done.")
    return Signed(
        made.seq,
        from_ms(made.at_ms),
        journal_chain.short(made.seq, made.hash),
        made.hash.hex(),
        made.public_key.hex(),
    )


def public_key(room: Room, viewer: Viewer) -> str:
    """The public half of the signing key, as PEM, to be kept outside. Raises StoreProblem before the first use."""
    require(viewer, Act.VERIFY_JOURNAL)
    return journal_key.public_pem(journal_key.load(room.db.path, create=False))
