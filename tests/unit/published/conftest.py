"""Small releases, written for one test each."""

from pathlib import Path

import pytest

MONTHLY_HEADER = (
    "REPORTING_PERIOD_START,REPORTING_PERIOD_END,GROUP_TYPE,ORG_CODE1,ORG_NAME1,ORG_CODE2,ORG_NAME2,"
    "MEASURE_ID,MEASURE_NAME,MEASURE_VALUE_SUPPRESSED"
)
ENGLAND = "England,all,all SubICBs,all,all Providers"
PROVIDER = "Provider,all,all SubICBs,RP7,LINCOLNSHIRE"


@pytest.fixture
def releases_folder() -> Path:
    """The reconstructed releases."""
    return Path(__file__).resolve().parents[2] / "fixtures" / "releases"


@pytest.fixture
def write(tmp_path):
    """Writes a file into a folder of the test's own. Text is written as UTF-8, bytes as they are."""

    def write_file(name, content):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_file


@pytest.fixture
def month():
    """A raw monthly file as text: lines of who, measure id and value, below the real header."""

    def write_month(*lines, dates=("2021-06-01", "2021-06-30"), header=MONTHLY_HEADER):
        rows = [f"{dates[0]},{dates[1]},{who},{figure},Count_{figure},{value}" for who, figure, value in lines]
        return "\n".join([header, *rows, ""])

    return write_month


@pytest.fixture
def england():
    """The columns that say a row is about England."""
    return ENGLAND


@pytest.fixture
def provider():
    """The columns that say a row is about one provider."""
    return PROVIDER
