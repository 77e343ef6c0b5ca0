import {type BenchmarkState, type RunState} from '../../core/state.ts';
import {plainText} from '../../logs/styled-text.ts';
import {type Glyphs} from '../glyphs.ts';
import {fitLine, type Line, segment} from '../text/line.ts';
import {wrapWords} from '../text/wrap-words.ts';
import {isRunnerGone, runStanding} from './header.ts';

// How long a warning stays.
const warningMs = 15_000;

// A sentence that is cut may lack what to do; one that takes more rows than that leaves too little of the logs.
const mostRows = 2;
const fewestRows = 20;

export type MessageSize = {readonly columns: number; readonly rows: number};

/** The one thing that a person should know now, where there is one: a question, a silent runner, a failure, a warning. No lines where there is nothing. */
export function messageLines(state: RunState, benchmark: BenchmarkState | undefined, now: number, {columns, rows}: MessageSize, glyphs: Glyphs): readonly Line[] {
	const show = (sign: string, text: string, tone: 'bad' | 'warn'): readonly Line[] => {
		const words = wrapWords(plainText(text).trim(), columns - 4);
		const most = rows < fewestRows ? 1 : mostRows;
		const shown = words.length > most ? [...words.slice(0, most - 1), words.slice(most - 1).join(' ')] : words;
		return shown.map((row, nth) => fitLine([segment(nth === 0 ? ` ${sign} ` : ' '.repeat(3), tone, {bold: true}), segment(row, tone)], columns, glyphs.ellipsis));
	};

	const {outcome, held} = state;
	if (runStanding(state, now) === 'silent') {
		const what = isRunnerGone(state) ? 'The runner was killed: its processes end with it.' : 'No sign of life from the runner: killed, or its machine is down.';
		return show(glyphs.failed, `${what} benchdeck resume goes on.`, 'bad');
	}

	if (held) {
		return show('!', `${held.message} R lets go of them.`, 'warn');
	}

	const lost = state.lostHosts[0];
	if (lost) {
		return show('!', lost.message, 'bad');
	}

	if (benchmark?.failure) {
		const {message, hint} = benchmark.failure;
		return show(glyphs.failed, `${benchmark.id}: ${message}${hint === undefined ? '' : ` ${hint}`}`, 'bad');
	}

	const warning = state.warnings.at(-1);
	return warning && (now - warning.at < warningMs || (outcome !== undefined && warning.index === benchmark?.index)) ? show('!', warning.message, 'warn') : [];
}
