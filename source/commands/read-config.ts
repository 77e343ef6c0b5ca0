import fs from 'node:fs';
import path from 'node:path';
import {type Config, type ConfigFile, type FlagValue, mergeConfig} from '../core/config.ts';
import {configSchema} from '../core/config-schema.ts';
import {BenchError, messageOf} from '../core/errors.ts';
import {suggestion} from '../core/nearest.ts';
import {issueText} from '../core/issue-text.ts';
import {parseTimePattern} from '../logs/time-pattern.ts';
import {screenCommands} from '../tui/keys/keymap.ts';
import {type Environment, homeOf} from './config-files.ts';
import {choiceText, type Flag, type FlagTable, wordsOf} from './flag-table.ts';

/**
Reads configuration files.

@param files The one that counts most first.
@param env
@param flags Every flag that any command takes.
@throws BenchError `usage` naming the file and the key.
*/
export function readConfig(files: readonly string[], env: Environment, flags: FlagTable): Config {
	return mergeConfig(files.map(file => readFile(file, flags, env)));
}

function readFile(file: string, table: FlagTable, env: Environment): ConfigFile {
	let value: unknown;
	try {
		value = JSON.parse(fs.readFileSync(file, 'utf8'));
	} catch (error) {
		throw new BenchError('usage', `${file}: ${error instanceof SyntaxError ? 'is no JSON' : 'cannot be read'}: ${messageOf(error).replace(/\.$/, '')}.`, {cause: error});
	}

	const parsed = configSchema.safeParse(value, {reportInput: true});
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		const unknown = issue?.code === 'unrecognized_keys' && issue.path.length === 0 ? suggestion(issue.keys[0] ?? '', Object.keys(configSchema.shape)) : '';
		throw new BenchError('usage', `${file}: ${issueText(parsed.error).replace('the input', 'it').replace('there is no such field', 'there is no such key')}${unknown || '.'}`);
	}

	const {flags = {}, roots = [], timestamps = [], keys = {}} = parsed.data;
	const folder = path.dirname(file);
	for (const [index, text] of timestamps.entries()) {
		guard(`${file}: timestamps.${index}`, () => parseTimePattern(text));
	}

	const unknown = Object.keys(keys).find(command => !screenCommands.includes(command));
	if (unknown !== undefined) {
		throw new BenchError('usage', `${file}: keys.${unknown}: no screen has such a command${suggestion(unknown, screenCommands) || '.'}`);
	}

	return {
		...parsed.data,
		file,
		roots: roots.map(root => absolute(root, folder, env)),
		flags: Object.fromEntries(Object.entries(flags).map(([name, given]) => [name, flagValue(given, table[name], {name, file, folder, env, table})])),
	};
}

type FlagPlace = {readonly name: string; readonly file: string; readonly folder: string; readonly env: Environment; readonly table: FlagTable};

function flagValue(value: FlagValue, flag: Flag | undefined, {name, file, folder, env, table}: FlagPlace): FlagValue {
	if (!flag || name === 'help') {
		throw new BenchError('usage', `${file}: flags.${name}: no command takes a flag --${name}${suggestion(name, Object.keys(table)) || '.'}`);
	}

	if (!isFitting(value, flag)) {
		throw new BenchError('usage', `${file}: flags.${name}: takes ${takes(flag)}, not ${JSON.stringify(value)}.`);
	}

	// A path means the same wherever benchdeck is called.
	return typeof value === 'string' && ['DIR', 'FILE', 'KEY'].includes(flag.value ?? '') ? absolute(value, folder, env) : value;
}

function isFitting(value: FlagValue, flag: Flag): boolean {
	if (flag.type === 'boolean') {
		return typeof value === 'boolean';
	}

	if (Array.isArray(value)) {
		return flag.multiple === true;
	}

	const words = wordsOf(flag);
	return typeof value === 'number' ? words.length === 0 : typeof value === 'string' && (words.length === 0 || words.includes(value)) && (flag.type !== 'number' || /^\d+$/.test(value));
}

function takes(flag: Flag): string {
	const {type, multiple} = flag;
	if (type === 'boolean') {
		return 'true or false';
	}

	const words = wordsOf(flag);
	if (words.length > 0) {
		return choiceText(words);
	}

	return multiple ? 'text or a list of texts' : (type === 'number' ? 'a number' : 'text');
}

function absolute(file: string, folder: string, env: Environment): string {
	return path.resolve(folder, /^~(?:\/|$)/.test(file) ? homeOf(env) + file.slice(1) : file);
}

function guard(place: string, work: () => unknown): void {
	try {
		work();
	} catch (error) {
		throw new BenchError('usage', `${place}: ${messageOf(error)}`, {cause: error});
	}
}
