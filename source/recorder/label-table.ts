/* eslint-disable no-bitwise -- hashes are 32 bits */
type Spelling = {
	readonly id: number;
	readonly bytes: Uint8Array;
	/** The first four bytes, or fewer, as a word, and which of the word's they are. */
	readonly word: number;
	readonly mask: number;
};

/** What no row spells. */
const nothing = spell(Uint8Array.of(10), -1);

/** Labels, numbered in order of appearance, and the bytes that spell them at the ends of rows. */
export class LabelTable {
	readonly names: string[] = [];
	/** Where the bytes of the last match end. */
	end = 0;
	readonly #ids = new Map<string, number>();
	readonly #spellings = new Map<number, Spelling[]>();
	/** Of the two labels that matched last. */
	#last = nothing;
	#other = nothing;

	/** The number of a label. */
	idOf(name: string): number {
		let id = this.#ids.get(name);
		if (id === undefined) {
			id = this.names.length;
			this.#ids.set(name, id);
			this.names.push(name);
		}

		return id;
	}

	/** Remembers how a label is spelt at the end of a row. */
	learn(bytes: Uint8Array, id: number): void {
		const spelling = spell(Uint8Array.from(bytes), id);
		const hash = hashLine(bytes, 0, bytes.length);
		this.#spellings.set(hash, [...this.#spellings.get(hash) ?? [], spelling]);
	}

	/**
	The number of the label that the bytes from `at` to the line end (LF or CRLF) spell, and its `end`; −1 where they spell
	none that was learnt. There must be a line end, and three bytes behind it.
	*/
	match(bytes: Uint8Array, view: DataView, at: number): number {
		const word = view.getInt32(at, true);
		// Most rows have one of the two labels that were seen last.
		const last = this.#last;
		if ((word & last.mask) === last.word && isSpelt(bytes, at, last)) {
			this.end = at + last.bytes.length;
			return last.id;
		}

		const other = this.#other;
		if ((word & other.mask) === other.word && isSpelt(bytes, at, other)) {
			this.#last = other;
			this.#other = last;
			this.end = at + other.bytes.length;
			return other.id;
		}

		let end = at;
		while (!isLine(bytes, end)) {
			end++;
		}

		for (const spelling of this.#spellings.get(hashLine(bytes, at, end)) ?? []) {
			if (spelling.bytes.length === end - at && (word & spelling.mask) === spelling.word && isSpelt(bytes, at, spelling)) {
				this.#last = spelling;
				this.#other = last;
				this.end = end;
				return spelling.id;
			}
		}

		return -1;
	}
}

function isLine(bytes: Uint8Array, at: number): boolean {
	return bytes[at] === 10 || (bytes[at] === 13 && bytes[at + 1] === 10);
}

function spell(bytes: Uint8Array, id: number): Spelling {
	const mask = bytes.length >= 4 ? -1 : (1 << (bytes.length * 8)) - 1;
	const padded = new DataView(new ArrayBuffer(4));
	for (let index = 0; index < Math.min(4, bytes.length); index++) {
		padded.setUint8(index, bytes[index]!);
	}

	return {id, bytes, mask, word: padded.getInt32(0, true)};
}

/** Whether the bytes spell a label whose first four are there. */
function isSpelt(bytes: Uint8Array, at: number, spelling: Spelling): boolean {
	const wanted = spelling.bytes;
	let index = 4;
	while (index < wanted.length && bytes[at + index] === wanted[index]) {
		index++;
	}

	return index >= wanted.length && isLine(bytes, at + wanted.length);
}

function hashLine(bytes: Uint8Array, from: number, to: number): number {
	let hash = 0;
	for (let index = from; index < to; index++) {
		hash = Math.imul(hash, 31) ^ bytes[index]!;
	}

	return hash;
}
