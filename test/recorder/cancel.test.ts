import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import {gunzipSync} from 'node:zlib';
import {BenchError} from '../../source/core/errors.ts';
import {analyzeFiles} from '../../source/recorder/analyze-files.ts';
import {analyzeRecorder} from '../../source/recorder/analyze-recorder.ts';
import {Control, createControlBuffer} from '../../source/recorder/control.ts';
import {generateRows, seeded} from './generate-rows.ts';

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'benchdeck-cancel-'));
test.after(() => {
	fs.rmSync(directory, {recursive: true});
});

const random = seeded(3);
const inputs = [0, 1].map(client => {
	const file = path.join(directory, `client_${client}_data.csv`);
	fs.writeFileSync(file, generateRows({rows: 20_000, group: 3, labels: ['write', 'read']}, random));
	return {path: file, label: `client_${client}`};
});
const outputs = ['data.csv.gz', 'series.csv', 'histogram.csv'].map(name => path.join(directory, name));
const request = {files: inputs, format: 'labelled', dropPrefixMs: 0, keepData: outputs[0]!, series: outputs[1]!, histogram: outputs[2]!} as const;

/** Somebody cancels after so many steps. */
class LateCancel extends Control {
	#steps: number;

	constructor(steps: number) {
		super(createControlBuffer());
		this.#steps = steps;
	}

	override throwIfCanceled(): void {
		if (this.#steps-- === 0) {
			this.cancel();
		}

		super.throwIfCanceled();
	}
}

test('Cancelled at any of its steps, an analysis ends with an error, keeps what was recorded, and leaves nothing half-written', async () => {
	const before = inputs.map(({path: file}) => fs.readFileSync(file));
	let steps = 0;
	for (let outcome = await outcomeAfter(steps); outcome !== 'finished'; outcome = await outcomeAfter(++steps)) {
		assert.equal(outcome, 'canceled');
		assert.deepEqual(fs.readdirSync(directory).toSorted(), inputs.map(({path: file}) => path.basename(file)), `after step ${steps}`);
	}

	assert.ok(steps > 5, `${steps} steps`);
	assert.deepEqual(inputs.map(({path: file}) => fs.readFileSync(file)), before);
	assert.deepEqual(outputs.map(file => fs.existsSync(file)), [true, true, true]);
	assert.equal(gunzipSync(fs.readFileSync(outputs[0]!)).toString().trimEnd().split('\n').length, 40_001);
});

test('An abort that comes before the analysis or during it is a cancelled analysis', async () => {
	await assert.rejects(analyzeRecorder(request, {signal: AbortSignal.abort()}), /The analysis was cancelled\./);
	const interrupt = new AbortController();
	const analysis = analyzeRecorder(request, {signal: interrupt.signal});
	interrupt.abort();
	await assert.rejects(analysis, error => error instanceof BenchError && error.code === 'canceled');
});

test('The kept rows give the figures of the files that they came from, and come out the same when they are kept again', async () => {
	const from = await analyzeRecorder(request);
	const again = path.join(directory, 'again.csv.gz');
	const kept = await analyzeRecorder({files: [{path: outputs[0]!, label: 'data'}], format: 'labelled', dropPrefixMs: 0, keepData: again});
	assert.deepEqual(kept.labels, from.labels);
	assert.deepEqual(gunzipSync(fs.readFileSync(again)), gunzipSync(fs.readFileSync(outputs[0]!)));
});

async function outcomeAfter(steps: number): Promise<string> {
	try {
		await analyzeFiles(request, new LateCancel(steps));
		return 'finished';
	} catch (error) {
		return error instanceof BenchError ? error.code : String(error);
	}
}
