import assert from 'node:assert/strict';
import test from 'node:test';
import {collectionLogFlags, hasOldCollectionLog, javaVersion, parsePause, unifiedLogFlag, withUnifiedLog} from '../../source/core/java.ts';

test('A JVM\'s version is read from what it prints, old and new numbering', () => {
	assert.equal(javaVersion('openjdk version "17.0.15" 2025-04-15\nOpenJDK Runtime'), 17);
	assert.equal(javaVersion('java version "1.8.0_292"'), 8);
	assert.equal(javaVersion('openjdk version "21" 2023-09-19'), 21);
	assert.equal(javaVersion('sh: java: not found'), undefined);
});

test('The flags that newer JVMs refuse become one, in their place', () => {
	const argv = ['java', ...collectionLogFlags, '-Xms100m', '-cp', 'x.jar', 'Main'];
	assert.ok(hasOldCollectionLog(argv));
	assert.deepEqual(withUnifiedLog(argv), ['java', unifiedLogFlag, '-Xms100m', '-cp', 'x.jar', 'Main']);
	assert.equal(hasOldCollectionLog(withUnifiedLog(argv)), false);
});

test('Pauses are read from the unified log of several collectors, and no other line is one', () => {
	const line = (text: string) => `[2026-11-24T20:50:32.848+0000][0.061s][info][gc          ] ${text}`;
	const endAt = Date.parse('2026-11-24T20:50:32.848Z');
	assert.deepEqual(parsePause(line('GC(0) Pause Young (Normal) (G1 Evacuation Pause) 6M->6M(64M) 3.649ms')), {endAt, durationMs: 3.649, kind: 'Young (Normal) (G1 Evacuation Pause)'});
	assert.deepEqual(parsePause(line('GC(11) Pause Full (System.gc()) 38M->8M(61M) 1.173ms')), {endAt, durationMs: 1.173, kind: 'Full (System.gc())'});
	assert.deepEqual(parsePause(line('GC(3) Pause Mark End 0.004ms')), {endAt, durationMs: 0.004, kind: 'Mark End'});
	assert.deepEqual(parsePause('[2026-11-24T21:50:32.848+0100][0.1s][info][gc] GC(1) Pause Remark 4M->4M(9M) 1,5ms'), {endAt, durationMs: 1.5, kind: 'Remark'});
	assert.equal(parsePause(line('GC(0) Pause Young (Normal) (G1 Evacuation Pause)')), undefined);
	assert.equal(parsePause(line('GC(0) User=0.01s Sys=0.00s Real=0.00s')), undefined);
	assert.equal(parsePause('Pause Young 3.649ms'), undefined);
});
