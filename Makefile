# `make` is the only door: a desk and a server run the same commands.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
WORKERS ?= 2
REPORT ?= audit-report

BIN := $(VENV)/bin
# A fresh Debian has no ensurepip, so the environment is made without pip and the system's pip installs into it.
# Twice quiet: errors only, since a machine may have settings of pip that warn once for each package.
INSTALL := $(PYTHON) -m pip --python $(BIN)/python install --quiet --quiet --disable-pip-version-check --no-input

# The stamps say what an environment holds, so that a second run installs nothing.
ENVIRONMENT := $(BIN)/python
PACKAGE := $(VENV)/.package
RUN := $(VENV)/.run
TEST := $(VENV)/.test
SPARK := $(VENV)/.spark
WEB := $(VENV)/.web
LOCK := $(VENV)/.lock

# What Python compiles is kept, whatever a machine says of it: each process that a test or an example starts would else
# compile the package again (0.15 s for a command, 0.5 s for the application).
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: audit bench check clean coverage docs evidence fix help install install-test install-web lock run-tests serve style system-packages test test-postgresql test-spark types

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

audit: $(PACKAGE) ## Audit the embedded national figures and write the report
	@$(BIN)/caseness audit --out $(REPORT)

serve: $(WEB) $(PACKAGE) ## Serve the practice application with people who do not exist
	@scripts/serve_demonstration $(BIN)

test: system-packages $(TEST) $(SPARK) $(PACKAGE) check run-tests ## Install what is needed and run every check and test

# Types take one processor for most of a minute. With two jobs the tests do not wait for them.
run-tests: system-packages $(TEST) $(SPARK) $(PACKAGE) style ## Run every test
	@$(BIN)/python scripts/run_tests.py --workers $(WORKERS)

coverage: system-packages $(TEST) $(SPARK) $(PACKAGE) ## Run the tests once more, and hold the lines that they reach against the floors
	@$(BIN)/python scripts/run_tests.py --workers $(WORKERS) --coverage

test-postgresql: system-packages $(TEST) $(PACKAGE) ## Run all tests of the practice application on PostgreSQL
	@$(BIN)/python scripts/run_tests.py --workers $(WORKERS) --postgresql

test-spark: $(TEST) $(SPARK) $(PACKAGE) ## Run the tests that start Spark, a cluster of it among them
	@$(BIN)/python -m pytest -q tests/spark tests/cli/test_engines.py

check: style types ## Style, format, layers and types

style: $(TEST) $(PACKAGE) ## Style, format and layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports

types: $(TEST) $(SPARK) $(PACKAGE) ## Types
	@$(BIN)/basedpyright --pythonpath $(BIN)/python

fix: $(TEST) $(PACKAGE) ## Mend style and format, and write the generated pages of the manual
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/python scripts/make_reference.py

docs: $(TEST) $(PACKAGE) ## Write what the manual shows of the code, and build it into site/
	@$(BIN)/python scripts/make_reference.py --examples
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo "The documentation is in site/index.html"

bench: $(TEST) $(SPARK) $(PACKAGE) ## Measure speed and memory against the floors
	@set -e; for benchmark in benchmarks/bench_*.py; do $(BIN)/python $$benchmark; done

evidence: $(TEST) $(PACKAGE) ## Hold each method against made-up people whose truth is known, and write docs/reference/evidence.md
	@$(BIN)/python scripts/make_evidence.py
	@$(BIN)/python scripts/measure_disclosure.py

lock: $(LOCK) ## Resolve the locks again (UPGRADE=--upgrade moves versions)
	@UV=$(BIN)/uv UPGRADE=$(UPGRADE) scripts/lock

install: $(PACKAGE) ## Install the package and what it needs to run

install-web: $(WEB) $(PACKAGE) ## Install what the practice application needs to run

install-test: $(TEST) $(SPARK) $(PACKAGE) ## Install what the checks and tests need

system-packages: ## Install the browser, fonts, mdbtools and PostgreSQL that tests need, or say what is missing
	@scripts/system_packages

clean: ## Remove all that make has made
	rm -rf $(VENV) $(REPORT) build dist site .coverage .coverage.* coverage.json htmlcov

$(ENVIRONMENT):
	@echo "Making an environment in $(VENV) with $(PYTHON)"
	@$(PYTHON) -m venv --without-pip $(VENV)

$(RUN): requirements/run.txt | $(ENVIRONMENT)
	@echo "Installing what the audit needs (requirements/run.txt)"
	@$(INSTALL) --require-hashes -r requirements/run.txt
	@touch $@

# Editable: the checkout is what runs. No index is asked, since the build backend came with the lock.
$(PACKAGE): pyproject.toml src/caseness/__init__.py $(RUN)
	@$(INSTALL) --no-index --no-deps --no-build-isolation --editable .
	@touch $@

$(WEB): requirements/web.txt $(RUN)
	@echo "Installing what the practice application needs (requirements/web.txt)"
	@$(INSTALL) --require-hashes -r requirements/web.txt
	@touch $@

# After the package, so that two jobs never install at once.
$(TEST): requirements/test.txt $(RUN) | $(PACKAGE)
	@echo "Installing what the tests need (requirements/test.txt)"
	@$(INSTALL) --require-hashes -r requirements/test.txt
	@touch $@

# Spark comes as source, and is built by what the lock holds: pip would else fetch setuptools, which no hash stands for.
$(SPARK): requirements/spark.txt $(TEST)
	@echo "Installing Spark, which the tests need too (requirements/spark.txt)"
	@$(INSTALL) --require-hashes --no-build-isolation -r requirements/spark.txt
	@touch $@

$(LOCK): requirements/lock.txt | $(ENVIRONMENT)
	@$(INSTALL) --require-hashes -r requirements/lock.txt
	@touch $@
