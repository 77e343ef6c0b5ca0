import {csvRow} from '../../directory/csv-text.ts';
import {type PlotData} from './plot-data.ts';

/** The data of a plot, a row a point, as other programs plot them. */
export function tidyCsv({kind, x, y, series}: PlotData): string {
	const columns =
		kind === 'lt'
			? ['line', 'clients', x.field, y.field, `${x.field}_deviation`, `${y.field}_deviation`, 'count', 'knee']
			: ['line', x.field, y.field, `${y.field}_deviation`, 'count'];
	const text = (value: number | string | undefined) => value === undefined ? '' : String(value);
	const rows = series.flatMap(({name, points, knee}) => points.map((point, place) => {
		const deviation = point.high === undefined ? undefined : point.high - point.y;
		return kind === 'lt'
			? [name, text(point.clients), text(point.x), text(point.y), text(point.xDeviation), text(deviation), text(point.count), String(place === knee)]
			: [name, text(point.x), text(point.y), text(deviation), text(point.count)];
	}));
	return [columns, ...rows].map(row => csvRow(row)).join('');
}
