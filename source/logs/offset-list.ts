/** Offsets in rising order, as many as a log of gigabytes may have, in few bytes. */
export type OffsetList = {
	readonly length: number;
	at(index: number): number | undefined;
	push(offset: number): void;
	/** Drops those from an offset on. */
	truncate(offset: number): void;
	/** How many lie before an offset: the index of the first that does not. */
	countBefore(offset: number): number;
};

export function offsetList(): OffsetList {
	let offsets = new Float64Array(1024);
	let length = 0;
	const countBefore = (offset: number) => {
		let [low, high] = [0, length];
		while (low < high) {
			const middle = Math.trunc((low + high) / 2);
			if (offsets[middle]! < offset) {
				low = middle + 1;
			} else {
				high = middle;
			}
		}

		return low;
	};

	return {
		get length() {
			return length;
		},
		at: index => (index >= 0 && index < length ? offsets[index] : undefined),
		push(offset) {
			if (length === offsets.length) {
				const larger = new Float64Array(length * 2);
				larger.set(offsets);
				offsets = larger;
			}

			offsets[length] = offset;
			length++;
		},
		truncate(offset) {
			length = countBefore(offset);
		},
		countBefore,
	};
}
