#!/usr/bin/env bash
# Every test on SQLite, and every test that touches a database again on a throw-away PostgreSQL, side by side.
# T holds words for pytest: make test T="-k nights"
set -euo pipefail
. "$(dirname "$0")/say.sh"
cd "$here"

tools/setup.sh
tools/chromium.sh
tools/libreoffice.sh
tools/pango.sh
eval "words=(${T:-})"  # so that T may hold quoted words, as a shell would read them

# `make check` asks these; and these never ask a database anything of its own, so one is enough.
check=(--ignore=tests/house/test_house.py --ignore=tests/house/test_documentation.py)
once=(--ignore=tests/evidence --ignore=tests/govuk --ignore=tests/house)

folder=$(mktemp -d)
postgres=
finish() {
    [ -z "$postgres" ] || kill "$postgres" 2>/dev/null || true
    rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT TERM

say "Testing on SQLite and PostgreSQL at once; what PostgreSQL says comes after"
mkdir "$folder/on-sqlite" "$folder/on-postgres"
ONEDOOR_VAR="$folder/on-postgres" tools/postgres.sh .venv/bin/pytest -p no:cacheprovider "${once[@]}" "${words[@]}" >"$folder/said" 2>&1 &
postgres=$!

sqlite=0
env -u ONEDOOR_DATABASE_URL ONEDOOR_VAR="$folder/on-sqlite" .venv/bin/pytest "${check[@]}" "${words[@]}" || sqlite=$?
say "SQLite is done; waiting for PostgreSQL"
on_postgres=0
wait "$postgres" || on_postgres=$?
postgres=
cat "$folder/said"

nothing_matched=5
if [ "$on_postgres" -eq 75 ]; then
    do_without "There was no PostgreSQL to test on."
    on_postgres=0
fi
if [ "$sqlite" -eq "$nothing_matched" ]; then
    cannot "No test matched '${T:-}'."
fi
[ "$sqlite" -eq 0 ] || cannot "Tests failed on SQLite."
[ "$on_postgres" -eq 0 ] || [ "$on_postgres" -eq "$nothing_matched" ] || cannot "Tests failed on PostgreSQL."
say "Every test passed"
