from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.report.steps import Step, growth_steps, source_labels
from tests.report import invented

if TYPE_CHECKING:
    from simulator.tables import Result


@pytest.fixture(scope="session")
def result() -> Result:
    return invented.result()


@pytest.fixture(scope="session")
def steps(result: Result) -> tuple[Step, ...]:
    return growth_steps(result.exposure, source_labels(result))
