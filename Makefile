# What one does with this project. `make help` lists it.

VENV ?= .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check --no-input
LOCKED = install -qq --require-hashes --only-binary=:all: -r
OURS = bot dialogs content storage

# Proof draws PROOF_SAMPLE points by PROOF_SEED; empty means every point.
export PROOF_SAMPLE PROOF_SEED

SHELL = /bin/sh
.DEFAULT_GOAL = help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help deps install install-copy install-dev npm run test e2e proof lint format pages pictures playground bench lock clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

# ------------------------------------------------------------------------------------------------ set-up
# Set-up speaks on stderr and reads nothing, so that a conversation can be piped through `make run`.

FITS = import sys, ensurepip, venv; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))

$(VENV)/.python:
	@found=; \
	for python in $(PYTHON) python3.13 python3.12 python3.11 python3 python; do \
		if "$$python" -c '$(FITS)' </dev/null >/dev/null 2>&1; then found=$$python; break; fi; \
		if [ "$$python" = "$(PYTHON)" ]; then break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "Metodcoach needs Python 3.11, 3.12 or 3.13 with its venv module, and found none." >&2; \
		echo "Install one (on Debian and Ubuntu: apt install python3 python3-venv)," >&2; \
		echo "or name the one you have: make $(or $(firstword $(MAKECMDGOALS)),run) PYTHON=/path/to/python3.12" >&2; \
		exit 1; \
	fi; \
	echo "Setting up $(VENV) with $$("$$found" --version); this happens once and takes a minute." >&2; \
	"$$found" -m venv --clear "$(VENV)" </dev/null >&2
	@touch $@

$(VENV)/.deps: requirements.lock | $(VENV)/.python
	@$(PIP) $(LOCKED) requirements.lock </dev/null >&2
	@touch $@

# An editable install: changed code needs no new set-up. --no-build-isolation: what builds is locked, too.
$(VENV)/.installed: $(VENV)/.deps pyproject.toml
	@$(PIP) install -qq --no-deps --no-build-isolation --editable . </dev/null >&2
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@$(PIP) $(LOCKED) requirements-dev.lock </dev/null >&2
	@touch $@

deps: $(VENV)/.deps  ## the run-time packages alone

install: $(VENV)/.installed  ## a virtual environment with what the program needs to run

install-copy: $(VENV)/.deps  ## the same with a copy of the program in it, for a container
	@$(PIP) install -qq --no-deps --no-build-isolation --force-reinstall . </dev/null >&2
	@rm -f $(VENV)/.installed

install-dev: $(VENV)/.installed-dev  ## and what it needs to be tested

# A Slack to test against, and readers of Teams' cards. Whoever has no npm runs the other tests all the same.
export METODCOACH_NPM ?= $(abspath $(VENV))/npm
PINNED = sed -nE 's|^    "([a-z@/.-]+)": "([0-9.]+)",?$$|\1@\2|p'

$(METODCOACH_NPM)/.installed: tests/slack/npm/package.json tests/teams/npm/package.json
	@if command -v npm >/dev/null; then \
		mkdir -p "$(@D)" && \
		npm install --silent --no-save --no-audit --no-fund --ignore-scripts --prefix "$(@D)" \
			$$($(PINNED) $^ | sort -u) </dev/null >&2 && touch $@; \
	else \
		echo "There is no npm here: the tests that need a Slack, or read cards with it, are left out." >&2; \
	fi

npm: $(METODCOACH_NPM)/.installed  ## what the tests of the doors take from npm

# ------------------------------------------------------------------------------------------------ use

run: install  ## a conversation in this terminal (`make run < samtal.txt` plays one)
	@$(BIN)/metodcoach chat $(ARGS)

# ------------------------------------------------------------------------------------------------ checks

# As many beside each other as there are cores. Whatever the environment says: what Python makes of the program and of
# the tests is kept, which is a fifth of their time.
PYTEST = PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest tests -n auto --dist worksteal

test: install-dev  ## the tests (PYTEST_ARGS="-k word" picks some)
	@$(PYTEST) -m "not e2e and not proof" $(PYTEST_ARGS)

e2e: install-dev npm  ## the program from outside, and what plays something whole
	@$(PYTEST) -m e2e $(PYTEST_ARGS)

proof: install-dev npm  ## kill it at its commit points (PROOF_SAMPLE=20 PROOF_SEED=7 draws some)
	@$(PYTEST) -m proof $(PYTEST_ARGS)

lint: install-dev  ## style, types, layers, packs, phrases; all are run, any may fail it
	@rc=0; \
	check() { echo "-- $$*"; "$$@" || rc=1; }; \
	check $(BIN)/ruff check .; \
	check $(BIN)/ruff format --check .; \
	check $(BIN)/mypy; \
	check $(BIN)/lint-imports --no-logo; \
	check $(BIN)/metodcoach pack check --all; \
	check $(BIN)/python -m content.phrases.check; \
	exit $$rc

format: install-dev  ## let ruff order imports and lay out the code
	@$(BIN)/ruff check --select I --fix .
	@$(BIN)/ruff format .

pages: install-dev  ## write the pages that are made of data: reference and walkthroughs
	@$(BIN)/python -m tools.reference
	@$(BIN)/python -m tools.walkthrough_pages

# Node's packages are pinned in package.json; a lock file of npm's would name whoever they were fetched from.
$(VENV)/pictures/.installed: tools/pictures/package.json | $(VENV)/.python
	@mkdir -p "$(@D)" && cp $< "$(@D)" && cd "$(@D)" && \
		npm install --silent --no-package-lock --no-audit --no-fund --ignore-scripts </dev/null >&2
	@touch $@

pictures: install-dev $(VENV)/pictures/.installed  ## draw docs/pictures/ anew (needs node, npm and chromium)
	@$(BIN)/python -m tools.pictures "$(abspath $(VENV))/pictures"

PLAYGROUND = @microsoft/m365agentsplayground@0.2.28

playground: install-dev  ## look at the Teams door in Microsoft 365 Agents Playground (needs node, npm and xdg-open)
	@npm install --silent --no-save --no-audit --no-fund --ignore-scripts --prefix $(VENV)/playground $(PLAYGROUND) </dev/null >&2
	@$(BIN)/python -m tools.playground "$(abspath $(VENV))/playground"

bench: install-dev  ## every measurement in benchmarks/; all are run, any may fail it; BENCH="benchmarks/turn.py" picks
	@rc=0; told=""; \
	for file in $(or $(BENCH),benchmarks/[!_]*.py); do \
		echo "-- $$file"; began=$$(date +%s); \
		if $(BIN)/python "$$file"; then how=ok; else how=FAILED; rc=1; fi; \
		told="$$told$$(printf '%6s s  %-6s %s' $$(($$(date +%s) - began)) $$how "$$file")\n"; \
	done; \
	printf "\n-- how long each took\n$$told"; exit $$rc

# ------------------------------------------------------------------------------------------------ upkeep

COMPILE = UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --no-config --universal \
	--python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate $(UPGRADE) pyproject.toml

lock: install-dev  ## write the lock files anew (UPGRADE=--upgrade takes newer versions)
	@$(COMPILE) --group build --output-file requirements.lock
	@$(COMPILE) --group build --group dev --constraints requirements.lock --output-file requirements-dev.lock

clean:  ## remove what the targets above have made; the database stays
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find $(OURS) tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
