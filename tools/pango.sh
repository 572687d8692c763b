#!/usr/bin/env bash
# Makes sure that the libraries are there with which WeasyPrint sets the cabinet paper.
set -euo pipefail
. "$(dirname "$0")/say.sh"

for library in libpangoft2-1.0.so.0:libpangoft2-1.0-0 libharfbuzz-subset.so.0:libharfbuzz-subset0; do
    if ! /sbin/ldconfig -p | grep -q "${library%%:*}"; then
        debian_package "${library##*:}" "to set the cabinet paper" || do_without "$missing"
    fi
done
