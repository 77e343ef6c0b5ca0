import {type Group, groupOf} from './field.ts';
import {latencyFigures, throughputFigures} from './figures.ts';
import {type OutputSpec} from './output.ts';

/** The shape of an output: which figures, under which names. */
export function outputGroup(spec: OutputSpec<never>): Group {
	if (spec.kind === 'files') {
		return groupOf(spec.schema);
	}

	const figures = (names: readonly string[]): Group => ({kind: 'group', fields: names.map(name => [name, {kind: 'float'}] as const)});
	const one: Group = {kind: 'group', fields: [['latency', figures(latencyFigures)], ['start_throughput_1s', figures(throughputFigures)]]};
	const prefixes = Object.keys(spec.into);
	return prefixes.includes('') ? one : {kind: 'group', fields: prefixes.map(prefix => [prefix, one] as const)};
}

/** The names of the columns of results.csv: the input's leaves, then the output's. */
export function columnNames(group: Group, prefix = ''): readonly string[] {
	return group.fields.flatMap(([name, field]) => {
		switch (field.kind) {
			case 'group': {
				return columnNames(field, `${prefix}${name}.`);
			}

			case 'choice': {
				// Inputs of one suite may differ in their workload: every column that one of them could have.
				return [...new Set(Object.values(field.options).flatMap(option => columnNames(option, `${prefix}${name}.`)))];
			}

			default: {
				return [prefix + name];
			}
		}
	});
}
