"""What all tests share: one extractor and one browser a session, because starting them costs more than most tests."""

from __future__ import annotations

import contextlib
import itertools
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from postgres_server import UnavailableError, server

from kg.extract import Extractor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_SCHEMAS = itertools.count(1)


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The extractor as users get it."""
    return Extractor()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a PostgreSQL server; where none starts, a skip with the reason, and a failure where CI is set."""
    with contextlib.ExitStack() as stack:
        try:
            url = stack.enter_context(server())
        except (UnavailableError, OSError, ImportError, subprocess.TimeoutExpired) as error:
            message = f"No PostgreSQL server for the tests: {error}"
            if os.environ.get("CI", "").lower() not in ("", "0", "false"):
                pytest.fail(message)
            pytest.skip(message)
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a store of the test's own can be made: a file, then a schema of a server."""
    if request.param == "sqlite":
        return str(tmp_path / "news.db")
    return f"{request.getfixturevalue('postgresql')}#test_{next(_SCHEMAS)}"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of the map; the others load nothing of it."""
    from browser import launched

    with launched() as browser:
        yield browser
