import {type FlagTable} from './flag-table.ts';
import {themeFlag} from './run-flags.ts';

const json = {type: 'boolean', help: 'JSON on stdout'} as const;
const csv = {type: 'boolean', help: 'CSV on stdout'} as const;
const root = {type: 'string', short: 's', value: 'DIR', help: 'where runs are looked for (default ./runs, else where suites were written last)'} as const;
const where = {type: 'string', value: 'EXPR', help: 'only rows that fit, such as \'num_clients > 10 && workload.name == "StringWorkload"\''} as const;

export const showFlags = {
	columns: {type: 'string', value: 'FIELD,…', help: 'columns, also patterns (latency.*); +FIELD adds to the usual ones, -FIELD hides', multiple: true},
	sort: {type: 'string', value: 'FIELD,…', help: 'sort by fields, -FIELD descending', multiple: true},
	where,
	each: {type: 'boolean', help: 'every benchmark; without it, repetitions of equal inputs are one row: mean ± standard deviation (n)'},
	triage: {type: 'boolean', help: 'only why benchmarks failed'},
	json,
	csv,
	'suite-directory': root,
} as const satisfies FlagTable;

export const browseFlags = {...themeFlag, json, csv} as const satisfies FlagTable;

export const compareFlags = {
	baseline: {type: 'string', value: 'RUN', help: 'what the others are compared with (default the first RUN)'},
	on: {type: 'string', value: 'FIELD,…', help: 'match on these inputs', multiple: true},
	map: {type: 'string', value: 'OLD=NEW,…', help: 'inputs and outputs that have another name in one run; read_output.=write_output. renames all that begin so', multiple: true},
	where: {...where, help: 'only rows that fit; LABEL:EXPR is about one run alone; may be given several times', multiple: true},
	metric: {type: 'string', value: 'FIELD,…', help: 'outputs to compare, also patterns (default median latency and p90 throughput)', multiple: true},
	markdown: {type: 'boolean', help: 'Markdown on stdout'},
	latex: {type: 'boolean', help: 'LaTeX tables on stdout'},
	json,
	csv,
	'suite-directory': root,
} as const satisfies FlagTable;

export const plotFlags = {
	output: {type: 'string', short: 'o', value: 'FILE', help: 'a PDF, an SVG, or a .json that draws the figure again; without it, the terminal'},
	kind: {type: 'string', value: 'lt|time|cdf|bar', help: 'latency against throughput (default), over time, distribution of latency, bars'},
	'group-by': {type: 'string', value: 'FIELD,…', help: 'a line for each value of these inputs', multiple: true},
	x: {type: 'string', value: 'FIELD', help: 'what x is (default p90 throughput)'},
	y: {type: 'string', value: 'FIELD', help: 'what y is (default median latency; over time throughput, p50_ms, p99_ms, …)'},
	where: {...where, help: 'only rows that fit; LABEL:EXPR is about one run alone; may be given several times', multiple: true},
	label: {type: 'string', value: 'WORD=NAME', help: 'what a run, or a line, is called; may be given several times', multiple: true},
	width: {type: 'string', value: 'WIDTH', help: 'of the file: 3.3in, 8.5cm, 240pt (default 3.3in)'},
	'log-x': {type: 'boolean', help: 'logarithmic x'},
	'log-y': {type: 'boolean', help: 'logarithmic y'},
	ascii: {type: 'boolean', help: 'no braille in the terminal'},
	json,
	csv,
	'suite-directory': root,
} as const satisfies FlagTable;

export const reportFlags = {
	output: {type: 'string', short: 'o', value: 'FILE.html', help: 'the page'},
	label: {type: 'string', value: 'WORD=NAME', help: 'what a run is called in the figures; may be given several times', multiple: true},
	'suite-directory': root,
} as const satisfies FlagTable;
