/*
A run, for people: what it is, and what it warned of. Triage of failures comes before it, the table of results after.
*/
import {printSeconds} from '../core/duration.ts';
import {engineText} from '../core/rehearsal.ts';
import {type Run, type RunBenchmark} from '../directory/run.ts';
import {printable} from './printable.ts';
import {paintStatus, type TextStyle} from './text-style.ts';

export type ShowStyle = TextStyle & {
	/** Epoch ms. */
	readonly now: number;
};

const maxWarnings = 5;

/** The text of `show`, with its last line end. */
export function showText(run: Run, style: ShowStyle): string {
	const sections = [header(run, style), runWarnings(run)];
	return sections.filter(lines => lines.length > 0).map(lines => lines.map(line => `${line}\n`).join('')).join('\n');
}

function header(run: Run, style: ShowStyle): readonly string[] {
	const facts: ReadonlyArray<readonly [string, string]> = [
		['Suite', printable(run.suite)],
		...(typeof run.args['engine'] === 'string' ? [['Engine', printable(engineText(run.args['engine']))] as const] : []),
		['Directory', printable(run.path)],
		['Status', paintStatus(run.status, run.status, style)],
		['Started', started(run, style.now)],
		['Benchmarks', progress(run)],
		...attempts(run),
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

// A figure that took more than one attempt says so.
function attempts({benchmarks}: Run): ReadonlyArray<readonly [string, string]> {
	const several = benchmarks.filter(({attempt}) => attempt > 1).map(({id, attempt}) => `${id} (${attempt})`);
	return several.length === 0 ? [] : [['Attempts', `more than one of ${several.join(', ')}`]];
}

function progress({benchmarks, total}: Run): string {
	const count = (status: RunBenchmark['status']) => benchmarks.filter(benchmark => benchmark.status === status).length;
	const others = (['failed', 'interrupted', 'running'] as const).map(status => ({status, number: count(status)})).filter(({number}) => number > 0);
	const waiting = Math.max(0, total - benchmarks.length) + count('waiting');
	return [`${count('finished')} of ${total} finished`, ...others.map(({status, number}) => `${number} ${status}`), ...(waiting > 0 ? [`${waiting} not begun`] : [])].join(', ');
}

// What the run itself warned of; what its directory lacks goes to stderr.
function runWarnings({state}: Run): readonly string[] {
	const warnings = state?.warnings ?? [];
	const more = warnings.length - maxWarnings;
	return [...warnings.slice(-maxWarnings).map(({message}) => `Warning: ${printable(message)}`), ...(more > 0 ? [`Warning: and ${more} earlier, in events.jsonl.`] : [])];
}
