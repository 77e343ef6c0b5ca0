/*
The signs that the screens draw with, and what stands for them where the terminal has no Unicode.
*/
export type Glyphs = {
	readonly done: string;
	readonly failed: string;
	readonly running: string;
	readonly waiting: string;
	readonly skipped: string;
	readonly cursor: string;
	readonly live: string;
	readonly ended: string;
	/** On an axis of time: a JVM stood still. */
	readonly pause: string;
	readonly horizontal: string;
	readonly vertical: string;
	readonly ellipsis: string;
	readonly separator: string;
	readonly up: string;
	readonly down: string;
	readonly enter: string;
	/** Rows folded into one, and that one opened. */
	readonly folded: string;
	readonly opened: string;
	readonly times: string;
	/** Eighths of a cell from low to high. */
	readonly bars: readonly string[];
	/** Eighths of a cell from left to right, the last a full cell; and an empty one. */
	readonly blocks: readonly string[];
	readonly track: string;
	/** What asciichart draws with, in its order. */
	readonly chart: readonly [string, string, string, string, string, string, string, string, string, string];
	readonly unicode: boolean;
};

const unicodeGlyphs: Glyphs = {
	done: '✔', failed: '✘', running: '▶', waiting: '·', skipped: '-', cursor: '▌', live: '●', ended: '○', pause: '◆',
	horizontal: '─', vertical: '│', ellipsis: '…', separator: '·', up: '↑', down: '↓', enter: '↵', folded: '▸', opened: '▾', times: '×',
	bars: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
	blocks: ['▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'],
	track: '─',
	chart: ['┼', '┤', '╶', '╴', '─', '╰', '╭', '╮', '╯', '│'],
	unicode: true,
};

const asciiGlyphs: Glyphs = {
	done: '+', failed: 'x', running: '>', waiting: '.', skipped: '-', cursor: '>', live: '*', ended: 'o', pause: '!',
	horizontal: '-', vertical: '|', ellipsis: '~', separator: '-', up: '^', down: 'v', enter: 'enter', folded: '>', opened: 'v', times: 'x',
	bars: ['_', '.', ':', '-', '=', '+', '*', '#'],
	blocks: ['#'],
	track: '-',
	chart: ['+', '|', '-', '-', '-', '`', '.', '.', '\'', '|'],
	unicode: false,
};

/** The signs for a terminal; a locale that is not UTF-8 gets ASCII alone. */
export function glyphsFor(env: Readonly<Record<string, string | undefined>>): Glyphs {
	const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find(value => (value ?? '') !== '') ?? '';
	return /utf-?8/i.test(locale) && env['TERM'] !== 'linux' ? unicodeGlyphs : asciiGlyphs;
}

export {unicodeGlyphs, asciiGlyphs};
