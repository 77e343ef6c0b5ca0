import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import {gzipSync} from 'node:zlib';
import {BenchError} from '../../source/core/errors.ts';
import {analyzeFiles} from '../../source/recorder/analyze-files.ts';
import {Control, createControlBuffer} from '../../source/recorder/control.ts';
import {type RecorderAnalysis} from '../../source/recorder/request.ts';
import {assertFigures} from './check-figures.ts';
import {generateRows, seeded, type Shape} from './generate-rows.ts';
import {slowFigures, slowRead} from './slow-analysis.ts';

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'benchdeck-fuzz-'));
test.after(() => {
	fs.rmSync(directory, {recursive: true});
});

const shapes: readonly Shape[] = [
	{rows: 40, everyMs: 40, labels: ['write', 'read'], group: 3},
	{rows: 40, everyMs: 40, digits: 9, lineEnd: '\n'},
	{rows: 130, everyMs: 12, isUnlabelled: true},
	{rows: 40, everyMs: 40, isPandas: true, digits: 6},
	{rows: 30, everyMs: 60, isQuoted: true},
];

/** Bytes that mean something in a recorder file, and some that do not. */
const telling = Buffer.from('0123456789TZ:-.,+ "\r\n\0\u{FF}we', 'latin1');

test('Files with cut ends and damaged bytes give the figures of the slow analysis, or its error, and never anything else', async () => {
	const random = seeded(2021);
	const pick = (count: number) => Math.floor(random() * count);
	const outcomes = {figures: 0, skipped: 0, badRow: 0, otherError: 0};
	for (let round = 0; round < 1000; round++) {
		const shape = shapes[round % shapes.length]!;
		const bytes = damage(Buffer.from(generateRows(shape, random), 'latin1'), pick);
		const file = path.join(directory, 'fuzzed.csv');
		fs.writeFileSync(file, bytes);
		const partBytes = round % 3 === 0 ? 1 + pick(3000) : undefined;
		const strict = await outcome(file, {skipBadRows: false, partBytes});
		const lenient = await outcome(file, {skipBadRows: true, partBytes});
		if (!isHeaderIntact(bytes, shape)) {
			// A damaged header may still be one, with another meaning: it must only end in an answer.
			outcomes.otherError++;
			continue;
		}

		const slow = slowRead(bytes);
		const what = `round ${round}`;
		if (slow.badLines.length > 0) {
			outcomes.badRow++;
			assert.ok(strict instanceof BenchError, what);
			assert.match(strict.message, new RegExp(String.raw`fuzzed\.csv, line ${slow.badLines[0]!}, column \w+: `), what);
		}

		assertOutcome(lenient, slow, {what, shape});
		if (slow.badLines.length === 0) {
			assertOutcome(strict, slow, {what, shape});
			outcomes.figures++;
		} else {
			outcomes.skipped++;
		}
	}

	// The rounds must be of all kinds, or they show nothing.
	for (const [kind, least] of [['figures', 200], ['badRow', 200], ['skipped', 200], ['otherError', 10]] as const) {
		assert.ok(outcomes[kind] > least, `${kind}: ${JSON.stringify(outcomes)}`);
	}
});

test('Damaged compressed files give figures only where they unpack to the very same bytes', async () => {
	const random = seeded(7);
	const pick = (count: number) => Math.floor(random() * count);
	const text = Buffer.from(generateRows(shapes[0]!, random));
	const whole = gzipSync(text);
	const file = path.join(directory, 'fuzzed.csv.gz');
	let errors = 0;
	for (let round = 0; round < 300; round++) {
		const bytes = damage(Buffer.from(whole), pick);
		fs.writeFileSync(file, bytes);
		const result = await outcome(file, {skipBadRows: false});
		if (result instanceof BenchError) {
			errors++;
		} else {
			assertOutcome(result, slowRead(text), {what: `round ${round}`, shape: shapes[0]!});
		}
	}

	assert.ok(errors > 250, `${errors} of 300 are errors`);
});

type Slow = ReturnType<typeof slowRead>;

function assertOutcome(actual: RecorderAnalysis | BenchError, slow: Slow, {what, shape}: {readonly what: string; readonly shape: Shape}): void {
	const isStill = shape.isUnlabelled && slow.rows.filter(row => row.start === earliest(slow)).length > 100;
	if (slow.rows.length === 0 || isStill) {
		assert.ok(actual instanceof BenchError, what);
		return;
	}

	assert.ok(!(actual instanceof BenchError), `${what}: ${actual instanceof Error ? actual.message : ''}`);
	const expected = slowFigures([slow.rows], 0, !shape.isUnlabelled);
	assert.deepEqual(Object.keys(actual.labels).toSorted(), [...expected.keys()].toSorted(), what);
	for (const [label, figures] of expected) {
		assertFigures(actual.labels[label], figures, `${what}, ${label}`);
	}

	const [report] = actual.files;
	assert.deepEqual([report!.rows, report!.cutRows, report!.badRows], [slow.rows.length, slow.cutRows, slow.badLines.length], what);
}

function earliest({rows}: Slow): bigint {
	return rows.map(({start}) => start).toSorted((one, other) => Number(one - other))[0]!;
}

async function outcome(file: string, {skipBadRows, partBytes}: {readonly skipBadRows: boolean; readonly partBytes?: number | undefined}): Promise<RecorderAnalysis | BenchError> {
	try {
		return await analyzeFiles({files: [{path: file, label: 'client_0'}], format: 'detect', dropPrefixMs: 0, skipBadRows}, new Control(createControlBuffer()), partBytes);
	} catch (error) {
		// Anything but an expected failure is a bug, and ends the test.
		if (error instanceof BenchError) {
			return error;
		}

		throw error;
	}
}

/** Cuts the end, or flips, replaces, drops or doubles some bytes. */
function damage(bytes: Buffer, pick: (count: number) => number): Buffer {
	const kind = pick(6);
	const at = pick(bytes.length);
	switch (kind) {
		case 0: {
			return bytes.subarray(0, at);
		}

		case 1: {
			return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + pick(70))]);
		}

		case 2: {
			return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.max(0, at - pick(70)))]);
		}

		case 3: {
			bytes[at] = pick(256);
			return bytes;
		}

		default: {
			for (let times = 1 + pick(3); times > 0; times--) {
				bytes[pick(bytes.length)] = telling[pick(telling.length)]!;
			}

			return bytes;
		}
	}
}

function isHeaderIntact(bytes: Buffer, shape: Shape): boolean {
	const header = shape.isUnlabelled ? 'start,stop,latency_nanos,host,port' : 'start,stop,count,latency_nanos,label';
	const [first = ''] = bytes.toString('latin1').split('\n', 1);
	return bytes.includes(10) && first.replace(/\r$/, '') === header;
}
