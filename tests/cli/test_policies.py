from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from simulator.cli import designs
from simulator.cli.main import main
from simulator.experiments import fitting
from simulator.scenario import packaged_policies

SMALL = ["--people", "120", "--seed", "3"]


class Enough(Exception):
    pass


@pytest.fixture
def asked(monkeypatch):
    """What would be compared, and in how many towns."""
    found = SimpleNamespace()

    def stop(chosen, replicates):
        found.designs, found.replicates = chosen, replicates
        raise Enough

    monkeypatch.setattr(designs, "compute", stop)
    return found


@pytest.fixture
def two_policies(monkeypatch):
    """Two of the packaged policies stand for all: one that fits the town and one that does not."""
    few = [p for p in packaged_policies() if p.name in ("broker_opt_out", "plate_retention_3_days")]
    monkeypatch.setattr(fitting, "packaged_policies", lambda: few)


def test_every_packaged_policy_fits_or_is_named(asked, capsys):
    with pytest.raises(Enough):
        main(["policies", "town", "--seeds", "4"])
    chosen = asked.designs
    fitting, left_out = set(chosen.policies), set(chosen.left_out)
    assert len(fitting) > 5
    assert {p.title for p in packaged_policies() if p.name not in fitting} == left_out
    assert set(chosen.labels) == set(chosen.abouts) == fitting
    assert all("\n" not in about for about in chosen.abouts.values())
    assert asked.replicates == 4
    error = capsys.readouterr().err
    assert "Plate readings kept 3 days: left out; it changes something that this town" in error
    assert len(error.splitlines()) == len(left_out)


def test_a_policy_of_ones_own_is_ranked_among_them(asked, tmp_path):
    law = tmp_path / "my_law.yaml"
    law.write_text(
        "overlay_version: 1\ntitle: A law\nabout: A test.\nchanges:\n"
        "  sources: {dmv: {gate: warrant}}\n",
        encoding="utf-8",
    )
    with pytest.raises(Enough):
        main(["policies", "town", "--overlay", str(law), "--overlay", "broker_opt_out"])
    assert list(asked.designs.policies)[:2] == ["my_law", "broker_opt_out"]
    assert asked.designs.labels["my_law"] == "A law"


@pytest.mark.slow
def test_the_ranking_is_printed_and_written(two_policies, tmp_path, capsys):
    """The figures are those that compare gives for the same policy, seed and people."""
    folder, page = tmp_path / "out", tmp_path / "policies.md"
    law = ["--overlay", "dmv_sharing_ban"]
    done = ["policies", "town", *law, *SMALL, "--out", str(folder)]
    assert main(done) == 0
    printed = capsys.readouterr().out
    assert "two policies beside it" in printed
    assert "rank" in printed.splitlines()[2]
    assert all(len(line) <= 100 for line in printed.splitlines())
    ranked = json.loads((folder / "comparison.json").read_text(encoding="utf-8"))
    assert ranked["command"] == (
        "mosaic policies town --overlay dmv_sharing_ban --people 120 --seed 3"
    )
    assert {"manifest.json", "ranking.csv", "changes.svg"} <= {f.name for f in folder.iterdir()}
    main(["compare", "town", "--overlay", "broker_opt_out", *SMALL, "--format", "json"])
    alone = json.loads(capsys.readouterr().out)
    of_policy = [row for row in ranked["effects"] if row["policy"] == "broker_opt_out"]
    assert of_policy == alone["effects"]
    assert main([*done[:-2], "--to", str(page)]) == 0
    assert "Plate readings kept 3 days" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["twon"], "Did you mean 'town'?"),
        (["town", "--seeds", "0"], "must be between 1 and 1000"),
        (["town", "--people", "0"], "people must be between 50 and"),
        (["town", "--overlay", "broker_optout"], "Did you mean 'broker_opt_out'?"),
        (["town", "--overlay", "a/b.yaml", "--overlay", "b.yaml"], "have the same name"),
        (["town", "--to", "nowhere/page.md"], "mosaic policies: nowhere/page.md is not a file"),
    ],
)
def test_mistakes_in_usage_are_one_line_before_the_work(monkeypatch, capsys, options, message):
    monkeypatch.setattr(designs, "compute", lambda *_: pytest.fail("too late"))
    assert main(["policies", *options]) == 2
    printed = capsys.readouterr()
    assert message in printed.err
    assert len(printed.err.splitlines()) == 1
    assert printed.out == ""


def test_a_town_that_no_policy_fits(monkeypatch, capsys):
    monkeypatch.setattr(fitting, "packaged_policies", list)
    assert main(["policies", "town"]) == 2
    assert "no packaged policy fits town" in capsys.readouterr().err
