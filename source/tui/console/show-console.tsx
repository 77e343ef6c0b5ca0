import process from 'node:process';
import {selectProgress} from '../../core/selectors.ts';
import {type RunState} from '../../core/state.ts';
import {RunStore} from '../../store/run-store.ts';
import {type ConsoleEnd, type ConsoleOptions} from '../open-console.ts';
import {openScreen} from '../terminal/open-screen.tsx';
import {ConsoleScreen} from './console-screen.tsx';
import {LiveCharts} from './live-charts.ts';
import {LogShelf} from './log-shelf.ts';
import {Summary} from './summary.ts';

/** Shows the console, leaves the summary in the normal screen, and says how it ended. */
export async function showConsole(options: ConsoleOptions): Promise<ConsoleEnd> {
	const {sources, clock = Date.now, stdout = process.stdout, comeBack} = options;
	const summary = new Summary();
	const store = new RunStore({follow: onEvents => sources.follow(onEvents), onEvent: summary.take, runnerGone: sources.runnerGone});
	const logs = new LogShelf(sources);
	const charts = new LiveCharts(sources, clock);
	try {
		const end = await openScreen<ConsoleEnd>(answer => <ConsoleScreen options={options} store={store} logs={logs} charts={charts} clock={clock} onEnd={answer}/>, options);
		const how: ConsoleEnd = end.kind === 'answered' ? end.answer : {kind: store.state().outcome === undefined ? 'detached' : 'quit'};
		// A terminal that was closed has nobody who reads.
		if (end.kind === 'answered' || end.signal !== 'SIGHUP') {
			stdout.write(summary.text(lastWords(how, store.state(), comeBack)));
		}

		return how;
	} finally {
		store.close();
		logs.close();
		charts.close();
	}
}

function lastWords(end: ConsoleEnd, state: RunState, comeBack: string): string {
	if (end.kind === 'detached') {
		return state.stopping === undefined ? `Detached; the run goes on. To come back: ${comeBack}` : `Detached; the run is ending. To see it end: ${comeBack}`;
	}

	const {failed, finished, total} = selectProgress(state);
	if (state.outcome === 'interrupted' || end.kind === 'stopped') {
		return `Interrupted: ${finished} of ${total} benchmarks finished.`;
	}

	return failed > 0 ? `${failed} of ${total} benchmarks failed.` : '';
}
