/*
What `run` and `plan` have in common: suite, inputs, engine, cluster, from the command line to values that were checked.
*/
import fs from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {z} from 'zod';
import {type Cluster, parseCluster} from '../core/cluster.ts';
import {BenchError, messageOf} from '../core/errors.ts';
import {parseExpression} from '../core/expression.ts';
import {groupOf, type LogLevel, logLevels} from '../core/field.ts';
import {issueText} from '../core/issue-text.ts';
import {type JsonObject} from '../core/json.ts';
import {isBuilt, moduleFile, packageRoot} from '../core/module-file.ts';
import {orWhatThereIs} from '../core/nearest.ts';
import {isScrapedByDefault} from '../core/scraping.ts';
import {seededShuffle} from '../core/shuffle.ts';
import {type Engine, enginesOf} from '../core/protocol.ts';
import {fieldNames, suiteInputs} from '../core/suite.ts';
import {reasonOf} from '../directory/directory-error.ts';
import {flagHelp, type FlagTable} from './flag-table.ts';
import {parseFlags, type ParsedFlags} from './flags.ts';
import {loadSuite, type LoadedSuite} from './load-suite.ts';
import {widthOf} from './output-stream.ts';
import {policyArgs} from './policy-flags.ts';
import {defaultJar} from './run-flags.ts';

export type Prepared = LoadedSuite & {
	readonly flags: ParsedFlags;
	readonly inputs: readonly JsonObject[];
	/** Indices, from 1, in the order in which they run. */
	readonly selected: readonly number[];
	readonly engine: Engine;
	readonly cluster: Cluster;
	readonly clusterFile: string;
	/** As given, or the default's place; undefined where no JAR runs. */
	readonly jar: string | undefined;
	readonly jarGiven: boolean;
	/** Whether procs export metrics also where Prometheus does not run. */
	readonly scrape: boolean;
	/** args.json. */
	readonly args: JsonObject;
	readonly notes: readonly string[];
};

/** Everything that a command line asks for; or the suite's help, where it asks for that. */
export async function prepare(command: 'run' | 'plan' | 'check', argv: readonly string[], table: FlagTable): Promise<Prepared | {readonly help: string}> {
	const wanted = argv.find((word, index) => !word.startsWith('-') && !takesValue(argv[index - 1], table));
	if (wanted === undefined) {
		if (argv.includes('--help') || argv.includes('-h')) {
			const {helpText} = await import('./help.ts');
			return {help: helpText(command)};
		}

		throw new BenchError('usage', `benchdeck ${command} takes a SUITE; benchdeck list shows them.`);
	}

	const loaded = await loadSuite(wanted);
	const own = ownFlags(loaded);
	const flags = parseFlags(command, argv, {...table, ...own});
	if (flags.is('help')) {
		return {help: suiteHelp(loaded, own)};
	}

	if (flags.positional.length > 1) {
		throw new BenchError('usage', `benchdeck ${command} takes one SUITE, not also "${flags.positional[1]!}".`);
	}

	return prepareRun(loaded, flags, Object.keys(own));
}

async function prepareRun(loaded: LoadedSuite, flags: ParsedFlags, own: readonly string[]): Promise<Prepared> {
	const {suite, title} = loaded;
	const fields = new Set(groupOf(suite.protocol.input).fields.map(([name]) => name));
	const monitor = flags.is('monitor');
	const profile = flags.is('profile');
	if (monitor && !fields.has('monitored')) {
		throw new BenchError('usage', `--monitor: the inputs of ${title} have no field "monitored".`);
	}

	const logLevel = flags.text('log-level') ?? 'debug';
	if (!isLogLevel(logLevel)) {
		throw new BenchError('usage', `--log-level takes ${logLevels.join(', ')}, not "${logLevel}".`);
	}

	const settings = settingsOf(flags, fieldNames(suite.protocol.input));
	const repeat = wholeNumber(flags, 'repeat');
	const suiteFlags = ownValues(loaded, flags, own);
	const inputs = suiteInputs(suite, {logLevel, monitor, profile, flags: suiteFlags}, {title, settings, ...(repeat !== undefined && {repeat})});
	const seed = flags.text('shuffle');
	const chosen = select(flags.text('only'), inputs, fieldNames(suite.protocol.input));
	const {engine, jar, jarGiven} = engineOf(loaded, flags);
	const {cluster, file: clusterFile} = readCluster(loaded, flags.text('cluster'));
	return {
		...loaded, flags, inputs, engine, jar, jarGiven, cluster, clusterFile,
		scrape: flags.given('scrape') ?? isScrapedByDefault(engine),
		selected: seed === undefined ? chosen : seededShuffle(chosen, seed),
		notes: flags.text('address') === undefined ? [] : ['--address has no effect, as in the reference harness; name addresses in the cluster file.'],
		args: {
			suite_directory: flags.text('suite-directory') ?? 'runs',
			jar: jar ?? null,
			log_level: logLevel,
			profile,
			monitor,
			address: flags.text('address') ?? null,
			cluster: clusterFile,
			identity_file: flags.text('identity-file') ?? null,
			suite: title,
			engine,
			ssh: flags.is('ssh'),
			scrape: flags.given('scrape') ?? null,
			set: settings,
			repeat: repeat ?? 1,
			shuffle: seed ?? null,
			only: flags.text('only') ?? null,
			...policyArgs(flags),
			...suiteFlags as JsonObject,
		},
	};
}

function takesValue(word: string | undefined, table: FlagTable): boolean {
	if (word === undefined || !word.startsWith('-') || word.includes('=')) {
		return false;
	}

	const name = word.replace(/^-+/, '').replaceAll('_', '-');
	const flag = table[name] ?? Object.values(table).find(({short}) => short === name);
	return flag !== undefined && flag.type !== 'boolean';
}

function ownFlags({suite}: LoadedSuite): FlagTable {
	return Object.fromEntries(Object.entries(suite.flags ?? {}).map(([name, schema]) => {
		const inner = schema instanceof z.ZodDefault ? schema.def.innerType : schema;
		const help = (schema as z.ZodType).description ?? 'a flag of this suite';
		return [name.replaceAll('_', '-'), {type: inner instanceof z.ZodBoolean ? 'boolean' : 'string', ...(!(inner instanceof z.ZodBoolean) && {value: 'VALUE'}), help}] as const;
	}));
}

function ownValues({suite, title}: LoadedSuite, flags: ParsedFlags, own: readonly string[]): Record<string, unknown> {
	const given = Object.fromEntries(own.flatMap(name => {
		const text = flags.text(name);
		const value = text === undefined ? (flags.is(name) ? true : undefined) : (Number.isFinite(Number(text)) && text.trim() !== '' ? Number(text) : text);
		return value === undefined ? [] : [[name.replaceAll('-', '_'), value]];
	}));
	const parsed = z.object(suite.flags ?? {}).safeParse(given, {reportInput: true});
	if (!parsed.success) {
		throw new BenchError('usage', `Suite ${title}, --${issueText(parsed.error).replaceAll('_', '-')}.`);
	}

	return parsed.data;
}

function settingsOf(flags: ParsedFlags, names: readonly string[]): Record<string, string> {
	return Object.fromEntries(flags.texts('set').map(setting => {
		const at = setting.indexOf('=');
		const field = setting.slice(0, at);
		if (at < 1) {
			throw new BenchError('usage', `--set takes FIELD=VALUE, not "${setting}".`);
		}

		if (!names.includes(field)) {
			throw new BenchError('usage', `--set ${setting}: there is no field "${field}"${orWhatThereIs(field, names)}`);
		}

		return [field, setting.slice(at + 1)];
	}));
}

function wholeNumber(flags: ParsedFlags, name: string): number | undefined {
	const value = flags.number(name);
	if (value !== undefined && (!Number.isSafeInteger(value) || value < 1)) {
		throw new BenchError('usage', `--${name} takes a whole number of at least 1, not "${value}".`);
	}

	return value;
}

function select(only: string | undefined, inputs: readonly JsonObject[], fields: readonly string[]): readonly number[] {
	const all = inputs.map((_, index) => index + 1);
	if (only === undefined) {
		return all;
	}

	const chosen = /^[\s\d,-]+$/.test(only) ? numbered(only, inputs.length) : all.filter(matching(only, inputs, fields));
	if (chosen.length === 0) {
		throw new BenchError('usage', `--only '${only}' leaves none of the ${inputs.length} benchmarks.`);
	}

	return chosen;
}

function matching(only: string, inputs: readonly JsonObject[], fields: readonly string[]): (index: number) => boolean {
	try {
		const fulfils = parseExpression(only, fields);
		return index => fulfils(inputs[index - 1]);
	} catch (error) {
		throw new BenchError('usage', `--only ${messageOf(error)}`, {cause: error});
	}
}

function numbered(only: string, total: number): readonly number[] {
	const numbers = only.split(',').flatMap(part => {
		const match = /^\s*(\d+)\s*(?:-\s*(\d+)\s*)?$/.exec(part);
		const from = Number(match?.[1]);
		const to = Number(match?.[2] ?? match?.[1]);
		if (!match || from < 1 || to > total || from > to) {
			throw new BenchError('usage', `--only ${only}: "${part.trim()}" is no benchmark of 1 to ${total}.`);
		}

		return Array.from({length: to - from + 1}, (_, index) => from + index);
	});
	return [...new Set(numbers)].toSorted((one, other) => one - other);
}

function engineOf({suite, title}: LoadedSuite, flags: ParsedFlags): {readonly engine: Engine; readonly jar: string | undefined; readonly jarGiven: boolean} {
	const engines = enginesOf(suite.protocol);
	const given = flags.text('engine');
	const jar = flags.text('jar');
	if (given !== undefined && given !== 'jar' && jar !== undefined) {
		throw new BenchError('usage', `--jar goes with --engine jar, not with --engine ${given}.`);
	}

	const engine = (given ?? (jar === undefined ? engines[0] : 'jar')) as Engine | undefined;
	if (engine === undefined || !engines.includes(engine)) {
		throw new BenchError('usage', `${title} ${cannotRun(engine, engines)}`);
	}

	return {engine, jar: engine === 'jar' ? path.resolve(jar ?? defaultJar) : undefined, jarGiven: jar !== undefined};
}

function cannotRun(engine: Engine | undefined, engines: readonly Engine[]): string {
	if (engine === 'rehearsal') {
		return 'cannot be rehearsed: that wants servers, clients and figures from recorder data.';
	}

	return engines.includes('program')
		? `starts programs of its own, without --engine ${engine}.`
		: `cannot run on the engine ${engine ?? '(none)'}; its protocol has ${engines.join(', ') || 'none'}.`;
}

function readCluster({suite, file}: LoadedSuite, given: string | undefined): {readonly cluster: Cluster; readonly file: string} {
	const own = path.join(path.dirname(file), `${suite.protocol.name}.cluster.json`);
	const shipped = fileURLToPath(new URL(`clusters/${suite.protocol.name}.json`, packageRoot(import.meta.url)));
	const found = given ?? [own, shipped].find(candidate => fs.existsSync(candidate));
	if (found === undefined) {
		// Every role on this machine is what a suite that brings no cluster file means.
		const roles = Object.entries(suite.protocol.roles).filter(([, role]) => !role.at).map(([name, role]) => [role.cluster ?? name, ['localhost']]);
		return {cluster: {1: Object.fromEntries(roles) as Cluster[string]}, file: '(this machine)'};
	}

	let text: string;
	try {
		text = fs.readFileSync(found, 'utf8');
	} catch (error) {
		throw new BenchError('cluster', `Cannot read the cluster file ${found}: ${reasonOf(error)}.`, {cause: error});
	}

	return {cluster: parseCluster(text, found), file: found};
}

function suiteHelp({suite, title}: LoadedSuite, own: FlagTable): string {
	const description = suite.description === undefined ? '' : `: ${suite.description}`;
	const flags = flagHelp(own, widthOf(process.stdout));
	return [
		`${title}${description}\n`,
		flags === '' ? 'It has no flags of its own.\n' : `Its own flags:\n${flags}`,
		'Input fields, for --set FIELD=VALUE and --only:',
		...fieldNames(suite.protocol.input).map(name => `  ${name}`),
		`\nEngines: ${enginesOf(suite.protocol).join(', ')}. benchdeck help run lists the flags of every suite.\n`,
	].join('\n');
}

function isLogLevel(level: string): level is LogLevel {
	return (logLevels as readonly string[]).includes(level);
}

/** The command that runs a module of this package on this machine, before its flags. */
export function engineCommand(module: string): readonly string[] {
	// One file starts sooner than a dozen.
	const file = isBuilt(import.meta.url) ? new URL(`build/standalone/${module}.cjs`, packageRoot(import.meta.url)) : moduleFile(import.meta.url, module);
	return [process.execPath, fileURLToPath(file)];
}

/** The JAR's path, once it is known to be there. */
export function requireJar({jar, jarGiven}: Prepared): void {
	const found = jar === undefined ? undefined : fs.statSync(jar, {throwIfNoEntry: false});
	if (jar !== undefined && !found?.isFile()) {
		const what = found?.isDirectory() ? `${jar} is a directory, not a JAR` : `There is no JAR at ${jar}`;
		throw new BenchError('usage', `${what}${jarGiven ? '' : ', where it is looked for by default'}; pass its path with --jar FILE.`);
	}
}

/** `localhost` as flags name it; literals and names as they are, without user and port. */
export function bareAddress(address: string): string {
	const host = address.replace(/^[^@]*@/, '').replace(/^([^:]+):\d+$/, '$1');
	return host === 'localhost' ? '127.0.0.1' : host;
}
