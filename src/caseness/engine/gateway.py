"""The Java process that Spark lives in, started here rather than by Spark's own script.

The script asks for the module `jdk.incubator.vector`, which the Java of the extra `spark` does not have, and which no
figure needs. It also needs a shell, and lets the messages of Java through to the terminal.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from caseness.engine.java import find_java
from caseness.errors import MissingProgram

# What Spark's own script lets Java's classes be reached by: `JavaModuleOptions` of Spark 4.0.
_OPENED = (
    "java.base/java.lang", "java.base/java.lang.invoke", "java.base/java.lang.reflect", "java.base/java.io",
    "java.base/java.net", "java.base/java.nio", "java.base/java.util", "java.base/java.util.concurrent",
    "java.base/java.util.concurrent.atomic", "java.base/jdk.internal.ref", "java.base/sun.nio.ch",
    "java.base/sun.nio.cs", "java.base/sun.security.action", "java.base/sun.util.calendar",
    "java.security.jgss/sun.security.krb5",
)  # fmt: skip
_OPTIONS = (
    "-XX:+IgnoreUnrecognizedVMOptions",
    *(f"--add-opens={package}=ALL-UNNAMED" for package in _OPENED),
    "-Djdk.reflect.useDirectMethodHandle=false",
    "-Dio.netty.tryReflectionSetAccessible=true",
)
# Java starts within seconds. On a machine that is busy it has taken more than one minute.
_PATIENCE = 180
_PORT, _SECRET = "PYSPARK_GATEWAY_PORT", "PYSPARK_GATEWAY_SECRET"
# Files of a start: where Java says on which port it listens, and what else it says.
_PORT_FILE, _SAID = "port", "said"


def start_gateway(memory: str) -> Any:
    """Start Java, and connect to it. It ends with this process.

    Parameters
    ----------
    memory : as Java names it, such as 3000m

    Raises
    ------
    MissingProgram
        If there is no Java that Spark supports, or it does not start.
    """
    from pyspark.java_gateway import launch_gateway

    program = str(find_java().program)
    home = _home()
    given = os.environ.get("SPARK_CONF_DIR", str(home / "conf"))
    classes = os.pathsep.join([given, str(home / "jars" / "*")])
    command = [program, "-cp", classes, f"-Xmx{memory}", *_OPTIONS, "org.apache.spark.deploy.SparkSubmit"]
    with tempfile.TemporaryDirectory(prefix="caseness-spark-", ignore_cleanup_errors=True) as folder:
        java = _started([*command, "pyspark-shell"], home, Path(folder))
        port, secret = _read(Path(folder) / _PORT_FILE)
    with _told(port, secret):
        gateway: Any = launch_gateway()
    # Java ends when its input is closed, so it is held by what it serves.
    gateway.proc = java
    return gateway


def _home() -> Path:
    import pyspark

    return Path(pyspark.__file__).parent


def _started(command: list[str], home: Path, folder: Path) -> subprocess.Popen[bytes]:
    told = {
        "SPARK_HOME": str(home),
        "SPARK_CONNECT_MODE": "0",
        "_PYSPARK_DRIVER_CONN_INFO_PATH": str(folder / _PORT_FILE),
    }
    # In a session of its own, so that Ctrl-C reaches Python alone. Java writes to the file for as long as it lives.
    with (folder / _SAID).open("wb") as said:
        java = subprocess.Popen(
            command, env={**os.environ, **told}, stdin=subprocess.PIPE, stdout=said, stderr=said, start_new_session=True
        )
    until = time.monotonic() + _PATIENCE
    while not (folder / _PORT_FILE).is_file():
        if java.poll() is not None or time.monotonic() > until:
            java.kill()
            java.communicate()
            raise MissingProgram(
                f"Java did not start for Spark: {_last_line(folder / _SAID)}. Nothing was computed. Set JAVA_HOME to a Java "
                "that Spark supports, or CASENESS_MEMORY_LIMIT to less memory."
            )
        time.sleep(0.05)
    return java


def _last_line(said: Path) -> str:
    lines = said.read_text(encoding="utf-8", errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")


# The port as four bytes, the length of the secret as four more, and the secret.
def _read(file: Path) -> tuple[int, str]:
    told = file.read_bytes()
    port, length = (int.from_bytes(told[start : start + 4]) for start in (0, 4))
    return port, told[8 : 8 + length].decode()


@contextmanager
def _told(port: int, secret: str) -> Iterator[None]:
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    told: Mapping[str, str] = {_PORT: str(port), _SECRET: secret}
    os.environ.update(told)
    try:
        yield
    finally:
        for name in told:
            del os.environ[name]
