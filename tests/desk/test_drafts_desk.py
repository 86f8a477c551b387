"""Drafts are one officer's own: gone in the transaction that sends them, and in no search, journal or diagnostics."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from liaison_room import COORDINATOR, add_target, open_room, viewer

from maoc_tui.desk import diagnostics, drafts, search, targets
from maoc_tui.desk.room import Room
from maoc_tui.domain.drafts import Draft
from maoc_tui.domain.viewer import WATCH
from maoc_tui.problems import BadInput, StoreProblem
from maoc_tui.settings import Settings
from maoc_tui.store import drafts as store

CANARY = "KITTIWAKE"
ES = viewer("ES")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = open_room(tmp_path)
    yield made
    made.close()


def draft(room: Room, about: str = "", **given: Any) -> Draft:
    usual = {
        "id": uuid4().hex,
        "form": "designation",
        "values": {"designation": CANARY},
        "saw": {"designation": ""},
    }
    return Draft(about=about, at_ms=room.clock.now_ms(), **{**usual, **given})


def test_what_is_sent_and_its_draft_are_one_and_what_is_refused_leaves_it(room: Room) -> None:
    ref = add_target(room, origin="MAOC", rel="ES")
    made = draft(room, ref)
    drafts.keep(room, COORDINATOR, [made])
    assert drafts.mine(room, COORDINATOR) == (made,)
    with drafts.sending(made.id), pytest.raises(BadInput):
        targets.rename(room, COORDINATOR, ref, CANARY, "")
    with drafts.sending(made.id):
        targets.opened(
            room, COORDINATOR, ref
        )  # notes in the journal that it was looked at, and sends nothing
    assert drafts.mine(room, COORDINATOR) == (made,)
    with drafts.sending(made.id):
        targets.rename(room, COORDINATOR, ref, CANARY, "heard so")
    targets.rename(room, COORDINATOR, ref, "other", "without a draft")
    assert drafts.mine(room, COORDINATOR) == ()


def test_a_draft_about_what_is_hidden_now_is_not_told_and_comes_back_with_it(room: Room) -> None:
    seen, hidden = add_target(room, origin="ES", rel=""), add_target(room, origin="FR", rel="")
    mine = [draft(room, seen), draft(room, hidden), draft(room, form="free")]
    drafts.keep(room, ES, mine)
    assert {one.about for one in drafts.mine(room, ES)} == {seen, ""}
    assert drafts.mine(room, COORDINATOR) == drafts.mine(room, WATCH) == ()
    with pytest.raises(StoreProblem), room.db.reading(ES) as conn:
        conn.exec_driver_sql("SELECT words FROM draft").fetchall()


def test_nothing_of_a_draft_is_in_the_journal_the_search_or_the_diagnostics(room: Room) -> None:
    drafts.keep(room, COORDINATOR, [draft(room)])
    with room.db.reading_whole() as conn:
        for table in ("journal", "search_entry", "undo_act"):
            assert CANARY not in str(conn.exec_driver_sql(f"SELECT * FROM {table}").fetchall())
    assert search.search(room, COORDINATOR, CANARY).groups == ()
    told = diagnostics.bundle(
        lambda: Room(room.db, room.clock, Settings()), room.db.path, Settings(), Path("/none")
    )
    assert CANARY not in json.dumps(told)


def test_the_oldest_drafts_of_an_officer_are_let_go_and_nobody_elses(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "KEPT", 2)
    drafts.keep(room, ES, [draft(room)])
    old = draft(room, form="old")
    drafts.keep(room, COORDINATOR, [old])
    late = [draft(room, form=name) for name in ("a", "b")]
    drafts.keep(room, COORDINATOR, late)
    assert {one.form for one in drafts.mine(room, COORDINATOR)} == {"a", "b"}
    assert len(drafts.mine(room, ES)) == 1
