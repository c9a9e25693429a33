"""What all tests share: one extractor a session, because loading the model costs more than most tests together."""

from __future__ import annotations

import pytest

from kg.extract import Extractor


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The extractor as users get it."""
    return Extractor()
