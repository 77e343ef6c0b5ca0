/*
The results browser on this terminal: what it may do, and what is done when it is closed for something.
*/
import {execFile} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {promisify} from 'node:util';
import {BenchError} from '../core/errors.ts';
import {timingOf} from '../core/plan.ts';
import {estimateRun} from '../core/selectors.ts';
import {expectedMs} from '../core/timing.ts';
import {compareResults} from '../results/compare.ts';
import {distinctLabels} from '../results/distinct-labels.ts';
import {openResults} from '../results/open-results.ts';
import {type BrowserActions, type BrowserEnd, type BrowserStart, type RunnableSuite} from '../tui/open-browser.ts';
import {compareText} from './compare-text.ts';
import {suiteNames} from './load-suite.ts';
import {prepare, requireJar} from './prepare.ts';
import {openInEditor} from './run-actions.ts';
import {planFlags} from './run-flags.ts';
import {readState} from './watch-run.ts';
import {serveMetrics} from './serve-metrics.ts';

/** Opens the results browser, does what it was closed for, and returns the exit code. */
export async function browseScreen(start: BrowserStart, roots: readonly string[], settings: {readonly theme?: string} = {}): Promise<number> {
	const {openBrowser} = await import('../tui/open-browser.ts');
	return followUp(await openBrowser({start, roots, runnable, actions, ...settings}));
}

const actions: BrowserActions = {
	async plan(suite) {
		const {stdout} = await promisify(execFile)(process.execPath, [process.argv[1]!, 'plan', suite], {maxBuffer: 64 * 1024 * 1024});
		return stdout;
	},
	async compare(paths, columns) {
		const sets = distinctLabels(await Promise.all(paths.map(async run => openResults(run, '/'))));
		const [baseline, ...contenders] = sets;
		return compareText(baseline!, compareResults(baseline!, contenders, {}), {format: 'text', width: columns});
	},
	openFile: openInEditor,
	async serveMetrics(directory) {
		const folder = await mkdtemp(path.join(os.tmpdir(), 'benchdeck-browse-'));
		try {
			return await serveMetrics(path.join(directory, 'prometheus_data'), folder);
		} catch (error) {
			await rm(folder, {recursive: true, force: true});
			throw error;
		}
	},
};

/**
The suites whose engine is there, one after another.

@yields Each as it is known.
*/
async function * runnable(): AsyncGenerator<readonly RunnableSuite[]> {
	for (const name of suiteNames()) {
		try {
			const prepared = await prepare('plan', [name], planFlags);
			if ('help' in prepared) {
				continue;
			}

			requireJar(prepared);
			const {suite, inputs, selected, cluster, engine} = prepared;
			if (engine === 'rehearsal') {
				continue;
			}

			const estimates = selected.map(index => expectedMs(timingOf(suite.protocol, inputs[index - 1]!)));
			yield [{name, benchmarks: selected.length, estimateMs: estimateRun(estimates, engine), hosts: [...new Set(Object.values(cluster).flatMap(roles => Object.values(roles).flat()))]}];
		} catch (error) {
			// What lacks its JAR, or its cluster, cannot be run here.
			if (!(error instanceof BenchError)) {
				throw error;
			}
		}
	}
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
	const command = (await readState(directory))?.command;
	if (!command) {
		throw new BenchError('usage', `${directory} has no journal that says how it was started; run its suite by name.`);
	}

	const {runCommand} = await import('./run.ts');
	process.chdir(command.cwd);
	return runCommand(command.argv);
}
