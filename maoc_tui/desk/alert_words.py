"""What alerts and their rules are called, in words."""

from __future__ import annotations

from functools import lru_cache

from maoc_tui import resources
from maoc_tui.domain.alert_rules import Rules, parse
from maoc_tui.domain.alert_stages import Done
from maoc_tui.domain.clock import from_ms
from maoc_tui.domain.times import format_dtg


@lru_cache(maxsize=1)
def rules() -> Rules:
    """The rules of behaviour that ship with the program; Problem naming the fault when they have one."""
    return parse(resources.data("alerts.toml").read_text(encoding="utf-8"))


def rule_title(rule: str) -> str:
    """A rule in a few words; of one that is in use no more, its id."""
    known = rules().rules.get(rule)
    return known.title if known is not None else rule.replace("_", " ")


def rule_text(rule: str) -> str:
    """What a rule looks for; "" of one that is in use no more."""
    known = rules().rules.get(rule)
    return known.text if known is not None else ""


def rule_limits(rule: str) -> tuple[str, ...]:
    """The thresholds of a rule: what each means, its value, and where that comes from."""
    known = rules().rules.get(rule)
    held = known.limits.values() if known is not None else ()
    return tuple(f"{limit}: {limit.means} ({limit.basis})" for limit in held)


def signed(done: Done | None) -> str:
    """``Ferreira, MAOC, 140312ZDEC22``; "" for nothing."""
    return f"{done.by}, {done.partner}, {said_time(done.at_ms)}" if done is not None else ""


def said_time(at_ms: int) -> str:
    """``140312ZDEC22``."""
    return format_dtg(from_ms(at_ms))
