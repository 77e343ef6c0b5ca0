import {parseCsv} from './parse-csv.ts';

export type ResultsTable = {
	readonly columns: readonly string[];
	/** Each as long as `columns`. */
	readonly rows: ReadonlyArray<readonly string[]>;
	readonly warnings: readonly string[];
};

/** What a run's results may be called, compressed by a person too. */
export const resultsNames: readonly string[] = ['results.csv', 'results.csv.gz'];

/** The rows of results.csv as any harness writes it: CRLF or LF, quoted or not, a missing last line end, a cut last row. */
export function parseResults(text: string): ResultsTable {
	const {rows: records, damage} = parseCsv(text);
	const [columns = [], ...rows] = records;
	const warnings = damage === undefined ? [] : [`it is damaged after row ${rows.length}: ${damage}`];
	const whole = rows.filter(row => row.length === columns.length);
	if (whole.length < rows.length) {
		const isLast = rows.at(-1)!.length !== columns.length && whole.length === rows.length - 1;
		warnings.push(isLast ? 'its last row is cut' : `${rows.length - whole.length} of its rows have not ${columns.length} cells`);
	}

	return {columns, rows: whole, warnings};
}
