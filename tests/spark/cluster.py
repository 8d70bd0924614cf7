"""A standalone Spark on the loopback: a master and two workers, each a process, for as long as the `with` lasts."""

import contextlib
import os
import shlex
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pyspark

from caseness.engine.java import find_java
from databases.server import free_port

WORKERS = 2
# A busy machine has taken more than a minute to start one Java.
PATIENCE = 240
HOST = "127.0.0.1"
# The Java that the extra brings lacks this module, which a worker asks for and nothing of ours needs.
VECTORS = "--add-modules=jdk.incubator.vector"


class Cluster:
    """Gives the address of the master once both workers have joined it."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="caseness-cluster-"))
        self.processes = []
        self.home = self._java_without_vectors(find_java().program)

    def __enter__(self):
        address = f"spark://{HOST}:{free_port()}"
        try:
            self._start("master", "master.Master", "--port", address.rpartition(":")[2])
            self._wait_for("New state: ALIVE", 1)
            for number in range(WORKERS):
                options = (
                    "--port",
                    "0",
                    "--cores",
                    "1",
                    "--memory",
                    "1g",
                    "--work-dir",
                    str(self.folder / f"work-{number}"),
                )
                self._start(f"worker-{number}", "worker.Worker", *options, address)
            self._wait_for("Registering worker", WORKERS)
        except BaseException:
            self.stop()
            raise
        return address

    def __exit__(self, *problem):
        self.stop()

    def stop(self):
        """End the workers with what they started, and the master last."""
        for process in reversed(self.processes):
            self._signal(process, signal.SIGTERM)
        for process in reversed(self.processes):
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(20)
            # What a worker started is in the worker's own group, and may outlive it.
            self._signal(process, signal.SIGKILL)
            process.wait()
        self.processes.clear()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _signal(self, process, sign):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, sign)

    def _start(self, name, role, *options):
        jars = Path(pyspark.__file__).parent / "jars" / "*"
        java = [str(self.home / "bin" / "java"), "-cp", str(jars), "-Xmx256m", f"org.apache.spark.deploy.{role}"]
        # The page that each shows is on the loopback too, by SPARK_LOCAL_IP.
        own = {"JAVA_HOME": str(self.home), "SPARK_HOME": str(jars.parent.parent), "SPARK_LOCAL_IP": HOST}
        # As Spark's own script says it: a worker that does not hear it looks for a folder of Spark's source.
        environment = {**os.environ, **own, "SPARK_SCALA_VERSION": "2.13"}
        with (self.folder / f"{name}.txt").open("wb") as told:
            command = [*java, "--host", HOST, "--webui-port", "0", *options]
            self.processes.append(
                subprocess.Popen(
                    command, env=environment, stdout=told, stderr=told, cwd=self.folder, start_new_session=True
                )
            )

    def _wait_for(self, words, times):
        until, log = time.monotonic() + PATIENCE, self.folder / "master.txt"
        while log.read_text().count(words) < times:
            assert time.monotonic() < until, log.read_text()
            assert all(process.poll() is None for process in self.processes), log.read_text()
            time.sleep(0.2)

    def _java_without_vectors(self, program):
        script = self.folder / "java-home" / "bin" / "java"
        script.parent.mkdir(parents=True)
        script.write_text(
            "#!/bin/bash\n"
            f'for one; do [ "$one" = {VECTORS} ] || kept+=("$one"); done\n'
            f'exec {shlex.quote(str(program))} "${{kept[@]}}"\n'
        )
        script.chmod(0o755)
        return script.parent.parent
