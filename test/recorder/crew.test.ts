import assert from 'node:assert/strict';
import test from 'node:test';
import {compilerFlag} from '../../source/recorder/crew.ts';

test('V8 goes without its second compiler for few bytes, where there is one before it', () => {
	assert.equal(compilerFlag(1e6, {version: '24.21.0', arch: 'x64'}), '--no-turbofan');
	assert.equal(compilerFlag(1e6, {version: '26.0.0', arch: 'arm64'}), '--no-turbofan');
	assert.equal(compilerFlag(1e8, {version: '24.21.0', arch: 'x64'}), '--turbofan');
	assert.equal(compilerFlag(1e6, {version: '22.23.3', arch: 'x64'}), '--turbofan');
	assert.equal(compilerFlag(1e6, {version: '24.21.0', arch: 'ppc64'}), '--turbofan');
});
