import {BenchError} from '../core/errors.ts';
import {type ProcSpec} from '../core/host.ts';

/**
Why a proc could not be started, as a sentence.

@param reason The supervisor's: `program`, `directory` or `output`.
*/
export function startError(address: string, {label, argv, cwd}: ProcSpec, reason: string): BenchError {
	const program = argv[0] ?? '';
	switch (reason) {
		case 'program': {
			return new BenchError('host', `${address}: cannot start ${label}, there is no program "${program}" there; install it or put it on the PATH.`);
		}

		case 'directory': {
			return new BenchError('host', `${address}: cannot start ${label}, there is no directory ${cwd} there.`);
		}

		default: {
			return new BenchError('host', `${address}: cannot start ${label}, its output files in ${cwd} cannot be written.`);
		}
	}
}
