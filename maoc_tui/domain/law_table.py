"""The decision table whole: for every combination of the features, the one rule that answers.

With it, a rule that can never be reached or a combination without an answer is found when the data is
read, and a question with unknown facts is answered for all of their values at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product

import numpy as np
from numpy.typing import NDArray

from maoc_tui.domain.law_rules import FILE, Rule, Rules, fault
from maoc_tui.problems import BadInput

_NONE = 255
Possible = Mapping[str, Sequence[str]]
"""Feature to the values it may have; a feature left out may have any."""


class DecisionTable:
    """Index of the answering rule per combination of feature values; one axis a feature."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._features = {feature.name: list(feature.values) for feature in rules.features}
        self._met: dict[tuple[tuple[str, ...], ...], tuple[Rule, ...]] = {}
        self._strictness = np.array(
            [sorted(rules.rules, key=lambda rule: rule.strictness).index(rule) for rule in rules.rules]
        )

    @cached_property
    def cells(self) -> NDArray[np.uint8]:
        """Shape: number of values of each feature, in the file's order; 255 where no rule answers."""
        shape = tuple(map(len, self._features.values()))
        table = np.full(shape, _NONE, np.uint8)
        for number in range(len(self.rules.rules) - 1, -1, -1):
            table[self._where(self.rules.rules[number].when)] = number
        return table

    @cached_property
    def possible(self) -> NDArray[np.bool_]:
        """Which combinations can occur at all: only the high seas have no coastal State."""
        zone, coast = self._axis("zone"), self._axis("coast")
        none = np.array([value == "none" for value in self._features["coast"]])
        seas = np.array([value == "high_seas" for value in self._features["zone"]])
        shape = [1] * self.cells.ndim
        shape[zone], shape[coast] = len(seas), len(none)
        agree = seas[:, None] == none[None, :]
        grid = (agree if zone < coast else agree.T).reshape(shape)
        return np.broadcast_to(grid, self.cells.shape)

    def check(self) -> None:
        """Raise BadInput naming the first combination without an answer, or the first rule never reached."""
        gaps = np.argwhere((self.cells == _NONE) & self.possible)
        if len(gaps):
            raise BadInput(f"{FILE}: no rule answers for {self._told(gaps[0])}.", "Add a rule for it.")
        reached = set(np.unique(self.cells[self.possible]).tolist())
        for number, rule in enumerate(self.rules.rules):
            if number not in reached:
                raise fault(f"rule {rule.id}", "rank", "rules before it answer everything it would")

    def strictest(self, possible: Possible) -> Rule:
        """The strictest rule among all combinations of the values given."""
        return self.answers(possible)[0]

    def answers(self, possible: Possible) -> tuple[Rule, ...]:
        """Every rule that answers for some combination of the values given, the strictest first."""
        key = tuple(tuple(possible.get(name, values)) for name, values in self._features.items())
        if key not in self._met:
            numbers = np.unique(self._numbers(key))
            ordered = numbers[np.argsort(self._strictness[numbers])]
            self._met[key] = tuple(self.rules.rules[number] for number in ordered)
        return self._met[key]

    def forget(self) -> None:
        """Drop the answers kept for combinations already met."""
        self._met.clear()

    def rows(self, named: Sequence[str]) -> Iterator[tuple[dict[str, str], tuple[Rule, ...]]]:
        """The table over the named features, each line with every rule the other features lead to."""
        for values in product(*(self._features[name] for name in named)):
            line = dict(zip(named, values, strict=True))
            if self._occurs(line):
                yield line, self.answers({name: (value,) for name, value in line.items()})

    def _occurs(self, line: Mapping[str, str]) -> bool:
        if "zone" not in line or "coast" not in line:
            return True
        return (line["zone"] == "high_seas") == (line["coast"] == "none")

    def _numbers(self, chosen: Sequence[Sequence[str]]) -> NDArray[np.uint8]:
        known = self._features.values()
        where = np.ix_(*([v.index(one) for one in some] for v, some in zip(known, chosen, strict=True)))
        return self.cells[where][self.possible[where]]

    def _where(self, when: Mapping[str, frozenset[str]]) -> tuple[NDArray[np.intp], ...]:
        return np.ix_(
            *(
                [at for at, value in enumerate(values) if value in when.get(name, values)]
                for name, values in self._features.items()
            )
        )

    def _axis(self, name: str) -> int:
        return list(self._features).index(name)

    def _told(self, cell: NDArray[np.intp]) -> str:
        pairs = zip(self._features.items(), cell, strict=True)
        return ", ".join(f"{name} {values[at]}" for (name, values), at in pairs)
