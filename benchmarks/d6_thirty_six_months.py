"""D6: 36 months ahead, 16 councils that stay as they are and 16 whose entries grow by 5 % a year.

    python -m benchmarks.d6_thirty_six_months [--councils N] [--seed N]

Both generators, calm and restless. Bars: on calm sets where nothing grows, below no change on the
total (MAPE) and the categories (WAPE); where entries grow, at most 5.1 % and 8.1 %; interval score
at most 25. On all, the 95 % interval covers 90 to 98 %.
"""

from benchmarks import backtest

STATIONARY = backtest.Score(-0.2, 4.6, 8.2, 100, 100, 24, 49)
GROWING = backtest.Score(-8.0, 8.0, 9.9, 100, 100, 23, 46)
BARS = backtest.Bars(mape=None, wape=None, interval=25)
BARS_GROWING = backtest.Bars(mape=5.1, wape=8.1, interval=25)
SETS = tuple(
    backtest.Asked(generator, growth, regional, bars)
    for generator in backtest.GENERATORS
    for growth, regional, bars in ((0.0, STATIONARY, BARS), (0.05, GROWING, BARS_GROWING))
)

if __name__ == "__main__":
    backtest.main(SETS, months=36, councils=16, seed=1101)
