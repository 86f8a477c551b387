"""Chains of custody: whether each thing passes from the hand it was last in, under the seal it last had."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from maoc_tui.domain.seizures import Transfer, standing

_RESEALED = re.compile(r"(?:^|; )seal: \S")


def with_reason(text: str, why: str) -> str:
    """The words of a transfer with the reason of another seal: ``weather good; seal: cut for sampling``."""
    return "; ".join(filter(None, (text, f"seal: {why}" if why else "")))


@dataclass(frozen=True, slots=True)
class Link:
    """One transfer in its chain."""

    transfer: Transfer
    gap: str
    """What does not join with the transfer before, in words; "" where the chain holds."""


def chains(custody: Iterable[Transfer]) -> dict[str, tuple[Link, ...]]:
    """The transfers that stand by item, in the order in which they happened, each held against the one before."""
    items: dict[str, list[Transfer]] = {}
    for line in sorted(standing(custody), key=lambda line: (line.at_ms, line.entered_ms)):
        items.setdefault(line.item.casefold(), []).append(line)
    return {
        lines[-1].item: tuple(
            Link(line, _gap(before, line)) for before, line in zip((None, *lines), lines, strict=False)
        )
        for lines in items.values()
    }


def _gap(before: Transfer | None, line: Transfer) -> str:
    if before is None:
        return ""
    if line.giver.casefold() != before.taker.casefold():
        giver = line.giver or "nobody"
        return f"given by {giver}, last held by {before.taker}"
    if before.seal and line.seal != before.seal and not _RESEALED.search(line.text):
        return f"seal {line.seal or 'none'}, before it {before.seal}; no reason is given"
    return ""


def holder(links: tuple[Link, ...]) -> str:
    """Who holds it now."""
    return links[-1].transfer.taker if links else ""
