import {parse} from 'csv-parse/sync';
import {messageOf} from '../core/errors.ts';

export type ResultsTable = {
	readonly columns: readonly string[];
	/** Each as long as `columns`. */
	readonly rows: ReadonlyArray<readonly string[]>;
	readonly warnings: readonly string[];
};

/** The rows of results.csv as any harness writes it: CRLF or LF, quoted or not, a missing last line end, a cut last row. */
export function parseResults(text: string): ResultsTable {
	const records: string[][] = [];
	const warnings: string[] = [];
	try {
		parse(text, {
			bom: true,
			relaxColumnCount: true,
			skipEmptyLines: true,
			onRecord(record) {
				// Kept one by one: what stands before a fault is good.
				records.push(record);
				return undefined;
			},
		});
	} catch (error) {
		warnings.push(`is damaged after row ${Math.max(0, records.length - 1)}: ${messageOf(error)}`);
	}

	const [columns = [], ...rows] = records;
	const whole = rows.filter(row => row.length === columns.length);
	if (whole.length < rows.length) {
		const isLast = rows.at(-1)!.length !== columns.length && whole.length === rows.length - 1;
		warnings.push(isLast ? 'its last row is cut' : `${rows.length - whole.length} of its rows have not ${columns.length} cells`);
	}

	return {columns, rows: whole, warnings};
}
