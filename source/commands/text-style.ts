import {type WriteStream} from 'node:tty';

/** How text is laid out for a stream. */
export type TextStyle = {
	/** Columns of the terminal. */
	readonly width: number;
	readonly isColoured: boolean;
};

const defaultWidth = 80;

export function textStyle(stdout: NodeJS.WritableStream): TextStyle {
	const terminal = stdout as Partial<WriteStream>;
	const {columns, isTTY} = terminal;
	return {
		width: columns !== undefined && columns > 0 ? columns : defaultWidth,
		// Node's own answer knows NO_COLOR and TERM.
		isColoured: isTTY === true && terminal.hasColors?.() === true,
	};
}

const colours: Readonly<Record<string, number>> = {finished: 32, running: 36, failed: 31, interrupted: 33};

/** A text in the colour of a status. The word itself says it; the colour only helps the eye. */
export function paintStatus(text: string, status: string, {isColoured}: TextStyle): string {
	const colour = colours[status];
	return isColoured && colour !== undefined ? `\u{1B}[${colour}m${text}\u{1B}[39m` : text;
}
