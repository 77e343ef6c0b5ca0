/*
Log-linear buckets of whole numbers from 0 to 2^53: every power of two is cut into 2^bits buckets of equal width, so
that a bucket is never wider than 1/2^bits of the values in it, and numbers below 2^(bits+1) have a bucket of their own.
*/
/* eslint-disable no-bitwise -- buckets are the leading bits of a number */

/** The number of the bucket that holds a whole number, 0 or more. */
export function bucketOf(value: number, bits: number): number {
	if (value < 4_294_967_296) {
		const exponent = 31 - Math.clz32(value);
		const shift = exponent - bits;
		return shift <= 0 ? value : (shift << bits) + (value >>> shift);
	}

	const shift = 63 - Math.clz32(value / 4_294_967_296) - bits;
	return (shift * (2 ** bits)) + Math.floor(value / (2 ** shift));
}

/** The least number in a bucket. */
export function bucketStart(bucket: number, bits: number): number {
	const perPower = 2 ** bits;
	const shift = Math.max(0, Math.floor(bucket / perPower) - 1);
	return (bucket - (shift * perPower)) * (2 ** shift);
}

/** How many whole numbers a bucket holds. */
export function bucketWidth(bucket: number, bits: number): number {
	return 2 ** Math.max(0, Math.floor(bucket / (2 ** bits)) - 1);
}
