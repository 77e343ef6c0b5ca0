/*
A run, for people: what it is, what failed and why, then what was measured.
*/
import {printSeconds} from '../core/duration.ts';
import {type Failure} from '../core/event.ts';
import {type Json} from '../core/json.ts';
import {leavesOf} from '../directory/cell.ts';
import {type Run, type RunBenchmark} from '../directory/run.ts';
import {printable} from './printable.ts';
import {type TableColumn, textTable} from './text-table.ts';

export type ShowStyle = {
	/** Columns of the terminal. */
	readonly width: number;
	readonly isColoured: boolean;
	/** Epoch ms. */
	readonly now: number;
};

const maxWarnings = 5;
const maxLeft = 5;

/** The text of `show`, with its last line end. */
export function showText(run: Run, style: ShowStyle): string {
	const sections = [header(run, style), failures(run, style), runWarnings(run), table(run, style)];
	return sections.filter(lines => lines.length > 0).map(lines => lines.map(line => `${line}\n`).join('')).join('\n');
}

function header(run: Run, style: ShowStyle): readonly string[] {
	const facts: ReadonlyArray<readonly [string, string]> = [
		['Suite', printable(run.suite)],
		['Directory', printable(run.path)],
		['Status', paint(run.status, run.status, style)],
		['Started', started(run, style.now)],
		['Benchmarks', progress(run)],
	];
	return facts.map(([name, value]) => `${name.padEnd(12)}${value}`);
}

function started(run: Run, now: number): string {
	const text = run.started === undefined ? 'at an unknown time' : printable(run.started).replace(/\.\d+$/, '');
	const ends = [run.stoppedAt, ...run.benchmarks.map(({stoppedAt}) => stoppedAt)].filter(at => at !== undefined);
	const endedAt = run.status === 'running' ? now : run.stoppedAt ?? run.state?.lastEventAt ?? ends.at(-1);
	const took = run.startedAt === undefined || endedAt === undefined || endedAt < run.startedAt ? '' : `, ${run.status === 'running' ? 'for' : 'took'} ${printSeconds(endedAt - run.startedAt)}`;
	return text + took;
}

function progress({benchmarks, total}: Run): string {
	const count = (status: RunBenchmark['status']) => benchmarks.filter(benchmark => benchmark.status === status).length;
	const others = (['failed', 'interrupted', 'running'] as const).map(status => ({status, number: count(status)})).filter(({number}) => number > 0);
	const waiting = Math.max(0, total - benchmarks.length) + count('waiting');
	return [`${count('finished')} of ${total} finished`, ...others.map(({status, number}) => `${number} ${status}`), ...(waiting > 0 ? [`${waiting} not begun`] : [])].join(', ');
}

function failures(run: Run, style: ShowStyle): readonly string[] {
	const failed = run.benchmarks.filter(({status}) => status === 'failed');
	return failed.flatMap(({id, failure}, place) => {
		const [first = '', ...rest] = failureLines(failure).map(line => printable(line));
		return [...(place === 0 ? [] : ['']), `${paint(`Benchmark ${id} failed`, 'failed', style)}: ${first}`, ...rest.map(line => `  ${line}`)];
	});
}

function failureLines(failure: Failure | undefined): readonly string[] {
	if (!failure) {
		return ['It gave no results, and nothing says why.'];
	}

	const {message, lines = [], commandFile, hint} = failure;
	return [message, ...lines.map(line => `  ${line}`), ...(commandFile === undefined ? [] : [`Command: ${commandFile}`]), ...(hint === undefined ? [] : [hint])];
}

// What the run itself warned of; what its directory lacks goes to stderr.
function runWarnings({state}: Run): readonly string[] {
	const warnings = state?.warnings ?? [];
	const more = warnings.length - maxWarnings;
	return [...warnings.slice(-maxWarnings).map(({message}) => `Warning: ${printable(message)}`), ...(more > 0 ? [`Warning: and ${more} earlier, in events.jsonl.`] : [])];
}

function table(run: Run, style: ShowStyle): readonly string[] {
	const shown = run.benchmarks.filter(({status}) => status !== 'waiting');
	if (shown.length === 0) {
		return [];
	}

	const isPlain = shown.every(({status}) => status === 'finished');
	const inputs = shown.map(({input}) => new Map(leavesOf(input)));
	const outputs = shown.map(({output}) => new Map(output ? leavesOf(output) : []));
	const columns: readonly TableColumn[] = [
		{title: '', align: 'left', cells: shown.map(({id}) => id)},
		...(isPlain ? [] : [{title: 'status', align: 'left' as const, cells: shown.map(({status}) => status), paint: (cell: string) => paint(cell, cell.trim(), style)}]),
		...differing(inputs).map(name => leafColumn(name, inputs, true)),
		...mainOutputs(outputs).map(name => leafColumn(name, outputs, false)),
	];
	const {lines, left} = textTable(columns, style.width);
	const more = left.length > maxLeft ? ` and ${left.length - maxLeft} more` : '';
	return left.length === 0 ? lines : [...lines, '', `Too wide for here: ${left.slice(0, maxLeft).join(', ')}${more} (results.csv has them).`];
}

type Leaves = ReadonlyMap<string, Json>;

function leafColumn(title: string, benchmarks: readonly Leaves[], isOptional: boolean): TableColumn {
	const values = benchmarks.map(leaves => leaves.get(title));
	return {title, align: values.some(value => typeof value === 'number') ? 'right' : 'left', isOptional, cells: values.map(value => cellText(value))};
}

function differing(benchmarks: readonly Leaves[]): readonly string[] {
	// A benchmark whose input is lost differs in nothing that is known.
	const known = benchmarks.filter(leaves => leaves.size > 0);
	const names = [...new Set(known.flatMap(leaves => [...leaves.keys()]))];
	return names.filter(name => new Set(known.map(leaves => JSON.stringify(leaves.get(name)))).size > 1);
}

// Median latency and the 90th percentile of throughput are what the suites' summaries show; else the first figures there are.
function mainOutputs(benchmarks: readonly Leaves[]): readonly string[] {
	const names = [...new Set(benchmarks.flatMap(leaves => [...leaves.keys()]))];
	const main = names.filter(name => /(?:^|\.)(?:latency\.median_ms|start_throughput_1s\.p90)$/.test(name));
	return main.length > 0 ? main : names.slice(0, 4);
}

function cellText(value: Json | undefined): string {
	if (value === undefined) {
		return '-';
	}

	if (typeof value === 'number') {
		return numberText(value);
	}

	return typeof value === 'string' ? value : (value === null ? 'nan' : JSON.stringify(value));
}

// Four significant digits, but no figure loses whole units.
function numberText(value: number): string {
	if (Number.isSafeInteger(value) || !Number.isFinite(value)) {
		return String(value);
	}

	return Math.abs(value) >= 1000 ? value.toFixed(0) : String(Number(value.toPrecision(4)));
}

const colours: Readonly<Record<string, number>> = {finished: 32, running: 36, failed: 31, interrupted: 33};

// The word itself says it; the colour only helps the eye.
function paint(text: string, status: string, {isColoured}: ShowStyle): string {
	const colour = colours[status];
	return isColoured && colour !== undefined ? `\u{1B}[${colour}m${text}\u{1B}[39m` : text;
}
