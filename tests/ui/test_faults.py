"""What goes wrong is said in one sentence, and what is written is private."""

from __future__ import annotations

import stat

import fakes
import pytest
from driving import NARROW, WIDE, opened, settled, until

from maoc_tui.app import MaocApp
from maoc_tui.domain.clock import Clock
from maoc_tui.problems import StoreProblem
from maoc_tui.settings import Settings
from maoc_tui.ui.dialogs import ProblemDialog
from maoc_tui.ui.keybar import KeyBar
from maoc_tui.ui.topbar import TopBar


async def test_a_record_that_cannot_be_opened_is_a_window_not_a_traceback():
    class Locked(fakes.FakeDesk):
        def open(self):
            raise StoreProblem("The record is locked by another program.", "Close it there and try again.")

    app = fakes.app(Locked())
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, ProblemDialog)
        await pilot.press("enter")
        await settled(pilot)
        assert "picture stands still" in app.screen.query_one(TopBar).text


def _shown(app):
    return "\n".join("".join(s.text for s in line) for line in app.screen._compositor.render_strips())


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_every_panel_says_why_no_record_is_open_until_one_is(size, monkeypatch, tmp_path):
    monkeypatch.setattr("maoc_tui.ui.desk_app.RETRY_EVERY_S", 0.2)
    damaged = [True]

    def opener(said):
        from maoc_tui.desk.room import Room

        if damaged:
            raise StoreProblem("The record is damaged.", "Take the last backup.")
        return Room.open(tmp_path / "m.db", create=True, said=said)

    app = MaocApp(opener, Clock(), Settings())
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ProblemDialog))
        await pilot.press("enter")
        for key, panels in (("1", 4 if size == WIDE else 1), ("2", 1), ("3", 1), ("1", 1)):
            await pilot.press(key)
            said = "The record is damaged. Take the last backup."
            await until(pilot, lambda s=said: app.screen.key_bar.standing == s)
            await until(pilot, lambda n=panels: _shown(app).count("The record is damaged.") >= n + 1)
            assert "opening the record" not in _shown(app)
        assert not isinstance(app.screen, ProblemDialog), "one window for one fault"
        damaged.clear()
        await until(pilot, lambda: app.moment is not None and not app.screen.key_bar.standing)
        await until(pilot, lambda: "no contacts in the record yet" in _shown(app))
        await until(pilot, lambda: "damaged" not in _shown(app))


async def test_a_fault_in_a_worker_says_one_sentence_and_leaves_a_private_report(tmp_path):
    class Broken(fakes.FakeDesk):
        def _picture(self, room, before):
            informant = "a name nobody may read"
            raise RuntimeError(informant)

    app = fakes.app(Broken())
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, ProblemDialog)
        assert "nobody may read" not in app.screen.problem.message
        (report,) = (tmp_path / "data").glob("fault-*.json")
        assert stat.S_IMODE(report.stat().st_mode) == 0o600
        assert "nobody may read" not in report.read_text()


async def test_a_fault_on_the_screen_ends_with_one_sentence_and_no_values(tmp_path, capsys):
    app = fakes.app()
    with pytest.raises(RuntimeError):  # noqa: PT012
        async with app.run_test(size=NARROW) as pilot:
            await opened(pilot)

            def fall():
                secret_name = "INFORMANT"
                raise RuntimeError(secret_name)

            app.call_later(fall)
            await pilot.pause()
    said = str(app._exit_renderables) + capsys.readouterr().err + capsys.readouterr().out
    assert "INFORMANT" not in said
    (report,) = (tmp_path / "data").glob("fault-*.json")
    assert "INFORMANT" not in report.read_text()


async def test_an_answer_older_than_the_question_is_dropped():
    desk = fakes.FakeDesk()
    app = fakes.app(desk)
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("j", "j", "k", "j")
        await settled(pilot)
        await until(pilot, lambda: app.subject is not None and app.subject.key == app.chosen)


async def test_copy_writes_a_private_file_and_says_what_was_done(tmp_path):
    app = fakes.app(export_folder=tmp_path / "out")
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("y")
        await settled(pilot)
        (written,) = (tmp_path / "out").iterdir()
        assert stat.S_IMODE(written.stat().st_mode) == 0o600
        text = written.read_text()
        assert "copied 2022-12-14 03:07:41Z" in text
        assert "Fix ●" in text
        assert app.clipboard == text
        said = app.screen.query_one(KeyBar).said
        assert (
            said == f"Written: {written.name} in {written.parent}; also offered to the terminal's clipboard."
        )
        await pilot.press("y")
        await settled(pilot)
        assert len(list((tmp_path / "out").iterdir())) == 2


async def test_copy_that_cannot_be_written_is_not_called_a_copy(tmp_path):
    (tmp_path / "file").write_text("")
    app = fakes.app(export_folder=tmp_path / "file")
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("y")
        await settled(pilot)
        assert isinstance(app.screen, ProblemDialog)
        assert "could not be written" in app.screen.problem.message
