import {BenchError} from '../core/errors.ts';
import {createLinePrinter} from '../printer/line-printer.ts';
import {createNdjsonPrinter} from '../printer/ndjson-printer.ts';
import {carryOut} from './carry-out.ts';
import {prepare, requireJar} from './prepare.ts';
import {runFlags} from './run-flags.ts';

const exitCodes = {finished: 0, failed: 1, interrupted: 130} as const;

/** `benchdeck run SUITE`. */
export async function runCommand(argv: readonly string[]): Promise<number> {
	const prepared = await prepare('run', argv, runFlags);
	if ('help' in prepared) {
		process.stdout.write(prepared.help);
		return 0;
	}

	const {flags} = prepared;
	if (flags.is('json') && flags.is('plain')) {
		throw new BenchError('usage', '--json and --plain exclude each other.');
	}

	requireJar(prepared);
	for (const note of prepared.notes) {
		process.stderr.write(`${note}\n`);
	}

	const interrupt = new AbortController();
	const stop = () => {
		process.stderr.write('Ending the benchmark and its processes.\n');
		interrupt.abort();
	};

	const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
	for (const signal of signals) {
		process.once(signal, stop);
	}

	try {
		const emit = flags.is('json') ? createNdjsonPrinter(process.stdout) : createLinePrinter(process.stdout, process.stderr);
		return exitCodes[await carryOut(prepared, {emit, signal: interrupt.signal})];
	} finally {
		for (const signal of signals) {
			process.off(signal, stop);
		}
	}
}
