import assert from 'node:assert/strict';
import fs from 'node:fs';
import {fileURLToPath} from 'node:url';

const golden = fileURLToPath(new URL('../golden/', import.meta.url));

/** Compares a text with the file that holds what was right once; `UPDATE_GOLDEN=1` writes it anew. */
export function matchesGolden(name: string, text: string): void {
	const file = golden + name;
	if (process.env['UPDATE_GOLDEN'] === '1') {
		fs.writeFileSync(file, text);
	}

	assert.equal(text, fs.readFileSync(file, 'utf8'), `${name} differs; UPDATE_GOLDEN=1 writes it anew`);
}

/** The results files behind a published figure. */
export const resultsFixtures = fileURLToPath(new URL('../fixtures/results', import.meta.url));
