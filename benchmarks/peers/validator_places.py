"""Runs inside an environment of its own, with csc-validator-be-903: asks it for IN or OUT.

Word: a JSON file with `rows`, pairs of a postcode and the codes its council has had, and `home` and
`there`, postcodes of as many episodes. Answers IN, OUT or blank for each row and code, and the
seconds of the episodes, its postcodes loaded.
"""

import json
import logging
import sys
import time
from pathlib import Path

import pandas as pd
from lac_validator.datastore import create_datastore

logging.disable(logging.CRITICAL)


def told(home, there, code):
    episodes = pd.DataFrame({"HOME_POST": home, "PL_POST": there})
    metadata = {"localAuthority": code, "collectionYear": "2024/25"}
    return create_datastore({"Episodes": episodes}, metadata)["Episodes"]["PL_LOCATION"]


asked = json.loads(Path(sys.argv[1]).read_text())
answers = []
for postcode, codes in asked["rows"]:
    said = [told([postcode], [postcode], code).fillna("").iloc[0] for code in codes]
    answers.append(said)
told(asked["home"], asked["there"], "E10000023")
begun = time.process_time()
told(asked["home"], asked["there"], "E10000023")
print(json.dumps({"answers": answers, "cpu": time.process_time() - begun}))
