"""A folder five times the memory that reading may take is read. Seen in a process whose memory is limited by the system."""

import os
import re
import subprocess
import sys

from made_up_record import HEADER, write_places

LIMIT = 96 << 20
TIMES = 5
NAMES = b"CareActId,CareContactId,CarePersLocalId,CodeProcAndProcStatus,CodeObs,ObsValue\n"

# What the interpreter, Arrow and its threads take is no matter of the folder: the limit stands above it. A small
# record is read first, so that all of that is there.
CHILD = """
import re, resource, sys
from caseness.read import read_record
small, large, to, limit = sys.argv[1:]
read_record(small, to)
taken = int(re.search(r"VmData:\\s+(\\d+) kB", open("/proc/self/status").read()).group(1)) << 10
resource.setrlimit(resource.RLIMIT_DATA, (taken + int(limit), taken + int(limit)))
print(read_record(large, to).rows["IDS202CareActivity"])
"""


def write_activities(path, size):
    """Rows of activities until the file has this size. The number of rows."""
    rows = b"".join(
        b"A%018d,C%018d,PWP%03d,748051000000105,286711000000107:424226004=7480510000,2.35\n" % (n, n, n % 200)
        for n in range(20_000)
    )
    with path.open("wb") as stream:
        stream.write(NAMES)
        times = size // len(rows) + 1
        for _ in range(times):
            stream.write(rows)
    return times * 20_000


def test_a_folder_five_times_the_limit_is_read(tmp_path):
    write_places(tmp_path, {"small": {"IDS000Header": HEADER}, "large": {"IDS000Header": HEADER}})
    rows = write_activities(tmp_path / "large" / "IDS202CareActivity.csv", TIMES * LIMIT)
    outcome = subprocess.run(
        [sys.executable, "-c", CHILD, tmp_path / "small", tmp_path / "large", tmp_path / "to", str(LIMIT)],
        # The allocators that reserve addresses by the gigabyte would be held to what they do not use.
        env={**os.environ, "CASENESS_THREADS": "1", "ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_ARENA_MAX": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    (tmp_path / "large" / "IDS202CareActivity.csv").unlink()
    assert outcome.returncode == 0, outcome.stderr[-2000:]
    assert outcome.stdout.strip() == f"RowCount(read={rows}, kept={rows}, rejected=0)"


def test_the_limit_holds(tmp_path):
    """The child cannot take as much as the folder has."""
    greedy = re.sub(r"print\(.*\)", f"bytearray({2 * LIMIT})", CHILD)
    write_places(tmp_path, {"small": {"IDS000Header": HEADER}})
    outcome = subprocess.run(
        [sys.executable, "-c", greedy, tmp_path / "small", "none", tmp_path / "to", str(LIMIT)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "MemoryError" in outcome.stderr
