# The commands of Varta. `make` alone lists them.

PYTHON ?= python3
VENV := .venv
VARTA := $(VENV)/bin/varta
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup run test check docs lock clean

help: ## list these commands
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo "  everything else: $(VARTA) --help (after make setup)"

setup: $(READY) ## make .venv with everything pinned, and leave .venv/bin/varta

run: setup ## start Varta on this machine: database, demo data, web server, worker
	@$(VARTA) run

test: setup ## run all tests, the browser's too
	-@$(VARTA) setup --browser
	@$(VENV)/bin/python -m pytest -n 3 --dist loadfile $(ARGS)

check: setup ## run what CI runs besides the tests: style, types, imports, translations, docs
	@sh .ci/check

docs: setup ## build the documentation into site/
	@$(VARTA) handbook
	@$(VARTA) partner tables
	@$(VENV)/bin/python .ci/commands
	@$(VENV)/bin/zensical build --clean

lock: setup ## pin all requirements anew
	@sh .ci/lock

clean: ## remove what was built; the data in .varta stays
	rm -rf $(VENV) site build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .varta-test

$(READY): requirements-dev.txt pyproject.toml
	@PYTHON="$(PYTHON)" sh .ci/setup
	@touch $(READY)
