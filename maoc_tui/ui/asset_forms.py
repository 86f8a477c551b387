"""Forms of assets: enter one, tell how it stands, ask its State for it, record what that answered."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from maoc_tui.domain.text import printable
from maoc_tui.problems import BadInput
from maoc_tui.ui import liaison_desk as line
from maoc_tui.ui.asset_rows import banner
from maoc_tui.ui.form import Field
from maoc_tui.ui.liaison_forms import ActForm, Values
from maoc_tui.ui.live import LiveDesk
from maoc_tui.ui.marking_form import MarkedAct
from maoc_tui.ui.operation_forms import WHEN, YES, identity

if TYPE_CHECKING:
    from maoc_tui.desk.asset_snapshots import AssetRow, TaskLine
    from maoc_tui.desk.operation_snapshots import OperationSheet
    from maoc_tui.domain.marking import Marking

_PROFILE = (
    Field("base", "base", hint="Lisbon"),
    Field("base_position", "base at", hint="38 42.0N 009 09.0W"),
    Field("cruise", "cruises", hint="15 kn"),
    Field("max", "at most", hint="25 kn"),
    Field("endurance", "endurance", hint="240h at cruising speed"),
    Field("range", "range", hint="2800 nm there and back"),
    Field("team", "team", hint="yes, no: does it carry a boarding team"),
    Field("sea_limit", "sea limit", hint="Bft 5, or 2.5 m"),
    Field("daylight", "by day only", hint="yes, no"),
)
_ANSWERS = {
    "asked": "accepted",
    "acknowledged": "accepted",
    "accepted": "on task",
    "on task": "off task",
}
"""Where a tasking stands to what usually comes next."""


def added(desk: LiveDesk) -> MarkedAct:
    """Enter an asset."""
    own = desk.viewer.partner
    fields = [
        Field("name", "name", hint="as its State calls it"),
        Field("kind", "kind", "ship", "ship, aircraft, helicopter, team, drone"),
        Field("owner", "State", own if len(own) == 2 else "", "whose it is"),
        *_PROFILE,
    ]

    def do(values: Values, marking: Marking | None) -> Any:
        from maoc_tui.desk.asset_snapshots import NewAsset

        return line.act(desk, "assets.add", NewAsset(**values_of(values), marking=marking))

    return MarkedAct(desk, "Enter an asset", fields, do)


def values_of(values: Values) -> dict[str, str]:
    """Everything typed but the marking."""
    return {name: text for name, text in values.items() if name not in ("marking", "caveat")}


def profile(desk: LiveDesk, row: AssetRow) -> ActForm:
    """Say anew what an asset can do; what is left empty stays."""

    def do(values: Values) -> Any:
        return line.act(desk, "assets.change", row.ref, **values)

    title, saw = f"{row.ref}: what it can do; empty stays", dict(row.profile)
    return ActForm(title, list(_PROFILE), do, banner=banner(row), saw=saw)


def reported(desk: LiveDesk, row: AssetRow) -> ActForm:
    """What is told of an asset at a time."""
    fields = [
        Field("availability", "is", hint="available, maintenance, unknown"),
        Field("until", "until", hint="6h, or 140900Z; empty: as long as its kind is usually believed"),
        Field("as_of", "as of", hint=WHEN),
        Field("ready", "ready in", hint="30min from the order to leaving"),
        Field("position", "position", hint="38 42.5N 009 08.2W"),
        Field("course", "course", hint="270"),
        Field("speed", "speed", hint="14 kn"),
        Field("fuel", "fuel for", hint="60h at cruising speed"),
        Field("at_base", "at base", hint="yes"),
        Field("text", "text", hint="who said so, anything else"),
    ]

    def do(values: Values) -> Any:
        given = dict(values)
        at_base = given.pop("at_base").strip().lower() in YES
        return line.act(desk, "assets.report", row.ref, at_base=at_base, **given)

    return ActForm(f"{row.ref}: told", fields, do, banner=banner(row))


def asked(
    desk: LiveDesk,
    asset: str,
    operation: str,
    target: str = "",
    about: OperationSheet | None = None,
    words: str = "",
) -> MarkedAct:
    """Ask a State for an asset; the program sends nothing."""
    fields = [
        Field("asset", "asset", asset, "AS-0007; 6 lists them"),
        Field("operation", "for", operation, "OP-0031"),
        Field("target", "target", target, "T-0417; empty: the operation as a whole"),
        Field("words", "asked", words, "close and shadow; intercept at … by …"),
        Field("at", "when", hint=WHEN),
    ]

    def do(values: Values, marking: Marking | None) -> Any:
        return line.act(
            desk, "tasking.ask", values["asset"], values["operation"], values["words"],
            target=values["target"], at=values["at"], marking=marking,
        )  # fmt: skip

    top = identity(about) if about is not None else ()
    title, draft = f"{operation or asset}: ask for an asset", f"ask {operation} {asset} {target}"
    return AskForm(desk, title, fields, do, banner=top, draft=draft)


class AskForm(MarkedAct):
    """What is asked is read by whoever is asked, too: the State of the asset typed."""

    EMPTY = "yours and whoever is asked"
    _owners: Mapping[str, str] = MappingProxyType({})
    """State of each asset."""

    def _read_readers(self) -> Any:
        self._owners = {row.ref: row.owner for row in line.act(self._desk, "assets.assets")}
        return super()._read_readers()

    def usual(self, values: Values) -> Marking | None:
        """Released to the State of the asset; None until it is known which that is."""
        from maoc_tui.domain.assets import parse_reference, reference
        from maoc_tui.domain.taskings import usual_marking

        try:
            owner = self._owners.get(reference(parse_reference(values["asset"])), "")
        except BadInput:
            return None
        return usual_marking(self._desk.viewer.partner, owner) if owner else None


def answered(desk: LiveDesk, task: TaskLine) -> ActForm:
    """Record what the State that owns the asset answered, or that it is on or off task."""
    if not task.open:
        raise BadInput(f"{task.ref} has ended: {task.state}.", "Ask anew with a.")
    fields = [
        Field(
            "act",
            "what",
            _ANSWERS.get(task.state, ""),
            "acknowledged, accepted, declined, on task, off task, withdrawn",
        ),
        Field("who", "who", hint="name and post of who answered"),
        Field("channel", "channel", hint="telephone, SIENA …"),
        Field("at", "when", hint=WHEN),
        Field("text", "text", hint="conditions, times"),
    ]

    def do(values: Values) -> Any:
        given = {name: text for name, text in values.items() if name != "act"}
        return line.act(desk, "tasking.record", task.ref, values["act"], **given)

    about = f"  {task.operation}{f' {task.target}' if task.target else ''}  "
    head = (
        (f"{task.ref} ", "mark"),
        (f"{task.asset} {printable(task.asset_name, 40)} ({printable(task.owner, 12)})", "strong"),
        (f"{about}{task.state}", "text"),
    )
    said = ((printable(task.words, 300), "dim"),)
    return ActForm(f"{task.ref}: what became of it", fields, do, banner=(head, said))


def told(made: Any) -> str:
    """What was recorded, in a sentence for the bottom bar."""
    if hasattr(made, "asset_name"):
        return f"{made.ref} {made.asset} for {made.operation}: {made.state}."
    return f"{made.ref} {printable(made.name, 40)}: {made.availability}."
