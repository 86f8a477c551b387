"""What an officer typed and has not sent: kept in the record for that officer alone, offered until it is sent.

Nothing of it is a statement: it is in no list, no search, no export and not in the journal. A draft about a record
that its officer may no longer see is not told; it is there again when the record is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import AbstractContextManager
from uuid import UUID

from maoc_tui.desk.marks import whose
from maoc_tui.desk.room import Room
from maoc_tui.domain.drafts import Draft
from maoc_tui.domain.roles import Act, require
from maoc_tui.domain.viewer import Viewer
from maoc_tui.store import drafts as store
from maoc_tui.store import search
from maoc_tui.store import sending as sent


def mine(room: Room, viewer: Viewer) -> tuple[Draft, ...]:
    """The officer's own drafts, the newest first, about what the officer still sees. Raises NotPermitted."""
    require(viewer, Act.READ)
    with room.db.reading_whole() as conn:
        found = [_draft(row) for row in store.of(conn, whose(viewer))]
    named = {one.about for one in found if search.names_record(one.about)}
    with room.db.reading(viewer) as conn:
        hidden = named - set(search.by_ref(conn, sorted(named)))
    return tuple(one for one in found if one.about not in hidden)


def keep(room: Room, viewer: Viewer, drafts: Iterable[Draft], gone: Iterable[str] = ()) -> None:
    """Keep drafts over what they were before; those that are ``gone``, by id, were sent or thrown away.

    In read-only mode and through another's eyes nothing is kept.
    """
    if viewer.seeing_as or viewer.read_only or room.db.read_only:
        return
    require(viewer, Act.READ)
    rows = [_row(one) for one in drafts]
    with room.db.bookkeeping() as conn:
        store.drop(conn, whose(viewer), [UUID(one) for one in gone])
        for row in rows:
            store.put(conn, whose(viewer), row)


def sending(draft: str) -> AbstractContextManager[None]:
    """The act done meanwhile on this thread sends the draft with this id: it goes in the act's own transaction."""
    return sent.sending(draft)


def _row(one: Draft) -> store.Row:
    words = json.dumps({"values": dict(one.values), "saw": dict(one.saw)}, ensure_ascii=False)
    return store.Row(UUID(one.id), one.form, one.about, words, one.held, one.at_ms)


def _draft(row: store.Row) -> Draft:
    words = json.loads(row.words)
    return Draft(row.id.hex, row.form, row.about, words["values"], row.at_ms, row.held, words["saw"])
