/*
Keys of the results browser.
*/
import {type KeyGroup} from './binding.ts';

type SuitesCommand = 'open' | 'mark' | 'compare' | 'plot' | 'again' | 'sort' | 'reverse' | 'copy-path';

export const suitesKeys = {
	title: 'Suites',
	bindings: [
		{command: 'open', keys: ['enter'], label: 'open', help: 'the suite\'s table'},
		{command: 'mark', keys: ['space'], label: 'mark', help: 'mark it, for what follows'},
		{command: 'compare', keys: ['='], label: 'compare', help: 'compare what is marked; the first is the baseline'},
		{command: 'plot', keys: ['P'], label: 'plot', help: 'latency against throughput of what is marked'},
		{command: 'again', keys: ['r'], label: 'run again', help: 'resume what is marked or, where nothing is missing, run it again (asks)'},
		{command: 'sort', keys: ['s'], label: 'sort', help: 'sort by the next column'},
		{command: 'reverse', keys: ['S'], help: 'the other way around'},
		{command: 'copy-path', keys: ['y'], help: 'copy the path'},
	],
} as const satisfies KeyGroup<SuitesCommand>;

type SuiteCommand = 'open' | 'columns' | 'sort' | 'hide' | 'freeze' | 'fold' | 'details' | 'triage' | 'plot' | 'again' | 'live';

export const suiteKeys = {
	title: 'Table of a suite',
	bindings: [
		{command: 'open', keys: ['enter'], label: 'open', help: 'the benchmark; of folded repetitions, each of them'},
		{command: 'columns', keys: ['C'], label: 'columns', help: 'choose the columns'},
		{command: 'sort', keys: ['s'], label: 'sort', help: 'sort by this column; again, the other way; again, not'},
		{command: 'hide', keys: ['-'], label: 'hide', help: 'hide this column'},
		{command: 'freeze', keys: ['f'], label: 'freeze', help: 'keep the columns up to this one at the left'},
		{command: 'fold', keys: ['o'], label: 'fold', help: 'repetitions of equal inputs as one row, or each'},
		{command: 'details', keys: ['d'], label: 'details', help: 'all inputs and outputs of this row, and where they come from'},
		{command: 'triage', keys: ['W'], label: 'why', help: 'why benchmarks failed'},
		{command: 'plot', keys: ['P'], label: 'plot', help: 'latency against throughput'},
		{command: 'again', keys: ['r'], label: 'run again', help: 'run what is missing or failed, or all of it again (asks)'},
		{command: 'live', keys: ['a'], label: 'console', help: 'the live console of a run that goes on, or the finished run as it was'},
	],
} as const satisfies KeyGroup<SuiteCommand>;

type ChooserCommand = 'toggle' | 'accept';

export const chooserKeys = {
	title: 'Choosing columns',
	bindings: [
		{command: 'toggle', keys: ['space'], label: 'show or hide', help: 'show or hide this column'},
		{command: 'accept', keys: ['enter'], label: 'done', help: 'take the choice'},
	],
} as const satisfies KeyGroup<ChooserCommand>;

export type BenchmarkCommand = 'next-proc' | 'previous-proc' | 'earlier' | 'later' | 'much-earlier' | 'much-later' | 'stream' | 'next-error' | 'previous-error'
	| 'zoom' | 'charts' | 'chart-source' | 'wrap' | 'timestamps' | 'inputs' | 'command' | 'pattern' | 'why' | 'open-file' | 'copy';

export const benchmarkKeys = {
	title: 'Benchmark',
	bindings: [
		{command: 'next-proc', keys: ['tab', ']'], label: 'next', help: 'next process or file'},
		{command: 'previous-proc', keys: ['shift-tab', '['], help: 'previous process or file'},
		{command: 'earlier', keys: [','], label: 'earlier', help: 'the cursor of the charts, and with it all logs, earlier'},
		{command: 'later', keys: ['.'], label: 'later', help: 'the cursor of the charts, and with it all logs, later'},
		{command: 'much-earlier', keys: ['<'], help: 'much earlier'},
		{command: 'much-later', keys: ['>'], help: 'much later'},
		{command: 'stream', keys: ['o'], label: 'out/err', help: 'stdout or stderr'},
		{command: 'next-error', keys: ['e'], label: 'next error', help: 'next error line'},
		{command: 'previous-error', keys: ['E'], help: 'previous error line'},
		{command: 'zoom', keys: ['enter', 'z'], label: 'zoom', help: 'this log alone, without a border'},
		{command: 'charts', keys: ['c'], label: 'charts', help: 'charts small, large, or not at all'},
		{command: 'chart-source', keys: ['m'], help: 'charts from the recorder\'s rows, or from the recorded metrics'},
		{command: 'why', keys: ['W'], label: 'why', help: 'why it failed'},
		{command: 'inputs', keys: ['i'], label: 'input', help: 'input and output'},
		{command: 'command', keys: ['x'], help: 'the process\'s command, whole'},
		{command: 'wrap', keys: ['w'], label: 'wrap', help: 'wrap long lines, or cut them'},
		{command: 'timestamps', keys: ['t'], label: 'times', help: 'show the lines\' own times, or hide them'},
		{command: 'pattern', keys: ['T'], help: 'how this log writes its times: %H:%M:%S.%f, or a regular expression'},
		{command: 'open-file', keys: ['v'], label: 'open', help: 'the log in $EDITOR or a pager'},
		{command: 'copy', keys: ['y'], label: 'copy', help: 'copy the process\'s command, without its redirects'},
	],
} as const satisfies KeyGroup<BenchmarkCommand>;

type HomeCommand = 'open' | 'resume' | 'all-suites';

export const homeKeys = {
	title: 'Home',
	bindings: [
		{command: 'open', keys: ['enter'], label: 'open', help: 'the run; of a suite, the plan, and again runs it'},
		{command: 'resume', keys: ['r'], label: 'resume', help: 'run what is missing or failed'},
		{command: 'all-suites', keys: ['b'], label: 'all runs', help: 'the list of all suite directories'},
	],
} as const satisfies KeyGroup<HomeCommand>;

export const planKeys = {
	title: 'Plan',
	bindings: [
		{command: 'run', keys: ['enter'], label: 'run it', help: 'run the suite'},
	],
} as const satisfies KeyGroup<'run'>;

type CompareCommand = 'baseline' | 'match-on' | 'map' | 'figures';

export const compareKeys = {
	title: 'Comparison',
	bindings: [
		{command: 'baseline', keys: ['b'], label: 'baseline', help: 'the next run as what the others are compared with'},
		{command: 'match-on', keys: ['o'], label: 'match on', help: 'the inputs to match benchmarks on: num_clients,workload.name'},
		{command: 'map', keys: ['m'], label: 'map', help: 'fields that have another name in one run: OLD=NEW; read_output.=write_output.'},
		{command: 'figures', keys: ['M'], label: 'figures', help: 'the outputs to compare, also patterns: latency.*'},
	],
} as const satisfies KeyGroup<CompareCommand>;

type PlotCommand = 'kind' | 'x' | 'y' | 'group-by' | 'log' | 'names' | 'write';

export const plotKeys = {
	title: 'Plot',
	bindings: [
		{command: 'kind', keys: ['tab', 'k'], label: 'kind', help: 'latency against throughput, over time, a CDF, bars'},
		{command: 'x', keys: ['x'], label: 'x axis', help: 'what x is: any output or input'},
		{command: 'y', keys: ['y'], label: 'y axis', help: 'what y is: any output; over time throughput, p99_ms, …'},
		{command: 'group-by', keys: ['b'], label: 'group by', help: 'the inputs that make a line each: f,workload.name'},
		{command: 'log', keys: ['l'], label: 'log', help: 'logarithmic axes: y, x, both, none'},
		{command: 'names', keys: ['c'], label: 'names', help: 'what a run or a line is called: HAOS=Ours'},
		{command: 'write', keys: ['w'], label: 'write', help: 'write it as a PDF or an SVG for a paper, with its data and the spec that draws it again'},
	],
} as const satisfies KeyGroup<PlotCommand>;

type FlameCommand = 'zoom' | 'wider';

export const flameKeys = {
	title: 'Flame graph',
	bindings: [
		{command: 'zoom', keys: ['enter', 'z'], label: 'zoom', help: 'this frame as wide as the screen'},
		{command: 'wider', keys: ['backspace', 'Z'], label: 'out', help: 'out again, one step'},
	],
} as const satisfies KeyGroup<FlameCommand>;
