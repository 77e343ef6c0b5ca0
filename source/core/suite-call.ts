/*
What a suite's own functions give, checked: a suite of a person's own may have no types that were checked, and what it throws
is its own mistake, told in one sentence, not a stack of benchdeck's.
*/
import {BenchError, messageOf} from './errors.ts';
import {isObject} from './json.ts';
import {type Timing} from './timing.ts';

const variable = /^[a-z_]\w*$/i;

/**
Calls a suite's function.

@param what What messages call it: `Protocol echo: the command of client_0 (benchmark 001)`.
@param call
@throws BenchError `suite` in place of what it throws.
*/
export function callSuite<T>(what: string, call: () => T): T {
	try {
		return call();
	} catch (error) {
		if (error instanceof BenchError) {
			throw error;
		}

		throw new BenchError('suite', `${what} failed: ${messageOf(error).replace(/\.$/, '')}.`, {cause: error});
	}
}

/** More of one role have no ports. */
const mostProcs = 65_535;

/** How many procs a role has: a number, or the sizes of groups, one in the other; undefined is one. */
export function checkedCounts(counts: unknown, what: string): readonly number[] | undefined {
	if (counts === undefined) {
		return undefined;
	}

	const sizes: readonly unknown[] = Array.isArray(counts) ? counts : [counts];
	const wrong = sizes.findIndex(size => !Number.isSafeInteger(size) || (size as number) < 0);
	if (wrong !== -1) {
		throw new BenchError('suite', `${what} is ${shown(counts)}; counts are whole numbers, none less than 0.`);
	}

	if ((sizes as readonly number[]).reduce((product, size) => product * size, 1) > mostProcs) {
		throw new BenchError('suite', `${what} is ${shown(counts)}; more than ${mostProcs} find no ports.`);
	}

	return sizes as readonly number[];
}

const times = ['lagMs', 'warmupMs', 'warmupTimeoutMs', 'sleepMs', 'durationMs', 'timeoutMs'] as const satisfies ReadonlyArray<keyof Timing>;

/** How long phases take: deadlines and estimates are made of it. */
export function checkedTiming(timing: unknown, what: string): Timing | undefined {
	if (timing === undefined) {
		return undefined;
	}

	if (!isObject(timing)) {
		throw new BenchError('suite', `${what} is no object; it gives ${times.join(', ')} in milliseconds.`);
	}

	const wrong = times.find(name => !Number.isFinite(timing[name]) || (timing[name] as number) < 0);
	if (wrong !== undefined) {
		const value = timing[wrong];
		throw new BenchError('suite', `${what} has ${value === undefined ? `no ${wrong}` : `${wrong} = ${shown(value)}`}; it gives ${times.join(', ')}, each in milliseconds, none less than 0.`);
	}

	return timing as Timing;
}

function shown(counts: unknown): string {
	return typeof counts === 'number' ? String(counts) : JSON.stringify(counts) ?? typeof counts;
}

/** A program and its arguments, as the system takes them. */
export function checkedArgv(argv: unknown, what: string): readonly string[] {
	if (!Array.isArray(argv) || argv.length === 0) {
		throw new BenchError('suite', `${what} is not a list of words.`);
	}

	const wrong = argv.findIndex(word => typeof word !== 'string');
	if (wrong !== -1) {
		throw new BenchError('suite', `${what} has ${String(argv[wrong])} as its word ${wrong}; words are strings.`);
	}

	const cut = (argv as readonly string[]).findIndex(word => word.includes('\0'));
	if (cut !== -1) {
		throw new BenchError('suite', `${what} has a NUL in its word ${cut}, which no program can get.`);
	}

	return argv as readonly string[];
}

/** Environment variables that every shell takes. */
export function checkedEnv(env: Readonly<Record<string, unknown>>, what: string): Readonly<Record<string, string>> {
	for (const [name, value] of Object.entries(env)) {
		if (!variable.test(name)) {
			throw new BenchError('suite', `${what} has the name ${JSON.stringify(name)}; names are letters, digits and underscores.`);
		}

		if (typeof value !== 'string' || value.includes('\0')) {
			throw new BenchError('suite', `${what} has ${name} = ${typeof value === 'string' ? 'a text with a NUL' : String(value)}; values are strings without NUL.`);
		}
	}

	return env as Readonly<Record<string, string>>;
}
