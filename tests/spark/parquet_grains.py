"""Grains as Parquet, opened on whichever engine is asked."""

import pyarrow.parquet as pq

from caseness.engine import scan_parquet_files
from grain_tables import GRAINS, Tables, arrow_of
from random_grains import random_rows


def write_random(folder, seed, size):
    """Random grains of so many rows each that agree with themselves."""
    folder.mkdir()
    for grain, rows in random_rows(seed, size).items():
        pq.write_table(arrow_of(grain, rows, teams=True), folder / f"{grain}.parquet")
    return folder


def open_on(engine, folder):
    """The grains of a folder, as tables of an engine."""
    return Tables(
        **{
            grain: scan_parquet_files([folder / f"{grain}.parquet"], engine)
            for grain in GRAINS
            if (folder / f"{grain}.parquet").is_file()
        }
    )
