/*
Where things are: rectangles for a terminal's size and a number of processes. Nothing here draws.
*/

export type Grid = {
	readonly columns: number;
	readonly rows: number;
	/** Width of each column, without the rules between them. */
	readonly widths: readonly number[];
	/** Height of each row of panes, titles included. */
	readonly heights: readonly number[];
	/** How many processes it shows. */
	readonly shown: number;
};

/** What a pane must have to be worth its place: a title and four lines, and half of a usual terminal's width. */
const smallestPane = {width: 38, height: 5} as const;
const mostColumns = 4;

// Where not all find room, those that are shown are worth reading.
const comfortablePane = {width: 42, height: 9} as const;

/** Panes for a number of processes: all of them where they fit, with columns no narrower than lines of a log want. */
export function gridFor(procs: number, width: number, height: number): Grid {
	const wanted = Math.max(1, procs);
	const whole = gridOf(wanted, width, height, smallestPane);
	return whole.shown >= wanted ? whole : gridOf(wanted, width, height, comfortablePane);
}

function gridOf(wanted: number, width: number, height: number, least: {readonly width: number; readonly height: number}): Grid {
	const fittingColumns = Math.max(1, Math.min(mostColumns, Math.floor((width + 1) / (least.width + 1))));
	const fittingRows = Math.max(1, Math.floor(height / least.height));
	// As few columns as make room for all: a wide pane cuts fewer lines.
	let columns = 1;
	while (columns < fittingColumns && Math.ceil(wanted / columns) > Math.max(1, Math.floor(fittingRows / 2))) {
		columns++;
	}

	const rows = Math.min(fittingRows, Math.ceil(wanted / columns));
	columns = Math.min(columns, Math.ceil(wanted / rows));
	return {
		columns, rows, shown: Math.min(wanted, columns * rows),
		widths: parts(width - (columns - 1), columns),
		heights: parts(height, rows),
	};
}

/** A length in whole parts, the first ones longer by what is left. */
export function parts(length: number, count: number): readonly number[] {
	const base = Math.floor(length / count);
	return Array.from({length: count}, (_, place) => base + (place < length - (base * count) ? 1 : 0));
}

export type ConsoleLayout = {
	readonly list: {readonly width: number; readonly height: number};
	readonly panes: {readonly width: number; readonly height: number};
	readonly strip: number;
};

/** How wide the list of benchmarks may be, beside the panes. */
export function mostListWidth(columns: number): number {
	return Math.max(0, Math.min(52, Math.floor(columns * 0.4), columns - smallestPane.width - 1));
}

/** The console's regions between its header and its footer; a width of 0 leaves the list of benchmarks out. */
export function consoleLayout({
	columns,
	rows,
	benchmarks,
	listWidth,
	charts,
}: {
	readonly columns: number;
	readonly rows: number;
	readonly benchmarks: number;
	readonly listWidth: number;
	readonly charts: number;
}): ConsoleLayout {
	const strip = rows < 18 ? Math.min(charts, 2) : charts;
	const height = rows - 2 - strip;
	const width = benchmarks <= 1 && columns < 120 ? 0 : Math.min(listWidth, mostListWidth(columns));
	return {list: {width, height}, panes: {width: width === 0 ? columns : columns - width - 1, height}, strip};
}
