import {BenchError} from '../core/errors.ts';
import {type RecorderFormat} from './request.ts';
import {splitRow} from './split-row.ts';

/** Where each column is. */
export type Header = {
	readonly format: RecorderFormat;
	readonly columns: readonly string[];
	/** Indices of the columns that are read, in the order of the format. */
	readonly indices: readonly number[];
	/** True where the file has exactly the columns of its format, in their order. */
	readonly isCanonical: boolean;
};

export const formatColumns = {
	labelled: ['start', 'stop', 'count', 'latency_nanos', 'label'],
	unlabelled: ['start', 'stop', 'latency_nanos', 'host', 'port'],
} as const satisfies Record<RecorderFormat, readonly string[]>;

/**
Reads a file's first line. A file with a `label` column is labelled; columns may come in any order, and more of them.

@param line Without its line end.
@param path For messages.
@throws {BenchError} Where a column is missing or there twice.
*/
export function parseHeader(line: string, path: string): Header {
	const columns = splitRow(line.replace(/^\u{EF}\u{BB}\u{BF}/u, ''))?.map(name => name.trim()) ?? [line];
	const format = columns.includes('label') ? 'labelled' : 'unlabelled';
	const wanted = formatColumns[format];
	const missing = wanted.filter(name => !columns.includes(name));
	if (missing.length > 0) {
		const header = JSON.stringify(line.slice(0, 100));
		const known = Object.values(formatColumns).map(names => names.join(',')).join(' or ');
		throw new BenchError('recorder', `${path}, line 1: the header ${header} has no ${missing.join(', ')}: a recorder file has ${known}.`);
	}

	const twice = wanted.find(name => columns.indexOf(name) !== columns.lastIndexOf(name));
	if (twice) {
		throw new BenchError('recorder', `${path}, line 1: the header names ${twice} twice.`);
	}

	return {
		format,
		columns,
		indices: wanted.map(name => columns.indexOf(name)),
		isCanonical: columns.length === wanted.length && wanted.every((name, index) => columns[index] === name),
	};
}
