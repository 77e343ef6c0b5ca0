/* Recorder files made up from a seed, in every shape that clients write. */

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
	let state = seed;
	/* eslint-disable no-bitwise -- a generator is made of them */
	return () => {
		state = Math.imul(state + 0x6D_2B_79_F5, 1);
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
	/* eslint-enable no-bitwise */
}

export type Shape = {
	readonly rows: number;
	/** Mean milliseconds between two starts of one file. */
	readonly everyMs?: number;
	/** Fraction digits of the clock, 3 to 9. */
	readonly digits?: 3 | 6 | 9;
	readonly labels?: readonly string[];
	/** Greatest count of a row. */
	readonly group?: number;
	/** Rows may be written so many rows late. */
	readonly disorder?: number;
	/** Milliseconds that nothing starts in, half way. */
	readonly gapMs?: number;
	readonly lineEnd?: '\n' | '\r\n';
	readonly isUnlabelled?: boolean;
	/** Epoch ms of the first start. */
	readonly at?: number;
	/** Writes times as pandas does. */
	readonly isPandas?: boolean;
	readonly isQuoted?: boolean;
};

/** The text of one file. */
export function generateRows(shape: Shape, random: () => number): string {
	const {rows, everyMs = 1, digits = 3, labels = ['write'], group = 1, disorder = 0, gapMs = 0, lineEnd = '\r\n', isUnlabelled = false} = shape;
	const step = 10 ** (9 - digits);
	let start = 0;
	const lines = Array.from({length: rows}, (_, row) => {
		start += (random() < 0.2 ? 0 : random() * everyMs * 2.5e6) + (row === Math.floor(rows / 2) ? gapMs * 1e6 : 0);
		// Mostly short, a few very long: what latencies look like.
		const latency = Math.floor(200_000 * (1 + random()) * (random() < 0.001 ? 4000 * random() : 1));
		const ticked = Math.floor(start / step) * step;
		const times = [ticked, Math.floor((ticked + latency) / step) * step].map(nanos => time(nanos, shape));
		const label = labels[Math.floor(random() * labels.length)]!;
		const fields = isUnlabelled ? [...times, latency, '10.0.0.1', 10_000 + Math.floor(random() * 3)] : [...times, 1 + Math.floor(random() * group), latency, label];
		return {place: row + (random() * disorder), line: fields.map(field => shape.isQuoted && random() < 0.3 ? `"${field}"` : String(field)).join(',')};
	});
	const header = isUnlabelled ? 'start,stop,latency_nanos,host,port' : 'start,stop,count,latency_nanos,label';
	return [header, ...lines.toSorted((a, b) => a.place - b.place).map(({line}) => line), ''].join(lineEnd);
}

function time(nanos: number, {digits = 3, at = 1_617_846_081_000, isPandas = false}: Shape): string {
	const text = new Date(at + Math.floor(nanos / 1e6)).toISOString();
	const fraction = String(((at % 1000) * 1e6) + Math.floor(nanos % 1e9)).padStart(9, '0').slice(0, isPandas ? (digits === 9 ? 9 : 6) : digits);
	const shown = /^0+$/.test(fraction) ? '' : `.${fraction}`;
	return isPandas ? `${text.slice(0, 19).replace('T', ' ')}${shown}+00:00` : `${text.slice(0, 19)}${shown}Z`;
}
