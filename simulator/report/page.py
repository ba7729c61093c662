"""Pages that stand alone: one file that asks for nothing else, and is never put over others' work.

What a scenario says is text, and stays text: templates escape all but the pictures drawn here.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from simulator.report import render

if TYPE_CHECKING:
    from simulator.report.style import Spec

TEMPLATES = Path(__file__).with_name("templates")
_SIGNATURE = '<meta name="generator" content="mosaic '
_SIGNATURE_WITHIN_BYTES = 2000


class PageRefused(Exception):
    """The file must not be written; the message is one line and says what to do."""


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def filled(template: str, **content: Any) -> str:
    """Return a page made from a template of this package; all but pictures is escaped."""
    return _environment().get_template(template).render(**content)


def picture(spec: Spec, in_words: str) -> Markup:
    """Draw a specification as SVG to stand inside a page, described to those who cannot see it.

    The renderer has escaped the text inside the picture.
    """
    drawn = Markup(render.svg(spec))
    return drawn.replace("<svg ", Markup('<svg role="img" aria-label="{}" ').format(in_words), 1)


def check_writable(file: Path, *, force: bool) -> None:
    """Raise PageRefused if `file` cannot be a page, or is somebody else's work."""
    if file.suffix.lower() not in (".html", ".htm"):
        raise PageRefused(f"{file} must end in .html")
    if file.is_dir():
        raise PageRefused(f"{file} is a folder; name a file in it")
    if file.exists() and not force and not _is_ours(file):
        raise PageRefused(
            f"{file} was not written by mosaic; name another file, or replace it with --force"
        )


def write_page(text: str, file: Path, *, force: bool) -> None:
    """Write a page as a whole or not at all; folders are created.

    Raises
    ------
    PageRefused
        If `check_writable` says so or the place cannot be written to.
    """
    check_writable(file, force=force)
    aside = file.with_name(f".{file.name}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            aside.write_text(text, encoding="utf-8", newline="\n")
            aside.replace(file)
        finally:
            aside.unlink(missing_ok=True)
    except OSError as error:
        raise PageRefused(f"cannot write to {file}: {error.strerror}") from None


def _is_ours(file: Path) -> bool:
    try:
        with file.open("rb") as stream:
            return _SIGNATURE.encode() in stream.read(_SIGNATURE_WITHIN_BYTES)
    except OSError:
        return False
