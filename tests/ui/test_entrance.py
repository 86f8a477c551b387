"""Signing in, the lock and the demo's question, as an officer and as somebody who passes by press keys."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import fakes
import pytest
from driving import NARROW, WIDE, opened, settled
from driving import until as ever

from maoc_tui.app import MaocApp
from maoc_tui.commands import COMMANDS
from maoc_tui.domain.roles import Role
from maoc_tui.domain.viewer import Viewer
from maoc_tui.problems import BadInput, NotPermitted, Problem, StoreProblem
from maoc_tui.ui import entering
from maoc_tui.ui.desk_app import DeskApp
from maoc_tui.ui.dialogs import ProblemDialog
from maoc_tui.ui.entering import AGAIN
from maoc_tui.ui.entrance import Lock, SignIn
from maoc_tui.ui.form import Field, Form
from maoc_tui.ui.front_door import FrontDoor
from maoc_tui.ui.passphrase import PassphraseDialog

CANARY = "CANARY ZEBRA"
WORDS = "four words for ortega"
SIZES = {"narrow": NARROW, "wide": WIDE}


async def until(pilot: Any, true: Any) -> None:
    await ever(pilot, true, seconds=25)


class Over(NotPermitted):
    code = "sign_in"


class FakeDoor:
    """Lets Ortega and Ferreira in with the same passphrase."""

    asked = ""

    def __init__(self, signed_in: bool = False) -> None:
        self.viewer = Viewer("watch", "MAOC", all_seeing=True)
        self.login = ""
        self.notes: list[str] = []
        self.over = False
        self.left = ""
        if signed_in:
            self.sign_in("ortega", WORDS)

    @property
    def lockable(self) -> bool:
        return bool(self.login)

    def __call__(self, said: Any) -> Any:
        if not self.login:
            raise Over("The record is encrypted.", "Sign in.")
        return SimpleNamespace(clock=fakes.ScenarioClock(fakes.NOW, 0.0), close=lambda: None)

    def sign_in(self, login: str, passphrase: str, purpose: str = "") -> Viewer:
        if passphrase != WORDS or login not in ("ortega", "ferreira"):
            raise NotPermitted("Login or passphrase is wrong.", "Try again.")
        self.login, self.over = login, False
        self.viewer = Viewer(
            login.title(), "ES", roles=frozenset({Role.LIAISON}), officer=login, purpose=purpose
        )
        return self.viewer

    def state_purpose(self, text: str) -> Viewer:
        self.viewer = replace(self.viewer, purpose=text)
        return self.viewer

    def confirm(self, passphrase: str) -> None:
        if self.over:
            raise Over("The session has ended after 12 hours.", "Sign in again.")
        if passphrase != WORDS:
            raise NotPermitted("Login or passphrase is wrong.", "Try again.")

    def renew(self) -> Viewer:
        if self.over:
            raise Over("The session has ended after 12 hours.", "Sign in again.")
        return self.viewer

    def note_lock(self, detail: str) -> None:
        self.notes.append(detail)

    def leave(self, reason: str) -> None:
        self.login, self.left = "", reason


class Desk(fakes.FakeDesk):
    """The made-up desk behind a door."""

    def __init__(self, door: Any, **given: Any) -> None:
        super().__init__(80, names=(CANARY,) * 80, **given)
        self._opener = door


def app_of(door: Any) -> MaocApp:
    desk = Desk(door)
    return MaocApp(lambda said: None, desk.clock, fakes.Settings(), desk=desk)


def frame(app: MaocApp) -> str:
    """Every line that is on the screen now."""
    _, height = app.size
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips[:height])


async def locked(pilot: Any) -> MaocApp:
    app = await opened(pilot)
    await until(pilot, lambda: CANARY in frame(app))
    await pilot.press("f10")
    await until(pilot, lambda: isinstance(app.screen, Lock))
    await settled(pilot)
    return app


async def give(pilot: Any, text: str) -> None:
    app = pilot.app
    await until(pilot, lambda: bool(app.screen.query("#passphrase")))
    app.screen.query_one("#passphrase").value = text
    app.screen.query_one("#passphrase").focus()
    await pilot.press("enter")
    if app.screen.query("#purpose") and app.screen.query_one("#purpose").has_focus:
        await pilot.press("enter")


# -- signing in ------------------------------------------------------------------------------------


async def test_nothing_is_read_before_somebody_has_signed_in() -> None:
    app = app_of(FakeDoor())
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: isinstance(app.screen, SignIn))
        assert app.desk.looks == 0
        assert CANARY not in frame(app)
        await pilot.press(*"ortega", "enter")
        await give(pilot, "wrong words entirely")
        await until(pilot, lambda: "wrong" in frame(app))
        assert app.screen.query_one("#passphrase").value == ""
        await give(pilot, WORDS)
        await until(pilot, lambda: CANARY in frame(app))
        assert app.desk.viewer.name == "Ortega"


async def test_what_the_session_is_for_is_asked_once_and_can_be_said_anew() -> None:
    app = app_of(FakeDoor())
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: isinstance(app.screen, SignIn))
        await pilot.press(*"ortega", "enter", *"wrong words", "enter")
        assert "watch (by default)" in frame(app)
        await pilot.press(*"OP-0031", "enter")
        await until(pilot, lambda: "wrong. Try again" in frame(app))
        await pilot.press(*WORDS, "enter")  # the second time it is not asked again
        await until(pilot, lambda: CANARY in frame(app))
        assert app.desk.viewer.purpose == "OP-0031"
        await app.run_line("purpose boarding of T-0417")
        await until(pilot, lambda: "boarding of T-0417" in frame(app))
        assert app.desk.viewer.purpose == "boarding of T-0417"
        await app.run_line("purpose")
        await until(pilot, lambda: "Purpose of this session: boarding of T-0417." in frame(app))


async def test_an_empty_purpose_costs_one_key_and_is_written_as_the_default() -> None:
    app = app_of(FakeDoor())
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: isinstance(app.screen, SignIn))
        await pilot.press(*"ortega", "enter", *WORDS, "enter", "enter")
        await until(pilot, lambda: CANARY in frame(app))
        assert app.desk.viewer.purpose == ""
        await app.run_line("purpose")
        await until(pilot, lambda: "watch (by default)" in frame(app))


async def test_the_passphrase_is_never_on_the_screen() -> None:
    app = app_of(FakeDoor())
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: isinstance(app.screen, SignIn))
        await pilot.press(*"ortega", "enter", *"sesame")
        await pilot.pause()
        assert "ortega" in frame(app)
        assert "sesame" not in frame(app)
        assert "••••••" in frame(app)


# -- the lock --------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_the_lock_shows_the_clock_and_nothing_of_the_record(size: str) -> None:
    app = app_of(FakeDoor(signed_in=True))
    async with app.run_test(size=SIZES[size]) as pilot:
        await locked(pilot)
        shown = frame(app)
        assert "14 Dec 03:07:41Z" in shown
        assert "Locked" in shown
        assert CANARY not in shown
        assert "contacts" not in shown
        await until(pilot, lambda: app.desk._opener.notes == ["locked by hand"])
        assert CANARY not in app.export_screenshot()


async def press_everything(pilot: Any, app: MaocApp) -> None:
    keys = {key for command in COMMANDS for key in command.keys.split(",") if key}
    keys |= {"ctrl+c", "ctrl+p", "ctrl+z", "f5", "f12", "escape", "enter", "tab", "delete"}
    for key in sorted(keys - {"ctrl+o"}):
        await pilot.press(key)
    for command in COMMANDS:
        if command.action.startswith("app."):
            await app.run_action(command.action)
    await settled(pilot)


async def test_every_binding_pressed_while_locked_does_nothing(monkeypatch: Any) -> None:
    app = app_of(FakeDoor(signed_in=True))
    async with app.run_test(size=NARROW) as pilot:
        await locked(pilot)
        before = (app.desk.looks, app.theme, app.local, app.chosen, app._behind, app.is_running)
        await press_everything(pilot, app)
        assert isinstance(app.screen, Lock)
        assert CANARY not in frame(app)
        assert before == (app.desk.looks, app.theme, app.local, app.chosen, app._behind, app.is_running)
        assert [len(stack) for stack in app._screen_stacks.values() if stack] == [1] * len(app._screen_stacks)


async def test_the_twin_a_lock_that_guards_no_action_is_found(monkeypatch: Any) -> None:
    monkeypatch.setattr(FrontDoor, "run_action", DeskApp.run_action)
    app = app_of(FakeDoor(signed_in=True))
    async with app.run_test(size=NARROW) as pilot:
        await locked(pilot)
        before = (app.theme, app.local)
        await app.run_action("app.theme")
        await app.run_action("app.local_time")
        assert before != (app.theme, app.local)


async def test_windows_notices_and_other_screens_wait_behind_the_lock() -> None:
    app = app_of(FakeDoor(signed_in=True))
    async with app.run_test(size=NARROW) as pilot:
        await locked(pilot)
        app.show_problem(StoreProblem(f"{CANARY} is damaged.", "Look."))
        app.notify(CANARY)
        app.say(CANARY)
        app.action_go("chart")
        await settled(pilot)
        assert isinstance(app.screen, Lock)
        assert CANARY not in frame(app)
        assert not app._notifications
        await give(pilot, WORDS)
        await until(pilot, lambda: not app.locked)
        assert app.current_mode == "chart"
        app.action_go("watch")
        await until(pilot, lambda: isinstance(app.screen, ProblemDialog))


async def test_a_wrong_passphrase_leaves_it_locked_and_the_right_one_shows_what_was_there() -> None:
    app = app_of(FakeDoor(signed_in=True))
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("colon", *"filter PALOMA")
        await locked(pilot)
        await give(pilot, "wrong words entirely")
        await until(pilot, lambda: "wrong" in frame(app))
        assert app.locked
        await give(pilot, WORDS)
        await until(pilot, lambda: not app.locked)
        assert app.screen.open_line is not None, "what was being typed is still there"
        await until(pilot, lambda: app.desk._opener.notes == ["locked by hand", "opened"])


async def test_it_locks_itself_after_idling_even_over_a_form_and_a_sleeping_laptop(monkeypatch: Any) -> None:
    now = [1000.0, 5000.0]
    monkeypatch.setattr(entering, "_now", lambda: (now[0], now[1]))
    app = app_of(FakeDoor(signed_in=True))
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        app.push_screen(Form("Secret", [Field("name", "Name", CANARY)], draft="test"))
        await until(pilot, lambda: isinstance(app.screen, Form))
        app.tick()
        now[0] += 9 * 60
        now[1] += 9 * 60
        app.tick()
        assert not app.locked
        await pilot.press("x")
        now[1] += 11 * 60  # one clock stood still: the lid was closed
        app.tick()
        await until(pilot, lambda: isinstance(app.screen, Lock))
        assert CANARY not in frame(app)
        await until(pilot, lambda: app.desk._opener.notes == ["locked after idling"])
        await give(pilot, WORDS)
        await until(pilot, lambda: isinstance(app.screen, Form))
        assert app.screen.values["name"].endswith("x") or "x" in app.screen.values["name"]


async def test_nobody_signed_in_means_no_lock_but_a_blank_screen() -> None:
    app = fakes.app()
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        app._touched = (1.0, 1.0)
        app.tick()
        assert not app.locked
        await pilot.press("f10")
        await settled(pilot)
        assert "contacts" not in frame(app)


async def test_the_picture_stands_still_while_locked() -> None:
    app = app_of(FakeDoor(signed_in=True))
    async with app.run_test(size=NARROW) as pilot:
        await locked(pilot)
        looks = app.desk.looks
        app.look_now()
        app.tick()
        await settled(pilot)
        assert app.desk.looks == looks


# -- the end of a session, and who comes next ------------------------------------------------------


async def test_after_twelve_hours_the_same_officer_goes_on_where_they_were() -> None:
    app = app_of(FakeDoor(signed_in=True))
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        app.action_go("chart")
        app.desk._opener.over = True
        app._renewed = -1e9
        app.tick()
        await until(pilot, lambda: isinstance(app.screen, SignIn))
        await until(pilot, lambda: "12 hours" in frame(app))
        assert CANARY not in frame(app)
        assert not app.screen.query("#login"), (
            "the screens behind are one officer's: nobody else may open them"
        )
        await give(pilot, WORDS)
        await until(pilot, lambda: not app.locked)
        assert app.current_mode == "chart"


class OpenDoor(FakeDoor):
    """A record where nobody is enrolled: whoever opens it is let in."""

    def __call__(self, said: Any) -> Any:
        return SimpleNamespace(clock=fakes.ScenarioClock(fakes.NOW, 0.0), close=lambda: None)


async def enrolled_elsewhere() -> bool:
    """Whether a screen of single-user mode asks to sign in once somebody was enrolled at another desk."""
    app = app_of(OpenDoor())
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await until(pilot, lambda: CANARY in frame(app))
        app.desk._opener.over = True
        app._renewed = -1e9
        app.tick()
        await settled(pilot)
        if app.locked:
            await until(pilot, lambda: isinstance(app.screen, SignIn))
            assert CANARY not in frame(app)
        return app.locked


async def test_a_screen_of_single_user_mode_asks_to_sign_in_once_somebody_is_enrolled() -> None:
    assert await enrolled_elsewhere()


async def test_the_twin_that_never_looks_again_is_found(monkeypatch: Any) -> None:
    monkeypatch.setattr(entering, "RENEW_EVERY_S", 1e12)
    assert not await enrolled_elsewhere()


async def test_a_session_that_ended_behind_the_lock_asks_to_sign_in() -> None:
    app = app_of(FakeDoor(signed_in=True))
    async with app.run_test(size=NARROW) as pilot:
        await locked(pilot)
        app.desk._opener.over = True
        await give(pilot, WORDS)
        await until(pilot, lambda: isinstance(app.screen, SignIn))
        assert CANARY not in frame(app)


async def test_another_officer_gets_a_program_of_their_own() -> None:
    app = app_of(FakeDoor(signed_in=True))
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        app.drafts.leave(app.drafts.keep(app.drafts.begun("left", ""), {"text": CANARY}))
        assert app.drafts.offered("left") is not None
        await locked(pilot)
        await pilot.press("ctrl+o")
        await until(pilot, lambda: isinstance(app.screen, SignIn))
        await pilot.press("ctrl+q")
        await until(pilot, lambda: isinstance(app.screen, Lock))
        await pilot.press("ctrl+o")
        await until(pilot, lambda: isinstance(app.screen, SignIn))
        app.screen.query_one("#login").value = "ferreira"
        await give(pilot, WORDS)
        await until(pilot, lambda: app.return_code == AGAIN)
    assert app.drafts.offered("left") is None


async def test_signing_out_ends_the_session_and_begins_again() -> None:
    app = app_of(FakeDoor(signed_in=True))
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await app.run_action("app.sign_out")
        await until(pilot, lambda: app.return_code == AGAIN)
        assert app.desk._opener.left == "signed out"


# -- the passphrase again --------------------------------------------------------------------------


async def test_an_act_that_binds_asks_for_the_passphrase_and_then_goes_on() -> None:
    app = app_of(FakeDoor(signed_in=True))
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        done: list[str] = []
        app.with_passphrase(lambda: done.append("released"))
        await until(pilot, lambda: bool(app.screen.query("#again")))
        app.screen.query_one("#again").value = "wrong words entirely"
        await pilot.press("enter")
        await until(pilot, lambda: "wrong" in frame(app))
        assert not done
        app.screen.query_one("#again").value = WORDS
        await pilot.press("enter")
        await until(pilot, lambda: done == ["released"])
        problem = Problem("To export, give your passphrase again.", "…")
        problem.code = "confirm"
        app.show_problem(problem)
        await until(pilot, lambda: isinstance(app.screen, PassphraseDialog))
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, PassphraseDialog))


class Binding(Form):
    """A form whose saving asks for the passphrase once."""

    asked = 0

    def save(self, values: Any) -> Any:
        type(self).asked += 1
        if self.asked == 1:
            problem = NotPermitted("Give your passphrase again.", "…")
            problem.code = "confirm"
            raise problem
        return "saved"


async def test_a_form_asks_for_the_passphrase_and_then_saves() -> None:
    app = app_of(FakeDoor(signed_in=True))
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        got: list[Any] = []
        app.push_screen(Binding("Release", [Field("why", "Why", "asked")], draft="binding"), got.append)
        await until(pilot, lambda: bool(app.screen.query("#field-why")))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: bool(app.screen.query("#again")))
        app.screen.query_one("#again").value = WORDS
        await pilot.press("enter")
        await until(pilot, lambda: got == ["saved"])


# -- the demo --------------------------------------------------------------------------------------


class Choose(NotPermitted):
    code = "choose"


class DemoDoor(FakeDoor):
    """Asks nothing but who one is."""

    def __init__(self) -> None:
        super().__init__()
        self.chosen: Any = None

    def __call__(self, said: Any) -> Any:
        if self.chosen is None:
            raise Choose("Nobody said who they are.", "Choose.")
        return SimpleNamespace(clock=fakes.ScenarioClock(fakes.NOW, 0.0), close=lambda: None)

    def choices(self) -> tuple[Any, ...]:
        names = ("Rui Ferreira", "Ana Ortega", "Elise Claes")
        return tuple(
            SimpleNamespace(name=n, partner=p, what="liaison officer", viewer=Viewer(n, p, officer=n))
            for n, p in zip(names, ("MAOC", "ES", "BE"), strict=True)
        )

    def be(self, choice: Any) -> Viewer:
        self.chosen = choice
        self.viewer = choice.viewer
        return self.viewer


async def test_the_demo_asks_only_who_you_are() -> None:
    """Somebody else begins with a program of their own: nothing of the screens before stays."""
    door = DemoDoor()
    app = app_of(door)
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: "Who are you" in frame(app))
        await settled(pilot)
        await pilot.press("j", "j", "k", "enter")
        await until(pilot, lambda: CANARY in frame(app))
        assert app.desk.viewer.name == "Ana Ortega"
        await app.run_action("app.sign_out")
        await until(pilot, lambda: "Who are you" in frame(app))
        await settled(pilot)
        assert CANARY not in frame(app)
        await pilot.press("end", "enter")
        await until(pilot, lambda: app.return_code == AGAIN)
    app = app_of(door)
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: not app.locked and CANARY in frame(app))
        assert app.desk.viewer.partner == "BE"


async def test_who_stays_who_they_are_in_the_demo_keeps_the_screens() -> None:
    app = app_of(DemoDoor())
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: "Who are you" in frame(app))
        await settled(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: CANARY in frame(app))
        await app.run_action("app.sign_out")
        await until(pilot, lambda: "Who are you" in frame(app))
        await settled(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: not app.locked and CANARY in frame(app))
        assert app.return_code is None


def test_the_demo_takes_a_name_or_a_partner() -> None:
    from maoc_tui.desk.demo_door import _meant

    choices = DemoDoor().choices()
    assert _meant("ortega", choices).name == "Ana Ortega"
    assert _meant("BE", choices).name == "Elise Claes"
    for wrong in ("a", "zebra"):
        with pytest.raises(BadInput, match=r"names"):
            _meant(wrong, choices)


# -- looks -----------------------------------------------------------------------------------------

SCENES: dict[str, tuple[type[FakeDoor], tuple[str, ...]]] = {
    "sign_in": (FakeDoor, ()),
    "lock": (FakeDoor, ("f10",)),
    "chooser": (DemoDoor, ()),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", SCENES)
def test_looks_as_before(snap_compare: Any, scene: str, size: str, tmp_path: Path) -> None:
    kind, keys = SCENES[scene]
    door = kind()
    if keys:
        door.sign_in("ortega", WORDS)

    async def before(pilot: Any) -> None:
        if keys:
            await locked(pilot)
        else:
            await until(pilot, lambda: pilot.app.locked)
        await settled(pilot)

    assert snap_compare(app_of(door), terminal_size=SIZES[size], run_before=before)
