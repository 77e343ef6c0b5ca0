import process from 'node:process';
import {BenchError} from '../core/errors.ts';

/** Asks on the terminal; what is typed does not show. Ctrl-C rejects with a BenchError `canceled`. */
export async function askHidden(question: string): Promise<string> {
	const {stdin, stderr} = process;
	stderr.write(`${question} `);
	stdin.setRawMode(true);
	stdin.setEncoding('utf8');
	stdin.resume();
	const {promise, resolve, reject} = Promise.withResolvers<string>();
	let typed = '';
	const take = (keys: string) => {
		for (const key of keys) {
			switch (key) {
				case '\r':
				case '\n': {
					resolve(typed);
					break;
				}

				case '\u{3}':
				case '\u{4}': {
					reject(new BenchError('canceled', 'Nothing was started.'));
					break;
				}

				case '\u{7F}':
				case '\b': {
					typed = typed.slice(0, -1);
					break;
				}

				default: {
					typed += key >= ' ' ? key : '';
				}
			}
		}
	};

	stdin.on('data', take);
	try {
		return await promise;
	} finally {
		stdin.off('data', take);
		stdin.setRawMode(false);
		stdin.pause();
		stderr.write('\n');
	}
}
