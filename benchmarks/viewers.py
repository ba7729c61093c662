"""Let a class look at the Story at once and write VIEWERS.md: how long until each has a picture.

    python -m benchmarks.viewers [--viewers 30] [--town town] [--out benchmarks/VIEWERS.md]

The dashboard is started as anyone starts it and ended afterwards. Linux only.
"""

from __future__ import annotations

import argparse
import asyncio
import http.client
import socket
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from benchmarks.machine import describe
from benchmarks.process_memory import PROC, watched
from benchmarks.streamlit_client import Visit, visit
from simulator.scenario import load_scenario, packaged_scenarios

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parents[1]
SECONDS_ALLOWED = 5
MIB_ALLOWED = 3 * 1024
START_SECONDS = 60.0
"""How long the server may take until it answers."""
WAVE_SECONDS = 300.0
"""When a wave of viewers is given up."""
PACKAGES = ("streamlit", "uvicorn", "websockets", "protobuf", "numpy", "pandas")

PAGE = """\
# The dashboard before a class

Written by `make bench-viewers`. The server is `mosaic dashboard`; the viewers are {count} web
socket connections opened at the same moment, each asking for the Story of `{town}` with its {lists}
lists joined, and kept open until the last has its page. One viewer came before them, so the town is
at hand (that one waited {cold:.1f} s). Time runs from before a viewer connects until the server's
first chart has reached it. What a browser does besides, loading Streamlit's files and drawing, is
not in it; the viewers' own work, on the same machine, is. Memory is the peak of the server's
processes, added up. Everyone in the town is invented.

{machine}

| seconds | median | slowest | allowed | |
|---|---|---|---|---|
| until the first picture | {picture:.2f} | {picture_most:.2f} | {seconds_allowed} | {in_time} |
| until the page is complete | {page:.2f} | {page_most:.2f} | – | |

| memory | MiB | allowed | |
|---|---|---|---|
| peak with the first | {before:,.0f} | – | |
| peak with all {count} | {peak:,.0f} | {mib_allowed:,} | {in_memory} |

Until the first picture, each viewer, s: {each}.

All {count} saw the same finding: “{headline}”
"""


@dataclass(frozen=True)
class Load:
    """What a wave of viewers met.

    Attributes
    ----------
    first : Visit
        The one who came before, while nothing was at hand.
    visits : list of Visit
        Those who came at once.
    before_mib, peak_mib : float
        Peak memory of the server's processes after the first, and after all.
    """

    first: Visit
    visits: list[Visit]
    before_mib: float
    peak_mib: float


def measure(town: str, viewers: int) -> Load:
    """Start the dashboard, send one viewer and then `viewers` at once, and end it."""
    query = _story_of(town)
    with _dashboard() as (port, pid), watched(pid) as peak:
        (first,) = asyncio.run(_at_once(port, query, 1))
        before_mib = peak.mib
        visits = asyncio.run(_at_once(port, query, viewers))
    return Load(first, visits, before_mib, peak.mib)


def _story_of(town: str) -> str:
    """Return the query that opens the Story of a packaged scenario with all its lists joined.

    >>> _story_of("town")
    'town=town&lists=4'
    """
    return urlencode({"town": town, "lists": _lists(town)})


def _lists(town: str) -> int:
    return len(load_scenario(town).reachable())


async def _at_once(port: int, query: str, viewers: int) -> list[Visit]:
    everyone_is_served = asyncio.Barrier(viewers)
    async with asyncio.timeout(WAVE_SECONDS), asyncio.TaskGroup() as group:
        tasks = [
            group.create_task(visit(port, query, everyone_is_served.wait)) for _ in range(viewers)
        ]
    return [task.result() for task in tasks]


@contextmanager
def _dashboard() -> Iterator[tuple[int, int]]:
    """Run ``mosaic dashboard``; yield its port and process id once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "simulator", "dashboard", "--port", str(port), "--no-browser"]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        _await_answer(server, port)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(timeout=20)


def _await_answer(server: subprocess.Popen[bytes], port: int) -> None:
    given_up = time.monotonic() + START_SECONDS
    while time.monotonic() < given_up and server.poll() is None:
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            asked.request("GET", "/_stcore/health")
            if asked.getresponse().status == http.HTTPStatus.OK:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            asked.close()
    raise RuntimeError("the dashboard did not start")


def as_markdown(load: Load, town: str, machine: Mapping[str, str]) -> str:
    """Return the page."""
    pictures = sorted(found.picture_seconds for found in load.visits)
    pages = sorted(found.page_seconds for found in load.visits)
    (headline,) = {found.headline for found in (load.first, *load.visits)}
    return PAGE.format(
        count=len(load.visits),
        town=town,
        lists=_lists(town),
        cold=load.first.picture_seconds,
        machine="\n".join(f"- {what}: {value}" for what, value in machine.items()),
        picture=statistics.median(pictures),
        picture_most=pictures[-1],
        page=statistics.median(pages),
        page_most=pages[-1],
        seconds_allowed=SECONDS_ALLOWED,
        in_time=_verdict(pictures[-1] < SECONDS_ALLOWED),
        before=load.before_mib,
        peak=load.peak_mib,
        mib_allowed=MIB_ALLOWED,
        in_memory=_verdict(load.peak_mib < MIB_ALLOWED),
        each=", ".join(f"{seconds:.2f}" for seconds in pictures),
        headline=headline,
    )


def _verdict(is_kept: bool) -> str:
    return "kept" if is_kept else "**missed**"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the file; return 0."""
    parser = argparse.ArgumentParser(prog="benchmarks.viewers", description=__doc__)
    parser.add_argument("--viewers", type=int, default=30, metavar="N")
    towns = [preset.name for preset in packaged_scenarios()]
    parser.add_argument("--town", default="town", choices=towns, help="a packaged scenario")
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks" / "VIEWERS.md")
    chosen = parser.parse_args(arguments)
    if chosen.viewers < 1:
        parser.error(f"--viewers must be at least 1 (you wrote {chosen.viewers})")
    if not PROC.is_dir():
        parser.error("memory is read from /proc, which only Linux has")
    machine = describe(PACKAGES)
    page = as_markdown(measure(chosen.town, chosen.viewers), chosen.town, machine)
    chosen.out.write_text(page, encoding="utf-8")
    sys.stderr.write(f"{chosen.out.name}: written\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
