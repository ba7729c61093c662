"""Where files other than code stand: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_PACKAGED = _PACKAGE / "packaged"
_ROOT = _PACKAGED if _PACKAGED.is_dir() else _PACKAGE.parent

DATA = _ROOT / "data"
SCENARIOS = _ROOT / "scenarios"
APP = _ROOT / "app.py"
VALIDATION = _ROOT / "docs" / "validation.md"
