"""Bands fitted to one made-up record hold what they say in another, whose courses come from the same known truth"""

import shutil
from pathlib import Path

import numpy as np
import pytest

from caseness.derive import derive
from caseness.feedback.fitting import fit_norm
from caseness.feedback.judging import cover
from caseness.feedback.norms import ALL
from caseness.feedback.reading import choose_tools, cohorts
from caseness.feedback.rules import read_rules
from caseness.read import read_record
from caseness.synthetic.request import SERVICE
from derived_records import Unchecked
from made_up_records import make

# A small record is fitted to, so more of it is, and its cells are smaller.
RULES = "fitted_part = 0.75\nmargin_part = 0.15\nfitted_least = 100\ncell_least = 25\n"


def courses(folder: Path, seed, rules):
    """The courses on PHQ-9 of low intensity in a record that is made up."""
    make(folder / "made", referrals=3000, months=14, seed=seed, shape=SERVICE)
    # The later submission of a month counts, and no row of a record without planted errors is rejected.
    for place in (folder / "made").glob("*-primary"):
        shutil.rmtree(place)
    record = read_record(folder / "made", folder / "record")
    grains = derive(Unchecked(record, {}), folder / "grains", scores=True)
    return next(one for one in cohorts(grains, rules, choose_tools(["phq9"])) if one.intensity == "low")


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made-up")
    (folder / "rules.toml").write_text(RULES, encoding="utf-8")
    rules = read_rules(folder / "rules.toml")
    return rules, courses(folder / "a", 11, rules), courses(folder / "b", 12, rules)


def test_a_band_holds_in_new_courses_what_it_says(both):
    """Within what chance explains of both: the courses that it is judged by, and those that it was fitted to."""
    rules, known, new = both
    norm = fit_norm(known, rules)
    for content in norm.contents:
        (found,) = [one for one in cover(norm, new, rules) if (one.by, one.content) == (ALL, content)]
        error = np.sqrt(content * (1 - content) * (1 / norm.courses + 1 / found.people))
        assert found.people > 150
        assert abs(found.inside - content) < 3 * error


def test_scores_are_those_of_the_referrals_and_no_band_is_where_few_are(both):
    rules, known, _ = both
    norm = fit_norm(known, rules)
    assert (known.courses.score == known.courses.score.round()).all()
    assert not np.isnan(norm.quantiles.values[norm.quantiles.counts >= rules.whole("cell_least")]).any()
    assert np.isnan(norm.quantiles.values[norm.quantiles.counts < rules.whole("cell_least")]).all()
