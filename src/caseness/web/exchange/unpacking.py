"""What was uploaded, put into a folder: an archive is unpacked within limits, and nothing is left of one that is refused."""

from __future__ import annotations

import lzma
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from shutil import rmtree

from django.core.files.uploadedfile import UploadedFile

from caseness.web.exchange.refusals import UploadRefused

# What `caseness.read` can read. All else in an archive is passed over, and never written.
_TABLES = (".csv", ".txt", ".tsv", ".tab", ".parquet", ".xlsx", ".xlsm")
_SHEETS = (".csv", ".xlsx", ".xlsm")
_BLOCK = 1 << 20
# In signs, and in bytes of one part of a path, which file systems hold at most.
_LONGEST_NAME, _LONGEST_PART = 200, 255


@dataclass(frozen=True)
class Limits:
    """How much is taken. The record of a service of 20,000 referrals has some 100 MB, and 25 tables a month."""

    uploaded: int = 512 << 20
    unpacked: int = 4 << 30
    files: int = 20_000
    # Text packs to a tenth or a twentieth. What packs to less than this is made to fill a disk.
    ratio: int = 200


LIMITS = Limits()


def unpack(upload: UploadedFile, to: Path, is_sheet: bool, limits: Limits = LIMITS) -> int:
    """Put an archive of a record, or a practice sheet, into a folder. Gives the bytes that lie there.

    Raises
    ------
    UploadRefused
        If it is no archive, damaged, too large, or names files outside its folder. Nothing is left then.
    """
    size = upload.size or 0
    if not size:
        raise UploadRefused(_EMPTY_SHEET if is_sheet else _EMPTY_ARCHIVE)
    if size > limits.uploaded:
        raise UploadRefused(
            f"The file has {_megabytes(size)}, and at most {_megabytes(limits.uploaded)} are taken by a page. Nothing was "
            "imported. Import a larger record on the server with `caseness-web import`."
        )
    try:
        to.mkdir(parents=True, mode=0o700)
        return _keep_sheet(upload, to) if is_sheet else _unpack(upload, to, limits)
    except BaseException:
        rmtree(to, ignore_errors=True)
        raise


def _keep_sheet(upload: UploadedFile, to: Path) -> int:
    ending = Path(upload.name or "").suffix.lower()
    if ending not in _SHEETS:
        raise UploadRefused(
            f"A practice sheet ends in {', '.join(_SHEETS)}, and this file in {ending or 'nothing'}. Nothing was imported. "
            "Save the sheet in one of these forms."
        )
    path = to / f"sheet{ending}"
    with path.open("wb") as file:
        for block in upload.chunks():
            file.write(block)
    return path.stat().st_size


def _unpack(upload: UploadedFile, to: Path, limits: Limits) -> int:
    try:
        with zipfile.ZipFile(upload) as archive:
            found = list(_tables(archive, limits))
            total = sum(_extract(archive, one, to, limits) for one in found)
    except _DAMAGED as problem:
        raise UploadRefused(_NO_ARCHIVE) from problem
    except OSError as problem:
        # What was packed by bzip2 and is damaged is an error without a number. All others are of the disk.
        if problem.errno is None:
            raise UploadRefused(_NO_ARCHIVE) from problem
        raise UploadRefused(
            f"The archive could not be unpacked on the server: {problem.strerror}. Nothing was imported. Whoever runs it has to "
            "look at its disk."
        ) from problem
    if not found:
        raise UploadRefused(
            f"The archive holds no table of a record: no file that ends in {', '.join(_TABLES)}. Nothing was imported. Pack "
            "the folder that `caseness check` reads."
        )
    return total


def _tables(archive: zipfile.ZipFile, limits: Limits) -> Iterator[zipfile.ZipInfo]:
    listed = archive.infolist()
    if len(listed) > limits.files:
        raise UploadRefused(
            f"The archive holds {len(listed):,} files, and at most {limits.files:,} are taken. {_NOTHING}"
        )
    if sum(one.file_size for one in listed) > limits.unpacked:
        raise UploadRefused(_too_large(limits))
    seen: set[str] = set()
    for one in listed:
        if one.is_dir():
            continue
        _require_inside(one)
        if PurePosixPath(one.filename).suffix.lower() not in _TABLES:
            continue
        if one.filename.casefold() in seen:
            raise UploadRefused(f"The archive holds two files of the same name. {_NOTHING}")
        if one.file_size > limits.ratio * max(one.compress_size, 1) and one.file_size > _BLOCK:
            raise UploadRefused(f"The archive is packed so tightly that it is no record. {_NOTHING}")
        seen.add(one.filename.casefold())
        _require_no_folder_of_a_file(one, seen)
        yield one


# A name that leads outside, or a link, could write over any file of the application.
def _require_inside(one: zipfile.ZipInfo) -> None:
    path = PurePosixPath(one.filename.replace("\\", "/"))
    is_link = stat.S_ISLNK(one.external_attr >> 16)
    is_outside = path.is_absolute() or ".." in path.parts or ":" in one.filename or "\0" in one.filename
    if len(one.filename) > _LONGEST_NAME or any(len(os.fsencode(part)) > _LONGEST_PART for part in path.parts):
        raise UploadRefused(f"The archive names a file by more signs than a disk takes. {_NOTHING}")
    if is_outside or is_link:
        raise UploadRefused(f"The archive names a file outside its own folder, or a link. {_NOTHING}")


# No disk holds a file, and a folder of the same name beside it.
def _require_no_folder_of_a_file(one: zipfile.ZipInfo, seen: set[str]) -> None:
    name = one.filename.casefold()
    folders = {str(folder) for folder in PurePosixPath(name).parents}
    if folders & seen or any(each.startswith(f"{name}/") for each in seen):
        raise UploadRefused(f"The archive holds a file and a folder of the same name. {_NOTHING}")


# The size that an archive tells may be a lie, so what comes out is counted.
def _extract(archive: zipfile.ZipFile, one: zipfile.ZipInfo, to: Path, limits: Limits) -> int:
    path = to.joinpath(*PurePosixPath(one.filename.replace("\\", "/")).parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    with archive.open(one) as source, path.open("wb") as file:
        while block := source.read(_BLOCK):
            written += len(block)
            if written > one.file_size:
                raise UploadRefused(_too_large(limits))
            file.write(block)
    return written


def _too_large(limits: Limits) -> str:
    return f"The archive unpacks to more than {_megabytes(limits.unpacked)}, or to more than it says. {_NOTHING}"


def _megabytes(size: int) -> str:
    return f"{size / (1 << 20):,.0f} MB"


_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, EOFError, RuntimeError, ValueError)
_EMPTY_ARCHIVE = "The file is empty. Nothing was imported. Choose the archive of a record."
_EMPTY_SHEET = (
    "The sheet is empty. Nothing was imported. Choose a sheet with a row of headers and at least one row below it."
)
_NO_ARCHIVE = (
    "This file is no zip archive, or a damaged or locked one. Nothing was imported. Pack the folder of the record into a zip "
    "archive, without a password, and choose that."
)
_NOTHING = "Nothing was imported. Pack the folder of the record again, and nothing else."
