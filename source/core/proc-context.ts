import {BenchError} from './errors.ts';
import {type Group, groupOf} from './field.ts';
import {type JsonObject} from './json.ts';
import {durationFlags} from './measuring.ts';
import {type ProcSituation} from './plan-proc.ts';
import {flagsOf} from './print-input.ts';
import {type ProcContext, singular} from './protocol.ts';

/** What a description's functions get for one proc. */
export function procContext({protocol, name, role, input, id, at, self, around}: ProcSituation): ProcContext<JsonObject> {
	const one = role.label ?? singular(name);
	const label = [one, ...self.path].join('_');
	const fields = groupOf(protocol.input);
	const levels = role.index ?? (self.path.length > 1 ? ['group_index', 'index'] : ['index']);
	const isScraped = input['monitored'] === true || (around.scrape ?? false);
	const group = (field: string, prefix: string) => flagsOf(subgroup(fields, field), input[field], prefix);
	const directory = around.directoryOn(self.host, id);
	return {
		input,
		at,
		one(wanted) {
			const [first] = at(wanted);
			if (!first) {
				throw new BenchError('suite', `Protocol ${protocol.name}: one("${wanted}") for ${label}, but benchmark ${id} has no ${wanted}.`);
			}

			return first;
		},
		self,
		label,
		file: file => file === undefined ? directory : `${directory}/${file}`,
		address: {host: self.ip, port: self.port},
		who: Object.fromEntries(self.path.map((place, level) => [levels[level] ?? `index_${level}`, place])),
		log: {log_level: textOr(input[`${one}_log_level`] ?? input['log_level'])},
		prometheus: {prometheus_host: self.ip, prometheus_port: isScraped ? self.port + 1 : -1},
		options: group(`${one}_options` in input ? `${one}_options` : one, 'options'),
		measuring: durationFlags(fields, input),
		group,
	};
}

function subgroup(fields: Group, name: string): Group {
	const field = fields.fields.find(([key]) => key === name)?.[1];
	return field?.kind === 'group' ? field : {kind: 'group', fields: []};
}

function textOr(value: unknown): string | undefined {
	return typeof value === 'string' ? value : undefined;
}
