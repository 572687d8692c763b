"""Makes the list of postcodes ready, as a process of its own: see `postcodes.listed`."""

import sys
from pathlib import Path

from onedoor.evidence.places import postcodes
from onedoor.evidence.refusal import Refused

if __name__ == "__main__":
    try:
        postcodes.make(Path(sys.argv[1]))
    except Refused as refused:
        print(refused.sentence)
        sys.exit(2)
