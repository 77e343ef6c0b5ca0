import process from 'node:process';
import {BenchError} from '../core/errors.ts';
import {selectProgress} from '../core/selectors.ts';
import {findRun} from '../directory/find-run.ts';
import {parseFlags} from './flags.ts';
import {commandFlags} from './help.ts';
import {reachRunner, readState} from './watch-run.ts';
import {runsRoot} from './runs-root.ts';

/** `benchdeck stop RUN`: ends a run in order, and returns when it has ended; or lets go of what it holds. */
export async function stopCommand(argv: readonly string[]): Promise<number> {
	const flags = parseFlags('stop', argv, commandFlags('stop'));
	const [run, extra] = flags.positional;
	if (run === undefined || extra !== undefined) {
		throw new BenchError('usage', `benchdeck stop takes one RUN${extra === undefined ? ': a path, its unique word, `last`, or `.`' : `, not also "${extra}"`}.`);
	}

	const directory = await findRun(run, await runsRoot(flags.text('suite-directory')));
	const reached = await reachRunner(await readState(directory));
	if (reached.kind !== 'reached') {
		throw new BenchError('usage', `${directory} cannot be stopped: ${reached.why}.`);
	}

	const {control} = reached;
	try {
		if (flags.is('let-go')) {
			await control.letGo();
			process.stdout.write(flags.is('json') ? `${JSON.stringify({path: directory, letGo: true}, undefined, 4)}\n` : `Let go; ${directory} goes on.\n`);
			return 0;
		}

		await control.stop();
		await control.closed;
	} finally {
		control.close();
	}

	const state = await readState(directory);
	if (!state?.outcome) {
		throw new BenchError('host', `${directory}: its runner went away without an end in its journal; the run is interrupted.`);
	}

	const {total, finished, failed} = selectProgress(state);
	process.stdout.write(flags.is('json')
		? `${JSON.stringify({path: directory, outcome: state.outcome, total, finished, failed}, undefined, 4)}\n`
		: `Stopped ${directory}: ${finished} of ${total} benchmarks finished${failed > 0 ? `, ${failed} failed` : ''}.\n`);
	return 0;
}
