/*
Runs against a baseline: one overall ratio per metric, then the ratio of each point, and a verdict only where the
repetitions can carry one.
*/
import {BenchError} from '../core/errors.ts';
import {type Json} from '../core/json.ts';
import {holm, leastPValue, mannWhitney, repetitionsNeeded} from '../core/mann-whitney.ts';
import {pairedRatio, type Ratio, sampleRatio} from '../core/ratio.ts';
import {meanOf, sampleDeviation} from '../core/sample.ts';
import {keyOf, mainOutputs} from './columns.ts';
import {findFields} from './field-name.ts';
import {type Matching, matchPoints} from './match-points.ts';
import {guessRenamings, renameFields, type Renaming} from './rename-fields.ts';
import {narrowed} from './run-conditions.ts';
import {numbersOf, type ResultSet} from './result-set.ts';

export type Sample = {readonly ids: readonly string[]; readonly mean: number; /** NaN of one. */ readonly deviation: number; readonly count: number};

/** `different` is a corrected p-value below 0.05, `open` one above; undefined where no verdict is possible. */
type Verdict = 'better' | 'worse' | 'different' | 'open';

export type PointComparison = Ratio & {
	readonly key: Matching['points'][number]['key'];
	readonly baseline: Sample;
	readonly contender: Sample;
	/** Corrected for the number of points; undefined without a test. */
	readonly pValue: number | undefined;
	readonly verdict: Verdict | undefined;
};

export type MetricComparison = {
	readonly metric: string;
	/** Which direction is good; undefined where its name does not tell. */
	readonly better: 'lower' | 'higher' | undefined;
	/** Paired over all points; the interval is over points. */
	readonly overall: Ratio;
	readonly points: readonly PointComparison[];
	/** Points left out: a figure is missing, zero or negative. */
	readonly left: number;
	/** Why no verdict is given: the repetitions on the side that has fewer, and how many each run would need; undefined where each point has one. */
	readonly noVerdict: {readonly repetitions: readonly [least: number, most: number]; readonly needed: number; readonly tests: number} | undefined;
};

export type Comparison = Matching & {
	readonly contender: ResultSet;
	readonly renamed: readonly Renaming[];
	readonly metrics: readonly MetricComparison[];
	/** Outputs of one run alone. */
	readonly lonelyOutputs: readonly string[];
};

export type CompareOptions = {
	/** Fields to match on. */
	readonly on?: readonly string[];
	readonly renamings?: readonly Renaming[];
	/**
	Names or patterns.

	@default the baseline's main outputs
	*/
	readonly metrics?: readonly string[];
	/** Expressions over rows, as plots take them. */
	readonly where?: readonly string[];
};

const level = 0.05;

/**
Compares contenders with a baseline.

@throws BenchError `usage` where a field is none, or where nothing can be compared.
*/
export function compareResults(baselineSet: ResultSet, contenderSets: readonly ResultSet[], {on, renamings = [], metrics, where = []}: CompareOptions = {}): readonly Comparison[] {
	const all = renameFields([baselineSet, ...contenderSets], renamings);
	const [baseline, ...contenders] = all.map(set => narrowed(set, where, all)) as [ResultSet, ...ResultSet[]];
	return contenders.flatMap(original => {
		const guessed = guessRenamings(baseline, original);
		const [contender = original] = guessed.length > 0 ? renameFields([original], guessed) : [original];
		const theirs = new Set(contender.outputs);
		const shared = baseline.outputs.filter(name => theirs.has(name));
		if (shared.length === 0) {
			throw new BenchError('usage', `${baseline.label} and ${contender.label} have no output in common; say with --map OLD=NEW which belong together.`);
		}

		const wanted = metrics ? [...new Set(metrics.flatMap(pattern => findFields(pattern, shared)))] : usualMetrics(baseline, shared);
		const ours = new Set(baseline.outputs);
		return matchPoints(baseline, contender, on).map((matching): Comparison => ({
			...matching,
			contender,
			renamed: [...renamings, ...guessed],
			metrics: wanted.map(metric => compareMetric(metric, matching, baseline, contender)),
			lonelyOutputs: [...baseline.outputs.filter(name => !theirs.has(name)), ...contender.outputs.filter(name => !ours.has(name))],
		}));
	});
}

function usualMetrics(baseline: ResultSet, shared: readonly string[]): readonly string[] {
	const main = mainOutputs(baseline).filter(name => shared.includes(name));
	return main.length > 0 ? main : shared.slice(0, 4);
}

function compareMetric(metric: string, {points}: Matching, baseline: ResultSet, contender: ResultSet): MetricComparison {
	const [ours, theirs] = [numbersOf(baseline, metric), numbersOf(contender, metric)];
	const better = directionOf(metric);
	const measured = points.flatMap(point => {
		// A ratio, and its logarithm, need positive values.
		const [base, values] = [pick(baseline, point.baseline, ours), pick(contender, point.contender, theirs)];
		return base.values.length > 0 && values.values.length > 0 ? [{key: point.key, base, values, ...sampleRatio(values.values, base.values)}] : [];
	});
	const tests = measured.length;
	const isTested = tests > 0 && measured.every(({base, values}) => leastPValue(base.values.length, values.values.length) * tests <= level);
	const pValues = isTested ? holm(measured.map(({base, values}) => mannWhitney(values.values, base.values))) : [];
	const counts = measured.map(({base, values}) => Math.min(base.values.length, values.values.length));
	return {
		metric,
		better,
		overall: pairedRatio(measured.map(({ratio}) => ratio), metric),
		points: measured.map(({key, base, values, ratio, low, high}, place): PointComparison => {
			const pValue = pValues[place];
			return {key, baseline: sampleOf(base), contender: sampleOf(values), ratio, low, high, pValue, verdict: pValue === undefined ? undefined : verdictOf(pValue, ratio, better)};
		}),
		left: points.length - measured.length,
		noVerdict: isTested || tests === 0 ? undefined : {repetitions: [Math.min(...counts), Math.max(...counts)], needed: repetitionsNeeded(tests, level), tests},
	};
}

type Picked = {readonly ids: readonly string[]; readonly values: readonly number[]};

function pick(set: ResultSet, rows: readonly number[], numbers: readonly number[]): Picked {
	const positive = rows.filter(row => numbers[row]! > 0);
	return {ids: positive.map(row => set.rows[row]!.id), values: positive.map(row => numbers[row]!)};
}

function sampleOf({ids, values}: Picked): Sample {
	return {ids, mean: meanOf(values), deviation: sampleDeviation(values), count: values.length};
}

/** Latencies and times are better low, throughputs and rates high. */
export function directionOf(metric: string): 'lower' | 'higher' | undefined {
	if (/throughput|ops|rate|per_second/i.test(metric)) {
		return 'higher';
	}

	return /latency|(?:^|[._])(?:time|duration)|_(?:[mnu]?s|seconds|millis|nanos)$/i.test(metric) ? 'lower' : undefined;
}

function verdictOf(pValue: number, ratio: number, better: MetricComparison['better']): Verdict {
	if (pValue >= level) {
		return 'open';
	}

	return better === undefined ? 'different' : ((ratio < 1) === (better === 'lower') ? 'better' : 'worse');
}

/** `num_acceptors_per_group 3, flexible true`; nothing for a run without variants. */
export function variantText(variant: Readonly<Record<string, Json | undefined>>): string {
	return Object.entries(variant).map(([name, value]) => `${name} ${keyOf(value)}`).join(', ');
}
