"""Measures of dossier tables: how much became known of whom, how much of it is wrong."""

from simulator.exposure.audit import audit_links
from simulator.exposure.bypass import measure_bypass
from simulator.exposure.effort import measure_effort
from simulator.exposure.growth import METRICS, measure_step
from simulator.exposure.intervals import resample_households
from simulator.exposure.person import measure_people
from simulator.exposure.replicates import combine_replicates

__all__ = [
    "METRICS",
    "audit_links",
    "combine_replicates",
    "measure_bypass",
    "measure_effort",
    "measure_people",
    "measure_step",
    "resample_households",
]
