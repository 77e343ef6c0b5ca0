/*
What a person looks for in a log, as typed after `/` or `&`:

	refused       the text, in capitals or not; a capital in it makes capitals matter
	p9\d = \d+    a regular expression, matched within each line; what is none is text
	!refused      the lines without it
	refused +2    after `&`: with two lines of context
*/
import {isAscii} from 'node:buffer';
import {setFlagsFromString} from 'node:v8';

export type Query = {
	/** As typed. */
	readonly typed: string;
	/**
	Calls back with an offset inside each line of the chunk that matches, in order. A chunk holds whole lines, save where
	a line is longer than a chunk.
	*/
	readonly scan: (chunk: Buffer, onMatch: (offset: number) => void) => void;
	/** The places in a line to be marked, as `[from, to)`; none for an inverse query. */
	readonly marks: (text: string) => ReadonlyArray<readonly [number, number]>;
	/** Whether a single line matches. */
	readonly test: (line: string) => boolean;
	readonly isInverse: boolean;
};

type Finder = Pick<Query, 'scan' | 'marks' | 'test'>;

const newline = 10;

/** Parses what was typed. */
export function parseQuery(typed: string): Query {
	const isInverse = typed.startsWith('!') && typed.length > 1;
	const text = isInverse ? typed.slice(1) : typed;
	const finder = findAny(text);
	return {typed, isInverse, ...(isInverse ? inverted(finder) : finder)};
}

/** Parses a filter: a query, and how many lines around each match are wanted. */
export function parseFilter(typed: string): {readonly query: Query; readonly context: number} {
	const parts = /^(?<text>.*\S) +\+(?<context>\d{1,3})$/.exec(typed)?.groups;
	return {query: parseQuery(parts?.['text'] ?? typed), context: Number(parts?.['context'] ?? 0)};
}

/** A query for lines that match a regular expression; its flags are made `g` and `m`. */
export function patternQuery(typed: string, pattern: RegExp): Query {
	allowFallback();
	return {typed, isInverse: false, ...findPattern(new RegExp(pattern.source, pattern.flags.includes('i') ? 'gim' : 'gm'))};
}

function findAny(text: string): Finder {
	if (/[$()*+.?[\\\]^{|}]/.test(text)) {
		allowFallback();
		try {
			return findPattern(new RegExp(text, 'gm'), !/\p{Uppercase_Letter}/u.test(text.replaceAll(/\\[a-z]/gi, '')));
		} catch {
			// It is text.
		}
	}

	return findText(text);
}

function findText(text: string): Finder {
	const pattern = new RegExp(escaped(text), text === text.toLowerCase() ? 'gi' : 'g');
	const isExact = text !== text.toLowerCase() || text.toLowerCase() === text.toUpperCase();
	return isExact ? {...findPattern(pattern), scan: scanBytes(Buffer.from(text))} : findPattern(pattern);
}

/** The fastest that there is: whole chunks are searched natively, and the rest of a line that matched is passed over. */
function scanBytes(needle: Buffer): Finder['scan'] {
	return (chunk, onMatch) => {
		if (needle.length === 0) {
			return;
		}

		for (let index = chunk.indexOf(needle); index !== -1;) {
			onMatch(index);
			const end = chunk.indexOf(newline, index + needle.length);
			index = end === -1 ? -1 : chunk.indexOf(needle, end + 1);
		}
	};
}

/**
Finds by a regular expression.

@param pattern
@param isFolded Whether capitals do not matter, for a pattern without any: lines are put into small letters. The flag `i`
would do, but for the engine in linear time, which does not know it.
*/
function findPattern(pattern: RegExp, isFolded = false): Finder {
	const folded = (text: string) => (isFolded ? text.toLowerCase() : text);
	const single = new RegExp(pattern.source, pattern.flags.replace('g', ''));
	return {
		scan(chunk, onMatch) {
			// Latin-1 is decoded fastest, and for ASCII text it is the text.
			const text = folded(chunk.toString(isAscii(chunk) ? 'latin1' : 'utf8'));
			scanText({text, chunk, pattern, single}, onMatch);
		},
		test: line => single.test(folded(line)),
		marks(line) {
			pattern.lastIndex = 0;
			return [...folded(line).matchAll(pattern)].filter(([match]) => match !== '').map(match => [match.index, match.index + match[0].length]);
		},
	};
}

type Scanned = {readonly text: string; readonly chunk: Buffer; readonly pattern: RegExp; readonly single: RegExp};

/**
Finds lines in a text of many. A match that goes over a line's end (`[^x]` takes newlines too) is none; but every line that
does match begins a match of the whole, so that trying the lines where matches begin finds them all.
*/
function scanText({text, chunk, pattern, single}: Scanned, onMatch: (offset: number) => void): void {
	const isSame = text.length === chunk.length;
	const lines = pairLines(text, chunk);
	pattern.lastIndex = 0;
	for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
		const start = match.index === 0 ? 0 : text.lastIndexOf('\n', match.index - 1) + 1;
		const found = text.indexOf('\n', match.index);
		const end = found === -1 ? text.length : found;
		const isWithin = match.index + match[0].length <= end;
		// The end of the text is no line.
		if (match.index < text.length && (isWithin || single.test(text.slice(start, end)))) {
			onMatch(isSame ? match.index : lines.bytesAt(start));
		}

		if (found === -1) {
			break;
		}

		pattern.lastIndex = end + 1;
	}
}

/** Where characters are not bytes, lines are counted on both sides. */
function pairLines(text: string, chunk: Buffer): {readonly bytesAt: (start: number) => number} {
	let textLine = 0;
	let byteLine = 0;
	return {
		bytesAt(start) {
			while (textLine < start) {
				textLine = text.indexOf('\n', textLine) + 1;
				byteLine = chunk.indexOf(newline, byteLine) + 1;
			}

			return byteLine;
		},
	};
}

/** Every line that the finder does not find. */
function inverted(finder: Finder): Finder {
	return {
		marks: () => [],
		test: line => !finder.test(line),
		scan(chunk, onMatch) {
			let line = 0;
			const passTo = (limit: number) => {
				while (line < limit) {
					onMatch(line);
					line = nextLine(chunk, line);
				}
			};

			finder.scan(chunk, offset => {
				passTo(offset === 0 ? 0 : chunk.lastIndexOf(newline, offset - 1) + 1);
				line = nextLine(chunk, offset);
			});
			passTo(chunk.length);
		},
	};
}

function nextLine(chunk: Buffer, offset: number): number {
	const end = chunk.indexOf(newline, offset);
	return end === -1 ? chunk.length : end + 1;
}

function escaped(text: string): string {
	return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
}

let isFallbackAllowed = false;

/** A pattern that backtracks without end (`(a+)+$`) would stop the screen: V8 then changes to an engine in linear time. */
function allowFallback(): void {
	if (!isFallbackAllowed) {
		isFallbackAllowed = true;
		setFlagsFromString('--enable-experimental-regexp-engine-on-excessive-backtracks');
	}
}
