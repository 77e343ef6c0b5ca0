import path from 'node:path';
import {durationMs} from '../core/duration.ts';
import {BenchError} from '../core/errors.ts';
import {findRun} from '../directory/find-run.ts';
import {readRun} from '../directory/read-run.ts';
import {isBenchmarkId} from '../directory/run-name.ts';
import {type Run} from '../directory/run.ts';
import {reanalyze, type Reanalysis, type ReanalysisOptions, writeFigures} from '../results/reanalysis.ts';
import {analyzeForPerson} from './analyze-for-person.ts';
import {durationFlag} from './analyze.ts';
import {figureText} from './figures-text.ts';
import {type ParsedFlags} from './flags.ts';
import {loadSuite} from './load-suite.ts';
import {widthOf} from './output-stream.ts';
import {printable} from './printable.ts';
import {textTable} from './text-table.ts';
import {runsRoot} from './runs-root.ts';

/** `benchdeck analyze RUN`: the figures once more, from the rows that were kept, and what differs from results.csv. */
export async function analyzeRun(wanted: string, flags: ParsedFlags): Promise<number> {
	const refused = ['series', 'window', 'label'].find(name => flags.text(name) !== undefined || flags.texts(name).length > 0);
	if (refused !== undefined) {
		throw new BenchError('usage', `--${refused} is for recorder files; of a RUN the figures of results.csv are worked out, and each benchmark has its series.csv.`);
	}

	const run = oneBenchmark(await readRun(await findRun(wanted, await runsRoot(flags.text('suite-directory'))), {processes: 'failed'}), wanted);
	const suite = await suiteOf(run);
	const dropPrefixMs = durationFlag(flags, 'drop-prefix', 0);
	const reanalysis = await reanalyze(run, {skipBadRows: flags.is('skip-bad-rows'), analyze: analyzeForPerson, ...(suite && {suite}), ...(dropPrefixMs !== undefined && {dropPrefixMs})});
	for (const warning of reanalysis.benchmarks.flatMap(({warnings}) => warnings)) {
		process.stderr.write(`Note: ${printable(warning)}\n`);
	}

	const isWritten = flags.is('write') && reanalysis.benchmarks.some(({differences}) => differences.length > 0);
	if (isWritten) {
		await writeFigures(run, reanalysis);
	}

	process.stdout.write(flags.is('json') ? `${JSON.stringify(reanalysisJson(run, reanalysis), undefined, 4)}\n` : reanalysisText(reanalysis, isWritten));
	return 0;
}

// A path may be that of one benchmark directory.
function oneBenchmark(run: Run, wanted: string): Run {
	const id = path.basename(path.resolve(wanted));
	return isBenchmarkId(id) && path.resolve(wanted) === path.join(run.path, id) ? {...run, benchmarks: run.benchmarks.filter(benchmark => benchmark.id === id)} : run;
}

async function suiteOf(run: Run): Promise<ReanalysisOptions['suite']> {
	try {
		const {suite} = await loadSuite(run.suite);
		const {output} = suite.protocol;
		return output.kind === 'recorder' ? {into: output.into, dropPrefixMs: input => durationMs(output.dropPrefix?.(input) ?? '0s')} : undefined;
	} catch {
		// A suite that is gone: the names of the columns say enough.
		return undefined;
	}
}

function reanalysisJson({path: directory}: Run, {benchmarks, without}: Reanalysis) {
	return {
		path: directory,
		benchmarks: benchmarks.map(({id, dropPrefixMs, labels, differences}) => ({id, drop_prefix_ms: dropPrefixMs, labels, differences})),
		without_rows: without,
	};
}

function reanalysisText({benchmarks, without}: Reanalysis, isWritten: boolean): string {
	const differing = benchmarks.flatMap(({id, differences}) => differences.map(difference => ({id, ...difference})));
	const compared = benchmarks.reduce((sum, benchmark) => sum + benchmark.compared, 0);
	const rowless = benchmarks.filter(({row}) => row === undefined);
	const {lines} = textTable([
		{title: '', align: 'left', cells: differing.map(({id}) => id)},
		{title: 'figure', align: 'left', isWhole: true, cells: differing.map(({column}) => column)},
		{title: isWritten ? 'before' : 'results.csv', align: 'right', cells: differing.map(({before}) => figureText(before ?? NaN))},
		{title: 'now', align: 'right', cells: differing.map(({now}) => figureText(now))},
		{title: 'change', align: 'right', cells: differing.map(({before, now}) => changeText(before, now))},
	], widthOf(process.stdout));
	const summary = differing.length === 0
		? `All ${compared} figures of ${names(benchmarks.map(({id}) => id))} are those of results.csv.`
		: `${differing.length} of ${compared} figures differ from results.csv${isWritten ? ', which now has the new ones' : ''}.`;
	return [
		...(differing.length > 0 ? [...lines, ''] : []),
		...(compared > 0 ? [summary] : []),
		...(rowless.length > 0 ? [`${names(rowless.map(({id}) => id))} kept rows but has no row in results.csv; --json shows the figures.`] : []),
		...(without.length > 0 ? [`${names(without)} kept no rows.`] : []),
	].map(line => `${line}\n`).join('');
}

function changeText(before: number | null, now: number): string {
	const change = before === null || before === 0 ? NaN : (now - before) / Math.abs(before) * 100;
	return Number.isFinite(change) ? `${change > 0 ? '+' : ''}${Number(change.toPrecision(3))} %` : '-';
}

function names(ids: readonly string[]): string {
	return ids.length > 5 ? `${ids.slice(0, 4).join(', ')} and ${ids.length - 4} more` : ids.join(', ');
}
