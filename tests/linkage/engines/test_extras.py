from __future__ import annotations

import subprocess
import sys

import pytest

from simulator.linkage import link
from simulator.linkage.engines import extras
from simulator.linkage.engines.extras import EngineMissing, is_installed, refuse_if_missing
from tests.linkage.frames import invented


@pytest.mark.parametrize(("engine", "extra"), [("splink", "splink"), ("splink_spark", "spark")])
def test_a_missing_extra_is_named_in_one_line(monkeypatch, engine, extra):
    monkeypatch.setattr(extras, "find_spec", lambda name: None)
    said = f"engine '{engine}' needs the extra: pip install 'mosaic-simulator[{extra}]'"
    with pytest.raises(EngineMissing) as missing:
        link(invented(5), engine=engine)
    assert str(missing.value) == said
    assert not is_installed(engine)


@pytest.mark.parametrize("engine", ["vectorised", "recordlinkage"])
def test_the_base_install_brings_two_engines(monkeypatch, engine):
    monkeypatch.setattr(extras, "find_spec", lambda name: None)
    assert is_installed(engine)


@pytest.mark.parametrize("version", [0, 11])
def test_spark_without_a_new_enough_java_says_so(monkeypatch, version):
    monkeypatch.setattr(extras, "_java_version", lambda: version)
    monkeypatch.setattr(extras, "find_spec", lambda name: name)
    with pytest.raises(EngineMissing, match="needs Java 17 or newer: apt-get install openjdk-17"):
        refuse_if_missing("splink_spark")


@pytest.mark.parametrize(
    ("said", "version"),
    [
        ('openjdk version "17.0.15" 2025-04-15', 17),
        ('java version "1.8.0_402"', 8),
        ('openjdk version "21" 2023-09-19', 21),
        ("nothing of the kind", 0),
    ],
)
def test_the_version_of_java_is_read(monkeypatch, tmp_path, said, version):
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text(f"#!/bin/sh\necho '{said}' >&2\n")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    extras._java_version.cache_clear()
    try:
        assert extras._java_version() == version
    finally:
        extras._java_version.cache_clear()


def test_no_extra_is_imported_unless_asked_for():
    code = "import sys, simulator.linkage; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"splink", "duckdb", "pyspark"} & set(done.stdout.split())
