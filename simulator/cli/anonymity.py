"""``mosaic anonymity SCENARIO``: how large a crowd the known facts, or a released file, leave."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from simulator.cli.arguments import add_scenario, chosen_scenario
from simulator.cli.problems import UsageProblem
from simulator.cli.progress import RUN_PER_SECOND, ProgressLine, announce

if TYPE_CHECKING:
    import argparse

    from simulator.experiments.anonymity import Crowds
    from simulator.scenario import Scenario


def add_parser(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "anonymity",
        description="Show how many people the facts known of each resident fit, with the name "
        "crossed out; or, with --fields, how surely people are found in a file that shows these "
        "columns and no name.",
    )
    add_scenario(parser)
    parser.add_argument(
        "--fields",
        metavar="A,B,…",
        help="columns that a released file shows, such as zip_code,sex,birth_date; nothing is "
        "joined then",
    )
    parser.add_argument(
        "--source",
        metavar="NAME",
        help="the file holds the people of this list; without it, all residents (needs --fields)",
    )
    parser.add_argument(
        "--format", choices=("table", "json"), default="table", help="what to print (table)"
    )


def run(args: argparse.Namespace) -> int:
    """Print the crowds of what became known, or of a released file; return 0."""
    from simulator.experiments.anonymity import crowds_of_a_release, crowds_of_the_known

    scenario = chosen_scenario(args)
    if args.source is not None and args.fields is None:
        raise UsageProblem("mosaic anonymity: --source needs --fields, the columns it shows")
    fields = None if args.fields is None else _fields(args.fields, scenario)
    _check_source(args.source, scenario)
    per_second = RUN_PER_SECOND[scenario.linkage.engine] * (1 if fields is None else 3)
    progress = ProgressLine(announce(scenario, per_second=per_second))
    try:
        if fields is None:
            crowds = crowds_of_the_known(scenario, progress)
        else:
            crowds = crowds_of_a_release(scenario, fields, args.source, progress)
    finally:
        progress.clear()
    as_asked = as_json if args.format == "json" else as_text
    print(as_asked(scenario, crowds, fields, args.source))
    return 0


def _fields(written: str, scenario: Scenario) -> tuple[str, ...]:
    """Return the columns that were asked for, each once; one that there is not is a mistake."""
    from simulator.scenario.name_checks import no_such

    fields = tuple(dict.fromkeys(filter(None, (name.strip() for name in written.split(",")))))
    known = scenario.quasi_identifiers()
    for field in fields:
        if field not in known:
            raise UsageProblem(f"mosaic anonymity: {no_such('quasi-identifier', field, known)}")
    if not fields:
        raise UsageProblem(f"mosaic anonymity: --fields names no column of: {', '.join(known)}")
    return fields


def _check_source(name: str | None, scenario: Scenario) -> None:
    from simulator.scenario.name_checks import no_such

    if name is None:
        return
    if name not in scenario.sources:
        raise UsageProblem(f"mosaic anonymity: {no_such('source', name, scenario.sources)}")
    if not scenario.sources[name].exists:
        raise UsageProblem(f"mosaic anonymity: nobody keeps '{name}' in this scenario")


def as_text(
    scenario: Scenario, crowds: Crowds, fields: tuple[str, ...] | None, source: str | None
) -> str:
    """Return the heading, the table, the finding, what the columns mean and the limits."""
    from textwrap import fill

    from simulator.report.anonymity_table import crowds_table, release_table
    from simulator.report.anonymity_wording import (
        crowd_sentences,
        file_heading,
        listed_fields,
        release_sentences,
    )
    from simulator.report.definitions import ANONYMITY, RELEASE
    from simulator.report.table import WIDTH
    from simulator.report.wording import CAVEAT
    from simulator.scenario import scenario_hash

    labels = {name: group.label for name, group in scenario.population.groups.items()}
    heading = (
        f"{scenario.title} · {scenario.population.residents_count:,} residents, all invented · "
        f"seed {scenario.seed} · scenario {scenario_hash(scenario)}"
    )
    measures, count = crowds.measures, crowds.population_count
    if fields is None:
        definitions = ANONYMITY
        table = crowds_table(measures, labels)
        said = crowd_sentences(measures, count)
        considered = scenario.quasi_identifiers()
        note = "Shares in 100, with Wilson's 95 % interval"
        about = (
            "Every list joined. Facts that count: "
            f"{listed_fields(considered) if considered else 'none'}."
        )
    else:
        definitions = RELEASE
        table = release_table(measures, labels)
        said = release_sentences(measures, fields, count)
        label = None if source is None else scenario.sources[source].label
        note = "Chances and shares in 100"
        about = (
            f"No names: {file_heading(crowds.file_count, label)}, showing {listed_fields(fields)} "
            "as they truly are."
        )
    return "\n".join(
        [
            fill(heading, WIDTH),
            fill(about, WIDTH),
            "",
            table,
            "",
            *(fill(sentence, WIDTH) for sentence in said),
            "",
            *(fill(f"{d.heading}: {d.meaning}", WIDTH) for d in definitions.values()),
            f"{note}; nothing is said of fewer than 20 people.",
            CAVEAT,
        ]
    )


def as_json(
    scenario: Scenario, crowds: Crowds, fields: tuple[str, ...] | None, source: str | None
) -> str:
    """Return what was measured and every figure, as JSON."""
    from simulator.report.wording import CAVEAT
    from simulator.scenario import scenario_hash

    measures = crowds.measures.astype(object)
    head = {
        "title": scenario.title,
        "seed": scenario.seed,
        "scenario_hash": scenario_hash(scenario),
        "synthetic": True,
        "caveat": CAVEAT,
        "population_count": crowds.population_count,
        "fields": list(fields or scenario.quasi_identifiers()),
    }
    if fields:
        head |= {"source": source, "file_count": crowds.file_count}
    rows = measures.where(crowds.measures.notna(), None).to_dict("records")
    return json.dumps(head | {"measures": rows}, ensure_ascii=False, indent=1)
