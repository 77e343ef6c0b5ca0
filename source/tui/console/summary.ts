/*
What is left in the normal screen: the console lines of the run so far, as `--plain` prints them, the last of them where
there are many; and how to come back.
*/
import {benchmarkLine, failureLine, suiteLine} from '../../core/console-line.ts';
import {type RunEvent} from '../../core/event.ts';
import {selectElapsed, selectEta, selectProgress} from '../../core/selectors.ts';
import {type RunState} from '../../core/state.ts';
import {plainText} from '../../logs/styled-text.ts';

const mostLines = 10;

export class Summary {
	readonly #lines: string[] = [];
	#left = 0;
	#head = '';

	/** Takes an event, with the state after it. */
	readonly take = (event: RunEvent, state: RunState): void => {
		switch (event.type) {
			case 'suite-started': {
				this.#head = suiteLine(event.directory);
				break;
			}

			case 'benchmark-finished': {
				const {done, total} = selectProgress(state);
				this.#add(benchmarkLine({done, total, durationMs: event.durationMs, elapsedMs: selectElapsed(state, event.at), leftMs: selectEta(state, event.at), summary: event.summary}));
				break;
			}

			case 'benchmark-failed': {
				this.#add(failureLine(event.id, event.failure));
				break;
			}

			default: {
				break;
			}
		}
	};

	/** The lines so far, and a last one that says how the run stands. */
	text(last: string): string {
		const lines = [
			...(this.#head === '' ? [] : [this.#head]),
			...(this.#left > 0 ? [`(${this.#left} earlier ${this.#left === 1 ? 'line' : 'lines'} left out)`] : []),
			...this.#lines,
			...(last === '' ? [] : [last]),
		];
		return lines.map(line => `${plainText(line)}\n`).join('');
	}

	#add(line: string): void {
		this.#lines.push(line);
		if (this.#lines.length > mostLines) {
			this.#lines.shift();
			this.#left++;
		}
	}
}
