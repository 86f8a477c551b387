"""Forms about partners and assignments: each is a few fields and the desk's act they go to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from maoc_tui.problems import BadInput
from maoc_tui.ui import liaison_desk as line
from maoc_tui.ui.clash import Saw
from maoc_tui.ui.form import Field, Form
from maoc_tui.ui.lines import Line
from maoc_tui.ui.live import LiveDesk

if TYPE_CHECKING:
    from maoc_tui.desk.liaison_snapshots import AssignmentLine, BoardRow, PartnerLine

Values = Mapping[str, str]
ROLES = "lead, support, asset provider, flag contact, originator, informed"
_ANSWERS = {"accept": "accept", "decline": "decline", "begin": "begin", "relieve": "relieve"}


class ActForm(Form):
    """Fields that go to one act of a desk; what it would change is said before it is done."""

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        do: Callable[[Values], Any],
        *,
        check: Callable[[Values], tuple[str, ...]] | None = None,
        banner: Sequence[Line] = (),
        draft: str = "",
        saw: Saw = MappingProxyType({}),
    ) -> None:
        """``draft`` names the form where the title does not say all that what is typed hangs on."""
        super().__init__(title, fields, banner=banner, draft=draft or title, saw=saw)
        self._do, self._look = do, check

    def check(self, values: Values) -> tuple[str, ...]:
        """What it would change, a sentence each."""
        return self._look(values) if self._look else ()

    def save(self, values: Values) -> Any:
        """Do it."""
        return self._do(values)


def offer(desk: LiveDesk, ref: str, row: BoardRow | None, partner: str = "") -> ActForm:
    """Ask a partner to be something to a target."""
    lead_open = row is None or row.lead.kind in ("none", "not_agreed")
    fields = [
        Field("partner", "partner", partner, "ES, FR, PT …"),
        Field("role", "role", "lead" if lead_open else "", ROLES),
        Field("officer", "officer", hint="one of its officers, or empty"),
        Field("reason", "reason", hint="why them"),
    ]

    def do(values: Values) -> Any:
        return line.act(
            desk, "assignments.offer", ref, values["partner"], values["role"],
            officer=values["officer"], reason=values["reason"],
        )  # fmt: skip

    title = f"{ref}: ask a partner"
    return ActForm(title, fields, do, banner=_on_it(row), draft=f"{title} {partner}")


def _on_it(row: BoardRow | None) -> tuple[Line, ...]:
    """Which target that is and who is on it, so that nobody assigns the wrong boat."""
    if row is None:
        return ()
    from maoc_tui.domain.text import printable
    from maoc_tui.ui.liaison_rows import lead, sign

    text, look = lead(row)
    others = "  ".join(f"{cell.partner} {sign(cell)}" for cell in row.cells)
    head: Line = (
        (f"{row.target} ", "mark"),
        (printable(row.title, 60), "strong"),
        (f"  {row.status}", "text"),
    )
    return head, (("lead ", "dim"), (printable(text, 60), look), (f"  {others}", "dim"))


def answer(desk: LiveDesk, row: BoardRow) -> ActForm:
    """Accept, decline, begin or relieve one of a target's assignments."""
    if not row.cells and row.lead.kind != "not_agreed":
        raise BadInput(f"Nobody is on {row.target}.", "Ask a partner with a.")
    waits = [cell for cell in row.cells if cell.state == "PROPOSED"]
    one = waits[0] if waits else row.cells[0] if len(row.cells) == 1 else None
    fields = [
        Field("partner", "partner", one.partner if one else "", _choices(row.cells)),
        Field("role", "role", one.role.lower() if one else "", "when it has several"),
        Field("answer", "answer", "accept" if waits else "relieve", "accept, decline, begin, relieve"),
        Field("officer", "officer", hint="which of its officers, or empty"),
        Field("reason", "reason", hint="who said so and how, or why"),
    ]

    def do(values: Values) -> Any:
        name = _meant(values["answer"])
        given = {"role": values["role"], "reason": values["reason"]}
        if name in ("accept", "begin"):
            given["officer"] = values["officer"]
        return line.act(desk, f"assignments.{name}", row.target, values["partner"], **given)

    title, whose = f"{row.target}: answer", f"{one.partner} {one.role}" if one else ""
    return ActForm(title, fields, do, banner=_on_it(row), draft=f"{title} {whose}")


def _choices(cells: Sequence[AssignmentLine]) -> str:
    return ", ".join(f"{cell.partner} {cell.role.lower()}" for cell in cells) or "empty: no lead agreed"


def _meant(text: str) -> str:
    word = text.strip().lower()
    fits = [name for name in _ANSWERS if word and name.startswith(word)]
    if len(fits) != 1:
        raise BadInput(f"{text!r} is no answer.", "Type accept, decline, begin or relieve.")
    return fits[0]


def not_agreed(desk: LiveDesk, row: BoardRow) -> ActForm:
    """Record that no lead is agreed on a target."""
    fields = [Field("reason", "reason", hint="why no lead is agreed")]

    def do(values: Values) -> Any:
        return line.act(desk, "assignments.lead_not_agreed", row.target, values["reason"])

    return ActForm(f"{row.target}: no lead agreed", fields, do, banner=_on_it(row))


def confirm(desk: LiveDesk, partner: PartnerLine) -> ActForm:
    """Confirm what is reported of a partner; what that changes is said first."""
    if partner.report is None:
        raise BadInput(
            f"Nothing is reported of {partner.code} that waits to be confirmed.",
            "Change its status with e, with the source.",
        )
    report = partner.report
    fields = [
        Field("on", "took effect", report.on.isoformat(), "the day"),
        Field("reason", "reason", hint="the instrument you read, who told you"),
    ]
    told = f"{report.status} from {report.on.isoformat()}: {report.source}"
    banner: tuple[Line, ...] = (
        ((f"{partner.code} ", "mark"), (partner.name, "strong"), (f"  {partner.title}", "text")),
        (("reported ", "dim"), (told, "text")),
        *([((report.note, "warn"),)] if report.note else []),
    )

    def check(values: Values) -> tuple[str, ...]:
        changes: tuple[str, ...] = line.act(desk, "partners.confirming", partner.code, values["on"]).sentences
        return changes

    def do(values: Values) -> Any:
        return line.act(desk, "partners.confirm", partner.code, values["reason"], values["on"])

    return ActForm(f"Confirm {partner.code}", fields, do, check=check, banner=banner)


def status(desk: LiveDesk, partner: PartnerLine) -> ActForm:
    """Record what a partner is from a day on."""
    fields = [
        Field("status", "status", hint="member, prospective, observer, suspended, ended …"),
        Field("since", "from", hint="the day; empty: today"),
        Field("source", "source", hint="what says so"),
        Field("reason", "reason", hint="why it is recorded"),
    ]

    def do(values: Values) -> Any:
        return line.act(
            desk, "partners.set_status", partner.code, values["status"], values["source"], values["reason"],
            since=values["since"],
        )  # fmt: skip

    return ActForm(f"{partner.code}: status", fields, do, saw={"status": partner.status})
