"""The population stage: everyone in a scenario, and all that is true of them."""

from simulator.population.populate import populate
from simulator.population.ties import ego_network

__all__ = ["ego_network", "populate"]
