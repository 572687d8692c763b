#!/usr/bin/env bash
# A throw-away PostgreSQL: starts one that only this machine's socket can reach, runs the command it is given with
# ONEDOOR_DATABASE_URL pointing at it, and leaves nothing behind. Without a command it prints the URL and waits.
#     tools/postgres.sh .venv/bin/pytest tests/homes
set -euo pipefail
. "$(dirname "$0")/say.sh"

newest_programs() { find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1; }

programs=$(newest_programs) || true
if [ ! -x "$programs/initdb" ]; then
    # 75 tells tools/test.sh that there was no PostgreSQL to test on, which is not a red test.
    debian_package postgresql "to test on PostgreSQL too" || { say "$missing"; exit 75; }
    programs=$(newest_programs) || true
    [ -x "$programs/initdb" ] || { say "Debian's postgresql is installed, but has no initdb in /usr/lib/postgresql."; exit 75; }
fi

as=()
if [ "$(id -u)" -eq 0 ]; then  # PostgreSQL refuses to run as root
    owner=$(id -u postgres >/dev/null 2>&1 && echo postgres || echo nobody)
    as=(setpriv "--reuid=$owner" "--regid=$(id -g "$owner")" --clear-groups)
fi

folder=$(mktemp -d /tmp/od-pg.XXXX)  # short: a socket's whole path must fit in 107 letters
[ ${#as[@]} -eq 0 ] || chown "$owner" "$folder"
chmod 755 "$folder"
stop() {
    (cd / && "${as[@]}" "$programs/pg_ctl" -D "$folder/data" -m immediate stop) >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT TERM

if ! (
    cd /  # the caller's folder may be closed to the user we become
    "${as[@]}" "$programs/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync &&
        # Nothing here outlives a power cut, so waiting for the disk buys nothing.
        "${as[@]}" "$programs/pg_ctl" -D "$folder/data" -w -l "$folder/log" start \
            -o "-k $folder -c listen_addresses='' -c fsync=off -c full_page_writes=off -c max_connections=200" &&
        "${as[@]}" "$programs/createdb" -h "$folder" -U postgres onedoor
) >"$folder/starting" 2>&1; then
    tail -n 5 "$folder/starting" >&2
    cannot "PostgreSQL did not start; its last words are above."
fi

export ONEDOOR_DATABASE_URL="postgresql://postgres@/onedoor?host=$folder"
say "PostgreSQL $(cat "$folder/data/PG_VERSION") is up, for as long as this takes"
if [ $# -eq 0 ]; then
    echo "$ONEDOOR_DATABASE_URL"
    say "Ctrl-C stops it"
    sleep infinity &
    wait $!
fi
"$@"
