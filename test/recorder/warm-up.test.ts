import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import test from 'node:test';
import {fileURLToPath} from 'node:url';
import {temporaryFolder} from '../helpers/command.ts';

const module = fileURLToPath(new URL('../../source/recorder/analyze-recorder.ts', import.meta.url));

/** What a program of its own prints that has the recorder warmed up. */
function program(text: string, temporary: string): string {
	const script = `const {warmRecorder, analyzeRecorder} = await import(${JSON.stringify(module)}); warmRecorder(); ${text}`;
	return execFileSync(process.execPath, ['--import=tsx', '--input-type=module', '--eval', script], {
		encoding: 'utf8', env: {...process.env, TMPDIR: temporary, TSX_DISABLE_CACHE: '1'}, stdio: ['ignore', 'pipe', 'inherit'],
	});
}

test('A run that ends while the recorder is warmed up leaves nothing of that behind', context => {
	const temporary = temporaryFolder(context);
	const seen = program('console.log((await import("node:fs")).readdirSync(process.env.TMPDIR).filter(name => name.startsWith("benchdeck-")).length); process.exit();', temporary);
	assert.equal(seen.trim(), '1');
	assert.deepEqual(fs.readdirSync(temporary).filter(name => name.startsWith('benchdeck-')), []);
});

for (const [title, spoil] of [
	['there is no temporary folder', (folder: string) => path.join(folder, 'none')],
	['the folder of its warm-up is taken away', (folder: string) => folder],
] as const) {
	test(`The recorder analyses as ever where ${title}`, context => {
		const folder = temporaryFolder(context);
		const file = path.join(folder, 'client_0_data.csv');
		fs.writeFileSync(file, 'start,stop,count,latency_nanos,label\n2021-04-07T18:41:22Z,2021-04-07T18:41:22.001Z,1,1000000,write\n');
		const outputs = {series: path.join(folder, 'series.csv'), histogram: path.join(folder, 'histogram.csv')};
		const request = {files: [{path: file, label: 'client_0'}], format: 'labelled', dropPrefixMs: 0, emptyFiles: 'fail', ...outputs};
		const temporary = path.join(folder, 'temporary');
		fs.mkdirSync(temporary);
		const printed = program(`
			(await import('node:fs')).rmSync(${JSON.stringify(temporary)}, {recursive: true, force: true});
			const {labels} = await analyzeRecorder(${JSON.stringify(request)});
			console.log(JSON.stringify(labels));
		`, spoil(temporary));
		assert.match(printed, /"write"/);
	});
}
