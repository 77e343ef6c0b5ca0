import {type Flame} from '../core/flame-tree.ts';

export type FlameOptions = {
	readonly flame: Flame;
	readonly title: string;
	readonly unit: string;
	readonly theme?: string;
};

/** Opens a flame graph and resolves when it is closed and the terminal restored. */
export async function openFlame(options: FlameOptions): Promise<void> {
	const {showFlame} = await import('./flame/show-flame.tsx');
	await showFlame(options);
}
