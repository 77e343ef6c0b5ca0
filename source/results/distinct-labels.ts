import path from 'node:path';
import {parseRunName} from '../directory/run-name.ts';
import {type ResultSet} from './result-set.ts';

/** The sets by labels that tell them apart: `before/results` and `after/results` where two files are called results.csv. */
export function distinctLabels(sets: readonly ResultSet[]): readonly ResultSet[] {
	return sets.map(set => {
		const rivals = sets.filter(({label, path: other}) => label === set.label && other !== set.path).map(other => foldersOf(other));
		const own = foldersOf(set);
		const longest = Math.max(own.length, ...rivals.map(({length}) => length));
		const depths = rivals.length === 0 ? [] : Array.from({length: longest}, (_, index) => index + 1);
		const tail = (folders: readonly string[], depth: number) => folders.slice(-depth).join('/');
		const depth = depths.find(count => rivals.every(rival => tail(rival, count) !== tail(own, count)));
		return depth === undefined ? set : {...set, label: `${tail(own, depth)}/${set.label}`};
	});
}

// A suite directory is known by its word.
function foldersOf(set: ResultSet): readonly string[] {
	return path.dirname(set.path).split(path.sep).filter(part => part !== '').map(part => parseRunName(part)?.word ?? part);
}

/** Each run once, in their order, and a sentence, without its full stop, for each that was given again. */
export function withoutRepeats(sets: readonly ResultSet[]): {readonly sets: readonly ResultSet[]; readonly notes: readonly string[]} {
	const paths = sets.map(set => set.path);
	const isFirst = (place: number) => paths.indexOf(paths[place]!) === place;
	return {
		sets: sets.filter((_, place) => isFirst(place)),
		notes: [...new Set(sets.filter((_, place) => !isFirst(place)).map(({label}) => `${label} was given more than once and is taken once`))],
	};
}
