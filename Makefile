# Works on a bare machine with Python 3.11 or newer and make: the first target to run sets up .venv.
# Another Python: make demo PYTHON=python3.12

PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null)
BIN := .venv/bin
READY := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help demo dashboard test test-slow bench bench-viewers check format golden lock

help:            ## show this list
	@grep -hE '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*##/\1\t/' | expand -t 16

demo: $(READY)        ## run the town of 5,000 and print how exposure grows
	@$(BIN)/mosaic demo

dashboard: $(READY)   ## open the pages in a browser
	@$(BIN)/mosaic dashboard

test: $(READY)        ## every test but the slow ones
	$(BIN)/pytest -n auto --dist loadfile -m 'not slow and not browser'
	$(BIN)/pytest -n auto --dist loadfile -m 'browser and not slow' tests/browser

test-slow: $(READY)   ## the slow tests only
	$(BIN)/pytest -n auto --dist loadfile -m 'slow and not browser' --durations 10
	$(BIN)/pytest -n auto --dist loadfile -m 'slow and browser' tests/browser --durations 10

bench: $(READY)       ## measure the linkage engines side by side, into benchmarks/RESULTS.md
	$(BIN)/python -m benchmarks.run

bench-viewers: $(READY)  ## let 30 look at the dashboard at once, into benchmarks/VIEWERS.md
	$(BIN)/python -m benchmarks.viewers

check: $(READY)       ## style, types, the direction of imports, the committed schema
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/mosaic schema --check

format: $(READY)      ## put the code and the schema into their form
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(BIN)/mosaic schema

golden: $(READY)      ## write the tables that the shipped scenarios must give; look at the difference
	$(BIN)/python -m tests.scenarios.golden_tables

lock:                 ## choose the newest versions anew, into constraints.txt (needs uv)
	printf '%s\n' '# The versions that are tested; "make lock" writes this file.' > constraints.new
	$(or $(UV),$(wildcard $(BIN)/uv),$(error make lock needs uv)) pip compile --quiet --upgrade \
		--universal --python-version 3.11 --extra fast --extra splink --extra spark --group dev \
		--no-header --no-annotate --no-emit-index-url --no-emit-find-links pyproject.toml >> constraints.new
	mv constraints.new constraints.txt

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo 'Mosaic needs Python 3.11 or newer: make PYTHON=python3.12 ...' >&2; exit 1; }
ifdef UV
	$(UV) venv --quiet --allow-existing --python $(PYTHON) .venv
	$(UV) pip install --quiet --python $(BIN)/python --editable ".[fast,splink,spark]" --group dev --constraint constraints.txt
else
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable ".[fast,splink,spark]" --group dev --constraint constraints.txt
endif
	@touch $@
