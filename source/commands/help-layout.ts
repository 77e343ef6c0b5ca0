/*
How help texts lie on a terminal: what is explained at the left, the explanation beside it, both within a width.
*/

/** Rows of what is explained and its explanation, aligned. Where the left needs the room, its explanation begins on the next line. */
export function alignedRows(rows: ReadonlyArray<readonly [left: string, right: string]>, width: number): string {
	const gap = 2;
	const rightWidth = 47;
	const widest = Math.max(0, ...rows.map(([left]) => left.length)) + gap;
	const column = Math.min(widest, Math.max(20, width - rightWidth));
	return rows.flatMap(([left, right]) => {
		const [first = '', ...more] = brokenText(right, width - column);
		const indented = (line: string) => ' '.repeat(column) + line;
		return left.length + gap > column ? [left, ...[first, ...more].map(line => indented(line))] : [left.padEnd(column) + first, ...more.map(line => indented(line))];
	}).map(line => `${line}\n`).join('');
}

/** Lines of at most a width, broken between words; the text's own lines stay. */
export function brokenText(text: string, width: number): readonly string[] {
	return text.split('\n').flatMap(paragraph => {
		const lines = [''];
		for (const word of paragraph.split(' ')) {
			const last = lines.at(-1)!;
			if (last !== '' && last.length + 1 + word.length > width) {
				lines.push(word);
			} else {
				lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
			}
		}

		return lines;
	});
}
