#!/usr/bin/env bash
# Makes sure that Debian's Chromium is there for the browser stories.
set -euo pipefail
. "$(dirname "$0")/say.sh"

if [ ! -x /usr/bin/chromium ]; then
    debian_package chromium "to walk the pages as a person would" || do_without "$missing"
fi
if ! /sbin/ldconfig -p | grep -q libatomic.so.1; then
    debian_package libatomic1 "for the program that drives Chromium" || do_without "$missing"
fi
