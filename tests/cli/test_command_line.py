"""The command line as a whole: every command loads and helps, errors are one sentence or one object."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from maoc_tui.cli import COMMANDS, maoc

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments, home, **extra):
    env = {**os.environ, "MAOC_CONFIG": str(home), "MAOC_DATA": str(home), "PYTHONPATH": str(ROOT), **extra}
    env.pop("MAOC_DB", None)
    return subprocess.run(
        [sys.executable, "-m", "maoc_tui", *arguments],
        capture_output=True,
        text=True,
        env=env,
        cwd=home,
        check=False,
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_loads_and_says_what_it_does(name):
    command = maoc.get_command(click.Context(maoc), name)
    assert command is not None
    assert command.help


def leaves(command, path=()):
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            yield from leaves(command.get_command(click.Context(command), name), (*path, name))
    else:
        yield path, command


@pytest.mark.parametrize(
    ("path", "command"), leaves(maoc), ids=lambda v: " ".join(v) if isinstance(v, tuple) else ""
)
def test_every_command_takes_json(path, command):
    assert any("--json" in option.opts for option in command.params)


def test_json_and_database_may_stand_before_the_command_or_after_it(tmp_path):
    database = str(tmp_path / "other.db")
    assert run("--db", database, "--json", "init", home=tmp_path).returncode == 0
    assert not (tmp_path / "maoc.db").exists()
    for before, after in (
        (["--db", database, "--json"], []),
        (["--json"], ["--db", database]),
        ([], ["--db", database, "--json"]),
    ):
        said = json.loads(run(*before, "doctor", *after, home=tmp_path).stdout)
        assert said["db"] == database
    assert isinstance(json.loads(run("--json", "feed", "list", "--db", database, home=tmp_path).stdout), list)


@pytest.mark.parametrize(
    ("path", "command"), leaves(maoc), ids=lambda v: " ".join(v) if isinstance(v, tuple) else ""
)
def test_json_before_a_command_is_json_after_it(path, command):
    (option,) = [option for option in command.params if "--json" in option.opts]
    root = click.Context(maoc, obj={"json": True})
    assert option.process_value(click.Context(command, parent=root), False) is True
    plain = click.Context(maoc, obj={"json": False})
    assert option.process_value(click.Context(command, parent=plain), False) is False


def test_help_lists_every_command(tmp_path):
    said = run("--help", home=tmp_path).stdout
    assert all(f"  {name}" in said for name in COMMANDS)


def test_help_imports_no_heavy_library(tmp_path):
    script = (
        "import sys; from maoc_tui.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print([m for m in ('numpy', 'textual', 'sqlalchemy', 'shapely', 'httpx', 'rich') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.stdout.strip().endswith("[]")


@pytest.fixture(scope="module")
def initialised(tmp_path_factory):
    """A home with an empty record."""
    home = tmp_path_factory.mktemp("initialised")
    assert run("init", home=home).returncode == 0
    return home


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["nonsense"], 2),
        (["contacts", "--limit", "many"], 2),
        (["doctor"], 1),
        (["contacts", "--filter", "flag:"], 2),
        (["help", "nothing"], 2),
        (["target", "show", "T-9999"], 2),
    ],
)
def test_errors_are_one_object_and_never_a_traceback(arguments, status, initialised, tmp_path):
    if arguments[0] != "doctor":
        shutil.copytree(initialised, tmp_path, dirs_exist_ok=True)
    done = run(*arguments, "--json", home=tmp_path)
    assert done.returncode == status, done.stdout + done.stderr
    error = json.loads(done.stdout)["error"]
    assert error["message"]
    assert "Traceback" not in done.stdout + done.stderr
    plain = run(*arguments, home=tmp_path)
    assert plain.returncode == status
    assert "Traceback" not in plain.stderr


def test_settings_errors_name_file_and_key(tmp_path):
    (tmp_path / "settings.toml").write_text('theme = "pink"\n')
    done = run("init", home=tmp_path)
    assert done.returncode == 2
    assert "settings.toml" in done.stderr
    assert "theme" in done.stderr


def test_init_makes_a_private_file_and_doctor_finds_it_whole(tmp_path):
    assert run("init", "--json", home=tmp_path).returncode == 0
    assert (tmp_path / "maoc.db").stat().st_mode & 0o777 == 0o600
    said = json.loads(run("doctor", "--json", home=tmp_path).stdout)
    looked_at = {"database", "disk", "zones", "reference data", "rejected records"}
    assert looked_at <= {c["name"] for c in said["checks"]}
    assert said["checks"][0]["ok"]


def test_textual_switches_of_the_parent_process_are_closed(tmp_path):
    script = (
        "import os; from maoc_tui.cli import prepare_process; prepare_process()\n"
        "print('TEXTUAL_LOG' in os.environ)"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT), "TEXTUAL_LOG": str(tmp_path / "log")}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=env)
    assert done.stdout.strip() == "False"


def test_a_fault_is_a_sentence_and_a_report_without_values(tmp_path):
    script = (
        "import maoc_tui.cli as c, maoc_tui.cli.manual as m\n"
        "def boom(*a, **k): secret = 'INFORMANT'; raise RuntimeError(secret)\n"
        "m.chapters = boom\n"
        "c.main(['help'])"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT), "MAOC_DATA": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, env=env
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    (written,) = tmp_path.glob("fault-*.json")
    assert written.stat().st_mode & 0o777 == 0o600
    assert "INFORMANT" not in written.read_text() + done.stderr + done.stdout


def test_the_progress_line_writes_no_control_codes_of_a_file_name(monkeypatch, capsys):
    from maoc_tui.cli import ingest

    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    ingest._progress(False)("r\x1b]52;c;eA==\x07.csv", 5, 10, 3)
    said = capsys.readouterr().err
    assert "50% r" in said
    assert "\x07" not in said
    assert said.count("\x1b") == 1


def test_the_program_refuses_to_open_where_nobody_can_type(tmp_path):
    """Without a terminal, such as over ssh without -t, it would wait for keys that never come."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "MAOC_DATA": str(tmp_path), "MAOC_CONFIG": str(tmp_path)}
    for words in ((), ("demo", "--as", "Ferreira")):
        done = subprocess.run(
            [sys.executable, "-m", "maoc_tui", *words],
            env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert done.returncode == 2
        assert "needs a terminal" in done.stderr
        assert "Traceback" not in done.stderr
