"""What lies below a folder: the places that hold submissions, and all that is not read, with the reason."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pa_parquet

from caseness.errors import UnreadableRecord
from caseness.read import access, workbooks
from caseness.read.delimited import open_delimited
from caseness.read.limits import FILES
from caseness.read.manifest import MANIFEST
from caseness.read.model import OF_A_RECORD, REJECTED_FOLDER, TABLES_FOLDER
from caseness.read.naming import natural_order, table_named
from caseness.read.parquet import open_parquet
from caseness.read.pieces import Ignored, Place, TableSource

TEXT = (".csv", ".txt", ".tsv", ".tab")
PARQUET = (".parquet",)
_ARCHIVES = (".zip", ".gz", ".7z", ".rar", ".tar", ".bz2", ".xz")
_OTHER_WORKBOOKS = (".xls", ".xlsb", ".ods")


@dataclass(frozen=True, eq=False)
class Found:
    """The places below a source, in the order of their names, and what was passed over."""

    places: tuple[Place, ...]
    ignored: tuple[Ignored, ...]


def find_places(source: Path) -> Found:
    """Look through a folder and all below it, or at one file.

    Symbolic links are not followed, and neither are records that were written by Caseness, except where the source
    is one itself.

    Raises
    ------
    UnreadableRecord
        If there is nothing at the path, or no table of a record.
    MissingProgram
        If there is an Access file and no program that reads it.
    """
    top = _top(source)
    ignored: list[Ignored] = []
    beside: dict[Path, list[Path]] = {}
    places: list[Place] = []
    for path in _files(source, top, ignored):
        name = path.relative_to(top).as_posix()
        if path.suffix.lower() in access.ENDINGS:
            place, others = access.open_access(path, name)
            places += [place] if place.tables else []
            ignored += others or ([] if place.tables else [Ignored(name, "it holds no table of the record")])
        elif _is_of_unfinished_record(path):
            raise UnreadableRecord(
                f"{path} is a table of a record, and there is no {MANIFEST} beside its folder: the record was not written to the "
                "end, or was copied in part. Nothing is taken from it. Copy it whole, or read the source again with `caseness record`."
            )
        elif why := _why_ignored(path):
            ignored.append(Ignored(name, why))
        else:
            beside.setdefault(path.parent, []).append(path)
    for folder, files in beside.items():
        places += _places_of(folder, files, top, ignored)
    if not places:
        raise _nothing_found(source, ignored)
    return Found(tuple(sorted(places, key=lambda one: natural_order(one.name))), tuple(ignored))


# Its rows were read before, and what they are, made up or not, stands in the manifest alone.
def _is_of_unfinished_record(path: Path) -> bool:
    if (
        path.suffix.lower() not in PARQUET
        or path.parent.name != TABLES_FOLDER
        or (path.parent.parent / MANIFEST).exists()
    ):
        return False
    try:
        return OF_A_RECORD.items() <= (pa_parquet.read_schema(path).metadata or {}).items()
    except (OSError, pa.ArrowException):
        return False


def _top(source: Path) -> Path:
    if not source.exists():
        raise UnreadableRecord(
            f"There is no file or folder at {source}. Give the path of a record, or a database address."
        )
    if source.is_file():
        return source.parent
    return source / TABLES_FOLDER if (source / MANIFEST).is_file() else source


def _files(source: Path, top: Path, ignored: list[Ignored]) -> Iterator[Path]:
    if source.is_file():
        yield source
        return
    count = 0
    for folder, folders, names in os.walk(top, followlinks=False):
        here = Path(folder)
        _leave_out(here, folders, top, ignored)
        for name in sorted(names):
            count += 1
            if count > FILES:
                raise UnreadableRecord(
                    f"{source} holds more than {FILES:,} files. Nothing was read. Give a folder below it."
                )
            if (here / name).is_symlink():
                ignored.append(Ignored((here / name).relative_to(top).as_posix(), "it is a symbolic link"))
            else:
                yield here / name


# A link may lead anywhere, and a record that was written before would be counted twice.
def _leave_out(here: Path, folders: list[str], top: Path, ignored: list[Ignored]) -> None:
    folders.sort()
    for name in list(folders):
        path = here / name
        why = "it is a symbolic link" if path.is_symlink() else ""
        if (path / MANIFEST).is_file():
            why = "it is a record that Caseness wrote. Give its own path to read it"
        elif name.casefold() == REJECTED_FOLDER:
            why = "it is for rows that were rejected before"
        if why:
            folders.remove(name)
            ignored.append(Ignored(path.relative_to(top).as_posix(), why))


def _why_ignored(path: Path) -> str:
    ending = path.suffix.lower()
    if not path.is_file():
        return "it is no plain file"
    if ending in _OTHER_WORKBOOKS:
        return "it is a workbook of another kind: save it as .xlsx"
    if ending in _ARCHIVES:
        return "it is an archive: unpack it first"
    if ending not in (*TEXT, *PARQUET, *workbooks.ENDINGS):
        return "it is no CSV, Parquet, Excel or Access file"
    if ending not in workbooks.ENDINGS and table_named(path.stem) is None:
        return "its name is that of no table"
    return ""


def _places_of(folder: Path, files: Sequence[Path], top: Path, ignored: list[Ignored]) -> list[Place]:
    tables: list[TableSource] = []
    places: list[Place] = []
    endings: dict[str, set[str]] = {}
    for path in sorted(files, key=lambda one: natural_order(one.name)):
        name = path.relative_to(top).as_posix()
        if path.suffix.lower() in workbooks.ENDINGS:
            found, others = workbooks.tables_in_workbook(path, name)
            ignored += others
        else:
            found = [_source(path, name)]
        if not found:
            continue
        if path.suffix.lower() in workbooks.ENDINGS and table_named(path.stem) is None:
            places.append(Place(name, tuple(found)))
            continue
        tables += found
        for one in found:
            endings.setdefault(one.table_id, set()).add(path.suffix.lower())
    name = folder.relative_to(top).as_posix() if folder != top else top.resolve().name
    _require_one_form(endings, name)
    return [*places, *([Place(name, tuple(tables))] if tables else [])]


def _source(path: Path, name: str) -> TableSource:
    table_id = table_named(path.stem)
    assert table_id, f"Unhandled {name}"
    is_parquet = path.suffix.lower() in PARQUET
    opener = partial(open_parquet, path, name) if is_parquet else partial(open_delimited, path, table_id, name)
    return TableSource(table_id, name, opener, path.stat().st_size)


# The same rows once as CSV and once as Parquet would be counted twice.
def _require_one_form(endings: dict[str, set[str]], folder: str) -> None:
    doubled = {table_id: sorted(found) for table_id, found in endings.items() if len(found) > 1}
    if doubled:
        table_id, found = next(iter(doubled.items()))
        raise UnreadableRecord(
            f"The folder {folder} holds {len(doubled)} tables in more than one form ({table_id}: {', '.join(found)}), which may "
            "be the same rows twice. None of the record is taken. Leave one form of each table in the folder."
        )


def _nothing_found(source: Path, ignored: Sequence[Ignored]) -> UnreadableRecord:
    shown = "; ".join(f"{one.name}: {one.why}" for one in ignored[:5])
    return UnreadableRecord(
        f"There is no table of a record at {source}. {len(ignored)} files were looked at and none was read"
        f"{f' ({shown})' if shown else ''}. Name each file for its table, such as IDS101Referral.csv."
    )
