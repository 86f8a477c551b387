"""``maoc law`` as an officer or a script calls it: no database, no network."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from maoc_tui.cli import main

KEYS = {
    "result", "rule", "jurisdiction", "consent_from", "citations", "clocks", "unknown", "would_change", "verification"
}  # fmt: skip


@pytest.fixture(autouse=True)
def _process_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maoc_tui.cli.prepare_process", lambda: None)


def law(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict]:
    with pytest.raises(SystemExit) as ended:
        main(["law", *words, "--json"])
    return int(ended.value.code or 0), json.loads(capsys.readouterr().out)


SIX = {
    "Guyana trawler": (("--acting", "ES", "--flag", "GY", "1 30N 003 00E"), "R26", "ASK", "GY"),
    "Brazil tug": (("--acting", "FR", "--flag", "BR", "8 00N 015 30W"), "R26", "ASK", "BR"),
    "stateless yacht": (("--acting", "ES", "--flag", "none", "28 30N 028 00W"), "R28", "GO", None),
    "Spain to Italian ship": (("--acting", "ES", "--flag", "IT", "38 30N 006 00E"), "R21", "GO", None),
    "pursuit": (
        ("--acting", "ES", "--flag", "VE", "--fact", "pursuit=yes", "38 30N 009 15W"), "R09", "STOP", None,
    ),
    "jet over an EEZ": (("--acting", "PT", "--air", "--flag", "US", "37 00N 013 00W"), "A04", "LOOK", None),
}  # fmt: skip


@pytest.mark.parametrize(("words", "rule", "result", "whom"), SIX.values(), ids=SIX)
def test_the_cases_a_watch_asks_first(capsys, words, rule, result, whom) -> None:
    status, value = law(capsys, *words)
    assert status == 0
    assert (value["rule"], value["result"], value["consent_from"]) == (rule, result, whom)
    assert set(value) >= KEYS
    assert value["advice"] == "advice, not decision"
    assert value["citations"]


@pytest.mark.parametrize(
    "words",
    [
        ("38 30N 009 15W",),
        ("--acting", "Spain", "38 30N 009 15W"),
        ("--acting", "ES", "--flag", "XXX", "38 30N 009 15W"),
        ("--acting", "ZZ", "38 30N 009 15W"),
        ("--acting", "ES", "--flag", "UK", "38 30N 009 15W"),
        ("--acting", "ES", "--flag-status", "sure", "--flag", "PA", "38 30N 009 15W"),
        ("--acting", "ES", "--fact", "voyage", "38 30N 009 15W"),
        ("--acting", "ES", "--fact", "voyage=up", "38 30N 009 15W"),
        ("--acting", "ES"),
        ("--acting", "ES", "north"),
    ],
)
def test_what_cannot_be_understood_is_said(capsys, words) -> None:
    status, value = law(capsys, *words)
    assert status == 2
    assert value["error"]["message"]


def test_several_positions_give_a_list(capsys) -> None:
    status, value = law(capsys, "--acting", "PT", "38 30N 009 15W", "30 00N 030 00W")
    assert status == 0
    assert [answer["rule"] for answer in value] == ["R08", "R29"]


def test_membership_counts_by_its_day(capsys) -> None:
    words = ("--acting", "FR", "--flag", "GB", "30 00N 030 00W", "--as-of")
    assert law(capsys, *words, "2022-12-14")[1]["rule"] == "R25"
    assert law(capsys, *words, "2005-01-01")[1]["rule"] == "R26"


def test_the_text_says_result_articles_and_that_it_is_advice() -> None:
    from maoc_tui.cli.law import command

    said = CliRunner().invoke(command, ["--acting", "ES", "--flag", "GY", "1 30N 003 00E"]).output
    assert said.startswith("ASK GY – R26")
    assert "Art. 17" in said
    assert "advice, not decision" in said


def test_the_whole_table_can_be_printed(capsys) -> None:
    status, rows = law(capsys, "--table")
    assert status == 0
    assert len(rows) > 200
    assert all(row["rules"] for row in rows)  # type: ignore[index]


def test_what_is_known_of_a_flag_state(capsys) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["flag", "IE", "--json"])
    assert not ended.value.code
    value = json.loads(capsys.readouterr().out)
    assert value["authority"] is None
    assert value["reaches_stateless"] is True
    assert value["replies"]["median_s"] is None
    assert {one["treaty"]: one["party"] for one in value["instruments"]}["1995 Council of Europe agreement"]


def test_an_answer_names_its_party_list_flag_state_and_review(capsys) -> None:
    _, value = law(capsys, "--acting", "ES", "--flag", "GY", "1 30N 003 00E")
    assert [one["treaty"] for one in value["treaties"]] == ["1988 Convention"]
    assert value["treaties"][0]["complete"] is False
    assert value["flag_state"]["code"] == "GY"
    assert value["review_by"] == "2027-05-22"


@pytest.mark.parametrize("name", SIX)
def test_the_screen_says_of_them_what_the_command_says(name: str, capsys, monkeypatch) -> None:
    """Answer, articles, consent path, clock, how sure it is and what is not known: in the panel of L as in --json."""
    from maoc_tui.cli import law as command
    from maoc_tui.ui.law_asking import law_lines

    judged: list = []
    monkeypatch.setattr(command, "_told", lambda one: judged.append(one) or "")
    with pytest.raises(SystemExit):
        main(["law", *SIX[name][0]])
    capsys.readouterr()
    _, value = law(capsys, *SIX[name][0])
    shown = "\n".join("".join(text for text, _ in line) for line in law_lines(judged[0]))
    said = [
        value["result"],
        value["rule"],
        value["verification"],
        "advice, not decision",
        *value["citations"],
    ]
    said += [*value["clocks"], *value["unknown"], *filter(None, [value["consent_from"], value["turn_to"]])]
    said += [change["fact"] for change in value["would_change"]]
    assert [word for word in said if word not in shown] == []


@pytest.mark.parametrize(
    ("code", "meant"), [("UK", "GB"), ("el", "GR"), ("XX", "ISO alpha-2"), ("É1", "ISO")]
)
def test_a_code_of_no_state_is_refused_with_the_one_meant(capsys, code, meant) -> None:
    from maoc_tui.desk.request_words import party
    from maoc_tui.problems import BadInput
    from maoc_tui.ui.law_asking import state

    status, value = law(capsys, "--acting", code, "1 30N 003 00E")
    assert status == 2
    assert meant in value["error"]["way_out"]
    for read in (state, lambda text: party(text, "addressee")):
        with pytest.raises(BadInput) as refused:
            read(code)
        assert meant in refused.value.way_out or len(code.encode()) > 2


def test_every_state_of_the_treaties_has_a_code_that_is_taken() -> None:
    from maoc_tui.desk.law_reference import law as shipped_law
    from maoc_tui.domain.state_codes import codes

    treaties = shipped_law().treaties
    assert set().union(*(one.parties for one in treaties.by_code.values()), treaties.sovereign) <= codes()
