"""D5: 12 months ahead, 24 councils that stay as they are and 24 whose entries grow by 6 % a year.

    python -m benchmarks.d5_twelve_months [COUNCILS] [FIRST SEED]

Both generators. Bars (agreed on a third, nearly Poisson generator): the total's MAPE at most 2.6 %,
interval score at most 18, the 95 % interval covers 90 to 98 %.
"""

import sys

from benchmarks import backtest

STATIONARY = backtest.Score(-0.6, 3.1, 5.1, 100, 100, 12, 23)
GROWING = backtest.Score(-3.8, 3.8, 5.2, 96, 99, 12, 23)
BARS = backtest.Bars(mape=2.6, wape=None, interval=18)


def main() -> None:
    councils = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 1001
    seeds = range(first, first + councils)
    for generator in backtest.GENERATORS:
        backtest.run(generator, seeds, 0.0, 12, STATIONARY, BARS)
        backtest.run(generator, seeds, 0.06, 12, GROWING, BARS)


if __name__ == "__main__":
    main()
