import {type Config, emptyConfig} from '../core/config.ts';
import {knowCauses} from '../core/diagnosis.ts';
import {configFiles} from './config-files.ts';
import {setFlagDefaults} from './flag-table.ts';
import {allFlags} from './help.ts';

let current = emptyConfig;

/** The configuration of this process. */
export function configuration(): Config {
	return current;
}

/**
Reads the configuration, before a command's flags are.

@throws BenchError `usage` naming the file and the key.
*/
export async function loadConfiguration(): Promise<void> {
	const files = configFiles(process.cwd(), process.env);
	if (files.length > 0) {
		// Most people have none, and a schema takes a while to load.
		const {readConfig} = await import('./read-config.ts');
		current = readConfig(files, process.env, allFlags());
		setFlagDefaults(current.flags);
		knowCauses(current.causes);
		const [{knowTimeFormats}, {parseTimePattern}] = await Promise.all([import('../logs/time-formats.ts'), import('../logs/time-pattern.ts')]);
		knowTimeFormats(current.timestamps.map(text => parseTimePattern(text)));
	}
}

/** What is wrong with a flag, with its place where a configuration gave it: `FILE: flags.only: …`. */
export function placedMessage(message: string, argv: readonly string[]): string {
	const name = /^--([-a-z]+)/.exec(message)?.[1] ?? '';
	const file = current.flagFiles[name];
	const {short} = allFlags()[name] ?? {};
	const isGiven = argv.some(word => word.replaceAll('_', '-').split('=', 1)[0] === `--${name}` || (short !== undefined && word === `-${short}`));
	return file === undefined || isGiven ? message : `${file}: flags.${name}: ${message}`;
}
