from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from simulator.dashboard import session
from tests.report import invented

if TYPE_CHECKING:
    from collections.abc import Iterator

APP = Path(__file__).parents[2] / "app.py"


@pytest.fixture(scope="session", autouse=True)
def _no_search_for_components() -> Iterator[None]:
    """Each AppTest would read about all installed packages to find components in none of them."""
    with patch("streamlit.components.v2.manifest_scanner.scan_component_manifests", list):
        yield


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The app with a result made by hand, as a visitor finds it."""
    monkeypatch.setattr(session, "run", lambda *_args: invented.result())
    st.cache_resource.clear()
    yield AppTest.from_file(str(APP), default_timeout=30)
    st.cache_resource.clear()
