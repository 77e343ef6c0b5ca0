/*
The recorder's definitions, written down the slow and obvious way: whole texts, arrays of rows, sorting, BigInt
nanoseconds, a loop within a loop. It shares no code with what it checks.
*/

export type SlowRow = {readonly start: bigint; readonly stop: bigint; readonly count: number; readonly latency: number; readonly label: string};
export type SlowFile = {readonly rows: readonly SlowRow[]; readonly cutRows: number; readonly badLines: readonly number[]};
export type SlowFigures = Readonly<Record<string, number>>;

const second = 1_000_000_000n;

/** Reads the text of a file with the usual columns. Lines are numbered from 1, the header being 1. */
export function slowRead(bytes: Uint8Array): SlowFile {
	const lines = Buffer.from(bytes).toString('latin1').split('\n');
	const last = lines.pop()!;
	const isLabelled = lines[0]!.includes('label');
	const rows: SlowRow[] = [];
	const badLines: number[] = [];
	for (const [index, line] of lines.entries()) {
		const text = line.replace(/\r$/, '');
		if (index === 0 || text === '') {
			continue;
		}

		const row = slowRow(text, isLabelled, rows[0]);
		if (row) {
			rows.push(row);
		} else {
			badLines.push(index + 1);
		}
	}

	return {rows, cutRows: last === '' ? 0 : 1, badLines};
}

function slowRow(line: string, isLabelled: boolean, first: SlowRow | undefined): SlowRow | undefined {
	const fields = slowFields(line);
	if (fields?.length !== 5) {
		return undefined;
	}

	const [startText, stopText, ...others] = fields as [string, string, string, string, string];
	const [countText, latencyText, ...names] = isLabelled ? others : ['1', ...others];
	const start = slowTime(startText);
	const stop = slowTime(stopText);
	const [count, latency] = [countText, latencyText].map(text => /^\d+(?:\.0*)?$/.test(text) ? Number(text) : -1) as [number, number];
	const label = names.map(name => Buffer.from(name, 'latin1').toString('utf8')).join(',');
	const base = (first?.start ?? start ?? 0n) / second * second;
	const isFar = (time: bigint) => time - base > 2n ** 52n || base - time > 2n ** 52n;
	if (start === undefined || stop === undefined || isFar(start) || isFar(stop) || count < 0 || count > 4_294_967_295 || latency < 0 || latency > Number.MAX_SAFE_INTEGER) {
		return undefined;
	}

	return names[0] === '' || label.includes('\u{FFFD}') || /\p{Control}/u.test(label) ? undefined : {start, stop, count, latency, label: isLabelled ? label : 'all'};
}

function slowFields(line: string): readonly string[] | undefined {
	const fields: string[] = [];
	for (let at = 0; ; at++) {
		let field = '';
		if (line[at] === '"') {
			for (at++; line[at] !== '"' || line[at + 1] === '"'; at++) {
				if (at >= line.length) {
					return undefined;
				}

				field += line[at]!;
				at += line[at] === '"' ? 1 : 0;
			}

			at++;
		} else {
			for (; at < line.length && line[at] !== ','; at++) {
				if (line[at] === '"') {
					return undefined;
				}

				field += line[at]!;
			}
		}

		fields.push(field);
		if (at >= line.length) {
			return fields;
		}

		if (line[at] !== ',') {
			return undefined;
		}
	}
}

function slowTime(text: string): bigint | undefined {
	const match = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(?:Z|[+-]00:00)$/.exec(text);
	const at = match ? new Date(`${match[1]!}T${match[2]!}Z`) : undefined;
	// The Date constructor takes 30 February and turns it into 2 March, and knows an hour 24.
	return !match || !at || Number.isNaN(at.getTime()) || !at.toISOString().startsWith(`${match[1]!}T${match[2]!}`) || match[1]!.startsWith('0000')
		? undefined
		: BigInt(at.getTime()) * 1_000_000n + BigInt((match[3] ?? '').padEnd(9, '0'));
}

/** All figures of each label, named as in `LabelFigures`, its groups joined by dots. */
export function slowFigures(files: ReadonlyArray<readonly SlowRow[]>, dropPrefixMs: number, isLabelled: boolean): ReadonlyMap<string, SlowFigures> {
	const all = files.flat().toSorted((a, b) => compare(a.start, b.start));
	const cut = all[0]!.start + BigInt(Math.round(dropPrefixMs * 1e6));
	const kept = all.filter(row => row.start >= cut);
	const labels = [...new Set(kept.map(row => row.label))];
	return new Map(labels.map(label => {
		const rows = kept.filter(row => row.label === label);
		const latencies = rows.map(row => row.latency / 1e6).toSorted((a, b) => a - b);
		const expanded = rows.flatMap(row => Array.from({length: Math.min(row.count, 1000)}, () => row.latency / 1e6)).toSorted((a, b) => a - b);
		const rates = (isLabelled ? labelledRates(rows) : unlabelledRates(rows)).toSorted((a, b) => a - b);
		const lastStart = rows.at(-1)!.start;
		const span = Number(lastStart - rows[0]!.start) / 1e9;
		const requests = (of: (row: SlowRow) => boolean) => rows.filter(row => of(row)).reduce((sum, row) => sum + row.count, 0);
		const mean = sumOf(latencies) / rows.length;
		return [label, {
			rows: rows.length,
			count: requests(() => true),
			...named('latency', '_ms', latencies, mean),
			...named('start_throughput_1s', '', rates, sumOf(rates) / rates.length),
			'tail.p999_ms': quantile(latencies, 0.999),
			'tail.p9999_ms': quantile(latencies, 0.9999),
			'tail.std_ms': Math.sqrt(sumOf(latencies.map(value => (value - mean) ** 2)) / (rows.length - 1)),
			throughput_rows: rates.length,
			'rates.span_s': span,
			'rates.offered': span > 0 ? requests(row => row.start < lastStart) / span : NaN,
			'rates.completed': span > 0 ? requests(row => row.stop < lastStart) / span : NaN,
			...(rows.some(row => row.count > 1) && rows.every(row => row.count <= 1000) && expanded.length !== rows.length && {
				'weighted_latency.mean_ms': sumOf(expanded) / expanded.length,
				'weighted_latency.p90_ms': quantile(expanded, 0.9),
				'weighted_latency.p9999_ms': quantile(expanded, 0.9999),
			}),
		}];
	}));
}

function labelledRates(rows: readonly SlowRow[]): number[] {
	return rows.flatMap((row, index) => {
		let sum = 0;
		for (let other = index; other >= 0 && rows[other]!.start > row.start - second; other--) {
			sum += rows[other]!.count;
		}

		return row.start >= rows[0]!.start + second ? [sum] : [];
	});
}

function unlabelledRates(rows: readonly SlowRow[]): number[] {
	return rows.flatMap((row, index) => {
		let within = 0;
		for (let other = index; other >= 0 && rows[other]!.start > row.start - second; other--) {
			within++;
		}

		const isFirstSecond = row.start <= rows[0]!.start + second;
		const number = rows.findLastIndex(other => other.start === row.start) + 1;
		const rate = isFirstSecond ? number / (Number(row.start - rows[0]!.start) / 1e9) : within;
		return index < 100 ? [] : [rate];
	});
}

function named(group: string, unit: string, sorted: readonly number[], mean: number): SlowFigures {
	const figures: Array<readonly [string, number]> = [
		['mean', mean],
		['median', quantile(sorted, 0.5)],
		['min', quantile(sorted, 0)],
		['max', quantile(sorted, 1)],
		['p90', quantile(sorted, 0.9)],
		['p95', quantile(sorted, 0.95)],
		['p99', quantile(sorted, 0.99)],
	];
	return Object.fromEntries(figures.map(([name, value]) => [`${group}.${name}${unit}`, value]));
}

function quantile(sorted: readonly number[], q: number): number {
	const position = q * (sorted.length - 1);
	const below = Math.floor(position);
	const above = Math.min(below + 1, sorted.length - 1);
	return sorted.length === 0 ? NaN : sorted[below]! + ((sorted[above]! - sorted[below]!) * (position - below));
}

/** Exact but for one rounding: the parts of a long sum added by twos. */
function sumOf(values: readonly number[]): number {
	const middle = Math.floor(values.length / 2);
	return values.length < 8 ? values.reduce((sum, value) => sum + value, 0) : sumOf(values.slice(0, middle)) + sumOf(values.slice(middle));
}

function compare(a: bigint, b: bigint): number {
	return a < b ? -1 : (a > b ? 1 : 0);
}
