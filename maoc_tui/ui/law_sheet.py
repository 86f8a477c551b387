"""The legal panel: the answer, and from it straight to the request its rule calls for."""

from __future__ import annotations

from typing import Any

from maoc_tui.commands import DIALOG
from maoc_tui.problems import BadInput
from maoc_tui.ui import liaison_desk as desk
from maoc_tui.ui.keys import bindings
from maoc_tui.ui.law_asking import law_lines
from maoc_tui.ui.liaison_sheets import LongSheet

_FOOT = "Esc closes · j k scroll · Enter drafts the request"


class LawSheet(LongSheet):
    """One answer; Enter drafts the request to whom the rule says."""

    BINDINGS = bindings(DIALOG, priority=True)

    def __init__(self, name: str, judged: Any, target: str) -> None:
        super().__init__(
            f"{name}: the law here", law_lines(judged), "Esc closes · j k scroll · Enter drafts the request"
        )
        self._judged, self._target = judged, target

    def action_accept(self) -> None:
        """Draft the request the rule calls for, with rule, addressee and clock filled in."""
        app: Any = self.app
        try:
            given = route(self._judged, self._target)
        except BadInput as problem:
            app.say_problem(problem)
            return
        from maoc_tui.ui import request_forms as forms

        def done(made: Any) -> None:
            if made is None:
                return
            app.say(f"{made.asked.ref} drafted; 7 lists it, s there records it as sent.")
            app.look_now()
            app.read(lambda: desk.act(app.desk, "request_form.form", made.asked.ref), self._filled)

        self.dismiss(None)
        app.push_screen(forms.opened(app.desk, **given), done)

    def _filled(self, form: Any) -> None:
        from maoc_tui.ui.request_rows import form_sheet

        app: Any = self.app
        app.push_screen(form_sheet(form))


def route(judged: Any, target: str) -> dict[str, str]:
    """What the request form is opened with; BadInput where the rule asks nobody, or nothing is a target yet."""
    from maoc_tui.desk.request_clocks import runs_for

    rule, found = judged.answer.rule, judged.answer
    if not target:
        raise BadInput("Requests are kept on targets.", "Make it a target with n, then L there.")
    enquiry = rule.turn_to in ("every candidate flag", "flag") and not rule.consent_from
    asked = found.consent_from or ((found.question.flag,) if enquiry else ())
    coast = tuple(s for p in found.question.places for s in p.states if s != found.question.acting)
    asked = asked or (coast[:1] if rule.turn_to == "coast" else ())
    if not (asked or enquiry):
        raise BadInput(f"{rule.id} asks nobody: {rule.title}.", "n on Requests opens one all the same.")
    addressee = asked[0] if asked and len(asked[0]) == 2 else ""
    return {
        "target": target,
        "kind": "flag-enquiry" if enquiry else "boarding-consent",
        "addressee": addressee,
        "acting": found.question.acting,
        "rule": rule.id,
        "clock": next((name for name in rule.clocks if runs_for(name, addressee)), ""),
        "measures": "" if enquiry else "board, search",
    }
