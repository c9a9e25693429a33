"""What all tests share: one extractor and one browser a session, because starting them costs more than most tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from kg.extract import Extractor

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The extractor as users get it."""
    return Extractor()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of the map; the others load nothing of it."""
    from browser import launched

    with launched() as browser:
        yield browser
