import fs from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {parseRunName} from '../directory/run-name.ts';
import {readLastRoot} from '../results/last-root.ts';
import {type BrowserStart} from '../tui/open-browser.ts';
import {browseScreen} from './browse-screen.ts';
import {configuration} from './configuration.ts';
import {commandFlags} from './help.ts';
import {hasScreen} from './run-mode.ts';
import {screenSettings} from './screen-settings.ts';

/** `benchdeck browse [ROOT…]`: the suites, on a screen, or as JSON, CSV or a plain table. */
export async function browseCommand(argv: readonly string[]): Promise<number> {
	const isTerminal = hasScreen();
	// A screen is wanted at once: where there are no flags, nothing is loaded that parses them.
	if (isTerminal && argv.every(word => !word.startsWith('-')) && Object.keys(configuration().flags).length === 0) {
		return browseScreen(await startAt(argv), await browseRoots(argv), screenSettings([]));
	}

	const {parseFlags} = await import('./flags.ts');
	const flags = parseFlags('browse', argv, commandFlags('browse'));
	const roots = await browseRoots(flags.positional);
	if (isTerminal && !flags.is('json') && !flags.is('csv')) {
		return browseScreen(await startAt(flags.positional), roots, screenSettings(argv));
	}

	const {printSuites} = await import('./browse-list.ts');
	await printSuites(roots, flags);
	return 0;
}

/** `benchdeck` alone on a terminal: the start screen. */
export async function homeScreen(): Promise<number> {
	return browseScreen({kind: 'home'}, await browseRoots([]), screenSettings([]));
}

/** Where the browser begins: on the table of what is one suite or one file, else on the list. */
async function startAt(said: readonly string[]): Promise<BrowserStart> {
	const [only] = said;
	if (only === undefined || said.length > 1) {
		return {kind: 'suites'};
	}

	const file = path.resolve(only);
	const stats = await fs.stat(file).catch(() => undefined);
	return stats?.isFile() === true || parseRunName(path.basename(file)) !== undefined ? {kind: 'suite', path: file} : {kind: 'suites'};
}

/** The roots to list: those that a person names, else the configuration's, else where suites were written last, else ./runs. */
async function browseRoots(said: readonly string[]): Promise<readonly string[]> {
	const known = said.length > 0 ? said : configuration().roots;
	return known.length > 0 ? known : [await readLastRoot(process.env) ?? 'runs'];
}
