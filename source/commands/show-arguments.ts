import {BenchError} from '../core/errors.ts';
import {parseFlags} from './flags.ts';
import {commandFlags} from './help.ts';
import {showCommand} from './show.ts';

/** `benchdeck show RUN`. */
export async function showFromArguments(argv: readonly string[]): Promise<number> {
	const flags = parseFlags('show', argv, commandFlags('show'));
	const [run, extra] = flags.positional;
	if (run === undefined || extra !== undefined) {
		throw new BenchError('usage', `benchdeck show takes one RUN${extra === undefined ? ': a path, its unique word, `last`, or `.`' : `, not also "${extra}"`}.`);
	}

	return showCommand({run, root: flags.text('suite-directory') ?? 'runs', json: flags.is('json'), stdout: process.stdout, stderr: process.stderr});
}
