import {Box} from 'ink';
import {lineOf} from '../text/line.ts';
import {Rows} from './rows.tsx';

/** The smallest terminal on which the screens are of use. */
const smallest = {columns: 60, rows: 15} as const;

/** Whether a terminal is too small for the screens. */
export function isTooSmall(columns: number, rows: number): boolean {
	return columns < smallest.columns || rows < smallest.rows;
}

/** A clear word where the terminal is too small. */
export function TooSmall({columns, rows}: {readonly columns: number; readonly rows: number}) {
	const words = [`This terminal has ${columns}×${rows};`, `benchdeck needs ${smallest.columns}×${smallest.rows}.`, 'Make it larger, or q to quit.'];
	return (
		<Box width={columns} height={rows} alignItems='center' justifyContent='center' overflow='hidden'>
			<Rows lines={words.slice(0, rows).map(word => lineOf(word, 'warn'))} width={Math.min(columns, 30)}/>
		</Box>
	);
}
