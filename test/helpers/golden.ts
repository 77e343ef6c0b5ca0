<<<<<<< HEAD
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
=======
/*
A text compared with a file in test/golden; UPDATE_GOLDEN=1 writes the file anew.
*/
import assert from 'node:assert/strict';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const folder = path.join(import.meta.dirname, '..', 'golden');

export function assertGolden(name: string, text: string): void {
	const file = path.join(folder, name);
	if (process.env['UPDATE_GOLDEN'] === '1') {
		mkdirSync(path.dirname(file), {recursive: true});
		writeFileSync(file, text);
		return;
	}

	assert.equal(text, readFileSync(file, 'utf8'), `${name} (UPDATE_GOLDEN=1 writes it anew)`);
}
>>>>>>> f24015e (Draw the console's moments against goldens at three sizes)
