import {add, type FoldedStacks, frameName} from './folded-stacks.ts';
import {isObject} from './json.ts';
import {BenchError} from './errors.ts';

type Node = {readonly name: string; parent?: number};

/**
The stacks of a profile that Node's `--cpu-prof` writes, weighed in microseconds.

@throws BenchError `metrics` where the text is no such profile.
*/
export function foldCpuProfile(text: string): FoldedStacks {
	const {nodes, samples, deltas} = parse(text);
	const stacks = new Map<string, number>();
	const known = new Map<number, string>();
	for (const [place, id] of samples.entries()) {
		const stack = known.get(id) ?? stackOf(nodes, id);
		known.set(id, stack);
		const weight = Math.max(0, deltas[place] ?? 0);
		if (stack !== '' && weight > 0) {
			add(stacks, stack, weight);
		}
	}

	return stacks;
}

function stackOf(nodes: ReadonlyMap<number, Node>, leaf: number): string {
	const frames: string[] = [];
	for (let node = nodes.get(leaf); node; node = node.parent === undefined ? undefined : nodes.get(node.parent)) {
		frames.unshift(node.name);
	}

	// All stacks begin with V8's `(root)`; time that the process waited is none that it used.
	return frames.at(-1) === '(idle)' ? '' : frames.slice(1).join(';');
}

function parse(text: string): {readonly nodes: ReadonlyMap<number, Node>; readonly samples: readonly number[]; readonly deltas: readonly number[]} {
	let profile: unknown;
	try {
		profile = JSON.parse(text);
	} catch {
		profile = undefined;
	}

	if (!isObject(profile) || !Array.isArray(profile['nodes']) || !Array.isArray(profile['samples']) || !Array.isArray(profile['timeDeltas'])) {
		throw new BenchError('metrics', 'This is no profile of V8\'s; the process may have been killed while it wrote it.');
	}

	const nodes = new Map<number, Node>();
	const listed = profile['nodes'].filter(isObject);
	for (const node of listed) {
		nodes.set(Number(node['id']), {name: nameOf(isObject(node['callFrame']) ? node['callFrame'] : {})});
	}

	for (const node of listed) {
		for (const child of Array.isArray(node['children']) ? node['children'] : []) {
			const found = nodes.get(Number(child));
			if (found) {
				found.parent = Number(node['id']);
			}
		}
	}

	return {nodes, samples: profile['samples'].map(Number), deltas: profile['timeDeltas'].map(Number)};
}

function nameOf({functionName, url, lineNumber}: Readonly<Record<string, unknown>>): string {
	const file = typeof url === 'string' && url !== '' ? ` ${url.split('/').at(-1)!}:${Number(lineNumber) + 1}` : '';
	return frameName(`${typeof functionName === 'string' && functionName !== '' ? functionName : '(anonymous)'}${file}`);
}
