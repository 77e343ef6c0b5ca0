import {BenchError} from '../core/errors.ts';
import {suggestion} from '../core/nearest.ts';
import {listRuns} from '../directory/list-runs.ts';
import {completionScripts} from './completion-scripts.ts';
import {completionsOf, type Offer, shells} from './completions.ts';
import {configuration, loadConfiguration} from './configuration.ts';
import {parseFlags} from './flags.ts';
import {commandFlags, commandList} from './help.ts';
import {suiteNames} from './load-suite.ts';
import {printable} from './printable.ts';
import {runsRoot} from './runs-root.ts';

type Shell = typeof shells[number];

/** `benchdeck completion SHELL`: the script that a shell sources. */
export async function completionCommand(argv: readonly string[]): Promise<number> {
	const {positional} = parseFlags('completion', argv, commandFlags('completion'));
	const [shell, ...more] = positional;
	if (more.length > 0 || shell === undefined || !isShell(shell)) {
		throw new BenchError(
			'usage',
			`benchdeck completion takes ${shells.join(', ')}${shell === undefined ? '' : `, not "${[shell, ...more].join(' ')}"${suggestion(shell, shells)}`}.`.replace(
				/\?\.$/,
				'?',
			),
		);
	}

	process.stdout.write(completionScripts[shell]);
	return 0;
}

/** `benchdeck complete SHELL WORD…`: what the scripts ask for; one offer a line, as the shell takes it. Never an error. */
export async function completeCommand([shell = '', ...words]: readonly string[]): Promise<number> {
	if (isShell(shell)) {
		try {
			await loadConfiguration();
			process.stdout.write(offerText(shell, await completionsOf(words, {commands: commandList, suites: suiteNames, runs: async () => newestRuns(words)})));
		} catch {
			// A shell in the middle of a line has no place for messages.
		}
	}

	return 0;
}

const maxRuns = 200;

async function newestRuns(words: readonly string[]) {
	const place = words.findIndex(word => word === '-s' || word === '--suite-directory');
	const configured = configuration().flags['suite-directory'];
	const runs = await listRuns(await runsRoot(place === -1 ? (typeof configured === 'string' ? configured : undefined) : words[place + 1]));
	return runs.slice(0, maxRuns).map(({name, word}) => ({word: word ?? name, about: name}));
}

function offerText(shell: Shell, offer: Offer): string {
	if (offer === 'files') {
		return ':files\n';
	}

	return offer.map(({word, about}) => {
		const text = printable(about ?? '').split('\n', 1)[0]!;
		const forms: Readonly<Record<Shell, string>> = {
			bash: printable(word),
			zsh: printable(word).replaceAll(':', String.raw`\:`) + (text === '' ? '' : `:${text}`),
			fish: printable(word) + (text === '' ? '' : `\t${text}`),
		};
		return `${forms[shell]}\n`;
	}).join('');
}

function isShell(name: string): name is Shell {
	return (shells as readonly string[]).includes(name);
}
