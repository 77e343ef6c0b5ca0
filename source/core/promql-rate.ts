/*
`rate` of a counter, computed as Prometheus computes it (functions.go, `extrapolatedRate`), operation by operation, so that
the last digit agrees as well.
*/
import {samplesWithin, type Samples} from './series.ts';

/**
PromQL's `rate(x[window])` at a time, per second; undefined where the window holds fewer than two samples.

@param at End of the window, epoch ms.
*/
export function counterRate(samples: Samples, at: number, windowMs: number): number | undefined {
	const {times, values} = samples;
	const {from, to} = samplesWithin(samples, at, windowMs);
	if (to - from < 2) {
		return undefined;
	}

	const first = values[from]!;
	let raw = values[to - 1]! - first;
	let last = 0;
	for (let index = from; index < to; index++) {
		const value = values[index]!;
		if (value < last) {
			raw += last;
		}

		last = value;
	}

	const sampled = (times[to - 1]! - times[from]!) / 1000;
	const average = sampled / (to - from - 1);
	let toStart = (times[from]! - (at - windowMs)) / 1000;
	const toEnd = (at - times[to - 1]!) / 1000;
	if (raw > 0 && first >= 0) {
		// A counter is never negative: the line through the samples is not drawn past its zero.
		toStart = Math.min(toStart, sampled * (first / raw));
	}

	// Samples that end well within the window began or ended there: then half an interval is all that is assumed.
	const threshold = average * 1.1;
	let interval = sampled;
	interval += toStart < threshold ? toStart : average / 2;
	interval += toEnd < threshold ? toEnd : average / 2;
	return raw * (interval / sampled / (windowMs / 1000));
}
