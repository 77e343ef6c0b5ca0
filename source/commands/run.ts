import {BenchError} from '../core/errors.ts';
import {engineText} from '../core/rehearsal.ts';
import {exitCodes} from './run-outcome.ts';
import {runForeground} from './run-foreground.ts';
import {isConsoleWanted, isHelpWanted} from './run-mode.ts';
import {type Undertaking} from './carry-out.ts';
import {crowdWarnings, loadsOf, planOffline} from './offline-plan.ts';
import {policyOf} from './policy-flags.ts';
import {prepare, requireJar} from './prepare.ts';
import {runFlags} from './run-flags.ts';

/** `benchdeck run SUITE`: in a console where there is a terminal, else in the foreground. */
export async function runCommand(argv: readonly string[]): Promise<number> {
	if (isConsoleWanted(argv) && !isHelpWanted(argv)) {
		const {runDetached} = await import('./run-detached.ts');
		return runDetached(['run', ...argv]);
	}

	const undertaking = await prepareRun(argv);
	if ('help' in undertaking) {
		process.stdout.write(undertaking.help);
		return 0;
	}

	return exitCodes[await runForeground(undertaking, undertaking.prepared.flags)];
}

/** What a command line of `run` asks for, checked; or its help. */
export async function prepareRun(argv: readonly string[]): Promise<Undertaking | {readonly help: string}> {
	const prepared = await prepare('run', argv, runFlags);
	if ('help' in prepared) {
		return prepared;
	}

	const {flags} = prepared;
	if (flags.is('json') && flags.is('plain')) {
		throw new BenchError('usage', '--json and --plain exclude each other.');
	}

	requireJar(prepared);
	// A rehearsal measures nothing that a crowd could spoil.
	const more = prepared.engine === 'rehearsal' ? [`This is a ${engineText(prepared.engine)}.`] : crowdWarnings(prepared, loadsOf(prepared, planOffline(prepared)));
	const notes = [...prepared.notes, ...more];
	return {prepared: {...prepared, notes}, policy: policyOf(flags), onFinish: flags.text('on-finish'), command: {argv, cwd: process.cwd()}};
}
