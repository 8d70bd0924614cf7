"""How an engine is asked for."""

import pytest

from caseness.engine.names import read_engine
from caseness.errors import UnknownName


@pytest.mark.parametrize("name", ["duckdb", "spark", "spark://localhost:7077", "spark://[::1]:7077"])
def test_an_engine_is_read_as_it_is_named(name):
    assert read_engine(name) == name


@pytest.mark.parametrize(
    "name",
    ["", "Spark", "spark:", "spark://", "spark://host", "spark://:7077", "spark://host:0", "spark://host:70777",
     "http://host:7077", "spark://host:7077/more", "spark://one:1,two:2", "yarn", "local[2]"],
)  # fmt: skip
def test_what_is_no_engine_is_refused(name):
    with pytest.raises(UnknownName, match="An engine is duckdb, spark, or spark://host:port"):
        read_engine(name)
