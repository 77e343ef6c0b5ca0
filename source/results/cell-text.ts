import {type Json} from '../core/json.ts';
import {keyOf} from './columns.ts';
import {type ViewCell} from './table-view.ts';

/** A value for people: numbers with four significant digits. */
export function valueText(value: Json | undefined): string {
	if (value === undefined) {
		return '-';
	}

	if (value === null) {
		return 'nan';
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
export function cellText({value, deviation, count}: ViewCell): string {
	return count === undefined ? valueText(value) : `${valueText(value)}${deviation === undefined || Number.isNaN(deviation) ? '' : ` ± ${numberText(Number(deviation.toPrecision(2)))}`} (${count})`;
}
