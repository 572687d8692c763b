#!/usr/bin/env bash
# Makes sure that LibreOffice is there: the tests let it recalculate the workbook of a costing.
# Without its recommended packages it is a download of about 100 MB and 300 MB on disk.
set -euo pipefail
. "$(dirname "$0")/say.sh"

if ! command -v soffice >/dev/null; then
    debian_package libreoffice-calc "to recalculate the workbook of a costing" || do_without "$missing"
fi
