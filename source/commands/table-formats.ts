/*
A table of texts for terminals, Markdown and LaTeX.
*/
import {printable} from './printable.ts';
import {type TableColumn, textTable} from './text-table.ts';

export type TextColumn = {readonly title: string; readonly align: 'left' | 'right'; readonly cells: readonly string[]; readonly isWhole?: boolean};
export type TableFormat = 'text' | 'markdown' | 'latex';

/** The lines of a table; at least one column. */
export function formatTable(columns: readonly TextColumn[], format: TableFormat, width: number): readonly string[] {
	switch (format) {
		case 'text': {
			return textTable(columns satisfies readonly TableColumn[], width).lines;
		}

		case 'markdown': {
			const row = (cells: readonly string[]) => `| ${cells.map(cell => printable(cell).replaceAll('|', String.raw`\|`)).join(' | ')} |`;
			return [row(columns.map(({title}) => title)), `|${columns.map(({align}) => align === 'right' ? ' ---: |' : ' --- |').join('')}`, ...rowsOf(columns).map(cells => row(cells))];
		}

		case 'latex': {
			const row = (cells: readonly string[]) => String.raw`${cells.map(cell => latexText(cell)).join(' & ')} \\`;
			return [
				String.raw`\begin{tabular}{${columns.map(({align}) => align === 'right' ? 'r' : 'l').join('')}}`,
				String.raw`\hline`,
				row(columns.map(({title}) => title)),
				String.raw`\hline`,
				...rowsOf(columns).map(cells => row(cells)),
				String.raw`\hline`,
				String.raw`\end{tabular}`,
			];
		}
	}
}

const latexSpecial: Readonly<Record<string, string>> = {
	'\\': String.raw`\textbackslash{}`, '~': String.raw`\textasciitilde{}`, '^': String.raw`\textasciicircum{}`, '±': String.raw`$\pm$`, '–': '--', '<': '$<$', '>': '$>$', '|': '$|$',
};

/** A text as LaTeX shows it. */
export function latexText(text: string): string {
	return printable(text).replaceAll(/[#$%&<>\\^_{|}~±–]/g, character => latexSpecial[character] ?? `\\${character}`);
}

function rowsOf(columns: readonly TextColumn[]): ReadonlyArray<readonly string[]> {
	const height = Math.max(...columns.map(({cells}) => cells.length));
	return Array.from({length: height}, (_, row) => columns.map(({cells}) => cells[row] ?? ''));
}
