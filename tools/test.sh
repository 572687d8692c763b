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

# `make check` asks these; and some folders ask a database nothing of its own, so `once` is enough. The demonstration is
# a SQLite file wherever it is opened.
check=(--ignore=tests/house/test_house.py --ignore=tests/house/test_documentation.py)
once=() others=()
for each in tests/*/ tests/test_*.py; do
    case ${each%/} in
        tests/demo | tests/evidence | tests/govuk | tests/house) others+=(--ignore="${each%/}") ;;
        *) once+=(--ignore="${each%/}") ;;
    esac
done

folder=$(mktemp -d)
beside=()
finish() {
    [ ${#beside[@]} -eq 0 ] || kill "${beside[@]}" 2>/dev/null || true
    rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT TERM

# Three at once for two processors: much of a test with a browser or a race is waiting. Threads within each would only
# push the others aside.
export POLARS_MAX_THREADS=1
say "Testing on SQLite and PostgreSQL at once; what comes from beside SQLite is said after"
mkdir "$folder/on-sqlite" "$folder/on-postgres" "$folder/once"
ONEDOOR_VAR="$folder/on-postgres" tools/postgres.sh .venv/bin/pytest -p no:cacheprovider -m database "${others[@]}" "${words[@]}" >"$folder/on-postgres/said" 2>&1 &
beside+=($!)
env -u ONEDOOR_DATABASE_URL ONEDOOR_VAR="$folder/once" .venv/bin/pytest -p no:cacheprovider "${once[@]}" "${check[@]}" "${words[@]}" >"$folder/once/said" 2>&1 &
beside+=($!)

sqlite=0
env -u ONEDOOR_DATABASE_URL ONEDOOR_VAR="$folder/on-sqlite" .venv/bin/pytest "${others[@]}" "${words[@]}" || sqlite=$?
say "SQLite is done; waiting for the others"
on_postgres=0 asked_once=0
wait "${beside[0]}" || on_postgres=$?
wait "${beside[1]}" || asked_once=$?
beside=()
cat "$folder/on-postgres/said" "$folder/once/said"

nothing_matched=5
if [ "$on_postgres" -eq 75 ]; then
    do_without "There was no PostgreSQL to test on."
    on_postgres=0
fi
if [ "$sqlite" -eq "$nothing_matched" ] && [ "$asked_once" -eq "$nothing_matched" ]; then
    cannot "No test matched '${T:-}'."
fi
failed() {
    [ "$1" -ne 0 ] && [ "$1" -ne "$nothing_matched" ]
}
! failed "$sqlite" || cannot "Tests failed on SQLite."
! failed "$on_postgres" || cannot "Tests failed on PostgreSQL."
! failed "$asked_once" || cannot "Tests failed among those that one database is enough for."
say "Every test passed"
