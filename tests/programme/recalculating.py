"""LibreOffice, asked to work out a workbook again without trusting a value that it holds."""

import io
import os
import re
import shutil
import subprocess
import zipfile

import pytest


def needs_libreoffice():
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not on this machine: tools/libreoffice.sh installs it.")


def without_values(data):
    """The workbook with every formula's value made nonsense, so that only sums can mend it."""
    out, changed = io.BytesIO(), 0
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text, many = re.subn(rb"(</f>)<v>[^<]*</v>", rb"\1<v>-987654321</v>", old.read(name))
            new.writestr(name, text)
            changed += many
    return out.getvalue(), changed


def recalculated(data, folder):
    """What LibreOffice makes of it, told to trust no value that was kept."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    always = (
        '<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop '
        'oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>'
    )
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items '
        f'xmlns:oor="http://openoffice.org/2001/registry">{always}</oor:items>'
    )
    (folder / "costing.xlsx").write_bytes(data)
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation=file://{profile}", "--headless"),
            *("--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out")),
            str(folder / "costing.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=180,
        env={**os.environ, "HOME": str(folder)},
    )
    return (folder / "out" / "costing.xlsx").read_bytes()
