import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {findRun} from '../../source/directory/find-run.ts';
import {listRuns} from '../../source/directory/list-runs.ts';
import {temporaryFolder} from '../helpers/command.ts';
import {copyOf, monitored, multipaxos, references, unreplicated} from '../helpers/suite-directories.ts';

test('Runs are listed newest first, and nothing else is', async context => {
	assert.deepEqual((await listRuns(references)).map(({path: run, word, suite}) => [run, word, suite]), [
		[multipaxos, 'VVMGNFMUTO', 'multipaxos_smoke'], [monitored, 'XUZHZZDPBI', 'unreplicated_prom'], [unreplicated, 'IHZHEHZZAL', 'unreplicated_smoke'],
	]);
	const folder = path.dirname(copyOf(context, unreplicated));
	fs.mkdirSync(path.join(folder, 'notes'));
	fs.symlinkSync(path.join(folder, 'nowhere'), path.join(folder, '2026-11-23_06:17:57.682474_AAAAAAAAAA_link'));
	fs.cpSync(unreplicated, path.join(folder, 'renamed'), {recursive: true});
	assert.deepEqual((await listRuns(folder)).map(({name}) => name).toSorted(), [path.basename(unreplicated), 'renamed']);
	assert.deepEqual(await listRuns(path.join(folder, 'nowhere')), []);
});

test('A run is found by path, by word, by enough of it, by name, and as the last', async () => {
	for (const [run, found] of [
		['IHZHEHZZAL', unreplicated],
		['IHZ', unreplicated],
		['ihzh', unreplicated],
		['V', multipaxos],
		['last', multipaxos],
		['LAST', multipaxos],
		['prom', monitored],
		[path.basename(monitored), monitored],
		[`${monitored}/`, monitored],
		[path.join(monitored, '001'), monitored],
		[path.relative(process.cwd(), monitored), monitored],
	] as const) {
		assert.equal(await findRun(run, references), found, run);
	}
});

test('What could be several runs, or is none, is answered with their names', async context => {
	const root = temporaryFolder(context);
	const refused = async (run: string, message: RegExp, where = references) => assert.rejects(findRun(run, where), {name: 'BenchError', code: 'usage', message});
	await refused('unreplicated', /^"unreplicated" could be 2 runs in .*: .*XUZHZZDPBI_unreplicated_prom, .*IHZHEHZZAL_unreplicated_smoke; give more of the word\.$/);
	await refused('IHZHEHZZAM', /^There is no run "IHZHEHZZAM" in .*; did you mean IHZHEHZZAL\?$/);
	await refused('qqqqqqqqqq', /; the newest are .*VVMGNFMUTO.*XUZHZZDPBI.*IHZHEHZZAL_unreplicated_smoke\.$/);
	await refused('fig.csv', /^There is no run "fig\.csv": none is in .*--suite-directory\.$/, root);
	await refused('last', /^There is no run in .*--suite-directory\.$/, root);
	await refused(root, /^\/.* is no suite directory; pass the path of a directory that a run made\.$/);
	await refused(references, /is no suite directory; it holds 3 \(.*\): pass one of them\.$/);
	await refused(path.join(root, 'nowhere'), /^There is no directory .*nowhere; /);
	await refused('', /is no suite directory|There is no run/);
});
