import fs from 'node:fs/promises';
import path from 'node:path';
import {BenchError} from '../core/errors.ts';
import {reasonOf} from '../directory/directory-error.ts';
import {distinctLabels, withoutRepeats} from '../results/distinct-labels.ts';
import {openResults} from '../results/open-results.ts';
import {defaultWidth, type FigureSpec, parseFigure, parseLabels, parseWidth, plotKinds} from '../results/plot/figure-spec.ts';
import {readPlot} from '../results/plot/read-plot.ts';
import {tidyCsv} from '../results/plot/tidy-csv.ts';
import {rehearsalNotes} from '../results/rehearsal-notes.ts';
import {parseFlags, type ParsedFlags} from './flags.ts';
import {commandFlags} from './help.ts';
import {jsonText} from './json-text.ts';
import {plotText} from './plot-text.ts';
import {printable, printableLines} from './printable.ts';
import {runsRoot} from './runs-root.ts';
import {listed} from './show-arguments.ts';
import {textStyle} from './text-style.ts';
import {writeFigure} from './write-figure.ts';

/** `benchdeck plot RUN…`, or `benchdeck plot FIGURE.json`. */
export async function plotCommand(argv: readonly string[]): Promise<number> {
	const flags = parseFlags('plot', argv, commandFlags('plot'));
	const {spec, folder} = await specOf(flags);
	const width = parseWidth(spec.width);
	const root = spec.suiteDirectory === undefined ? await runsRoot(undefined) : path.resolve(folder, spec.suiteDirectory);
	const {sets: given, notes: repeats} = withoutRepeats(await Promise.all(spec.runs.map(async run => openResults(await besides(run, folder), root))));
	const sets = distinctLabels(given);
	const {x, y, groupBy, where, labels, logX, logY} = spec;
	const data = await readPlot(spec.kind, sets, {x, y, groupBy, where, labels, logX, logY});
	if (flags.is('json')) {
		process.stdout.write(jsonText(data));
	} else if (flags.is('csv')) {
		process.stdout.write(printableLines(tidyCsv(data)));
	} else if (spec.output === undefined) {
		process.stdout.write(plotText(data, {...textStyle(process.stdout), isAscii: flags.is('ascii') || !isUtf8(process.env)}));
	} else {
		const written = await writeFigure(data, spec, {output: path.resolve(folder, spec.output), folder, width});
		process.stderr.write(`Wrote ${written.map(file => printable(path.relative(process.cwd(), file))).join(', ')}.\n`);
	}

	const idle = Object.entries(labels)
		.filter(([, name]) => data.series.every(line => !line.name.includes(name)))
		.map(([word, name]) => `nothing that is drawn is called ${word}, so the label ${name} is not used`);
	for (const note of [...idle, ...repeats, ...rehearsalNotes(sets), ...data.notes, ...sets.flatMap(({warnings}) => warnings)]) {
		process.stderr.write(`Note: ${printable(note)}.\n`);
	}

	return 0;
}

type Said = {readonly spec: FigureSpec; /** What its paths are relative to. */ readonly folder: string};

async function specOf(flags: ParsedFlags): Promise<Said> {
	const [first, ...rest] = flags.positional;
	if (first === undefined) {
		throw new BenchError('usage', 'benchdeck plot takes RUNs: paths, unique words, or results.csv files; or a figure that -o wrote.');
	}

	const output = outputOf(flags);
	if (first.endsWith('.json') && rest.length === 0) {
		const file = path.resolve(first);
		const spec = parseFigure(await readFigure(file), first);
		const folder = path.dirname(file);
		const given = lookOf(flags);
		const changed = {...spec, ...given, labels: {...spec.labels, ...given.labels}};
		return {spec: {...changed, ...(output !== undefined && {output: path.relative(folder, path.resolve(output))})}, folder};
	}

	const suiteDirectory = flags.text('suite-directory');
	const look = lookOf(flags);
	return {
		folder: process.cwd(),
		spec: {
			kind: 'lt',
			runs: flags.positional,
			groupBy: [],
			where: [],
			labels: {},
			logX: look.kind === 'cdf',
			logY: false,
			width: defaultWidth,
			...look,
			...(suiteDirectory !== undefined && {suiteDirectory}),
			...(output !== undefined && {output}),
		},
	};
}

/** What the flags say of how a figure looks; they count more than its file. */
function lookOf(flags: ParsedFlags): Partial<FigureSpec> {
	const kind = plotKinds.find(name => name === flags.text('kind'));
	const [x, y, width] = ['x', 'y', 'width'].map(name => flags.text(name));
	const [logX, logY] = ['log-x', 'log-y'].map(name => flags.given(name));
	const [groupBy, where, labels] = [listed(flags.texts('group-by')), flags.texts('where'), flags.texts('label')];
	return {
		...(kind !== undefined && {kind}),
		...(x !== undefined && {x}),
		...(y !== undefined && {y}),
		...(groupBy.length > 0 && {groupBy}),
		...(where.length > 0 && {where}),
		...(labels.length > 0 && {labels: parseLabels(labels)}),
		...(logX !== undefined && {logX}),
		...(logY !== undefined && {logY}),
		...(width !== undefined && {width}),
	};
}

function outputOf(flags: ParsedFlags): string | undefined {
	const output = flags.text('output');
	if (output !== undefined && !/\.(?:pdf|svg|json)$/.test(output)) {
		throw new BenchError('usage', `-o takes a file that ends in .pdf, .svg or .json, not "${output}".`);
	}

	if (flags.is('json') && flags.is('csv')) {
		throw new BenchError('usage', '--json and --csv exclude each other.');
	}

	if (output !== undefined && (flags.is('json') || flags.is('csv'))) {
		throw new BenchError('usage', `-o and --${flags.is('json') ? 'json' : 'csv'} exclude each other.`);
	}

	return output;
}

async function readFigure(file: string): Promise<string> {
	try {
		return await fs.readFile(file, 'utf8');
	} catch (error) {
		throw new BenchError('usage', `Cannot read ${file}: ${reasonOf(error)}; name a figure that \`benchdeck plot -o\` wrote.`, {cause: error});
	}
}

// A path in a figure is relative to its file; a word is a word wherever the file lies.
async function besides(run: string, folder: string): Promise<string> {
	const file = path.resolve(folder, run);
	try {
		await fs.access(file);
		return file;
	} catch {
		return run;
	}
}

function isUtf8(env: NodeJS.ProcessEnv): boolean {
	const locale = ['LC_ALL', 'LC_CTYPE', 'LANG'].map(name => env[name] ?? '').find(value => value !== '');
	return locale === undefined || /utf-?8/i.test(locale);
}
