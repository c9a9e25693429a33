"""The tutorial and the notebook are run on seeds/; the sessions of the tutorial are checked by `make docs-check`."""

import json
import re

import pytest
from IPython.core.interactiveshell import InteractiveShell

from scripts import examples
from tests.cli_runs import ROOT

TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text("utf-8")
NOTEBOOK = json.loads((ROOT / "docs" / "notebook.ipynb").read_text("utf-8"))


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(examples.folder(tmp_path))
    return tmp_path


def test_the_python_of_the_tutorial_runs(place):
    blocks = re.findall(r"```python\n(.*?)```", TUTORIAL, re.S)
    assert blocks
    for block in blocks:
        exec(compile(block, "docs/tutorial.md", "exec"), {})


def test_the_tutorial_shows_what_it_speaks_of():
    commands = re.findall(r"^\$ kg (\w+)", TUTORIAL, re.M)
    assert {"build", "stats", "explain", "query", "review"} <= set(commands)


# IPython comes with pyvis; a kernel and a server would be a dozen packages more, and run the same cells.
def test_the_notebook_runs_and_shows_tables_and_a_map(place):
    shell = InteractiveShell()
    shown = []
    for cell in NOTEBOOK["cells"]:
        if cell["cell_type"] != "code":
            continue
        done = shell.run_cell("".join(cell["source"]), silent=False)
        assert done.success, (cell["source"], done.error_in_exec or done.error_before_exec)
        if done.result is not None:
            data, _ = shell.display_formatter.format(done.result)
            shown.append(data.get("text/html", data["text/plain"]))
    assert shown[0] == "5"
    text = "\n".join(shown)
    assert "<td" in text
    assert "China backed Pakistan" in text
    assert "srcdoc" in text


def test_the_notebook_is_kept_without_output():
    for cell in NOTEBOOK["cells"]:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
