import {cellWidth} from './cells.ts';
import {sequenceAt} from './control-sequence.ts';
import {trackStyle} from './sgr.ts';

/** A piece of a line in one style. */
export type Segment = {
	/** Without any control character. */
	readonly text: string;
	/** SGR parameters (`1;31`), empty for plain text. */
	readonly style: string;
};

export type StyledText = readonly Segment[];

const controls = String.raw`\p{Control}\u{2028}\u{2029}\u{202A}-\u{202E}\u{2066}-\u{2069}`;
const control = new RegExp(`[${controls}]`, 'u');
const plainRun = new RegExp(`[^${controls}]+`, 'uy');
const tabStop = 8;

/**
A line as a terminal may show it: colours kept as styles, every other control sequence dropped, tabs expanded, other
control characters as the pictures that Unicode has for them (`␀`). Of a progress bar, which writes its line again and
again after carriage returns, the last state is left.
*/
export function styledText(line: string): StyledText {
	if (!control.test(line)) {
		return line === '' ? [] : [{text: line, style: ''}];
	}

	return segmentsOf(lastState(line));
}

/** The text alone. */
export function plainText(line: string): string {
	return control.test(line) ? styledText(line).map(({text}) => text).join('') : line;
}

function lastState(line: string): string {
	if (!line.includes('\r')) {
		return line;
	}

	const states = line.split('\r');
	return states.findLast(state => plainSize(state) > 0) ?? '';
}

// A state of colours and cursor movements alone shows nothing.
function plainSize(state: string): number {
	return control.test(state) ? segmentsOf(state).length : state.length;
}

function segmentsOf(line: string): StyledText {
	const segments: Array<{text: string; style: string}> = [];
	const style = trackStyle();
	let cells = 0;
	const add = (text: string) => {
		const last = segments.at(-1);
		const current = style.current();
		if (last?.style === current) {
			last.text += text;
		} else {
			segments.push({text, style: current});
		}

		cells += cellWidth(text);
	};

	for (let index = 0; index < line.length;) {
		const run = matchAt(plainRun, line, index);
		if (run) {
			add(run[0]);
			index += run[0].length;
			continue;
		}

		const sequence = sequenceAt(line, index);
		if (sequence) {
			if (sequence.colour !== undefined) {
				style.apply(sequence.colour);
			}

			index = sequence.end;
			continue;
		}

		const shown = picture(line.codePointAt(index)!, cells);
		if (shown !== '') {
			add(shown);
		}

		index++;
	}

	return segments;
}

function matchAt(pattern: RegExp, line: string, index: number): RegExpExecArray | null {
	pattern.lastIndex = index;
	return pattern.exec(line);
}

/** What stands for a control character; bells, backspaces and C1 controls leave nothing. */
function picture(code: number, cells: number): string {
	if (code === 0x09) {
		return ' '.repeat(tabStop - (cells % tabStop));
	}

	if (code === 0x07 || code === 0x08 || code === 0x0D || (code >= 0x80 && code <= 0x9F)) {
		return '';
	}

	return code < 0x20 ? String.fromCodePoint(0x24_00 + code) : (code === 0x7F ? '␡' : '�');
}
