"""What holds of figures by a breakdown for every record: groups that share out the whole, and the same arithmetic in each."""

import math
from functools import cache

import ibis
from hypothesis import given, settings
from hypothesis import strategies as st

from caseness.engine import fetch
from caseness.measures import all_measures, all_variables, choose, compute
from caseness.measures.variables import used_in
from caseness.periods import Period
from random_grains import random_grains

PERIODS = [Period.parse(one) for one in ("2025-05", "2025-26 Q1", "2025-26")]
QUARTER = PERIODS[1]
SHARED_OUT = [
    one for one in all_variables().values() if not one.overlaps and not one.wholes and one.values[-1].where is None
]
OVERLAPPING = [one for one in all_variables().values() if one.overlaps or one.wholes]
# Of every statistic, clock and grain.
MEASURES = choose(
    [
        "M001",
        "M019",
        "M038",
        "M048",
        "M049",
        "M053",
        "M076",
        "M082",
        "M089",
        "M110",
        "M141",
        "M142",
        "M143",
        "M144",
        "M185",
        "M191",
        "M192",
        "M343",
        "M347",
        "M351",
        "M1013",
        "EA002",
        "EA034",
        "EA131",
        "M296",
    ]
)
CHECKED = ("england", "provider", "sub-icb-provider")
SPREADS = [one for one in all_measures().values() if one.is_of_spread]
few = settings(max_examples=3, deadline=None)
seeds = st.integers(0, 1)
KEY = ("figure_id", "period_start", "period_end", "level", "organisation", "commissioner")


@cache
def figures(seed):
    """All measures by all variables, over a small record: totals, and groups by the name of their variable."""
    rows = compute(random_grains(seed, 40), PERIODS, MEASURES, CHECKED, breakdowns=tuple(all_variables().values())).table.to_pylist()  # fmt: skip
    totals = {tuple(row[name] for name in KEY): row for row in rows if row["split_1"] is None}
    groups = {}
    for row in rows:
        if row["split_1"] is not None:
            groups.setdefault((row["split_1"], *(row[name] for name in KEY)), []).append(row)
    return totals, groups


def by_variable(groups, variables):
    """The groups of figures of some variables. In a year one of the annual report stands for the official one of its name."""
    for key, rows in groups.items():
        kind = {True: "year", False: "quarter"}[(key[3] - key[2]).days > 300]
        found = next(one for one in used_in(kind, all_variables().values()) if one.called == key[0])
        if found in variables:
            yield found, key[1:], rows


@few
@given(seeds)
def test_the_values_of_a_variable_share_out_the_whole(seed):
    """Counts add up, and so do what shares and means are divided from."""
    totals, groups = figures(seed)
    checked = 0
    for _, key, rows in by_variable(groups, SHARED_OUT):
        total = totals[key]
        for part in ("numerator", "denominator"):
            if total[part] is not None:
                checked += 1
                assert math.isclose(sum(row[part] for row in rows), total[part], abs_tol=1e-9), (key, part)
    assert checked > 500


@few
@given(seeds)
def test_values_that_overlap_hold_the_whole_and_none_holds_more(seed):
    totals, groups = figures(seed)
    for variable, key, rows in by_variable(groups, OVERLAPPING):
        total = totals[key]
        if (
            total["statistic"] != "count"
            or len(all_measures()[key[0]].above.terms) > 1
            or all_measures()[key[0]].above.parts[0].number
        ):
            continue
        counted = [row["value"] for row in rows]
        assert max(counted, default=0) <= total["value"]
        if any(value.where is None and value.label for value in variable.values):
            assert sum(counted) >= total["value"], (variable.id, key)


@few
@given(seeds)
def test_a_figure_of_a_group_is_worked_out_as_that_of_the_whole_is(seed):
    _, groups = figures(seed)
    for rows in groups.values():
        for row in rows:
            if row["value"] is None:
                assert (row["reason"], row["denominator"]) == ("no_data", 0)
            elif row["statistic"] == "percentage":
                assert math.isclose(row["value"], 100 * row["numerator"] / row["denominator"])


@few
@given(seeds)
def test_the_highest_of_all_is_the_highest_of_a_group_and_the_lowest_the_lowest(seed):
    totals, groups = figures(seed)
    for _, key, rows in by_variable(groups, SHARED_OUT):
        ends = {"max": max, "min": min}.get(totals[key]["statistic"])
        known = [row["value"] for row in rows if row["value"] is not None]
        if ends and totals[key]["value"] is not None:
            assert ends(known) == totals[key]["value"]


@few
@given(seeds)
def test_the_groups_of_a_level_add_up_to_those_of_england(seed):
    _, groups = figures(seed)
    sums = {}
    for rows in groups.values():
        for row in rows:
            if row["statistic"] == "count":
                key = tuple(
                    row[name] for name in ("split_1", "group_1", "group_2", "figure_id", "period_start", "period_end")
                )
                levels = sums.setdefault(key, {})
                levels[row["level"]] = levels.get(row["level"], 0) + row["value"]
    assert all(set(levels) - {"sub-icb-provider"} == set(CHECKED) - {"sub-icb-provider"} for levels in sums.values())
    assert not {key: levels for key, levels in sums.items() if len({*levels.values(), levels["england"]}) > 1}


@few
@given(seeds)
def test_a_pair_has_figures_for_values_that_it_has_rows_of(seed):
    _, groups = figures(seed)
    lengths = {}
    for variable, key, rows in by_variable(groups, all_variables().values()):
        lengths.setdefault(key[3], []).append(len(rows) / len(variable.values))
    assert set(lengths["provider"]) == set(lengths["england"]) == {1.0}
    assert 0 < min(lengths["sub-icb-provider"]) < max(lengths["sub-icb-provider"]) == 1.0


@settings(max_examples=2, deadline=None)
@given(seeds, st.sampled_from(["V001", "V003", "V011", "annual-problem"]))
def test_a_group_is_what_a_record_of_its_rows_alone_would_give(seed, variable):
    """Medians too: a record from which all others were taken away has the same figures in all, whatever the variable."""
    chosen, grains, period = all_variables()[variable], random_grains(seed, 40), PERIODS[2]
    measures = (*choose(["M001", "M076", "M192", "M141"]), *SPREADS[:6])
    found = compute(grains, [period], measures, breakdowns=[chosen]).table.to_pylist()
    for place in (0, 1, len(chosen.values) - 1):
        alone = {
            row["figure_id"]: row["value"]
            for row in compute(only(grains, chosen, place), [period], measures).table.to_pylist()
        }
        group = {
            row["figure_id"]: row["value"]
            for row in found
            if (row["group_1"], row["group_2"]) == chosen.values[place].groups and row["split_1"]
        }
        assert len(group) == len(measures)
        assert {name: value for name, value in group.items() if name in alone} == {
            **{name: alone.get(name) for name in group if name in alone}
        }
        assert alone or not any(group.values())


def only(grains, variable, place):
    """The grains with the rows of one value of a variable alone."""
    attributes = grains.attributes.mutate(ended_in_period=ibis.literal(True))
    code = variable.code(attributes)
    kept = (code & (1 << place)) > 0 if variable.overlaps else code == place
    rows = fetch(attributes.filter(kept).select("row_id"))["row_id"].to_pylist()
    return type(grains)(
        **{
            name: getattr(grains, name).filter(getattr(grains, name).row_id.isin(rows or [-1]))
            for name in ("referral", "contact", "internet_log", "stage", "employment", "support", "attributes")
        }
    )
