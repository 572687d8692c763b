"""Six places, arrivals one by one, lognormal stays, nobody waits: as ciw simulates it."""

import json
import math
import sys
import time

import ciw

rate, mean, spread, places, arrivals = (float(word) for word in sys.argv[1:6])
network = ciw.create_network(
    arrival_distributions=[ciw.dists.Exponential(rate=rate)],
    service_distributions=[ciw.dists.Lognormal(math.log(mean) - spread**2 / 2, spread)],
    number_of_servers=[int(places)],
    queue_capacities=[0],
)
ciw.seed(1)
hub = ciw.Simulation(network)
begun = time.process_time()
hub.simulate_until_max_customers(int(arrivals), method="Arrive")
spent = time.process_time() - begun
records = hub.get_all_records()
refused = sum(each.record_type == "rejection" for each in records)
print(json.dumps({"seconds": spent, "arrivals": int(arrivals), "refused": refused / arrivals}))
