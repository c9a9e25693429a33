"""Debian's Chromium for tests of the map: no network, and nothing the page says or asks for goes unnoticed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, sync_playwright

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium_path() -> str:
    """Where Chromium is. A test that needs it fails, and says so, where there is none."""
    path = os.environ.get("KG_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.fail(
            "The map tests need Chromium and found none: run `apt-get install chromium`, "
            "or set KG_CHROMIUM to the path of one.",
            pytrace=False,
        )
    return path


@contextmanager
def launched() -> Iterator[Browser]:
    """A browser, until the block ends."""
    path = chromium_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Opened:
    """An open page and everything it did that it should not have."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def assert_quiet(self) -> None:
        """The page asked for nothing but itself, and nothing went wrong in it."""
        assert self.requests == [], self.requests
        assert self.complaints == [], self.complaints


@contextmanager
def opened(
    browser: Browser,
    file: Path,
    *,
    width: int = 1300,
    height: int = 860,
    dark: bool = False,
    fragment: str = "",
) -> Iterator[Opened]:
    """The file in a fresh context, all other requests refused and written down."""
    context: BrowserContext = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        accept_downloads=True,
        device_scale_factor=1,
    )
    url = file.as_uri() + fragment
    page = context.new_page()
    page.set_default_timeout(10_000)
    seen = Opened(page)

    def note(request: Request) -> None:
        if request.url.split("#")[0] != file.as_uri() and not request.url.startswith(("data:", "blob:")):
            seen.requests.append(request.url)

    def refuse(route: Route) -> None:
        if route.request.url.split("#")[0] == file.as_uri():
            route.continue_()
        else:
            route.abort()

    context.on("request", note)
    context.route("**/*", refuse)
    page.on("console", lambda message: seen.complaints.append(message.text) if message.type != "info" else None)
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.on("dialog", lambda dialog: (seen.complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    try:
        page.goto(url)
        # No wait_for_function: it needs eval, which the page's policy forbids. The page draws before it is loaded.
        assert page.evaluate("typeof window.kgMap") == "object", seen.complaints
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        yield seen
    finally:
        context.close()
