"""What each shipped scenario must give, shrunk to 300 people: ``make golden`` writes the tables.

A change that moves a figure shows as a difference in these files, to be looked at and committed
with it.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from simulator.pipeline import run
from simulator.scenario import load_scenario, packaged_scenarios

FOLDER = Path(__file__).parent / "golden"
PEOPLE = 300
DIGITS = 6
COLUMNS = ["step", "source_added", "metric", "value", "low", "high", "n", "interval"]


def golden_table(name: str) -> pd.DataFrame:
    """Return what the scenario gives: records and links, then every figure about everyone.

    Parameters
    ----------
    name : str
        A shipped scenario.

    Returns
    -------
    DataFrame
        `COLUMNS`. The metrics ``records_count`` (one row a source, within reach or not) and
        ``links_count`` (pairs with a match probability of 0.01 or more) stand at the last step.
    """
    result = run(load_scenario(name, people=PEOPLE))
    last = int(result.exposure["step"].max())
    counted = [
        {"source_added": source, "metric": "records_count", "value": len(frame)}
        for source, frame in result.collected.records.items()
    ]
    counted.append({"source_added": "", "metric": "links_count", "value": len(result.links)})
    counts = pd.DataFrame(counted).assign(step=last, n=0, interval="none")
    overall = result.exposure.loc[result.exposure["group"] == "all"]
    table = pd.concat([counts, overall.astype({"interval": object})], ignore_index=True)
    return table[COLUMNS].round(dict.fromkeys(("value", "low", "high"), DIGITS))


def golden_file(name: str) -> Path:
    """Return where the table of a scenario stands."""
    return FOLDER / f"{name}.csv"


def main() -> None:
    """Write the table of every shipped scenario, and remove those of scenarios that are gone."""
    wanted = {golden_file(packaged.name): packaged.name for packaged in packaged_scenarios()}
    for file in set(FOLDER.glob("*.csv")) - set(wanted):
        file.unlink()
    for file, name in wanted.items():
        golden_table(name).to_csv(file, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
