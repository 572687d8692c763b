"""D5: 12 months ahead, 24 councils that stay as they are and 24 whose entries grow by 6 % a year.

    python -m benchmarks.d5_twelve_months [--councils N] [--seed N]

Both generators, calm and restless. Bars (agreed on a third generator, nearly Poisson): on calm sets
the total's MAPE at most 2.6 % and the interval score at most 18; on all, the 95 % interval covers
90 to 98 %.
"""

from benchmarks import backtest

STATIONARY = backtest.Score(-0.6, 3.1, 5.1, 100, 100, 12, 23)
GROWING = backtest.Score(-3.8, 3.8, 5.2, 96, 99, 12, 23)
BARS = backtest.Bars(mape=2.6, wape=None, interval=18)
SETS = tuple(
    backtest.Asked(generator, growth, regional, BARS)
    for generator in backtest.GENERATORS
    for growth, regional in ((0.0, STATIONARY), (0.06, GROWING))
)

if __name__ == "__main__":
    backtest.main(SETS, months=12, councils=24, seed=1001)
