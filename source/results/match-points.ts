/*
Which benchmarks of two runs are to be compared: those that are equal in the inputs that both have and that vary. What one
run varies and the other does not know makes variants of it, each compared by itself: their rows are no repetitions.
*/
import {type Json} from '../core/json.ts';
import {keyOf} from './columns.ts';
import {findField} from './field-name.ts';
import {type ResultSet} from './result-set.ts';
import {compareValues} from './value-order.ts';

/** Rows of equal inputs, of both runs. */
type MatchedPoint = {
	readonly key: Readonly<Record<string, Json | undefined>>;
	readonly baseline: readonly number[];
	readonly contender: readonly number[];
};

type Unmatched = {
	readonly side: 'baseline' | 'contender';
	readonly ids: readonly string[];
	/** One sentence without its stop. */
	readonly why: string;
};

type IgnoredField = {readonly name: string; /** One sentence without its stop. */ readonly why: string};

export type Matching = {
	/** What the points were matched on. */
	readonly on: readonly string[];
	/** Of several variants, what this one is: `{num_acceptors_per_group: 3}`; empty where there is one. */
	readonly baselineVariant: Readonly<Record<string, Json | undefined>>;
	readonly contenderVariant: Readonly<Record<string, Json | undefined>>;
	readonly points: readonly MatchedPoint[];
	readonly unmatched: readonly Unmatched[];
	/** Inputs that vary in a run, or differ between the two, and that were not matched on. */
	readonly ignored: readonly IgnoredField[];
};

type Side = {readonly set: ResultSet; readonly groups: readonly Group[]};
type Group = {readonly variant: Readonly<Record<string, Json | undefined>>; readonly points: ReadonlyMap<string, readonly number[]>};

/**
Matches a contender's rows with the baseline's: one matching for each pair of variants that share a point, or one without
points where none does.

@param said Fields to match on, instead of those that both have and that vary.
@throws BenchError `usage` where a field is not in both.
*/
export function matchPoints(baseline: ResultSet, contender: ResultSet, said: readonly string[] = []): readonly Matching[] {
	const varying = said.length > 0 ? said.map(word => sharedField(word, baseline, contender)) : varyingFields(baseline, contender);
	const on = said.length > 0 ? varying : matchable(baseline, contender, varying);
	const [ours, theirs] = [variantsOf(baseline, on), variantsOf(contender, on)];
	const dropped = varying.filter(name => !on.includes(name)).map((name): IgnoredField => ({name, why: 'varies, but with it no benchmark of the two would match'}));
	const ignored = [...dropped, ...ignoredFields(baseline, contender, varying)];
	const matchings = ours.flatMap(one => theirs.map((other): Matching => {
		const shared = [...one.points.keys()].filter(key => other.points.has(key));
		const matched = shared.map((key): MatchedPoint => {
			const rows = one.points.get(key)!;
			return {key: Object.fromEntries(on.map(name => [name, baseline.values(name)[rows[0]!]])), baseline: rows, contender: other.points.get(key)!};
		});
		const points = matched.toSorted((first, second) => on.reduce((order, name) => order || compareValues(first.key[name], second.key[name]), 0));
		return {on, baselineVariant: one.variant, contenderVariant: other.variant, points, unmatched: [], ignored};
	}));
	const fruitful = matchings.filter(({points}) => points.length > 0);
	const unmatched = [
		...leftOver('baseline', {set: baseline, groups: ours}, {set: contender, groups: theirs}, on),
		...leftOver('contender', {set: contender, groups: theirs}, {set: baseline, groups: ours}, on),
	];
	const found = fruitful.length > 0 ? fruitful : [{on, baselineVariant: {}, contenderVariant: {}, points: [], unmatched: [], ignored}];
	return found.map(matching => ({...matching, unmatched}));
}

function sharedField(word: string, baseline: ResultSet, contender: ResultSet): string {
	const fields = ({inputs, derived}: ResultSet) => [...inputs, ...derived];
	const [name] = [baseline, contender].map(set => findField(word, fields(set)));
	findField(name!, fields(contender));
	return name!;
}

// An input that only one run varies is matched on where it also had the value that the other kept: a run of a part of a suite.
function varyingFields(baseline: ResultSet, contender: ResultSet): readonly string[] {
	const theirs = new Set(contender.inputs);
	return baseline.inputs.filter(name => theirs.has(name)).filter(name => {
		const [one, other] = [distinct(baseline, name), distinct(contender, name)];
		const isVaried = one.size > 1 || other.size > 1;
		return isVaried && overlap(one, other);
	});
}

// Two protocols vary much that never meets: of fields in their order, those with which something still matches.
function matchable(baseline: ResultSet, contender: ResultSet, varying: readonly string[]): readonly string[] {
	const matches = (on: readonly string[]) => {
		const [one, other] = [baseline, contender].map(set => new Set(keysOf(set, on))) as [Set<string>, Set<string>];
		return overlap(one, other);
	};

	return matches(varying) ? varying : varying.reduce<readonly string[]>((on, name) => matches([...on, name]) ? [...on, name] : on, []);
}

function keysOf(set: ResultSet, on: readonly string[]): readonly string[] {
	return set.rows.map((_, row) => on.map(name => keyOf(set.values(name)[row])).join('\n'));
}

function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
	for (const value of one) {
		if (other.has(value)) {
			return true;
		}
	}

	return false;
}

function distinct(set: ResultSet, name: string): ReadonlySet<string> {
	return new Set(set.values(name).filter(value => value !== undefined).map(value => keyOf(value)));
}

function variantsOf(set: ResultSet, on: readonly string[]): readonly Group[] {
	const keys = keysOf(set, on);
	const finished = [...set.rows.keys()].filter(row => set.rows[row]!.status === 'finished');
	const others = set.inputs.filter(name => !on.includes(name)).filter(name => {
		const first = new Map<string, string>();
		return finished.some(row => {
			const value = keyOf(set.values(name)[row]);
			const known = first.get(keys[row]!) ?? value;
			first.set(keys[row]!, known);
			return known !== value;
		});
	});
	const variants = new Map<string, {variant: Group['variant']; points: Map<string, number[]>}>();
	for (const row of finished) {
		const variant = Object.fromEntries(others.map(name => [name, set.values(name)[row]]));
		const id = JSON.stringify(variant);
		const group = variants.get(id) ?? {variant, points: new Map<string, number[]>()};
		group.points.set(keys[row]!, [...group.points.get(keys[row]!) ?? [], row]);
		variants.set(id, group);
	}

	return [...variants.values()].toSorted((one, other) => others.reduce((order, name) => order || compareValues(one.variant[name], other.variant[name]), 0));
}

function ignoredFields(baseline: ResultSet, contender: ResultSet, on: readonly string[]): readonly IgnoredField[] {
	const [ours, theirs] = [new Set(baseline.inputs), new Set(contender.inputs)];
	return [...new Set([...baseline.inputs, ...contender.inputs])].filter(name => !on.includes(name)).flatMap(name => {
		const [one, other] = [distinct(baseline, name), distinct(contender, name)];
		const isShared = ours.has(name) && theirs.has(name);
		if (!isShared) {
			const varies = one.size > 1 || other.size > 1;
			return varies ? [{name, why: `varies, but only ${ours.has(name) ? baseline.label : contender.label} has it`}] : [];
		}

		if (one.size === 1 && other.size === 1) {
			return [...one][0] === [...other][0] ? [] : [{name, why: `is ${[...one][0]} in ${baseline.label} and ${[...other][0]} in ${contender.label}`}];
		}

		return one.size > 1 || other.size > 1 ? [{name, why: overlap(one, other) ? 'varies, and was not asked for' : 'varies, but the two have no value of it in common'}] : [];
	});
}

function leftOver(side: Unmatched['side'], {set, groups}: Side, {set: other, groups: others}: Side, on: readonly string[]): readonly Unmatched[] {
	const known = new Set(others.flatMap(({points}) => [...points.keys()]));
	const rows = groups.flatMap(({points}) => [...points].flatMap(([key, members]) => known.has(key) ? [] : members));
	const idsOf = (members: readonly number[]) => members.map(row => set.rows[row]!.id);
	// The first field whose value the other never had says most; else it is the combination.
	const reasons = groupedBy(rows, row => {
		const alien = on.find(name => !distinct(other, name).has(keyOf(set.values(name)[row])));
		return alien === undefined ? `${other.label} has no benchmark with their combination of inputs` : `${other.label} has no benchmark with ${alien} ${keyOf(set.values(alien)[row])}`;
	});
	const unfinished = [...set.rows.keys()].filter(row => set.rows[row]!.status !== 'finished');
	return [
		...[...reasons].map(([why, members]) => ({side, ids: idsOf(members), why})),
		...(unfinished.length === 0 ? [] : [{side, ids: idsOf(unfinished), why: 'did not finish'}]),
	];
}

function groupedBy(rows: readonly number[], reasonOf: (row: number) => string): ReadonlyMap<string, readonly number[]> {
	const groups = new Map<string, number[]>();
	for (const row of rows) {
		const reason = reasonOf(row);
		groups.set(reason, [...groups.get(reason) ?? [], row]);
	}

	return groups;
}
