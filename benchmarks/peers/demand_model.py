"""Runs inside an environment of its own, with cs-demand-model: forecasts one council after another.

Words: a folder of councils (in each, one folder for each year), the first and the last day of the
reference period, the days to forecast, the days of one step. The last line is JSON: for each
council its numbers by category on the last day, and the seconds of processor time of all.
"""

import json
import sys
import time
import warnings
from collections import Counter
from datetime import date
from pathlib import Path

warnings.filterwarnings("ignore")

from cs_demand_model import (  # noqa: E402 - its pandas warns on import
    Config,
    DemandModellingDataContainer,
    ModelPredictor,
    PopulationStats,
    fs_datastore,
)

root, first, last, days, step = sys.argv[1:]
CATEGORIES = {"FOSTERING": "fostering", "RESIDENTIAL": "residential", "SUPPORTED": "supported"}
GONE = "NOT_IN_CARE"  # the model keeps those who left as one more state


def forecast(folder: Path) -> dict[str, float]:
    config = Config()
    held = DemandModellingDataContainer(fs_datastore(str(folder)), config)
    stats = PopulationStats(held.enriched_view, config)
    model = ModelPredictor.from_model(stats, date.fromisoformat(first), date.fromisoformat(last))
    left = int(days)
    while left > 0:
        model = model.next(min(int(step), left))
        left -= int(step)
    found: Counter[str] = Counter()
    for (_, kind), number in model.initial_population.items():
        if kind != GONE:
            found[CATEGORIES.get(kind.upper(), "other")] += float(number)
    return dict(found)


begun = time.process_time()
said = {folder.name: forecast(folder) for folder in sorted(Path(root).iterdir())}
print(json.dumps({"councils": said, "seconds": time.process_time() - begun}))
