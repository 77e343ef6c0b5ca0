# The reference harness's way of working recorder rows out: read_csv with parse_dates, sort, quantiles, rolling sum.
import json
import sys

import pandas as pd

keep = sys.argv[1]
rows = pd.concat([pd.read_csv(file, header=0, parse_dates=['start', 'stop']) for file in sys.argv[2:]])
rows = rows.sort_values('start', kind='stable')
if keep != '-':
    rows.to_csv(keep, index=False)
rows = rows.set_index('start')
figures = {}
for label, own in rows.groupby('label'):
    latency = own['latency_nanos'] / 1e6
    rate = own['count'].rolling('1s').sum()
    rate = rate[rate.index >= rate.index[0] + pd.Timedelta(seconds=1)]
    figures[label] = {
        f'{name}.{figure}{unit}': float(value)
        for name, unit, values in [('latency', '_ms', latency), ('start_throughput_1s', '', rate)]
        for figure, value in [
            ('mean', values.mean()), ('median', values.median()), ('min', values.min()), ('max', values.max()),
            ('p90', values.quantile(0.9)), ('p95', values.quantile(0.95)), ('p99', values.quantile(0.99)),
        ]
    }
print(json.dumps(figures))
