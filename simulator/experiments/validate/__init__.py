"""Published figures beside ours: where the simulator agrees, where it does not, and why."""

from simulator.experiments.validate.table import (
    FULL_PEOPLE,
    QUICK_PEOPLE,
    passes,
    validation_table,
)

__all__ = ["FULL_PEOPLE", "QUICK_PEOPLE", "passes", "validation_table"]
