"""Sources: who is in which list, with which fields, how old and how garbled."""

from simulator.sources.collect import collect

__all__ = ["collect"]
