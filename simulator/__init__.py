"""Mosaic: harmless-looking lists about synthetic people, joined."""

__version__ = "0.1.0"
