from simulator.scenario.field_checks import NOISE_FIELDS
from simulator.sources.noise import NOISE


def test_noise_is_allowed_exactly_where_the_sources_can_apply_it():
    assert dict(NOISE_FIELDS) == {
        noise_type: function.fields for noise_type, function in NOISE.items() if function.fields
    }
