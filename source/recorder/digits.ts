/* eslint-disable no-bitwise -- characters are bytes of a word */

/** The three digits of each number below 1000, as the lower 24 bits of a word. */
const threeDigits = Uint32Array.from({length: 1000}, (_, value) => (48 + Math.floor(value / 100)) * 65_536 + (48 + (Math.floor(value / 10) % 10)) * 256 + 48 + (value % 10));

/** Writes a whole number from 0 to 2^53; where its text ends. The bytes after it may change, up to three. */
export function writeWhole(view: DataView, at: number, value: number): number {
	if (value < 1000) {
		const digits = value < 10 ? 1 : (value < 100 ? 2 : 3);
		view.setUint32(at, threeDigits[value]! << (8 * (4 - digits)));
		return at + digits;
	}

	const thousands = Math.floor(value / 1000);
	const end = writeWhole(view, at, thousands);
	view.setUint32(end, threeDigits[value - (thousands * 1000)]! << 8);
	return end + 3;
}

/** Writes a number below 1000 as three digits; where they end. The byte after them changes. */
export function writeThree(view: DataView, at: number, value: number): number {
	view.setUint32(at, threeDigits[value]! << 8);
	return at + 3;
}

/** Writes a number below 1,000,000 as six digits; where they end. Two bytes after them change. */
export function writeSix(view: DataView, at: number, value: number): number {
	const thousands = Math.floor(value / 1000);
	const low = threeDigits[value - (thousands * 1000)]!;
	view.setUint32(at, (threeDigits[thousands]! << 8) | (low >>> 16));
	view.setUint32(at + 4, low << 16);
	return at + 6;
}
