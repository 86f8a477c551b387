"""The register: every day has one standing, and no act reaches back over what was recorded before it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maoc_tui import resources
from maoc_tui.domain.partner_file import read_partners
from maoc_tui.domain.partner_rules import STATUSES
from maoc_tui.domain.partner_rules_file import read_rules
from maoc_tui.domain.partners import Register, StatusAct, midnight_ms

FOUNDERS = {"PT", "ES", "FR", "IE", "IT", "NL", "GB"}
DAY_MS = 86_400_000


@cache
def raw(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.data(name).read_text(encoding="utf-8"))


@cache
def shipped() -> tuple[Any, Any, Any]:
    rules, classes = read_rules(raw("partner_classes.toml"))
    return read_partners(raw("partners.toml"), rules, classes), rules, classes


def register(acts: Iterable[StatusAct] = (), only: str = "") -> Register:
    """The shipped register, of one partner alone where many are built, with recorded acts."""
    partners, rules, _ = shipped()
    return Register([entry for entry in partners if only in ("", entry.code)], rules, acts)


def ms(year: int, month: int, day: int) -> int:
    return int(datetime(year, month, day, tzinfo=UTC).timestamp() * 1000)


def act(status: str, since: date, recorded_ms: int, code: str = "BE", **more: Any) -> StatusAct:
    letter = shipped()[1][status].recipient_class or "A"
    return StatusAct(code, status, letter, since, "a letter", "why", "Rui Ferreira", recorded_ms, **more)


# -- what the shipped register says ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "day", "status", "letter"),
    [
        *[(code, (2007, 9, 30), "member", "B" if code == "GB" else "A") for code in sorted(FOUNDERS)],
        ("FR", (2007, 9, 29), "third", "G"),
        ("DE", (2022, 9, 30), "observer", "F"),
        ("DE", (2022, 12, 14), "prospective", "F"),
        ("DE", (2026, 11, 22), "prospective", "F"),
        ("BE", (2022, 9, 30), "third", "G"),
        ("BE", (2022, 12, 14), "prospective", "G"),
        ("BE", (2026, 11, 22), "prospective", "G"),
        ("US", (2010, 1, 1), "liaison", "C"),
        ("CV", (2022, 1, 1), "observer", "F"),
        ("MA", (2010, 1, 1), "observer", "F"),
        ("MA", (2022, 12, 14), "third", "G"),
        ("SR", (2022, 12, 14), "third", "G"),
        ("CO", (2022, 9, 30), "third", "G"),
        ("CO", (2022, 10, 1), "memorandum", "F"),
        ("EUROPOL", (2022, 1, 1), "eu_body", "D"),
        ("INTERPOL", (2022, 1, 1), "organisation", "E"),
        *[(code, (2022, 1, 1), "kingdom", "K") for code in ("AW", "CW", "SX", "BQ")],
        ("MAOC", (2022, 1, 1), "centre", "M"),
    ],
)
def test_what_each_was_on_a_day(code: str, day: tuple[int, int, int], status: str, letter: str) -> None:
    standing = register().standing(code, ms(*day))
    assert (standing.status, standing.recipient_class) == (status, letter)


def test_only_the_founders_are_members_until_somebody_confirms() -> None:
    assert register().members(ms(2026, 11, 22)) == FOUNDERS
    assert register().members(ms(2007, 9, 29)) == frozenset()


def test_reported_accessions_wait_with_their_source_and_the_conflict_noted() -> None:
    for code, on in (("DE", date(2024, 3, 31)), ("BE", date(2024, 7, 2))):
        report = register().standing(code, ms(2026, 11, 22)).report
        assert report is not None
        assert (report.status, report.on) == ("member", on)
        assert "maoc.eu" in report.source
    conflict = register().standing("BE", ms(2026, 11, 22)).report
    assert conflict is not None
    assert "2 June 2024" in conflict.note
    assert register().standing("DE", ms(2010, 1, 1)).report is None


def test_the_adequacy_of_the_united_kingdom_expires() -> None:
    (adequacy,) = [entry for entry in register().instruments("GB") if entry.kind == "adequacy"]
    assert adequacy.holds(date(2031, 12, 27))
    assert not adequacy.holds(date(2031, 12, 28))


def test_a_code_nobody_knows_may_do_nothing() -> None:
    standing = register().standing("XX", ms(2026, 1, 1))
    assert (standing.status, standing.reads, standing.named_from_ms) == ("unknown", False, None)


def test_members_alone_are_read_to_by_naming_and_may_lead() -> None:
    rules = shipped()[1]
    assert {status for status, rule in rules.items() if rule.naming_suffices} == {"centre", "member"}
    assert {status for status, rule in rules.items() if "LEAD" in rule.roles} == {"member"}
    assert {status for status, rule in rules.items() if not rule.reads} == {"suspended", "ended"}


# -- any line of acts ------------------------------------------------------------------------------

days = st.dates(date(2005, 1, 1), date(2035, 1, 1))
moments = st.integers(ms(2005, 1, 1), ms(2035, 1, 1))
acts_of_one = st.lists(
    st.tuples(st.sampled_from(sorted(set(STATUSES) - {"centre"})), days, st.integers(0, 30 * DAY_MS)),
    max_size=6,
)


def recorded(raw_acts: list[tuple[str, date, int]], code: str = "BE") -> list[StatusAct]:
    """Acts recorded one after the other, each some time after the one before."""
    at, made = ms(2024, 1, 1), []
    for status, since, later in raw_acts:
        at += later
        made.append(act(status, since, at, code))
    return made


@given(acts_of_one, st.sampled_from(["BE", "DE", "FR", "MA", "US"]), moments)
def test_any_instant_has_exactly_one_standing(raw_acts: Any, code: str, at: int) -> None:
    known = register(recorded(raw_acts, code), code)
    line = known.timeline(code)
    assert line[0].since is None
    assert line[-1].until is None
    for one, other in pairwise(line):
        assert one.until == other.since
    holding = [
        period
        for period in line
        if midnight_ms(period.since) <= at and (period.until is None or at < midnight_ms(period.until))
    ]
    assert [period.status for period in holding] == [known.standing(code, at).status]


def believed(acts: list[StatusAct], code: str, at: int) -> bool:
    """The oracle: whether at that very instant, by what was recorded before it, naming sufficed."""
    known = register((entry for entry in acts if entry.recorded_ms < at), code)
    return shipped()[1][known.standing(code, at).status].naming_suffices


def never_reaches_back(acts: list[StatusAct], code: str, then: int, named_from: int | None) -> None:
    """What naming may reach was recorded while the partner was already believed to be a member."""
    if named_from is None or named_from > then:
        return
    edges = {entry.recorded_ms for entry in acts}
    edges |= {midnight_ms(entry.since) for entry in acts} | {midnight_ms(date(2007, 9, 30))}
    for moment in (named_from, then, *(edge for edge in edges if named_from <= edge <= then)):
        assert believed(acts, code, moment)


@given(acts_of_one, st.sampled_from(["BE", "DE", "FR"]), moments)
def test_no_act_reaches_back_over_what_was_recorded_before_it(raw_acts: Any, code: str, then: int) -> None:
    acts = [entry for entry in recorded(raw_acts, code) if entry.recorded_ms <= then]
    never_reaches_back(acts, code, then, register(acts, code).standing(code, then).named_from_ms)


def test_planted_bug_naming_from_the_day_of_accession_is_caught() -> None:
    """The twin: a register that counts from the accession instead of from the act must fail the check above."""
    confirmed = act("member", date(2024, 7, 2), ms(2026, 11, 22), confirms=date(2024, 7, 2))
    then = ms(2026, 12, 1)
    wrong = midnight_ms(register([confirmed]).standing("BE", then).since)
    with pytest.raises(AssertionError):
        never_reaches_back([confirmed], "BE", then, wrong)


@given(acts_of_one, moments)
def test_a_further_act_never_makes_naming_reach_further_back(raw_acts: Any, then: int) -> None:
    acts = [entry for entry in recorded(raw_acts) if entry.recorded_ms <= then]
    for count in range(len(acts)):
        before = register(acts[:count], "BE").standing("BE", then).named_from_ms
        after = register(acts[: count + 1], "BE").standing("BE", then).named_from_ms
        if after is not None and after < acts[count].recorded_ms:
            assert before is not None
            assert before <= after


# -- confirming ------------------------------------------------------------------------------------


def test_confirming_counts_from_the_act_and_the_report_waits_no_more() -> None:
    at = ms(2026, 11, 22) + 3_600_000
    known = register([act("member", date(2024, 7, 2), at, confirms=date(2024, 7, 2))])
    standing = known.standing("BE", at)
    assert (standing.status, standing.since, standing.recipient_class) == ("member", date(2024, 7, 2), "A")
    assert standing.named_from_ms == at + 1
    assert standing.report is None
    assert known.members(at + 1) == {*FOUNDERS, "BE"}
    assert known.members(at) == FOUNDERS
    assert known.standing("BE", ms(2024, 7, 1)).status == "prospective"
    assert known.as_known(at - 1).standing("BE", at).status == "prospective"


def test_an_accession_confirmed_ahead_of_its_day_waits_for_it() -> None:
    known = register([act("member", date(2024, 7, 2), ms(2024, 1, 1), confirms=date(2024, 7, 2))])
    assert known.standing("BE", ms(2024, 7, 2) - 1).status == "prospective"
    assert known.standing("BE", ms(2024, 7, 2)).named_from_ms == ms(2024, 7, 2)


def test_a_member_suspended_and_taken_back_begins_anew() -> None:
    acts = [
        act("suspended", date(2024, 1, 1), ms(2024, 1, 1), "FR"),
        act("member", date(2024, 6, 1), ms(2024, 6, 1), "FR"),
    ]
    known = register(acts)
    assert not known.standing("FR", ms(2024, 3, 1)).reads
    assert known.standing("FR", ms(2024, 7, 1)).named_from_ms == ms(2024, 6, 1) + 1


def test_a_suspension_taken_back_for_good_does_not_open_what_was_recorded_meanwhile() -> None:
    acts = [
        act("suspended", date(2024, 1, 1), ms(2024, 1, 1), "FR"),
        act("member", date(2024, 1, 1), ms(2024, 6, 1), "FR"),
    ]
    standing = register(acts).standing("FR", ms(2024, 7, 1))
    assert (standing.status, standing.named_from_ms) == ("member", ms(2024, 6, 1) + 1)


def test_the_first_day_of_a_status_begins_at_midnight_zulu() -> None:
    known = register()
    last = ms(2022, 10, 1) - 1
    assert known.standing("BE", last).status == "third"
    assert known.standing("BE", last + 1).status == "prospective"
    assert timedelta(milliseconds=ms(2022, 10, 1) - ms(2022, 9, 30)) == timedelta(days=1)


# -- faults in the files ---------------------------------------------------------------------------


def broken(**changes: Any) -> dict[str, Any]:
    row = {"code": "XY", "name": "Nowhere", "kind": "state", "class": "G"}
    row["periods"] = [{"status": "third", "source": ["TRB"], "check": "V"}]  # type: ignore[assignment]
    centre = next(entry for entry in raw("partners.toml")["partner"] if entry["code"] == "MAOC")
    return {**raw("partners.toml"), "partner": [centre, row | changes], "report": [], "instrument": []}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"code": "x!"}, "partner x!, code"),
        ({"class": "Q"}, "partner XY, class: 'Q' is not known"),
        ({"kind": "planet"}, "partner XY, kind: 'planet'"),
        ({"periods": []}, "partner XY, periods: is missing"),
        ({"periods": [{"status": "lord", "source": ["TRB"], "check": "V"}]}, "status: 'lord' is not known"),
        ({"periods": [{"status": "third", "source": ["NOPE"], "check": "V"}]}, "source: 'NOPE' is not known"),
        ({"periods": [{"status": "third", "source": ["TRB"], "check": "C"}]}, "check: 'C' is not known"),
        ({"periods": [{"status": "third", "from": "2022-13", "source": ["TRB"], "check": "V"}]}, "no month"),
        (
            {"periods": [{"status": "third", "from": 5, "source": ["TRB"], "check": "V"}]},
            "from: 5 is not a day",
        ),
        (
            {
                "periods": [
                    {"status": "third", "from": "2022", "source": ["TRB"], "check": "V"},
                    {"status": "observer", "from": "2021", "source": ["TRB"], "check": "V"},
                ]
            },
            "observer does not begin after the one before it",
        ),
        (
            {
                "periods": [
                    {"status": "third", "from": "2022", "source": ["TRB"], "check": "V"},
                    {"status": "observer", "source": ["TRB"], "check": "V"},
                ]
            },
            "only the first may lack",
        ),
    ],
)
def test_a_fault_names_entry_field_and_reason(changes: dict[str, Any], said: str) -> None:
    _, rules, classes = shipped()
    with pytest.raises(ValueError) as fault:  # noqa: PT011 - the words are looked at below
        read_partners(broken(**changes), rules, classes)
    assert said in str(fault.value)


@pytest.mark.parametrize(
    ("status", "changes", "said"),
    [
        ("member", {"reads": "yes"}, "status member, reads: is not true or false"),
        ("member", {"roles": ["KING"]}, "status member, roles: 'KING' is not known"),
        ("ended", {"naming_suffices": True}, "status ended, naming_suffices: reads is false"),
        ("third", {"directory": "all"}, "status third, directory: 'all' is not known"),
    ],
)
def test_a_fault_in_the_table_of_statuses_is_named(status: str, changes: dict[str, Any], said: str) -> None:
    table = raw("partner_classes.toml")
    wrong = {**table, "status": {**table["status"], status: table["status"][status] | changes}}
    with pytest.raises(ValueError, match="status") as fault:
        read_rules(wrong)
    assert said in str(fault.value)
