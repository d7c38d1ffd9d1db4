# The same words by hand and in CI. Each target makes its own environment first.
#   make demo ARGS="--seed 3"    PYTHON=python3.12 make test
PYTHON ?= python3
ARGS ?=
SOAK ?= 20

# The tests start heroterm hundreds of times: without this each start would compile it anew.
unexport PYTHONDONTWRITEBYTECODE

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.heroterm-stamp
WHEELS := build/wheel

.DEFAULT_GOAL := help
.PHONY: help demo test check bench soak lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(STAMP) ## Open the workstation on a private practice shift (ARGS=--practice for lessons)
	@$(BIN)/heroterm demo $(ARGS)

test: $(STAMP) ## Run the tests (ARGS="-k outbox" for a part)
	$(BIN)/python -m pytest -q -n 6 --dist worksteal $(ARGS)

check: $(STAMP) ## Lint, format, types, the wheel's contents, the lock
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy heroterm tests
	rm -rf $(WHEELS)
	$(BIN)/python -m hatchling build -t wheel -d $(WHEELS)
	$(BIN)/python -m tests.house.wheel $(WHEELS)
	$(BIN)/python -m tests.house.lock

bench: $(STAMP) ## Start, keys, fill, search, each beside a yardstick in one run
	$(BIN)/python -m tests.bench $(ARGS)

soak: $(STAMP) ## The storms and the kills, SOAK times as long (SOAK=20)
	$(BIN)/python -m pytest -q -m "storm or long" --hypothesis-profile=soak --soak=$(SOAK) $(ARGS)

lock: ## Resolve anew (needs uv): requirements.lock, from which uv and pip both install
	uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-header --upgrade -q -o requirements.lock

clean: ## Remove the environment, builds and caches
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis snapshot_report.html
	find heroterm tests -name __pycache__ -type d -prune -exec rm -rf {} +

# With uv, else (or where uv cannot reach its index) with pip, which honours the machine's own pip
# settings: the same pins and hashes either way. All is compiled here, once: else each of the tests'
# processes compiles it for itself.
$(STAMP): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "heroterm needs Python 3.11 or newer; $(PYTHON) is older or missing."; \
	  echo "Name another: make PYTHON=python3.12 test"; exit 2; }
	@if command -v uv >/dev/null 2>&1 && $(MAKE) --no-print-directory $(VENV)/uv-sync; \
	then :; else $(MAKE) --no-print-directory $(VENV)/pip-sync || { \
	  echo; echo "The environment in $(VENV) is not complete: its packages could not be fetched."; \
	  echo "Nothing else was touched. With the network (or a pip index) back, run the same again."; \
	  exit 2; }; fi
	@$(BIN)/python -m compileall -q -j 2 heroterm >/dev/null
	@touch $@

.PHONY: $(VENV)/pip-sync $(VENV)/uv-sync
$(VENV)/uv-sync: export UV_NATIVE_TLS := 1
$(VENV)/uv-sync: export UV_SYSTEM_CERTS := 1
$(VENV)/uv-sync:
	@uv venv --quiet --allow-existing --python $(PYTHON) $(VENV)
	@uv pip sync --quiet --compile-bytecode --require-hashes --python $(BIN)/python requirements.lock
	@uv pip install --quiet --no-deps --no-build-isolation --python $(BIN)/python -e .

$(VENV)/pip-sync:
	@test -x $(BIN)/python && $(BIN)/python -m pip --version >/dev/null 2>&1 \
	  || { echo "Making $(VENV) ..."; $(PYTHON) -m venv --clear $(VENV); }
	@echo "Installing the locked packages with pip ..."
	@command -v uv >/dev/null 2>&1 && echo "uv could not fetch them; trying pip ..." || true
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
