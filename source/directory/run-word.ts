import path from 'node:path';
import {shellQuote} from '../core/shell-quote.ts';
import {parseRunName} from './run-name.ts';

/** What a person types for a run, for a shell: its word where the runs lie here, and elsewhere the path. */
export function runWord(directory: string): string {
	const name = parseRunName(path.basename(directory));
	return name && path.dirname(directory) === path.resolve('runs') ? name.word : shellQuote(directory);
}
