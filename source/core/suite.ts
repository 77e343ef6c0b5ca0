/*
A suite is a protocol, a list of inputs, and the line that sums a benchmark up. Inputs are written as the sweep that a
person would write; the fields that follow from flags (`monitored`, `profiled`, log levels) may be left out.
*/
import {z} from 'zod';
import {columnNames, outputGroup} from './columns.ts';
import {BenchError} from './errors.ts';
import {type Group, groupOf, type LogLevel} from './field.ts';
import {foreignValue, schemaProblem} from './input-schema.ts';
import {issueText} from './issue-text.ts';
import {isObject, type JsonObject} from './json.ts';
import {nearestName} from './nearest.ts';
import {outputProblem} from './output.ts';
import {type Protocol} from './protocol.ts';
import {callSuite} from './suite-call.ts';

/** More of them no one waits for, and no memory holds. */
const mostBenchmarks = 1_000_000;

/** What a suite's inputs may depend on: the flags. */
export type SuiteArgs<OwnFlags = unknown> = {
	readonly logLevel: LogLevel;
	readonly monitor: boolean;
	readonly profile: boolean;
	/** The suite's own flags. */
	readonly flags: OwnFlags;
};

/**
One part of a summary: a dotted path of input or output under its own name, or several under names of one's own, each a
path or a function.
*/
type SummaryEntry<Input> = string | Readonly<Record<string, string | SummaryValue<Input>>>;
type SummaryValue<Input> = {value(context: {readonly input: Input; readonly output: JsonObject}): string | number | boolean}['value'];

type SuiteDescription<Schema extends z.ZodObject, FlagShape extends z.ZodRawShape = z.ZodRawShape> = {
	readonly protocol: Protocol<Schema>;
	/** What the directory is called; by default `<protocol>_<suite>`. */
	readonly name?: string;
	/** One line for `list` and `run SUITE --help`. */
	readonly description?: string;
	/** The suite's own flags (zod schemas with `.describe(…)` and a default). */
	readonly flags?: FlagShape;
	inputs(args: SuiteArgs<z.output<z.ZodObject<FlagShape>>>): ReadonlyArray<InputOf<Schema>>;
	readonly summary: ReadonlyArray<SummaryEntry<z.output<Schema>>>;
	/** Roles whose procs want hosts of their own, where they are not those of the protocol; none for a suite that only tries things out. */
	readonly apart?: readonly string[];
	/** Significant digits of the summary's figures, by default 6; where some have others, by a part of their path: `{start_throughput_1s: 8}`. */
	readonly digits?: number | Readonly<Record<string, number>>;
};

/** An input as a suite writes it: as its schema takes it, without what follows from flags. */
type InputOf<Schema extends z.ZodObject> = FlagFields<z.input<Schema>>;
type FlagField<Key> = Key extends 'monitored' | 'profiled' | 'log_level' | `${string}_log_level` ? Key : never;
type FlagFields<Input> = Omit<Input, FlagField<keyof Input>> & Partial<Pick<Input, FlagField<keyof Input>>>;

export type Suite = SuiteDescription<z.ZodObject>;

/** A suite, its types checked; what a suite file exports as its default. */
export function suite<Schema extends z.ZodObject, FlagShape extends z.ZodRawShape = Record<never, never>>(description: SuiteDescription<Schema, FlagShape>): SuiteDescription<Schema, FlagShape> {
	return description;
}

/** A sweep run several times over: what differs between the rounds is noise. */
export function repeated<Input>(times: number, sweep: readonly Input[]): readonly Input[] {
	return Array.from({length: times}, () => sweep).flat();
}

/**
What a suite file exported, checked.

@param exported
@param file What messages call it.
@throws BenchError `suite`.
*/
export function parseSuite(exported: unknown, file: string): Suite {
	const problem = callSuite(`Suite file ${file}: reading it`, () => suiteProblem(exported));
	if (problem) {
		throw new BenchError('suite', `Suite file ${file}: ${problem}; export default suite({protocol, inputs, summary}).`);
	}

	return exported as Suite;
}

/**
The inputs of a suite, complete and checked.

@param settings Dotted fields that are set in all of them, as text or values: `{'workload.size_mean': '100'}`.
@param suite
@param args
@param options
@param options.title
@param options.settings
@param options.repeat
@throws BenchError naming suite, benchmark and field.
*/
export function suiteInputs(of: Suite, args: SuiteArgs, options: {readonly title: string; readonly settings?: Readonly<Record<string, string>>; readonly repeat?: number}): readonly JsonObject[] {
	const {input: schema} = of.protocol;
	const strict = schema.strict();
	const listed = listInputs(of, args, options.title);
	if (listed.length === 0) {
		throw new BenchError('suite', `Suite ${options.title} has no inputs; its inputs() returned an empty list.`);
	}

	if (listed.length * (options.repeat ?? 1) > mostBenchmarks) {
		throw new BenchError('suite', `Suite ${options.title} has ${listed.length} inputs, which --repeat ${options.repeat} makes more than ${mostBenchmarks} benchmarks.`);
	}

	const inputs = listed.map((written, index) => {
		const filled = Object.entries(options.settings ?? {}).reduce((input, [path, value]) => withField(input, path, value, schema), withFlags(written, args, schema));
		const title = `Suite ${options.title}, benchmark ${index + 1}`;
		const parsed = callSuite(`${title}: the check of its input`, () => strict.safeParse(filled, {reportInput: true}));
		if (!parsed.success) {
			throw new BenchError('suite', `${title}: ${sentence(issueText(parsed.error, options.settings, fieldNames(schema)))}`);
		}

		const foreign = foreignValue(parsed.data);
		if (foreign !== undefined) {
			throw new BenchError('suite', `${title}: ${foreign}; take a number, a text, true or false, a list or a group of fields.`);
		}

		return parsed.data as JsonObject;
	});
	return repeated(options.repeat ?? 1, inputs);
}

/** The dotted names of a schema's leaves, for messages and help. */
export function fieldNames(schema: z.core.$ZodType): readonly string[] {
	return leavesOf(groupOf(schema), '');
}

function leavesOf(group: Group, prefix: string): readonly string[] {
	return group.fields.flatMap(([name, field]) => {
		switch (field.kind) {
			case 'group': {
				return leavesOf(field, `${prefix}${name}.`);
			}

			case 'choice': {
				return [...new Set(Object.values(field.options).flatMap(option => leavesOf(option, `${prefix}${name}.`)))];
			}

			default: {
				return [prefix + name];
			}
		}
	});
}

/** A value somewhere inside an object: `at({a: {b: 1}}, 'a.b')`; undefined where nothing is. */
export function valueAt(object: unknown, path: string): unknown {
	return isObject(object) && path in object ? object[path] : path.split('.').reduce<unknown>((value, key) => isObject(value) ? value[key] : undefined, object);
}

function sentence(text: string): string {
	return text.endsWith('?') ? text : `${text}.`;
}

function suiteProblem(exported: unknown): string | undefined {
	if (!isObject(exported)) {
		return 'it has no default export';
	}

	if (!isObject(exported['protocol']) || !(exported['protocol']['input'] instanceof z.ZodObject)) {
		return '"protocol" is not a protocol';
	}

	const input = schemaProblem(exported['protocol']['input']);
	if (input) {
		return `"input" of its protocol ${input}`;
	}

	if (typeof exported['inputs'] !== 'function') {
		return '"inputs" is not a function';
	}

	const output = outputProblem(exported['protocol']['output']);
	if (output) {
		return `"output" of its protocol ${output}`;
	}

	const {summary} = exported;
	if (!Array.isArray(summary)) {
		return '"summary" is not a list';
	}

	return summary.every(entry => isSummaryEntry(entry)) ? summaryProblem(exported as Suite) : '"summary" has an entry that is neither a path nor an object of paths and functions';
}

/** A path of the summary that leads to no field of input or output. */
function summaryProblem({protocol, summary}: Suite): string | undefined {
	const known = [...columnNames(groupOf(protocol.input)), ...columnNames(outputGroup(protocol.output))];
	const paths = summary.flatMap(entry => typeof entry === 'string' ? [entry] : Object.values(entry)).filter(path => typeof path === 'string');
	const unknown = paths.find(path => known.every(name => name !== path && !name.startsWith(`${path}.`) && !path.startsWith(`${name}.`)));
	if (unknown === undefined) {
		return undefined;
	}

	const near = nearestName(unknown, known);
	return `"summary" names ${JSON.stringify(unknown)}, which is no field of its input or output${near === undefined ? '' : ` (did you mean ${near}?)`}`;
}

function isSummaryEntry(entry: unknown): boolean {
	return typeof entry === 'string' || (isObject(entry) && Object.values(entry).every((value: unknown) => typeof value === 'string' || typeof value === 'function'));
}

function listInputs(of: Suite, args: SuiteArgs, title: string): readonly JsonObject[] {
	let listed: unknown;
	try {
		listed = of.inputs(args as SuiteArgs<Record<string, unknown>>);
	} catch (error) {
		throw new BenchError('suite', `Suite ${title}: inputs() failed: ${error instanceof Error ? error.message : String(error)}.`, {cause: error});
	}

	if (!Array.isArray(listed) || listed.some(input => !isObject(input))) {
		throw new BenchError('suite', `Suite ${title}: inputs() did not return a list of objects.`);
	}

	return listed as readonly JsonObject[];
}

function withFlags(written: JsonObject, args: SuiteArgs, schema: z.ZodObject): JsonObject {
	const implied: Record<string, string | boolean> = {};
	for (const [name, field] of groupOf(schema).fields) {
		if (field.kind === 'log-level') {
			implied[name] = args.logLevel;
		} else if (name === 'monitored') {
			implied[name] = args.monitor;
		} else if (name === 'profiled') {
			implied[name] = args.profile;
		}
	}

	return {...implied, ...written};
}

function withField(input: JsonObject, path: string, value: string, schema: z.ZodObject): JsonObject {
	const [key = '', ...rest] = path.split('.');
	if (rest.length > 0) {
		const inner = input[key];
		return {...input, [key]: withField(isObject(inner) ? inner : {}, rest.join('.'), value, schema)};
	}

	return {...input, [key]: settingValue(value, input[key])};
}

// What a text stands for shows in the value that it replaces; where there is none, it is what JSON makes of it.
function settingValue(text: string, replaced: unknown): string | number | boolean {
	if (typeof replaced === 'string') {
		return text;
	}

	if (/^(?:true|false)$/i.test(text)) {
		return text.toLowerCase() === 'true';
	}

	return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}
