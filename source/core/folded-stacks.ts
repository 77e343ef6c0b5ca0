/*
Folded stacks: one line for each stack that was seen, its frames from the root to the leaf with semicolons between them, and how
often (or how long) it was. What flame graphs are made of.
*/

/** Stack → weight. */
export type FoldedStacks = ReadonlyMap<string, number>;

/** `main;read;handleRequest 41`, the heaviest first. */
export function foldedText(stacks: FoldedStacks): string {
	return [...stacks].toSorted(([, one], [, other]) => other - one).map(([stack, weight]) => `${stack} ${weight}\n`).join('');
}

/** Lines that are none are left out. */
export function parseFolded(text: string): FoldedStacks {
	const stacks = new Map<string, number>();
	for (const line of text.split('\n')) {
		const at = line.lastIndexOf(' ');
		const weight = Number(line.slice(at + 1));
		if (at > 0 && weight > 0) {
			add(stacks, line.slice(0, at), weight);
		}
	}

	return stacks;
}

/** Adds to a stack's weight. */
export function add(stacks: Map<string, number>, stack: string, weight: number): void {
	stacks.set(stack, (stacks.get(stack) ?? 0) + weight);
}

/** A frame's name without what separates frames and lines. */
export function frameName(name: string): string {
	return name.replaceAll(/[\n\r;]/g, ':').trim() || '(anonymous)';
}
