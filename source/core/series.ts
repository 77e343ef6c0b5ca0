/*
A series is what Prometheus calls one: a metric's name, its labels, and samples in the order of time. Times and values are
two typed arrays beside each other, so that a window over them is two indices and a loop.
*/

/** Label names and values; the metric's name is not among them. */
export type Labels = Readonly<Record<string, string>>;

/** Samples of one series, oldest first: two arrays of the same length. */
export type Samples = {
	/** Epoch ms, strictly increasing. */
	readonly times: Float64Array;
	readonly values: Float64Array;
};

export type Series = Samples & {
	/** The sample's name, `unreplicated_server_requests_latency_sum`. */
	readonly metric: string;
	readonly labels: Labels;
};

/** Where series come from: a store that is being filled, or a file that was read. */
export type SeriesSource = {
	/** Every series of a metric; none where it was never seen. */
	select(metric: string): readonly Series[];
};

/**
The series as exposition text writes it, labels sorted by name and empty ones left out (an empty label is an absent one):
`up{instance="127.0.0.1:10001",job="unreplicated_server"}`. Two series are the same where this text is.
*/
export function seriesText(metric: string, labels: Labels): string {
	const parts = Object.entries(labels)
		.filter(([, value]) => value !== '')
		.toSorted(([one], [other]) => (one < other ? -1 : 1))
		.map(([name, value]) => `${name}="${escapeLabel(value)}"`);
	return parts.length === 0 ? metric : `${metric}{${parts.join(',')}}`;
}

/**
The samples in the window that ends at a time, as indices `[from, to)`. Both ends belong to it, as in Prometheus 2 (from
version 3 on, a sample that lies exactly on the window's start is out).
*/
export function samplesWithin({times}: Samples, at: number, windowMs: number): {readonly from: number; readonly to: number} {
	return {from: countBefore(times, at - windowMs, false), to: countBefore(times, at, true)};
}

/** How many of the sorted times lie before a time, or also on it. */
function countBefore(times: Float64Array, at: number, inclusive: boolean): number {
	let [low, high] = [0, times.length];
	while (low < high) {
		const middle = Math.trunc((low + high) / 2);
		const time = times[middle]!;
		if (time < at || (inclusive && time === at)) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}

	return low;
}

function escapeLabel(value: string): string {
	return /[\n"\\]/.test(value) ? value.replaceAll('\\', String.raw`\\`).replaceAll('"', String.raw`\"`).replaceAll('\n', String.raw`\n`) : value;
}
