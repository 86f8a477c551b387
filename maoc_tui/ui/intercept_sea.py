"""What sea is expected where they meet, to see which assets still work in it."""

from __future__ import annotations

from maoc_tui.domain.asset_rules import parse_sea
from maoc_tui.ui.form import Field
from maoc_tui.ui.liaison_forms import ActForm, Values


class SeaForm(ActForm):
    """A sea as typed; empty for none said. Nothing is recorded."""

    VERB, DOING = "reckon with it", "reckoning"

    def __init__(self, sea: str) -> None:
        fields = [Field("sea", "sea", sea, "Bft 5, or 2.5 m; empty: not said")]
        super().__init__("What if: the sea at the contact", fields, _checked)


def _checked(values: Values) -> str:
    """The sea as it is written; raises BadInput for what is none."""
    return str(parse_sea(values["sea"]) or "")
