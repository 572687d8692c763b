#!/usr/bin/env bash
# One line for each check, stopping at the first that is red.
set -euo pipefail
. "$(dirname "$0")/say.sh"
cd "$here"

tools/setup.sh

ONEDOOR_VAR=$(mktemp -d)
export ONEDOOR_VAR
trap 'rm -rf "$ONEDOOR_VAR"' EXIT

check() {
    local name=$1 output
    shift
    if output=$("$@" 2>&1); then
        say "$name: good"
    else
        printf '%s\n' "$output"
        cannot "$name: red. Nothing after it was looked at. To see it again: $*"
    fi
}

check "Format" .venv/bin/ruff format --check .
check "Lint" .venv/bin/ruff check .
check "Import contracts" .venv/bin/lint-imports --no-logo
check "Types" .venv/bin/mypy
check "Migrations" .venv/bin/python -m django makemigrations --check --dry-run --settings onedoor.settings.test
check "Building inspector" .venv/bin/pytest tests/house/test_house.py
check "Documentation" .venv/bin/pytest tests/house/test_documentation.py
