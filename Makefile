# Bình Yên. `make` alone prints what there is.
# Needs Python 3.11 or newer with venv and pip; takes uv where it is present.

SHELL := /bin/bash
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& echo "$$p" && break; done)
UV := $(shell command -v uv 2>/dev/null)
CALLER ?= officer
COMPOSE := docker compose --env-file .state/compose/compose.env

.PHONY: help up behind down status demo demo-reform token test check lint format types walls \
	docs bench lock environment environment-dev secrets compose clean clean-state

help: ## print this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) \
		| awk -F ':.*## ' '{ printf "  make %-12s %s\n", $$1, $$2 }'

# ------------------------------------------------------------------- running

up: environment ## start everything here in the foreground; Ctrl-C stops it
	@$(BIN)/python -m deploy.embedded up

behind: environment ## start everything in the background
	@$(BIN)/python -m deploy.embedded up --behind

down: environment ## stop what `up`, `behind` or `demo` started
	@$(BIN)/python -m deploy.embedded down

status: environment ## say what runs where
	@$(BIN)/python -m deploy.embedded status

demo: environment ## load one province's year through the doors and compare
	@$(BIN)/python -m demo $(ARGS)

demo-reform: environment ## carry the reform of 2025 out on a platform of its own
	@$(BIN)/python -m demo.reform $(ARGS)

token: environment ## print a token: make -s token CALLER=officer|reviewer|agency|mttq
	@$(BIN)/python -m deploy.embedded.issuer $(CALLER)

# ------------------------------------------------------------------ checking

test: environment-dev ## run all tests on real servers; ARGS="-k word" chooses
	@$(BIN)/python -m pytest $(ARGS)

check: lint types walls test ## lint, types, import contracts and tests

lint: environment-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: environment-dev ## put the code into its form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: environment-dev
	$(BIN)/mypy

walls: environment-dev
	$(BIN)/lint-imports

bench: environment-dev ## measure the goals and write docs/benchmarks.md
	@$(BIN)/python -m bench $(ARGS)

docs: environment-dev ## write the generated documents anew
	$(BIN)/python docs/generate.py
	$(BIN)/python -m deploy.nats_config

# -------------------------------------------------------------- environment

environment: $(VENV)/.runs-on ## build .venv from the locked requirements

environment-dev: $(VENV)/.tested-on

# `install LOCKFILE`: uv where it is there and reaches the packages, pip otherwise.
define install
	@echo "Installing $(1) into $(VENV) ..."
	@{ [ -n "$(UV)" ] && "$(UV)" pip install --quiet --python $(BIN)/python \
		--require-hashes -r $(1); } \
	|| $(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--require-hashes -r $(1)
endef

$(BIN)/python:
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 or newer is needed" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runs-on: requirements.lock | $(BIN)/python
	$(call install,requirements.lock)
	@touch $@

# The development lock holds the runtime's packages too, at the same versions.
$(VENV)/.tested-on: requirements-dev.lock requirements.lock | $(BIN)/python
	$(call install,requirements-dev.lock)
	@touch $@ $(VENV)/.runs-on

LOCKING := pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate

lock: ## lock the requirements anew (needs uv); LOCK_ARGS=--upgrade takes newer ones
	uv $(LOCKING) $(LOCK_ARGS) requirements.in -o requirements.lock
	uv $(LOCKING) $(LOCK_ARGS) -c requirements.lock requirements.in \
		requirements-dev.in -o requirements-dev.lock

# ---------------------------------------------------------------- containers

secrets: environment ## make the secrets of the composed system under .state/compose
	@$(BIN)/python -m deploy.compose_secrets

compose: secrets ## build and start the composed system (needs a container engine)
	$(COMPOSE) up --build --wait

# ------------------------------------------------------------------ cleaning

clean: ## remove the environment and caches; the data stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis \
		.import_linter_cache build *.egg-info
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +

clean-state: down ## delete the data of the embedded system
	rm -rf .state
