/*
Where configuration comes from: the project's file, in the working directory or a folder above it, and the user's.
*/
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const projectFile = 'benchdeck.config.json';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The files that are there, the one that counts most first. */
export function configFiles(cwd: string, env: Environment): readonly string[] {
	const base = env['XDG_CONFIG_HOME'];
	const user = path.join(base !== undefined && path.isAbsolute(base) ? base : path.join(homeOf(env), '.config'), 'benchdeck/config.json');
	return [...projectFiles(path.resolve(cwd)), user].filter(file => fs.existsSync(file));
}

export function homeOf(env: Environment): string {
	return env['HOME'] ?? os.homedir();
}

function projectFiles(folder: string): readonly string[] {
	for (let at = folder; ; at = path.dirname(at)) {
		const file = path.join(at, projectFile);
		if (fs.existsSync(file)) {
			return [file];
		}

		if (path.dirname(at) === at) {
			return [];
		}
	}
}
