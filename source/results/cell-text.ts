import {type Json} from '../core/json.ts';
import {keyOf} from './columns.ts';
import {type ViewCell} from './table-view.ts';

/** A value for people: numbers with four significant digits. Null is an input that is not set, but a figure that is none. */
export function valueText(value: Json | undefined, kind: 'input' | 'output' = 'input'): string {
	if (value === undefined) {
		return '-';
	}

	if (value === null) {
		return kind === 'input' ? 'none' : 'nan';
	}

	return typeof value === 'number' ? numberText(value) : keyOf(value);
}

/** Four significant digits, but no figure loses whole units. */
export function numberText(value: number): string {
	if (Number.isSafeInteger(value) || !Number.isFinite(value)) {
		return Number.isNaN(value) ? 'nan' : String(value);
	}

	return Math.abs(value) >= 1000 ? value.toFixed(0) : String(Number(value.toPrecision(4)));
}

/** `0.0582 ± 0.0012 (3)` for repetitions, else the value. */
export function cellText({value, deviation, count, isInput = false}: ViewCell): string {
	const text = valueText(value, isInput ? 'input' : 'output');
	return count === undefined ? text : `${text}${deviation === undefined || Number.isNaN(deviation) ? '' : ` ± ${numberText(Number(deviation.toPrecision(2)))}`} (${count})`;
}
