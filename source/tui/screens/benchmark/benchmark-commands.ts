import {type LogReader} from '../../../logs/log-reader.ts';
import {type BenchmarkCommand} from '../../keys/browser-keys.ts';
import {type MovingCommand, type SearchingCommand} from '../../keys/common-keys.ts';
import {isMoving, stepOf} from '../../text/move.ts';
import {type BenchmarkAction, type BenchmarkState} from './benchmark-state.ts';
import {type Stream} from './item.ts';
import {type LogQuestion} from './log-question.ts';
import {type Moment} from './use-moment.ts';

type PageCommand = BenchmarkCommand | MovingCommand | SearchingCommand;

type Page = {
	readonly state: BenchmarkState;
	readonly dispatch: (action: BenchmarkAction) => void;
	readonly moment: Moment;
	/** The log in focus, its rows and its stream. */
	readonly reader: LogReader | undefined;
	readonly logRows: number;
	readonly stream: Stream;
	readonly itemCount: number;
	readonly sourceCount: number;
	readonly hasTriage: boolean;
	/** Whether the log in focus shows the times of its lines; undefined where it is no log of a process. */
	readonly hasTimes: boolean | undefined;
	ask(question: LogQuestion): void;
	openFile(): void;
	copyCommand(): void;
};

const scrollCells = 8;
const steps = {earlier: -1, later: 1, 'much-earlier': -10, 'much-later': 10} as const;

/** What a command does on the page of a benchmark. */
export function takeCommand(command: PageCommand, {state, dispatch, moment, reader, logRows, stream, itemCount, sourceCount, hasTriage, hasTimes, ask, openFile, copyCommand}: Page): void {
	if (command === 'left' || command === 'right') {
		dispatch({type: 'scrolled', cells: command === 'left' ? -scrollCells : scrollCells});
		return;
	}

	if (isMoving(command)) {
		reader?.move(stepOf(command, Math.max(1, logRows)));
		moment.follow();
		return;
	}

	switch (command) {
		case 'next-proc':
		case 'previous-proc': {
			dispatch({type: 'went', step: command === 'next-proc' ? 1 : -1, count: itemCount});
			break;
		}

		case 'earlier':
		case 'later':
		case 'much-earlier':
		case 'much-later': {
			moment.step(steps[command]);
			break;
		}

		case 'stream': {
			dispatch({type: 'chose-stream', stream: stream === 'out' ? 'err' : 'out'});
			break;
		}

		case 'next-error':
		case 'previous-error':
		case 'next-match':
		case 'previous-match': {
			jump(command, reader);
			moment.follow();
			break;
		}

		case 'search':
		case 'filter':
		case 'pattern': {
			ask(command);
			break;
		}

		case 'zoom': {
			dispatch({type: 'zoomed', isZoomed: !state.isZoomed});
			break;
		}

		case 'charts': {
			dispatch(state.panel === 'charts' ? {type: 'resized-charts'} : {type: 'showed', panel: 'charts'});
			break;
		}

		case 'chart-source': {
			dispatch({type: 'changed-source', count: sourceCount});
			break;
		}

		case 'wrap': {
			dispatch({type: 'wrapped'});
			break;
		}

		case 'timestamps': {
			if (hasTimes !== undefined) {
				dispatch({type: 'toggled-times', areShown: hasTimes});
			}

			break;
		}

		case 'why': {
			dispatch({type: 'showed', panel: hasTriage ? 'why' : 'charts'});
			break;
		}

		case 'inputs':
		case 'command': {
			dispatch({type: 'showed', panel: command});
			break;
		}

		case 'open-file': {
			openFile();
			break;
		}

		case 'copy': {
			copyCommand();
		}
	}
}

function jump(command: 'next-error' | 'previous-error' | 'next-match' | 'previous-match', reader: LogReader | undefined): void {
	switch (command) {
		case 'next-error': {
			reader?.nextError();
			break;
		}

		case 'previous-error': {
			reader?.previousError();
			break;
		}

		case 'next-match': {
			reader?.nextMatch();
			break;
		}

		case 'previous-match': {
			reader?.previousMatch();
		}
	}
}
