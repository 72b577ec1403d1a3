# The verbs of the house; `make` alone lists them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
# What was compiled once is kept, or each of the many processes of the tests would compile everything for itself.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
FLASK := FLASK_SKIP_DOTENV=1 $(BIN)/python -m flask --app app
LOAD_ENV := set -a; if [ -f .env ]; then . ./.env; fi; set +a
COMPILE := $(BIN)/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 \
	--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock'
OFFICE := $(LOAD_ENV); $(BIN)/python -m app.launch

.PHONY: help
help: ## list the verbs
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

.PHONY: run
run: build ## open the office: install, build, database, web and worker; Ctrl-C closes it
	@$(OFFICE)

.PHONY: test
test: setup-dev bundles ## run the whole suite, browser included, on two cores (ARGS="-k kahar" narrows it, on one)
	@scripts/chromium.sh
	@$(BIN)/python -m pytest $(or $(ARGS),-n 2 --dist worksteal)

.PHONY: test-thorough
test-thorough: ## the whole suite, its searching tests two and a half times as far: before a release
	@THOROUGH=1 $(MAKE) test

.PHONY: test-engine
test-engine: setup-dev ## run the engine's tests alone, with branch coverage
	@$(BIN)/python -m pytest tests/engine --cov=engine --cov-branch --cov-report=term-missing:skip-covered $(ARGS)

.PHONY: check
check: setup-dev ## format, lint, types, import contracts, then the tests
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(MAKE) test

.PHONY: fix
fix: setup-dev ## format and repair what can be repaired by itself
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

.PHONY: coverage
coverage: setup-dev bundles ## run the suite and show what it does not reach
	@scripts/chromium.sh
	@$(BIN)/python -m pytest --cov --cov-report=term-missing:skip-covered $(ARGS)

.PHONY: bench
bench: setup-dev ## measure, also against peers fetched for it, and write docs/benchmarks.md
	@scripts/peers.sh $(BIN)/python -m benchmarks

.PHONY: hammer
hammer: setup-dev ## kill an office of real processes for SECONDS=60 and audit it (WRITE=1 writes docs/hammer.md)
	@env SECONDS=$(or $(SECONDS),60) WRITE=$(WRITE) SEED=$(SEED) $(BIN)/python -m tests.hammer

.PHONY: docs
docs: setup-dev ## rebuild the pages of docs/ that are made from the code
	@$(FLASK) docs

.PHONY: translations
translations: setup-dev ## refresh the office words and name what has no English in either catalogue
	@$(BIN)/python -m scripts.translations

.PHONY: screenshots
screenshots: setup-dev bundles ## picture every role's pages into docs/screenshots/ (ONLY=manual: those of the manuals)
	@scripts/chromium.sh
	@ONLY=$(ONLY) $(BIN)/python -m tests.browser.screenshots

.PHONY: demo-reset
demo-reset: build ## throw the demonstration office away and build it anew
	@$(OFFICE) demo-reset

.PHONY: deploy
deploy: build ## check and deploy processes/ and forms/
	@$(OFFICE) deploy

.PHONY: migrate
migrate: build ## bring the database's tables up to date
	@$(OFFICE) migrate

.PHONY: backup
backup: build ## back the office up into var/backups, or into TO=folder
	@$(OFFICE) backup "$(TO)"

.PHONY: restore
restore: build ## restore the backup FROM=folder into an empty office and verify it (OVER=1 throws away what is here)
	@$(OFFICE) restore "$(FROM)" "$(OVER)"

.PHONY: rehearse
rehearse: build ## restore the newest backup of var/backups, or of FROM=folder, aside; verify, time and drop it
	@$(OFFICE) rehearse "$(FROM)"

.PHONY: setup
setup: setup-dev bundles ## install everything that running, testing and checking need

.PHONY: lock
lock: setup-run ## lock the newest permitted versions (UPGRADE=--upgrade lifts existing pins)
	@for name in requirements/{tools,run,dev,node} benchmarks/peers/{viewflow,due,crowd}; do $(COMPILE) $(UPGRADE) $$name.in -o $$name.lock; done

.PHONY: licences
licences: setup-run ## write THIRD-PARTY.txt from what is installed and bundled
	@scripts/frontend.sh frontend/build.mjs
	@$(BIN)/python -m scripts.licences

.PHONY: clean
clean: ## remove what was built and installed; the office's data in var/ stay
	@rm -rf .venv node_modules app/static/built .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -not -path './var/*' -exec rm -rf {} +

.PHONY: setup-run setup-dev bundles build
setup-run:
	@scripts/setup.sh run
setup-dev:
	@scripts/setup.sh dev
bundles: setup-run
	@scripts/frontend.sh
build: setup-run bundles
