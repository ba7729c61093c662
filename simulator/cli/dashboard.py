"""``mosaic dashboard``: the pages, in a browser on this computer and nowhere else."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING, Any

from simulator.cli.arguments import whole_number
from simulator.cli.problems import UsageProblem
from simulator.locations import APP

if TYPE_CHECKING:
    import argparse

ADDRESS = "127.0.0.1"
USUAL_PORT = 8501


def add_parser(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "dashboard", description=f"Open the pages in a browser; only this computer sees {ADDRESS}."
    )
    parser.add_argument(
        "--port",
        type=whole_number,
        metavar="N",
        help=f"port to serve on ({USUAL_PORT}, or a free one)",
    )
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")


def run(args: argparse.Namespace) -> int:
    """Serve the pages until interrupted; return 0."""
    port = _chosen_port(args.port)
    from streamlit.web.cli import main as streamlit

    os.chdir(APP.parent)  # the configuration stands beside app.py
    print(f"http://{ADDRESS}:{port}   (Ctrl+C ends it)", flush=True)
    streamlit(args=server_options(port, opens_browser=not args.no_browser), standalone_mode=False)
    return 0


def server_options(port: int, *, opens_browser: bool) -> list[str]:
    """Return what Streamlit is told: serve the pages, closed to every other computer."""
    options = {
        "server.address": ADDRESS,
        "server.port": port,
        "server.headless": str(not opens_browser).lower(),
        "server.showEmailPrompt": "false",  # nobody is asked who they are
        "logger.hideWelcomeMessage": "true",  # nor offered anything, here or over a page
        "browser.serverAddress": ADDRESS,
        "browser.gatherUsageStats": "false",
    }
    return ["run", str(APP), *(f"--{name}={value}" for name, value in options.items())]


def _chosen_port(wanted: int | None) -> int:
    if wanted is None:
        return USUAL_PORT if is_free(USUAL_PORT) else _any_free_port()
    if not 1 <= wanted <= 65535:
        raise UsageProblem(
            f"mosaic dashboard: --port must be between 1 and 65535 (you wrote {wanted})"
        )
    if not is_free(wanted):
        raise UsageProblem(
            f"mosaic dashboard: port {wanted} cannot be used; without --port a free one is found"
        )
    return wanted


def is_free(port: int) -> bool:
    """Tell whether a server can be started on the port; one that just ended does not hold it."""
    with socket.socket() as probe:
        if os.name == "posix":  # elsewhere it would let two servers share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            return False
    return True


def _any_free_port() -> int:
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        return int(probe.getsockname()[1])
