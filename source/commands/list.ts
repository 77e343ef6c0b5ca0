import {z} from 'zod';
import {BenchError} from '../core/errors.ts';
import {enginesOf} from '../core/protocol.ts';
import {suiteInputs} from '../core/suite.ts';
import {parseFlags} from './flags.ts';
import {commandFlags} from './help.ts';
import {loadSuite, suiteNames} from './load-suite.ts';

/** `benchdeck list`: every suite that comes with benchdeck. */
export async function listCommand(argv: readonly string[]): Promise<number> {
	const flags = parseFlags('list', argv, commandFlags('list'));
	if (flags.positional.length > 0) {
		throw new BenchError('usage', `benchdeck list takes no "${flags.positional[0]!}".`);
	}

	const suites = await Promise.all(suiteNames().map(async name => {
		const {suite} = await loadSuite(name);
		// A suite whose own flags all have defaults has inputs without them.
		const own = z.object(suite.flags ?? {}).safeParse({});
		const inputs = own.success ? suiteInputs(suite, {logLevel: 'debug', monitor: false, profile: false, flags: own.data}, {title: name}) : undefined;
		return {name, benchmarks: inputs?.length ?? null, engines: enginesOf(suite.protocol), description: suite.description ?? ''};
	}));
	if (flags.is('json')) {
		process.stdout.write(`${JSON.stringify({suites}, undefined, 4)}\n`);
		return 0;
	}

	const width = Math.max(...suites.map(({name}) => name.length)) + 2;
	const engineWidth = Math.max(...suites.map(({engines}) => engines.join(', ').length)) + 2;
	process.stdout.write(
		suites
			.map(
				({name, benchmarks, engines, description}) =>
					`${name.padEnd(width)}${String(benchmarks ?? '').padStart(4)}  ${engines.join(', ').padEnd(engineWidth)}${description}`.trimEnd()
					+ '\n',
			)
			.join(''),
	);
	return 0;
}
