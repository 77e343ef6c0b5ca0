import path from 'node:path';
import {BenchError} from '../core/errors.ts';
import {distinctLabels, withoutRepeats} from '../results/distinct-labels.ts';
import {openResults} from '../results/open-results.ts';
import {parseLabels} from '../results/plot/figure-spec.ts';
import {readReportRun} from '../results/report/read-report.ts';
import {reportPage} from '../results/report/report-page.ts';
import {configuration} from './configuration.ts';
import {parseFlags} from './flags.ts';
import {commandFlags} from './help.ts';
import {printable} from './printable.ts';
import {runsRoot} from './runs-root.ts';
import {versionOf} from './version.ts';
import {writeOutput} from './write-output.ts';

/** `benchdeck report RUN… -o report.html`. */
export async function reportCommand(argv: readonly string[]): Promise<number> {
	const flags = parseFlags('report', argv, commandFlags('report'));
	const output = flags.text('output');
	if (flags.positional.length === 0) {
		throw new BenchError('usage', 'benchdeck report takes RUNs: paths, unique words, or results.csv files.');
	}

	if (output === undefined || !/\.html?$/.test(output)) {
		throw new BenchError('usage', `benchdeck report takes -o FILE.html${output === undefined ? '' : `, not "${output}"`}.`);
	}

	const root = await runsRoot(flags.text('suite-directory'));
	const {sets: given, notes: repeats} = withoutRepeats(await Promise.all(flags.positional.map(async run => openResults(run, root))));
	const sets = distinctLabels(given);
	const runs = await Promise.all(sets.map(async set => readReportRun(set, configuration().causes)));
	const file = path.resolve(output);
	await writeOutput(file, await reportPage(runs, {version: versionOf(), now: Date.now(), labels: parseLabels(flags.texts('label'))}));
	process.stderr.write(`Wrote ${printable(path.relative(process.cwd(), file))}.\n`);
	for (const note of repeats) {
		process.stderr.write(`Note: ${printable(note)}.\n`);
	}

	return 0;
}
