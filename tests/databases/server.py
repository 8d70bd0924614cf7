"""A PostgreSQL server for the tests: its own cluster in a temporary folder, on a free port of the loopback."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

INSTALLED = Path("/usr/lib/postgresql")
# It refuses to run as root.
ACCOUNT = "postgres"


def find_programs():
    """The folder of initdb and pg_ctl of the newest server on this machine, or None. Debian keeps it off the path."""
    found = sorted(INSTALLED.glob("*/bin"), key=lambda path: int(path.parent.name))
    usable = [path for path in found if (path / "initdb").is_file() and (path / "pg_ctl").is_file()]
    if usable:
        return usable[-1]
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


class Server:
    """A server that runs for as long as the `with` lasts. Gives its address.

    One that is safe waits for the disk at each commit, as in a service. Tests need not wait.
    """

    def __init__(self, programs, is_safe=False):
        self.programs, self.is_safe = programs, is_safe
        self.folder = Path(tempfile.mkdtemp(prefix="caseness-postgresql-", dir="/tmp"))
        self.cluster = self.folder / "cluster"

    def __enter__(self):
        if os.geteuid() == 0:
            account = pwd.getpwnam(ACCOUNT)
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        self._run("initdb", "--auth=trust", "--username=tester", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        port = free_port()
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync={'on' if self.is_safe else 'off'}"
        self._run("pg_ctl", "--wait", f"--log={self.folder / 'log'}", f"--options={options}", "start")
        return f"postgresql://tester@127.0.0.1:{port}/postgres"

    def __exit__(self, *problem):
        self._run("pg_ctl", "--mode=immediate", "--wait", "stop")
        shutil.rmtree(self.folder)

    def _run(self, program, *options):
        command = [str(self.programs / program), "-D", str(self.cluster), *options]
        as_account = ["setpriv", f"--reuid={ACCOUNT}", f"--regid={ACCOUNT}", "--clear-groups"]
        # Output to files: the server inherits a pipe, and reading it would wait for the server to end.
        with (self.folder / f"{program}.txt").open("ab") as told:
            outcome = subprocess.run(
                [*(as_account if os.geteuid() == 0 else []), *command],
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=told,
                stderr=told,
                check=False,
            )
        assert outcome.returncode == 0, (self.folder / f"{program}.txt").read_text()


def free_port():
    """A port of the loopback that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]
