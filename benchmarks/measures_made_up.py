"""Random grains of any size as Parquet, to time the measures on. They follow no record, and their figures mean nothing.

Usage: python benchmarks/measures_made_up.py FOLDER [SHARE]    (SHARE 1 is a national year)
"""

import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from caseness.measures.employment_quality import STANDINGS
from caseness.measures.employment_status import GROUPS
from caseness.measures.scores import SPECIFIC
from caseness.organisations import all_organisations
from grain_tables import columns_of, is_count

# Rows of a national year, by the counts that were published: referrals on the books each month, contacts, logs, courses.
ROWS = {
    "referral": 5_000_000, "contact": 8_000_000, "internet_log": 300_000, "stage": 650_000, "employment": 6_000_000,
    "support": 5_000_000,
}  # fmt: skip
PIECES = 8
FIRST_MONTH = np.datetime64("2024-04", "M")
WORDS = {
    "end_code": ("46", "47", "48", "50", "10", "14", None),
    "source_of_referral": ("B1", "A1", "A2", "H1", "M7", "N1"),
    "ethnic_category": tuple("ABCDGHJLMNPRSZ"),
    "attendance": ("5", "5", "5", "6", "3", "2", "4"),
    "appointment_type": ("01", "02", "02", "03", "05", "06", "10"),
    "medium": ("01", "02", "02", "11", "98", None),
    "staff_standing": ("qualified", "in training", "neither", "missing"),
    "first_stage": ("high", "low", None),
    "second_stage": ("high", "low", None, None),
    "problem": (*(f"{prefix}0" for prefix, _, _ in SPECIFIC), "F320", "F411", "F411", None),
    "anxiety_measure": (*(token for _, _, token in SPECIFIC), "GAD", "GAD"),
    "sick_pay_first": ("Y", "N", None),
    "sick_pay_last": ("Y", "N", None),
    **dict.fromkeys((name for name in columns_of("employment") if name.endswith("_standing")), STANDINGS),
    **dict.fromkeys((name for name in columns_of("support") if name.startswith("status_")), GROUPS),
}
# Days before the end of the month by which a date may lie, at most, and the share that has one.
DATES = {
    "referral_date": (400, 1.0),
    "discharge_date": (60, 0.4),
    "assessment_first_date": (300, 0.7),
    "first_session_date": (300, 0.6),
    "second_session_date": (280, 0.5),
    "last_session_date": (120, 0.6),
    "integrated_contact_first_date": (300, 0.1),
    "integrated_treatment_first_date": (300, 0.08),
    "employment_support_first_date": (300, 0.03),
    "support_ended_date": (60, 0.02),
    "record_start_date": (28, 1.0),
    "recorded_date": (120, 1.0),
    "contact_date": (30, 1.0),
    "end_date": (30, 1.0),
}


def write(folder: Path, share: float) -> None:
    """Write the grains, in pieces as a derivation by partitions would leave them."""
    folder.mkdir(parents=True, exist_ok=True)
    for grain in ROWS:
        generator = np.random.default_rng(7)
        rows, columns = round(ROWS[grain] * share / PIECES), columns_of(grain)
        schema = pa.schema(list(columns.items()))
        with pq.ParquetWriter(folder / f"{grain}.parquet", schema, compression="zstd", compression_level=1) as writer:
            for _ in range(PIECES):
                writer.write_table(_piece(generator, schema, rows), row_group_size=200_000)


def _piece(generator: np.random.Generator, schema: pa.Schema, rows: int) -> pa.Table:
    months = generator.integers(0, 12, rows)
    placed = _organisations(generator, rows)
    made = {one.name: _column(generator, one, rows, months) for one in schema if one.name not in placed}
    return pa.table(made | placed, schema=schema)


def _column(generator: np.random.Generator, field: pa.Field, rows: int, months: np.ndarray) -> pa.Array:
    if field.name == "month":
        return pa.array((FIRST_MONTH + months).astype("datetime64[D]"))
    if field.name in WORDS:
        words = pa.array(WORDS[field.name], pa.string())
        return words.take(pa.array(generator.integers(0, len(words), rows)))
    if field.type == pa.bool_():
        return pa.array(generator.random(rows) < (0.15 if "latest" in field.name else 0.4))
    return (
        _dates(generator, field.name, rows, months) if field.type == pa.date32() else _numbers(generator, field, rows)
    )


# Most referrals of a provider come from its own commissioner, some from the next ones, and a few from anywhere.
def _organisations(generator: np.random.Generator, rows: int) -> dict[str, pa.Array]:
    providers = pa.array([one.code for one in all_organisations().values() if one.level == "provider"][:150])
    commissioners = pa.array([f"C{number:03}" for number in range(106)])
    provider = np.minimum(generator.geometric(0.02, rows) - 1, len(providers) - 1)
    kind, near = generator.random(rows), generator.integers(0, 4, rows)
    anywhere = generator.integers(0, len(commissioners), rows)
    commissioner = np.where(kind < 0.99, (provider + np.where(kind < 0.85, 0, near)) % len(commissioners), anywhere)
    return {"provider": providers.take(pa.array(provider)), "commissioner": commissioners.take(pa.array(commissioner))}


def _dates(generator: np.random.Generator, name: str, rows: int, months: np.ndarray) -> pa.Array:
    before, share = DATES[name]
    end = (FIRST_MONTH + months + 1).astype("datetime64[D]") - 1
    days = end - generator.integers(0, before, rows)
    return pa.array(days, mask=generator.random(rows) >= share)


def _numbers(generator: np.random.Generator, field: pa.Field, rows: int) -> pa.Array:
    drawn = generator.integers(0, 9, rows).astype(float)
    if is_count(field.name):
        return pa.array(drawn.astype(np.int64))
    return pa.array(drawn, mask=generator.random(rows) > 0.5).cast(field.type)


if __name__ == "__main__":
    write(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 1.0)
