import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import {gzipSync} from 'node:zlib';
import {BenchError} from '../../source/core/errors.ts';
import {analyzeRecorder} from '../../source/recorder/analyze-recorder.ts';
import {temporaryFolder} from '../helpers/command.ts';
import {unpackRecorderFixtures} from '../helpers/recorder-fixtures.ts';

type Expected = {readonly latency: Record<string, number | null>; readonly start_throughput_1s: Record<string, number | null>};

const {folder, remove} = unpackRecorderFixtures();
test.after(remove);

async function analyze(files: readonly string[]) {
	return analyzeRecorder({files: files.map(path => ({path, label: path})), format: 'detect', dropPrefixMs: 0, emptyFiles: 'warn'});
}

function near(actual: Record<string, number>, expected: Record<string, number | null>): void {
	for (const [name, value] of Object.entries(expected)) {
		if (value === null) {
			assert.ok(Number.isNaN(actual[name]), `${name} is nan`);
			continue;
		}

		const tolerance = name.startsWith('mean') ? 1e-9 : 1e-12;
		assert.ok(Math.abs(actual[name]! - value) <= tolerance * Math.abs(value), `${name}: ${actual[name]} is ${value}`);
	}
}

function nearFigures(actual: {latency: object; start_throughput_1s: object} | undefined, expected: Expected): void {
	assert.ok(actual);
	near(actual.latency as Record<string, number>, expected.latency);
	near(actual.start_throughput_1s as Record<string, number>, expected.start_throughput_1s);
}

for (const name of ['labeled', 'grouped', 'recorder']) {
	test(`The figures of five clients (${name}) are the reference harness's, plain and compressed`, async () => {
		const expected = JSON.parse(fs.readFileSync(`${folder}/${name}/expected.json`, 'utf8')) as Expected | Record<string, Expected>;
		const files = [0, 1, 2, 3, 4].map(client => `${folder}/${name}/client_${client}_data.csv`);
		const compressed = files.map(file => {
			fs.writeFileSync(`${file}.gz`, gzipSync(fs.readFileSync(file)));
			return `${file}.gz`;
		});
		for (const paths of [files, compressed]) {
			const {labels} = await analyze(paths);
			assert.equal(Object.values(labels).reduce((sum, {rows}) => sum + rows, 0), 20_000);
			for (const [label, figures] of Object.entries('latency' in expected ? {all: expected as Expected} : expected)) {
				nearFigures(labels[label], figures);
			}
		}
	});
}

const edges = JSON.parse(fs.readFileSync(`${folder}/edge/expected.json`, 'utf8')) as Record<string, {readonly output?: Expected | Record<string, Expected>; readonly error?: string}>;
for (const [name, {output}] of Object.entries(edges)) {
	const files = fs.readdirSync(`${folder}/edge`).filter(file => file.startsWith(`${name}_`) && /^_\d\.csv$/.test(file.slice(name.length))).toSorted().map(file => `${folder}/edge/${file}`);
	if (output) {
		test(`The edge case ${name} has the reference harness's figures`, async () => {
			const {labels} = await analyze(files);
			for (const [label, figures] of Object.entries('latency' in output ? {all: output as Expected} : output)) {
				nearFigures(labels[label], figures);
			}
		});
	} else if (!name.includes('truncated')) {
		test(`The edge case ${name}, on which the reference harness crashes, is one sentence that names the file`, async () => {
			await assert.rejects(
				analyzeRecorder({files: files.map(path => ({path, label: path})), format: formatOf(name), dropPrefixMs: 0, emptyFiles: 'warn'}),
				error =>
					error instanceof BenchError
					&& /^[^\n]+\.$/.test(error.message)
					&& (name.includes('all_same_ms') || error.message.includes(files[0]!)),
			);
		});
	}
}

/** What the harness was asked to read each case as. */
function formatOf(name: string): 'labelled' | 'unlabelled' {
	return name.startsWith('labeled') || name.includes('recorder_labeled') ? 'labelled' : 'unlabelled';
}

test('A cut last row is left out and reported', async () => {
	const {files, warnings} = await analyze([`${folder}/edge/labeled_truncated_in_number_0.csv`]);
	assert.equal(files[0]?.rows, 1499);
	assert.equal(files[0]?.cutRows, 1);
	assert.match(warnings[0]!, /last row is cut/);
});

test('A file without rows is an error that names it, where every file must have some', async () => {
	for (const [file, words] of [['labeled_zero_bytes_0', /is empty/], ['labeled_header_only_0', /holds a header and no row/]] as const) {
		const path = `${folder}/edge/${file}.csv`;
		await assert.rejects(
			analyzeRecorder({files: [{path, label: 'client_0'}], format: 'detect', dropPrefixMs: 0, emptyFiles: 'fail'}),
			error => error instanceof BenchError && error.message.includes(path) && words.test(error.message),
		);
	}
});

test('A row that does not parse is an error with file, line and column, unless such rows are skipped', async context => {
	const file = `${temporaryFolder(context)}/bad.csv`;
	fs.writeFileSync(file, [
		'start,stop,count,latency_nanos,label',
		'2021-04-07T18:41:22.655012Z,2021-04-07T18:41:22.655Z,1,500,write',
		'2021-04-07T18:41:22.7Z,2021-13-07T18:41:22.8Z,1,500,write',
		'2021-04-07T18:41:23Z,2021-04-07T18:41:23.5Z,1,500,write',
		'',
	].join('\n'));
	await assert.rejects(analyze([file]), /bad\.csv, line 3, column stop: "2021-13-07T18:41:22\.8Z" is not a time/);
	const {files} = await analyzeRecorder({files: [{path: file, label: 'a'}], format: 'detect', dropPrefixMs: 0, emptyFiles: 'warn', skipBadRows: true});
	assert.deepEqual([files[0]?.rows, files[0]?.badRows], [2, 1]);
});
