# The same commands for people and for CI.  Everything lives in .venv; nothing is downloaded beyond pip.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
DATA   ?= ../shared/data
STATEMENTS ?= 20000
STAMP  := $(VENV)/.ready

.PHONY: setup demo demo-archive test check gate bench docs clean

setup: $(STAMP)

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --upgrade "pip>=25.1"
	$(BIN)/python -m pip install -q --editable . --group dev
	touch $(STAMP)

demo: setup
	$(BIN)/python examples/demo.py

demo-archive: setup
	$(BIN)/python examples/demo_archive.py --data $(DATA) $(ARCHIVE)

test: setup
	$(BIN)/python -m pytest -q

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

gate: setup
	$(BIN)/python -m evaluation.gate --data $(DATA)

bench: setup
	$(BIN)/python -m benchmarks.reading
	$(BIN)/python -m benchmarks.copies
	$(BIN)/python -m benchmarks.ledger --statements $(STATEMENTS)
	$(BIN)/python -m benchmarks.collate --up-to 1000
	$(BIN)/python -m benchmarks.scale --pages 48

docs: setup
	$(BIN)/python docs/generate.py

clean:
	rm -rf $(VENV) demo
