"""A made-up record of any size, for timing only: python record_made_up.py FOLDER REFERRALS [MONTHS].

One submission a month for one provider. Nothing in it means anything, but each column has a legal form, and as many
different values as a real one would.
"""

import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pa_parquet

FIRST = date(2024, 4, 1)
TOOLS = ("720433000", "445455005", "932621000000100", "932581000000100")


def make(folder: Path, referrals: int, months: int) -> None:
    """Write the record as CSV and as Parquet."""
    generator = np.random.default_rng(4)
    for month in range(months):
        start = _add_months(FIRST, month)
        tables = _month(generator, start, month * referrals, referrals // months)
        for form in ("csv", "parquet"):
            place = folder / form / f"{start:%Y-%m}"
            place.mkdir(parents=True)
            for name, table in tables.items():
                _write(table, place / f"{name}.{form}", form)


def _month(generator: np.random.Generator, start: date, first: int, count: int) -> dict[str, pa.Table]:
    end = _add_months(start, 1) - timedelta(days=1)
    created = datetime.combine(end + timedelta(days=12), datetime.min.time()).replace(hour=9)
    header = dict(zip(HEADER, ("2.1", "ZZ9", "ZZ9", "MADE UP", start, end, created), strict=True))
    referral = np.arange(first, first + count)
    contact = np.repeat(referral, 5)
    contact_id = np.arange(len(contact)) + first * 5
    days = generator.integers(0, 28, len(contact))
    score = np.repeat(contact_id, 2)
    return {
        "IDS000Header": pa.table({name: [value] for name, value in header.items()}),
        "IDS001MPI": _patients(generator, referral),
        "IDS002GP": pa.table({"LocalPatientId": _ids("P", referral), "GMPCodeReg": _ids("G", referral % 7000)}),
        "IDS101Referral": _referrals(generator, referral, start),
        "IDS201CareContact": _contacts(generator, contact, contact_id, start, days),
        "IDS202CareActivity": _activities(generator, contact_id),
        "IDS607CodedScoreAssessmentAct": pa.table(
            {
                "CareActId": _ids("A", score),
                "CodedAssToolType": _pick(generator, TOOLS, len(score)),
                "PersScore": pa.array(generator.integers(0, 28, len(score))).cast(pa.string()),
            }
        ),
    }


HEADER = (
    "DatSetVer",
    "OrgIDProv",
    "OrgIDSubmit",
    "PrimSystemInUse",
    "ReportingPeriodStartDate",
    "ReportingPeriodEndDate",
    "DateTimeDatSetCreate",
)


def _patients(generator: np.random.Generator, referral: np.ndarray) -> pa.Table:
    return pa.table(
        {
            "LocalPatientId": _ids("P", referral),
            "OrgIDLocalPatientId": _pick(generator, ("ZZ9",), len(referral)),
            "PersonBirthDate": _dates(date(1940, 1, 1), generator.integers(0, 24000, len(referral))),
            "Gender": _pick(generator, ("1", "2", "X"), len(referral)),
            "EthnicCategory": _pick(generator, tuple("ABCDEFGHJKLMNPRSZ"), len(referral)),
        }
    )


def _referrals(generator: np.random.Generator, referral: np.ndarray, start: date) -> pa.Table:
    ended = generator.random(len(referral)) < 0.4
    end_days = generator.integers(0, 28, len(referral))
    return pa.table(
        {
            "ServiceRequestId": _ids("R", referral),
            "LocalPatientId": _ids("P", referral),
            "OrgIDComm": _pick(generator, ("99Z", "99Y"), len(referral)),
            "ReferralRequestReceivedDate": _dates(start, -generator.integers(0, 300, len(referral))),
            "SourceOfReferralIAPT": _pick(generator, ("B1", "A1", "H2"), len(referral)),
            "OnsetDate": _pick(generator, ("2023-06", "2022-01", "2021-11"), len(referral)),
            "EndCode": pa.array(np.where(ended, "46", None)),
            "ServDischDate": pa.array([start + timedelta(days=int(day)) for day in end_days], mask=~ended),
        }
    )


def _contacts(
    generator: np.random.Generator, contact: np.ndarray, contact_id: np.ndarray, start: date, days: np.ndarray
) -> pa.Table:
    return pa.table(
        {
            "CareContactId": _ids("C", contact_id),
            "ServiceRequestId": _ids("R", contact),
            "CareContDate": _dates(start, days),
            "CareContTime": _pick(
                generator, tuple(f"{hour:02}:{half}:00" for hour in range(8, 19) for half in ("00", "30")), len(contact)
            ),
            "OrgIDComm": _pick(generator, ("99Z", "99Y"), len(contact)),
            "PlannedCareContIndicator": _pick(generator, ("Y", "N"), len(contact)),
            "AttendOrDNACode": _pick(generator, ("5", "5", "5", "2", "3"), len(contact)),
            "ClinContDurOfCareCont": pa.array(generator.integers(10, 90, len(contact))),
            "IAPTLTCServiceInd": _pick(generator, ("Y", "N"), len(contact)),
            "AppType": _pick(generator, ("01", "02", "02", "03"), len(contact)),
            "ConsMechanism": _pick(generator, ("01", "02", "11"), len(contact)),
            "PsychMed": _pick(generator, ("01", "02", "03", "UU"), len(contact)),
        }
    )


def _activities(generator: np.random.Generator, contact_id: np.ndarray) -> pa.Table:
    return pa.table(
        {
            "CareActId": _ids("A", contact_id),
            "CareContactId": _ids("C", contact_id),
            "CarePersLocalId": _ids("S", generator.integers(0, 200, len(contact_id))),
            "CodeProcAndProcStatus": _pick(generator, ("304891004", "748051000000105", "449030000"), len(contact_id)),
        }
    )


def _ids(letter: str, numbers: np.ndarray) -> pa.Array:
    return pa.array(np.char.add(letter, numbers.astype("U9")))


def _pick(generator: np.random.Generator, values: tuple[str, ...], rows: int) -> pa.Array:
    return pa.array(values).take(pa.array(generator.integers(0, len(values), rows)))


def _dates(start: date, days: np.ndarray) -> pa.Array:
    return pa.array(np.datetime64(start) + days.astype("timedelta64[D]"))


def _add_months(start: date, months: int) -> date:
    whole = start.year * 12 + start.month - 1 + months
    return date(whole // 12, whole % 12 + 1, 1)


def _write(table: pa.Table, path: Path, form: str) -> None:
    if form == "parquet":
        pa_parquet.write_table(table, path, compression="zstd")
    else:
        pa_csv.write_csv(table, path, pa_csv.WriteOptions(quoting_style="none"))


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 12)
