/** A row of a CSV file, quoted as RFC 4180 asks, with its line end. */
export function csvRow(cells: readonly string[]): string {
	// A lone empty cell would be an empty line, which readers skip.
	return cells.length === 1 && cells[0] === '' ? '""\n' : `${cells.map(quoted).join(',')}\n`;
}

function quoted(cell: string): string {
	return /[\n\r",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
