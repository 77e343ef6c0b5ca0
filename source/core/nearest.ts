const listed = 8;

/** The name nearest to a misspelt one by edit distance, or undefined where none is near. */
export function nearestName(word: string, names: readonly string[]): string | undefined {
	const ranked = names.map(name => ({name, distance: editDistance(word.toLowerCase(), name.toLowerCase())})).toSorted((one, other) => one.distance - other.distance);
	const [best] = ranked;
	return best && best.distance <= Math.max(2, Math.floor(word.length / 2)) ? best.name : undefined;
}

/** `; did you mean X?`, or nothing. */
export function suggestion(word: string, names: readonly string[]): string {
	const name = nearestName(word, names);
	return name === undefined ? '' : `; did you mean ${name}?`;
}

/** How a sentence about a name that is none goes on and ends: `; did you mean X?`, or what there is. */
export function orWhatThereIs(word: string, names: readonly string[]): string {
	const more = names.length - listed;
	const there = `${names.slice(0, listed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
	return suggestion(word, names) || (names.length === 0 ? '.' : `; there ${names.length === 1 ? 'is' : 'are'} ${there}.`);
}

// Levenshtein's distance, one row at a time.
function editDistance(one: string, other: string): number {
	let row = Array.from({length: other.length + 1}, (_, index) => index);
	for (const [index, letter] of [...one].entries()) {
		const next = [index + 1];
		for (let column = 1; column <= other.length; column++) {
			next.push(Math.min(row[column]! + 1, next[column - 1]! + 1, row[column - 1]! + (letter === other[column - 1] ? 0 : 1)));
		}

		row = next;
	}

	return row.at(-1)!;
}
