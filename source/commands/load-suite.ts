/*
Suites by name (`unreplicated/smoke`) or by file. `import 'benchdeck'` in a person's own file means the copy that runs it.
*/
import fs from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {BenchError, messageOf} from '../core/errors.ts';
import {isObject} from '../core/json.ts';
import {isBuilt, moduleFile, packageRoot} from '../core/module-file.ts';
import {compareNaturally} from '../core/natural-order.ts';
import {nearestName} from '../core/nearest.ts';
import {parseSuite, type Suite} from '../core/suite.ts';
import {refuseExit} from './refuse-exit.ts';

export type LoadedSuite = {
	readonly suite: Suite;
	/** `unreplicated/smoke`, or the file as it was given. */
	readonly title: string;
	/** The last part of the directory's name. */
	readonly name: string;
	readonly file: string;
};

const extension = isBuilt(import.meta.url) ? '.js' : '.ts';

/** The names of the suites that come with benchdeck. */
export function suiteNames(): readonly string[] {
	const root = suitesRoot();
	return fs
		.readdirSync(root, {withFileTypes: true})
		.filter(entry => entry.isDirectory())
		.flatMap(({name: folder}) =>
			fs
				.readdirSync(path.join(root, folder))
				.filter(file => file.endsWith(extension))
				.map(file => path.basename(file, extension))
				.filter(name => name !== folder && isSuiteFile(path.join(root, folder, name + extension)))
				.map(name => `${folder}/${name}`),
		)
		.toSorted(compareNaturally);
}

/**
Loads a suite.

@throws BenchError where there is none of that name, or its file is wrong.
*/
export async function loadSuite(wanted: string): Promise<LoadedSuite> {
	const isFile = /\.[cm]?[jt]s$/.test(wanted);
	if (isFile) {
		const file = path.resolve(wanted);
		const found = fs.statSync(file, {throwIfNoEntry: false});
		if (!found || found.isDirectory()) {
			throw new BenchError('usage', found ? `${file} is a directory, not a suite file.` : `There is no suite file ${file}.`);
		}

		const suite = parseSuite(await importDefault(file), wanted);
		return {suite, title: wanted, name: suite.name ?? `${suite.protocol.name}_${path.basename(file).replace(/\.[cm]?[jt]s$/, '')}`, file};
	}

	const names = suiteNames();
	const title = names.includes(wanted) ? wanted : wanted.replace('.', '/');
	if (!names.includes(title)) {
		const near = nearestName(title, names);
		throw new BenchError(
			'usage',
			`There is no suite "${wanted}"${near === undefined ? '.' : `; did you mean ${near}?`} benchdeck list shows them all; a file of your own is named with its ending (./my-suite.ts).`,
		);
	}

	const file = path.join(suitesRoot(), title + extension);
	const suite = parseSuite(await importDefault(file), title);
	return {suite, title, name: suite.name ?? title.replace('/', '_'), file};
}

function suitesRoot(): string {
	return fileURLToPath(new URL(isBuilt(import.meta.url) ? 'build/suites' : 'suites', packageRoot(import.meta.url)));
}

// A folder also holds what its suites share.
function isSuiteFile(file: string): boolean {
	return /\bexport default\b|\bas default\b/.test(fs.readFileSync(file, 'utf8'));
}

async function importDefault(file: string): Promise<unknown> {
	resolveBenchdeck();
	const exit = refuseExit(() => new BenchError('suite', 'it calls process.exit while it loads; a suite file exports its suite, and benchdeck ends by itself.'));
	try {
		const loaded = await Promise.race([import(pathToFileURL(file).href), neverLoaded(), exit.asked]) as unknown;
		return isObject(loaded) || typeof loaded === 'object' ? Reflect.get(loaded!, 'default') : undefined;
	} catch (error) {
		if (error instanceof BenchError) {
			throw new BenchError('suite', `Suite file ${file}: ${error.message}`, {cause: error});
		}

		throw new BenchError('suite', `Suite file ${file} cannot be loaded: ${place(error, file)}${messageOf(error).split('\n', 1)[0]!.replace(/\.+$/, '')}.`, {cause: error});
	} finally {
		exit.restore();
	}
}

let idle: Promise<void> | undefined;

// Node would end with a word of its own where a file waits for what never comes.
async function neverLoaded(): Promise<never> {
	idle ??= new Promise(resolve => {
		process.once('beforeExit', () => {
			resolve();
		});
	});
	await idle;
	throw new BenchError('suite', 'it never finishes loading; what it awaits outside of functions never comes.');
}

// Where in the file it went wrong, as the stack says.
function place(error: unknown, file: string): string {
	const line = error instanceof Error ? new RegExp(String.raw`${path.basename(file).replaceAll('.', String.raw`\.`)}:(\d+)`).exec(error.stack ?? '')?.[1] : undefined;
	return line === undefined ? '' : `line ${line}: `;
}

let isHooked = false;

function resolveBenchdeck(): void {
	if (isHooked) {
		return;
	}

	isHooked = true;
	const own = moduleFile(import.meta.url, 'source/index').href;
	module.registerHooks({
		resolve(specifier, context, next) {
			if (specifier === 'benchdeck') {
				return {url: own, shortCircuit: true};
			}

			// A suite is a module whatever the package.json above it says.
			const resolved = next(specifier, context);
			return resolved.format === 'commonjs-typescript' ? {...resolved, format: 'module-typescript'} : resolved;
		},
	});
}
