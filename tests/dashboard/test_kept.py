from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from simulator.dashboard.kept import Kept


def test_whoever_comes_while_it_is_computed_gets_the_same_value():
    kept, begun, go_on = Kept(), Event(), Event()

    def compute():
        begun.set()
        go_on.wait(5)
        return object()

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(kept.get, compute)
        begun.wait(5)
        second = pool.submit(kept.get, lambda: pytest.fail("computed twice"))
        go_on.set()
        assert first.result() is second.result()
    assert kept.is_at_hand


def test_what_was_stopped_is_computed_anew():
    kept = Kept()
    with pytest.raises(KeyboardInterrupt):
        kept.get(lambda: (_ for _ in ()).throw(KeyboardInterrupt))
    assert not kept.is_at_hand
    assert kept.get(lambda: "done") == "done"
