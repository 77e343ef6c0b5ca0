/*
The rows of results.csv: appended as benchmarks finish; a resumed run's stand in the order of the directories at its end.
*/
import {type ResultsFile} from '../directory/results-file.ts';
import {type SuiteDirectory} from '../directory/suite-directory.ts';

export type ResultRows = {
	readonly columns: readonly string[];
	/** The row is on the disk when this resolves. */
	add(index: number, cells: readonly string[]): Promise<void>;
	/** Puts the rows in order where a resumed run left them otherwise, and closes the file. */
	close(): Promise<void>;
};

/** Rows of a new run, or with those that a resumed one has already, by index. */
export async function openResultRows(directory: SuiteDirectory, columns: readonly string[], earlier?: ReadonlyMap<number, readonly string[]>): Promise<ResultRows> {
	const rows = new Map(earlier);
	const inOrder = () => [...rows].toSorted(([one], [other]) => one - other).map(([, cells]) => cells);
	const file: ResultsFile = await (earlier ? directory.results(columns, inOrder()) : directory.results(columns));
	let lastIndex = Math.max(0, ...rows.keys());
	let isOrdered = true;
	return {
		columns,
		async add(index, cells) {
			await file.append(cells);
			rows.set(index, cells);
			isOrdered &&= index > lastIndex;
			lastIndex = index;
		},
		async close() {
			await file.close();
			if (earlier && !isOrdered) {
				await directory.rewriteResults(columns, inOrder());
			}
		},
	};
}
