import {cellText} from '../results/cell-text.ts';
import {type ResultSet} from '../results/result-set.ts';
import {type TableOptions, tableView} from '../results/table-view.ts';
import {printable} from './printable.ts';
import {type TableColumn, textTable} from './text-table.ts';
import {paintStatus, type TextStyle} from './text-style.ts';

const maxLeft = 5;
const maxMembers = 3;

/** The lines of a table of results; none where there is no row. */
export function resultTableText(set: ResultSet, options: TableOptions, style: TextStyle): readonly string[] {
	const {columns, rows} = tableView(set, options);
	if (rows.length === 0) {
		return set.rows.length === 0 ? [] : ['No benchmark fits.'];
	}

	const isPlain = rows.every(({status}) => status === 'finished');
	const shown: readonly TableColumn[] = [
		{title: '', align: 'left', cells: rows.map(({members}) => idText(members.map(row => set.rows[row]!.id)))},
		...(isPlain ? [] : [{title: 'status', align: 'left' as const, cells: rows.map(({status}) => status), paint: (cell: string) => paintStatus(cell, cell.trim(), style)}]),
		...columns.map(({name, kind, isNumeric}, place): TableColumn => ({
			title: name,
			align: isNumeric ? 'right' : 'left',
			isOptional: kind === 'input',
			cells: rows.map(({cells}) => cellText(cells[place]!)),
		})),
	];
	const {lines, left} = textTable(shown, style.width);
	const more = left.length > maxLeft ? ` and ${left.length - maxLeft} more` : '';
	return left.length === 0 ? lines : [...lines, '', `Too wide for here: ${left.slice(0, maxLeft).map(name => printable(name)).join(', ')}${more} (results.csv has them).`];
}

function idText(ids: readonly string[]): string {
	return ids.length <= maxMembers ? ids.join(' ') : `${ids[0]!} … ${ids.at(-1)!}`;
}
