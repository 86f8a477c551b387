"""Every form of the program, made as its screen makes it; what stands on a sheet may be a stand-in."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from alert_room import finding, raised

import maoc_tui.ui
from maoc_tui.desk import clocks, operations, requests, targets, watch_log
from maoc_tui.ui import release_forms
from maoc_tui.ui.closest_asking import ClosestForm
from maoc_tui.ui.form import Field, Form
from maoc_tui.ui.intercept_options import ChooseForm
from maoc_tui.ui.intercept_sea import SeaForm
from maoc_tui.ui.law_asking import LawForm
from maoc_tui.ui.marking_form import MarkedAct

UI = Path(maoc_tui.ui.__file__).parent
UNTYPED = {"brief_forms.approve", "decision_forms.noted", "handover_forms.signed", "release_forms.approve"}
"""Forms of nothing but a word that is to be typed by hand each time."""


class Stand(SimpleNamespace):
    """Stands for a snapshot: what it is not told is empty."""

    def __getattr__(self, name: str) -> str:
        if name.startswith("__"):
            raise AttributeError(name)
        return ""


def filled(room: Any, who: Any) -> None:
    """Enter what some forms are about, besides what the room has: RQ-0001, CK-0001, W-0001, AL-0001."""
    requests.open_request(room, who, "T-0001", "flag-enquiry", "VC", acting="ES")
    clocks.add(room, who, "T-0001", "call Dakar", "0500Z")
    watch_log.log(room, who, "rang Dakar")
    raised(room, finding())


def every_form(room: Any, desk: Any) -> dict[str, Callable[[], Form]]:
    """Each form by the function or class that makes it."""
    who, now = desk.viewer, room.clock.now_ms()
    about = operations.sheet(room, who, "OP-0001")
    boat = targets.opened(room, who, "T-0001")
    view = Stand(sheet=about, row=about.row, seizures=(Stand(ref="SZ-0001", finds=(_find(),)),))
    alert = Stand(ref="AL-0001", level=1, targets=("T-0001",), useful=None, because="gap")
    asset = Stand(ref="AS-0001", name="NRP TEJO", kind="ship", owner="PT")
    task = Stand(ref="TK-0001", open=True, state="asked")
    stands = Stand(clock=None, state=Stand(name="DRAFT"))
    asked = Stand(asked=Stand(ref="RQ-0001", kind=Stand(value="flag")), standing=stands)
    brief, cell = Stand(name="BR-2022-348", recipients=("ES",)), Stand(ref="T-0001", key="k", text="seen")
    row = Stand(
        target="T-0001", lead=Stand(kind="none"), cells=(Stand(partner="ES", role="LEAD", state="PROPOSED"),)
    )
    partner = Stand(code="GB", name="x", report=Stand(on=_Day(), status="OBSERVER"))
    man = Stand(officer=Stand(name="Ana", id="7"), channels=(Stand(channel=Stand(place=1)),))
    item, sheet = (
        Stand(key="item-1", ref="T-0001"),
        Stand(items=(), red=0, manoeuvre=(), state=Stand(mine=True)),
    )
    fact = Stand(fact=Stand(id="f1", value="VC", source="x"), title="flag")
    line = Stand(ref="W-0001", text="rang Dakar")
    fields = [Field("a", "a"), Field("b", "b")]
    figure = Stand(measure=Stand(title="Seizures", code="S1"))
    cell_ = Stand(asset="AS-0001", target="T-0001", tone="able")
    given: dict[str, Any] = {
        "alert_forms": {"silence": (alert,), "stage": (alert,), "escalate": (alert,), "note": (alert,),
                        "judge": (alert,), "target": (alert,), "sighting": (alert,), "log_line": (alert,)},
        "asset_forms": {"added": (), "profile": (asset,), "reported": (asset,), "asked": ("AS-0001", "OP-0001"),
                        "answered": (task,)},
        "brief_forms": {"draft": (("ES",),), "approve": (brief,), "issue": (brief, None), "recall": (brief, cell),
                        "ask": ("x", cell, "BE", ())},
        "decision_forms": dict.fromkeys(("decided", "go", "basis", "noted", "force"), (about,)),
        "figure_forms": {"period": ("", ""), "freeze": ("2022",), "export": (figure, ("", "", ""), "svg", None)},
        "handover_forms": {"said": (item, "question", "x"), "answered": (item,), "owned": (item,),
                           "taken_back": (), "signed": (sheet,)},
        "liaison_forms": {"offer": ("T-0001", None), "answer": (row,), "not_agreed": (row,), "confirm": (partner,),
                          "status": (partner,)},
        "log_forms": dict.fromkeys(("written", "corrected", "promised"), (about,)),
        "operation_forms": {"opened": ("T-0001",), "state": (about,), "target": (about,), "check_in": (about,),
                            "StepForm": (about,)},
        "release_forms": {"ask": ("T-0001", "BE", (), {}), "propose": ("T-0001", "BE", {}),
                          "emergency": ("T-0001", "BE", {}), "approve": ("RL-0001", ()), "refuse": ("RL-0001",),
                          "recall": ("RL-0001",), "answer": ("OR-0001", ()), "done": ("7", "tell ES")},
        "request_forms": {"opened": ("T-0001", "VC"), "recorded": (asked,), "clock": ("T-0001",),
                          "stopped": (Stand(ref="CK-0001"),)},
        "roster_forms": {"officer": ("ES",), "channel": (man,), "verify": (man,), "end_posting": (man,),
                         "duty": ("Ana",), "cancel_duty": ("D-1",)},
        "seizure_forms": dict.fromkeys(("found", "persons", "custody", "weighed", "stated"), (view,)),
        "statement_forms": {"FactDialog": (boat, now), "CorrectDialog": (boat, now, fact),
                            "WithdrawDialog": (boat, now, fact)},
        "target_forms": dict.fromkeys(("StatusDialog", "SightingDialog", "LinkDialog", "UnlinkDialog", "RenameDialog"),
                                      (boat, now)),
        "watch_forms": {"written": (), "kept": (line,), "corrected": (line,), "withdrawn": (line,),
                        "taken_over": ("Ana",), "left": ()},
        "zone_forms": {"OverrideDialog": ("Zone", {"target": "T-0001"}), "AreaDialog": (),
                       "WithdrawOverrideDialog": (Stand(ref="ZO-0001", note="x"),)},
        "targets_dialogs": {"NewTargetDialog": ()},
    }  # fmt: skip
    made: dict[str, Callable[[], Form]] = {
        f"{module}.{name}": _maker(getattr(import_module(f"maoc_tui.ui.{module}"), name), desk, args)
        for module, forms in given.items()
        for name, args in forms.items()
    }
    return made | {
        "release_forms.wording": lambda: release_forms.wording(
            "name", "LA PALOMA", "LA PALOMA", "wording T-0001 BE x"
        ),
        "release_checklist.Checklist": lambda: release_forms.WordsForm("Q01", fields, draft="T-0001 BE Q01 "),
        "closest_asking.ask_closest": lambda: ClosestForm(
            "Closest approach", fields, dict, draft="closest T-0001"
        ),
        "law_asking.ask": lambda: LawForm("x: what may be done here", fields, dict, draft="law T-0001 0"),
        "intercept_sea.SeaForm": lambda: SeaForm(""),
        "intercept_options.ChooseForm": lambda: ChooseForm(
            desk, about, Stand(assets=(), cells=(), ranked=(), what_if=""), cell_, {}
        ),
        "kept_windows.ViewsWindow": lambda: MarkedAct(desk, "Save targets", fields, dict),
    }


def _maker(make: Any, desk: Any, args: tuple[Any, ...]) -> Callable[[], Form]:
    return lambda: make(desk, *args)


class _Day:
    def isoformat(self) -> str:
        return "2022-12-01"


def _find() -> Stand:
    return Stand(find=Stand(ref="SF-0001", substance="COCAINE"), substance="COCAINE", shown=None)


def makers() -> Iterator[str]:
    """What makes a form with fields of its own, found in the source: classes, and functions that give fields to one."""
    trees = {path.stem: ast.parse(path.read_text(encoding="utf-8")) for path in UI.glob("*.py")}
    forms: dict[str, ast.ClassDef] = {}
    for _ in range(4):
        for node in (one for tree in trees.values() for one in tree.body if isinstance(one, ast.ClassDef)):
            if {"Form", *forms} & {getattr(base, "id", "") for base in node.bases}:
                forms[node.name] = node
    whole = {name for name, node in forms.items() if "Field" in _calls(node)}
    for module, tree in trees.items():
        functions = [one for one in tree.body if isinstance(one, ast.FunctionDef)]
        inner = {one.name for one in functions if one.name[0] == "_" and _calls(one) & set(forms)}
        for node in tree.body:
            calls = _calls(node) & ((set(forms) - whole) | inner)
            if not isinstance(node, ast.ClassDef | ast.FunctionDef) or node.name.startswith("_"):
                continue
            if node.name in whole or (calls and node.name not in forms):
                yield f"{module}.{node.name}"


def _calls(node: ast.AST) -> set[str]:
    return {
        call.func.id
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
    }
