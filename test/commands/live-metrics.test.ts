import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {gzipSync} from 'node:zlib';
import {liveMetrics} from '../../source/commands/live-metrics.ts';
import {temporaryFolder} from '../helpers/command.ts';
import {until} from '../helpers/until.ts';

const line = (second: number) => `requests_total{instance="a"} ${second} ${1_617_820_860 + second}\n`;

test('A record that is not there yet is followed as it grows, and told of', async context => {
	const folder = temporaryFolder(context);
	const metrics = liveMetrics(folder);
	context.after(async () => metrics.close());
	let told = 0;
	metrics.watch(() => {
		told++;
	});
	assert.deepEqual(metrics.names(), []);
	const file = path.join(folder, 'metrics.om');
	const samples = () => metrics.source.select('requests_total')[0]?.times.length;
	fs.writeFileSync(file, '# TYPE requests counter\n');
	fs.appendFileSync(file, line(1));
	await until('the first sample', () => samples() === 1);
	fs.appendFileSync(file, line(2) + line(3));
	await until('two more', () => samples() === 3);
	await until('both being told of', () => told >= 2);
	assert.deepEqual(metrics.names(), ['requests_total']);
});

test('New samples are told of also where the first metric by name is recorded now and then', async context => {
	const folder = temporaryFolder(context);
	const file = path.join(folder, 'metrics.om');
	fs.writeFileSync(file, `# TYPE a gauge\na{instance="a"} 1 1617820860\n# TYPE requests counter\n${line(1)}`);
	const metrics = liveMetrics(folder);
	context.after(async () => metrics.close());
	let told = 0;
	metrics.watch(() => {
		told++;
	});
	await until('what is there being told of', () => told === 1);
	fs.appendFileSync(file, line(2));
	await until('the next sample being told of', () => told === 2);
	assert.equal(metrics.source.select('requests_total')[0]?.times.length, 2);
});

test('The record of a benchmark that is over is read whole', async context => {
	const folder = temporaryFolder(context);
	fs.writeFileSync(path.join(folder, 'metrics.om.gz'), gzipSync(`# TYPE requests counter\n${line(1)}${line(2)}# EOF\n`));
	const metrics = liveMetrics(folder);
	context.after(async () => metrics.close());
	await until('its samples', () => metrics.source.select('requests_total')[0]?.times.length === 2);
});
