"""Sources: who is in which list, with which fields, how old and how garbled."""

from simulator.sources.access import Obtained, lookup_links, obtain
from simulator.sources.collect import collect

__all__ = ["Obtained", "collect", "lookup_links", "obtain"]
