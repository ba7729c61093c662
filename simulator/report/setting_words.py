"""The settings of a scenario in plain words: their names, their values with units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

GATES: Mapping[str, str] = {
    "public": "open to anyone",
    "purchase": "for sale",
    "agreement": "shared between agencies",
    "own": "the adversary's own",
    "subpoena": "by subpoena, person by person",
    "warrant": "by warrant, person by person",
    "observation": "by observation, person by person",
}
RECORDS_OF: Mapping[str, str] = {
    "person": "a person",
    "household_account": "a household, in one adult's name",
    "subscription": "a telephone line",
    "job": "a job",
    "event": "something that happened",
    "sighting": "what a sensor saw",
    "compiled": "a profile joined from other lists",
}
_WORDS = {
    "zip_code": "ZIP code",
    "birth_month_day": "day of birth without the year",
    "licence_number": "number of the licence",
    "month_day_swap": "month and day swapped",
    "transposed": "letters swapped",
    "ocr": "misread by a scanner",
    "national_id_last4": "last four digits of the national ID",
    "outsiders_per_resident": "outsiders per resident",
    "residents_per_area_count": "residents per square of the map",
    "neighbourhood_sorting_share": "households that live among their own group",
    "face_false_match_factor": "faces taken for one another, times the usual",
    "face_false_match_share": "different faces taken for one",
    "household_bill_share": "on the household's bill",
    "removed_share": "no longer in it",
    "opt_out": "people can leave it",
    "corrected_share": "mended",
    "retention_days": "kept for",
    "areas_spread": "unevenness",
    "targets_count": "people on the target list",
    "targets_with": "targets drawn among",
    "targeted_requests_count": "most requests",
    "join_everything": "joins everything",
    "look_up_targets": "looks its targets up one by one",
    "observation_days": "sensors have watched",
    "compiled": "joined",
    "review": "rule of evidence",
}


def words(name: str) -> str:
    """Say the name of a setting, without its unit.

    >>> words("owners_moved_share"), words("zip_code"), words("staleness_years")
    ('owners moved', 'ZIP code', 'staleness')
    """
    name = _WORDS.get(name, name)
    for unit in ("_share", "_years", "_count", "_days"):
        name = name.removesuffix(unit)
    name = _WORDS.get(name, name)
    return name.replace("_", " ").replace("email", "e-mail")


def amount(name: str, value: Any) -> str:
    """Say the value of a setting with its unit, which its name tells.

    >>> amount("homeowners_share", 0.662), amount("staleness_years", 1.0)
    ('66.2 in 100', '1 year')
    >>> amount("residents_count", 5000), amount("noise_enabled", False), amount("engine", "own")
    ('5,000', 'no', 'own')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float | int):
        if name == "share" or name.endswith("_share"):
            return f"{100 * value:g} in 100"
        for unit in ("year", "day"):
            if name.endswith(f"_{unit}s"):
                return f"{value:g} {unit}{'' if value == 1 else 's'}"
        return f"{value:,g}" if isinstance(value, float) else f"{value:,}"
    return words(str(value))
