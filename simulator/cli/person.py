"""``mosaic person SCENARIO [ENTITY]``: one file as it assembles list by list, and why."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Any

from simulator.cli.arguments import add_scenario, chosen_scenario
from simulator.cli.problems import UsageProblem

if TYPE_CHECKING:
    import argparse

    from simulator.experiments.person import Assembly, Person, PersonStep

_WIDTH = 100


def add_parser(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "person",
        description="Show one synthetic resident's file as it assembles list by list, and why its "
        "records were joined.",
    )
    add_scenario(parser)
    parser.add_argument(
        "entity",
        nargs="?",
        default="most",
        metavar="ENTITY",
        help="most (exposed), typical, least, wrong(ly joined), or a resident's number (most)",
    )


def run(args: argparse.Namespace) -> int:
    """Print one person's file; return 0."""
    from simulator.cli.run import compute
    from simulator.experiments.person import assemble_steps, follow
    from simulator.experiments.picks import PICKS

    if args.entity not in PICKS and not _is_number(args.entity):
        raise _unknown(args.entity, f"Write {', '.join(PICKS)} or a resident's number")
    scenario = chosen_scenario(args)
    assembly = assemble_steps(compute(scenario))
    entity_id = _chosen(assembly, args.entity)
    print("\n\n".join(as_text(assembly, follow(assembly, entity_id))))
    return 0


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def _unknown(entity: str, mend: str) -> UsageProblem:
    return UsageProblem(f"mosaic person: there is no resident '{entity}'. {mend}")


def _chosen(assembly: Assembly, entity: str) -> int:
    """Return the entity_id; who is not there is a mistake of the user."""
    from simulator.experiments.picks import PICKS, pick
    from simulator.report.person_wording import NOBODY

    residents = assembly.result.people.index
    some = ", ".join(str(number) for number in residents[:3])
    if entity in PICKS:
        found = pick(assembly, entity)
        if found is None:
            others = ", ".join(which for which in PICKS if which != entity)
            raise UsageProblem(f"mosaic person: {NOBODY[entity]}. Try {others} or a number")
        return found
    if int(entity) not in residents:
        raise _unknown(
            entity, f"Residents' numbers are {some}, … up to {residents[-1]}, with gaps between"
        )
    return int(entity)


def as_text(assembly: Assembly, person: Person) -> list[str]:
    """Return the heading, every step, the file as it ends, the reasons and the caveat."""
    from simulator.report.person_table import facts_table
    from simulator.report.wording import CAVEAT

    result, last = assembly.result, person.steps[-1]
    heading = (
        f"{person.name}, resident {person.entity_id} of {result.scenario.title} · synthetic, like "
        f"everyone in it · seed {result.seed} · scenario {result.scenario_hash}"
    )
    return [
        fill(heading, _WIDTH),
        *(_step(assembly, person, step) for step in person.steps[1:]),
        f"The file with every list joined\n{_said(person, last)}\n{facts_table(last.facts)}",
        *_reasons(assembly, person),
        fill(f"Synthetic: {person.name} and everyone else in this town is invented. {CAVEAT}", 100),
    ]


def _step(assembly: Assembly, person: Person, step: PersonStep) -> str:
    """Return one list: the records it brings, and what the file now states that it did not."""
    from simulator.experiments.record_groups import record_groups
    from simulator.report.person_table import facts_table, record_lines
    from simulator.report.person_wording import field_words
    from simulator.report.record_wording import group_words
    from simulator.report.steps import list_labels, row_label

    scenario = assembly.result.scenario
    labels = {name: fact.label for name, fact in scenario.sensitive_facts.items()}
    name = list_labels(scenario)[step.source_added]
    parts = [row_label(step.number, name), _said(person, step)]
    records = step.records.loc[
        step.records["is_new"] | (step.records["source"] == step.source_added)
    ]
    for group in record_groups(assembly.result, records):
        fields = {field_words(column, labels): value for column, value in group.fields.items()}
        said = group_words(group.record, group.count, group.counted)
        parts.append(record_lines([scenario.sources[group.source].label, *said], fields))
    if records.empty:
        parts.append("  no record of theirs")
    return "\n".join(filter(None, [*parts, facts_table(step.facts, only_new=True)]))


def _said(person: Person, step: PersonStep) -> str:
    from simulator.report.person_wording import about_file, headline

    said = headline(person.name, step.number, step.facts, named=step.named)
    detail = about_file(step.facts, step.records, exposure_share=step.exposure_share)
    return fill(f"{said}. {detail}".replace("**", ""), _WIDTH)


def _reasons(assembly: Assembly, person: Person) -> list[str]:
    """Return why the records were joined: each link, the weakest first, with its bits."""
    from simulator.experiments.link_tree import link_tree
    from simulator.experiments.reasons import joining_of, reasons_for
    from simulator.report.link_wording import NOTHING_JOINED, about_link, verdict, weakest_link
    from simulator.report.person_table import reasons_table

    labels = {name: source.label for name, source in assembly.result.scenario.sources.items()}
    links = joining_of(assembly, person.entity_id, len(person.steps) - 1)
    tree = link_tree(links)
    if tree is None:
        return [NOTHING_JOINED]
    first = tree.links.iloc[0]
    said = weakest_link(
        labels[first["source_l"]],
        labels[first["source_r"]],
        first["match_probability"],
        (int(first["larger"]), int(first["smaller"])),
    )
    parts = [fill(f"Why were these joined? {said}", _WIDTH)]
    for place in range(len(links)):
        link = links.iloc[place]
        left, right = labels[link["source_l"]], labels[link["source_r"]]
        said = about_link(left, right, link["match_probability"])
        weakest = ", the weakest link" if place == 0 else ""
        true = verdict(is_right=bool(link["is_right"])).replace("**", "")
        table = reasons_table(reasons_for(assembly, link), f"1. {left}", f"2. {right}")
        parts.append(f"{place + 1}. {said}{weakest}.\n   {true}\n{table}")
    return parts
