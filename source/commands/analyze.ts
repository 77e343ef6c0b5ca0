/*
`benchdeck analyze`: the figures of recorder files that lie anywhere, or those of a run once more from the rows it kept.
*/
import fs from 'node:fs';
import path from 'node:path';
import {durationMs} from '../core/duration.ts';
import {BenchError} from '../core/errors.ts';
import {reasonOf} from '../directory/directory-error.ts';
import {type RecorderAnalysis} from '../recorder/request.ts';
import {wholeWindows} from '../results/whole-windows.ts';
import {analyzeFlags} from './analyze-flags.ts';
import {analyzeForPerson} from './analyze-for-person.ts';
import {parseFlags, type ParsedFlags} from './flags.ts';
import {figuresText} from './figures-text.ts';
import {hasColours, widthOf} from './output-stream.ts';
import {printable} from './printable.ts';
import {timeChart} from './time-chart.ts';

const leastWindowMs = 1;
const chartHeight = 8;

/** `benchdeck analyze FILE…` and `benchdeck analyze RUN`. */
export async function analyzeCommand(argv: readonly string[]): Promise<number> {
	const flags = parseFlags('analyze', argv, analyzeFlags);
	if (flags.positional.length === 0) {
		throw new BenchError('usage', 'benchdeck analyze takes recorder files, or one RUN: a path, its unique word, `last`, or `.`.');
	}

	if (isRun(flags.positional)) {
		const {analyzeRun} = await import('./analyze-run.ts');
		return analyzeRun(flags.positional[0]!, flags);
	}

	if (flags.is('write')) {
		throw new BenchError('usage', '--write is for a RUN: it puts figures into the run\'s results.csv.');
	}

	const {analysis, windowMs} = await analyzeNamed(flags);
	for (const warning of analysis.warnings) {
		process.stderr.write(`Note: ${printable(warning)}\n`);
	}

	process.stdout.write(flags.is('json') ? `${JSON.stringify(analysis.labels, undefined, 4)}\n` : analysisText(analysis, windowMs));
	return 0;
}

/** Milliseconds of a flag that is a duration; undefined where it is not given. */
export function durationFlag(flags: ParsedFlags, name: string, least: number): number | undefined {
	const text = flags.text(name);
	if (text === undefined) {
		return undefined;
	}

	const ms = durationMs(text);
	if (ms < least) {
		throw new BenchError('usage', `--${name} takes ${least === 0 ? 'no negative duration' : `a duration of ${least} ms or more`}, not "${text}".`);
	}

	return ms;
}

// A word that is no file is a run; a name that looks like a recorder file is one, if only to say that it is missing.
function isRun([first = '', ...others]: readonly string[]): boolean {
	const stat = fs.statSync(first, {throwIfNoEntry: false});
	return others.length === 0 && first !== '-' && (stat ? stat.isDirectory() : !/\.(?:csv|gz|txt)$/i.test(first));
}

async function analyzeNamed(flags: ParsedFlags): Promise<{readonly analysis: RecorderAnalysis; readonly windowMs: number}> {
	const files = flags.positional;
	const windowMs = durationFlag(flags, 'window', leastWindowMs) ?? 1000;
	const labels = flags.texts('label');
	const series = flags.text('series');
	if (series !== undefined) {
		refuseUnwritable(series);
	}

	for (const file of files) {
		refuseDirectory(file);
		if (series !== undefined && isSameFile(series, file)) {
			throw new BenchError('usage', `--series would overwrite the recorder file ${file}; name another.`);
		}
	}

	const analysis = await analyzeForPerson({
		files: files.map(file => ({path: file, label: path.basename(file)})),
		format: 'detect',
		dropPrefixMs: durationFlag(flags, 'drop-prefix', 0) ?? 0,
		skipBadRows: flags.is('skip-bad-rows'),
		emptyFiles: 'warn',
		windowMs,
		withWindows: process.stdout.isTTY && !flags.is('json'),
		...(labels.length > 0 && {labels}),
		...(series !== undefined && {series}),
	});
	return {analysis, windowMs};
}

function refuseDirectory(file: string): void {
	if (fs.statSync(file, {throwIfNoEntry: false})?.isDirectory()) {
		throw new BenchError('usage', `${file} is a directory; name recorder files (${path.join(file, '*.csv')}), or one run alone.`);
	}
}

// Before the work, which may take a while.
function refuseUnwritable(file: string): void {
	try {
		const stat = fs.statSync(file, {throwIfNoEntry: false});
		fs.accessSync(stat && !stat.isDirectory() ? file : path.dirname(file), fs.constants.W_OK);
		if (stat?.isDirectory()) {
			throw new BenchError('usage', `${file} is a directory; name a file in it with --series.`);
		}
	} catch (error) {
		throw error instanceof BenchError ? error : new BenchError('usage', `Cannot write ${file}: ${reasonOf(error)}; name another file with --series.`, {cause: error});
	}
}

function isSameFile(one: string, other: string): boolean {
	const [first, second] = [one, other].map(file => fs.statSync(file, {throwIfNoEntry: false}));
	return first !== undefined && first.dev === second?.dev && first.ino === second.ino;
}

function analysisText({labels, windows = []}: RecorderAnalysis, windowMs: number): string {
	const width = widthOf(process.stdout);
	const style = {width, height: chartHeight, isColoured: hasColours(process.stdout)};
	const isWhole = wholeWindows(windows.map(({at}) => at));
	return Object.entries(labels).map(([label, figures]) => {
		const own = windows.filter(window => window.label === label);
		const charts = [
			timeChart({title: 'throughput, requests/s', lines: [{name: 'throughput', values: own.map(({at, throughput}) => isWhole(at) ? throughput : NaN)}], windowMs, merge: 'mean'}, style),
			timeChart({title: 'latency, ms', lines: [
				{name: 'p50', values: own.map(window => window.p50_ms)},
				{name: 'p95', values: own.map(window => window.p95_ms)},
				{name: 'p99', values: own.map(window => window.p99_ms)},
			], windowMs, merge: 'greatest'}, style),
		];
		return [figuresText(label, figures, width), ...charts.filter(lines => lines.length > 0).map(lines => lines.map(line => `${line}\n`).join(''))].join('\n');
	}).join('\n');
}
