# Two commands do all the set-up, on a machine that has only Python 3.11 or newer, make and apt:
#
#     make map     an environment, the package in it, and the seeds on a map in output/
#     make test    an environment of its own, a browser where there is none, and every test
#
# Each environment is made once; a stamp in it says which files it was made from.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV ?= .venv
VENV_TEST ?= .venv-test
VENV_CHECK ?= .venv-check
VENV_GAZETTEER ?= .venv-gazetteer
VENV_TRAIN ?= .venv-train
DATA ?= ../shared/data
WORK ?= output/training
WORKERS ?= 2
SEEDS ?= seeds
OUTPUT ?= output

SUDO := $(shell [ "$$(id -u)" = 0 ] || command -v sudo)
APT := $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0
PACKAGE := $(shell find mapper -type f -not -path '*/__pycache__/*' -not -name '*.pyc' 2>/dev/null)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# The first Python that runs and is new enough: a name on the path may be a shim for one that is not installed.
define find_python
for python in "$(PYTHON)" python3.11 python3.12 python3.13 python3.14 python3 python; do \
  if [ -n "$$python" ] && "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then break; fi; \
  python=; \
done; \
if [ -z "$$python" ]; then \
  echo 'make: Python 3.11 or newer is needed: install python3.11, or name it: make $(MAKECMDGOALS) PYTHON=/path/to/python3' >&2; exit 1; \
fi
endef

# Debian keeps venv's pip in a package of its own.
define make_venv
set -euo pipefail; \
$(find_python); \
if ! "$$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then \
  needed="$$("$$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"; \
  command -v apt-get >/dev/null || { echo "make: $$python has no venv module; install $$needed" >&2; exit 1; }; \
  echo "installing $$needed"; $(APT) update && $(APT) install -y "$$needed" >/dev/null; \
fi; \
echo "making $(1) with $$("$$python" --version)"; \
rm -rf "$(1)"; "$$python" -m venv "$(1)"; \
"$(1)/bin/python" -m pip install --quiet --upgrade 'pip>=25.1'
endef

.PHONY: help map test benchmark check page gazetteer model clean

help: ## Say what there is to make
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | while IFS=$$'\t' read -r name what; do \
	  printf '  make %-10s %s\n' "$$name" "$$what"; done

map: $(VENV)/.installed ## Install into .venv and map the seeds into output/
	$(VENV)/bin/mapper map $(SEEDS) -o $(OUTPUT)

test: $(VENV_TEST)/.installed browser ## Run every test, in an environment of its own
	$(VENV_TEST)/bin/python -m pytest -n $(WORKERS)

benchmark: $(VENV_TEST)/.installed browser ## Print timings beside their baselines: half an hour of one processor
	$(VENV_TEST)/bin/python -m pytest tests/benchmarks -m benchmark -s --timeout 0

check: $(VENV_CHECK)/.installed ## Lint, format, types and the floors of the house
	$(VENV_CHECK)/bin/ruff check .
	$(VENV_CHECK)/bin/ruff format --check .
	$(VENV_CHECK)/bin/mypy
	$(VENV_CHECK)/bin/lint-imports

page: $(VENV_TEST)/.installed ## Make the script and the style sheet that pages carry from mapper/maps/assets/app
	$(VENV_TEST)/bin/python -m mapper.maps.build_app

gazetteer: $(VENV_GAZETTEER)/.installed ## Build the gazetteer that ships with the package from its pinned sources
	$(VENV_GAZETTEER)/bin/mapper gazetteer build --default

# Two models that differ by their seed alone, one that is taught by both, and two more, each taught by the one before.
model: $(VENV_TRAIN)/.installed ## Train the model that ships with the package: seven hours of one processor; DATA holds the corpora
	for seed in 2 3; do \
	  $(VENV_TRAIN)/bin/python -m mapper.training --data $(DATA) --work $(WORK)/$$seed --into $(WORK)/$$seed/model --seed $$seed || exit 1; \
	done
	$(VENV_TRAIN)/bin/python -m mapper.training --data $(DATA) --work $(WORK)/taught --into $(WORK)/taught/model \
	  --seed 4 --passes 2 --teacher $(WORK)/3 --teacher $(WORK)/2
	$(VENV_TRAIN)/bin/python -m mapper.training --data $(DATA) --work $(WORK)/fifth --into $(WORK)/fifth/model \
	  --seed 5 --passes 2 --teacher $(WORK)/taught
	$(VENV_TRAIN)/bin/python -m mapper.training --data $(DATA) --work $(WORK)/last --seed 6 --passes 2 \
	  --teacher $(WORK)/fifth

clean: ## Remove environments, caches and results
	rm -rf .venv .venv-* build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find $(OUTPUT) -mindepth 1 -maxdepth 1 -not -name README.md -exec rm -rf {} + 2>/dev/null || true

# A real installation, as a user gets it: made anew when a file of the package changes, and only the package then.
$(VENV)/.made: pyproject.toml
	@$(call make_venv,$(VENV))
	@echo "installing mapper and its libraries"
	@$(VENV)/bin/python -m pip install --quiet .
	@touch $@

$(VENV)/.installed: $(VENV)/.made pyproject.toml $(PACKAGE)
	@if [ -f $@ ]; then echo "installing mapper again: its files have changed"; \
	  $(VENV)/bin/python -m pip install --quiet --no-deps --force-reinstall .; fi
	@touch $@

# For work on the package: editable, so that its files may change without a new installation.
define editable
	@$(call make_venv,$(1))
	@echo "installing mapper and the group $(2)"
	@$(1)/bin/python -m pip install --quiet --editable . --group $(2)
	@touch $(1)/.installed
endef

$(VENV_TEST)/.installed: pyproject.toml
	$(call editable,$(VENV_TEST),test)

$(VENV_CHECK)/.installed: pyproject.toml
	$(call editable,$(VENV_CHECK),check)

$(VENV_GAZETTEER)/.installed: pyproject.toml
	$(call editable,$(VENV_GAZETTEER),gazetteer)

$(VENV_TRAIN)/.installed: pyproject.toml
	@$(call make_venv,$(VENV_TRAIN))
	@$(VENV_TRAIN)/bin/python -m pip install --quiet --editable '.[train]'
	@touch $@

.PHONY: browser
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || { \
	  command -v apt-get >/dev/null || { echo 'make: the tests open pages in Chromium; install it' >&2; exit 1; }; \
	  echo 'installing Chromium for the tests'; $(APT) update && $(APT) install -y chromium >/dev/null; }
	@command -v ogr2ogr >/dev/null || ! command -v apt-get >/dev/null || { \
	  echo 'installing gdal-bin: the tests read files back with it'; $(APT) update && $(APT) install -y gdal-bin >/dev/null; }
	@command -v soffice >/dev/null || ! command -v apt-get >/dev/null || { \
	  echo 'installing LibreOffice: the tests open tables in it'; \
	  $(APT) update && $(APT) install -y --no-install-recommends libreoffice-calc-nogui >/dev/null; }
