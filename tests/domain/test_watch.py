"""The watch as values: what a line means, who may take over, what stands against signing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maoc_tui.domain import watch
from maoc_tui.domain.handover import Answer, Item, Verdict, against, with_answers
from maoc_tui.domain.releases import By
from maoc_tui.domain.watch import How, Term, last_held
from maoc_tui.domain.watch_lines import understood
from maoc_tui.domain.watch_rules import KINDS, shipped
from maoc_tui.problems import BadInput, Problem

NOW = datetime(2022, 12, 14, 3, 7, 41, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "at", "due", "kind", "text"),
    [
        ("0251 rang Dakar", "0251", None, "NOTE", "rang Dakar"),
        ("0500Z call Dakar", None, "140500", "NOTE", "0500Z call Dakar"),
        ("05:00 call Dakar", None, "140500", "NOTE", "05:00 call Dakar"),
        ("call Dakar 0500Z", None, "140500", "NOTE", "call Dakar 0500Z"),
        ("rang at 0200Z, again 0600Z", None, "140600", "NOTE", "rang at 0200Z, again 0600Z"),
        ("rang at 0200Z, no answer", None, None, "NOTE", "rang at 0200Z, no answer"),
        ("2355Z rang PT", "2355", None, "NOTE", "rang PT"),
        ("0325 call Rabat", None, "140325", "NOTE", "0325 call Rabat"),
        ("160900Z meeting", None, "160900", "NOTE", "160900Z meeting"),
        ("worry: no word from Alfa", None, None, "WORRY", "no word from Alfa"),
        ("wx: gale from 0600Z", None, "140600", "WEATHER", "gale from 0600Z"),
        ("sea: 4 m", None, None, "WEATHER", "4 m"),
        ("Dakar: no answer", None, None, "NOTE", "Dakar: no answer"),
        ("1500 m astern", None, None, "NOTE", "1500 m astern"),
    ],
)
def test_a_line_says_what_happened_or_what_is_promised(line, at, due, kind, text):
    said = understood(line, NOW, shipped())
    assert (f"{said.at:%H%M}" if said.at else None) == at
    assert (f"{said.due:%d%H%M}" if said.due else None) == due
    assert (said.kind, said.text) == (kind, text)


@given(st.integers(0, 24 * 60 - 1), st.integers(0, 24 * 60 - 1))
def test_a_time_of_day_is_a_promise_where_it_is_nearer_ahead(minute: int, now: int) -> None:
    """The oracle: minutes around a clock face."""
    moment = datetime(2022, 12, 14, tzinfo=UTC) + timedelta(minutes=now)
    ahead = (minute - now) % (24 * 60)
    said = understood(f"call {minute // 60:02}{minute % 60:02}Z", moment, shipped())
    if 5 < ahead < 12 * 60:
        assert said.due == moment + timedelta(minutes=ahead)
    elif ahead > 12 * 60 or ahead == 0:
        assert said.due is None


def term(seq: int, how: How, name: str = "", at: int = 0) -> Term:
    return Term(seq, how, By(name, name, "MAOC", at) if name else None, at, "", name)


def test_who_may_do_what_after_each_term():
    held, left = term(1, How.TAKEN, "rui"), term(2, How.LEFT)
    allowed = {
        (before, how, who)
        for before in (None, held, left)
        for how in How
        for who in ("rui", "ana")
        if not _refused(before, how, who)
    }
    assert allowed == {
        *((before, How.TAKEN, who) for before in (None, left) for who in ("rui", "ana")),
        (held, How.LEFT, "rui"),
        (held, How.GONE, "ana"),
        (held, How.HANDED, "ana"),
    }


def _refused(before: Term | None, how: How, who: str) -> bool:
    try:
        watch.check(before, how, who, who)
    except BadInput:
        return True
    return False


def test_an_officers_last_watch_ends_with_the_next_term():
    every = [term(1, How.TAKEN, "rui", 10), term(2, How.HANDED, "ana", 20), term(3, How.LEFT, "", 30)]
    assert last_held(every, "rui", "rui") == (10, 20)
    assert last_held(every, "ana", "ana") == (20, 30)
    assert last_held(every[:2], "ana", "ana") == (20, 1 << 62)
    assert last_held(every, "wilk", "wilk") is None


def item(key: str = "clock CK-0007", text: str = "due", red: str = "due soon") -> Item:
    return Item(key, "clocks", "+", key.split()[-1], text, red)


def said(of: Item, *verdicts: Verdict) -> list[Answer]:
    return [Answer(of.key, of.digest, verdict, "words", "ana", 0) for verdict in verdicts]


@pytest.mark.parametrize(
    ("verdicts", "free"),
    [
        ((), False),
        ((Verdict.TAKEN,), True),
        ((Verdict.QUESTION,), False),
        ((Verdict.QUESTION, Verdict.ANSWERED), True),
        ((Verdict.QUESTION, Verdict.OWNED), True),
        ((Verdict.TAKEN, Verdict.REFUSED), False),
        ((Verdict.REFUSED, Verdict.TAKEN), True),
    ],
)
def test_what_stands_against_signing(verdicts, free):
    one = item()
    assert (against(with_answers([one], said(one, *verdicts))) == ()) is free


def test_what_is_not_red_may_be_passed_by_but_not_with_a_question_open():
    one = item(red="")
    assert against(with_answers([one], [])) == ()
    assert against(with_answers([one], said(one, Verdict.QUESTION))) != ()


def test_an_item_that_changed_is_walked_anew_and_its_question_stays():
    before, after = item(text="due 0500Z"), item(text="due 0400Z")
    assert against(with_answers([after], said(before, Verdict.TAKEN))) != ()
    assert "open question" in against(with_answers([after], said(before, Verdict.QUESTION)))[0]
    assert "open question" in against(with_answers([], said(before, Verdict.QUESTION)))[0]
    assert against(with_answers([], said(before, Verdict.QUESTION, Verdict.ANSWERED))) == ()


def test_the_rules_ship_whole_and_a_fault_is_named(tmp_path: Path):
    assert set(shipped().titles) == set(KINDS)
    raw = (Path(__file__).resolve().parents[2] / "data" / "watch.toml").read_text()
    for old, new, named in (
        ("red_hours = 4", "red_hours = 0", "red_hours"),
        ('"boarded"', '"aboard"', "manoeuvre"),
        ('kind = "WORRY"', 'kind = "FEAR"', "FEAR"),
        ("nearer_hours = 12", "nearer_hours = 13", "nearer_hours"),
        ('"weather", "wx"', '"weather", "worry"', "worry"),
    ):
        path = tmp_path / f"{named}.toml"
        path.write_text(raw.replace(old, new))
        with pytest.raises(Problem, match=named):
            shipped(path)
