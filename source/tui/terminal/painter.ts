/*
What is drawn goes straight to the cells of the terminal. Ink lays the screen out and reads the keys; its own drawing takes
every cell of the screen apart for each frame, which costs 10 to 16 ms at 200×50, keeps thousands of past frames in a cache,
and holds a key's answer back behind two throttles. So what `Rows` shows is to Ink an empty box, and is painted here, at once
and where Ink has put the box: only the pieces that have changed.
*/
import {type DOMElement} from 'ink';

/** A terminal as far as painting goes. */
export type Canvas = {
	/** Returns false where the terminal does not keep up. */
	write(text: string): boolean;
	/** How many rows the terminal has; undefined where it does not say. */
	rows?(): number | undefined;
	/** Calls back once the terminal has taken all that was written. */
	onDrain(callback: () => void): void;
};

/** A line with its styles, and how many empty cells follow it. */
export type PaintedLine = {readonly text: string; readonly blank: number};

type Piece = PaintedLine & {readonly column: number; readonly width: number};
type Box = {readonly width: number; readonly lines: readonly PaintedLine[]};

const beginFrame = '\u{1B}[?2026h';
const endFrame = '\u{1B}[?2026l';
// The cursor stays where Ink believes it to be; a line that is too long ends at the edge.
const begin = `${beginFrame}\u{1B}7\u{1B}[?7l`;
const end = `\u{1B}[?7h\u{1B}8${endFrame}`;

export class Painter {
	readonly #canvas: Canvas;
	readonly #boxes = new Map<DOMElement, Box>();
	#shown = new Map<number, readonly Piece[]>();
	#isStale = true;
	#isDue = false;
	#isPaused = false;
	#isWaiting = false;

	constructor(canvas: Canvas) {
		this.#canvas = canvas;
	}

	/** Has lines, each exactly this wide, drawn in a box from now on. */
	place(element: DOMElement, width: number, lines: readonly PaintedLine[]): void {
		this.#boxes.set(element, {width, lines});
		this.#schedule();
	}

	remove(element: DOMElement): void {
		this.#boxes.delete(element);
		this.#schedule();
	}

	/** What the terminal shows is not known any more: all is drawn again. */
	invalidate(): void {
		this.#isStale = true;
		this.#schedule();
	}

	/** The terminal was emptied, for a new size perhaps: rows below its edge are not to be erased, for that would hit its last one. */
	wiped(): void {
		this.#shown.clear();
		this.invalidate();
	}

	/** The terminal is somebody else's until `resume`. */
	pause(): void {
		this.#isPaused = true;
	}

	resume(): void {
		this.#isPaused = false;
		this.wiped();
	}

	// After what React does at once, before anything else: a key is answered in the turn in which it came.
	#schedule(): void {
		if (this.#isDue) {
			return;
		}

		this.#isDue = true;
		queueMicrotask(() => {
			this.#isDue = false;
			this.#paint();
		});
	}

	#paint(): void {
		if (this.#isPaused || this.#isWaiting) {
			return;
		}

		const rows = this.#pieces();
		const changes: string[] = [];
		for (const [row, pieces] of rows) {
			changes.push(...changedPieces(row, pieces, this.#isStale ? undefined : this.#shown.get(row)));
		}

		for (const row of this.#shown.keys()) {
			if (!rows.has(row)) {
				changes.push(`\u{1B}[${row + 1};1H\u{1B}[2K`);
			}
		}

		this.#shown = rows;
		this.#isStale = false;
		if (changes.length > 0 && !this.#canvas.write(begin + changes.join('') + end)) {
			this.#wait();
		}
	}

	// A terminal that does not keep up gets no frame before it has taken the last: what it misses is never written.
	#wait(): void {
		this.#isWaiting = true;
		this.#canvas.onDrain(() => {
			this.#isWaiting = false;
			this.#schedule();
		});
	}

	#pieces(): Map<number, readonly Piece[]> {
		const rows = new Map<number, Piece[]>();
		// A frame for the size before: what is written below the edge would hit the last row.
		const most = this.#canvas.rows?.() ?? Infinity;
		for (const [element, {width, lines}] of this.#boxes) {
			const {column, row} = positionOf(element);
			for (const [index, {text, blank}] of lines.slice(0, Math.max(0, most - row)).entries()) {
				const piece = {column, width, text, blank};
				const pieces = rows.get(row + index);
				if (pieces) {
					pieces.push(piece);
				} else {
					rows.set(row + index, [piece]);
				}
			}
		}

		for (const pieces of rows.values()) {
			pieces.sort((one, other) => one.column - other.column);
		}

		return rows;
	}
}

// Pieces alone where the row is divided as before; else all of the row, on an empty one. Empty cells are erased and not
// filled with spaces: whoever selects text there gets none at its end.
function changedPieces(row: number, pieces: readonly Piece[], shown: readonly Piece[] | undefined): readonly string[] {
	const isSame = shown?.length === pieces.length && pieces.every((piece, place) => piece.column === shown[place]!.column && piece.width === shown[place]!.width);
	const to = (column: number) => `\u{1B}[${row + 1};${column + 1}H`;
	return isSame
		? pieces.filter(({text}, place) => text !== shown[place]!.text).map(({column, text, blank}) => to(column) + text + (blank > 0 ? `\u{1B}[${blank}X` : ''))
		: [`${to(0)}\u{1B}[2K`, ...pieces.filter(({text}) => text !== '').map(({column, text}) => to(column) + text)];
}

function positionOf(element: DOMElement): {readonly column: number; readonly row: number} {
	let [column, row] = [0, 0];
	for (let node: DOMElement | undefined = element; node; node = node.parentNode) {
		column += node.yogaNode?.getComputedLeft() ?? 0;
		row += node.yogaNode?.getComputedTop() ?? 0;
	}

	return {column, row};
}
