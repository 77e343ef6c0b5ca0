/*
An input, printed: the cells of results.csv, `input.json`, the line of `inputs.txt`, and flags. All of them walk the
field tree, because the schema says what a number is.
*/
import {millisecondsFlag, reprDuration, secondsFlag} from './duration.ts';
import {chosen, type Field, type Group} from './field.ts';
import {isObject} from './json.ts';
import {pythonFloat, pythonString} from './python-text.ts';

/** A nested value as columns, names joined by dots: `[['workload.size_mean', '1'], …]`. Empty groups give none. */
export function columnsOf(group: Group, value: unknown, prefix = ''): ReadonlyArray<readonly [name: string, cell: string]> {
	return group.fields.flatMap(([name, field]) => {
		const inner = isObject(value) ? value[name] : undefined;
		const nested = nestedGroup(field, inner);
		return nested ? columnsOf(nested, inner, `${prefix}${name}.`) : [[prefix + name, pythonText(field, inner)] as const];
	});
}

/** A leaf as Python's `str()`. */
export function pythonText(field: Field, value: unknown): string {
	if (typeof value === 'number') {
		return field.kind === 'integer' ? String(value) : pythonFloat(value);
	}

	return typeof value === 'string' ? value : reprOf(field, value);
}

/** A value as Python's `repr`; groups are named after their own `name`, their title, or their field (`client_options` → `ClientOptions(…)`). */
export function reprOf(field: Field, value: unknown, name = 'Input'): string {
	if (value === undefined || value === null) {
		return 'None';
	}

	const nested = nestedGroup(field, value);
	if (nested) {
		const object = isObject(value) ? value : {};
		const title = typeof object['name'] === 'string' ? object['name'] : nested.title ?? name;
		return `${title}(${nested.fields.map(([key, inner]) => `${key}=${reprOf(inner, object[key], pascalCase(key))}`).join(', ')})`;
	}

	if (Array.isArray(value)) {
		const item: Field = field.kind === 'list' ? field.item : {kind: 'any'};
		return `[${value.map(inner => reprOf(item, inner)).join(', ')}]`;
	}

	switch (typeof value) {
		case 'boolean': {
			return value ? 'True' : 'False';
		}

		case 'number': {
			return field.kind === 'integer' || (field.kind === 'any' && Number.isSafeInteger(value)) ? String(value) : pythonFloat(value);
		}

		case 'string': {
			if (field.kind === 'duration') {
				return reprDuration(value);
			}

			return field.kind === 'enum' ? `<${value}: ${pythonString(value.slice(value.indexOf('.') + 1))}>` : pythonString(value);
		}

		default: {
			return pythonString(JSON.stringify(value));
		}
	}
}

/** JSON with a 4-space indent in which a float keeps its point: `"read_fraction": 1.0`. */
export function jsonText(field: Field, value: unknown, indent = ''): string {
	const nested = nestedGroup(field, value);
	if (nested && isObject(value)) {
		const inside = `${indent}    `;
		const lines = nested.fields.filter(([key]) => value[key] !== undefined).map(([key, inner]) => `${inside}${JSON.stringify(key)}: ${jsonText(inner, value[key], inside)}`);
		return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n${indent}}`;
	}

	return typeof value === 'number' && field.kind === 'float' && Number.isFinite(value) ? pythonFloat(value) : JSON.stringify(value, undefined, 4).split('\n').join(`\n${indent}`);
}

/** Flags and what they are set to; `undefined` leaves one out. */
export type Flags = Readonly<Record<string, string | number | undefined>>;

/**
A group as flags: `leader_options.election_options.ping_period` → `--options.election.pingPeriod 60.0s`.

@param group
@param value
@param prefix What comes before the names: `options`.
*/
export function flagsOf(group: Group, value: unknown, prefix: string): Flags {
	const entries = group.fields.flatMap(([key, field]): ReadonlyArray<readonly [string, string | undefined]> => {
		const inner = isObject(value) ? value[key] : undefined;
		const nested = nestedGroup(field, inner);
		return nested
			? (Object.entries(flagsOf(nested, inner, `${prefix}.${camelCase(key.replace(/_options$/, ''))}`)) as ReadonlyArray<
				readonly [string, string]
			>)
			: [[`${prefix}.${camelCase(flagForm(field) === 'ms' ? key.replace(/_ms$/, '') : key)}`, flagText(field, inner)]];
	});
	return Object.fromEntries(entries.filter(([, flag]) => flag !== undefined));
}

/** Flags as arguments: `['--port', '10000', …]`. */
export function flagArguments(flags: Flags): readonly string[] {
	return Object.entries(flags).flatMap(([name, value]) => value === undefined ? [] : [`--${name}`, String(value)]);
}

/** A leaf as a flag's value: durations in seconds, booleans as Python prints them, unless its schema says otherwise. */
export function flagText(field: Field, value: unknown): string | undefined {
	const form = flagForm(field);
	if (form === 'none') {
		return undefined;
	}

	if (field.kind === 'duration' && typeof value === 'string') {
		return form === 'ms' ? millisecondsFlag(value) : secondsFlag(value);
	}

	if (field.kind === 'enum' && typeof value === 'string') {
		return value.slice(value.indexOf('.') + 1);
	}

	const printed = pythonText(field, value);
	if (form === 'lower') {
		return printed.toLowerCase();
	}

	return form === 'ms' ? `${printed}ms` : printed;
}

/** `proxy_leader` → `ProxyLeader`. */
export function pascalCase(name: string): string {
	return name.replaceAll(/(?:^|_)(.)/g, (_, letter: string) => letter.toUpperCase());
}

function camelCase(name: string): string {
	return name.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

function flagForm(field: Field) {
	return 'flag' in field ? field.flag : undefined;
}

function nestedGroup(field: Field, value: unknown): Group | undefined {
	if (field.kind === 'group') {
		return field;
	}

	return field.kind === 'choice' ? chosen(field, value) : undefined;
}
