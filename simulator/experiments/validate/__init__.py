"""Published figures beside ours: where the simulator agrees, where it does not, and why."""

from simulator.experiments.validate.table import (
    FULL_PEOPLE,
    QUICK_PEOPLE,
    Validation,
    passes,
    run_validation,
)

__all__ = ["FULL_PEOPLE", "QUICK_PEOPLE", "Validation", "passes", "run_validation"]
