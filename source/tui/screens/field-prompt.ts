/*
Typing names of fields: which are meant shows behind the prompt, and tab completes.
*/

const maxShown = 5;

/** The fields that what is typed last could be, where it is none yet. */
export function fieldNote(text: string, names: readonly string[]): string {
	const word = lastWord(text);
	if (word === '' || names.includes(word)) {
		return '';
	}

	const found = candidates(word, names);
	const more = found.length > maxShown ? ` and ${found.length - maxShown} more` : '';
	return found.slice(0, maxShown).join(', ') + more;
}

/** The text with its last word completed as far as the fields agree, or to the first of them. */
export function completeField(text: string, names: readonly string[]): string {
	const word = lastWord(text);
	const found = word === '' ? [] : candidates(word, names);
	const [first] = found;
	if (first === undefined) {
		return text;
	}

	const common = found.reduce((prefix, name) => {
		const differs = [...prefix].findIndex((character, place) => name[place] !== character);
		return differs === -1 ? prefix : prefix.slice(0, differs);
	}, first);
	return text.slice(0, text.length - word.length) + (common.startsWith(word) && common !== word ? common : first);
}

function lastWord(text: string): string {
	return /[\w.]*$/.exec(text)![0];
}

// Those that begin so; else those that have it somewhere.
function candidates(word: string, names: readonly string[]): readonly string[] {
	const beginning = names.filter(name => name.startsWith(word));
	return beginning.length > 0 ? beginning : names.filter(name => name.toLowerCase().includes(word.toLowerCase()));
}
