/*
What an input is made of. An input is wire data: its keys and values are those on disk. Whether `1` prints as `1` or as
`1.0`, and how a value becomes a flag, is a matter of its schema, so the builders here mark their zod schemas and
`fieldOf` reads the marks back as a small tree that the printers walk.
*/
import {z} from 'zod';
import {parseDuration, printDuration} from './duration.ts';

/** How a field's value becomes a flag, where that is not what its kind says. */
type FlagForm =
	| 'ms' // A duration in milliseconds (`600000.0ms`), or a whole number of them (`600ms`; the `_ms` of its name goes).
	| 'lower' // `true` and `false`, not `True` and `False`.
	| 'none'; // No flag.

export type Field =
	| Group
	| {readonly kind: 'integer' | 'float' | 'text' | 'boolean' | 'duration' | 'enum' | 'any'; readonly flag?: FlagForm | undefined}
	| {readonly kind: 'log-level'; readonly flag?: undefined}
	| {readonly kind: 'list'; readonly item: Field}
	| {readonly kind: 'choice'; readonly by: string; readonly options: Readonly<Record<string, Group>>};

/** Its title is what `inputs.txt` calls it, where that does not follow from its field's name. */
export type Group = {readonly kind: 'group'; readonly fields: ReadonlyArray<readonly [name: string, field: Field]>; readonly title?: string | undefined};

type Mark = {readonly kind?: 'duration' | 'enum' | 'log-level'; readonly flag?: FlagForm; readonly title?: string};

export const logLevels = ['debug', 'info', 'warn', 'error', 'fatal'] as const;
export type LogLevel = typeof logLevels[number];

/** A whole number, printed bare. */
export function integer() {
	return z.int();
}

/** A whole number of at least one. */
export function count() {
	return z.int().min(1);
}

/** A whole number of at least zero. */
export function countOrZero() {
	return z.int().min(0);
}

/** A number that prints with a point: `1.0`. */
export function float() {
	return z.number();
}

/** A number between 0 and 1 that prints with a point. */
export function fraction() {
	return z.number().min(0).max(1);
}

export function text() {
	return z.string();
}

export function boolean(flag?: 'lower' | 'none') {
	return z.boolean().meta({flag} satisfies {flag: FlagForm | undefined});
}

/** A whole number of milliseconds, for fields whose names end in `_ms`. */
export function milliseconds() {
	return z.int().min(0).meta({flag: 'ms'} satisfies Mark);
}

/** A duration, none less than zero: written `2s`, `200ms` or `0:00:02`, kept as Python prints it. */
export function duration(flag?: 'ms') {
	return z.string().transform((written, context) => {
		try {
			const microseconds = parseDuration(written);
			if (microseconds >= 0) {
				return printDuration(microseconds);
			}

			context.addIssue({code: 'custom', message: `${written} is less than 0`});
			return z.NEVER;
		} catch (error) {
			context.addIssue({code: 'custom', message: error instanceof Error ? error.message : String(error)});
			return z.NEVER;
		}
	}).meta({kind: 'duration', flag} satisfies {kind: 'duration'; flag: FlagForm | undefined});
}

/** One of several names, kept as Python prints an enum: `DistributionScheme.HASH`. Written with or without its type. */
export function enumeration(name: string, values: readonly string[]) {
	const shown = values.join(', ');
	return z.string().transform((written, context) => {
		const bare = written.startsWith(`${name}.`) ? written.slice(name.length + 1) : written;
		if (!values.includes(bare)) {
			context.addIssue({code: 'custom', message: `"${written}" is none of ${shown}`});
			return z.NEVER;
		}

		return `${name}.${bare}`;
	}).meta({kind: 'enum'} satisfies Mark);
}

/** One of several words, printed as it is. Its type is `string`, so that a suite's literals need no `as const`. */
export function oneOf(values: readonly string[]) {
	return z.string().refine(word => values.includes(word), {error: ({input}) => `"${String(input)}" is none of ${values.join(', ')}`});
}

/** One of the JAR's log levels; where a suite leaves it out, it is what `--log-level` says. */
export function logLevel() {
	return oneOf(logLevels).meta({kind: 'log-level'} satisfies Mark);
}

/** Several fields under one name: `leader_options`. In `inputs.txt` it is `LeaderOptions(…)`, or what its title says. */
export function group<Shape extends z.ZodRawShape>(shape: Shape, title?: string) {
	const schema = z.strictObject(shape);
	return title === undefined ? schema : schema.meta({title});
}

/** The tree of fields behind a schema. */
export function fieldOf(schema: z.core.$ZodType): Field {
	const mark = markOf(schema);
	if (mark.kind === 'log-level') {
		return {kind: 'log-level'};
	}

	if (mark.kind) {
		return {kind: mark.kind, flag: mark.flag};
	}

	const {def} = (schema as z.core.$ZodTypes)._zod;
	switch (def.type) {
		case 'default':
		case 'prefault':
		case 'optional':
		case 'nullable':
		case 'readonly':
		case 'nonoptional':
		case 'catch': {
			return fieldOf(def.innerType);
		}

		case 'pipe': {
			return fieldOf(def.in);
		}

		case 'number': {
			return {kind: schema instanceof z.ZodNumber && schema.format === 'safeint' ? 'integer' : 'float', flag: mark.flag};
		}

		case 'string':
		case 'enum':
		case 'literal': {
			return {kind: 'text', flag: mark.flag};
		}

		case 'boolean': {
			return {kind: 'boolean', flag: mark.flag};
		}

		case 'array': {
			return {kind: 'list', item: fieldOf(def.element)};
		}

		case 'object': {
			return {kind: 'group', title: mark.title, fields: Object.entries(def.shape).map(([name, inner]) => [name, fieldOf(inner)])};
		}

		case 'union': {
			return choiceOf(def);
		}

		default: {
			return {kind: 'any'};
		}
	}
}

/** Schemas are asked for their fields once for every input of a sweep. */
const groups = new WeakMap<z.core.$ZodType, Group>();

/** The fields of an input's schema. */
export function groupOf(schema: z.core.$ZodType): Group {
	const known = groups.get(schema);
	if (known) {
		return known;
	}

	const field = fieldOf(schema);
	const made: Group = field.kind === 'group' ? field : {kind: 'group', fields: []};
	groups.set(schema, made);
	return made;
}

/** The group that a value of a choice has: the one whose discriminator it carries. */
export function chosen(field: Extract<Field, {kind: 'choice'}>, value: unknown): Group {
	const name = typeof value === 'object' && value !== null ? Reflect.get(value, field.by) as unknown : undefined;
	return (typeof name === 'string' ? field.options[name] : undefined) ?? {kind: 'group', fields: []};
}

function choiceOf(def: z.core.$ZodUnionDef): Field {
	const by = 'discriminator' in def && typeof def.discriminator === 'string' ? def.discriminator : undefined;
	if (by === undefined) {
		return {kind: 'any'};
	}

	const options = def.options.flatMap(option => {
		const {def: optionDef} = (option as z.core.$ZodTypes)._zod;
		if (optionDef.type !== 'object') {
			return [];
		}

		const name = (optionDef.shape[by] as z.core.$ZodTypes | undefined)?._zod.def;
		const values = name?.type === 'literal' ? name.values : [];
		return values.map(value => [String(value), groupOf(option)] as const);
	});
	return {kind: 'choice', by, options: Object.fromEntries(options)};
}

function markOf(schema: z.core.$ZodType): Mark {
	return z.globalRegistry.get(schema) as Mark | undefined ?? {};
}
