"""Records with all columns there are."""

from __future__ import annotations

import numpy as np
import pandas as pd

from simulator.tables import VOCABULARY


def every_column(count: int) -> dict[str, pd.DataFrame]:
    """Return two sources with all columns there are, filled with few values, variants and gaps."""
    values = {
        "first_name": ["William", "Bill", "W", "Ana María", "Ruby", "Capurso", "Marlene", "Marcel"],
        "middle_name": ["J", "Jane", "Janet", "Kim"],
        "last_name": ["Garcia Lopez", "Lopez", "Garcia", "G", "Capurso", "Ruby", "Smith", "Smyth"],
        "full_name": ["Bill Lopez", "Ruby Capurso", "Jane W Smith"],
        "display_name": ["Bill L", "Ruby Capurso", "Sunflower"],
        "sex": ["F", "M"],
        "birth_date": ["1985-03-07", "1985-07-03", "1985-03-08", "1985-31-02", "198503"],
        "birth_year": ["1985", "1958"],
        "birth_month_day": ["03-07", "07-03"],
        "street_address": ["12 Oak Street", "12 Oak St Apt 4", "14 Oakk Street", "Oak Street"],
        "house_number": ["12", "14"],
        "city": ["Millbrook", "Milbrook", "Ashford"],
        "zip_code": ["00101", "00102"],
        "state": ["NY"],
        "phone": ["555-0100", "555-0101", "555-1000", "550100"],
        "email": ["ruby@example.org", "rubie@example.org", "bill@example.org"],
        "handle": ["@ruby", "@ruby_c", "@bill"],
        "national_id": ["900-11-0001", "900-11-0010"],
        "licence_number": ["L100", "L101", "L1O0"],
        "national_id_last4": ["0001", "0010"],
        "plate": ["AB 123", "AB 132"],
        "device": ["syn-1", "syn-2"],
        "card": ["0000-1", "0000-2"],
        "home_area": ["A1", "B2"],
        "work_area": ["A1", "C3"],
        "employer": ["Oak Bakery", "Oak Bakeries", "Town Hall"],
        "birth_place": ["Ashford", "Ashfrod", "Millbrook"],
        "occupation": ["Baker", "Bakker", "Clerk"],
    }  # fmt: skip
    assert set(values) == set(VOCABULARY) - {"face"}  # a face is no text
    rng = np.random.default_rng(8)
    frames = {}
    for source in "ab":
        columns = {name: rng.choice([*some, None], count) for name, some in values.items()}
        index = pd.Index([f"{source}{row}" for row in range(count)], name="record_id")
        frames[source] = pd.DataFrame(columns, index=index)
    return frames
