"""What the officer at this terminal types: in the record within two seconds, offered again until it is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from maoc_tui.domain.drafts import Draft
from maoc_tui.problems import Problem
from maoc_tui.ui.alive import Alive

if TYPE_CHECKING:
    from maoc_tui.domain.viewer import Viewer
    from maoc_tui.ui.desk_app import DeskApp

KEEP_AFTER_S = 1.5
"""From the first key to the draft in the record."""


_REFERENCE = re.compile(r"\b[A-Z]{1,2}-[0-9]{4,}\b")


def named_in(text: str) -> str:
    """The first reference in a text, such as T-0417; "" where there is none."""
    found = _REFERENCE.search(text)
    return found[0] if found else ""


@dataclass(frozen=True, slots=True)
class _Found:
    """The drafts in the record, as they were read."""

    seen: tuple[Any, ...]
    """What the record stood at, whose they are, and what this program had written by then."""
    drafts: tuple[Draft, ...]


class Drafts:
    """The drafts of whoever is at this terminal; what changes here is written by a worker, in order."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        self._alive = Alive()
        self._mine: dict[str, Draft] = {}
        self._changed: dict[str, tuple[Viewer, Draft | None]] = {}
        """What is not in the record yet; None for what is sent or thrown away."""
        self._whose: dict[str, Viewer] = {}
        """Who typed what was typed here: whoever is let in next may be known before it is written."""
        self._guard, self._writing = Lock(), Lock()
        self._writes = 0
        """Odd while something is being written: what was read meanwhile may be older than what is known here."""
        self._found: _Found | None = None
        self._waits = False

    # -- what is typed -------------------------------------------------------------------------

    def begun(self, form: str, about: str, saw: Mapping[str, str] | None = None) -> Draft:
        """A draft of something nobody has typed yet; it is kept with the first ``keep``."""
        return Draft(uuid4().hex, form, about, {}, self._app.clock.now_ms(), saw=dict(saw or {}))

    def offered(self, form: str, about: str | None = None) -> Draft | None:
        """The officer's newest draft of a form on a record (on any: None) that is open in no running program."""
        fits = (one for one in self._mine.values() if one.form == form and about in (None, one.about))
        free = (one for one in fits if not one.held or self._alive.gone(one.held))
        return max(free, key=lambda one: one.at_ms, default=None)

    def keep(self, draft: Draft, values: Mapping[str, str] | None = None) -> Draft:
        """A draft as it now stands, open in this program; in the record within two seconds."""
        given = draft.values if values is None else dict(values)
        at = draft.at_ms if given == draft.values else self._app.clock.now_ms()
        return self._take(replace(draft, values=given, at_ms=at, held=self._alive.name))

    def leave(self, draft: Draft) -> None:
        """It is open here no more, and offered again wherever its officer is."""
        self._take(replace(draft, held=""))
        self._write()

    def drop(self, draft: Draft) -> None:
        """It was sent, or thrown away."""
        self._mine.pop(draft.id, None)
        self._change(draft.id, None)
        self._write()

    def _take(self, draft: Draft) -> Draft:
        self._mine[draft.id] = draft
        self._change(draft.id, draft)
        if not self._waits:
            self._waits = True
            self._app.set_timer(KEEP_AFTER_S, self._write)
        return draft

    def _change(self, name: str, draft: Draft | None) -> None:
        with self._guard:
            self._changed[name] = self._whose.setdefault(name, self._app.desk.viewer), draft

    @contextmanager
    def sending(self, draft: Draft | None) -> Iterator[None]:
        """What is done meanwhile, in a worker, sends a draft: it is in the record until then, and no longer."""
        if draft is None or getattr(self._app.desk.room, "db", None) is None:
            yield
            return
        from maoc_tui.desk import drafts as desk

        with suppress(Problem):
            self.flush()
        with desk.sending(draft.id):
            yield

    # -- the record ----------------------------------------------------------------------------

    def _write(self) -> None:
        self._waits = False
        self._app.read(self.flush, lambda _: None, lambda _: None, for_anybody=True)

    def flush(self) -> None:
        """Write what changed, in a worker; what cannot be written is written with what changes next."""
        with self._writing:
            with self._guard:
                taken, self._changed = self._changed, {}
                self._writes += bool(taken)
            if not taken:
                return
            try:
                self._put(taken)
            except Exception:
                with self._guard:
                    self._changed = {**taken, **self._changed}
                raise
            finally:
                with self._guard:
                    self._writes += 1

    def _put(self, taken: Mapping[str, tuple[Viewer, Draft | None]]) -> None:
        room = self._app.desk.room
        if getattr(room, "db", None) is None:
            return
        from maoc_tui.desk import drafts as desk

        self._alive.hold()
        for viewer in {viewer for viewer, _ in taken.values()}:
            mine = {name: one for name, (whose, one) in taken.items() if whose == viewer}
            gone = [name for name, one in mine.items() if one is None]
            desk.keep(room, viewer, [one for one in mine.values() if one is not None], gone)

    def look(self) -> None:
        """Read what is there, in a worker, where something was committed since; at whatever terminal."""
        room, viewer = self._app.desk.room, self._app.desk.viewer
        if getattr(room, "db", None) is None:
            return
        from maoc_tui.desk import drafts as desk

        with suppress(Problem):
            seen = (room.db.data_version(), viewer, self._writes)
            if self._found is None or self._found.seen != seen:
                self._found = _Found(seen, desk.mine(room, viewer))

    def take_in(self) -> None:
        """Know what was read, unless this program has written since, or somebody else is here."""
        found = self._found
        with self._guard:
            current = found is not None and not self._changed and found.seen[2] == self._writes
        if found is not None and current and found.seen[1] == self._app.desk.viewer:
            self._mine = {one.id: one for one in found.drafts}

    def forget(self) -> None:
        """Somebody else looks from now on: nothing is offered until it was read anew."""
        self._mine, self._found = {}, None

    def close(self) -> None:
        """The program ends: what is open in it is written, and free to be offered again."""
        for draft in [one for one in self._mine.values() if one.held == self._alive.name]:
            self._mine[draft.id] = replace(draft, held="")
            self._change(draft.id, self._mine[draft.id])
        with suppress(Problem):
            self.flush()
        self._alive.close()
        self.forget()
