/*
Keys of the results browser.
*/
import {type KeyGroup} from './binding.ts';

export type SuitesCommand = 'open' | 'mark' | 'compare' | 'plot' | 'again' | 'sort' | 'reverse' | 'copy-path';

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

export type SuiteCommand = 'open' | 'columns' | 'sort' | 'hide' | 'freeze' | 'fold' | 'details' | 'triage' | 'plot' | 'again' | 'live';

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
		{command: 'triage', keys: ['t'], label: 'why', help: 'why benchmarks failed'},
		{command: 'plot', keys: ['P'], label: 'plot', help: 'latency against throughput'},
		{command: 'again', keys: ['r'], label: 'run again', help: 'run what is missing or failed, or all of it again (asks)'},
		{command: 'live', keys: ['a'], label: 'console', help: 'the live console of a run that goes on, or the finished run as it was'},
	],
} as const satisfies KeyGroup<SuiteCommand>;

export type ChooserCommand = 'toggle' | 'accept';

export const chooserKeys = {
	title: 'Choosing columns',
	bindings: [
		{command: 'toggle', keys: ['space'], label: 'show or hide', help: 'show or hide this column'},
		{command: 'accept', keys: ['enter'], label: 'done', help: 'take the choice'},
	],
} as const satisfies KeyGroup<ChooserCommand>;
