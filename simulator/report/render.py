"""Specifications to pictures, on this computer alone: SVG text and PNG bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import vl_convert

if TYPE_CHECKING:
    from simulator.report.style import Spec

VEGA_LITE = "6.1"


def svg(spec: Spec) -> str:
    """Render a Vega-Lite specification as SVG text."""
    return str(vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE))


def png(spec: Spec, scale: float = 2.0) -> bytes:
    """Render a Vega-Lite specification as PNG; `scale` 2 draws two pixels per unit."""
    return png_of(svg(spec), scale)


def png_of(drawn: str, scale: float = 2.0) -> bytes:
    """Render SVG text as PNG."""
    return bytes(vl_convert.svg_to_png(drawn, scale=scale))
