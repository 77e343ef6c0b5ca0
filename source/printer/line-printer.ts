/*
The plain lines: what the reference harness prints, on stdout; what went wrong, on stderr.
*/
import {printSeconds} from '../core/duration.ts';
import {benchmarkLine, failureLine, suiteLine} from '../core/console-line.ts';
import {type Emit} from '../core/event.ts';
import {reduce} from '../core/reduce.ts';
import {selectElapsed, selectEta, selectProgress} from '../core/selectors.ts';
import {shellQuote} from '../core/shell-quote.ts';
import {emptyState, type RunState} from '../core/state.ts';

type Output = {write(text: string): unknown};

/**
A printer of console lines.

@param before What a resumed run had come to.
*/
export function createLinePrinter(stdout: Output, stderr: Output, before: RunState = emptyState): Emit {
	let state = before;
	return event => {
		state = reduce(state, event);
		switch (event.type) {
			case 'suite-started': {
				stdout.write(`${suiteLine(event.directory)}\n`);
				break;
			}

			case 'benchmark-finished': {
				const {done, total} = selectProgress(state);
				stdout.write(`${benchmarkLine({done, total, durationMs: event.durationMs, elapsedMs: selectElapsed(state, event.at), leftMs: selectEta(state, event.at), summary: event.summary})}\n`);
				break;
			}

			case 'benchmark-failed': {
				stderr.write(`${failureLine(event.id, event.failure)}\n`);
				break;
			}

			case 'suite-resumed': {
				stdout.write(`${suiteLine(state.directory)}\n`);
				break;
			}

			case 'attempt-discarded': {
				// Of an attempt before the run was resumed, it was said then.
				const isOld = before.benchmarks[event.index - 1]?.attempt === event.attempt;
				const why = isOld ? `Benchmark ${event.id} runs again. ` : (event.failure ? `${failureLine(event.id, event.failure)} ` : '');
				stderr.write(`${why}${event.message} What attempt ${event.attempt} left is in ${event.directory}.\n`);
				break;
			}

			case 'held': {
				const stop = `benchdeck stop ${shellQuote(state.directory)} --let-go`;
				stderr.write(`${event.message} ${stop} lets go and the run goes on, without --let-go the run ends; benchdeck attach opens the console on it.\n`);
				break;
			}

			case 'warned':
			case 'stop-requested':
			case 'host-lost': {
				stderr.write(`${event.message}\n`);
				break;
			}

			case 'host-regained': {
				stderr.write(`Host ${event.host} is back after ${printSeconds(event.afterMs)}.\n`);
				break;
			}

			case 'suite-finished': {
				if (event.message !== undefined) {
					stderr.write(`${event.message}\n`);
				}

				if (event.failed > 0) {
					stderr.write(`${event.failed} of ${selectProgress(state).total} benchmarks failed; benchdeck show ${shellQuote(state.directory)} tells more.\n`);
				}

				break;
			}

			default: {
				break;
			}
		}
	};
}
