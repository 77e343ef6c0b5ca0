import {type JsonObject} from '../../source/core/json.ts';
import {type OutputSpec} from '../../source/core/output.ts';

// The made-up output that the reference's summaries were printed for.
const figures = {
	latency: {mean_ms: 0.123456789, median_ms: 1.23456789, min_ms: 0.0123456789, max_ms: 98.7654321, p90_ms: 2.3456789, p95_ms: 3.45678912, p99_ms: 4.56789123},
	start_throughput_1s: {mean: 12_345.6789, median: 123_456.789, min: 1234.56789, max: 1_234_567.89, p90: 45_678.9123, p95: 56_789.1234, p99: 67_891.2345},
};

/** These figures at each place where a protocol's output has some. */
export function measuredFor<Input>(output: OutputSpec<Input>): JsonObject {
	const prefixes = output.kind === 'recorder' ? Object.keys(output.into) : [];
	return prefixes.includes('') ? figures : Object.fromEntries(prefixes.map(prefix => [prefix, figures]));
}
