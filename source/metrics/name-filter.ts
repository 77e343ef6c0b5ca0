import {isNameByte} from './exposition-bytes.ts';

/** Says of the name at a place of some text whether somebody asked for it. */
export type NameFilter = (bytes: Uint8Array, start: number) => boolean;

/**
A filter of sample names; one that ends in `*` stands for all that begin so. It compares bytes where they lie, and reads
no further than the first that differs: most lines of a scrape are somebody else's.

@example
nameFilter(['up', 'unreplicated_*']);
*/
export function nameFilter(names: Iterable<string>): NameFilter {
	const wanted = [...names].map(name => ({bytes: new TextEncoder().encode(name.replace(/\*$/, '')), isPrefix: name.endsWith('*')}));
	return (bytes, start) => {
		for (const {bytes: name, isPrefix} of wanted) {
			const {length} = name;
			let index = 0;
			while (index < length && bytes[start + index] === name[index]) {
				index++;
			}

			if (index === length && (isPrefix || isNameByte[bytes[start + length] ?? 0] !== 1)) {
				return true;
			}
		}

		return false;
	};
}
