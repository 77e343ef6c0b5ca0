import {supportingRows} from '../core/statistics.ts';
import {type LabelFigures} from '../recorder/request.ts';
import {printable} from './printable.ts';
import {type TableColumn, textTable} from './text-table.ts';

/** A figure's line: its names among the latency, weighted and throughput figures, and how many rows support it. */
type Line = {
	readonly title: string;
	readonly latency: number;
	readonly weighted?: number | undefined;
	readonly throughput?: number;
	readonly rowsBeyond?: number;
	readonly throughputRowsBeyond?: number;
};

const unsupportedMark = '*';

/** The figures of one label as an aligned table, under a line that says what they are made of. */
export function figuresText(label: string, figures: LabelFigures, width: number): string {
	const lines = linesOf(figures);
	const isGrouped = figures.weighted_latency !== undefined;
	const columns: readonly TableColumn[] = [
		{title: '', align: 'left', cells: lines.map(({title}) => title)},
		{title: 'latency ms', align: 'right', cells: marked(lines.map(({latency, rowsBeyond}) => ({value: latency, rowsBeyond})))},
		...(isGrouped ? [{title: 'by request', align: 'right' as const, cells: lines.map(({weighted}) => cellText(weighted))}] : []),
		{title: 'rows beyond', align: 'right', cells: lines.map(({rowsBeyond}) => rowsBeyond === undefined ? '' : String(rowsBeyond))},
		{title: 'start_throughput_1s', align: 'right', cells: marked(lines.map(({throughput, throughputRowsBeyond}) => ({value: throughput, rowsBeyond: throughputRowsBeyond})))},
		{title: 'rows beyond', align: 'right', cells: lines.map(({throughputRowsBeyond}) => throughputRowsBeyond === undefined ? '' : String(throughputRowsBeyond))},
	];
	const table = textTable(columns, width).lines;
	const isMarked = lines.some(({rowsBeyond, throughput, throughputRowsBeyond}) => isUnsupported(rowsBeyond) || (isUnsupported(throughputRowsBeyond) && Number.isFinite(throughput)));
	return [headline(label, figures), '', ...table, ...(isMarked ? ['', `${unsupportedMark} unsupported: fewer than ${supportingRows} rows lie beyond it.`] : [])].map(line => `${line}\n`).join('');
}

/** A figure in six significant digits, but none loses whole units; `-` where it is not a number. */
export function figureText(value: number): string {
	if (!Number.isFinite(value)) {
		return '-';
	}

	return Math.abs(value) >= 1e6 ? value.toFixed(0) : String(Number(value.toPrecision(6)));
}

function headline(label: string, {rows, count, rates}: LabelFigures): string {
	const rowText = `${rows} ${rows === 1 ? 'row' : 'rows'}`;
	const requests = rows === count ? rowText : `${count} requests in ${rowText}`;
	const between = Number.isFinite(rates.offered) ? `; offered ${figureText(rates.offered)}/s, completed ${figureText(rates.completed)}/s over ${figureText(rates.span_s)} s` : '';
	return `${printable(label)}: ${requests}${between}`;
}

function linesOf({latency, tail, rows_beyond: beyond, weighted_latency: weighted, start_throughput_1s: throughput, throughput_rows_beyond: throughputBeyond}: LabelFigures): readonly Line[] {
	const quantile = (name: 'p90' | 'p95' | 'p99'): Line => ({
		title: name, latency: latency[`${name}_ms`], weighted: weighted?.[`${name}_ms`], throughput: throughput[name], rowsBeyond: beyond[name], throughputRowsBeyond: throughputBeyond[name],
	});
	return [
		{title: 'mean', latency: latency.mean_ms, weighted: weighted?.mean_ms, throughput: throughput.mean},
		{title: 'std', latency: tail.std_ms},
		{title: 'min', latency: latency.min_ms, throughput: throughput.min},
		{title: 'median', latency: latency.median_ms, weighted: weighted?.median_ms, throughput: throughput.median},
		quantile('p90'),
		quantile('p95'),
		quantile('p99'),
		{title: 'p99.9', latency: tail.p999_ms, weighted: weighted?.p999_ms, rowsBeyond: beyond.p999},
		{title: 'p99.99', latency: tail.p9999_ms, weighted: weighted?.p9999_ms, rowsBeyond: beyond.p9999},
		{title: 'max', latency: latency.max_ms, throughput: throughput.max},
	];
}

/** Cells of which some have a mark; the others get a space in its place, so that the numbers stay aligned. */
function marked(figures: ReadonlyArray<{readonly value: number | undefined; readonly rowsBeyond: number | undefined}>): readonly string[] {
	const pad = figures.some(({rowsBeyond}) => isUnsupported(rowsBeyond)) ? ' ' : '';
	return figures.map(({value, rowsBeyond}) => cellText(value) + (isUnsupported(rowsBeyond) && Number.isFinite(value) ? unsupportedMark : pad));
}

function isUnsupported(rowsBeyond: number | undefined): boolean {
	return rowsBeyond !== undefined && rowsBeyond < supportingRows;
}

function cellText(value: number | undefined): string {
	return value === undefined ? '' : figureText(value);
}
