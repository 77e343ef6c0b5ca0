/*
What `plan --json` prints is what the reference harness starts, seen from outside: the command line alone.
*/
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {gunzipSync} from 'node:zlib';
import {benchdeck, temporaryFolder} from '../helpers/command.ts';

type Plan = {
	readonly suite: string;
	readonly benchmarks: ReadonlyArray<{
		readonly index?: number;
		readonly directory?: string;
		readonly input: unknown;
		readonly files: Readonly<Record<string, string>>;
		readonly processes: unknown;
	}>;
};

const folder = new URL('../fixtures/plans/', import.meta.url);

function referenceOf(name: string): Plan & {readonly cluster: unknown} {
	const file = fs.readdirSync(folder).find(entry => entry.startsWith(`${name}.json`))!;
	return JSON.parse(gunzipSync(fs.readFileSync(new URL(file, folder))).toString()) as Plan & {readonly cluster: unknown};
}

for (const name of ['unreplicated.smoke', 'unreplicated.smoke.monitor', 'multipaxos.smoke', 'multipaxos.smoke.monitor']) {
	test(`plan --json of ${name} is the plan of the reference`, async context => {
		const reference = referenceOf(name);
		const cluster = path.join(temporaryFolder(context), 'cluster.json');
		fs.writeFileSync(cluster, JSON.stringify(reference.cluster));
		const [protocol = '', suite = '', monitor] = name.split('.', 3);
		const {code, stdout, stderr} = await benchdeck(['plan', `${protocol}.${suite}`, '--json', '--engine', 'jar', '--cluster', cluster, ...(monitor === undefined ? [] : ['-m'])]);
		assert.deepEqual([code, stderr], [0, '']);
		const plan = JSON.parse(stdout) as Plan;
		assert.equal(plan.suite, `${protocol}/${suite}`);
		assert.deepEqual(plan.benchmarks.map(({index, directory}) => [index, directory]), reference.benchmarks.map((_, place) => [place + 1, String(place + 1).padStart(3, '0')]));
		assert.deepEqual(plan.benchmarks.map(({input, processes}) => ({input, processes})), reference.benchmarks.map(({input, processes}) => ({input, processes})));
		assert.deepEqual(plan.benchmarks.map(({files}) => squashed(files)), reference.benchmarks.map(({files}) => squashed(files)));
	});
}

// White space is free.
function squashed(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
	return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, text.replaceAll(/\s+/g, ' ').trim()]));
}
