"""What a viewer asks again is not prepared again: the screen asks the same things every second, through many views."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from gate_world import World, filled, officer, world

from maoc_tui.store import driver, gate


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often the authorizer was asked: only while a statement is prepared."""
    asked, right = [0], gate._authorizer

    def counting(*given: Any) -> Any:
        judge = right(*given)

        def count(*what: Any) -> int:
            asked[0] += 1
            return int(judge(*what))

        return count

    monkeypatch.setattr(gate, "_authorizer", counting)
    return asked


def costs(made: World, judged: list[int]) -> list[int]:
    """What preparing costs in each of four readings of the same tables."""
    found = []
    for _ in range(4):
        before = judged[0]
        with made.db.reading(officer("ES")) as conn:
            for name in ("target", "identity_fact", "sighting", "request", "log_line"):
                conn.exec_driver_sql(f"SELECT id FROM {name}").fetchall()
        found.append(judged[0] - before)
    return found


def test_a_statement_of_a_viewer_is_prepared_once(tmp_path: Path, judged: list[int]) -> None:
    with world(tmp_path / "maoc.db") as made:
        first, *later = costs(filled(made), judged)
    assert first > 100
    assert max(later) < 10, "every reading prepares its statements anew"


def test_a_cache_full_of_views_is_found(
    tmp_path: Path, judged: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: the driver's usual hundred."""
    monkeypatch.setattr(driver, "_STATEMENTS", 100)
    with world(tmp_path / "maoc.db") as made:
        _, *later = costs(filled(made), judged)
    assert max(later) > 100
