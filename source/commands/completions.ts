/*
What a shell offers for the word under the cursor. The shells' own scripts (completion-scripts.ts) only pass the words on, so
that they never go stale.
*/
import {logLevels} from '../core/field.ts';
import {type Flag, type FlagTable} from './flag-table.ts';

/** Files and folders are completed by the shell itself. */
export type Offer = 'files' | ReadonlyArray<{readonly word: string; readonly about?: string}>;

export type CompletionSources = {
	readonly commands: ReadonlyArray<{readonly name: string; readonly usage: string; readonly line: string; readonly flags: FlagTable}>;
	suites(): readonly string[];
	/** Words of runs, the newest first. */
	runs(): Promise<ReadonlyArray<{readonly word: string; readonly about: string}>>;
};

export const shells = ['bash', 'zsh', 'fish'] as const;

/** What fits the last of the words after the program's name: the one under the cursor, which may be empty. */
export async function completionsOf(given: readonly string[], sources: CompletionSources): Promise<Offer> {
	const words = joined(given);
	const current = words.at(-1) ?? '';
	if (words.length <= 1) {
		return offer(current, [...sources.commands.map(({name, line}) => ({word: name, about: line})), {word: '--version', about: 'the version'}]);
	}

	const command = sources.commands.find(({name}) => name === words[0]);
	if (!command) {
		return [];
	}

	const flag = flagNamed(command.flags, words.at(-2) ?? '');
	if (flag && flag.type !== 'boolean') {
		return offer(current, valuesOf(flag));
	}

	const isFlag = current.startsWith('-');
	return offer(current, isFlag ? Object.entries(command.flags).map(([name, {help}]) => ({word: `--${name}`, about: help})) : await argumentsOf(command.usage, sources));
}

// Bash takes `--flag=value` apart.
function joined(words: readonly string[]): readonly string[] {
	const parts = words.flatMap((word, place) =>
		word.startsWith('--') && word.includes('=') && place === words.length - 1
			? [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]
			: [word],
	);
	return parts.filter((word, place) => word !== '=' || place === parts.length - 1).map(word => word === '=' ? '' : word);
}

function flagNamed(flags: FlagTable, word: string): Flag | undefined {
	return Object.entries(flags).find(([name, {short}]) => word.replaceAll('_', '-') === `--${name}` || word === `-${short}`)?.[1];
}

function valuesOf({value = ''}: Flag): Offer {
	return ['FILE', 'DIR', 'KEY'].includes(value) ? 'files' : (value === 'LEVEL' ? logLevels : value.split('|').filter(() => value.includes('|'))).map(word => ({word}));
}

async function argumentsOf(usage: string, sources: CompletionSources): Promise<Offer> {
	const [, wanted = ''] = usage.split(' ', 2);
	if (/FILE|DIR|ROOT/.test(wanted) && !wanted.includes('RUN')) {
		return 'files';
	}

	if (wanted.includes('RUN')) {
		return [{word: 'last', about: 'the newest'}, ...await sources.runs()];
	}

	const suites = wanted.includes('SUITE') ? sources.suites().map(word => ({word})) : [];
	const names = wanted.includes('COMMAND') ? sources.commands.map(({name, line}) => ({word: name, about: line})) : suites;
	return wanted.includes('SHELL') ? shells.map(word => ({word})) : names;
}

// Where nothing fits, a path may be meant: suites and runs are files and folders too.
function offer(current: string, candidates: Offer): Offer {
	if (candidates === 'files') {
		return 'files';
	}

	const fitting = candidates.filter(({word}) => word.toLowerCase().startsWith(current.toLowerCase()));
	return fitting.length === 0 && /[./~]/.test(current) ? 'files' : fitting;
}
