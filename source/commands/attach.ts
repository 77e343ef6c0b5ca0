import path from 'node:path';
import process from 'node:process';
import {BenchError} from '../core/errors.ts';
import {type RunEvent} from '../core/event.ts';
import {reduce} from '../core/reduce.ts';
import {shellQuote} from '../core/shell-quote.ts';
import {emptyState} from '../core/state.ts';
import {findRun} from '../directory/find-run.ts';
import {followJournal} from '../directory/follow-journal.ts';
import {journaledStatus} from '../directory/run-status.ts';
import {createLinePrinter} from '../printer/line-printer.ts';
import {createNdjsonPrinter} from '../printer/ndjson-printer.ts';
import {parseFlags} from './flags.ts';
import {commandFlags} from './help.ts';
import {printableTo} from './printable.ts';
import {exitCodes} from './run-outcome.ts';
import {isConsoleWanted} from './run-mode.ts';
import {reachRunner, readState, watchRun} from './watch-run.ts';
import {screenSettings} from './screen-settings.ts';
import {runsRoot} from './runs-root.ts';

const lookMs = 500;

/** `benchdeck attach RUN`: the console on a run that goes on or is over; its lines or events where there is no terminal. */
export async function attachCommand(argv: readonly string[]): Promise<number> {
	const flags = parseFlags('attach', argv, commandFlags('attach'));
	const [run, extra] = flags.positional;
	if (run === undefined || extra !== undefined) {
		throw new BenchError('usage', `benchdeck attach takes one RUN${extra === undefined ? ': a path, its unique word, `last`, or `.`' : `, not also "${extra}"`}.`);
	}

	if (flags.is('json') && flags.is('plain')) {
		throw new BenchError('usage', '--json and --plain exclude each other.');
	}

	const directory = await findRun(run, await runsRoot(flags.text('suite-directory')));
	if (!await readState(directory)) {
		throw new BenchError('usage', `${directory} has no journal to attach to; benchdeck show ${shellQuote(directory)} shows it.`);
	}

	return isConsoleWanted(argv)
		? watchRun(directory, {role: 'attached', ...screenSettings(argv)})
		: followRun(directory, flags.is('json') ? createNdjsonPrinter(process.stdout) : createLinePrinter(printableTo(process.stdout), printableTo(process.stderr)));
}

/** Prints a run's events until it is over, or its runner is. Ctrl-C only ends the following. */
async function followRun(directory: string, print: (event: RunEvent) => void): Promise<number> {
	const over = new AbortController();
	const {promise, resolve} = Promise.withResolvers<number>();
	let state = emptyState;
	followJournal(path.join(directory, 'events.jsonl'), {
		signal: over.signal,
		onEvents(events) {
			for (const event of events) {
				state = reduce(state, event);
				print(event);
			}

			// A run that was resumed has ended more than once; the last time counts.
			if (state.outcome !== undefined) {
				resolve(exitCodes[state.outcome]);
			}
		},
	});
	// Once the runner cannot be reached, what its journal holds is all.
	const reached = await reachRunner(await readState(directory));
	const control = reached.kind === 'reached' ? reached.control : undefined;
	const watching = setInterval(() => {
		if (state.lastEventAt > 0 && journaledStatus(state, Date.now()) === 'interrupted') {
			lost();
		}
	}, lookMs);
	void (async () => {
		if (reached.kind !== 'elsewhere') {
			// What it wrote last is read before it counts as gone.
			await control?.closed;
			setTimeout(lost, lookMs * 2).unref();
		}
	})();

	const detach = () => {
		resolve(0);
	};

	process.once('SIGINT', detach);
	try {
		return await promise;
	} finally {
		process.off('SIGINT', detach);
		clearInterval(watching);
		over.abort();
		control?.close();
	}

	function lost(): void {
		if (state.outcome === undefined) {
			process.stderr.write(`The runner is gone and the run interrupted; benchdeck resume ${shellQuote(directory)} goes on with it.\n`);
			resolve(exitCodes.interrupted);
		}
	}
}
