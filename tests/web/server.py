"""The application as it is served: a process of its own, on a free port, with a database of its own."""

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

from databases.server import free_port

TESTS = Path(__file__).resolve().parent.parent


class Served:
    """A server that runs for as long as the `with` lasts."""

    def __init__(self, folder, **environment):
        paths = os.pathsep.join([str(TESTS), os.environ.get("PYTHONPATH", "")])
        self.folder = folder
        self.environment = {
            **os.environ, "PYTHONPATH": paths, "CASENESS_WEB_FOLDER": str(folder),
            "CASENESS_WEB_SECRET_KEY": "k" * 60, "CASENESS_WEB_EMAIL_URL": f"filemail:///{folder}/mail", **environment,
        }  # fmt: skip
        self.address = f"http://127.0.0.1:{free_port()}"

    def __enter__(self):
        self.run("-m", "web.seed")
        self.start()
        return self

    def __exit__(self, *problem):
        self.process.terminate()
        self.process.wait(10)

    def run(self, *arguments):
        """Run Python with the application's environment."""
        subprocess.run([sys.executable, *arguments], env=self.environment, check=True)

    def start(self):
        """Start the server, and wait until it answers."""
        bind = self.address.removeprefix("http://")
        command = ["-m", "gunicorn", "caseness.web.wsgi", "--bind", bind, "--threads", "4", "--log-level", "warning"]
        self.process = subprocess.Popen([sys.executable, *command], env=self.environment)
        for _ in range(100):
            try:
                with urlopen(f"{self.address}/health"):
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("The server did not answer.")
