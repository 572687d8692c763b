"""How long one arrival at a hub takes to simulate, against ciw and simpy in the same run.

python -m benchmarks.loss_queue

Six places, arrivals one by one, lognormal stays: all three must agree with the formula before any
is timed. simmer needs R and was not rerun: its 13 microseconds an arrival are those of evidence.md
section 8, measured on the machine of the design.
"""

from benchmarks import peer
from onedoor.evidence import sizing
from onedoor.evidence.sizing import erlang, loss
from onedoor.evidence.sizing.chain import YEAR, Demand

PLACES, A_YEAR, DAYS, SPREAD = 6, 40.0, 25.0, 0.8
OURS, THEIRS = 2_000_000, 100_000
SIMMER = 13e-6


def main() -> None:
    demand = Demand(A_YEAR, DAYS, 0, 0)
    coming = loss.Coming(spread=SPREAD)
    found = loss.simulate(PLACES, 0, demand, coming, arrivals=OURS)
    spent = peer.cpu(lambda: loss.simulate(PLACES, 0, demand, coming, arrivals=OURS), times=3)
    ours = spent / OURS
    print(f"The formula refuses {float(erlang.refused(PLACES, demand.load)):.4f}")
    print(f"One Door: {ours * 1e9:,.0f} ns an arrival, refuses {found.refuse_all:.4f}")
    words = [str(each) for each in (A_YEAR / YEAR, DAYS, SPREAD, PLACES, THEIRS)]
    for name, needs in (("ciw", "ciw==3.2.7"), ("simpy", "simpy==4.1.2")):
        theirs = peer.ask(f"peers/hub_{name}.py", *words, needs=[needs])
        each = theirs["seconds"] / theirs["arrivals"]
        print(f"{needs}: {each * 1e6:,.1f} us an arrival, refuses {theirs['refused']:.4f}")
        peer.verdict(f"  {name} / One Door", each / ours, 100, "times", at_least=True)
    peer.verdict(
        "simmer (quoted, not rerun) / One Door", SIMMER / ours, 100, "times", at_least=True
    )
    question = sizing.Question(4, 2, Demand(9, 120, 36, 10), loss.Coming(1.2, 1.2), night_cost=640)
    sizing.size(question)
    page = peer.cpu(lambda: sizing.size(question))
    peer.verdict("One page of sizing, with batches", page * 1e3, 100, "ms")


if __name__ == "__main__":
    main()
