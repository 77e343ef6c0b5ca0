/*
CSV text into rows of cells, as RFC 4180 and its many dialects have it: LF or CRLF, quoted or not, a byte order mark, empty
lines. A line without a quote is split at its commas, which is why a results.csv of two million cells opens at once; general
parsers look at every character.
*/

export type CsvText = {
	readonly rows: ReadonlyArray<readonly string[]>;
	/** Whether a quoted cell is never closed, or goes on after its end: rows from there on are not read. */
	readonly damage: string | undefined;
};

/** All rows of a CSV text, the header among them; rows may differ in length. */
export function parseCsv(text: string): CsvText {
	const rows: Array<readonly string[]> = [];
	let at = text.startsWith('\u{FEFF}') ? 1 : 0;
	while (at < text.length) {
		let end = lineEnd(text, at);
		let line = text.slice(at, end);
		if (line.includes('"')) {
			// A quoted cell may hold line ends: the row goes on until its quotes are even.
			while (countQuotes(line) % 2 === 1 && end < text.length) {
				end = lineEnd(text, end + 1);
				line = text.slice(at, end);
			}

			const cells = quotedCells(trimmedEnd(line));
			if (cells === undefined) {
				return {rows, damage: 'a quote is not closed, or text follows it'};
			}

			rows.push(cells);
		} else {
			const whole = trimmedEnd(line);
			if (whole !== '') {
				rows.push(whole.split(','));
			}
		}

		at = end + 1;
	}

	return {rows, damage: undefined};
}

function lineEnd(text: string, from: number): number {
	const end = text.indexOf('\n', from);
	return end === -1 ? text.length : end;
}

function trimmedEnd(line: string): string {
	return line.endsWith('\r') ? line.slice(0, -1) : line;
}

function countQuotes(text: string): number {
	let count = 0;
	for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) {
		count++;
	}

	return count;
}

// Undefined where a quote is not closed, or something else than a comma follows it.
function quotedCells(line: string): readonly string[] | undefined {
	const cells: string[] = [];
	let at = 0;
	for (;;) {
		if (line[at] === '"') {
			const end = closingQuote(line, at + 1);
			if (end === -1 || (end + 1 < line.length && line[end + 1] !== ',')) {
				return undefined;
			}

			cells.push(line.slice(at + 1, end).replaceAll('""', '"'));
			at = end + 1;
		} else {
			const comma = line.indexOf(',', at);
			const end = comma === -1 ? line.length : comma;
			cells.push(line.slice(at, end));
			at = end;
		}

		if (at >= line.length) {
			return cells;
		}

		at++;
		if (at === line.length) {
			return [...cells, ''];
		}
	}
}

function closingQuote(line: string, from: number): number {
	for (let at = line.indexOf('"', from); at !== -1; at = line.indexOf('"', at + 2)) {
		if (line[at + 1] !== '"') {
			return at;
		}
	}

	return -1;
}
