/**
A list in a random order that a seed decides: Fisher and Yates' shuffle over mulberry32, seeded by FNV-1a of the text.
*/
export function seededShuffle<Item>(items: readonly Item[], seed: string): readonly Item[] {
	const random = seededRandom(seed);
	const shuffled = [...items];
	for (let index = shuffled.length - 1; index > 0; index--) {
		const other = Math.floor(random() * (index + 1));
		const item = shuffled[index]!;
		shuffled[index] = shuffled[other]!;
		shuffled[other] = item;
	}

	return shuffled;
}

/* eslint-disable no-bitwise, operator-assignment, unicorn/operator-assignment, unicorn/prefer-math-trunc -- Both are defined by operations on 32-bit words. */
/** A source of numbers from 0 to 1 that a text decides. */
export function seededRandom(seed: string): () => number {
	let state = 0x81_1C_9D_C5;
	for (const letter of seed) {
		state = Math.imul(state ^ letter.codePointAt(0)!, 0x01_00_01_93);
	}

	return () => {
		state = (state + 0x6D_2B_79_F5) | 0;
		let word = Math.imul(state ^ (state >>> 15), 1 | state);
		word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
		return ((word ^ (word >>> 14)) >>> 0) / 4_294_967_296;
	};
}
/* eslint-enable no-bitwise, operator-assignment, unicorn/operator-assignment, unicorn/prefer-math-trunc */
