import {type FoldedStacks} from './folded-stacks.ts';
import {compareNaturally} from './natural-order.ts';

/** A frame in all stacks that begin alike; children stand in the order of their names, as in any flame graph. */
export type Flame = {
	readonly name: string;
	/** Of all stacks that pass through it. */
	readonly value: number;
	/** Of those that end in it. */
	readonly self: number;
	readonly children: readonly Flame[];
};

type Growing = {readonly name: string; value: number; self: number; readonly children: Map<string, Growing>};

/** The tree of stacks, under a frame that stands for all. */
export function flameTree(stacks: FoldedStacks): Flame {
	const root: Growing = {name: 'all', value: 0, self: 0, children: new Map()};
	for (const [stack, weight] of stacks) {
		let at = root;
		at.value += weight;
		for (const name of stack.split(';')) {
			const next: Growing = at.children.get(name) ?? {name, value: 0, self: 0, children: new Map()};
			at.children.set(name, next);
			next.value += weight;
			at = next;
		}

		at.self += weight;
	}

	return grown(root);
}

function grown({name, value, self, children}: Growing): Flame {
	return {name, value, self, children: [...children.values()].map(child => grown(child)).toSorted((one, other) => compareNaturally(one.name, other.name))};
}

/** How much of the whole passes through frames that match, each stack counted once. */
export function matchingValue(flame: Flame, matches: (name: string) => boolean): number {
	return matches(flame.name) ? flame.value : flame.children.reduce((sum, child) => sum + matchingValue(child, matches), 0);
}

/** The frames in which most is spent, by name over the whole tree, the heaviest first. */
export function heaviest(flame: Flame): ReadonlyArray<{readonly name: string; readonly self: number}> {
	const byName = new Map<string, number>();
	const visit = ({name, self, children}: Flame) => {
		byName.set(name, (byName.get(name) ?? 0) + self);
		for (const child of children) {
			visit(child);
		}
	};

	visit(flame);
	return [...byName].map(([name, self]) => ({name, self})).filter(({self}) => self > 0).toSorted((one, other) => other.self - one.self);
}
