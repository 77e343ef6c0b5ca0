import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import test from 'node:test';

test('V8 knows what it is told about the time of its collections', () => {
	const script = `const {collectLate} = await import(${JSON.stringify(new URL('../../source/commands/collect-late.ts', import.meta.url))}); collectLate();`;
	const {status, stderr} = spawnSync(process.execPath, ['--import=tsx', '--input-type=module', '--eval', script], {encoding: 'utf8'});
	// It names a flag that it does not know, and goes on.
	assert.deepEqual({status, stderr}, {status: 0, stderr: ''});
});
