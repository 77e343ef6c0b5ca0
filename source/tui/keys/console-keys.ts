/*
Keys of the live console.
*/
import {type KeyGroup} from './binding.ts';

type ConsoleCommand =
	| 'next-pane' | 'previous-pane' | 'pane-1' | 'pane-2' | 'pane-3' | 'pane-4' | 'pane-5' | 'pane-6' | 'pane-7' | 'pane-8' | 'pane-9'
	| 'zoom' | 'arrange' | 'benchmarks' | 'previous-benchmark' | 'next-benchmark' | 'earlier' | 'later'
	| 'next-error' | 'previous-error' | 'stream' | 'wrap' | 'timestamps' | 'open' | 'copy' | 'charts' | 'chart-next' | 'chart-split'
	| 'skip' | 'stop' | 'let-go' | 'detach' | 'browse' | 'failing';

const panes = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

export const consoleKeys = {
	title: 'Console',
	bindings: [
		{command: 'next-pane', keys: ['tab'], label: 'next', help: 'next process'},
		{command: 'previous-pane', keys: ['shift-tab'], help: 'previous process'},
		...panes.map(digit => ({command: `pane-${digit}` as const, keys: [String(digit)], help: `process ${digit}`})),
		{command: 'zoom', keys: ['enter', 'z'], label: 'zoom', help: 'this process alone, without a border, so that text selects cleanly'},
		{command: 'arrange', keys: ['a'], label: 'arrange', help: 'grid, one, list with preview, map of the fleet'},
		{command: 'charts', keys: ['c'], label: 'charts', help: 'throughput and latency at full size'},
		{command: 'benchmarks', keys: ['b'], label: 'benchmarks', help: 'to the list of benchmarks and back'},
		{command: 'previous-benchmark', keys: ['['], help: 'previous benchmark'},
		{command: 'next-benchmark', keys: [']'], help: 'next benchmark; past the running one, follow the run again'},
		{command: 'earlier', keys: [','], help: 'earlier in this benchmark\'s time'},
		{command: 'later', keys: ['.'], help: 'later in this benchmark\'s time; past its end, now again'},
		{command: 'next-error', keys: ['e'], label: 'next error', help: 'next error line'},
		{command: 'previous-error', keys: ['E'], help: 'previous error line'},
		{command: 'stream', keys: ['o'], label: 'out/err', help: 'stdout, stderr, both'},
		{command: 'wrap', keys: ['w'], label: 'wrap', help: 'wrap long lines, or cut them'},
		{command: 'timestamps', keys: ['t'], label: 'times', help: 'show the lines\' own times, or hide them'},
		{command: 'open', keys: ['v'], label: 'open', help: 'the log in $EDITOR or a pager'},
		{command: 'copy', keys: ['y'], label: 'copy', help: 'copy: then t the visible text, c the command, p the path'},
		{command: 'skip', keys: ['S'], label: 'skip', help: 'end this benchmark, go on with the next (asks)'},
		{command: 'stop', keys: ['X'], label: 'stop', help: 'end the run in order (asks)'},
		{command: 'let-go', keys: ['R'], help: 'release the processes that --hold keeps'},
		{command: 'detach', keys: ['d'], label: 'detach', help: 'leave the run going and quit'},
	],
} as const satisfies KeyGroup<ConsoleCommand>;

/** After the run, or on a finished one. */
export const finishedKeys = {
	title: 'After the run',
	bindings: [
		{command: 'browse', keys: ['B'], label: 'browse', help: 'the results browser, on this run'},
		{command: 'failing', keys: ['f'], label: 'failed process', help: 'the process that failed'},
	],
} as const satisfies KeyGroup<ConsoleCommand>;

export const chartKeys = {
	title: 'Charts',
	bindings: [
		{command: 'chart-next', keys: ['tab'], label: 'next chart', help: 'next figure'},
		{command: 'chart-split', keys: ['s'], label: 'per process', help: 'summed, or a line for each process'},
		{command: 'earlier', keys: [',', 'h', 'left'], label: 'earlier', help: 'the cursor earlier in time'},
		{command: 'later', keys: ['.', 'l', 'right'], label: 'later', help: 'the cursor later in time'},
	],
} as const satisfies KeyGroup<ConsoleCommand>;
