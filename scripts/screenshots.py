"""The pictures in docs/map/: `python scripts/screenshots.py`. Look at each before it is committed.

The large map is a made-up world of countries that do not exist, so that the picture says nothing of any that does; the
evidence is that of the briefs in seeds/. Letters are those of the machine's own sans-serif.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from browser import launched, opened  # noqa: E402 -- from tests/
from map_views import large_view  # noqa: E402
from PIL import Image  # noqa: E402
from playwright.sync_api import Page  # noqa: E402

from kg.build import build  # noqa: E402
from kg.export.html import render_map  # noqa: E402
from kg.export.view import map_view  # noqa: E402
from kg.store import open_store  # noqa: E402

FOLDER = ROOT / "docs" / "map"
SIZES = {"wide": (1300, 860), "tablet": (1024, 768), "phone": (390, 844)}
COLOURS = 256
"""What a picture is cut down to, so that rare colours keep theirs: a legend must stay true."""

BACKING = "#link=cn~pk~backing~one"
SCENES = {
    # name: (page, size, dark, address, what is done first)
    **{
        f"world-{size}-{'dark' if dark else 'light'}": ("world", size, dark, "", "")
        for size in SIZES
        for dark in (False, True)
    },
    "evidence-wide-light": ("briefs", "wide", False, BACKING, ""),
    "evidence-phone-dark": ("briefs", "phone", True, BACKING, ""),
    "profile-wide-dark": ("briefs", "wide", True, "#actor=pk", ""),
    "filters-wide-light": ("world", "wide", False, "#tab=filters&since=2020-01-01", ""),
    "table-phone-light": ("world", "phone", False, "", "#table-tab"),
}


def main() -> int:
    """Write all pictures, and say how large each is."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, launched() as browser:
        pages = {"world": Path(folder) / "world.html", "briefs": Path(folder) / "briefs.html"}
        pages["world"].write_text(render_map(large_view(300, 2000)), encoding="utf-8")
        pages["briefs"].write_text(briefs(Path(folder) / "kg.db"), encoding="utf-8")
        for name, (page, size, dark, address, click) in SCENES.items():
            width, height = SIZES[size]
            with opened(browser, pages[page], width=width, height=height, dark=dark, fragment=address) as seen:
                if click:
                    seen.page.click(click)
                picture = taken(seen.page)
                seen.assert_quiet()
            (FOLDER / f"{name}.png").write_bytes(picture)
            print(f"{name}.png  {len(picture) / 1000:.0f} KB")
    return 0


def briefs(store: Path) -> str:
    """The map of seeds/."""
    build([ROOT / "seeds"], store)
    with open_store(store) as opened_store:
        return render_map(map_view(opened_store), quotes="full")


def taken(page: Page) -> bytes:
    """The page as a small PNG."""
    page.mouse.move(2, 2)
    page.wait_for_timeout(400)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture = picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=4, dither=Image.Dither.NONE)
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


if __name__ == "__main__":
    sys.exit(main())
