/*
The samples that a live view draws from, in bounded memory. Every series keeps its newest samples in a buffer that grows
by doubling up to twice what is kept; when that is full, the newest half moves to the front. So a series is always one
contiguous piece, and a sample costs a constant time. What did not fit is counted, never silently gone.
*/
import {seriesText, type Labels, type Series, type SeriesSource} from './series.ts';

export type SeriesStoreLimits = {
	/**
	Newest samples that each series keeps at least, memory permitting.

	@default 3000 (ten minutes at 200 ms)
	*/
	readonly samplesPerSeries?: number;
	/** @default 20000 */
	readonly maxSeries?: number;
	/**
	Samples that all series may have room for, 16 bytes each.

	@default 4194304 (64 MiB)
	*/
	readonly maxSamples?: number;
};

/** What the store does not hold. */
export type LeftOut = {
	/** Samples that were forgotten for newer ones. */
	readonly forgotten: number;
	/** Samples of series that found no room at all. */
	readonly refused: number;
	/** Samples no newer than the one before them. */
	readonly late: number;
};

/** A series in a store; `add` returns false where the sample was not newer than the last. */
export type StoredSeries = Series & {add(at: number, value: number): boolean};

const firstCapacity = 32;

export class SeriesStore implements SeriesSource {
	readonly #samplesPerSeries: number;
	readonly #maxSeries: number;
	readonly #maxSamples: number;
	readonly #byText = new Map<string, RingSeries>();
	readonly #byMetric = new Map<string, RingSeries[]>();
	#reserved = 0;
	#forgotten = 0;
	#refused = 0;
	#late = 0;

	constructor({samplesPerSeries = 3000, maxSeries = 20_000, maxSamples = 4_194_304}: SeriesStoreLimits = {}) {
		this.#samplesPerSeries = Math.max(1, samplesPerSeries);
		this.#maxSeries = maxSeries;
		this.#maxSamples = maxSamples;
	}

	get leftOut(): LeftOut {
		return {forgotten: this.#forgotten, refused: this.#refused, late: this.#late};
	}

	/** Bytes of samples that the store has reserved. */
	get bytes(): number {
		return this.#reserved * 16;
	}

	/** Names that have at least one series, sorted. */
	get metrics(): readonly string[] {
		return [...this.#byMetric.keys()].toSorted();
	}

	select(metric: string): readonly Series[] {
		return this.#byMetric.get(metric) ?? [];
	}

	/** Appends a sample; `at` in epoch ms. */
	add(metric: string, labels: Labels, at: number, value: number): void {
		const series = this.series(metric, labels);
		if (series) {
			series.add(at, value);
		} else {
			this.refuse();
		}
	}

	/** The series with these labels, made where it is new, for who appends to it often; undefined where there is no room for it. */
	series(metric: string, labels: Labels): StoredSeries | undefined {
		const text = seriesText(metric, labels);
		const known = this.#byText.get(text);
		if (known) {
			return known;
		}

		if (this.#byText.size >= this.#maxSeries || !this.#reserve(firstCapacity)) {
			return undefined;
		}

		const made = new RingSeries(metric, labels, {
			keep: this.#samplesPerSeries,
			reserve: samples => this.#reserve(samples),
			forget: samples => {
				this.#forgotten += samples;
			},
			late: () => {
				this.#late++;
			},
		});
		this.#byText.set(text, made);
		const siblings = this.#byMetric.get(metric);
		if (siblings) {
			siblings.push(made);
		} else {
			this.#byMetric.set(metric, [made]);
		}

		return made;
	}

	/** Counts a sample whose series found no room. */
	refuse(): void {
		this.#refused++;
	}

	#reserve(samples: number): boolean {
		const fits = this.#reserved + samples <= this.#maxSamples;
		this.#reserved += fits ? samples : 0;
		return fits;
	}
}

type RingOwner = {
	readonly keep: number;
	reserve(samples: number): boolean;
	forget(samples: number): void;
	late(): void;
};

class RingSeries implements StoredSeries {
	readonly metric: string;
	readonly labels: Labels;
	readonly #owner: RingOwner;
	#times = new Float64Array(firstCapacity);
	#values = new Float64Array(firstCapacity);
	#length = 0;
	#last = -Infinity;

	constructor(metric: string, labels: Labels, owner: RingOwner) {
		this.metric = metric;
		this.labels = labels;
		this.#owner = owner;
	}

	get times(): Float64Array {
		return this.#times.subarray(0, this.#length);
	}

	get values(): Float64Array {
		return this.#values.subarray(0, this.#length);
	}

	add(at: number, value: number): boolean {
		if (!(at > this.#last)) {
			this.#owner.late();
			return false;
		}

		if (this.#length === this.#times.length) {
			this.#makeRoom();
		}

		this.#times[this.#length] = at;
		this.#values[this.#length] = value;
		this.#length++;
		this.#last = at;
		return true;
	}

	#makeRoom(): void {
		const capacity = this.#times.length;
		const grown = Math.min(capacity * 2, this.#owner.keep * 2);
		if (grown > capacity && this.#owner.reserve(grown - capacity)) {
			this.#times = widened(this.#times, grown);
			this.#values = widened(this.#values, grown);
			return;
		}

		const kept = Math.min(Math.trunc(capacity / 2), this.#owner.keep);
		this.#times.copyWithin(0, capacity - kept);
		this.#values.copyWithin(0, capacity - kept);
		this.#length = kept;
		this.#owner.forget(capacity - kept);
	}
}

function widened(array: Float64Array, length: number): Float64Array<ArrayBuffer> {
	const wide = new Float64Array(length);
	wide.set(array);
	return wide;
}
