from __future__ import annotations

import pytest

from simulator.cli.main import main
from simulator.locations import SCENARIOS

SMALL = ["briefing", "town", "--people", "120", "--seed", "3"]


@pytest.fixture
def write(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def write(*options, file="page.html"):
        assert main([*SMALL, *options, "--out", file]) == 0
        assert capsys.readouterr().out.startswith(f"{file}: written")
        return (tmp_path / file).read_text(encoding="utf-8")

    return write


def test_the_briefing_names_the_command_that_repeats_it(write):
    page = write()
    assert "<code>mosaic briefing town --people 120 --seed 3 --out page.html</code>" in page
    assert "120 residents" in page
    assert "Census 2000" in page  # the file's own comments
    assert write() == page


def test_the_story(write):
    page = write("--to", "story")
    assert "--seed 3 --to story --out page.html</code>" in page
    assert 'type="range"' in page


def test_a_file_is_named_without_its_folders(write, tmp_path):
    file = tmp_path / "my town.yaml"
    file.write_text("seed: nothing")
    assert main(["briefing", str(file), "--out", "page.html"]) == 2
    file.write_bytes((SCENARIOS / "town.yaml").read_bytes())
    assert main(["briefing", str(file), "--people", "100", "--out", "page.html"]) == 0
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "mosaic briefing &#39;my town.yaml&#39; --people 100" in page
    assert str(tmp_path) not in page


@pytest.mark.slow
def test_replicates_are_in_the_command(write):
    assert "--seed 3 --replicates 2 --out page.html</code>" in write("--replicates", "2")


def test_an_overlay_is_in_the_command_and_among_the_inputs(write, tmp_path):
    (tmp_path / "laws").mkdir()
    (tmp_path / "laws" / "my law.yaml").write_text(
        "overlay_version: 1\ntitle: A law\nabout: A test.\nchanges:\n"
        "  sources: {dmv: {staleness_years: 3.0}}\n",
        encoding="utf-8",
    )
    page = write("--overlay", "laws/my law.yaml", "--overlay", "broker_opt_out")
    assert "--overlay &#39;my law.yaml&#39; --overlay broker_opt_out --people 120" in page
    assert "set by laws/my law.yaml" in page


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--out", "page.pdf"], "page.pdf must end in .html"),
        (["--out", "mine.html"], "mine.html was not written by mosaic"),
        (["--out", "page.html", "--replicates", "0"], "--replicates must be between 1 and 1000"),
    ],
)
def test_bad_input_is_refused_before_the_work(tmp_path, monkeypatch, capsys, options, message):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.html").write_text("mine")
    monkeypatch.setattr("simulator.cli.run.compute", lambda *_: pytest.fail("too late"))
    assert main(["briefing", "town", *options]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert len(error.splitlines()) == 1
    assert (tmp_path / "mine.html").read_text() == "mine"
