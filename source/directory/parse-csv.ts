import {CsvError, parse} from 'csv-parse/sync';

export type CsvText = {
	readonly rows: ReadonlyArray<readonly string[]>;
	/** Whether a quoted cell is never closed, or goes on after its end: rows from there on are not read. */
	readonly damage: string | undefined;
};

/**
All rows of a CSV text (RFC 4180, LF or CRLF, a byte order mark, empty lines), the header among them; rows may differ in
length. A text without a quote needs no parser: its lines are split at their commas, which is why a results.csv of two
million cells opens at once.
*/
export function parseCsv(text: string): CsvText {
	return text.includes('"') ? parseQuoted(text) : {rows: splitPlain(text.replace(/^\u{FEFF}/u, '')), damage: undefined};
}

function splitPlain(text: string): ReadonlyArray<readonly string[]> {
	return text.split(/\r?\n/).filter(line => line !== '').map(line => line.split(','));
}

function parseQuoted(text: string): CsvText {
	// What was read before the damage is kept: the parser itself gives all rows or none.
	const rows: Array<readonly string[]> = [];
	try {
		parse(text, {
			bom: true,
			recordDelimiter: ['\r\n', '\n'],
			relaxColumnCount: true,
			skipEmptyLines: true,
			onRecord(row: readonly string[]) {
				rows.push(row);
				return null;
			},
		});
		return {rows, damage: undefined};
	} catch (error) {
		if (error instanceof CsvError) {
			return {rows, damage: 'a quote is not closed, or text follows it'};
		}

		throw error;
	}
}
