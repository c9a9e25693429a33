"""A PostgreSQL server for the tests: made in a temporary folder, reached by a socket in it, gone after the session."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path


class UnavailableError(Exception):
    """Why there is no server."""


def _program(name: str) -> str:
    newest = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: path.parts[4].zfill(3))
    found = str(newest[-1]) if newest else shutil.which(name)
    if found is None:
        raise UnavailableError(f"{name} is not installed; on Debian: sudo .ci/postgresql")
    return found


def _user() -> dict[str, object]:
    """Whom the server runs as: ourselves, or an account without rights where we are root, which it refuses."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            account = pwd.getpwnam(name)
            return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise UnavailableError("root may not run PostgreSQL and there is no other account")


@contextlib.contextmanager
def server() -> Iterator[str]:
    """A server that runs; its URL. Raises `UnavailableError` where it does not start."""
    initdb, postgres, account = _program("initdb"), _program("postgres"), _user()
    with tempfile.TemporaryDirectory(prefix="kg-postgresql-", ignore_cleanup_errors=True) as folder:
        if account:
            os.chown(folder, account["user"], account["group"])
        data, log = Path(folder) / "data", Path(folder) / "log"
        done = subprocess.run(
            [initdb, "-D", data, "-U", "kg", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
            capture_output=True, text=True, check=False, timeout=120, cwd="/", **account,
        )  # fmt: skip
        if done.returncode:
            raise UnavailableError(f"initdb failed: {done.stderr.strip()[-300:]}")
        settings = ("listen_addresses=", "fsync=off", "max_connections=30", f"unix_socket_directories={folder}")
        with log.open("wb") as written:
            process = subprocess.Popen(
                [postgres, "-D", data, *(part for setting in settings for part in ("-c", setting))],
                stdout=written, stderr=subprocess.STDOUT, cwd="/", **account,
            )  # fmt: skip
        try:
            url = f"postgresql://kg@/postgres?host={folder}"
            _wait(url, process, log)
            yield url
        finally:
            process.send_signal(signal.SIGINT)  # ends the sessions that are left
            process.wait(timeout=60)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    import psycopg

    until = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > until:
                raise UnavailableError(f"it did not start: {error}\n{log.read_text()[-500:]}") from None
            time.sleep(0.1)
        else:
            return
