import {BenchError} from '../core/errors.ts';
import {configuration} from './configuration.ts';
import {parseFlags} from './flags.ts';
import {commandFlags} from './help.ts';
import {runsRoot} from './runs-root.ts';
import {showCommand} from './show.ts';

/** `benchdeck show RUN`. */
export async function showFromArguments(argv: readonly string[]): Promise<number> {
	const flags = parseFlags('show', argv, commandFlags('show'));
	const [run, extra] = flags.positional;
	if (run === undefined || extra !== undefined) {
		throw new BenchError('usage', `benchdeck show takes one RUN${extra === undefined ? ': a path, its unique word, `last`, or `.`' : `, not also "${extra}"`}.`);
	}

	if (flags.is('csv') && (flags.is('json') || flags.is('triage'))) {
		throw new BenchError('usage', `--csv and --${flags.is('json') ? 'json' : 'triage'} exclude each other.`);
	}

	return showCommand({
		run,
		root: await runsRoot(flags.text('suite-directory')),
		json: flags.is('json'),
		csv: flags.is('csv'),
		triage: flags.is('triage'),
		causes: configuration().causes,
		table: {columns: listed(flags.texts('columns')), sort: listed(flags.texts('sort')), where: flags.text('where'), fold: !flags.is('each')},
		stdout: process.stdout,
		stderr: process.stderr,
	});
}

/** Values of a flag that takes several, whether it is given several times or with commas. */
export function listed(values: readonly string[]): readonly string[] {
	return values.flatMap(value => value.split(',')).map(value => value.trim()).filter(value => value !== '');
}
