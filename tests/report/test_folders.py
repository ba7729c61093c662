from __future__ import annotations

import json
from pathlib import Path

import pytest

from simulator.report.folders import FolderRefused, replaced_folder


def write(folder: Path, content: str = "one", *, force: bool = False) -> None:
    with replaced_folder(folder, version="0.1.0", force=force) as fresh:
        (fresh / "file.txt").write_text(content)


def test_a_new_folder_gets_a_manifest(tmp_path):
    write(tmp_path / "deep" / "out")
    manifest = json.loads((tmp_path / "deep" / "out" / "manifest.json").read_text())
    assert manifest["tool"] == "mosaic"
    assert manifest["files"] == ["file.txt", "manifest.json"]


@pytest.mark.parametrize("before", ["ours", "empty"])
def test_our_folder_and_an_empty_one_are_replaced(tmp_path, before):
    target = tmp_path / "out"
    if before == "ours":
        write(target)
    else:
        target.mkdir()
    write(target, "two")
    assert (target / "file.txt").read_text() == "two"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]  # nothing is left beside it


def test_anything_else_needs_force(tmp_path):
    target = tmp_path / "out"
    target.mkdir()
    (target / "thesis.txt").write_text("mine")
    with pytest.raises(FolderRefused, match=r"thesis\.txt, which mosaic did not write.*--force"):
        write(target)
    assert (target / "thesis.txt").read_text() == "mine"
    write(target, force=True)
    assert not (target / "thesis.txt").exists()


def test_a_stranger_among_our_files_needs_force(tmp_path):
    target = tmp_path / "out"
    write(target)
    (target / "notes.txt").write_text("mine")
    with pytest.raises(FolderRefused, match="notes"):
        write(target)


@pytest.mark.parametrize("manifest", ['{"tool": "other", "files": []}', "[]", "{", "3"])
def test_a_manifest_of_another_tool_is_not_ours(tmp_path, manifest):
    (tmp_path / "manifest.json").write_text(manifest)
    with pytest.raises(FolderRefused):
        write(tmp_path)


def test_a_failed_run_leaves_the_old_files(tmp_path):
    target = tmp_path / "out"
    write(target)

    def fail_midway() -> None:
        with replaced_folder(target, version="0.1.0", force=False) as fresh:
            (fresh / "file.txt").write_text("half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_midway()
    assert (target / "file.txt").read_text() == "one"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_where_one_stands_cannot_be_replaced_even_by_force(tmp_path, monkeypatch):
    (tmp_path / "inner").mkdir()
    monkeypatch.chdir(tmp_path / "inner")
    for folder in (Path(), Path(".."), Path.home()):
        with pytest.raises(FolderRefused, match="cannot be replaced"):
            write(folder, force=True)


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(FolderRefused, match="is a file"):
        write(tmp_path / "out", force=True)
