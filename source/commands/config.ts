import {BenchError} from '../core/errors.ts';
import {configFiles} from './config-files.ts';
import {configuration} from './configuration.ts';
import {parseFlags} from './flags.ts';
import {commandFlags} from './help.ts';

/** `benchdeck config`: what holds here, and the files that say so; or the schema of such a file. */
export async function configCommand(argv: readonly string[]): Promise<number> {
	const flags = parseFlags('config', argv, commandFlags('config'));
	if (flags.positional.length > 0) {
		throw new BenchError('usage', `benchdeck config takes no "${flags.positional[0]!}".`);
	}

	if (flags.is('schema')) {
		const {configJsonSchema} = await import('./config-json-schema.ts');
		process.stdout.write(`${JSON.stringify(configJsonSchema(), undefined, 4)}\n`);
		return 0;
	}

	const {causes, flagFiles: _, ...rest} = configuration();
	const files = configFiles(process.cwd(), process.env);
	process.stdout.write(`${JSON.stringify({files, ...rest, causes: causes.map(({name, pattern, remedy}) => ({name, pattern: pattern.source, remedy}))}, undefined, 4)}\n`);
	return 0;
}
