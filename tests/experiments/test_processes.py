"""Work in processes of their own, whatever the main module is."""

from __future__ import annotations

import math
import sys
from types import ModuleType

import pytest

from simulator.experiments.processes import in_processes


@pytest.mark.parametrize("tasks", [[4], [4, 9, 16]])
def test_outcomes_come_in_the_order_of_the_tasks(tasks):
    assert list(in_processes(math.isqrt, tasks)) == [math.isqrt(task) for task in tasks]


def test_a_page_as_main_module_is_not_run_again(tmp_path, monkeypatch):
    page = tmp_path / "page.py"
    page.write_text("raise SystemExit('not here')\n")
    main = ModuleType("__main__")
    main.__file__ = str(page)
    monkeypatch.setitem(sys.modules, "__main__", main)
    assert list(in_processes(math.isqrt, [4, 9])) == [2, 3]
    assert sys.modules["__main__"] is main
