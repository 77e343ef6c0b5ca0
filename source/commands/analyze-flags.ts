import {type FlagTable} from './flag-table.ts';

/** The flags of `benchdeck analyze`; apart from the command, for the help needs them alone. */
export const analyzeFlags: FlagTable = {
	'drop-prefix': {type: 'string', value: '2s', help: 'leave out rows that start within this after the first'},
	label: {type: 'string', value: 'NAME', multiple: true, help: 'only this label (may be given more than once)'},
	window: {type: 'string', value: '1s', help: 'length of a window of the charts and of --series'},
	series: {type: 'string', value: 'FILE', help: 'write the windows as CSV'},
	'skip-bad-rows': {type: 'boolean', help: 'count rows that do not parse, instead of ending at the first'},
	write: {type: 'boolean', help: 'of a run: put the figures into its results.csv'},
	'suite-directory': {type: 'string', short: 's', value: 'DIR', help: 'where runs are looked for (default ./runs, else where suites were written last)'},
	json: {type: 'boolean', help: 'JSON on stdout'},
};
