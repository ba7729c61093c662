"""What is measured of one way to link at one size."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Measurement:
    """One way to link on the records of one town.

    Attributes
    ----------
    linker : str
    people : int
        Residents and outsiders together.
    records : int
        In all sources.
    pairs : int or None
        Candidate pairs: compared, whatever came of it. None where it does not tell.
    runs : int
        How often it linked; times are medians.
    wall_seconds, cpu_seconds : float
        Linking as a whole; imports, reading and clustering not counted. CPU over all threads.
    engine_seconds : float or None
        The part of it in which the engines differ: joining and comparing pairs. None where it
        cannot be told apart.
    peak_mib : float
        Largest resident memory of the process: Python, libraries, records and linking.
    threshold, best_threshold : float
        The scenario's default match probability, and the one at which F1 is largest.
    precision, recall, f1, best_precision, best_recall, best_f1 : float
        Of the links at least that likely, over pairs of records (0 to 1).
    cluster_precision, cluster_recall : float
        Of the pairs of records in one cluster, at the default threshold (0 to 1).
    """

    linker: str
    people: int
    records: int
    pairs: int | None
    runs: int
    wall_seconds: float
    cpu_seconds: float
    engine_seconds: float | None
    peak_mib: float
    threshold: float
    precision: float
    recall: float
    f1: float
    best_threshold: float
    best_precision: float
    best_recall: float
    best_f1: float
    cluster_precision: float
    cluster_recall: float
