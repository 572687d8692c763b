"""Runs inside an environment of its own, with cs-demand-model: finds and loads a folder of returns.

One word: the folder, with a folder for each year in it. The last line is JSON: the least seconds of
processor time of three loads, the most memory in MB, and how many episodes it holds afterwards.
"""

import json
import re
import sys
import time
import warnings
from pathlib import Path

warnings.filterwarnings("ignore")

from cs_demand_model import (  # noqa: E402 - its pandas warns on import
    Config,
    DemandModellingDataContainer,
    fs_datastore,
)

times = []
for _ in range(3):
    begun = time.process_time()
    held = DemandModellingDataContainer(fs_datastore(sys.argv[1]), Config())
    episodes = len(held.enriched_view)
    times.append(time.process_time() - begun)
status = Path("/proc/self/status").read_text()
peak = int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024
print(json.dumps({"seconds": min(times), "peak": peak, "episodes": episodes}))
