/*
The console's commands, as its keys, prompts and questions call them.
*/
import {useApp} from 'ink';
import {type ConsoleEnd} from '../open-console.ts';
import {useScreen} from '../terminal/screen-control.ts';
import {isMoving} from '../text/move.ts';
import {type CommandParts, commandSteps} from './command-steps.ts';
import {copyFromPane} from './copy-from-pane.ts';
import {type ConsoleKeyCommand, keyCommands, moveBy} from './key-commands.ts';

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
	const {notice, attempt, onLog, leave} = steps;
	return {
		run(command) {
			if (isMoving(command)) {
				moveBy(command, parts, steps);
			} else {
				keyCommands(parts, steps)[command]();
			}
		},
		copy(what) {
			const active = steps.activeName();
			if (active && screen) {
				attempt(copyFromPane(what, {options, logs, view, screen, active, notice}));
			}
		},
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
