/*
What the console's commands are made of: moves to a pane, a benchmark, a time; what is said to the person; ways out.
*/
import {type SuspendTerminal} from 'ink';
import {type Dispatch} from 'react';
import {messageOf} from '../../core/errors.ts';
import {type ProcState} from '../../core/state.ts';
import {type ConsoleEnd} from '../open-console.ts';
import {lendTerminal, suspendProcess} from '../terminal/suspend.ts';
import {emptyPrompt} from '../text/prompt.ts';
import {type ConsoleView} from './console-frame.tsx';
import {runStanding} from './header.ts';
import {type LogName} from './log-shelf.ts';
import {type LogView} from './log-view.ts';
import {type ConsoleAction, type Question, type Typing} from './model.ts';
import {activeStream} from './proc-pane.tsx';
import {procStatus} from './select.ts';
import {type ConsoleParts} from './use-console.ts';

export type CommandParts = ConsoleParts & {readonly view: ConsoleView; readonly dispatch: Dispatch<ConsoleAction>; readonly onEnd: (end: ConsoleEnd) => void};

export type CommandSteps = ReturnType<typeof commandSteps>;

/** The steps of commands on what is shown now. */
export function commandSteps(parts: CommandParts, suspendTerminal: SuspendTerminal) {
	const saying = sayingSteps(parts);
	const log = logSteps(parts);
	const place = placeSteps(parts);
	return {
		...saying,
		...log,
		...place,
		...wayOutSteps(parts, {...log, ...place}),
		open: openStep(parts, {...saying, ...log}, suspendTerminal),
		suspend: async () => suspendProcess(suspendTerminal),
	};
}

function sayingSteps({options, dispatch}: CommandParts) {
	const notice = (text: string, isBad = false) => {
		dispatch({type: 'noticed', text, isBad});
	};

	return {
		notice,
		attempt(work: Promise<void> | undefined, done?: string) {
			work?.then(() => {
				if (done !== undefined) {
					notice(done);
				}
			}, (error: unknown) => {
				notice(messageOf(error), true);
			});
		},
		powerless() {
			notice(options.powerless ?? 'This console has no power over the run.', true);
		},
	};
}

function logSteps({logs, view}: CommandParts) {
	const {model, benchmark, focused} = view;
	const activeName = () => {
		if (!focused || !benchmark) {
			return undefined;
		}

		const [out, error] = (['out', 'err'] as const).map(stream => logs.snapshot(nameOf(view, focused, stream)));
		return nameOf(view, focused, activeStream(model.streams, out!, error!, procStatus(focused, benchmark, model.at) === 'died'));
	};

	return {
		activeName,
		onLog(work: (log: LogView) => void) {
			const active = activeName();
			if (active) {
				work(logs.view(active));
			}
		},
	};
}

function nameOf({benchmark}: ConsoleView, proc: ProcState, stream: 'out' | 'err'): LogName {
	return {benchmark: benchmark!.id, label: proc.label, stream};
}

function placeSteps({logs, clock, view, dispatch}: CommandParts) {
	const {state, model, benchmark, procs, focused} = view;
	const choose = (place: number) => {
		const proc = procs[place];
		if (proc) {
			dispatch({type: 'proc-chosen', label: proc.label});
		}
	};

	const chooseTime = (at: number | undefined) => {
		dispatch({type: 'time-chosen', at});
		for (const proc of view.plan.shown) {
			for (const stream of ['out', 'err'] as const) {
				logs.view(nameOf(view, proc, stream)).toTime(at, {startedAt: proc.startedAt, endedAt: proc.exitedAt});
			}
		}
	};

	return {
		choose,
		cycle(step: 1 | -1) {
			const place = procs.findIndex(({label}) => label === focused?.label);
			choose(((place + step) % procs.length + procs.length) % procs.length);
		},
		moveBenchmark(step: number) {
			const order = state.selected;
			const place = order.indexOf(benchmark?.index ?? 0);
			const to = Math.max(0, Math.min(order.length - 1, place + step));
			const index = order[to];
			const isRunning = index !== undefined && state.benchmarks[index - 1]?.status === 'running';
			dispatch({type: 'benchmark-chosen', benchmark: isRunning ? undefined : index});
		},
		moveTime(direction: 1 | -1) {
			if (benchmark?.startedAt === undefined) {
				return;
			}

			const end = benchmark.endedAt ?? clock();
			const step = Math.max(100, (end - benchmark.startedAt) / 60);
			const to = (model.at ?? end) + direction * step;
			chooseTime(to >= end ? undefined : Math.max(benchmark.startedAt, to));
		},
		toNow() {
			chooseTime(undefined);
		},
		toFailure() {
			const failed = benchmark?.failure ? benchmark : state.benchmarks.find(({status}) => status === 'failed');
			if (!failed) {
				return;
			}

			dispatch({type: 'benchmark-chosen', benchmark: failed.index});
			if (failed.failure?.label !== undefined) {
				dispatch({type: 'proc-chosen', label: failed.failure.label});
				dispatch({type: 'opened', screen: {kind: 'zoomed'}});
			}
		},
	};
}

function wayOutSteps({clock, view, dispatch, onEnd}: CommandParts, {onLog, toNow}: Pick<ReturnType<typeof logSteps>, 'onLog'> & Pick<ReturnType<typeof placeSteps>, 'toNow'>) {
	const {state, model} = view;
	const standing = runStanding(state, clock());
	const isGoing = standing === 'running' || standing === 'stopping' || standing === 'waiting';
	const ask = (question: Question) => {
		dispatch({type: 'opened', screen: {kind: 'asking', question, under: model.screen}});
	};

	const leave = (kind: ConsoleEnd['kind']) => {
		onEnd(kind === 'browse' ? {kind, directory: state.directory} : {kind});
	};

	return {
		isGoing,
		ask,
		leave,
		type(what: Typing) {
			dispatch({type: 'opened', screen: {kind: 'typing', what, prompt: emptyPrompt, choice: 0, under: model.screen}});
		},
		quit() {
			if (isGoing && state.name !== '') {
				ask('leave');
			} else {
				leave('quit');
			}
		},
		back() {
			if (model.screen.kind !== 'panes') {
				dispatch({type: 'opened', screen: {kind: 'panes'}});
			} else if (model.focus === 'benchmarks') {
				dispatch({type: 'focused', focus: 'panes'});
			} else if (model.at === undefined) {
				onLog(letGoOf);
			} else {
				toNow();
			}
		},
	};
}

// What was searched goes first, then what was filtered, then the place.
function letGoOf(log: LogView): void {
	if (log.snapshot().search) {
		log.search('');
	} else if (log.snapshot().filter) {
		log.narrow('');
	} else {
		log.follow();
	}
}

function openStep({options: {actions}}: CommandParts, {activeName, notice, attempt}: ReturnType<typeof sayingSteps> & ReturnType<typeof logSteps>, suspendTerminal: SuspendTerminal) {
	return () => {
		const active = activeName();
		if (!active) {
			return;
		}

		const {openFile} = actions;
		if (!openFile) {
			notice('Files cannot be opened from here.', true);
			return;
		}

		attempt(lendTerminal(suspendTerminal, async () => openFile(active.benchmark, `${active.label}_${active.stream}.txt`)));
	};
}
