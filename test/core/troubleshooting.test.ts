import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import {troubleshootingLine, troubleshootingSections} from '../../source/core/troubleshooting.ts';

const readme = fs.readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

test('Every section that a message names stands in the README', () => {
	const [, section = ''] = /^## Troubleshooting\n([\s\S]*?)^## /m.exec(readme) ?? [];
	for (const name of troubleshootingSections) {
		assert.match(section, new RegExp(String.raw`^\| .*${name}`, 'm'), name);
	}
});

test('Files that the README links to are there', () => {
	for (const [, file = ''] of readme.matchAll(/\]\((?!http|#)([^#)]+)\)/g)) {
		assert.ok(fs.existsSync(new URL(`../../${file}`, import.meta.url)), file);
	}
});

test('A message names the sections about it, each once; one that is about none names none', () => {
	assert.equal(
		troubleshootingLine(['a: port 10100, which server needs, is taken.', 'b: port 1 too'], ['heap size', 'heap size', 'timed-out']),
		'Troubleshooting in README.md has more on: heap size, address in use.',
	);
	assert.equal(troubleshootingLine(['a: its load is 3 on 2 cores.']), undefined);
});
