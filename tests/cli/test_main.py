import os
import subprocess
import sys
import types

import pytest

from simulator import __version__
from simulator.cli import main as command_line
from simulator.cli.main import COMMANDS, main
from simulator.cli.problems import UsageProblem


def run_python(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


@pytest.fixture
def failing(monkeypatch):
    """Let the command 'list' raise what it is told to."""

    def with_error(error):
        def run(_args):
            raise error

        stand_in = types.SimpleNamespace(add_parser=lambda sub: sub.add_parser("list"), run=run)
        monkeypatch.setattr(command_line.importlib, "import_module", lambda name: stand_in)

    return with_error


def test_no_command_shows_help(capsys):
    assert main([]) == 2
    help_text = capsys.readouterr().err
    assert all(name in help_text for name in COMMANDS)


def test_version(capsys):
    with pytest.raises(SystemExit, match="0"):
        main(["--version"])
    assert capsys.readouterr().out == f"mosaic {__version__}\n"


def test_a_misspelt_command_gets_a_suggestion(capsys):
    assert main(["chekc"]) == 2
    assert capsys.readouterr().err == "mosaic: there is no command 'chekc'. Did you mean 'check'?\n"


def test_an_option_before_the_command_is_no_command(capsys):
    assert main(["--seed", "3", "run", "town"]) == 2
    assert capsys.readouterr().err.startswith("mosaic: there is no command '--seed'. There are: ")


def test_bad_input_is_one_line_and_no_traceback(failing, capsys):
    failing(UsageProblem("out: the folder is not empty; add --force"))
    assert main(["list"]) == 2
    assert capsys.readouterr().err == "out: the folder is not empty; add --force\n"


def test_our_own_mistakes_are_not_hidden(failing):
    failing(ZeroDivisionError("ours"))
    with pytest.raises(ZeroDivisionError):
        main(["list"])


def test_an_interrupt_is_quiet(failing, capsys):
    failing(KeyboardInterrupt())
    assert main(["list"]) == 130
    assert capsys.readouterr().err == ""


def test_help_and_bad_usage_import_nothing_slow():
    code = """
import sys
from simulator.cli.main import main
for arguments in (["--help"], ["check"], ["check", "--help"], ["nonsense"], ["list", "--what"]):
    try:
        main(arguments)
    except SystemExit:
        pass
slow = {"pandas", "numpy", "pydantic", "ruamel.yaml", "streamlit"} & set(sys.modules)
sys.exit(f"imported: {slow}" if slow else 0)
"""
    done = run_python(code)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(os.name == "nt", reason="pipes close differently there")
def test_a_reader_that_stops_reading_is_no_error():
    code = """
import sys
from simulator.cli import main as command_line
import types
def run(args):
    for _ in range(100_000):
        print("x" * 80)
    return 0
stand_in = types.SimpleNamespace(add_parser=lambda sub: sub.add_parser("list"), run=run)
command_line.importlib.import_module = lambda name: stand_in
sys.exit(command_line.main(["list"]))
"""
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait() == 0


def test_python_dash_m_is_the_same_command():
    done = subprocess.run(
        [sys.executable, "-m", "simulator", "check", "nowhere"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stdout.startswith("nowhere: there is no such file")
