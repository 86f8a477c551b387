"""The partners desk: what a coordinator confirms, what that changes, and what it leaves as it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from liaison_room import AT_WORK, COORDINATOR, DAY, add_target, open_room, viewer
from target_room import NOW

from maoc_tui.desk import journal, partners, targets
from maoc_tui.desk.partner_register import shipped
from maoc_tui.desk.room import Room
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import WATCH, Viewer
from maoc_tui.problems import BadInput, NotPermitted, Problem


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = open_room(tmp_path, AT_WORK)
    yield made
    made.close()


def seen(room: Room, who: Viewer) -> set[str]:
    return {row.ref for row in targets.listing(room, who)}


def test_confirming_opens_what_is_recorded_afterwards_and_nothing_before(room: Room) -> None:
    """The clock stands still: what bears the very instant of the act is not open either."""
    belgian = viewer("BE")
    before = add_target(room, "recorded before", rel="BE")
    assert seen(room, belgian) == set()
    change = partners.confirm(room, COORDINATOR, "be", "instrument read")
    assert change.since == date(2024, 7, 2)
    assert any("Nothing recorded before" in sentence for sentence in change.sentences)
    room.clock.set_to(AT_WORK + 1)  # type: ignore[attr-defined]
    after = add_target(room, "recorded after", rel="BE")
    assert seen(room, belgian) == {after}
    assert before not in seen(room, belgian)


def test_planted_bug_a_register_that_counts_from_the_accession_would_leak(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: with the day of accession in place of the act the test above fails."""
    from maoc_tui.domain.partners import Register, midnight_ms

    def wrong(self: Register, code: str, at_ms: int) -> int | None:
        return midnight_ms(self.timeline(code)[-1].since)

    monkeypatch.setattr(Register, "_named_from", wrong)
    before = add_target(room, "recorded before", rel="BE")
    partners.confirm(room, COORDINATOR, "BE", "instrument read")
    assert before in seen(room, viewer("BE"))


def test_looking_at_what_confirming_would_change_writes_nothing(room: Room) -> None:
    shown = partners.confirming(room, COORDINATOR, "DE")
    assert not shown.recorded
    assert partners.partner(room, COORDINATOR, "DE").report is not None
    done = partners.confirm(room, COORDINATOR, "DE", "instrument read")
    assert done.sentences == shown.sentences


@pytest.mark.parametrize("code", ["FR", "US", "MAOC"])
def test_where_nothing_is_reported_nothing_is_confirmed(room: Room, code: str) -> None:
    with pytest.raises(BadInput, match="Nothing is reported"):
        partners.confirm(room, COORDINATOR, code, "because")


def test_an_accession_is_confirmed_once(room: Room) -> None:
    partners.confirm(room, COORDINATOR, "DE", "read")
    with pytest.raises(BadInput, match="Nothing is reported"):
        partners.confirm(room, COORDINATOR, "DE", "read again")


@pytest.mark.parametrize(
    "role", [Role.LIAISON, Role.ANALYST, Role.RELEASER, Role.AUDITOR, Role.ADMINISTRATOR]
)
def test_only_a_coordinator_confirms_and_edits(room: Room, role: Role) -> None:
    other = viewer("PT", role)
    with pytest.raises(NotPermitted):
        partners.confirm(room, other, "BE", "read")
    with pytest.raises(NotPermitted):
        partners.set_status(room, other, "FR", "suspended", "letter", "why")
    with pytest.raises(NotPermitted):
        partners.set_instrument(room, other, "FR", "memorandum", "M", "s", "r")
    with pytest.raises(NotPermitted):
        partners.add(room, other, "SL", "Sierra Leone", "state", "third", "s", "r")


def test_the_act_is_one_entry_of_the_journal(room: Room) -> None:
    partners.confirm(room, COORDINATOR, "BE", "instrument read")
    (entry,) = journal.entries(room, viewer("MAOC", Role.AUDITOR), action="confirm")
    assert (entry.who, entry.kind, entry.ref, entry.reason) == (
        COORDINATOR.name,
        "partner",
        "BE",
        "instrument read",
    )
    assert "prospective -> member from 2024-07-02" in entry.detail


def test_a_confirmation_ahead_of_its_day_says_so_and_waits(tmp_path: Path) -> None:
    early = open_room(tmp_path, NOW)
    change = partners.confirm(early, COORDINATOR, "BE", "announced")
    assert any("still to come" in sentence for sentence in change.sentences)
    assert partners.partner(early, COORDINATOR, "BE").status == "prospective"
    assert partners.partner(early, COORDINATOR, "BE", AT_WORK).status == "member"
    early.close()


def test_as_of_and_as_known_tell_apart_what_held_and_what_was_recorded(room: Room) -> None:
    partners.confirm(room, COORDINATOR, "DE", "read")
    summer = AT_WORK - 800 * DAY
    assert partners.partner(room, COORDINATOR, "DE", summer).status == "member"
    known = partners.partners(room, COORDINATOR, summer, known_ms=AT_WORK - 1)
    assert {line.code: line.status for line in known}["DE"] == "prospective"


def test_a_suspended_partner_is_shown_nothing_at_once(room: Room) -> None:
    ref = add_target(room, rel="FR")
    french = viewer("FR")
    assert seen(room, french) == {ref}
    partners.set_status(room, COORDINATOR, "FR", "suspended", "letter", "why")
    assert seen(room, french) == set()


def test_the_same_status_again_is_no_change(room: Room) -> None:
    with pytest.raises(BadInput, match="already"):
        partners.set_status(room, COORDINATOR, "FR", "member", "letter", "why")
    with pytest.raises(BadInput):
        partners.set_status(room, COORDINATOR, "MAOC", "ended", "letter", "why")
    with pytest.raises(BadInput):
        partners.set_status(room, COORDINATOR, "FR", "centre", "letter", "why")


def test_a_partner_the_register_lacks_can_be_added_and_then_changed(room: Room) -> None:
    partners.add(room, COORDINATOR, "sl", "Sierra Leone", "state", "third", "own knowledge", "asked to help")
    assert partners.partner(room, COORDINATOR, "SL").name == "Sierra Leone"
    partners.set_status(room, COORDINATOR, "SL", "memorandum", "the memorandum", "signed")
    made = partners.set_instrument(
        room, COORDINATOR, "SL", "memorandum", "MoU", "it", "signed", until="2030-01-01"
    )
    line = partners.partner(room, COORDINATOR, "SL")
    assert (line.status, line.recipient_class) == ("memorandum", "F")
    assert line.instruments == (made,)
    with pytest.raises(BadInput, match="already"):
        partners.add(room, COORDINATOR, "FR", "France", "state", "third", "s", "r")


def test_an_instrument_of_the_same_title_takes_the_place_of_the_one_before(room: Room) -> None:
    (shipped_one,) = [
        i for i in partners.partner(room, COORDINATOR, "GB").instruments if i.kind == "adequacy"
    ]
    partners.set_instrument(
        room, COORDINATOR, "GB", "adequacy", shipped_one.title, "the decision", "extended", until="2035-12-27"
    )
    (now,) = [i for i in partners.partner(room, COORDINATOR, "GB").instruments if i.kind == "adequacy"]
    assert now.until == date(2035, 12, 27)


def test_other_programs_see_the_act_at_once(room: Room, tmp_path: Path) -> None:
    from maoc_tui.domain.clock import ScenarioClock
    from maoc_tui.settings import Settings
    from maoc_tui.store.database import Database

    other = Room(Database.open(tmp_path / "maoc.db"), ScenarioClock(AT_WORK, 0.0), Settings())
    assert "BE" not in other.register.members(AT_WORK)
    partners.confirm(room, COORDINATOR, "BE", "read")
    assert "BE" in other.register.members(AT_WORK + 1)
    other.close()


def test_a_fault_in_the_file_names_it(tmp_path: Path) -> None:
    from maoc_tui import resources

    for name in ("partners.toml", "partner_classes.toml"):
        (tmp_path / name).write_text(resources.data(name).read_text(encoding="utf-8"), encoding="utf-8")
    wrong = (
        (tmp_path / "partners.toml")
        .read_text(encoding="utf-8")
        .replace('status = "liaison"', 'status = "lord"')
    )
    (tmp_path / "partners.toml").write_text(wrong, encoding="utf-8")
    with pytest.raises(Problem) as fault:
        shipped(tmp_path)
    assert "partners.toml: partner US, status: 'lord' is not known" in fault.value.message


@pytest.mark.parametrize(
    "text", ["EVIL[/red]\x1b]52;c;QQ==\x07", "x" * 5000, "\u202eabc"], ids=["escape", "long", "bidi"]
)
def test_what_is_typed_is_cleaned_or_refused(room: Room, text: str) -> None:
    def typed(*_: Any) -> str:
        partners.confirm(room, COORDINATOR, "BE", text)
        return partners.partner(room, WATCH, "BE").note

    if len(text) > 400:
        with pytest.raises(BadInput):
            typed()
    else:
        assert "\x1b" not in typed()
        assert "\u202e" not in partners.partner(room, WATCH, "BE").note
