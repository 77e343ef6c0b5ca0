/*
What each command of the console does. Moves within the console are actions of its reducer; the rest is done here: to logs,
to the run, to the terminal.
*/
import {useApp} from 'ink';
import {type Dispatch} from 'react';
import {type ByteSource} from '../../core/byte-source.ts';
import {messageOf} from '../../core/errors.ts';
import {type ProcState} from '../../core/state.ts';
import {type CommandOf} from '../keys/keymap.ts';
import {type ConsoleEnd} from '../open-console.ts';
import {useScreen} from '../terminal/screen-control.ts';
import {suspendProcess} from '../terminal/suspend.ts';
import {plainText} from '../text/line.ts';
import {isMoving, stepOf} from '../text/move.ts';
import {emptyPrompt} from '../text/prompt.ts';
import {copySequence} from './clipboard.ts';
import {baseScreen, type ConsolePlace, type ConsoleView} from './console-frame.tsx';
import {runStanding} from './header.ts';
import {logLines} from './log-lines.ts';
import {type LogView} from './log-view.ts';
import {type ConsoleAction, type Typing} from './model.ts';
import {activeStream} from './proc-pane.tsx';
import {procStatus} from './select.ts';
import {type ConsoleParts} from './use-console.ts';

export type ConsoleKeyCommand = CommandOf<ConsolePlace>;

export type Commands = {
	run(command: ConsoleKeyCommand): void;
	search(text: string): void;
	filter(text: string): void;
	chartMetric(name: string): void;
	copy(what: 't' | 'c' | 'p'): void;
	leave(how: ConsoleEnd['kind']): void;
	stop(): void;
	skip(): void;
	answer(question: string, text: string): void;
};

type CommandParts = ConsoleParts & {readonly view: ConsoleView; readonly dispatch: Dispatch<ConsoleAction>; readonly onEnd: (end: ConsoleEnd) => void};

/** The console's commands on what is shown now. */
export function useCommands({options, logs, clock, view, dispatch, onEnd}: CommandParts): Commands {
	const {suspendTerminal} = useApp();
	const screen = useScreen();
	const {state, model, benchmark, procs, focused} = view;
	const standing = runStanding(state, clock());
	const isGoing = standing === 'running' || standing === 'stopping' || standing === 'waiting';

	const notice = (text: string, isBad = false) => {
		dispatch({type: 'noticed', text, isBad});
	};

	const attempt = (work: Promise<void> | undefined, done?: string) => {
		work?.then(() => {
			if (done !== undefined) {
				notice(done);
			}
		}, (error: unknown) => {
			notice(messageOf(error), true);
		});
	};

	const name = (proc: ProcState, stream: 'out' | 'err') => ({benchmark: benchmark!.id, label: proc.label, stream});
	const activeName = () => {
		if (!focused || !benchmark) {
			return undefined;
		}

		const [out, error] = [logs.snapshot(name(focused, 'out')), logs.snapshot(name(focused, 'err'))];
		return name(focused, activeStream(model.streams, out, error, procStatus(focused, benchmark, model.at) === 'died'));
	};

	const onLog = (work: (log: LogView) => void) => {
		const active = activeName();
		if (active) {
			work(logs.view(active));
		}
	};

	const choose = (place: number) => {
		const proc = procs[place];
		if (proc) {
			dispatch({type: 'proc-chosen', label: proc.label});
		}
	};

	const cycle = (step: 1 | -1) => {
		const place = procs.findIndex(({label}) => label === focused?.label);
		choose(((place + step) % procs.length + procs.length) % procs.length);
	};

	const moveBenchmark = (step: number) => {
		const order = state.selected;
		const place = order.indexOf(benchmark?.index ?? 0);
		const to = Math.max(0, Math.min(order.length - 1, place + step));
		const index = order[to];
		const isRunning = index !== undefined && state.benchmarks[index - 1]?.status === 'running';
		dispatch({type: 'benchmark-chosen', benchmark: isRunning ? undefined : index});
	};

	const moveTime = (direction: 1 | -1) => {
		if (benchmark?.startedAt === undefined) {
			return;
		}

		const end = benchmark.endedAt ?? clock();
		const step = Math.max(100, (end - benchmark.startedAt) / 60);
		const to = (model.at ?? end) + direction * step;
		const at = to >= end ? undefined : Math.max(benchmark.startedAt, to);
		dispatch({type: 'time-chosen', at});
		for (const proc of view.plan.shown) {
			for (const stream of ['out', 'err'] as const) {
				logs.view(name(proc, stream)).toTime(at, proc.startedAt);
			}
		}
	};

	const type = (what: Typing) => {
		dispatch({type: 'opened', screen: {kind: 'typing', what, prompt: emptyPrompt, choice: 0, under: model.screen}});
	};

	const ask = (question: 'leave' | 'skip' | 'stop') => {
		dispatch({type: 'opened', screen: {kind: 'asking', question, under: model.screen}});
	};

	const leave = (kind: ConsoleEnd['kind']) => {
		onEnd(kind === 'browse' ? {kind, directory: state.directory} : {kind});
	};

	const quit = () => {
		if (isGoing && state.name !== '') {
			ask('leave');
		} else {
			leave('quit');
		}
	};

	const toFailure = () => {
		const failed = benchmark?.failure ? benchmark : state.benchmarks.find(({status}) => status === 'failed');
		if (!failed) {
			return;
		}

		dispatch({type: 'benchmark-chosen', benchmark: failed.index});
		if (failed.failure?.label !== undefined) {
			dispatch({type: 'proc-chosen', label: failed.failure.label});
			dispatch({type: 'opened', screen: {kind: 'zoomed'}});
		}
	};

	const powerless = () => {
		notice(options.powerless ?? 'This console has no power over the run.', true);
	};

	const copy = (what: 't' | 'c' | 'p') => {
		const active = activeName();
		if (!active || !focused || !screen) {
			return;
		}

		const put = (text: string, words: string) => {
			const {sequence, isCut} = copySequence(text);
			screen.write(sequence);
			notice(`${words} copied through OSC 52${isCut ? ', its first 75 kB' : ''}.`);
		};

		switch (what) {
			case 't': {
				const {grid} = view.plan;
				const isZoomed = baseScreen(model.screen) === 'zoomed';
				const place = view.plan.shown.findIndex(({label}) => label === focused.label);
				const height = isZoomed ? view.rows - 2 : (grid.heights[Math.floor(place / grid.columns)] ?? view.rows) - 1;
				const lines = logLines(logs.snapshot(active), {width: 10_000, height, isWrapped: false, hasTimes: model.hasTimes, shift: 0}, screen.look.glyphs);
				put(lines.map(line => plainText(line).slice(1)).join('\n') + '\n', `${lines.length} lines of ${focused.label}'s std${active.stream}`);
				return;
			}

			case 'p': {
				put(`${state.directory}/${active.benchmark}/${focused.label}_${active.stream}.txt`, `The path of ${focused.label}_${active.stream}.txt`);
				return;
			}

			case 'c': {
				attempt(readWhole(options.sources.file(active.benchmark, `${focused.label}_cmd.txt`)).then(text => {
					put(text.trimEnd(), `The command of ${focused.label}`);
				}));
			}
		}
	};

	const open = () => {
		const active = activeName();
		if (!active) {
			return;
		}

		if (!options.actions.openFile) {
			notice('Files cannot be opened from here.', true);
			return;
		}

		attempt(suspendTerminal(async () => options.actions.openFile!(active.benchmark, `${active.label}_${active.stream}.txt`)));
	};

	const back = () => {
		if (model.screen.kind !== 'panes') {
			dispatch({type: 'opened', screen: {kind: 'panes'}});
		} else if (model.focus === 'benchmarks') {
			dispatch({type: 'focused', focus: 'panes'});
		} else if (model.at === undefined) {
			onLog(log => {
				if (log.snapshot().search) {
					log.search('');
				} else if (log.snapshot().filter) {
					log.narrow('');
				} else {
					log.follow();
				}
			});
		} else {
			dispatch({type: 'time-chosen', at: undefined});
		}
	};

	const run = (command: ConsoleKeyCommand): void => {
		if (isMoving(command)) {
			if (model.focus === 'benchmarks' && model.screen.kind === 'panes') {
				const step = stepOf(command, view.layout.list.height);
				moveBenchmark(step);
			} else if (command === 'left' || command === 'right') {
				dispatch({type: 'shifted', by: command === 'left' ? -8 : 8});
			} else {
				onLog(log => {
					log.move(command);
				});
			}

			return;
		}

		switch (command) {
			case 'next-pane': {
				cycle(1);
				break;
			}

			case 'previous-pane': {
				cycle(-1);
				break;
			}

			case 'pane-1':
			case 'pane-2':
			case 'pane-3':
			case 'pane-4':
			case 'pane-5':
			case 'pane-6':
			case 'pane-7':
			case 'pane-8':
			case 'pane-9': {
				choose(Number(command.slice(5)) - 1);
				break;
			}

			case 'zoom': {
				dispatch(model.focus === 'benchmarks' ? {type: 'focused', focus: 'panes'} : {type: 'opened', screen: {kind: model.screen.kind === 'zoomed' ? 'panes' : 'zoomed'}});
				break;
			}

			case 'arrange': {
				dispatch({type: 'arranged'});
				break;
			}

			case 'charts': {
				dispatch({type: 'opened', screen: {kind: model.screen.kind === 'charts' ? 'panes' : 'charts'}});
				break;
			}

			case 'benchmarks': {
				dispatch({type: 'focused', focus: model.focus === 'benchmarks' ? 'panes' : 'benchmarks'});
				break;
			}

			case 'previous-benchmark': {
				moveBenchmark(-1);
				break;
			}

			case 'next-benchmark': {
				moveBenchmark(1);
				break;
			}

			case 'earlier': {
				moveTime(-1);
				break;
			}

			case 'later': {
				moveTime(1);
				break;
			}

			case 'next-error':
			case 'previous-error': {
				onLog(log => {
					log.toError(command === 'next-error' ? 'next' : 'previous');
				});
				break;
			}

			case 'next-match':
			case 'previous-match': {
				onLog(log => {
					log.toMatch(command === 'next-match' ? 'next' : 'previous');
				});
				break;
			}

			case 'stream': {
				dispatch({type: 'streams-changed'});
				break;
			}

			case 'wrap': {
				dispatch({type: 'wrap-toggled'});
				break;
			}

			case 'timestamps': {
				dispatch({type: 'times-toggled'});
				break;
			}

			case 'open': {
				open();
				break;
			}

			case 'copy': {
				dispatch({type: 'opened', screen: {kind: 'copying', under: model.screen}});
				break;
			}

			case 'chart-next': {
				dispatch({type: 'chart-chosen', chart: view.charts.length === 0 ? 0 : (model.chart + 1) % view.charts.length});
				break;
			}

			case 'chart-split': {
				dispatch({type: 'split-toggled'});
				break;
			}

			case 'skip':
			case 'stop': {
				if (!isGoing) {
					notice('The run has ended.');
				} else if (options.actions[command]) {
					ask(command);
				} else {
					powerless();
				}

				break;
			}

			case 'let-go': {
				if (state.held && options.actions.letGo) {
					attempt(options.actions.letGo(), 'The processes are let go.');
				} else {
					notice('No processes are held.');
				}

				break;
			}

			case 'detach': {
				leave(isGoing ? 'detached' : 'quit');
				break;
			}

			case 'browse': {
				leave('browse');
				break;
			}

			case 'failing': {
				toFailure();
				break;
			}

			case 'search':
			case 'filter':
			case 'palette': {
				type(command);
				break;
			}

			case 'help': {
				dispatch({type: 'opened', screen: {kind: 'help', under: model.screen}});
				break;
			}

			case 'back': {
				back();
				break;
			}

			case 'quit': {
				if (model.screen.kind === 'panes') {
					quit();
				} else {
					back();
				}

				break;
			}

			case 'interrupt': {
				if (isGoing && options.role === 'attached') {
					leave('detached');
				} else {
					quit();
				}

				break;
			}

			case 'suspend': {
				attempt(suspendProcess(suspendTerminal));
				break;
			}
		}
	};

	return {
		run,
		copy,
		leave,
		search(text) {
			onLog(log => {
				log.search(text);
			});
		},
		filter(text) {
			onLog(log => {
				log.narrow(text);
			});
		},
		chartMetric(metric) {
			const place = model.metrics.indexOf(metric);
			const live = Object.keys(state.live).length;
			dispatch({type: 'metric-charted', metric, chart: live + (place === -1 ? model.metrics.length : place)});
		},
		stop() {
			attempt(options.actions.stop?.(), 'The run is being stopped in order.');
		},
		skip() {
			attempt(options.actions.skip?.(), 'The benchmark is being skipped.');
		},
		answer(question, text) {
			attempt(options.actions.answer?.(question, text));
		},
	};
}

// A command is short: a megabyte holds the longest that a system takes.
async function readWhole(source: ByteSource): Promise<string> {
	try {
		return new TextDecoder().decode(await source.read(0, 1_000_000));
	} finally {
		await source.close();
	}
}
