import {durationMs} from '../core/duration.ts';
import {BenchError} from '../core/errors.ts';
import {type JsonObject} from '../core/json.ts';
import {type RunPolicy} from '../runner/policy.ts';
import {type FlagTable} from './flag-table.ts';
import {type ParsedFlags} from './flags.ts';

/** Flags of `run` and `resume` that say what becomes of failures. */
export const policyFlags = {
	'fail-fast': {type: 'boolean', help: 'end the run with the first benchmark that fails'},
	'max-failures': {type: 'number', value: 'N', help: 'end the run after N failures in a row (default 3; 0: never)'},
	retries: {type: 'number', value: 'N', help: 'try a benchmark whose system failed up to N times again (default 0; after a lost host it is twice, always)'},
	'host-wait': {type: 'string', value: 'DURATION', help: 'how long a lost host is waited for (default 2min)'},
	'benchmark-timeout': {type: 'string', value: 'DURATION', help: 'a hard bound on each benchmark, above those from its input'},
	hold: {type: 'boolean', help: 'keep the processes of a failed benchmark alive until you let go'},
	'on-finish': {type: 'string', value: 'CMD', help: 'a shell command for the end, with BENCHDECK_RUN, BENCHDECK_OUTCOME and counts in its environment'},
} as const satisfies FlagTable;

/**
What a command line asks for.

@throws BenchError `usage` naming the flag.
*/
export function policyOf(flags: ParsedFlags): Partial<RunPolicy> {
	const retries = count(flags, 'retries');
	const maxFailures = count(flags, 'max-failures');
	const hostWaitMs = duration(flags, 'host-wait');
	const benchmarkTimeoutMs = duration(flags, 'benchmark-timeout');
	if (flags.is('fail-fast') && maxFailures !== undefined) {
		throw new BenchError('usage', '--fail-fast and --max-failures exclude each other.');
	}

	if (benchmarkTimeoutMs === 0) {
		throw new BenchError('usage', '--benchmark-timeout takes a duration above zero.');
	}

	return {
		...(flags.is('hold') && {hold: true}),
		...(retries !== undefined && {retries}),
		...(maxFailures !== undefined && {maxFailures: maxFailures === 0 ? Infinity : maxFailures}),
		...(flags.is('fail-fast') && {maxFailures: 1}),
		...(hostWaitMs !== undefined && {hostWaitMs}),
		...(benchmarkTimeoutMs !== undefined && {benchmarkTimeoutMs}),
	};
}

/** What args.json keeps of them; null where nothing was asked for. */
export function policyArgs(flags: ParsedFlags): JsonObject {
	return {
		fail_fast: flags.is('fail-fast'),
		max_failures: flags.number('max-failures') ?? null,
		retries: flags.number('retries') ?? null,
		host_wait: flags.text('host-wait') ?? null,
		benchmark_timeout: flags.text('benchmark-timeout') ?? null,
		hold: flags.is('hold'),
		on_finish: flags.text('on-finish') ?? null,
	};
}

function count(flags: ParsedFlags, name: string): number | undefined {
	const value = flags.number(name);
	if (value !== undefined && (!Number.isSafeInteger(value) || value < 0)) {
		throw new BenchError('usage', `--${name} takes a whole number of at least 0, not "${value}".`);
	}

	return value;
}

function duration(flags: ParsedFlags, name: string): number | undefined {
	const text = flags.text(name);
	try {
		const ms = text === undefined ? undefined : durationMs(text);
		if (ms === undefined || ms >= 0) {
			return ms;
		}
	} catch {
		// It is said below, with the flag's name.
	}

	throw new BenchError('usage', `--${name} takes a duration such as 90s, 2min or 1h, not "${text}".`);
}
