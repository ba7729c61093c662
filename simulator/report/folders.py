"""Output folders: written aside, then put in place as a whole, and never over anyone's work."""

from __future__ import annotations

import json
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MANIFEST = "manifest.json"
TOOL = "mosaic"


class FolderRefused(Exception):
    """The folder must not be replaced; the message is one line and says what to do."""


@contextmanager
def replaced_folder(folder: Path, *, version: str, force: bool) -> Iterator[Path]:
    """Yield an empty folder to write into; at the end it takes the place of `folder`.

    A folder that an earlier run wrote (it holds our manifest and nothing beside what the manifest
    lists) is replaced, and so is an empty one.

    Parameters
    ----------
    folder : Path
        Where the files shall stand in the end.
    version : str
        Written into the manifest.
    force : bool
        Replace the folder whatever it holds.

    Raises
    ------
    FolderRefused
        If it holds anything else and `force` is False, or cannot be replaced at all.
    """
    check_replaceable(folder, force=force)
    target = folder.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise FolderRefused(f"cannot write to {folder}: {error.strerror}") from None
    try:
        fresh = aside / "fresh"
        fresh.mkdir()
        yield fresh
        _write_manifest(fresh, version)
        _put_in_place(fresh, target, aside)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _put_in_place(fresh: Path, target: Path, aside: Path) -> None:
    """Swap by two renames; if the second fails, the first is undone."""
    before = aside / "before"
    if target.exists():
        target.rename(before)
    try:
        fresh.rename(target)
    except OSError:
        if before.exists():
            before.rename(target)
        raise


def _write_manifest(folder: Path, version: str) -> None:
    files = sorted([*(path.name for path in folder.iterdir()), MANIFEST])
    manifest = {"tool": TOOL, "version": version, "synthetic": True, "files": files}
    text = json.dumps(manifest, indent=1) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8", newline="\n")


def check_replaceable(folder: Path, *, force: bool) -> None:
    """Raise FolderRefused if `folder` holds anything that is not ours, or can never be replaced."""
    target = folder.resolve()
    if target.exists() and not target.is_dir():
        raise FolderRefused(f"{folder} is a file; name a folder")
    if target in (Path.home(), Path.cwd(), *Path.cwd().parents):
        raise FolderRefused(f"{folder} cannot be replaced; name a folder of its own inside it")
    if force or not target.exists():
        return
    foreign = _foreign_files(target)
    if foreign:
        raise FolderRefused(
            f"{folder} holds {foreign[0]}, which mosaic did not write; name another folder, or "
            "replace it all with --force"
        )


def _foreign_files(target: Path) -> list[str]:
    """Return what stands in the folder and is not listed in a manifest of ours."""
    found = sorted(path.name for path in target.iterdir())
    try:
        manifest = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
        ours = set(manifest["files"]) if manifest["tool"] == TOOL else set()
    except (OSError, ValueError, KeyError, TypeError):
        return found
    return [name for name in found if name not in ours]
