"""Faces: templates drawn at random, and how alike they are within a group.

The template of person i of group g and a picture of it are

    x_i = normalised sqrt(1 - rho_g) z_i + sqrt(rho_g) c_g
    y   = normalised sqrt(1 - rho_g) (sqrt(q) z_i + sqrt(1 - q) e) + sqrt(rho_g) c_g

z_i is the person's own (d = `FACE_SIZE` independent standard normals), c_g what the group has in
common (a random direction of length sqrt(d)), e what is wrong with the picture (like z_i, of each
record anew) and q the quality of the pictures of the source. A bad picture blurs what is a person's
own and not what the group has in common, so pictures of two different people of a group are as
alike as their templates are, whatever the qualities: sqrt(q) z_i + sqrt(1 - q) e is d standard
normals again. Two pictures of one person have a cosine of about (1 - rho_g) sqrt(q q') + rho_g.

rho_g is solved for, so that two people of group g reach the likeness at which search takes two
faces for one as many times as often as the scenario says (`Group.face_false_match_factor`; NIST
found 10 to 100 for some groups: Grother, Ngan and Hanaoka 2019, NISTIR 8280). Let b be the cosine
between a picture and c_g. In units of one normal, b = g / sqrt(g² + r²) with g ~ N(kappa, 1),
kappa = sqrt(rho d / (1 - rho)) and r² ~ chi² of d - 1. Across c_g directions are uniform, so two
pictures have the cosine b b' + sqrt((1 - b²)(1 - b'²)) w with w the cosine of two independent
directions in d - 1 dimensions. Hence

    P(cosine > t) = mean over b, b' of P(w > (t - b b') / sqrt((1 - b²)(1 - b'²))).

The mean is taken by the trapezoid rule, which for smooth densities that vanish at both ends is
exact to many digits, and rho is found by bracketing.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from simulator.face_templates import face_column, similarity_threshold
from simulator.randomness import Stream
from simulator.tables import FACE_SIZE

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from simulator.face_templates import Templates
    from simulator.randomness import Floats, Integers, Words
    from simulator.scenario.schema import Scenario, Source
    from simulator.sources.subjects import Subjects

MOST_FALSE_MATCHES = 0.5
"""Two people of one group are taken for one at most this often, whatever factor is asked for."""

_MOST_COMMON = 0.9
_NODES = 100


def with_faces(scenario: Scenario, source: Source, stream: Stream, subjects: Subjects) -> Subjects:
    """Return the records with a picture of each subject, where the source keeps pictures.

    Parameters
    ----------
    scenario : Scenario
    source : Source
        Its field ``face`` says how good the pictures are.
    stream : Stream
        The stream of the source.
    subjects : Subjects

    Returns
    -------
    Subjects
        With ``details["face"]``, as `face_pictures` returns it.
    """
    setting = source.fields.get("face")
    if setting is None:
        return subjects
    pictures = face_pictures(
        scenario,
        subjects.entity_id,
        subjects.group,
        subjects.keys,
        setting.quality,
        stream,
    )
    return replace(subjects, details={**subjects.details, "face": pictures})


def face_pictures(
    scenario: Scenario,
    entity_id: Integers,
    group: pd.Categorical,
    keys: Words,
    quality: float,
    stream: Stream,
) -> pa.FixedSizeListArray:
    """Return one picture's template per record.

    Parameters
    ----------
    scenario : Scenario
        Its seed, its groups and what face search is set to.
    entity_id : array of int64
        Whose face it is. A face is the same in every source.
    group : Categorical
        Group of each of them, by the names of the scenario.
    keys : array of uint64
        Stable keys of the records: each record has a picture of its own.
    quality : float
        From 0, no likeness to the person, to 1, the template itself.
    stream : Stream
        The stream of the source.

    Returns
    -------
    Arrow array of `simulator.tables.FACE`, none missing
    """
    entities, of_entity = np.unique(entity_id, return_inverse=True)
    own = _normals(Stream(scenario.seed, "faces of people"), entities)[:, of_entity]
    own *= np.sqrt(quality)
    if quality < 1:
        own += np.sqrt(1 - quality) * _normals(stream.child("face/picture"), keys)
    common, directions = _groups(scenario, tuple(str(name) for name in group.categories))
    own *= np.sqrt(1 - common)[group.codes]
    own += (np.sqrt(common * FACE_SIZE) * directions)[:, group.codes]
    templates: Templates = (own / np.sqrt((own * own).sum(axis=0))).T.astype(np.float32)
    return face_column(templates, np.ones(len(templates), dtype=np.bool_))


def _normals(stream: Stream, keys: Integers | Words) -> Floats:
    """Return `FACE_SIZE` standard normals per key, one row each (Box and Muller 1958)."""
    normals = np.empty((FACE_SIZE, len(keys)))
    for pair in range(0, FACE_SIZE, 2):
        radius = np.sqrt(-2.0 * np.log1p(-stream.uniform(keys, pair)))
        angle = 2.0 * np.pi * stream.uniform(keys, pair + 1)
        normals[pair] = radius * np.cos(angle)
        normals[pair + 1] = radius * np.sin(angle)
    return normals


def _groups(scenario: Scenario, names: tuple[str, ...]) -> tuple[Floats, Floats]:
    """Return rho of each group, and its direction (of length 1) as a column."""
    share = scenario.linkage.face_false_match_share
    settings = scenario.population.groups
    factors = [settings[name].face_false_match_factor for name in names]
    common = np.array([common_share(factor, share) for factor in factors])
    directions = np.empty((FACE_SIZE, len(names)))
    for place, name in enumerate(names):
        stream = Stream(scenario.seed, f"faces of group {name}")
        directions[:, place] = stream.normal(np.arange(FACE_SIZE))
    return common, directions / np.sqrt((directions * directions).sum(axis=0))


@cache
def common_share(factor: float, base_share: float) -> float:
    """Return rho: which share of a template its group has in common.

    Parameters
    ----------
    factor : float
        How many times as often two people of the group are taken for one as two random templates
        are (>= 1).
    base_share : float
        How often two random templates are. The product is taken as `MOST_FALSE_MATCHES` at most.

    Examples
    --------
    >>> common_share(1.0, 1e-4)
    0.0
    >>> rho = common_share(100.0, 1e-4)
    >>> round(rho, 3), round(false_matches(rho, similarity_threshold(1e-4)), 6)
    (0.185, 0.01)
    """
    from scipy.optimize import brentq  # noqa: PLC0415 - a run without faces does without

    if factor <= 1:
        return 0.0
    threshold = similarity_threshold(base_share)
    wanted = np.log(min(factor * base_share, MOST_FALSE_MATCHES))
    found: float = brentq(
        lambda rho: np.log(false_matches(rho, threshold)) - wanted, 0.0, _MOST_COMMON
    )
    return found


def false_matches(rho: float, threshold: float) -> float:
    """Return how often two people of a group have a cosine above `threshold` (0 to 1).

    Without anything in common it is what the threshold was set to:

    >>> round(false_matches(0.0, similarity_threshold(0.001)), 9)
    0.001
    """
    from scipy.special import betainc  # noqa: PLC0415 - a run without faces does without

    b, weight = _cosines_to_group(np.sqrt(rho * FACE_SIZE / (1 - rho)))
    across = np.sqrt(1 - b * b)
    least = (threshold - np.outer(b, b)) / np.outer(across, across)
    half = (FACE_SIZE - 2) / 2
    return float(weight @ betainc(half, half, np.clip((1 - least) / 2, 0.0, 1.0)) @ weight)


def _cosines_to_group(kappa: float) -> tuple[Floats, Floats]:
    """Return values of b and the probability of each."""
    degrees = FACE_SIZE - 1
    middle = np.sqrt(degrees - 0.5)
    r = np.linspace(middle - 5, middle + 6, _NODES)  # sd of r is 0.71
    log_density = (degrees - 1) * np.log(r) - r * r / 2
    density_of_r = np.exp(log_density - log_density.max())
    ratio = np.linspace(kappa - 8, kappa + 8, _NODES) / (middle - 3)  # of g to r
    gap = np.outer(ratio, r) - kappa
    weight = np.exp(-gap * gap / 2) @ (density_of_r * r)
    return ratio / np.sqrt(1 + ratio * ratio), weight / weight.sum()
