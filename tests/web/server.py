"""The application as it is served: processes of its own, on a free port, with a database of its own."""

import os
import subprocess
import sys
import time
import uuid
from pathlib import Path
from urllib.request import urlopen

import psycopg

from databases.server import free_port

TESTS = Path(__file__).resolve().parent.parent
DATABASE = "CASENESS_WEB_DATABASE_URL"


def new_database(address):
    """An empty database on a PostgreSQL server, and its address."""
    name = f"served_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"{address.rpartition('/')[0]}/{name}"


class Served:
    """A server that runs for as long as the `with` lasts. What it and its worker log is in `log`."""

    def __init__(self, folder, **environment):
        paths = os.pathsep.join([str(TESTS), os.environ.get("PYTHONPATH", "")])
        self.folder, self.log = folder, folder / "log.txt"
        self.address = f"http://127.0.0.1:{free_port()}"
        self.environment = {
            **os.environ, "PYTHONPATH": paths, "CASENESS_WEB_FOLDER": str(folder),
            "CASENESS_WEB_SECRET_KEY": "k" * 60, "CASENESS_WEB_EMAIL_URL": f"filemail:///{folder}/mail",
            "CASENESS_WEB_BIND": self.address.removeprefix("http://"), **environment,
        }  # fmt: skip
        # It is for the tests that look, and no setting of the application.
        self.environment.pop("CASENESS_PICTURES", None)
        if DATABASE in self.environment:
            self.environment[DATABASE] = new_database(self.environment[DATABASE])

    def __enter__(self):
        self.run("-m", "web.seed")
        self.start()
        return self

    def __exit__(self, *problem):
        self.process.terminate()
        self.process.wait(60)

    def run(self, *arguments):
        """Run Python with the application's environment, and give what it says."""
        command = [sys.executable, *arguments]
        return subprocess.run(command, env=self.environment, check=True, stdout=subprocess.PIPE, text=True).stdout

    def begin(self, *command):
        """Start a command of `caseness-web` that goes on."""
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "caseness.web", *command], env=self.environment, stdout=log, stderr=log
            )

    def start(self):
        """Start the server, and wait until it answers."""
        self.process = self.begin("serve")
        for _ in range(1200):
            try:
                with urlopen(f"{self.address}/health"):
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(f"The server did not answer.\n{self.log.read_text()}")
