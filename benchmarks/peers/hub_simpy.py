"""Six places, arrivals one by one, lognormal stays, nobody waits: as simpy simulates it."""

import json
import math
import random
import sys
import time

import simpy

rate, mean, spread, places, arrivals = (float(word) for word in sys.argv[1:6])
chance = random.Random(1)
world = simpy.Environment()
hub = simpy.Resource(world, capacity=int(places))
refused = 0


def stay():
    with hub.request() as place:
        yield place
        yield world.timeout(chance.lognormvariate(math.log(mean) - spread**2 / 2, spread))


def come():
    global refused
    for _ in range(int(arrivals)):
        yield world.timeout(chance.expovariate(rate))
        if hub.count < hub.capacity:
            world.process(stay())
        else:
            refused += 1


world.process(come())
begun = time.process_time()
world.run()
spent = time.process_time() - begun
print(json.dumps({"seconds": spent, "arrivals": int(arrivals), "refused": refused / arrivals}))
