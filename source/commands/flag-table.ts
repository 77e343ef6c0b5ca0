/*
Flags: one table, from which parsing, help and completions are made. Apart from their parser, which takes a while to load.
*/
import {type FlagValue} from '../core/config.ts';
import {alignedRows} from './help-layout.ts';

export type Flag = {
	readonly type: 'string' | 'boolean' | 'number';
	readonly short?: string;
	/** What its value is called in the help. */
	readonly value?: string;
	readonly help: string;
	readonly multiple?: boolean;
};
export type FlagTable = Readonly<Record<string, Flag>>;

let defaults: Readonly<Record<string, FlagValue>> = {};

/** What flags mean where they are not given: a person's configuration. */
export function setFlagDefaults(values: Readonly<Record<string, FlagValue>>): void {
	defaults = values;
}

/** What a person configured for a flag. */
export function flagDefault(name: string): FlagValue | undefined {
	return defaults[name];
}

/** The words that a flag takes, where it takes only some: `embedded|jar|rehearsal`. */
export function wordsOf({value = ''}: Flag): readonly string[] {
	return value.includes('|') ? value.split('|') : [];
}

/** The words as a sentence has them: `embedded, jar or rehearsal`. */
export function choiceText(words: readonly string[]): string {
	return `${words.slice(0, -1).join(', ')} or ${words.at(-1)!}`;
}

/** A table's flags, aligned, as a help text shows them within a width. */
export function flagHelp(table: FlagTable, width: number): string {
	const rows = Object.entries(table).map(
		([name, {short, value, help}]) =>
			[`  ${short === undefined ? ' '.repeat(4) : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`, help] as const,
	);
	return alignedRows(rows, width);
}
