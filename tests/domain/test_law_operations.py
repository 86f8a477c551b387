"""Public operations against the law: the rule that the flag and the waters of each call for.

The expected rules were written from the reports and the treaty texts; consent is what the reports say was had.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from maoc_tui.desk.law_reference import law
from maoc_tui.domain.law_answer import answer
from maoc_tui.domain.law_question import Place, Question

FILE = Path(__file__).resolve().parents[3] / "shared" / "data" / "operations.csv"
MEMBERS = frozenset({"PT", "ES", "FR", "IE", "IT", "NL", "GB"})
FLAGS = {"Panama": "PA", "Palau": "PW", "Poland": "PL", "Malta": "MT", "Brazil": "BR", "Venezuela": "VE",
         "Tanzania": "TZ", "Guyana": "GY", "Cameroon": "CM"}  # fmt: skip
HS = Place("high_seas", ())
EXPECTED = {
    # date and how the vessel's name begins: the waters as reported, the rule
    ("2019-01-31", "ESER"): (Place("internal", ("CV",)), "R02"),
    ("2021-02-22", "NEHIR"): (HS, "R26"),
    ("2021-09", "unnamed yacht"): (HS, "R28"),
    ("2021-11", "FLORIANA"): (Place("eez", ("ES",)), "R26"),
    ("2022-07", "unnamed sailing"): (HS, "R26"),
    ("2022-11-30", "unnamed tug"): (Place("eez", ("SL",)), "R26"),
    ("2023-12-06", "unnamed go-fast"): (HS, "R29"),
    ("2024-05-15", "ALEPPO"): (HS, "R26"),
    ("2024-09-07", "Gulfstream"): (Place("land", ("GW",)), "A01"),
    ("2024-10-04", "RAS"): (HS, "R26"),
    ("2025-01", "unnamed merchant"): (HS, "R29"),
    ("2025-03-15", "unnamed fishing"): (HS, "R26"),
    ("2025-03-22", "unnamed fishing"): (HS, "R26"),
    ("2025-08-08", "SKY WHITE"): (HS, "R26"),
    ("2025-10", "unnamed go-fast"): (HS, "R29"),
    ("2025-11-21", "two unnamed"): (HS, "R29"),
}


def operations() -> list[dict[str, str]]:
    if not FILE.exists():
        return []
    with FILE.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.skipif(not FILE.exists(), reason="the reports are not beside the checkout")
def test_public_operations_call_for_the_rule_a_lawyer_would_name() -> None:
    judged = set()
    for row in operations():
        for (day, name), (place, rule) in EXPECTED.items():
            if row["date"] == day and row["vessel"].startswith(name):
                found = answer(law(), asked(row, place), MEMBERS)
                assert found.rule.id == rule, row
                if rule == "R26":
                    assert found.consent_from == (FLAGS[row["flag"].split()[0].strip(",")],)
                judged.add((day, name))
    assert judged == set(EXPECTED)


def asked(row: dict[str, str], place: Place) -> Question:
    words = row["flag"].split()[0].strip(",")
    flag = FLAGS.get(words, "")
    status = "confirmed" if flag else "stateless" if words == "stateless" else "unknown"
    medium = "air" if row["type"].startswith("aircraft") else "sea"
    at = (float(row["lat"]), float(row["lon"])) if row["lat"] else None
    acting = "GW" if medium == "air" else row["lead_state"]
    return Question(acting, (place,), date(2025, 1, 1), flag, status, medium, at)
