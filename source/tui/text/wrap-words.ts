/** A text in lines of at most a width, broken between words; what goes on of an indented line is indented further. */
export function wrapWords(text: string, width: number): readonly string[] {
	const indent = /^ */.exec(text)![0];
	const [first = '', ...words] = text.slice(indent.length).split(' ');
	const hanging = indent === '' ? '' : `${indent}  `;
	const lines = [indent + first];
	for (const word of words) {
		const last = lines.at(-1)!;
		if (last.trim() !== '' && last.length + word.length + 1 > width) {
			lines.push(hanging + word);
		} else {
			lines[lines.length - 1] = last.trim() === '' ? last + word : `${last} ${word}`;
		}
	}

	return lines;
}
