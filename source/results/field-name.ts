import {BenchError} from '../core/errors.ts';
import {orWhatThereIs} from '../core/nearest.ts';

/**
The field that a person means: its name, or so much of its end that no other field ends so (`median_ms`, `size_mean`).

@throws BenchError `usage` naming what could be meant.
*/
export function findField(word: string, names: readonly string[]): string {
	if (names.includes(word)) {
		return word;
	}

	const ending = names.filter(name => name.endsWith(`.${word}`));
	if (ending.length === 1) {
		return ending[0]!;
	}

	throw new BenchError(
		'usage',
		ending.length === 0
			? `There is no field "${word}"${orWhatThereIs(word, names)}`
			: `"${word}" could be ${ending.join(', ')}; give more of the name.`,
	);
}

/**
Fields by pattern: `*` stands for any part of a name.

@throws BenchError `usage` where a pattern fits none.
*/
export function findFields(pattern: string, names: readonly string[]): readonly string[] {
	if (!pattern.includes('*')) {
		return [findField(pattern, names)];
	}

	const expression = new RegExp(`^${pattern.split('*').map(part => part.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)).join('.*')}$`);
	const found = names.filter(name => expression.test(name));
	if (found.length === 0) {
		throw new BenchError('usage', `No field fits "${pattern}".`);
	}

	return found;
}
