"""The layouts in which the record has been published, and how each is told apart.

A file is known by its columns, never by its name. The first layout whose columns are all
there is the one; the list runs from the most to the least demanding.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

import ibis

from caseness.published import raw, tidy
from caseness.published.names import column_key, source_names
from caseness.results import ANNUAL, MONTHLY


@dataclass(frozen=True)
class OnDisk:
    """Of a tidy layout: which columns tell the figure and which the place, so that a release
    of millions of rows can be counted before anything is worked out.

    `figure` and `place` work those columns out, `whom` the organisation and its name from
    `whom_columns`. `is_null_a_star` says whether a star is
    printed as null. An audit asks for most of a release that `is_asked_for_whole`, so it is
    looked through for repeats once, exactly, and not again with every question.
    `split_column` is the one that names what a figure is broken down by, if it is one.
    """

    figure_columns: tuple[str, ...]
    place_columns: tuple[str, ...]
    figure: Callable[[ibis.Table], tidy.Columns]
    place: Callable[[ibis.Table], tidy.Columns]
    whom_columns: tuple[str, ...]
    whom: Callable[[ibis.Table], tidy.Columns]
    level_column: str
    is_null_a_star: bool
    is_asked_for_whole: bool = False
    split_column: str | None = None


@dataclass(frozen=True)
class Layout:
    """One way in which figures have been published.

    `dataset` says which releases may overlap: two files of one dataset that cover the
    same period print the same figures, and one of them has to win. `columns` gives the
    columns it needs by our names, as they are printed; `aliases` other printed names of
    them. `dates` are those that hold days. Where each figure has a column of its own,
    `names` is the layout's name in crosswalk.csv; a file that `needs_year` does not say
    its own. `to_cells` reads whole rows. Of the tidy layouts, which are read straight from
    disk, `on_disk` says which columns tell what.
    """

    id: str
    title: str
    dataset: str
    basis: str
    columns: Mapping[str, str]
    to_cells: Callable[[ibis.Table], ibis.Table]
    dates: tuple[str, ...] = ("start_date", "end_date")
    names: str = ""
    needs_year: bool = False
    values: tuple[str, ...] = ("value",)
    aliases: Mapping[str, str] = field(default_factory=dict)
    on_disk: OnDisk | None = None

    def find(self, printed: Collection[str]) -> dict[str, str]:
        """Which printed column is which of ours. Columns that are none of ours are left out."""
        ours = {column_key(alias): name for alias, name in self.aliases.items()}
        ours |= {column_key(name): name for name in self._figure_columns()}
        ours |= {column_key(name): own for own, name in self.columns.items()}
        return {name: ours[column_key(name)] for name in printed if column_key(name) in ours}

    def lacks(self, printed: Collection[str]) -> list[str]:
        """The columns it needs that are not there."""
        found = set(self.find(printed).values())
        return sorted(name for own, name in self.columns.items() if own not in found)

    def value_columns(self, ours: Collection[str]) -> list[str]:
        """Which of these columns, in our names, hold printed values."""
        return [name for name in ours if name in (*self.values, *self._figure_columns())]

    def _figure_columns(self) -> list[str]:
        return [one.source_name for one in source_names(self.names)] if self.names else []


def _as_they_are(*names: str) -> dict[str, str]:
    return {name: name for name in names}


_PERIOD = ("reporting_period", "start_date", "end_date")
_VARIABLES = ("org_type", "org_code", "org_name", "variable_type", "variable_a", "variable_b")
_MEASURE = ("measure_name", "measure_statistic", "value")
_PAIR = ("group_type", "org_code1", "org_name1", "org_code2", "org_name2")
_PLACED_BY_VARIABLES = ("start_date", "end_date", "org_type", "org_code", "variable_type", "variable_a", "variable_b")
_RAW_VARIABLES = {
    "org_type": "OrgType",
    "org_code": "OrgCode",
    "org_name": "OrgName",
    "variable_type": "VariableType",
    "variable_a": "VariableA",
    "variable_b": "VariableB",
}

LAYOUTS = (
    Layout(
        "outcomes-tidy",
        "Therapy-based outcomes, tidy",
        "outcomes",
        ANNUAL,
        _as_they_are(*_PERIOD, *_VARIABLES, *_MEASURE, "measure_time"),
        tidy.outcome_cells,
        on_disk=OnDisk(
            ("measure_name", "measure_statistic", "measure_time"),
            _PLACED_BY_VARIABLES,
            tidy.outcome_figure,
            tidy.outcome_place,
            ("org_type", "org_code", "org_name"),
            tidy.whom_of_one,
            level_column="org_type",
            is_null_a_star=True,
        ),
    ),
    Layout(
        "annual-tidy",
        "Annual report main data, tidy",
        "annual",
        ANNUAL,
        _as_they_are(*_PERIOD, *_VARIABLES, *_MEASURE),
        tidy.annual_cells,
        on_disk=OnDisk(
            ("measure_name", "measure_statistic"),
            _PLACED_BY_VARIABLES,
            tidy.annual_figure,
            tidy.annual_place,
            ("org_type", "org_code", "org_name"),
            tidy.whom_of_one,
            level_column="org_type",
            is_null_a_star=False,
            split_column="variable_type",
        ),
    ),
    Layout(
        "monthly-tidy",
        "Monthly activity and performance, tidy",
        "monthly",
        MONTHLY,
        _as_they_are(*_PERIOD, *_MEASURE, "measure_id", *_PAIR),
        tidy.monthly_cells,
        on_disk=OnDisk(
            ("measure_id", "measure_statistic"),
            ("start_date", "end_date", "group_type", "org_code1", "org_code2"),
            tidy.monthly_figure,
            tidy.monthly_place,
            _PAIR,
            tidy.whom_of_pair,
            level_column="group_type",
            is_null_a_star=True,
            is_asked_for_whole=True,
        ),
    ),
    Layout(
        "outcomes-table",
        "Therapy-based outcomes by problem and therapy",
        "outcomes",
        ANNUAL,
        {
            "org_type": "OrganisationType",
            "org_code": "OrganisationCode",
            "org_name": "OrganisationName",
            "variable_a": "Diagnosis",
            "variable_b": "TherapyType",
            **_as_they_are("Count_TotalFinishingCourseTreatment", "Count_CoursesOfTherapy", "Count_TherRecovery"),
        },
        raw.outcome_cells,
        dates=(),
        names="outcomes-table",
        needs_year=True,
        values=(),
    ),
    Layout(
        "annual-main",
        "Annual report main data",
        "annual",
        ANNUAL,
        _RAW_VARIABLES | _as_they_are("Count_ReferralsReceived", "Count_FinishedCourseTreatment", "Count_Recovery"),
        raw.annual_cells,
        dates=(),
        names="annual-main",
        needs_year=True,
        values=(),
    ),
    Layout(
        "annual-employment",
        "Annual report, employment at the start and the end of treatment",
        "annual-employment",
        ANNUAL,
        _RAW_VARIABLES
        | _as_they_are(
            "Count_FinishedCourseTreatment",
            "Count_EmploymentStatusEndTreatment_Employed",
            "CountEmploymentStatusEndTreatment_NotStated_Unknown_Invalid",
        ),
        raw.employment_cells,
        dates=(),
        names="annual-employment",
        needs_year=True,
        values=(),
    ),
    Layout(
        "monthly",
        "Monthly activity and performance",
        "monthly",
        MONTHLY,
        {
            "start_date": "REPORTING_PERIOD_START",
            "end_date": "REPORTING_PERIOD_END",
            "group_type": "GROUP_TYPE",
            "org_code1": "ORG_CODE1",
            "org_name1": "ORG_NAME1",
            "org_code2": "ORG_CODE2",
            "org_name2": "ORG_NAME2",
            "measure_id": "MEASURE_ID",
            "measure_name": "MEASURE_NAME",
            "measure_value_suppressed": "MEASURE_VALUE_SUPPRESSED",
        },
        raw.monthly_cells,
        values=("measure_value_suppressed",),
        aliases={"MEASURE_VALUE": "measure_value_suppressed"},
    ),
    Layout(
        "monthly-wide",
        "Monthly key measures, February 2019 to February 2020",
        "monthly",
        MONTHLY,
        {
            "org_code1": "CCG Code",
            "org_name1": "CCG Name",
            "org_code2": "Provider Code",
            "org_name2": "Provider Name",
            "group_type": "Group Type",
            "start_date": "Month / Year",
            **_as_they_are("Referrals Received", "Finished a Course of Treatment", "Recovery rate"),
        },
        raw.wide_monthly_cells,
        dates=("start_date",),
        names="wide",
        values=(),
    ),
)


def recognise(columns: Collection[str]) -> Layout | None:
    """The layout that has these columns, or None."""
    return next((layout for layout in LAYOUTS if not layout.lacks(columns)), None)


def nearest(columns: Collection[str]) -> tuple[Layout, list[str]]:
    """The layout that comes nearest to these columns, and the columns it lacks."""
    layout = min(LAYOUTS, key=lambda layout: len(layout.lacks(columns)) / len(layout.columns))
    return layout, layout.lacks(columns)
