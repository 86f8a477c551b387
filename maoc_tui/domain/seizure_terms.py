"""The words of the seizure ledger that ship as data: substances, bases, dispositions, measures (data/seizures.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from maoc_tui import resources
from maoc_tui.domain.liaison_terms import chosen
from maoc_tui.domain.partner_fields import Row, one_of, require, word
from maoc_tui.problems import Problem

CREDITS = ("CREDIT_INFORMATION", "CREDIT_ASSET", "CREDIT_PROSECUTION")
"""What a partner is credited with, each kind apart."""
_KINDS = ("text", "state", "flag", "type", "position", "credit", "vessel", "drugs", "event")
_FACTS = frozenset({
    "VESSEL", "TYPE", "FLAG", "AREA", "POSITION", "LEAD", "SEIZING", "COASTAL", "DESTINATION", "PROSECUTING",
    "SUPPORT", "UNITS", "VESSEL_DISPOSITION", "DRUGS_DISPOSITION", "SAME_AS", *CREDITS,
})  # fmt: skip
_MEASURES = frozenset({"EVENTS", "SEIZED", "JETTISONED", "DISRUPTED", "PERSONS", "CREDITS"})
_BASES = frozenset({"NET", "GROSS", "ESTIMATED"})


@dataclass(frozen=True, slots=True)
class Term:
    """One word of the ledger."""

    code: str
    title: str
    kind: str = ""
    """Of a fact: what its value is; of a disposition: vessel or drugs."""
    marked: bool = False
    """Of a basis: it was on a scale; of a substance: nobody has tested it."""
    text: str = ""
    """Of a measure: its written definition; of a disposition: what is told to whoever records it."""


ByCode = Mapping[str, Term]


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything of data/seizures.toml, each by code, in the file's order."""

    substances: ByCode
    bases: ByCode
    """The most trusted first."""
    conditions: ByCode
    flag_statuses: ByCode
    vessel: ByCode
    """What became of the vessel."""
    drugs: ByCode
    """What became of what was seized."""
    facts: ByCode
    measures: ByCode

    def substance(self, text: str) -> str:
        """The code of a substance as typed: ``cocaine``, ``cannabis-resin``; BadInput otherwise."""
        return chosen(text, self.substances, "substance")

    def basis(self, text: str) -> str:
        """The code of a basis as typed: ``net``, ``gross``, ``estimated``, ``est``; BadInput otherwise."""
        word = text.strip().rstrip(".").casefold()
        return "ESTIMATED" if word in ("est", "estimate") else chosen(text, self.bases, "basis of a weight")

    def condition(self, text: str) -> str:
        """The code of a condition of persons as typed; BadInput otherwise."""
        return chosen(text, self.conditions, "condition of persons")

    def fact(self, text: str) -> str:
        """The code of what is stated of an event as typed: ``flag``, ``lead``, ``credit-asset``; BadInput otherwise."""
        return chosen(text, self.facts, "statement of an event")


@lru_cache(maxsize=1)
def shipped() -> Terms:
    """The words that ship with the program; Problem naming file, entry, field and reason of a fault."""
    return read(resources.data("seizures.toml"))


def read(path: Path) -> Terms:
    """The words of a file; Problem naming file, entry, field and reason of a fault."""
    try:
        return parse(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValueError) as error:
        raise Problem(f"{path}: {error}.", "Install maoc-tui again, or mend that entry.") from None


def parse(raw: Mapping[str, Any]) -> Terms:
    """The words of a document as read; ValueError naming entry, field and reason."""
    for field in ("source", "as_of"):
        require(bool(raw.get(field)), "the file", field, "is missing")
    dispositions = raw.get("disposition", ())
    for row in dispositions:
        one_of(row.get("of"), ("vessel", "drugs"), f"disposition {row.get('code', '')}", "of")
    terms = Terms(
        substances=_terms(raw.get("substance"), "substance", "suspected"),
        bases=_terms(raw.get("basis"), "basis", "weighed"),
        conditions=_terms(raw.get("condition"), "condition"),
        flag_statuses=_terms(raw.get("flag_status"), "flag_status"),
        vessel=_terms([row for row in dispositions if row["of"] == "vessel"], "disposition"),
        drugs=_terms([row for row in dispositions if row["of"] == "drugs"], "disposition"),
        facts=_terms(raw.get("fact"), "fact"),
        measures=_terms(raw.get("measure"), "measure"),
    )
    _complete(terms)
    return terms


def _complete(terms: Terms) -> None:
    """Every word the program itself speaks of is there, and no other of those kinds."""
    for entry, found, known in (
        ("basis", terms.bases, _BASES),
        ("fact", terms.facts, _FACTS),
        ("measure", terms.measures, _MEASURES),
    ):
        odd = sorted(known ^ set(found))
        require(not odd, entry, odd[0] if odd else "", "is missing, or is nothing this program knows")
    for fact in terms.facts.values():
        one_of(fact.kind, _KINDS, f"fact {fact.code}", "kind")
    for measure in terms.measures.values():
        require(bool(measure.text), f"measure {measure.code}", "text", "is missing")


def _terms(rows: Any, what: str, flag: str = "") -> dict[str, Term]:
    require(isinstance(rows, list) and bool(rows), what, "code", "is missing")
    found: dict[str, Term] = {}
    for row in rows:
        term = _term(row, f"{what} {row.get('code', '')}", flag)
        require(term.code not in found, f"{what} {term.code}", "code", "stands twice")
        found[term.code] = term
    return found


def _term(row: Row, entry: str, flag: str) -> Term:
    allowed = {"code", "title", "kind", "of", "text", "note", *filter(None, (flag,))}
    odd = sorted(set(row) - allowed)
    require(not odd, entry, odd[0] if odd else "", "is no field of this entry")
    marked = row.get(flag, False)
    require(isinstance(marked, bool), entry, flag, "is not true or false")
    text = row.get("text", row.get("note", ""))
    require(isinstance(text, str), entry, "text", "is no text")
    return Term(word(row, "code", entry), word(row, "title", entry), str(row.get("kind", "")), marked, text)
