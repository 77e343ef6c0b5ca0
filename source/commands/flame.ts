import fs from 'node:fs';
import path from 'node:path';
import {BenchError} from '../core/errors.ts';
import {flameTree, heaviest} from '../core/flame-tree.ts';
import {parseFolded} from '../core/folded-stacks.ts';
import {compareNaturally} from '../core/natural-order.ts';
import {reasonOf} from '../directory/directory-error.ts';
import {findRun} from '../directory/find-run.ts';
import {parseFlags} from './flags.ts';
import {commandFlags} from './help.ts';
import {printable} from './printable.ts';
import {hasScreen} from './run-mode.ts';
import {runsRoot} from './runs-root.ts';
import {screenSettings} from './screen-settings.ts';

const printedFrames = 30;

/** `benchdeck flame RUN [BENCHMARK] [LABEL]`: a profile on the screen, or its heaviest frames where there is none. */
export async function flameCommand(argv: readonly string[]): Promise<number> {
	const flags = parseFlags('flame', argv, commandFlags('flame'));
	const [wanted, benchmark, label, extra] = flags.positional;
	if (wanted === undefined || extra !== undefined) {
		throw new BenchError('usage', 'benchdeck flame takes a RUN, and then perhaps a BENCHMARK and the LABEL of a proc.');
	}

	const run = await findRun(wanted, await runsRoot(flags.text('suite-directory')));
	const file = profileIn(run, benchmark, label);
	const flame = flameTree(parseFolded(readProfile(path.join(run, file))));
	const title = file.replace(/\.folded$/, '');
	const unit = fs.existsSync(path.join(run, `${title}.cpuprofile`)) ? 'µs' : 'samples';
	if (hasScreen()) {
		const {openFlame} = await import('../tui/open-flame.ts');
		await openFlame({flame, title, unit, ...screenSettings(argv)});
		return 0;
	}

	const rows = heaviest(flame).slice(0, printedFrames).map(({name, self}) => `${(self / flame.value * 100).toFixed(1).padStart(5)} %  ${printable(name)}\n`);
	process.stdout.write(`${title}: ${flame.value.toLocaleString('en')} ${unit}, by frame itself; ${title}.svg is the picture.\n${rows.join('')}`);
	return 0;
}

function readProfile(file: string): string {
	try {
		// A pipe of that name would be waited for.
		if (!fs.statSync(file).isFile()) {
			throw new Error('it is not a file');
		}

		return fs.readFileSync(file, 'utf8');
	} catch (error) {
		throw new BenchError('directory', `Cannot read the profile ${file}: ${reasonOf(error)}.`, {cause: error});
	}
}

/** The path of a profile within a run: the only one, or the first of the benchmark and label that were named. */
function profileIn(run: string, benchmark: string | undefined, label: string | undefined): string {
	const profiles = fs.readdirSync(run, {recursive: true}).map(String).filter(file => /^\d+\/[^/]+\.folded$/.test(file)).toSorted(compareNaturally);
	const found = profiles.find(file => {
		const [id = '', name = ''] = file.split('/', 2);
		return (benchmark === undefined || Number(id) === Number(benchmark)) && (label === undefined || name === `${label}.folded`);
	});
	if (found === undefined) {
		throw new BenchError(
			'usage',
			profiles.length === 0
				? `${run} has no profile; run with -p.`
				: `${run} has no such profile; it has ${profiles.map(file => file.replace('/', ' ').replace(/\.folded$/, '')).join(', ')}.`,
		);
	}

	return found;
}
