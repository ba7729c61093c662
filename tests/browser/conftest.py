from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.navigation import come_to_rest

if TYPE_CHECKING:
    from collections.abc import Iterator

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FIRST_CHART_MS = 15_000
"""How long a cold start may take until the first chart stands."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        if os.environ.get("MOSAIC_REQUIRE_BROWSER") == "1":
            pytest.fail(f"{CHROMIUM} is missing and MOSAIC_REQUIRE_BROWSER=1")
        pytest.skip(f"{CHROMIUM} is missing")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of `mosaic dashboard`, served as a visitor would."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    root = Path(__file__).parents[2]
    server = subprocess.Popen(
        [sys.executable, "-c", "import sys; from simulator.cli.main import main; sys.exit(main())",
         "dashboard", "--port", str(port), "--no-browser"],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )  # fmt: skip
    assert server.stdout is not None
    try:
        said: list[str] = []
        for line in server.stdout:
            said.append(line)
            if "server started" in line:
                break
        else:
            pytest.fail("the server did not start:\n" + "".join(said))
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=20)
        server.stdout.close()


@dataclass
class Visit:
    """One visitor's page, and all that must not happen on it."""

    page: Page
    address: str
    requests_elsewhere: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, query: str = "") -> None:
        self.page.goto(f"{self.address}/{query}")
        self.settled()

    def settled(self) -> None:
        """Wait until both charts are drawn and the script has come to rest."""
        charts = self.page.get_by_test_id("stVegaLiteChart").locator("canvas, svg.marks")
        charts.nth(1).wait_for(timeout=FIRST_CHART_MS)
        come_to_rest(self.page, timeout=FIRST_CHART_MS)

    def headline(self) -> str:
        return self.page.get_by_role("heading", level=2).inner_text()

    def press(self, key: str, expected: str) -> None:
        """Press a key and wait for the headline to hold `expected`."""
        self.page.keyboard.press(key)
        heading = self.page.get_by_role("heading", level=2).filter(has_text=expected)
        heading.wait_for(timeout=FIRST_CHART_MS)
        self.settled()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1024, "height": 768}, accept_downloads=True)
    yield context
    context.close()


@pytest.fixture
def visit(context: BrowserContext, address: str) -> Iterator[Visit]:
    """A fresh visit; whatever it does, it must ask no other host and raise no error."""
    visit = Visit(context.new_page(), address)
    local = ("data:", "blob:", address, address.replace("http", "ws"))
    visit.page.on(
        "request",
        lambda request: (
            None if request.url.startswith(local) else visit.requests_elsewhere.append(request.url)
        ),
    )
    visit.page.on(
        "console",
        lambda message: visit.errors.append(message.text) if message.type == "error" else None,
    )
    visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))
    yield visit
    assert visit.requests_elsewhere == []
    assert visit.errors == []
