/*
What each key of the console does. Moves within the console are actions of its reducer; the rest is done by the steps: to
logs, to the run, to the terminal.
*/
import {type MovingCommand} from '../keys/common-keys.ts';
import {type CommandOf} from '../keys/keymap.ts';
import {stepOf} from '../text/move.ts';
import {showsTimes} from '../text/own-times.ts';
import {type CommandParts, type CommandSteps} from './command-steps.ts';
import {baseScreen, type ConsolePlace} from './console-frame.tsx';

export type ConsoleKeyCommand = CommandOf<ConsolePlace>;

type Doing<Command extends ConsoleKeyCommand> = Readonly<Record<Command, () => void>>;

/** Moves in the list of benchmarks where the keyboard is there, else in the log. */
export function moveBy(command: MovingCommand, {view: {model, layout}, dispatch}: CommandParts, {moveBenchmark, onLog}: CommandSteps): void {
	if (model.focus === 'benchmarks' && model.screen.kind === 'panes') {
		moveBenchmark(stepOf(command, layout.list.height));
	} else if (command === 'left' || command === 'right') {
		dispatch({type: 'shifted', by: command === 'left' ? -8 : 8});
	} else {
		onLog(log => {
			log.move(command);
		});
	}
}

/** What all other commands do on what is shown now. */
export function keyCommands(parts: CommandParts, steps: CommandSteps): Doing<Exclude<ConsoleKeyCommand, MovingCommand>> {
	return {
		...paneCommands(parts, steps),
		...timeCommands(steps),
		...logCommands(parts, steps),
		...screenCommands(parts, steps),
		...runCommands(parts, steps),
		...leavingCommands(parts, steps),
	};
}

function paneCommands({view: {model}, dispatch}: CommandParts, {choose, cycle}: CommandSteps) {
	const digit = (place: number) => () => {
		choose(place - 1);
	};

	return {
		'next-pane'() {
			cycle(1);
		},
		'previous-pane'() {
			cycle(-1);
		},
		'pane-1': digit(1),
		'pane-2': digit(2),
		'pane-3': digit(3),
		'pane-4': digit(4),
		'pane-5': digit(5),
		'pane-6': digit(6),
		'pane-7': digit(7),
		'pane-8': digit(8),
		'pane-9': digit(9),
		zoom() {
			dispatch(model.focus === 'benchmarks' ? {type: 'focused', focus: 'panes'} : {type: 'opened', screen: {kind: model.screen.kind === 'zoomed' ? 'panes' : 'zoomed'}});
		},
		arrange() {
			dispatch({type: 'arranged'});
		},
		benchmarks() {
			dispatch({type: 'focused', focus: model.focus === 'benchmarks' ? 'panes' : 'benchmarks'});
		},
	};
}

function timeCommands({moveBenchmark, moveTime, toFailure}: CommandSteps) {
	return {
		'previous-benchmark'() {
			moveBenchmark(-1);
		},
		'next-benchmark'() {
			moveBenchmark(1);
		},
		earlier() {
			moveTime(-1);
		},
		later() {
			moveTime(1);
		},
		failing: toFailure,
	};
}

function logCommands({view, dispatch}: CommandParts, {onLog, open}: CommandSteps) {
	const {model, columns, plan} = view;
	const find = (what: 'error' | 'match', direction: 'next' | 'previous') => () => {
		onLog(log => {
			if (what === 'error') {
				log.toError(direction);
			} else {
				log.toMatch(direction);
			}
		});
	};

	return {
		'next-error': find('error', 'next'),
		'previous-error': find('error', 'previous'),
		'next-match': find('match', 'next'),
		'previous-match': find('match', 'previous'),
		stream() {
			dispatch({type: 'streams-changed'});
		},
		wrap() {
			dispatch({type: 'wrap-toggled'});
		},
		timestamps() {
			dispatch({type: 'times-toggled', areShown: showsTimes(model, baseScreen(model.screen) === 'zoomed' ? columns : plan.grid.widths[0] ?? columns)});
		},
		open,
	};
}

/** What opens another screen, or changes the one of charts. */
function screenCommands({view: {model, charts}, dispatch}: CommandParts, {type}: CommandSteps) {
	const typing = (what: 'search' | 'filter' | 'palette') => () => {
		type(what);
	};

	return {
		charts() {
			dispatch({type: 'opened', screen: {kind: model.screen.kind === 'charts' ? 'panes' : 'charts'}});
		},
		'chart-next'() {
			dispatch({type: 'chart-chosen', chart: charts.length === 0 ? 0 : (model.chart + 1) % charts.length});
		},
		'chart-split'() {
			dispatch({type: 'split-toggled'});
		},
		copy() {
			dispatch({type: 'opened', screen: {kind: 'copying', under: model.screen}});
		},
		search: typing('search'),
		filter: typing('filter'),
		palette: typing('palette'),
		help() {
			dispatch({type: 'opened', screen: {kind: 'help', under: model.screen}});
		},
	};
}

function runCommands({options: {actions}, view: {state}}: CommandParts, {isGoing, notice, attempt, ask, powerless}: CommandSteps) {
	const asking = (command: 'skip' | 'stop') => () => {
		if (!isGoing) {
			notice('The run has ended.');
		} else if (actions[command]) {
			ask(command);
		} else {
			powerless();
		}
	};

	return {
		skip: asking('skip'),
		stop: asking('stop'),
		'let-go'() {
			if (state.held && actions.letGo) {
				attempt(actions.letGo(), 'The processes are let go.');
			} else {
				notice('No processes are held.');
			}
		},
	};
}

function leavingCommands({options, view: {model}}: CommandParts, {isGoing, attempt, back, leave, quit, suspend}: CommandSteps) {
	return {
		detach() {
			leave(isGoing ? 'detached' : 'quit');
		},
		browse() {
			leave('browse');
		},
		back,
		quit() {
			if (model.screen.kind === 'panes') {
				quit();
			} else {
				back();
			}
		},
		interrupt() {
			if (isGoing && options.role === 'attached') {
				leave('detached');
			} else {
				quit();
			}
		},
		suspend() {
			attempt(suspend());
		},
	};
}
