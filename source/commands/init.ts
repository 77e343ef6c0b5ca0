import fs from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {BenchError} from '../core/errors.ts';
import {packageRoot} from '../core/module-file.ts';
import {shellLine, shellQuote} from '../core/shell-quote.ts';
import {reasonOf} from '../directory/directory-error.ts';
import {projectFile} from './config-files.ts';
import {parseFlags} from './flags.ts';
import {commandFlags} from './help.ts';
import {clientText, clusterText, packageText, serverText, suiteText, tsconfigText} from './init-files.ts';
import {versionOf} from './version.ts';

/** `benchdeck init [DIR]`: a project of one's own that runs as it is. Overwrites nothing. */
export async function initCommand(argv: readonly string[]): Promise<number> {
	const {positional} = parseFlags('init', argv, commandFlags('init'));
	const [given = '.', ...more] = positional;
	if (more.length > 0) {
		throw new BenchError('usage', `benchdeck init takes one DIR, not also "${more[0]!}".`);
	}

	const folder = path.resolve(given);
	const files = projectFiles(folder);
	const there = Object.keys(files).filter(name => fs.existsSync(path.join(folder, name)));
	if (there.length > 0) {
		throw new BenchError('usage', `${folder} has a ${there.join(', ')} already; benchdeck init overwrites nothing: name another folder.`);
	}

	try {
		makeFolder(folder);
		for (const [name, text] of Object.entries(files)) {
			fs.writeFileSync(path.join(folder, name), text, {flag: 'wx'});
		}
	} catch (error) {
		throw new BenchError('directory', `${folder}: the project cannot be written: ${reasonOf(error)}.`, {cause: error});
	}

	const enter = folder === process.cwd() ? '' : `cd ${shellQuote(path.relative('', folder))}\n`;
	const called = calledAs();
	process.stdout.write(`${Object.keys(files).map(name => path.join(path.relative('', folder), name)).join('\n')}\n\nNow:\n${enter}${called} plan ./suite.ts --commands\n${called} run ./suite.ts\n`);
	return 0;
}

// Node's own way to make parents goes on for ever in /proc.
function makeFolder(folder: string): void {
	if (!fs.existsSync(folder)) {
		makeFolder(path.dirname(folder));
		fs.mkdirSync(folder);
	}
}

// What npm adds to PATH for a command of its own is gone in the next one; what a person put there stays.
function calledAs(): string {
	const isOfNpm = process.env['npm_execpath'] !== undefined;
	const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter(folder => path.isAbsolute(folder) && !(isOfNpm && /node_modules\/\.bin\/?$/.test(folder)));
	return folders.some(folder => fs.existsSync(path.join(folder, 'benchdeck'))) ? 'benchdeck' : shellLine([process.execPath, fs.realpathSync(process.argv[1] ?? 'benchdeck')]);
}

function projectFiles(folder: string): Readonly<Record<string, string>> {
	const installed = isInstalledFor(folder);
	return {
		'suite.ts': suiteText,
		'server.mjs': serverText,
		'client.mjs': clientText,
		'echo.cluster.json': clusterText,
		[projectFile]: `${JSON.stringify({$schema: schemaFile(installed), flags: {}}, undefined, '\t')}\n`,
		'package.json': packageText(packageName(folder), {version: versionOf(), typescript: '^6.0.0'}),
		'tsconfig.json': tsconfigText(installed ? undefined : typesFile()),
		'.gitignore': 'node_modules\nruns\n',
	};
}

/** Whether `import 'benchdeck'` in a folder finds an installed package. */
function isInstalledFor(folder: string): boolean {
	try {
		module.createRequire(path.join(folder, 'suite.ts')).resolve('benchdeck/package.json');
		return true;
	} catch {
		return false;
	}
}

// A clone has the sources, a package its declarations.
function typesFile(): string {
	const root = fileURLToPath(packageRoot(import.meta.url));
	const source = path.join(root, 'source/index.ts');
	return fs.existsSync(source) ? source : path.join(root, 'build/types/source/index.d.ts');
}

function schemaFile(isInstalled: boolean): string {
	return isInstalled ? './node_modules/benchdeck/build/config.schema.json' : path.join(fileURLToPath(packageRoot(import.meta.url)), 'build/config.schema.json');
}

function packageName(folder: string): string {
	return path.basename(folder).toLowerCase().replaceAll(/[^\w\-.]+/g, '-').replace(/^[-._]+/, '') || 'benchmarks';
}
