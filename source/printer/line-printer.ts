/*
The plain lines: what the reference harness prints, on stdout; what went wrong, on stderr.
*/
import {benchmarkLine, failureLine, suiteLine} from '../core/console-line.ts';
import {type Emit} from '../core/event.ts';
import {reduce} from '../core/reduce.ts';
import {selectElapsed, selectEta, selectProgress} from '../core/selectors.ts';
import {emptyState} from '../core/state.ts';

type Output = {write(text: string): unknown};

/** A printer of console lines. */
export function createLinePrinter(stdout: Output, stderr: Output): Emit {
	let state = emptyState;
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

			case 'warned':
			case 'host-lost': {
				stderr.write(`${event.message}\n`);
				break;
			}

			case 'suite-finished': {
				if (event.failed > 0) {
					stderr.write(`${event.failed} of ${event.failed + event.finished} benchmarks failed; benchdeck show ${state.directory.split('_', 3).at(2) ?? 'last'} tells more.\n`);
				}

				break;
			}

			default: {
				break;
			}
		}
	};
}
