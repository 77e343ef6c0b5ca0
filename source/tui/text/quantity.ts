/*
Numbers as a screen shows them: three digits that matter, and the unit in the same place.
*/

/** Whether there is a number to draw. */
export function isFigure(value: number | undefined): value is number {
	return value !== undefined && Number.isFinite(value);
}

/** `0.062`, `14.7k`, `1.20M`: three significant digits, thousands by letter. */
export function shortNumber(value: number): string {
	if (!Number.isFinite(value)) {
		return Number.isNaN(value) ? 'nan' : (value > 0 ? '∞' : '-∞');
	}

	const [scale, letter] = scaleOf(Math.abs(value));
	const scaled = value / scale;
	return letter === '' && Number.isSafeInteger(scaled) ? String(scaled) : scaled.toFixed(digitsOf(Math.abs(scaled))) + letter;
}

// The next letter starts where rounding would give a fourth digit; plain numbers go up to 9999.
function scaleOf(size: number): readonly [scale: number, letter: string] {
	if (size >= 999.5e6) {
		return [1e9, 'G'];
	}

	if (size >= 999.5e3) {
		return [1e6, 'M'];
	}

	return size >= 9999.5 ? [1e3, 'k'] : [1, ''];
}

function digitsOf(size: number): number {
	if (size >= 100) {
		return 0;
	}

	return size >= 10 ? 1 : (size >= 0.1 || size === 0 ? 2 : 3);
}

/** Milliseconds in the unit that suits them: `0.34 µs`, `0.062 ms`, `1200 ms`, `12.3 s`. */
export function shortMs(ms: number): string {
	const size = Math.abs(ms);
	if (size < 0.01 && size > 0) {
		return `${shortNumber(ms * 1000)} µs`;
	}

	return size >= 10_000 ? `${shortNumber(ms / 1000)} s` : `${shortNumber(ms)} ms`;
}

/** Milliseconds as `0:03`, `12:07`, `1:02:03`. */
export function shortTime(ms: number): string {
	const seconds = Math.floor(Math.max(0, ms) / 1000);
	const two = (value: number) => String(value).padStart(2, '0');
	return seconds < 3600 ? `${Math.floor(seconds / 60)}:${two(seconds % 60)}` : `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
