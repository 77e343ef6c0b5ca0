import {type WriteStream} from 'node:tty';

const defaultWidth = 80;

/** Columns of the terminal behind a stream; 80 where there is none. */
export function widthOf(stream: NodeJS.WritableStream): number {
	const {columns} = stream as Partial<WriteStream>;
	return columns !== undefined && columns > 0 ? columns : defaultWidth;
}

/** True where the stream is a terminal with colours; Node's own answer knows NO_COLOR and TERM. */
export function hasColours(stream: NodeJS.WritableStream): boolean {
	const terminal = stream as Partial<WriteStream>;
	return terminal.isTTY === true && terminal.hasColors?.() === true;
}
