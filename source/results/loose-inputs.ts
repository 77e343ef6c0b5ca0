import {isFigure} from './result-set.ts';

// Enough rows to tell a measured figure from a parameter.
const looked = 200;

/**
The columns of a loose results file that are inputs. Figures have well-known names, and inputs come before them; a file of
another harness has no such names, so there every column that holds a number with a fraction is a figure.
*/
export function looseInputs(columns: readonly string[], rows: ReadonlyArray<readonly string[]>): ReadonlySet<string> {
	const first = columns.findIndex(name => isFigure(name));
	if (first !== -1) {
		return new Set(columns.slice(0, first));
	}

	const sample = rows.slice(0, looked);
	return new Set(columns.filter((_, place) => sample.every(row => !/^-?\d*\.\d+(?:e[+-]?\d+)?$/i.test(row[place]!))));
}
