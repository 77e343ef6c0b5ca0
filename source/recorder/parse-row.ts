import {type Header, formatColumns} from './header.ts';
import {quoteField, splitRow} from './split-row.ts';
import {parseTimestamp, type Timestamp} from './timestamp.ts';

export type Row = {
	readonly start: Timestamp;
	readonly stop: Timestamp;
	readonly count: number;
	readonly latencyNanos: number;
	/** What stands after the numbers: the label, or `host,port` of unlabelled rows. */
	readonly label: string;
};

/** Why a row is bad. */
export type BadRow = {readonly column: string; readonly reason: string};

/** Counts above this are no count of a group: the sum of a second's counts stays exact below it. */
const maxCount = 4_294_967_295;
const utf8 = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});

/**
Reads one row strictly, whatever its form: the reader for every row that the fast scanner does not take.

@param line Bytes as latin1 text, without the line end.
*/
export function parseRow(line: string, header: Header): Row | BadRow {
	const fields = splitRow(line);
	if (!fields) {
		return {column: header.columns[0]!, reason: 'its quotes do not match'};
	}

	if (fields.length !== header.columns.length) {
		return {
			column: header.columns[Math.min(fields.length, header.columns.length - 1)]!,
			reason: `it has ${fields.length} ${fields.length === 1 ? 'field' : 'fields'} where the header has ${header.columns.length}`,
		};
	}

	const texts = header.indices.map(index => fields[index]!);
	const isLabelled = header.format === 'labelled';
	const names = formatColumns[header.format];
	const start = parseTimestamp(texts[0]!);
	const stop = parseTimestamp(texts[1]!);
	const count = isLabelled ? parseWhole(texts[2]!, maxCount) : 1;
	const latencyNanos = parseWhole(texts[isLabelled ? 3 : 2]!, Number.MAX_SAFE_INTEGER);
	const label = decodeLabel(isLabelled ? [texts[4]!] : [texts[3]!, texts[4]!]);
	const numberColumn = isLabelled ? 3 : 2;
	if (!start || !stop) {
		const index = start ? 1 : 0;
		return {column: names[index], reason: `${shown(texts[index]!)} is not a time in UTC such as 2021-04-07T18:41:22.655012Z`};
	}

	if (count === undefined) {
		return {column: 'count', reason: `${shown(texts[2]!)} is not a whole number from 0 to ${maxCount}`};
	}

	if (latencyNanos === undefined) {
		return {column: names[numberColumn], reason: `${shown(texts[numberColumn]!)} is not a whole number of nanoseconds`};
	}

	if (!label) {
		const index = isLabelled ? 4 : 3;
		return {column: names[index], reason: texts[index] === '' ? 'it is empty' : `${shown(texts[index]!)} is not printable UTF-8 text`};
	}

	return {start, stop, count, latencyNanos, label};
}

/** A whole number, also as other programs rewrite one (`274500.0`). */
function parseWhole(text: string, most: number): number | undefined {
	const value = /^\d+(?:\.0*)?$/.test(text) ? Number(text) : NaN;
	return value <= most ? value : undefined;
}

function decodeLabel(fields: readonly string[]): string | undefined {
	if (fields[0] === '') {
		return undefined;
	}

	try {
		const texts = fields.map(field => utf8.decode(Buffer.from(field, 'latin1')));
		if (texts.some(text => /\p{Control}/u.test(text))) {
			return undefined;
		}

		return texts.length === 1 ? texts[0] : texts.map(text => quoteField(text)).join(',');
	} catch {
		return undefined;
	}
}

/** A field as a message shows it: short, and without control characters. */
function shown(text: string): string {
	return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
