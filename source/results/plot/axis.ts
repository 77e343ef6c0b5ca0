import {BenchError} from '../../core/errors.ts';
import {findField} from '../field-name.ts';
import {fieldNames, isFigure, numbersOf, type ResultSet} from '../result-set.ts';

/** What is drawn where nobody says what. */
export const defaultAxes = {x: 'start_throughput_1s.p90', y: 'latency.median_ms'} as const;

const ranks: Readonly<Record<string, string>> = {median: 'Median', mean: 'Mean', min: 'Least', max: 'Greatest', p50: 'Median', p90: 'p90', p95: 'p95', p99: 'p99'};

/** A field for people: `Median latency (ms)`, `Throughput, p90 (requests/s)`; names that are not well known stay. */
export function axisTitle(field: string): string {
	const latency = /(?:^|\.)latency\.(?<rank>\w+)_ms$/.exec(field)?.groups?.['rank'];
	if (latency !== undefined) {
		return `${ranks[latency] ?? latency} latency (ms)`;
	}

	const throughput = /(?:^|\.)(?:start|stop)_throughput_\d+s\.(?<rank>\w+)$/.exec(field)?.groups?.['rank'];
	return throughput === undefined ? field : `Throughput, ${(ranks[throughput] ?? throughput).toLowerCase()} (requests/s)`;
}

/**
The field of a set that a person means on an axis. Runs of different protocols have the same figure under different labels
(`write_output.latency.median_ms`): where several fit, the one that was recorded most.

@throws BenchError `usage` where none fits.
*/
export function axisField(set: ResultSet, word: string): string {
	const names = fieldNames(set);
	if (names.includes(word)) {
		return word;
	}

	const fitting = names.filter(name => name.endsWith(`.${word}`));
	// With a label that this run does not have, it is the same figure of its own label.
	const figure = /(?:^|\.)(?<figure>(?:latency|(?:start|stop)_throughput_\d+s)\.\w+)$/.exec(word)?.groups?.['figure'];
	const alike = fitting.length > 0 || figure === undefined ? fitting : names.filter(name => isFigure(name) && (name === figure || name.endsWith(`.${figure}`)));
	const recorded = alike.map(name => ({name, count: numbersOf(set, name).filter(value => !Number.isNaN(value)).length}));
	const best = recorded.reduce<{readonly name: string; readonly count: number} | undefined>((one, other) => one && one.count >= other.count ? one : other, undefined);
	try {
		return best?.name ?? findField(word, names);
	} catch (error) {
		const isDefault = word === defaultAxes.x || word === defaultAxes.y;
		throw error instanceof BenchError ? new BenchError('usage', `${set.label}: ${error.message}${isDefault ? ' Say with --x and --y what to draw.' : ''}`, {cause: error}) : error;
	}
}
