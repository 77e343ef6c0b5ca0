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
