/** Whole numbers below a limit, the same ones for the same seed (Lehmer's generator). */
export function createRandom(seed: number): (limit: number) => number {
	const modulus = 2_147_483_647;
	let state = seed;
	return limit => {
		state = state * 48_271 % modulus;
		return Math.floor(state / modulus * limit);
	};
}
