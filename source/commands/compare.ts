import {BenchError} from '../core/errors.ts';
import {type Json} from '../core/json.ts';
import {type Comparison, compareResults} from '../results/compare.ts';
import {distinctLabels, withoutRepeats} from '../results/distinct-labels.ts';
import {openResults} from '../results/open-results.ts';
import {rehearsalNotes} from '../results/rehearsal-notes.ts';
import {parseRenamings} from '../results/rename-fields.ts';
import {type ResultSet} from '../results/result-set.ts';
import {compareText} from './compare-text.ts';
import {csvOutput} from './csv-output.ts';
import {parseFlags} from './flags.ts';
import {commandFlags} from './help.ts';
import {jsonText} from './json-text.ts';
import {printable} from './printable.ts';
import {runsRoot} from './runs-root.ts';
import {listed} from './show-arguments.ts';
import {textStyle} from './text-style.ts';

/** `benchdeck compare RUN RUN…`. */
export async function compareCommand(argv: readonly string[]): Promise<number> {
	const flags = parseFlags('compare', argv, commandFlags('compare'));
	const formats = (['markdown', 'latex', 'json', 'csv'] as const).filter(name => flags.is(name));
	if (formats.length > 1) {
		throw new BenchError('usage', `--${formats[0]!} and --${formats[1]!} exclude each other.`);
	}

	const said = flags.text('baseline');
	const words = [...(said === undefined ? [] : [said]), ...flags.positional];
	if (words.length < 2) {
		throw new BenchError('usage', 'benchdeck compare takes two RUNs or more: paths, unique words, or results.csv files.');
	}

	const root = await runsRoot(flags.text('suite-directory'));
	const {sets: given, notes: repeats} = withoutRepeats(await Promise.all(words.map(async word => openResults(word, root))));
	const sets = distinctLabels(given);
	const [baseline, ...others] = sets as [ResultSet, ...ResultSet[]];
	if (others.length === 0 && said !== undefined) {
		throw new BenchError('usage', 'benchdeck compare takes a RUN beside the baseline.');
	}

	// A run may be compared with itself: all ones.
	const contenders = others.length > 0 ? others : [baseline];
	const on = listed(flags.texts('on'));
	const metrics = listed(flags.texts('metric'));
	const renamings = parseRenamings(listed(flags.texts('map')));
	const comparisons = compareResults(baseline, contenders, {on, renamings, where: flags.texts('where'), ...(metrics.length > 0 && {metrics})});
	const [format] = formats;
	switch (format) {
		case 'json': {
			process.stdout.write(jsonText(compareJson(baseline, comparisons)));
			break;
		}

		case 'csv': {
			process.stdout.write(compareCsv(baseline, comparisons));
			break;
		}

		case 'markdown':
		case 'latex':
		case undefined: {
			process.stdout.write(compareText(baseline, comparisons, {format: format ?? 'text', width: textStyle(process.stdout).width}));
			break;
		}
	}

	// A baseline may also stand among the RUNs.
	for (const warning of [...(said === undefined && others.length > 0 ? repeats : []), ...rehearsalNotes(sets), ...sets.flatMap(({label, warnings}) => warnings.map(text => `${label}: ${text}`))]) {
		process.stderr.write(`Note: ${printable(warning)}.\n`);
	}

	return 0;
}

// NaN is not in JSON.
const figure = (value: number) => Number.isFinite(value) ? value : null;

/** What `compare --json` prints. */
function compareJson(baseline: ResultSet, comparisons: readonly Comparison[]) {
	return {
		baseline: {label: baseline.label, path: baseline.path},
		comparisons: comparisons.map(({contender, on, baselineVariant, contenderVariant, metrics, unmatched, ignored, lonelyOutputs, renamed}) => ({
			contender: {label: contender.label, path: contender.path, variant: contenderVariant},
			baseline_variant: baselineVariant,
			matched_on: on,
			renamed: renamed.map(({from, to, isGuessed}) => ({from, to, guessed: isGuessed})),
			metrics: metrics.map(({metric, better, overall, points, left, noVerdict}) => ({
				metric,
				better: better ?? null,
				overall: {ratio: figure(overall.ratio), low: figure(overall.low), high: figure(overall.high), points: points.length},
				left_out: left,
				repetitions_needed: noVerdict?.needed ?? null,
				points: points.map(({key, baseline: base, contender: other, ratio, low, high, pValue, verdict}) => ({
					key,
					baseline: {...base, deviation: figure(base.deviation)},
					contender: {...other, deviation: figure(other.deviation)},
					ratio: figure(ratio), low: figure(low), high: figure(high), p_value: pValue ?? null, verdict: verdict ?? null,
				})),
			})),
			unmatched,
			inputs_not_matched_on: ignored,
			outputs_of_one: lonelyOutputs,
		})),
	};
}

// A row a point, and one with the overall ratio before each metric's.
function compareCsv(baseline: ResultSet, comparisons: readonly Comparison[]): string {
	const fields = [...new Set(comparisons.flatMap(({on}) => on))];
	const rows = comparisons.flatMap(({contender, contenderVariant, baselineVariant, metrics}) => metrics.flatMap(({metric, overall, points}): Json[][] => {
		const common = [baseline.label, JSON.stringify(baselineVariant), contender.label, JSON.stringify(contenderVariant), metric];
		return [
			[...common, 'overall', ...fields.map(() => null), null, null, points.length, null, null, points.length, overall.ratio, figure(overall.low), figure(overall.high), null, null],
			...points.map(({key, baseline: base, contender: other, ratio, low, high, pValue, verdict}) => [
				...common,
				'point',
				...fields.map(name => key[name] ?? null),
				...[base, other].flatMap(({mean, deviation, count}) => [mean, figure(deviation), count]),
				ratio,
				figure(low),
				figure(high),
				pValue ?? null,
				verdict ?? null,
			]),
		];
	}));
	const sides = ['baseline', 'contender'];
	const samples = sides.flatMap(side => ['mean', 'deviation', 'count'].map(name => `${side}_${name}`));
	return csvOutput([...sides.flatMap(side => [side, `${side}_variant`]), 'metric', 'kind', ...fields, ...samples, 'ratio', 'low', 'high', 'p_value', 'verdict'], rows);
}
