/*
`benchdeck resume RUN`: what is missing or failed of a run, in the same directory, with the same inputs and program.
*/
import fs from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {BenchError} from '../core/errors.ts';
import {issueText} from '../core/issue-text.ts';
import {isObject, type JsonObject} from '../core/json.ts';
import {tolerated} from '../core/input-facts.ts';
import {type RunState} from '../core/state.ts';
import {directoryError, errorCode} from '../directory/directory-error.ts';
import {findRun} from '../directory/find-run.ts';
import {parseResults} from '../directory/results-table.ts';
import {leavesOf} from '../directory/cell.ts';
import {journaledStatus} from '../directory/run-status.ts';
import {type Undertaking} from './carry-out.ts';
import {clusterDifferences} from './cluster-difference.ts';
import {hashOf} from './describe-environment.ts';
import {parseFlags} from './flags.ts';
import {helpText, commandFlags} from './help.ts';
import {policyOf} from './policy-flags.ts';
import {prepare, type Prepared, requireJar} from './prepare.ts';
import {exitCodes} from './run-outcome.ts';
import {runFlags} from './run-flags.ts';
import {runForeground} from './run-foreground.ts';
import {isConsoleWanted, isHelpWanted} from './run-mode.ts';
import {versionOf} from './version.ts';
import {reachRunner, readState} from './watch-run.ts';
import {runsRoot} from './runs-root.ts';

/** `benchdeck resume RUN`. */
export async function resumeCommand(argv: readonly string[]): Promise<number> {
	if (isConsoleWanted(argv) && !isHelpWanted(argv)) {
		const {runDetached} = await import('./run-detached.ts');
		return runDetached(['resume', ...argv]);
	}

	const undertaking = await prepareResume(argv);
	if ('help' in undertaking) {
		process.stdout.write(undertaking.help);
		return 0;
	}

	return exitCodes[await runForeground(undertaking, parseFlags('resume', argv, commandFlags('resume')))];
}

/**
What is left of a run, and how it was started.

@returns A text where there is nothing to do.
@throws BenchError where the run goes on, or the suite or the program is another.
*/
export async function prepareResume(argv: readonly string[]): Promise<Undertaking | {readonly help: string}> {
	const flags = parseFlags('resume', argv, commandFlags('resume'));
	if (flags.is('help')) {
		return {help: helpText('resume')};
	}

	const [run, extra] = flags.positional;
	if (run === undefined || extra !== undefined) {
		throw new BenchError('usage', `benchdeck resume takes one RUN${extra === undefined ? ': a path, its unique word, `last`, or `.`' : `, not also "${extra}"`}.`);
	}

	if (flags.is('json') && flags.is('plain')) {
		throw new BenchError('usage', '--json and --plain exclude each other.');
	}

	const directory = await findRun(run, await runsRoot(flags.text('suite-directory')));
	const state = await readState(directory);
	if (!state?.command) {
		throw new BenchError('usage', `${directory} has no journal that says how it was started; it cannot be resumed.`);
	}

	await refuseRunning(directory, state);
	const selected = state.selected.filter(index => state.benchmarks[index - 1]?.status !== 'finished');
	if (selected.length === 0) {
		return {help: `There is nothing to resume: all ${state.selected.length} benchmarks of ${directory} have finished.\n`};
	}

	const {argv: words, cwd} = state.command;
	const prepared = await prepareThere(words, cwd);
	const differences = await differencesOf(state, prepared, directory);
	if (differences.length > 0 && !flags.is('anyway')) {
		throw new BenchError('usage', `${directory} cannot be resumed as it was: ${differences.join('; ')}. --anyway goes on all the same.`);
	}

	requireJar(prepared);
	refuseOtherFields(state, prepared, directory);
	return {
		prepared: {...prepared, notes: [...prepared.notes, ...differences.map(difference => `Resumed although ${difference}.`)]},
		policy: {...policyOf(prepared.flags), ...policyOf(flags)},
		onFinish: flags.text('on-finish') ?? prepared.flags.text('on-finish'),
		command: state.command,
		resumed: {directory, state, columns: await columnsOf(directory), inputs: state.benchmarks.map(({input}) => input), selected},
	};
}

async function refuseRunning(directory: string, state: RunState): Promise<void> {
	const reached = await reachRunner(state);
	if (reached.kind === 'reached') {
		reached.control.close();
	}

	// A runner elsewhere shows its life by its heartbeat alone; one of this machine that cannot be reached has none.
	const isAlive = reached.kind === 'elsewhere' ? journaledStatus(state, Date.now()) === 'running' : reached.kind === 'reached';
	if (isAlive) {
		throw new BenchError('usage', `${directory} still runs; benchdeck attach shows it, benchdeck stop ends it.`);
	}
}

// Files on the command line were named from where it was given.
async function prepareThere(words: readonly string[], cwd: string): Promise<Prepared> {
	try {
		process.chdir(cwd);
	} catch (error) {
		throw new BenchError('usage', `The run was started in ${cwd}, which is not there any more; make it, so that the files on its command line are found.`, {cause: error});
	}

	const prepared = await prepare('run', words, runFlags);
	if ('help' in prepared) {
		throw new BenchError('usage', `The run's own command line asks for help: ${words.join(' ')}.`);
	}

	return prepared;
}

async function differencesOf(state: RunState, prepared: Prepared, directory: string): Promise<readonly string[]> {
	const environment = await readEnvironment(directory);
	const jar = isObject(environment?.['jar']) ? environment['jar'] : undefined;
	const program = prepared.jar === undefined
		? (typeof environment?.['benchdeck'] === 'string' && environment['benchdeck'] !== versionOf() ? [`it was started by benchdeck ${environment['benchdeck']} and this is ${versionOf()}`] : [])
		: await jarDifference(prepared.jar, typeof jar?.['sha256'] === 'string' ? jar['sha256'] : undefined);
	const inputs = state.benchmarks.map(({input}) => input);
	const {cluster, clusterFile, suite} = prepared;
	const placed = clusterDifferences(environment?.['cluster'], cluster, {file: clusterFile, fs: inputs.map(input => tolerated(suite.protocol, input))});
	return [...inputDifferences(inputs, prepared.inputs), ...placed, ...program];
}

// With --anyway the inputs of the run are run by the suite of today, which must know their fields.
function refuseOtherFields({benchmarks}: RunState, {suite}: Prepared, directory: string): void {
	const schema = suite.protocol.input.strict();
	for (const {index, input} of benchmarks) {
		const parsed = schema.safeParse(input);
		if (!parsed.success) {
			throw new BenchError('usage', `${directory} cannot be resumed, for the suite's inputs have other fields now: benchmark ${index}, ${issueText(parsed.error)}.`);
		}
	}
}

async function jarDifference(jar: string, then: string | undefined): Promise<readonly string[]> {
	const now = await hashOf(jar).catch(() => undefined);
	return now === undefined || then === undefined || now === then ? [] : [`the JAR ${jar} is another (SHA-256 ${now.slice(0, 12)}…, it was ${then.slice(0, 12)}…)`];
}

function inputDifferences(then: readonly JsonObject[], now: readonly JsonObject[]): readonly string[] {
	if (then.length !== now.length) {
		return [`the suite has ${now.length} benchmarks now, and had ${then.length}`];
	}

	for (const [place, before] of then.entries()) {
		const [old, current] = [new Map(leavesOf(before)), new Map(leavesOf(now[place]!))];
		const field = [...new Set([...old.keys(), ...current.keys()])].find(name => JSON.stringify(old.get(name)) !== JSON.stringify(current.get(name)));
		if (field !== undefined) {
			return [`${field} of benchmark ${place + 1} is ${JSON.stringify(current.get(field)) ?? 'not there'} now, and was ${JSON.stringify(old.get(field)) ?? 'not there'}`];
		}
	}

	return [];
}

async function readEnvironment(directory: string): Promise<Readonly<Record<string, unknown>> | undefined> {
	try {
		const read: unknown = JSON.parse(await fs.readFile(path.join(directory, 'environment.json'), 'utf8'));
		return isObject(read) ? read : undefined;
	} catch {
		return undefined;
	}
}

// A run that was killed at its very beginning has none yet.
async function columnsOf(directory: string): Promise<readonly string[] | undefined> {
	try {
		const {columns} = parseResults(await fs.readFile(path.join(directory, 'results.csv'), 'utf8'));
		return columns.length === 0 ? undefined : columns;
	} catch (error) {
		if (errorCode(error) === 'ENOENT') {
			return undefined;
		}

		throw directoryError('read', path.join(directory, 'results.csv'), error);
	}
}
