"""The rules of the ledger: which weight is quoted, that sums count each event once, and what is in doubt."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maoc_tui import resources
from maoc_tui.domain import seizure_figures, seizure_terms
from maoc_tui.domain.credits import format_shares
from maoc_tui.domain.custody import chains, holder
from maoc_tui.domain.headcounts import accounts
from maoc_tui.domain.marking import default
from maoc_tui.domain.seizure_doubts import doubts, likely_twice
from maoc_tui.domain.seizure_figures import GROUPS, counted, credit, table
from maoc_tui.domain.seizures import (
    Event,
    Fate,
    Find,
    Persons,
    Stated,
    Transfer,
    Weighing,
    shown_weight,
    standing,
)
from maoc_tui.domain.spans import Span
from maoc_tui.problems import Problem

TERMS = seizure_terms.shipped()
BASES = tuple(TERMS.bases)
DAY = 86_400_000
OURS = default("MAOC")


def said(at: int = 0, source: str = "PJ", **more) -> dict:
    return {
        "id": str(uuid4()),
        "at_ms": at,
        "source": source,
        "by": "x",
        "entered_ms": at,
        "marking": OURS,
        **more,
    }


def weight(grams: int, basis: str, at: int = 0, official: bool = True, find: int = 1, **more) -> Weighing:
    return Weighing(**said(at, **more), find=find, grams=grams, said="", basis=basis, official=official)


def stated(what: str, value: str, at: int = 0, **more) -> Stated:
    return Stated(**said(at, **more), what=what, value=value)


def found(number: int = 1, fate: Fate = Fate.SEIZED, substance: str = "COCAINE", **more) -> Find:
    return Find(**said(**more), number=number, substance=substance, fate=fate)


def event(number: int = 1, day: int = 0, **lines) -> Event:
    when = Span(day * DAY, (day + 1) * DAY)
    return Event(uuid4(), number, "", "", when, "", "x", 0, OURS, **lines)


@pytest.mark.parametrize(
    ("weights", "quoted"),
    [
        ([weight(4000, "ESTIMATED"), weight(3281, "GROSS", 5)], 3281),
        ([weight(3281, "GROSS", 5), weight(4000, "ESTIMATED", 9)], 3281),
        ([weight(3100, "NET", 5), weight(3281, "GROSS", 9)], 3100),
        ([weight(3100, "NET", 5), weight(3090, "NET", 7)], 3090),
        ([weight(3100, "NET", 5, official=False), weight(4000, "ESTIMATED", 1)], 4000),
        ([weight(3100, "NET", 5, official=False), weight(3200, "GROSS", 9, official=False)], 3100),
        ([], None),
    ],
)
def test_the_quoted_weight_is_official_then_net_then_the_newest(weights, quoted) -> None:
    shown = shown_weight(weights, BASES)
    assert (shown.grams if shown else None) == quoted


weights_drawn = st.builds(
    weight,
    st.integers(1, 10**7),
    st.sampled_from(BASES),
    st.integers(0, 50),
    st.booleans(),
    st.integers(1, 3),
)
finds_drawn = st.lists(
    st.tuples(st.sampled_from(list(Fate)), st.sampled_from(["COCAINE", "HEROIN", "SUSPECTED"])), max_size=3
)


@st.composite
def events_drawn(draw):
    """Ledgers of up to six events, with finds, weights and some counted as others."""
    made = []
    for number in range(1, draw(st.integers(1, 6)) + 1):
        finds = tuple(found(n, *kind) for n, kind in enumerate(draw(finds_drawn), 1))
        same = draw(st.sampled_from([0, 0, 0, 1, 2, 3]))
        lines = [stated("LEAD", draw(st.sampled_from(["ES", "FR"])))] if draw(st.booleans()) else []
        lines += [stated("SAME_AS", f"SZ-{same:04d}")] if same and same != number else []
        made.append(
            event(
                number,
                draw(st.integers(0, 900)),
                finds=finds,
                weighings=tuple(w for w in draw(st.lists(weights_drawn, max_size=6)) if w.find <= len(finds)),
                stated=tuple(lines),
            )
        )
    return made


def by_hand(events) -> dict[str, int]:
    """An independent sum of what is seized, by substance: sorted from the worst to the best and the last taken."""
    sums: dict[str, int] = defaultdict(int)
    trust = {"ESTIMATED": 0, "GROSS": 1, "NET": 2}
    for one in events:
        for find in one.finds:
            held = [w for w in one.weighings if w.find == find.number]
            for key in (
                lambda w: w.entered_ms,
                lambda w: w.at_ms,
                lambda w: trust[w.basis],
                lambda w: w.official,
            ):
                held.sort(key=key)
            if held and find.fate is Fate.SEIZED:
                sums[find.substance] += held[-1].grams
    return {key: total for key, total in sums.items() if total}


@given(events_drawn(), st.sampled_from(GROUPS))
def test_rows_add_to_the_total_and_each_event_is_counted_once(ledger, by) -> None:
    every = counted(ledger)
    rows, total = table(every, by, TERMS)
    assert total.n == len(every)
    assert len({one.number for one in every}) == len(every)
    for part in ("seized", "jettisoned"):
        for kind in ("weighed_g", "estimated_g"):
            assert sum(getattr(getattr(row, part), kind) for row in rows) == getattr(
                getattr(total, part), kind
            )
    assert sum(row.unweighed for row in rows) == total.unweighed
    assert set().union(*(row.events for row in rows)) <= total.events


@given(events_drawn())
def test_sums_are_those_of_an_independent_count(ledger) -> None:
    every = counted(ledger)
    rows, _ = table(every, "substance", TERMS)
    assert {row.key: row.seized.total_g for row in rows if row.seized.total_g} == by_hand(every)


@given(events_drawn(), st.randoms())
def test_the_order_of_events_changes_no_figure(ledger, random) -> None:
    shuffled = list(ledger)
    random.shuffle(shuffled)
    sums = [table(counted(one), "substance", TERMS)[1].seized for one in (ledger, shuffled)]
    assert sums[0] == sums[1]


@given(events_drawn())
def test_of_events_said_to_be_the_same_exactly_one_counts(ledger) -> None:
    """Whatever points to whatever, in circles too: every group of reports is counted under one number."""
    held = {one.number: one for one in ledger}
    numbers = {one.number for one in counted(ledger)}
    for one in ledger:
        chain = {one.number}
        while (to := int((held[one.number].value("SAME_AS") or "SZ-0")[3:])) in held and to not in chain:
            chain.add(to)
            one = held[to]
        assert len(chain & numbers) == 1


def test_counting_a_second_report_too_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin."""
    twice = [
        event(1, finds=(found(),), weighings=(weight(3_000_000, "NET"),)),
        event(
            2, finds=(found(),), weighings=(weight(3_000_000, "NET"),), stated=(stated("SAME_AS", "SZ-0001"),)
        ),
    ]
    assert table(counted(twice), "substance", TERMS)[1].seized.total_g == 3_000_000
    monkeypatch.setattr(seizure_figures, "_same_as", lambda event: 0)
    assert table(counted(twice), "substance", TERMS)[1].seized.total_g == 6_000_000


def test_jettisoned_and_estimated_stand_apart() -> None:
    one = event(
        finds=(found(1), found(2, Fate.JETTISONED), found(3)),
        weighings=(weight(2_000_000, "NET"), weight(500_000, "ESTIMATED", find=2)),
    )
    _, total = table([one], "substance", TERMS)
    assert (total.seized.weighed_g, total.seized.estimated_g) == (2_000_000, 0)
    assert (total.jettisoned.weighed_g, total.jettisoned.estimated_g) == (0, 500_000)
    assert (total.disrupted_g, total.unweighed, total.n) == (2_500_000, 1, 1)


def test_an_event_with_nothing_found_is_counted_and_adds_nothing() -> None:
    rows, total = table([event(stated=(stated("LEAD", "ES"),))], "lead", TERMS)
    assert [(row.key, row.n, row.disrupted_g) for row in rows] == [("ES", 1, 0)]
    assert total.n == 1


@given(st.lists(st.lists(st.integers(1, 5), min_size=1, max_size=4), max_size=6))
def test_credits_of_all_partners_add_to_the_number_of_events(parts) -> None:
    codes = ["ES", "FR", "GB", "PT"]
    made = []
    for number, each in enumerate(parts, 1):
        shares = {code: Fraction(part, sum(each)) for code, part in zip(codes, each, strict=False)}
        made.append(event(number, stated=(stated("CREDIT_ASSET", format_shares(shares)),)))
    (asset,) = [one for one in credit(made) if one.kind == "CREDIT_ASSET"]
    assert sum(asset.shares.values()) == asset.n == len(parts)


def test_no_other_partner_changes_who_led() -> None:
    foreign = replace(stated("LEAD", "GB", at=99), marking=default("GB"))
    one = event(stated=(stated("LEAD", "ES", at=1), foreign))
    assert one.value("LEAD") == "ES"
    assert [line.value for line in one.of("LEAD")] == ["ES", "GB"]
    assert "conflicting-lead" in {doubt.kind for doubt in doubts(one, TERMS)}


def test_counts_of_several_sources_are_never_added_up() -> None:
    held = accounts(
        [
            Persons(**said(1, "first report"), condition="ARRESTED", count=8),
            Persons(**said(2, "PJ"), condition="ARRESTED", nationality="BR", count=6, official=True),
            Persons(**said(2, "PJ"), condition="ARRESTED", nationality="ES", count=4, official=True),
            Persons(**said(3, "pj"), condition="ARRESTED", nationality="ES", count=3, official=True),
            Persons(**said(9, "press"), condition="ARRESTED", count=12),
        ]
    )
    assert [(one.source, one.total) for one in held] == [("pj", 9), ("press", 12), ("first report", 8)]
    assert held[0].nationalities == (("BR", 6), ("ES", 3))


def test_nationalities_that_exceed_the_total_are_in_doubt() -> None:
    one = event(
        persons=(
            Persons(**said(), condition="ARRESTED", count=3),
            Persons(**said(), condition="ARRESTED", nationality="BR", count=4),
        )
    )
    assert accounts(one.persons)[0].total == 3
    assert "persons-add-up" in {doubt.kind for doubt in doubts(one, TERMS)}


def transfer(at: int, giver: str, taker: str, seal: str = "A1", **more) -> Transfer:
    return Transfer(**said(at, **more), item="SF-0001", giver=giver, taker=taker, seal=seal)


def test_a_chain_of_custody_says_where_it_breaks() -> None:
    (links,) = chains(
        [
            transfer(3, "navy", "lab", "B7"), transfer(1, "", "boarding team"), transfer(2, "Boarding Team", "navy"),
            transfer(4, "police", "court", "B7"), transfer(5, "court", "lab", "C1", text="opened for sampling"),
        ]
    ).values()  # fmt: skip
    assert [link.gap for link in links] == [
        "", "", "seal B7, before it A1; no reason is given", "given by police, last held by lab", "",
    ]  # fmt: skip
    assert holder(links) == "lab"


def test_what_stands_in_doubt_is_said() -> None:
    one = event(
        finds=(found(1), found(2), found(3, substance="SUSPECTED")),
        weighings=(
            weight(3_000_000, "ESTIMATED"), weight(4_000_000, "ESTIMATED"), weight(1000, "NET", find=2, official=False),
        ),
    )  # fmt: skip
    kinds = {doubt.kind for doubt in doubts(one, TERMS)}
    assert kinds == {
        "estimate-only", "conflicting-weight", "unofficial", "no-weight", "untested", "no-persons", "no-lead",
        "no-flag",
    }  # fmt: skip
    whole = event(
        finds=(found(),),
        weighings=(weight(3_000_000, "NET"),),
        persons=(Persons(**said(), condition="ARRESTED", count=0),),
        stated=(stated("LEAD", "ES"), stated("FLAG", "PA")),
    )
    assert doubts(whole, TERMS) == ()


def test_two_reports_of_one_seizure_are_pointed_out() -> None:
    one = event(1, 10, stated=(stated("VESSEL", "Sea Rose"),))
    other = event(2, 12, stated=(stated("VESSEL", "SEA ROSE"),))
    later = event(3, 40, stated=(stated("VESSEL", "SEA ROSE"),))
    (doubt,) = likely_twice([later, other, one])
    assert (doubt.ref, doubt.other, doubt.kind) == ("SZ-0002", "SZ-0001", "twice")


def test_what_was_corrected_or_withdrawn_no_longer_stands() -> None:
    first = weight(3000, "NET")
    second = replace(weight(2900, "NET"), replaces=first.id, reason="typing error")
    gone = replace(second, id=str(uuid4()), replaces=second.id, withdrawal=True, reason="other find")
    assert standing([first, second]) == (second,)
    assert standing([first, second, gone]) == ()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda raw: raw["basis"].pop(), "basis, ESTIMATED"),
        (lambda raw: raw["fact"][0].update(kind="colour"), "fact VESSEL, kind"),
        (lambda raw: raw["measure"][0].update(text=""), "measure EVENTS, text"),
        (lambda raw: raw["substance"].append(raw["substance"][0]), "substance COCAINE, code"),
        (lambda raw: raw["disposition"][0].update(of="crew"), "disposition ESCORTED, of"),
        (lambda raw: raw["condition"][0].update(colour="red"), "condition ARRESTED, colour"),
        (lambda raw: raw.pop("as_of"), "the file, as_of"),
    ],
)
def test_a_fault_in_the_file_is_named(change, named) -> None:
    raw = tomllib.loads(resources.data("seizures.toml").read_text("utf-8"))
    seizure_terms.parse(raw)
    change(raw)
    with pytest.raises(ValueError, match=named):
        seizure_terms.parse(raw)


def test_a_file_at_fault_is_named(tmp_path) -> None:
    (tmp_path / "seizures.toml").write_text("basis = 1")
    with pytest.raises(Problem, match=r"seizures\.toml"):
        seizure_terms.read(tmp_path / "seizures.toml")
