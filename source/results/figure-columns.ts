import {absentFigures, type Figures, latencyFigures, throughputFigures} from '../core/figures.ts';

/** Column prefix → label, as an output's description says it: `{'': 'write'}`, `{write_output: 'write', read_output: 'read'}`. */
export type ColumnLabels = Readonly<Record<string, string>>;

/** The labels that figures of results.csv belong to, by the names of its columns alone: for a run whose suite is not at hand. */
export function columnLabels(columns: readonly string[]): ColumnLabels {
	const ending = `latency.${latencyFigures[1]}`;
	const prefixes = columns.flatMap(column => column === ending ? [''] : (column.endsWith(`.${ending}`) ? [column.slice(0, -ending.length - 1)] : []));
	return Object.fromEntries(prefixes.map(prefix => [prefix, /^(?<label>.+)_output$/.exec(prefix)?.groups?.['label'] ?? 'write']));
}

/** The figures of labels as columns of results.csv; a label that nobody recorded has -1.0 in each. */
export function figureColumns(into: ColumnLabels, labels: Readonly<Record<string, Figures>>): ReadonlyMap<string, number> {
	return new Map(Object.entries(into).flatMap(([prefix, label]) => {
		const {latency, start_throughput_1s: throughput} = labels[label] ?? onlyOne(labels) ?? absentFigures();
		const start = prefix === '' ? '' : `${prefix}.`;
		return [
			...latencyFigures.map(name => [`${start}latency.${name}`, latency[name]] as const),
			...throughputFigures.map(name => [`${start}start_throughput_1s.${name}`, throughput[name]] as const),
		];
	}));
}

// Unlabelled rows are of the label `all`, whatever the columns suggest.
function onlyOne(labels: Readonly<Record<string, Figures>>): Figures | undefined {
	return Object.keys(labels).length === 1 ? labels['all'] : undefined;
}
