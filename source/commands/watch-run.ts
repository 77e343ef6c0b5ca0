/*
The console on a run, for the command that started it and for those that attach to it.
*/
import os from 'node:os';
import path from 'node:path';
import {connectControl, type ControlClient} from '../control/connect-control.ts';
import {type RunState} from '../core/state.ts';
import {readJournal} from '../directory/journal.ts';
import {stateOf} from '../directory/journal-state.ts';
import {runWord} from '../directory/run-word.ts';
import {isAlive} from '../directory/runner-life.ts';
import {exitCodes} from './run-outcome.ts';
import {runActions} from './run-actions.ts';
import {runSources} from './run-sources.ts';

export type WatchOptions = {readonly role: 'started' | 'attached'; readonly theme?: string | undefined};

/** Opens the console on the run in a suite directory; returns the exit code. */
export async function watchRun(directory: string, {role, theme}: WatchOptions): Promise<number> {
	const state = await readState(directory);
	const reached = await reachRunner(state);
	const control = reached.kind === 'reached' ? reached.control : undefined;
	const {openConsole} = await import('../tui/open-console.ts');
	try {
		const end = await openConsole({
			sources: {...runSources(directory, control), runnerGone: runnerGone(reached, state)},
			actions: runActions(directory, control),
			role,
			comeBack: comeBack(directory),
			...(reached.kind !== 'reached' && {powerless: reached.why}),
			...(theme !== undefined && {theme}),
		});
		if (end.kind === 'detached') {
			return 0;
		}

		if (end.kind === 'browse') {
			const {browseScreen} = await import('./browse-screen.ts');
			return await browseScreen({kind: 'suite', path: directory}, [path.dirname(directory)], theme === undefined ? {} : {theme});
		}

		const outcome = (await readState(directory))?.outcome;
		return role === 'attached' && state?.outcome !== undefined ? 0 : exitCodes[outcome ?? 'interrupted'];
	} finally {
		control?.close();
	}
}

/** The state that the journal in a suite directory tells; undefined where there is none. */
export async function readState(directory: string): Promise<RunState | undefined> {
	return stateOf(await readJournal(path.join(directory, 'events.jsonl')));
}

/** A run's runner, as this machine finds it. */
export type Reached =
	| {readonly kind: 'reached'; readonly control: ControlClient}
	/** `elsewhere`: on another machine, it may well live. */
	| {readonly kind: 'over' | 'elsewhere' | 'gone'; readonly why: string};

/** The connection to a run's runner, or why there is none. */
export async function reachRunner(state: RunState | undefined): Promise<Reached> {
	if (!state) {
		return {kind: 'gone', why: 'the run has no journal'};
	}

	if (state.outcome !== undefined) {
		return {kind: 'over', why: 'the run is over'};
	}

	if (state.runner && state.runner.hostname !== os.hostname()) {
		return {kind: 'elsewhere', why: `its runner is on ${state.runner.hostname}`};
	}

	if (state.control === undefined) {
		return {kind: 'gone', why: 'its runner has no control socket'};
	}

	try {
		return {kind: 'reached', control: await connectControl(state.control)};
	} catch {
		return {kind: 'gone', why: 'its runner is gone'};
	}
}

// Undefined where only the journal's silence can tell.
function runnerGone(reached: Reached, state: RunState | undefined): Promise<void> | undefined {
	switch (reached.kind) {
		case 'reached': {
			return reached.control.closed;
		}

		case 'gone': {
			// One that could not be reached may live nevertheless, its socket swept away.
			return state?.runner && !isAlive(state.runner.pid) ? Promise.resolve() : undefined;
		}

		case 'over':
		case 'elsewhere': {
			return undefined;
		}
	}
}

/** What a person types to see the run again. */
export function comeBack(directory: string): string {
	return `benchdeck attach ${runWord(directory)}`;
}
