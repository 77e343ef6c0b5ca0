/*
What each command of the console does. Moves within the console are actions of its reducer; the rest is done here: to logs,
to the run, to the terminal.
*/
import {useApp} from 'ink';
import {type CommandOf} from '../keys/keymap.ts';
import {type ConsoleEnd} from '../open-console.ts';
import {useScreen} from '../terminal/screen-control.ts';
import {suspendProcess} from '../terminal/suspend.ts';
import {isMoving, stepOf} from '../text/move.ts';
import {showsTimes} from '../text/own-times.ts';
import {type CommandParts, commandSteps} from './command-steps.ts';
import {baseScreen, type ConsolePlace} from './console-frame.tsx';
import {copyFromPane} from './copy-from-pane.ts';

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

/** The console's commands on what is shown now. */
export function useCommands(parts: CommandParts): Commands {
	const {options, logs, view, dispatch} = parts;
	const {suspendTerminal} = useApp();
	const screen = useScreen();
	const {state, model} = view;
	const steps = commandSteps(parts, suspendTerminal);
	const {isGoing, notice, attempt, onLog, choose, cycle, moveBenchmark, moveTime, type, ask, leave, quit, toFailure, powerless, open, back} = steps;
	const copy = (what: 't' | 'c' | 'p') => {
		const active = steps.activeName();
		if (active && screen) {
			attempt(copyFromPane(what, {options, logs, view, screen, active, notice}));
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
				dispatch({type: 'times-toggled', areShown: showsTimes(model, baseScreen(model.screen) === 'zoomed' ? view.columns : view.plan.grid.widths[0] ?? view.columns)});
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
