"""What the joining took, in sentences: requests, hours, files on bystanders, warrants bypassed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from simulator.report.steps import EVERYONE, obtains_whole_lists
from simulator.report.wording import between, counted, in_hundred

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from simulator.scenario.schema import Scenario
    from simulator.tables import Result


def effort_sentences(result: Result) -> tuple[str, ...]:
    """Say what whoever joins has to do, what holds it back, who stands by and what was bought.

    Parameters
    ----------
    result : Result

    Returns
    -------
    tuple of str
        One sentence or two each; nothing about what the scenario does not have.
    """
    rows = result.effort.loc[result.effort["group"].astype(str) == EVERYONE]
    found = dict(zip(rows["metric"].astype(str), rows["value"].astype(float), strict=True))
    said = (
        how_it_obtains(result.scenario),
        _requests(found),
        _bystanders(found),
        _hours(found),
        evidence_rule(result.scenario),
        _bypass(rows, result.scenario),
    )
    return tuple(filter(None, said))


def how_it_obtains(scenario: Scenario) -> str:
    """Say how the lists are obtained where they are not simply had whole; else nothing."""
    if not obtains_whole_lists(scenario):
        return (
            "This adversary joins no lists: it looks the people on its target list up, one by "
            "one, by exact name and birth date or address. Whoever is not on it is found by "
            "mistake only."
        )
    asked = [scenario.sources[name].label for name in scenario.individually_obtained()]
    if not asked:
        return ""
    opens = "opens" if len(asked) == 1 else "open"
    return f"{_listed(asked)} {opens} for targets only; every other list is had whole."


def evidence_rule(scenario: Scenario) -> str:
    """Say what a fact needs before it is used, where there is such a rule; else nothing."""
    review = scenario.adversary.review
    if review is None:
        return ""
    needed = review.least_sources_count
    lists = counted(needed, "list states it", f"lists agree on it{' at least' * (needed > 1)}")
    said = f"A rule of evidence: a fact counts once {lists}"
    if review.errors_found_share:
        said += f", and whoever reads the file strikes out {in_hundred(review.errors_found_share)}"
        said += " of its untrue facts"
    return f"{said}."


def audit_sentence(audit: pd.DataFrame) -> str:
    """Say what the audit of the joining is, for the table of `audit_rows`."""
    checked = int(audit["checked_count"].sum())
    return (
        f"An audit checked {checked:,} accepted links against the truth and raised the threshold "
        "of every group in which too many were wrong."
    )


AUDIT_HEADINGS = ("Links checked", "of them wrong", "Threshold", "Links before → after",
                  "Wrong in 1,000, before → after")  # fmt: skip


def audit_rows(audit: pd.DataFrame, labels: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """Return a row per group: its name as shown, and the cells under `AUDIT_HEADINGS`."""
    return [
        (
            labels.get(str(group), str(group)),
            [
                f"{row['checked_count']:,}",
                f"{row['checked_wrong_count']:,}",
                "none is used" if math.isinf(row["threshold"]) else f"{row['threshold']:.3f}",
                f"{row['links_before_count']:,} → {row['links_after_count']:,}",
                f"{_thousandths(row['wrong_before_share'])} → "
                f"{_thousandths(row['wrong_after_share'])}",
            ],
        )
        for group, row in audit.to_dict("index").items()
    ]


def _requests(found: Mapping[str, float]) -> str:
    targets, lookups = int(found["targets_count"]), int(found["lookups_count"])
    if not targets:
        return ""
    return (
        f"Effort: {counted(targets, 'person is', 'people are')} on the target list, and "
        f"{counted(lookups, 'request was', 'requests were')} made (one is one target looked up in "
        "one list)."
    )


def _bystanders(found: Mapping[str, float]) -> str:
    files, bystanders = int(found["dossiers_count"]), int(found["bystanders_count"])
    if not files:
        return "Nobody has a file."
    if not found["targets_count"]:
        return (
            f"Bystanders: {counted(files, 'resident has', 'residents have')} a file by name "
            f"({in_hundred(found['bystanders_share'])}), though nobody is looked for."
        )
    return (
        f"Bystanders: {counted(files, 'resident has', 'residents have')} a file by name, and "
        f"{bystanders:,} of them ({in_hundred(found['bystanders_share'])} residents) are on no "
        "target list."
    )


def _hours(found: Mapping[str, float]) -> str:
    hours = found["review_hours"]
    return f"Reading every file takes {hours:,.0f} working hours." if hours else ""


def _bypass(rows: pd.DataFrame, scenario: Scenario) -> str:
    """Say what was bought around a warrant, where the scenario has a law that reserves anything."""
    reserves = any(
        field.warrant_reserved
        for source in scenario.sources.values()
        for field in source.fields.values()
    )
    found = rows.loc[rows["metric"] == "bypass_share"]
    if not reserves or not found["value"].notna().any():
        return ""
    rate = found.iloc[0]
    return (
        f"Bypass: of the facts known, by weight, {in_hundred(rate['value'])} were bought that the "
        f"law otherwise reserves to a warrant (95 % interval {between(rate['low'], rate['high'])})."
    )


def _listed(labels: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(labels[:-1]), labels[-1]]))


def _thousandths(share: float) -> str:
    """Write a share in 1,000; a dash where it is not defined.

    >>> _thousandths(0.0123), _thousandths(float("nan"))
    ('12.3', '–')
    """
    return "–" if math.isnan(share) else f"{1000 * share:.1f}"
