import {type BenchmarkState, type RunState} from '../../core/state.ts';
import {plainText} from '../../logs/styled-text.ts';
import {type Glyphs} from '../glyphs.ts';
import {fitLine, type Line, segment} from '../text/line.ts';
import {isRunnerGone, runStanding} from './header.ts';

// How long a warning stays.
const warningMs = 15_000;

/** The one thing that a person should know now, where there is one: a question, a silent runner, a failure, a warning. */
export function messageLine(state: RunState, benchmark: BenchmarkState | undefined, now: number, width: number, glyphs: Glyphs): Line | undefined {
	const show = (sign: string, text: string, tone: 'bad' | 'warn') => fitLine([segment(` ${sign} `, tone, {bold: true}), segment(plainText(text), tone)], width, glyphs.ellipsis);
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
	return warning && (now - warning.at < warningMs || (outcome !== undefined && warning.index === benchmark?.index)) ? show('!', warning.message, 'warn') : undefined;
}
