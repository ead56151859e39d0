"""The example of the language with so many clients in SimPy, one process for each: prints milliseconds.

Debian's python3-simpy is SimPy 2; SimPy 3 and 4 do as well. Processes are generators of the seconds that they wait.
Supernodes are a number of places; what a promoted one adds, the clients that wait for a place find at their next try.
"""

import random
import sys
import time

CLIENTS, HORIZON = int(sys.argv[1]), float(sys.argv[2])
PART = CLIENTS / 9_600_000
HOUR = 3600.0

try:
    from SimPy.Simulation import Process, activate, hold, initialize, now, simulate

    class Each(Process):
        def live(self, waits):
            for seconds in waits:
                yield hold, self, seconds

    def start(waits):
        each = Each()
        activate(each, each.live(waits))

    def run():
        simulate(until=HORIZON)

    initialize()
except ImportError:
    import simpy

    ENVIRONMENT = simpy.Environment()

    def now():
        return ENVIRONMENT.now

    def live(waits):
        for seconds in waits:
            yield ENVIRONMENT.timeout(seconds)

    def start(waits):
        ENVIRONMENT.process(live(waits))

    def run():
        ENVIRONMENT.run(until=HORIZON)


WANTED = max(1, round(25_000 * PART))
supernodes = {"up": WANTED, "held": CLIENTS}
# Overloaded supernodes take everyone; the log-in servers are the limit: 1,200 a second of 9.6 million.
door = {"allowance": 1.0, "at": 0.0, "rate": 1_200 * PART}


def let_in():
    door["allowance"] = min(max(1.0, door["rate"]), door["allowance"] + door["rate"] * (now() - door["at"]))
    door["at"] = now()
    if supernodes["up"] == 0 or door["allowance"] < 1:
        return False
    door["allowance"] -= 1
    supernodes["held"] += 1
    return True


def client():
    yield HOUR
    hit = random.random() < 0.6
    if not hit and random.random() < 0.1:
        return
    supernodes["held"] -= 1
    if hit:
        yield random.random() * 2 * HOUR
    mean = 30.0
    while True:
        yield random.expovariate(1 / mean)
        if let_in():
            return
        mean = min(600.0, 2 * mean)


def promotion():
    while True:
        yield random.expovariate(10 * PART / 60)
        if supernodes["up"] < WANTED:
            supernodes["up"] += 1


def overload():
    yield HOUR
    supernodes["up"] = sum(random.random() < 0.1 for _ in range(supernodes["up"]))
    while True:
        up = supernodes["up"]
        yield random.expovariate(max(1, up) * 0.05 / 60)
        if up > 0 and supernodes["held"] > 2 * 400 * up:
            supernodes["up"] -= 1


random.seed(1)
begun = time.perf_counter()
for _ in range(CLIENTS):
    start(client())
start(promotion())
start(overload())
run()
print(1000 * (time.perf_counter() - begun))
