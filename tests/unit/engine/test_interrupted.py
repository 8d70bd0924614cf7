"""Whoever presses Ctrl-C while the engine computes ends the run, and reads no traceback"""

import os
import signal
from threading import Timer

import ibis
import pytest

from caseness.engine import fetch


def test_a_query_that_is_interrupted_ends_as_any_other_work_would():
    """DuckDB notices the signal itself, and has an error of its own for it."""
    numbers = ibis.range(25_000).unnest().name("number").as_table()
    pairs = numbers.cross_join(numbers.view().rename(other="number"))
    pairs = pairs.filter((pairs.number * pairs.other) % 7919 == 1)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    late = Timer(0.2, os.kill, (os.getpid(), signal.SIGINT))
    late.start()
    with pytest.raises(KeyboardInterrupt):
        fetch(pairs.agg(rows=pairs.count()))
    late.join()
    signal.signal(signal.SIGINT, before)
