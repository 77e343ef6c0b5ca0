/** A text in lines of at most a width, broken between words. */
export function wrapWords(text: string, width: number): readonly string[] {
	const lines = [''];
	for (const word of text.split(' ')) {
		const last = lines.at(-1)!;
		if (last !== '' && last.length + word.length + 1 > width) {
			lines.push(word);
		} else {
			lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
		}
	}

	return lines;
}
