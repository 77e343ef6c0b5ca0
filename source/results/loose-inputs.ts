import {type CsvIndex} from './csv-index.ts';
import {isFigure} from './result-set.ts';

// Enough rows to tell a measured figure from a parameter.
const looked = 200;

/**
The columns of a loose results file that are inputs. Figures have well-known names, and inputs come before them; a file of
another harness has no such names, so there every column that holds a number with a fraction is a figure.
*/
export function looseInputs({columns, length, cell}: CsvIndex): ReadonlySet<string> {
	const first = columns.findIndex(name => isFigure(name));
	if (first !== -1) {
		return new Set(columns.slice(0, first));
	}

	const sample = [...Array.from({length: Math.min(length, looked)}).keys()];
	return new Set(columns.filter((_, place) => sample.every(row => !/^-?\d*\.\d+(?:e[+-]?\d+)?$/i.test(cell(row, place)))));
}
