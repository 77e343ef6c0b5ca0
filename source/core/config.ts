import {type z} from 'zod';
import {type configSchema} from './config-schema.ts';
import {type KnownCause} from './diagnosis.ts';

export type ConfigFile = Omit<z.output<typeof configSchema>, 'flags'> & {readonly file: string; readonly flags?: Readonly<Record<string, FlagValue>>};

export type FlagValue = string | number | boolean | readonly string[];

/** The configuration that holds: a project's file over the user's. */
export type Config = {
	readonly flags: Readonly<Record<string, FlagValue>>;
	/** The file that each comes from. */
	readonly flagFiles: Readonly<Record<string, string>>;
	/** Absolute folders. */
	readonly roots: readonly string[];
	readonly keys: Readonly<Record<string, readonly string[]>>;
	readonly theme?: 'dark' | 'light' | 'plain' | 'auto';
	readonly timestamps: readonly string[];
	readonly causes: readonly KnownCause[];
};

/** Files merged, the one that counts most first: single values are its own, lists have its own first. */
export function mergeConfig(files: readonly ConfigFile[]): Config {
	const latestFirst = files.toReversed();
	const theme = files.map(file => file.theme).find(one => one !== undefined);
	return {
		flags: Object.assign({}, ...latestFirst.map(file => file.flags ?? {})) as Record<string, FlagValue>,
		flagFiles: Object.fromEntries(latestFirst.flatMap(({file, flags = {}}) => Object.keys(flags).map(name => [name, file]))),
		roots: [...new Set(files.flatMap(file => file.roots ?? []))],
		keys: Object.fromEntries(latestFirst.flatMap(file => Object.entries(file.keys ?? {}).map(([command, keys]) => [command, typeof keys === 'string' ? [keys] : keys]))),
		...(theme && {theme}),
		timestamps: [...new Set(files.flatMap(file => file.timestamps ?? []))],
		causes: files.flatMap(file => file.causes ?? []).map(({name = 'configured', pattern, remedy}) => ({name, pattern: new RegExp(pattern), remedy})),
	};
}

export const emptyConfig: Config = mergeConfig([]);
