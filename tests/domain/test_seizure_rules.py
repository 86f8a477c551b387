"""The rules of the ledger: persons, custody, what stands, what is in doubt, what its file may say."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from uuid import uuid4

import pytest
from seizure_lines import TERMS, event, found, said, stated, transfer, weight

from maoc_tui import resources
from maoc_tui.domain import seizure_terms
from maoc_tui.domain.custody import chains, holder
from maoc_tui.domain.headcounts import accounts
from maoc_tui.domain.marking import default
from maoc_tui.domain.seizure_doubts import doubts, likely_twice
from maoc_tui.domain.seizures import (
    Persons,
    standing,
)
from maoc_tui.problems import Problem


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


def test_a_chain_of_custody_says_where_it_breaks() -> None:
    (links,) = chains(
        [
            transfer(3, "navy", "lab", "B7"), transfer(1, "", "boarding team"), transfer(2, "Boarding Team", "navy"),
            transfer(4, "police", "court", "B7"), transfer(5, "court", "lab", "C1", text="seal: opened for sampling"),
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
