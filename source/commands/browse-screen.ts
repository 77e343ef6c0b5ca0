/*
The results browser on this terminal: what it may do, and what is done when it is closed for something. Its first screen
is to be there at once, so all that only some keys need is loaded when they are pressed.
*/
import {mkdtemp, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {BenchError} from '../core/errors.ts';
import {type BrowserActions, type BrowserEnd, type BrowserStart, openBrowser, type RunnableSuite} from '../tui/open-browser.ts';

/** Opens the results browser, does what it was closed for, and returns the exit code. */
export async function browseScreen(start: BrowserStart, roots: readonly string[], settings: {readonly theme?: string} = {}): Promise<number> {
	return followUp(await openBrowser({start, roots, runnable, actions: browserActions, ...settings}));
}

/** What the browser may do here. */
export const browserActions: BrowserActions = {
	async plan(suite, columns) {
		const {planOf} = await import('./plan.ts');
		return planOf(suite, columns);
	},
	async compare(baseline, contenders, options, columns) {
		const {comparisonOf} = await import('./browse-compare.ts');
		return comparisonOf(baseline, contenders, options, columns);
	},
	async writeFigure(data, spec) {
		const {writeFigureHere} = await import('./write-figure.ts');
		return writeFigureHere(data, spec);
	},
	async openFile(file) {
		const {openInEditor} = await import('./run-actions.ts');
		return openInEditor(file);
	},
	async serveMetrics(directory) {
		const {serveMetrics} = await import('./serve-metrics.ts');
		const folder = await mkdtemp(path.join(os.tmpdir(), 'benchdeck-browse-'));
		try {
			return await serveMetrics(path.join(directory, 'prometheus_data'), folder);
		} catch (error) {
			await rm(folder, {recursive: true, force: true});
			throw error;
		}
	},
};

async function * runnable(): AsyncGenerator<readonly RunnableSuite[]> {
	const {runnableSuites} = await import('./runnable-suites.ts');
	yield * runnableSuites();
}

async function followUp(end: BrowserEnd): Promise<number> {
	switch (end.kind) {
		case 'quit': {
			return 0;
		}

		case 'run': {
			const {runCommand} = await import('./run.ts');
			return runCommand([end.suite]);
		}

		case 'resume': {
			const {resumeCommand} = await import('./resume.ts');
			return inTurn(end.directories, async directory => resumeCommand([directory]));
		}

		case 'again': {
			return inTurn(end.directories, runAgain);
		}

		case 'attach': {
			const {attachCommand} = await import('./attach.ts');
			return attachCommand([end.directory]);
		}
	}
}

/** One after another; the worst exit code is the answer. */
async function inTurn(directories: readonly string[], run: (directory: string) => Promise<number>): Promise<number> {
	let worst = 0;
	for (const directory of directories) {
		worst = Math.max(worst, await run(path.resolve(directory)));
	}

	return worst;
}

async function runAgain(directory: string): Promise<number> {
	const {readState} = await import('./watch-run.ts');
	const command = (await readState(directory))?.command;
	if (!command) {
		throw new BenchError('usage', `${directory} has no journal that says how it was started; run its suite by name.`);
	}

	const {runCommand} = await import('./run.ts');
	process.chdir(command.cwd);
	return runCommand(command.argv);
}
