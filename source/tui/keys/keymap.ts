/*
The one table of keys. The footer, the help, the documents and the screens all read it; a screen names the groups that
hold on it, the most particular first.
*/
import {type Binding, type KeyGroup} from './binding.ts';
import {benchmarkKeys, chooserKeys, compareKeys, flameKeys, homeKeys, planKeys, plotKeys, suiteKeys, suitesKeys} from './browser-keys.ts';
import {generalKeys, movingKeys, searchingKeys} from './common-keys.ts';
import {chartKeys, consoleKeys, finishedKeys} from './console-keys.ts';

export const keymap = {
	moving: movingKeys,
	searching: searchingKeys,
	console: consoleKeys,
	finished: finishedKeys,
	chart: chartKeys,
	home: homeKeys,
	suites: suitesKeys,
	suite: suiteKeys,
	chooser: chooserKeys,
	benchmark: benchmarkKeys,
	plan: planKeys,
	compare: compareKeys,
	plot: plotKeys,
	flame: flameKeys,
	general: generalKeys,
} as const satisfies Readonly<Record<string, KeyGroup>>;

export type KeyPlace = keyof typeof keymap;

/** The commands of some places. */
export type CommandOf<Place extends KeyPlace> = (typeof keymap)[Place]['bindings'][number]['command'];

/** The names of all commands, as a configuration's `keys` has them. */
export const screenCommands: readonly string[] = [...new Set(Object.values<KeyGroup>(keymap).flatMap(({bindings}) => bindings.map(({command}) => command)))];

let own: Readonly<Record<string, readonly string[]>> = {};

/** Gives commands other keys, in every group that has them. Where such a command holds, its keys do nothing else. */
export function rebind(keys: Readonly<Record<string, readonly string[]>>): void {
	own = keys;
}

/** The bindings of each of some places that hold together. */
function bindingsOf<Place extends KeyPlace>(places: readonly Place[]): ReadonlyArray<{readonly place: Place; readonly bindings: readonly Binding[]}> {
	const groups = places.map(place => ({place, bindings: (keymap[place] as KeyGroup).bindings}));
	const given = new Set(groups.flatMap(({bindings}) => bindings.flatMap(({command}) => own[command] ?? [])));
	return given.size === 0
		? groups
		: groups.map(({place, bindings}) => ({place, bindings: bindings.map(binding => ({...binding, keys: own[binding.command] ?? binding.keys.filter(key => !given.has(key))}))}));
}

/** What a key does where these groups hold; undefined where it does nothing. */
export function commandOf<Place extends KeyPlace>(key: string, places: readonly Place[]): CommandOf<Place> | undefined {
	const found = bindingsOf(places).flatMap(({bindings}) => bindings).find(({keys}) => keys.includes(key));
	return found?.command as CommandOf<Place> | undefined;
}

/** The bindings that hold in these places; the first place that has a key has it. */
export function bindingsIn(places: readonly KeyPlace[]): readonly Binding[] {
	return bindingGroups(places).flatMap(({bindings}) => bindings);
}

/** Those bindings by group. */
export function bindingGroups(places: readonly KeyPlace[]): readonly KeyGroup[] {
	const taken = new Set<string>();
	return bindingsOf(places).map(({place, bindings}): KeyGroup => {
		const free = bindings.filter(({keys}) => keys.some(key => !taken.has(key)));
		for (const key of bindings.flatMap(({keys}) => keys)) {
			taken.add(key);
		}

		return {title: keymap[place].title, bindings: free};
	});
}

/** A key as people read it: `ctrl-d`, `↑`. */
export function shownKey(key: string, unicode = true): string {
	const arrows: Readonly<Record<string, string>> = {up: '↑', down: '↓', left: '←', right: '→'};
	return (unicode ? arrows[key] : undefined) ?? key;
}

/** The whole table as Markdown, for the documents: a table for each group, and the names by which a configuration binds keys. */
export function keymapMarkdown(): string {
	return Object.values<KeyGroup>(keymap).map(({title, bindings}) => [
		`## ${title}`,
		'',
		'| key | what it does | command |',
		'|---|---|---|',
		...bindings.flatMap(binding => markdownRow(binding)),
		'',
	].join('\n')).join('\n');
}

// Nine digits do the same for nine panes: one row says it.
function markdownRow({command, keys, help}: Binding): readonly string[] {
	const code = (text: string) => `\`${text}\``;
	if (/^pane-[2-9]$/.test(command)) {
		return [];
	}

	return command === 'pane-1'
		? ['| `1` … `9` | process 1 … 9 | `pane-1` … `pane-9` |']
		: [`| ${keys.map(key => code(shownKey(key))).join(' ')} | ${help.replaceAll('|', String.raw`\|`)} | ${code(command)} |`];
}
