import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import {gunzipSync} from 'node:zlib';
import {loadSuite, suiteNames} from '../../source/commands/load-suite.ts';
import {benchdeck, temporaryFolder} from '../helpers/command.ts';
import {startSshd, withoutSshd} from '../helpers/sshd.ts';

// A plan of the reference harness, as far as it matters here.
type Reference = {readonly results_header: string; readonly suite_name: string; readonly benchmarks: ReadonlyArray<{readonly processes: ReadonlyArray<{readonly label: string}>}>};

const smokes = suiteNames().filter(title => title.endsWith('/smoke'));
const brief: Readonly<Record<string, string>> = {
	warmup_duration: '50ms', warmup_timeout: '5s', warmup_sleep: '0s',
	duration: '400ms', timeout: '6s', client_lag: '0s',
	// The inputs of an older protocol count in whole seconds.
	duration_seconds: '1', timeout_seconds: '6', client_lag_seconds: '0',
};

/** Runs the first benchmark of a smoke suite, cut short, and returns the run's directory. */
async function rehearse(context: TestContext, title: string, words: readonly string[] = []): Promise<{readonly directory: string; readonly stdout: string}> {
	const folder = temporaryFolder(context);
	const {suite} = await loadSuite(title);
	const settings = Object.entries(brief).filter(([field]) => field in suite.protocol.input.shape).flatMap(([field, value]) => ['--set', `${field}=${value}`]);
	const {code, stdout, stderr} = await benchdeck(['run', title, '--engine', 'rehearsal', '--only', '1', '--plain', '-s', folder, ...settings, ...words]);
	assert.equal(stderr, 'This is a rehearsal: stand-ins, whose figures say nothing about the protocol.\n');
	assert.equal(code, 0);
	return {directory: path.join(folder, fs.readdirSync(folder)[0]!), stdout};
}

for (const title of smokes) {
	test(`${title} runs end to end in a rehearsal, which is named so, and leaves the reference's columns`, async context => {
		const reference = JSON.parse(gunzipSync(fs.readFileSync(new URL(`../fixtures/plans/${title.replace('/', '.')}.json.gz`, import.meta.url))).toString()) as Reference;
		const {directory, stdout} = await rehearse(context, title);
		assert.ok(directory.endsWith(`_${reference.suite_name}`), directory);
		assert.match(stdout, /^Running suite in .*\n\[001\/001; 100\.0%\] .* \{'.*'\}\n$/);
		const [header, row, ...others] = fs.readFileSync(path.join(directory, 'results.csv'), 'utf8').trimEnd().split('\n');
		assert.equal(header, reference.results_header);
		assert.equal(row!.split(',').length >= header.split(',').length, true);
		assert.deepEqual(others, []);
		assert.equal((JSON.parse(fs.readFileSync(path.join(directory, 'args.json'), 'utf8')) as {engine: string}).engine, 'rehearsal');
		const ending = '_returncode.txt';
		const codes = fs
			.readdirSync(path.join(directory, '001'))
			.filter(file => file.endsWith(ending))
			.map(file => [file.slice(0, -ending.length), fs.readFileSync(path.join(directory, '001', file), 'utf8').trim()] as const);
		assert.deepEqual(codes.map(([label]) => label), reference.benchmarks[0]!.processes.map(({label}) => label).toSorted());
		assert.deepEqual(codes.filter(([, code]) => code !== '0' && code !== '-15'), []);
	});
}

for (const title of ['multipaxos/smoke', 'matchmakermultipaxos/smoke', 'supermencius/smoke']) {
	test(`${title} is rehearsed over SSH`, {skip: withoutSshd}, async context => {
		const {address, key, folder} = await startSshd(context);
		const {suite: {protocol}} = await loadSuite(title);
		const roles = Object.entries(protocol.roles).filter(([, role]) => !role.at).map(([name, role]) => [role.cluster ?? name, [address]]);
		const cluster = path.join(folder, 'cluster.json');
		fs.writeFileSync(cluster, JSON.stringify({1: Object.fromEntries(roles) as unknown}));
		const {directory} = await rehearse(context, title, ['-i', key, '--cluster', cluster]);
		assert.equal(fs.readFileSync(path.join(directory, 'results.csv'), 'utf8').trimEnd().split('\n').length, 2);
		assert.match((await benchdeck(['show', directory])).stdout, /^Engine +rehearsal: stand-ins/m);
		assert.match((await benchdeck(['browse', path.dirname(directory), '--json'])).stdout, /"engine": "rehearsal"/);
	});
}
