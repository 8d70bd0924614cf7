"""The commands that are timed. Each runs in a process of its own: python contestants.py NAME FOLDER.

All of them answer the same question of the same files: how many people stood at each step
of the journey, for England and every provider, every month and every year.
"""

import sys
from pathlib import Path

STEPS = ["M001", "M056", "M153", "M075", "M076", "M179", "M185", "M187", "M189", "M191", "M193", "M202"]
ANNUAL_STEPS = [
    "referrals_received",
    "finished_course_treatment",
    "at_caseness",
    "not_at_caseness",
    "improvement",
    "no_reliable_change",
    "deterioration",
    "recovery",
    "reliable_recovery",
]


def bare_scan(folder: Path) -> None:
    """Read the columns that any answer needs, and do nothing with them but add them up."""
    import duckdb

    engine = duckdb.connect(config={"threads": 2})
    engine.sql(
        f"select sum(value), count(distinct org_code2), count(distinct measure_id), max(start_date), max(group_type) "
        f"from '{folder}/measures_monthly.parquet'"
    ).fetchall()
    engine.sql(
        "select sum(try_cast(value as double)), count(distinct org_code), count(distinct measure_name), max(start_date), "
        "max(org_type), count(distinct variable_type), max(measure_statistic) "
        f"from '{folder}/measures_annual.parquet'"
    ).fetchall()


def caseness_ledger(folder: Path) -> None:
    """The ledger with its intervals, conflicts and provenance, as the package makes it."""
    from caseness.audit.ledger_table import tabulate
    from caseness.audit.record import gather
    from caseness.published import open_releases

    tabulate(gather(open_releases(folder)))


def caseness_audit(folder: Path) -> None:
    """The whole audit: all figures of all parts, without writing the report."""
    from caseness.audit.run import run
    from caseness.published import open_releases

    run(open_releases(folder))


def caseness_report(folder: Path) -> None:
    """The whole audit, and its report as page, JSON, CSV and workbook."""
    import tempfile

    from caseness import report
    from caseness.audit.run import run
    from caseness.published import open_releases

    with tempfile.TemporaryDirectory() as out:
        report.write(run(open_releases(folder)), Path(out))


def pandas_ledger(folder: Path) -> None:
    """The counts and shares alone, in pandas: filters pushed into Parquet, two columns of keys, one pivot each.

    Made fast first: only the rows and columns that it needs are read. It knows no
    intervals, conflicts, overlaps or provenance.
    """
    import pandas as pd

    monthly = pd.read_parquet(
        folder / "measures_monthly.parquet",
        columns=["start_date", "org_code2", "measure_id", "value"],
        filters=[("measure_id", "in", STEPS), ("group_type", "in", ["England", "Provider"])],
    )
    months = monthly.pivot_table(
        index=["start_date", "org_code2"], columns="measure_id", values="value", aggfunc="first"
    )
    start = pd.to_datetime(pd.Series(months.index.get_level_values(0), index=months.index))
    year = start.dt.year - (start.dt.month < 4)
    years = months.groupby([year.rename("year"), months.index.get_level_values(1)]).sum(min_count=1)
    annual = pd.read_parquet(
        folder / "measures_annual.parquet",
        columns=["start_date", "org_code", "measure_name", "value"],
        filters=[
            ("variable_type", "==", "Total"),
            ("measure_statistic", "==", "count"),
            ("measure_name", "in", ANNUAL_STEPS),
            ("org_type", "in", ["England", "Provider"]),
        ],
    )
    annual["value"] = pd.to_numeric(annual["value"], errors="coerce")
    printed = annual.pivot_table(
        index=["start_date", "org_code"], columns="measure_name", values="value", aggfunc="first"
    )
    for table, finished, excluded in ((months, "M076", "M179"), (years, "M076", "M179")):
        judged = table[finished] - table[excluded]
        table.assign(recovery_rate=table["M191"] / judged, reliable_recovery_rate=table["M193"] / judged)
    judged = printed["finished_course_treatment"] - printed["not_at_caseness"]
    printed.assign(recovery_rate=printed["recovery"] / judged)


CONTESTANTS = {
    one.__name__: one for one in (bare_scan, caseness_ledger, caseness_audit, caseness_report, pandas_ledger)
}

if __name__ == "__main__":
    CONTESTANTS[sys.argv[1]](Path(sys.argv[2]))
