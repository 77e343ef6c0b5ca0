/*
Finds the command, and turns what it throws into one sentence and an exit code: 0 done, 1 some benchmarks failed, 2 usage
or configuration, 130 interrupted.
*/
import {z} from 'zod';
import {BenchError} from '../core/errors.ts';
import {suggestion} from '../core/nearest.ts';
import {loadConfiguration, placedMessage} from './configuration.ts';
import {commandFlags, commandNames, helpText} from './help.ts';
import {printableLines} from './printable.ts';
import {hasScreen, isHelpWanted} from './run-mode.ts';

/** Runs a command line and returns its exit code. */
export async function main(argv: readonly string[]): Promise<number> {
	// A reader that has seen enough (`| head`) ends the output, not with a stack.
	for (const stream of [process.stdout, process.stderr]) {
		stream.on('error', () => {/* Nobody reads any more. */});
	}

	// What is looked at once is not worth the making of a function for it.
	z.config({jitless: true});
	try {
		return await dispatch(argv);
	} catch (error) {
		if (error instanceof BenchError) {
			process.stderr.write(`${printableLines(placedMessage(error.message, argv))}
`);
			return error.code === 'canceled' ? 130 : 2;
		}

		process.stderr.write(`${printableLines(error instanceof Error ? error.stack ?? error.message : String(error))}\nThis is a bug in benchdeck.\n`);
		return 70;
	}
}

async function dispatch([name, ...rest]: readonly string[]): Promise<number> {
	if (name === undefined && hasScreen()) {
		await loadConfiguration();
		const {homeScreen} = await import('./browse.ts');
		return homeScreen();
	}

	if (name === undefined || name === '--help' || name === '-h') {
		process.stdout.write(helpText());
		return 0;
	}

	if (name === 'help') {
		const [topic] = isHelpWanted(rest) ? ['help'] : rest;
		if (topic !== undefined && !commandNames.includes(topic)) {
			throw new BenchError('usage', `There is no command "${topic}"${suggestion(topic, commandNames) || '.'}`);
		}

		process.stdout.write(helpText(topic));
		return 0;
	}

	if (name === 'complete') {
		const {completeCommand} = await import('./completion.ts');
		return completeCommand(rest);
	}

	// Where help is a flag of the command's own, it tells more: a suite's inputs.
	if (commandNames.includes(name) && commandFlags(name)['help'] === undefined && isHelpWanted(rest)) {
		process.stdout.write(helpText(name));
		return 0;
	}

	await loadConfiguration();
	switch (name) {
		case 'run': {
			const {runCommand} = await import('./run.ts');
			return runCommand(rest);
		}

		case 'runner': {
			const {runnerCommand} = await import('./runner.ts');
			return runnerCommand(rest);
		}

		case 'attach': {
			const {attachCommand} = await import('./attach.ts');
			return attachCommand(rest);
		}

		case 'stop': {
			const {stopCommand} = await import('./stop.ts');
			return stopCommand(rest);
		}

		case 'resume': {
			const {resumeCommand} = await import('./resume.ts');
			return resumeCommand(rest);
		}

		case 'plan': {
			const {planCommand} = await import('./plan.ts');
			return planCommand(rest);
		}

		case 'list': {
			const {listCommand} = await import('./list.ts');
			return listCommand(rest);
		}

		case 'show': {
			const {showFromArguments} = await import('./show-arguments.ts');
			return showFromArguments(rest);
		}

		case 'analyze': {
			const {analyzeCommand} = await import('./analyze.ts');
			return analyzeCommand(rest);
		}

		case 'browse': {
			const {browseCommand} = await import('./browse.ts');
			return browseCommand(rest);
		}

		case 'init': {
			const {initCommand} = await import('./init.ts');
			return initCommand(rest);
		}

		case 'completion': {
			const {completionCommand} = await import('./completion.ts');
			return completionCommand(rest);
		}

		case 'serve': {
			const {serveCommand} = await import('./serve.ts');
			return serveCommand(rest);
		}

		case 'flame': {
			const {flameCommand} = await import('./flame.ts');
			return flameCommand(rest);
		}

		case 'config': {
			const {configCommand} = await import('./config.ts');
			return configCommand(rest);
		}

		case 'check': {
			const {checkCommand} = await import('./check.ts');
			return checkCommand(rest);
		}

		case 'reap': {
			const {reapCommand} = await import('./reap.ts');
			return reapCommand(rest);
		}

		case 'plot': {
			const {plotCommand} = await import('./plot.ts');
			return plotCommand(rest);
		}

		case 'report': {
			const {reportCommand} = await import('./report.ts');
			return reportCommand(rest);
		}

		case 'compare': {
			const {compareCommand} = await import('./compare.ts');
			return compareCommand(rest);
		}

		default: {
			throw new BenchError('usage', `There is no command "${name}"${suggestion(name, commandNames) || '.'} benchdeck help lists them.`);
		}
	}
}
