import {BenchError} from '../core/errors.ts';
import {fieldNames, isFigure, numbersOf, type ResultSet} from './result-set.ts';

export type Renaming = {
	readonly from: string;
	readonly to: string;
	/** Where nobody said it: the labels of two protocols differ, their figures do not. */
	readonly isGuessed: boolean;
};

/**
`OLD=NEW` texts; a name that ends in a dot stands for all that begin so (`write_output.=`).

@throws BenchError `usage` where a text is not of that form.
*/
export function parseRenamings(texts: readonly string[]): readonly Renaming[] {
	return texts.map(text => {
		const [from = '', to, extra] = text.split('=', 3).map(part => part.trim());
		if (from === '' || to === undefined || extra !== undefined || (to === '' && !from.endsWith('.'))) {
			throw new BenchError('usage', `--map takes OLD=NEW, not "${text}".`);
		}

		return {from, to, isGuessed: false};
	});
}

/**
A set with fields renamed, where it has the old name and not the new one.

@throws BenchError `usage` where a renaming changes nothing in any of the sets.
*/
export function renameFields(sets: readonly ResultSet[], renamings: readonly Renaming[]): readonly ResultSet[] {
	const used = new Set<Renaming>();
	const renamed = sets.map(set => {
		const names = new Map<string, string>();
		const known = new Set(fieldNames(set));
		for (const renaming of renamings) {
			for (const name of known) {
				const next = nameAfter(name, renaming);
				if (next === undefined || known.has(next)) {
					continue;
				}

				names.set(next, name);
				used.add(renaming);
			}
		}

		return names.size === 0 ? set : withNames(set, names);
	});
	const unused = renamings.find(renaming => !used.has(renaming));
	if (unused) {
		throw new BenchError('usage', `--map ${unused.from}=${unused.to} renames nothing: no run has ${unused.from} without having ${unused.to || 'the other name'}.`);
	}

	return renamed;
}

/** Renamings that make the figures of a set's only recorded label those of a base set's only one. */
export function guessRenamings(base: ResultSet, other: ResultSet): readonly Renaming[] {
	const [ours, theirs] = [recordedPrefixes(base), recordedPrefixes(other)];
	const isClear = ours.length === 1 && theirs.length === 1 && ours[0] !== theirs[0];
	return isClear ? other.outputs.filter(name => isFigure(name) && prefixOf(name) === theirs[0]).map(from => ({from, to: ours[0]! + from.slice(theirs[0]!.length), isGuessed: true})) : [];
}

// `write_output.` of `write_output.latency.median_ms`, of labels that anything was recorded for in most rows.
function recordedPrefixes(set: ResultSet): readonly string[] {
	const medians = set.outputs.filter(name => name.endsWith('latency.median_ms') && isFigure(name));
	const isRecorded = (name: string) => numbersOf(set, name).filter(value => !Number.isNaN(value)).length > set.rows.length / 2;
	return medians.filter(name => isRecorded(name)).map(name => prefixOf(name));
}

function prefixOf(name: string): string {
	return name.slice(0, name.search(/(?:latency|(?:start|stop)_throughput_\d+s)\.\w+$/));
}

function nameAfter(name: string, {from, to}: Renaming): string | undefined {
	if (from.endsWith('.')) {
		return name.startsWith(from) ? to + name.slice(from.length) : undefined;
	}

	return name === from ? to : undefined;
}

function withNames(set: ResultSet, names: ReadonlyMap<string, string>): ResultSet {
	const shown = new Map([...names].map(([next, name]) => [name, next]));
	const rename = (list: readonly string[]) => list.map(name => shown.get(name) ?? name);
	return {
		...set,
		inputs: rename(set.inputs),
		outputs: rename(set.outputs),
		derived: rename(set.derived),
		values: name => set.values(names.get(name) ?? name),
		value: (name, row) => set.value(names.get(name) ?? name, row),
	};
}
