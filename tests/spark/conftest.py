"""Sessions of Spark, one for a module of tests: each takes seconds to begin."""

import logging
import os

import pytest

from caseness.engine import stop_spark
from spark.cluster import Cluster

# What Spark reads beside our own settings: shuffles of these small tables need no more than two parts.
DEFAULTS = "spark.sql.shuffle.partitions 2\nspark.executor.memory 512m\n"
# Py4J tells of each connection that it closes, the last of them when the stream that pytest captures is closed already.
logging.getLogger("py4j").setLevel(logging.WARNING)


@pytest.fixture(scope="session", autouse=True)
def small_shuffles(tmp_path_factory):
    """Java reads it when it starts, once in this process."""
    folder = tmp_path_factory.mktemp("spark-conf")
    (folder / "spark-defaults.conf").write_text(DEFAULTS)
    os.environ["SPARK_CONF_DIR"] = str(folder)
    yield
    del os.environ["SPARK_CONF_DIR"]


@pytest.fixture(scope="module")
def local():
    """Spark on this machine."""
    yield "spark"
    stop_spark()


@pytest.fixture(scope="module")
def master():
    """The address of a master with two workers on this machine."""
    with Cluster() as address:
        yield address
        stop_spark()
