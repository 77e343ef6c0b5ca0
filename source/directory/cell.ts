/*
Cells of results.csv, and nested objects as columns. Python printed the cells; here they become what they were.
*/
import {isObject, type Json, type JsonObject} from '../core/json.ts';

const number = /^[+-]?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

/** `True` → true, `0.5` → 0.5, `nan`, `None` and nothing → null; the rest is text. */
export function parseCell(cell: string): Json {
	switch (cell) {
		case 'True': {
			return true;
		}

		case 'False': {
			return false;
		}

		case '':
		case 'None':
		case 'nan':
		case 'NaN': {
			return null;
		}

		case 'inf': {
			return Infinity;
		}

		case '-inf': {
			return -Infinity;
		}

		default: {
			return number.test(cell) ? Number(cell) : cell;
		}
	}
}

/** The leaves of a nested object by dotted name; an empty object gives none. */
export function leavesOf(object: JsonObject, prefix = ''): ReadonlyArray<readonly [name: string, value: Json]> {
	return Object.entries(object).flatMap(([key, value]) => isObject(value) ? leavesOf(value, `${prefix}${key}.`) : [[prefix + key, value] as const]);
}

/** The opposite of `leavesOf`: `[['latency.median_ms', 1]]` → `{latency: {median_ms: 1}}`. */
export function nest(leaves: ReadonlyArray<readonly [name: string, value: Json]>): JsonObject {
	const root: Tree = new Map();
	for (const [name, value] of leaves) {
		plant(root, name.split('.'), value);
	}

	return fromTree(root);
}

type Tree = Map<string, Tree | {readonly leaf: Json}>;

// Where `a` is a value and `a.b` comes too, the latter keeps its dot.
function plant(tree: Tree, names: readonly string[], value: Json): void {
	const [name = '', ...rest] = names;
	const found = tree.get(name);
	if (rest.length > 0 && found === undefined) {
		const branch: Tree = new Map();
		tree.set(name, branch);
		plant(branch, rest, value);
	} else if (rest.length > 0 && found instanceof Map) {
		plant(found, rest, value);
	} else if (rest.length > 0) {
		tree.set(names.join('.'), {leaf: value});
	} else if (!(found instanceof Map)) {
		tree.set(name, {leaf: value});
	}
}

// `fromEntries` takes any name, `__proto__` too, as a plain key.
function fromTree(tree: Tree): JsonObject {
	return Object.fromEntries([...tree].map(([name, node]) => [name, node instanceof Map ? fromTree(node) : node.leaf]));
}
