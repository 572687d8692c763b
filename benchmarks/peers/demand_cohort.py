"""Runs inside an environment of its own, with cs-demand-model: its model, and what it foretells.

Words: a folder of returns (a folder for each year in it), the first and last day of the reference
period. The last line is JSON: the states, the numbers on the last day, the daily rates and arrivals
that it found, its forecast of 365 daily steps, and the seconds of processor time of that, of 60
steps of 30 days, and of loading and finding rates, entrants and stock.
"""

import json
import sys
import time
import warnings
from datetime import date

warnings.filterwarnings("ignore")

from cs_demand_model import (  # noqa: E402 - its pandas warns on import
    Config,
    DemandModellingDataContainer,
    ModelPredictor,
    PopulationStats,
    fs_datastore,
)

folder, first, last = sys.argv[1], *map(date.fromisoformat, sys.argv[2:])


def least(work, times):
    found = []
    for _ in range(times):
        begun = time.process_time()
        work()
        found.append(time.process_time() - begun)
    return min(found)


def made():
    config = Config()
    held = DemandModellingDataContainer(fs_datastore(folder), config)
    stats = PopulationStats(held.enriched_view, config)
    return ModelPredictor.from_model(stats, first, last)


loaded = least(made, 2)
model = made()
foretold = model.predict(365)
states = sorted({*foretold.columns, *model.initial_population.index} - {()})
at = {state: index for index, state in enumerate(states)}
start = [float(model.initial_population.get(state, 0)) for state in states]
rates = [
    [at[old], at[new] if new != () else len(states), float(rate)]
    for (old, new), rate in model.transition_rates.items()
    if old in at and (new in at or new == ())
]
arrivals = [[at[new], float(n)] for (_, new), n in model.transition_numbers.items() if new in at]
said = {
    "states": [list(state) for state in states],
    "start": start,
    "rates": rates,
    "arrivals": arrivals,
    "forecast": foretold.reindex(columns=states).fillna(0).to_numpy().tolist(),
    "loaded": loaded,
    "daily": least(lambda: model.predict(365), 2),
    "monthly": least(lambda: model.predict(60, step_days=30), 3),
}
print(json.dumps(said))
