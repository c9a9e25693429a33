# Two commands do all set-up in a fresh clone: `make demo` and `make test`. They need Python 3.11 or later, with its
# venv module, and nothing else; everything installed is pinned, with hashes, in requirements*.lock.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
DOCS := $(wildcard README.md schema.md docs/*.md)
CODE := kg cli.py tests $(wildcard scripts benchmarks)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test lint docs docs-check chromium postgresql lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{ printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: .venv/run.stamp ## read seeds/, answer "who backs Pakistan", draw map.html
	$(BIN)/kg build seeds --store kg.db
	$(BIN)/kg query "who backs Pakistan" --store kg.db
	$(BIN)/kg map --store kg.db -o map.html

test: .venv/dev.stamp chromium postgresql lint docs-check ## every check: style, types, generated documents, tests
	$(BIN)/python -m pytest

lint: .venv/dev.stamp ## style and types
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy --strict

docs: .venv/dev.stamp ## write the generated parts of the documents anew
	$(if $(DOCS),$(BIN)/python -m cogapp -r $(DOCS))

docs-check: .venv/dev.stamp ## whether the generated parts of the documents are what the code says
	$(if $(DOCS),$(BIN)/python -m cogapp --check --check-fail-msg="run make docs" $(DOCS))

chromium: # the map is tested in it
	@.ci/chromium

postgresql: # a store in it is tested with a server of its own
	@.ci/postgresql

# The environment is made once; each stamp is renewed when its lock or the project's metadata changes.
.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed; name it: make PYTHON=/path/to/python3.11 …" >&2; exit 1; }
	$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/run.stamp: requirements.lock pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev.stamp: requirements-dev.lock .venv/run.stamp
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

# Needs uv. --universal: one lock for every system and for every Python from 3.11 on.
UV ?= uv
COMPILE := $(UV) pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --quiet
lock: ## pin the newest versions that pyproject.toml allows
	$(COMPILE) --upgrade -o requirements.lock
	$(COMPILE) --upgrade --extra dev --extra cluster --extra postgres -c requirements.lock -o requirements-dev.lock

clean: ## remove the environment and all that was built
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis kg.db kg.db-wal kg.db-shm map.html
