/*
What the flame graph shows: where the cursor is and which frame is as wide as the screen, as plain state. A path is the places
of children from the root down; the frame that is zoomed into lies on the cursor's path.
*/
import {type Flame, matchingValue} from '../../core/flame-tree.ts';
import {type Line, segment, type Tone} from '../text/line.ts';
import {cutText, textWidth} from '../text/width.ts';

type FlameView = {
	readonly root: Flame;
	readonly cursor: readonly number[];
	/** How many steps of the cursor's path are zoomed into. */
	readonly zoom: number;
	readonly search: string;
};

export type FlameMove = 'up' | 'down' | 'left' | 'right' | 'zoom' | 'wider' | 'start';

const tones = ['warn', 'hue-1', 'bad', 'hue-4', 'hue-5'] as const satisfies readonly Tone[];

export function flameView(root: Flame): FlameView {
	return {root, cursor: [], zoom: 0, search: ''};
}

/** The frame at a path. */
export function frameAt(root: Flame, path: readonly number[]): Flame {
	return path.reduce((frame, place) => frame.children[place] ?? frame, root);
}

/** The view after a move; down goes to the child in which most is spent, as long as there is one. */
export function moveFlame(view: FlameView, move: FlameMove): FlameView {
	const {root, cursor, zoom} = view;
	switch (move) {
		case 'down': {
			const {children} = frameAt(root, cursor);
			const heaviest = children.reduce((best, child, place) => child.value > (children[best]?.value ?? 0) ? place : best, 0);
			return children.length === 0 ? view : {...view, cursor: [...cursor, heaviest]};
		}

		case 'up': {
			return cursor.length > zoom ? {...view, cursor: cursor.slice(0, -1)} : view;
		}

		case 'left':
		case 'right': {
			const place = (cursor.at(-1) ?? 0) + (move === 'right' ? 1 : -1);
			const isThere = cursor.length > zoom && place >= 0 && place < frameAt(root, cursor.slice(0, -1)).children.length;
			return isThere ? {...view, cursor: [...cursor.slice(0, -1), place]} : view;
		}

		case 'zoom': {
			return {...view, zoom: cursor.length};
		}

		case 'wider': {
			return {...view, zoom: Math.max(0, zoom - 1), cursor: cursor.slice(0, Math.max(0, zoom - 1))};
		}

		case 'start': {
			return {...view, cursor: [], zoom: 0};
		}
	}
}

/** To the next frame that the search finds, from the cursor on, deeper ones first. */
export function findFlame(view: FlameView, step: 1 | -1): FlameView {
	const paths: Array<readonly number[]> = [];
	const visit = (frame: Flame, path: readonly number[]) => {
		if (isFound(view, frame.name)) {
			paths.push(path);
		}

		for (const [place, child] of frame.children.entries()) {
			visit(child, [...path, place]);
		}
	};

	visit(view.root, []);
	const at = paths.findIndex(path => path.join(' ') === view.cursor.join(' '));
	const path = paths.at(at === -1 ? 0 : (at + step) % paths.length);
	return path ? {...view, cursor: path, zoom: isWithin(path, view) ? view.zoom : 0} : view;
}

function isWithin(path: readonly number[], {cursor, zoom}: FlameView): boolean {
	return cursor.slice(0, zoom).every((place, level) => path[level] === place);
}

function isFound({search}: FlameView, name: string): boolean {
	return search !== '' && name.toLowerCase().includes(search.toLowerCase());
}

/** The graph, the zoomed frame at the top, at exactly a width; rows from the top, those around the cursor where they are too many. */
export function flameLines(view: FlameView, width: number, height: number): readonly Line[] {
	const top = view.cursor.slice(0, view.zoom);
	let level: ReadonlyArray<{readonly frame: Flame; readonly path: readonly number[]; readonly x: number; readonly width: number}> = [{frame: frameAt(view.root, top), path: top, x: 0, width}];
	const lines: Line[] = [];
	while (level.length > 0) {
		lines.push(lineOfLevel(level, view, width));
		level = level.flatMap(({frame, path, x, width: room}) => {
			let before = 0;
			return frame.children.flatMap((child, place) => {
				const from = Math.round(before / frame.value * room);
				before += child.value;
				const cells = Math.round(before / frame.value * room) - from;
				return cells > 0 ? [{frame: child, path: [...path, place], x: x + from, width: cells}] : [];
			});
		});
	}

	const first = Math.max(0, Math.min(lines.length - height, view.cursor.length - view.zoom - Math.floor(height / 2)));
	return lines.slice(first, first + height);
}

function lineOfLevel(level: ReadonlyArray<{readonly frame: Flame; readonly path: readonly number[]; readonly x: number; readonly width: number}>, view: FlameView, width: number): Line {
	let at = 0;
	const parts = level.flatMap(({frame, path, x, width: cells}) => {
		const {text, width: taken} = cutText(frame.name, Math.max(0, cells - 1));
		const gap = x - at;
		at = x + cells;
		const hasCursor = path.length === view.cursor.length && path.every((place, depth) => place === view.cursor[depth]);
		return [
			segment(' '.repeat(gap)),
			segment(
				`${cells > 1 || hasCursor ? '│'.slice(0, cells) : '│'}${text}${' '.repeat(Math.max(0, cells - 1 - taken))}`,
				tones[textWidth(frame.name) % tones.length],
				{selected: hasCursor, bold: hasCursor, found: isFound(view, frame.name)},
			),
		];
	});
	return [...parts, segment(' '.repeat(Math.max(0, width - at)))];
}

/** What the frame under the cursor is and costs, and how much the search finds. */
export function flameStatus(view: FlameView, unit: string): string {
	const {root} = view;
	const frame = frameAt(root, view.cursor);
	const share = (value: number) => `${(value / root.value * 100).toFixed(1)} %`;
	const found = view.search === '' ? '' : `  "${view.search}": ${share(matchingValue(root, name => isFound(view, name)))}`;
	return `${frame.name}  ${share(frame.value)}, itself ${share(frame.self)} of ${root.value.toLocaleString('en')} ${unit}${found}`;
}
