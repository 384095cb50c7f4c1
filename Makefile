# Everything is made inside this folder: the environment in .venv, the site in _build.
# Works with GNU make from 3.81 on (the one macOS has) and any POSIX sh.

.DEFAULT_GOAL := help
.PHONY: help site test check bench lock environment cluster clean

# The tools below would otherwise write to the home folder.
export UV_CACHE_DIR        := $(CURDIR)/.venv/cache/uv
export PIP_CACHE_DIR       := $(CURDIR)/.venv/cache/pip
export XDG_CACHE_HOME      := $(CURDIR)/.venv/cache
export MPLCONFIGDIR        := $(CURDIR)/.venv/cache/matplotlib
export IPYTHONDIR          := $(CURDIR)/.venv/cache/ipython
export JUPYTER_CONFIG_DIR  := $(CURDIR)/.venv/cache/jupyter/config
export JUPYTER_DATA_DIR    := $(CURDIR)/.venv/cache/jupyter/data
export JUPYTER_RUNTIME_DIR := $(CURDIR)/.venv/cache/jupyter/runtime

# What the caller has set for another project's Python must not reach this one's.
unexport PYTHONHOME PYTHONPATH PYTHONDONTWRITEBYTECODE VIRTUAL_ENV
export PYTHON

python := .venv/bin/python
pytest := $(python) -m pytest --numprocesses auto --dist loadfile

help: ## what can be made (this list)
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

site: environment ## the site of all editions, in _build/site
	$(python) -m reportbook build

test: environment ## all tests: the modules, then the notebooks against their stored outputs
	@failed=0; \
	echo "$(pytest)"; $(pytest) || failed=1; \
	echo "$(pytest) --nbval notebooks"; $(pytest) --nbval notebooks || failed=1; \
	exit $$failed

check: environment ## style, layers and types of the code, then the data, editions and pages
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	.venv/bin/lint-imports --no-logo
	$(python) -m mypy
	$(python) -m reportbook check

bench: environment ## how fast it is, as ratios to the plain tools (many minutes)
	PYTHONPATH=src:toolkit/src $(python) -m benchmarks

lock: environment ## requirements.lock again, from pyproject.toml (UPGRADE=1: newest versions)
	.venv/bin/uv pip compile pyproject.toml toolkit/pyproject.toml --quiet --all-extras --universal \
	  --python-version 3.11 --no-python-downloads --generate-hashes --no-header \
	  --no-emit-index-url --no-emit-find-links --no-emit-package reportbook --no-annotate \
	  $(if $(UPGRADE),--upgrade) --output-file requirements.lock

cluster: environment ## the site again, its notebooks run by a Dask cluster of two workers on this machine
	@sh .ci/cluster $(python) build --force

environment: ## the environment in .venv, from requirements.lock (PYTHON=… to choose the Python)
	@sh .ci/environment

clean: ## away with everything made, except the environment
	rm -rf _build .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis
