"""The facts that made-up records are calibrated to say what the releases say."""

import pytest
from fit_synthetic import TO, facts_text
from synthetic_fitting import tail_by_mean


def test_the_file_is_what_the_script_writes(shared_data):
    assert TO.read_text(encoding="utf-8") == facts_text(shared_data / "published")


def test_a_mean_that_the_bands_do_not_allow_is_refused():
    with pytest.raises(ValueError, match="smaller than the published bands allow"):
        tail_by_mean([0, 0.5], [0, 10], 3)
