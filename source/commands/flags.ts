/*
Parses flags by their table. Long flags are taken with underscores too, so that command lines of
the reference harness work. No flag is ever ignored: what a command does not take is an error that names the nearest.
*/
import meow from 'meow';
import {type FlagValue} from '../core/config.ts';
import {BenchError} from '../core/errors.ts';
import {suggestion} from '../core/nearest.ts';
import {choiceText, type Flag, flagDefault, type FlagTable, wordsOf} from './flag-table.ts';

export type ParsedFlags = {
	readonly positional: readonly string[];
	text(name: string): string | undefined;
	texts(name: string): readonly string[];
	number(name: string): number | undefined;
	is(name: string): boolean;
	/** True or false as given (`--no-NAME`), undefined where it was not. */
	given(name: string): boolean | undefined;
};

/**
Parses a command's arguments.

@throws BenchError `usage` on an unknown flag, a missing value or a value that is no number.
*/
export function parseFlags(command: string, argv: readonly string[], table: FlagTable): ParsedFlags {
	const words = argv.map(word => word.startsWith('--') && word.length > 2 ? longFlag(word) : word);
	refuseUnknown(command, words, table);
	const {input, flags} = meow({
		importMeta: import.meta,
		argv: joined(words, table),
		autoHelp: false,
		autoVersion: false,
		booleanDefault: undefined,
		flags: Object.fromEntries(Object.entries(table).map(([name, flag]) => [camelCase(name), {
			type: flag.type === 'number' ? 'string' : flag.type,
			...(flag.short !== undefined && {shortFlag: flag.short}),
			...(flag.multiple && {isMultiple: true}),
		}])),
	} as Parameters<typeof meow>[0]);
	const values = flags as Readonly<Record<string, unknown>>;
	const valueOf = (name: string): unknown => {
		const value = values[camelCase(name)];
		const isGiven = value !== undefined && !(Array.isArray(value) && value.length === 0);
		return isGiven || !table[name] ? value : configured(table[name], flagDefault(name));
	};

	const text = (name: string) => {
		const value = valueOf(name);
		return typeof value === 'string' ? value : undefined;
	};

	return {
		positional: input,
		text,
		texts(name) {
			const value = valueOf(name);
			return Array.isArray(value) ? value.map(String) : [];
		},
		number(name) {
			const value = text(name);
			if (value !== undefined && !/^-?\d+(?:\.\d+)?$/.test(value)) {
				throw new BenchError('usage', `--${name} takes a number, not "${value}".`);
			}

			return value === undefined ? undefined : Number(value);
		},
		is: name => valueOf(name) === true,
		given(name) {
			const value = valueOf(name);
			return typeof value === 'boolean' ? value : undefined;
		},
	};
}

function configured(flag: Flag, value: FlagValue | undefined): unknown {
	if (value === undefined || flag.type === 'boolean') {
		return value;
	}

	return flag.multiple ? [value].flat().map(String) : String(value);
}

// `--sort -latency.median_ms`: a value that begins with `-` belongs to the flag before it.
function joined(words: readonly string[], table: FlagTable): readonly string[] {
	return words.flatMap((word, index) => {
		const takesValue = (name: string | undefined) => name?.startsWith('--') === true && (table[name.slice(2)]?.type ?? 'boolean') !== 'boolean';
		if (takesValue(word) && /^-[^-]/.test(words[index + 1] ?? '')) {
			return [`${word}=${words[index + 1]!}`];
		}

		return /^-[^-]/.test(word) && takesValue(words[index - 1]) ? [] : [word];
	});
}

function refuseUnknown(command: string, words: readonly string[], table: FlagTable): void {
	const names = Object.keys(table);
	const given = new Set<string>();
	for (let index = 0; index < words.length; index++) {
		const word = words[index]!;
		if (!word.startsWith('-') || word === '-' || /^-\d/.test(word)) {
			continue;
		}

		const written = word.split('=', 1)[0]!;
		const isNegated = written.startsWith('--no-') && table[written.slice(5)]?.type === 'boolean';
		const [name, flag] = isNegated
			? [written.slice(5), table[written.slice(5)]]
			: (Object.entries(table).find(([long, {short}]) => written === `--${long}` || written === `-${short}`) ?? [undefined, undefined]);
		if (name === undefined || !flag) {
			throw new BenchError(
				'usage',
				`benchdeck ${command} takes no flag ${written}${suggestion(written.replace(/^-+/, ''), names).replace('mean ', 'mean --') || '.'} benchdeck help ${command} lists its flags.`,
			);
		}

		if (flag.type === 'boolean') {
			if (word !== written && (isNegated || !/=(?:true|false)$/.test(word))) {
				throw new BenchError('usage', `${written} takes no value, but has "${word.slice(written.length + 1)}".`);
			}

			continue;
		}

		if (given.has(name) && !flag.multiple) {
			throw new BenchError('usage', `--${name} is given twice; it is taken once.`);
		}

		given.add(name);
		const value = word.includes('=') ? word.slice(word.indexOf('=') + 1) : words[++index];
		if (value === undefined || value === '' || (value.startsWith('--') && !word.includes('='))) {
			throw new BenchError('usage', `${written} lacks its value${flag.value === undefined ? '' : ` (${flag.value})`}.`);
		}

		const choices = wordsOf(flag);
		if (choices.length > 0 && !choices.includes(value)) {
			throw new BenchError('usage', `--${name} takes ${choiceText(choices)}, not "${value}".`);
		}
	}
}

function longFlag(word: string): string {
	const [name = '', ...value] = word.split('=');
	return [name.replaceAll('_', '-'), ...value].join('=');
}

function camelCase(name: string): string {
	return name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
