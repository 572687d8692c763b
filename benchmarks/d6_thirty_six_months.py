"""D6: 36 months ahead, 16 councils that stay as they are and 16 whose entries grow by 5 % a year.

    python -m benchmarks.d6_thirty_six_months [COUNCILS] [FIRST SEED]

Both generators. Bars: where nothing grows, below no change on the total (MAPE) and the categories
(WAPE); where entries grow, at most 5.1 % and 8.1 %; interval score at most 25, the 95 % interval
covers 90 to 98 %.
"""

import sys

from benchmarks import backtest

STATIONARY = backtest.Score(-0.2, 4.6, 8.2, 100, 100, 24, 49)
GROWING = backtest.Score(-8.0, 8.0, 9.9, 100, 100, 23, 46)


def main() -> None:
    councils = int(sys.argv[1]) if len(sys.argv) > 1 else 16
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 1101
    seeds = range(first, first + councils)
    still = backtest.Bars(mape=None, wape=None, interval=25)
    growing = backtest.Bars(mape=5.1, wape=8.1, interval=25)
    for generator in backtest.GENERATORS:
        backtest.run(generator, seeds, 0.0, 36, STATIONARY, still)
        backtest.run(generator, seeds, 0.05, 36, GROWING, growing)


if __name__ == "__main__":
    main()
