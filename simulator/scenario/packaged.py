"""The scenarios and policies that come with the simulator."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from simulator.locations import SCENARIOS
from simulator.scenario.document import read_document
from simulator.scenario.problems import Problem, ScenarioProblems, suggestion


class PackagedFile(NamedTuple):
    """A file that comes with the simulator: its short name, and what it says of itself."""

    name: str
    path: Path
    title: str
    about: str


def packaged_scenarios() -> list[PackagedFile]:
    """Return every packaged scenario, in the order of their names."""
    return [_described(path) for path in _files("scenario").values()]


def packaged_policies() -> list[PackagedFile]:
    """Return every packaged overlay, in the order of their names."""
    return [_described(path) for path in _files("overlay").values()]


def scenario_path(argument: str | Path) -> tuple[Path, str]:
    """Return the file that `argument` means, and what to call it in messages.

    Parameters
    ----------
    argument : str or Path
        A file, or the name of a packaged scenario with or without ".yaml".

    Raises
    ------
    ScenarioProblems
        If it is neither.
    """
    return _path(argument, "scenario", "scenario")


def overlay_path(argument: str | Path) -> tuple[Path, str]:
    """Return the overlay file that `argument` means, and what to call it in messages.

    Parameters
    ----------
    argument : str or Path
        A file, or the name of a packaged policy with or without ".yaml".

    Raises
    ------
    ScenarioProblems
        If it is neither.
    """
    return _path(argument, "overlay", "policy")


def packaged_path(name: str) -> Path | None:
    """Return the packaged scenario of this name, with or without ".yaml"; None if there is none."""
    return _files("scenario").get(name.removesuffix(".yaml"))


def is_packaged_policy(argument: str | Path) -> bool:
    """Tell whether `argument` is the name of a packaged policy, and of nothing else."""
    name = str(argument).removesuffix(".yaml")
    return not Path(argument).exists() and name in _files("overlay") and packaged_path(name) is None


def _files(kind: str) -> dict[str, Path]:
    folder = SCENARIOS / "policies" if kind == "overlay" else SCENARIOS
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}


def _described(path: Path) -> PackagedFile:
    values = read_document(path.read_text(encoding="utf-8")).values
    return PackagedFile(path.stem, path, str(values["title"]), str(values["about"]).strip())


def _path(argument: str | Path, kind: str, called: str) -> tuple[Path, str]:
    written = str(argument)
    path = Path(argument)
    if path.is_file():
        return path, written
    packaged = _files(kind)
    name = written.removesuffix(".yaml")
    if name in packaged:
        return packaged[name], packaged[name].name
    if path.is_dir():
        raise _unreadable(written, f"this is a folder; name {_a(kind)} file in it")
    close = suggestion(path.name.removesuffix(".yaml"), packaged)
    mend = f"Did you mean '{close}'?" if close else "'mosaic list' shows what comes with it"
    raise _unreadable(written, f"there is no such file, and no packaged {called}. {mend}")


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _unreadable(name: str, message: str) -> ScenarioProblems:
    return ScenarioProblems([Problem(name, 0, 0, message)])
