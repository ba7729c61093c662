from __future__ import annotations

import pytest

from benchmarks.subsets import main


@pytest.mark.slow
def test_a_very_small_run_tells_what_each_part_took(capsys):
    main(["--people", "100", "--runs", "1"])
    told = capsys.readouterr().out
    for part in ("100 people, 12 players", "largest block", "all 4,096 subsets", "together"):
        assert part in told
