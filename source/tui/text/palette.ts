/*
Everything by name: the commands of the keymap, and what a screen has beside them: metrics to chart, places to go to.
*/
import {type Binding} from '../keys/binding.ts';
import {shownKey} from '../keys/keymap.ts';
import {type Glyphs} from '../glyphs.ts';
import {fitLine, type Line, segment, spread} from './line.ts';
import {windowOn} from './window.ts';

export type PaletteEntry = {
	readonly kind: 'command' | 'metric' | 'place';
	readonly name: string;
	readonly detail: string;
	readonly keys: readonly string[];
};

/** The entries that hold all the words that were typed, commands first. */
export function paletteEntries<Other extends PaletteEntry>(bindings: readonly Binding[], others: readonly Other[], typed: string): ReadonlyArray<PaletteEntry | Other> {
	const words = typed.toLowerCase().split(/\s+/).filter(word => word !== '');
	const commands = bindings
		.filter(({command}) => !/^pane-\d$|^palette$|^interrupt$/.test(command))
		.map(({command, help, keys}): PaletteEntry => ({kind: 'command', name: command, detail: help, keys}));
	return [...commands, ...others].filter(({name, detail}) => words.every(word => `${name} ${detail}`.toLowerCase().includes(word)));
}

/** A metric that can be charted, as an entry. */
export function metricEntry(name: string): PaletteEntry {
	return {kind: 'metric', name, detail: 'chart this metric', keys: []};
}

/** The entries as a list with a cursor. */
export function paletteLines(entries: readonly PaletteEntry[], choice: number, {width, height}: {readonly width: number; readonly height: number}, glyphs: Glyphs): readonly Line[] {
	if (entries.length === 0) {
		return [[segment('   Nothing has that in its name.', 'muted')]];
	}

	const nameWidth = Math.min(Math.floor(width * 0.5), Math.max(...entries.map(({name}) => name.length)));
	const {from, to} = windowOn({length: entries.length, height, cursor: choice, from: Math.max(0, choice - Math.floor(height / 2))});
	return entries.slice(from, to).map(({name, detail, keys, kind}, row): Line => {
		const isChosen = from + row === choice;
		const left: Line = [
			segment(isChosen ? ` ${glyphs.cursor} ` : ' '.repeat(3), 'accent', {bold: true}),
			...fitLine([segment(name, kind === 'command' ? 'plain' : 'hue-3', {bold: isChosen})], nameWidth, glyphs.ellipsis),
			segment(`  ${detail}`, 'muted'),
		];
		const line = spread(left, [segment(`${keys.map(key => shownKey(key, glyphs.unicode)).join(' ')} `, 'accent')], width);
		return isChosen ? line.map(part => ({...part, selected: true})) : line;
	});
}
