"""How sure?: right, wrong and missed links against the threshold; stated against true."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pandas as pd
import streamlit as st

from simulator.dashboard import components, session, town
from simulator.dashboard.share import share_town
from simulator.dashboard.what_speaks import what_speaks
from simulator.experiments.certainty import (
    THRESHOLDS,
    best_threshold,
    by_threshold,
    calibration,
    expected_calibration_error,
    unsure,
)
from simulator.linkage.engines.extras import is_installed
from simulator.report.certainty_charts import calibration_chart, certainty_chart, mistake_chart
from simulator.report.certainty_table import bin_words, share
from simulator.report.certainty_wording import (
    ENGINES,
    GLOSSARY,
    assumed_sentence,
    balance_sentence,
    calibration_sentence,
    counts_sentence,
    rule_words,
    rules_sentence,
    shares_sentence,
)
from simulator.scenario.schema import LinkageSettings

if TYPE_CHECKING:
    from simulator.experiments.certainty import Candidates
    from simulator.report.style import Spec
    from simulator.scenario import Scenario

_SHOWN_THRESHOLDS = (1, 10, 30, 50, 70, 80, 90, 95, 99)
_SYNTHETIC = "Synthetic town"


def render() -> None:
    """Draw the page."""
    town.start("How sure?")
    scenario, threshold = _controls()
    town.invent(scenario)
    with st.spinner("Holding the links against the truth …"):
        candidates = session.candidates_in(scenario)
    by_step = by_threshold(candidates)
    bins = calibration(unsure(candidates))
    chosen = by_step.to_dict("records")[THRESHOLDS.index(threshold)]
    said = counts_sentence(chosen["right"], chosen["wrong"], chosen["missed"])
    shares = shares_sentence(threshold, chosen["precision"], chosen["recall"])
    st.header(said, anchor=False)
    st.markdown(shares)
    off = calibration_sentence(
        expected_calibration_error(candidates), len(unsure(candidates).probability)
    )
    _pictures(by_step, bins, threshold, f"{said}. {shares} {off}")
    off_place, limits_place = st.columns([5, 7])
    off_place.markdown(f"**{off}**")
    with limits_place:
        components.limits()
    result = session.result_of(scenario)
    st.markdown(f"{balance_sentence(*best_threshold(by_step))} {assumed_sentence(result)}")
    with st.container(horizontal=True):
        components.glossary(GLOSSARY)
        origin = (
            f"Synthetic town. Seed {result.seed}, scenario {result.scenario_hash}, "
            f"engine {scenario.linkage.engine}."
        )
        components.downloads("how_sure", _whole(by_step, bins, threshold, said, origin), by_step)
        linkage = scenario.linkage.model_copy(update={"threshold": threshold})
        share_town("certainty", scenario.model_copy(update={"linkage": linkage}))
    _tables(candidates, by_step, bins)
    _rules(scenario)
    what_speaks(scenario)
    components.page_end()


def _controls() -> tuple[Scenario, float]:
    """Draw town, engine and threshold; return the scenario with that engine, and the threshold.

    Only engines that are installed are offered; the default one always is.
    """
    known = get_args(LinkageSettings.model_fields["engine"].annotation)
    engines = [engine for engine in known if is_installed(engine)]
    places = st.columns([3, 3, 5] if len(engines) > 1 else [3, 5], vertical_alignment="bottom")
    with places[0]:
        scenario = town.pick()
    if len(engines) > 1:
        with places[1]:
            engine = st.selectbox(
                "Engine",
                options=engines,
                index=engines.index(own) if (own := scenario.linkage.engine) in engines else 0,
                format_func=lambda name: ENGINES.get(name, name),
                key="engine",
                filter_mode=None,
                bind="query-params",
            )
        linkage = scenario.linkage.model_copy(update={"engine": engine})
        scenario = scenario.model_copy(update={"linkage": linkage})
    with places[-1]:
        hundredths = st.slider(
            "Threshold: join two records from so many in 100",
            min_value=1,
            max_value=99,
            value=min(99, max(1, round(100 * scenario.linkage.threshold))),
            key="threshold",
            bind="query-params",
        )
    return scenario, hundredths / 100


def _pictures(by_step: pd.DataFrame, bins: pd.DataFrame, threshold: float, described: str) -> None:
    left, right = st.columns(2, gap="small")
    with left:
        for mistake in ("wrong", "missed"):
            st.vega_lite_chart(
                mistake_chart(by_step, mistake, threshold=threshold, subtitle=_SYNTHETIC),
                theme=None,
                width="stretch",
                alt=described,
                key=mistake,
            )
    with right:
        st.vega_lite_chart(
            _calibration(bins), theme=None, width="stretch", alt=described, key="calibration"
        )


def _calibration(bins: pd.DataFrame, width: int | None = None, height: int = 266) -> Spec:
    return calibration_chart(
        bins,
        title="True, of 100 pairs stated so",
        subtitle=f"{_SYNTHETIC}. Beside each point: how many pairs",
        width=width,
        height=height,
    )


def _whole(
    by_step: pd.DataFrame, bins: pd.DataFrame, threshold: float, title: str, origin: str
) -> Spec:
    """Return all three as one picture, for export."""
    wrong, missed = (
        mistake_chart(by_step, mistake, threshold=threshold, subtitle="", width=440)
        for mistake in ("wrong", "missed")
    )
    return certainty_chart(
        [wrong, missed], _calibration(bins, width=440, height=400), title=title, footer=origin
    )


def _tables(candidates: Candidates, by_step: pd.DataFrame, bins: pd.DataFrame) -> None:
    with st.expander("The figures behind the pictures"):
        rows = by_step.loc[(100 * by_step["threshold"]).round().isin(_SHOWN_THRESHOLDS)]
        st.markdown(
            f"{candidates.true_pairs_count:,} pairs of records are about one person. Shares in "
            "100, with Wilson's 95 % interval."
        )
        st.table(
            pd.DataFrame(
                {
                    "Right": [f"{n:,}" for n in rows["right"]],
                    "Wrong": [f"{n:,}" for n in rows["wrong"]],
                    "Missed": [f"{n:,}" for n in rows["missed"]],
                    "Right, of accepted": [
                        share(row, "precision") for row in rows.to_dict("records")
                    ],
                    "Found, of true pairs": [
                        share(row, "recall") for row in rows.to_dict("records")
                    ],
                },
                index=pd.Index([f"{t:.2f}" for t in rows["threshold"]], name="Threshold"),
            )
        )
        st.table(
            pd.DataFrame(
                {
                    "Pairs": [f"{n:,}" for n in bins["n"]],
                    "Stated": [f"{100 * stated:.1f}" for stated in bins["stated"]],
                    "True": [share(row, "true", "true_share") for row in bins.to_dict("records")],
                },
                index=pd.Index(
                    [bin_words(low) for low in bins["low"]],
                    name="Stated, in 100",
                ),
            )
        )


def _rules(scenario: Scenario) -> None:
    """Say which pairs are compared at all, once it is asked for: it takes a moment."""
    if not st.toggle("Which pairs are compared at all?", key="rules"):
        return
    with st.spinner("Counting what each rule brings …"):
        found = session.rule_yield_of(scenario)
    left_out = int(found.rules["left_out"].sum())
    st.markdown(rules_sentence(found.found_count, found.true_pairs_count, left_out))
    st.table(
        pd.DataFrame(
            {
                "Pairs": [f"{n:,}" for n in found.rules["pairs"]],
                "By no other rule": [f"{n:,}" for n in found.rules["alone"]],
                "About one person": [f"{n:,}" for n in found.rules["true_pairs"]],
                "… by no other rule": [f"{n:,}" for n in found.rules["true_alone"]],
                "Left out": [f"{n:,}" for n in found.rules["left_out"]],
            },
            index=pd.Index([rule_words(rule) for rule in found.rules["rule"]], name="Both share"),
        )
    )
