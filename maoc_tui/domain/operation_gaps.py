"""What exactly is missing under a guard of an operation, where there may be several. Pure: facts in, words out."""

from __future__ import annotations

from collections import Counter

from maoc_tui.domain.operations import NO_GO, REFUSED, Condition, Facts, Kind

NOT_SHOWN = "something stands against it that is not shown to you"


def unreported(facts: Facts) -> Counter[str]:
    """Kinds of force to how many uses the log tells of beyond the reports there are."""
    return Counter(facts.force) - Counter(act.what for act in facts.acts if act.kind is Kind.FORCE)


def unread(facts: Facts) -> tuple[Condition, ...]:
    """Conditions of a consent in force that nobody has taken note of."""
    read = {act.value for act in facts.acts if act.kind is Kind.CONDITION}
    return tuple(one for one in facts.conditions if one.digest not in read)


def silent(facts: Facts) -> tuple[str, ...]:
    """Teams whose ops normal is overdue."""
    return tuple(one.team for one in facts.check_ins if one.due_ms is not None and one.due_ms <= facts.now_ms)


def outdated(facts: Facts, kind: Kind) -> tuple[str, ...]:
    """Said where a word that was given for the targets there were before would otherwise seem to be forgotten."""
    earlier = any(
        act.kind is kind and act.what not in ("", NO_GO) and act.value != REFUSED
        for act in facts.acts[: facts.covered_from]
    )
    return ("what was said before the targets changed does not count",) if earlier else ()
