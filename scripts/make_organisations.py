"""Write the small tables of src/caseness/organisations from the official releases.

    python scripts/make_organisations.py ../shared/data/published

providers.csv: every provider code of the releases with its integrated care board and region.
former_names.csv: other names under which the releases print a code, with the periods between which they do.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

HERE = Path(__file__).resolve().parent.parent / "src" / "caseness" / "organisations"

PROVIDERS = """
    select org_code, org_name, lower(status), coalesce(start_date, ''), coalesce(end_date, ''),
           coalesce(icb_code, ''), coalesce(icb_name, ''), coalesce(region_code, ''), coalesce(region_name, '')
    from read_parquet($providers) order by org_code
"""
# A year and its first month begin on one day, so ties are settled by the period itself.
# Spellings that differ only in case, spaces, punctuation or an ampersand are one name.
NAMES = """
    with seen as (
        select org_code2 as code, org_name2 as name, strftime(start_date, '%Y-%m') as period, start_date, end_date
        from read_parquet($monthly) where group_type = 'Provider'
        union
        select org_code, org_name, reporting_period, start_date, end_date
        from read_parquet($annual) where org_type = 'Provider'
    ),
    named as (
        select seen.*, regexp_replace(replace(lower(name), '&', 'and'), '[^a-z0-9]', '', 'g') as plain from seen
    ),
    current as (
        select org_code as code, regexp_replace(replace(lower(org_name), '&', 'and'), '[^a-z0-9]', '', 'g') as plain
        from read_parquet($providers)
    )
    select code, arg_min(name, (start_date, period, name)), arg_min(period, (start_date, period)),
           arg_max(period, (end_date, period))
    from named semi join current using (code) anti join current using (code, plain)
    group by code, plain order by code, min(start_date), plain
"""


def write(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with (HERE / name).open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerows([columns, *rows])


def main(folder: Path) -> None:
    paths = {
        "providers": str(folder / "metadata_providers.parquet"),
        "monthly": str(folder / "measures_monthly.parquet"),
        "annual": str(folder / "measures_annual.parquet"),
    }
    connection = duckdb.connect()
    columns = ["code", "name", "status", "opened", "closed", "icb", "icb_name", "region", "region_name"]
    write("providers.csv", columns, connection.execute(PROVIDERS, {"providers": paths["providers"]}).fetchall())
    write("former_names.csv", ["code", "name", "first", "last"], connection.execute(NAMES, paths).fetchall())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
