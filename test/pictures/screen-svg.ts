/*
A terminal's buffer as an SVG: a rectangle for each background, a text for each run of cells in one style. Cells are placed
one by one, so that no font can move them; spaces do not collapse, for they are no-break ones.
*/
import type xterm from '@xterm/headless';

const cellWidth = 8.4;
const cellHeight = 18;
const padding = 12;
const background = '#11151a';
const foreground = '#d8dee6';
const basic = ['#11151a', '#ff7b47', '#2fbf93', '#e69f00', '#56b4e9', '#d98bb8', '#7fd1d1', '#d8dee6', '#767676', '#ff7b47', '#2fbf93', '#f0e442', '#8ab8ff', '#d98bb8', '#7fd1d1', '#ffffff'];

type Style = {readonly color: string; readonly fill: string | undefined; readonly isBold: boolean; readonly isUnderlined: boolean};

/** The screen as a picture with this title. */
export function screenSvg(buffer: xterm.IBuffer, columns: number, rows: number, title: string): string {
	const width = columns * cellWidth + 2 * padding;
	const height = rows * cellHeight + 2 * padding;
	const body = Array.from({length: rows}, (_, row) => rowSvg(buffer, row, columns)).join('');
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">
<title>${escaped(title)}</title>
<rect width="100%" height="100%" rx="8" fill="${background}"/>
<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="14" fill="${foreground}">
${body}</g>
</svg>
`;
}

function rowSvg(buffer: xterm.IBuffer, row: number, columns: number): string {
	const line = buffer.getLine(buffer.viewportY + row);
	if (!line) {
		return '';
	}

	const runs: Array<{readonly from: number; readonly style: Style; text: string; cells: number}> = [];
	for (let column = 0; column < columns; column++) {
		const cell = line.getCell(column);
		if (!cell || cell.getWidth() === 0) {
			continue;
		}

		const style = styleOf(cell);
		const last = runs.at(-1);
		const characters = cell.getChars() || ' ';
		if (last && sameStyle(last.style, style) && last.from + last.cells === column) {
			last.text += characters;
			last.cells += cell.getWidth();
		} else {
			runs.push({from: column, style, text: characters, cells: cell.getWidth()});
		}
	}

	return runs.map(({from, style, text, cells}) => {
		const x = padding + from * cellWidth;
		const y = padding + row * cellHeight;
		const back = style.fill === undefined ? '' : `<rect x="${round(x)}" y="${y}" width="${round(cells * cellWidth)}" height="${cellHeight}" fill="${style.fill}"/>\n`;
		const trimmed = text.trim();
		if (trimmed === '') {
			return back;
		}

		// Some draw spaces at the beginning of a text nowhere, and all that follows in their place.
		const before = text.length - text.trimStart().length;
		const places = [...trimmed].map((_, place) => round(x + (before + place) * cellWidth)).join(' ');
		const attributes = `${style.color === foreground ? '' : ` fill="${style.color}"`}${style.isBold ? ' font-weight="bold"' : ''}${style.isUnderlined ? ' text-decoration="underline"' : ''}`;
		return `${back}<text x="${places}" y="${y + 13}"${attributes}>${escaped(trimmed).replaceAll(' ', '\u{A0}')}</text>\n`;
	}).join('');
}

function styleOf(cell: xterm.IBufferCell): Style {
	const front = cell.isFgDefault() ? foreground : colorOf(cell.getFgColor(), cell.isFgRGB());
	const back = cell.isBgDefault() ? undefined : colorOf(cell.getBgColor(), cell.isBgRGB());
	const isInverse = cell.isInverse() !== 0;
	return {color: isInverse ? back ?? background : front, fill: isInverse ? front : back, isBold: cell.isBold() !== 0, isUnderlined: cell.isUnderline() !== 0};
}

function sameStyle(one: Style, other: Style): boolean {
	return one.color === other.color && one.fill === other.fill && one.isBold === other.isBold && one.isUnderlined === other.isUnderlined;
}

function colorOf(color: number, isRgb: boolean): string {
	if (isRgb) {
		return `#${color.toString(16).padStart(6, '0')}`;
	}

	if (color < 16) {
		return basic[color]!;
	}

	const levels = [0, 95, 135, 175, 215, 255];
	const [red, green, blue] =
		color >= 232
			? [color, color, color].map(() => 8 + (color - 232) * 10)
			: [Math.floor((color - 16) / 36), Math.floor((color - 16) / 6) % 6, (color - 16) % 6].map(level => levels[level]!);
	return `#${[red!, green!, blue!].map(part => part.toString(16).padStart(2, '0')).join('')}`;
}

function round(value: number): string {
	return String(Math.round(value * 10) / 10);
}

function escaped(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
