#!/usr/bin/env bash
# Serves the demo council: a year of invented life in one SQLite file, kept until `make demo FRESH=1`.
# A worker that makes costings in the background starts beside it, and stops with it.
set -euo pipefail
. "$(dirname "$0")/say.sh"
cd "$here"

tools/setup.sh
port=${PORT:-8000}
fresh=()
[ -z "${FRESH:-}" ] || fresh=(--fresh)

say "Opening the demo council"
exec .venv/bin/onedoor demo --port "$port" "${fresh[@]}"
