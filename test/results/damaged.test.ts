/*
A broken copy of the reference's suite directory passes through every command, and through all that they stand on.
*/
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import {BenchError} from '../../source/core/errors.ts';
import {compareResults} from '../../source/results/compare.ts';
import {allSuites} from '../../source/results/list-suites.ts';
import {openResults} from '../../source/results/open-results.ts';
import {ltData} from '../../source/results/plot/lt-data.ts';
import {tableView} from '../../source/results/table-view.ts';
import {triageRun} from '../../source/results/triage.ts';
import {benchdeck, temporaryFolder} from '../helpers/command.ts';
import {copyOf, multipaxos, unreplicated} from '../helpers/suite-directories.ts';

const damages: ReadonlyArray<readonly [name: string, damage: (file: string) => void]> = [
	['removed', file => {
		fs.rmSync(file);
	}],
	['cut', file => {
		fs.truncateSync(file, Math.floor(fs.statSync(file).size / 2));
	}],
	['made a directory', file => {
		fs.rmSync(file);
		fs.mkdirSync(file);
	}],
	['filled with noise', file => {
		fs.writeFileSync(file, Uint8Array.from({length: 300}, (_, index) => (index * 37) % 256));
	}],
	['filled with other JSON', file => {
		fs.writeFileSync(file, '{"a": [null, {"b": true}], "num_client_procs": {"c": "d"}}\n');
	}],
	['made unreadable', file => {
		fs.chmodSync(file, 0o000);
	}],
];

const options = {x: undefined, y: undefined, groupBy: [], where: [], labels: {}, logX: false, logY: false};

for (const [name, damage] of damages) {
	test(`A list, a table, a comparison, a plot and triage stand a suite directory in which any one file is ${name}`, async context => {
		const directory = copyOf(context, unreplicated);
		const files = [...fs.readdirSync(directory), ...fs.readdirSync(path.join(directory, '001')).map(file => path.join('001', file))].filter(file => fs.statSync(path.join(directory, file)).isFile());
		for (const file of files) {
			const target = path.join(directory, file);
			const content = fs.readFileSync(target);
			damage(target);
			const [listed] = await allSuites([path.dirname(directory)]);
			assert.equal(listed?.word, 'IHZHEHZZAL', file);
			assert.ok(listed.isRead, file);
			const set = await openResults(directory, '.');
			assert.equal(tableView(set, {fold: true}).rows.flatMap(({members}) => members).length, 3, file);
			assert.ok((await triageRun(set.run!)).length <= 3);
			expectedOnly(() => compareResults(set, [set]), file);
			expectedOnly(() => ltData([set], options), file);
			fs.rmSync(target, {recursive: true, force: true});
			fs.writeFileSync(target, content);
		}
	});
}

test('Every command takes a directory that is broken in all ways at once, and prints no control characters', async context => {
	const directory = brokenCopy(context, unreplicated);
	const other = brokenCopy(context, multipaxos);
	const root = path.dirname(directory);
	const out = temporaryFolder(context);
	for (const words of [
		['show', directory],
		['show', directory, '--json'],
		['show', directory, '--csv'],
		['show', directory, '--triage'],
		['show', directory, '--triage', '--json'],
		['browse', root],
		['browse', root, '--json'],
		['browse', root, '--csv'],
		['compare', directory, other],
		['compare', directory, unreplicated, '--json'],
		['compare', directory, directory, '--markdown'],
		['compare', directory, directory, '--csv'],
		['plot', directory],
		['plot', directory, unreplicated],
		['plot', directory, unreplicated, '-o', path.join(out, 'fig.svg')],
		['plot', directory, '--kind', 'cdf'],
		['report', directory, other, '-o', path.join(out, 'report.html')],
		['analyze', directory],
	]) {
		const {code, stdout, stderr} = await benchdeck(words);
		assert.ok(code === 0 || code === 1 || code === 2, `${words.join(' ')}: ${code} ${stderr}`);
		assert.doesNotMatch(stderr, /This is a bug|\n {4}at /, words.join(' '));
		assert.deepEqual((stdout + stderr).match(/[\p{Control}\u{202E}]/gu)?.filter(character => character !== '\n') ?? [], [], words.join(' '));
		assert.ok(stdout !== '' || stderr !== '');
	}

	assert.ok(fs.existsSync(path.join(out, 'report.html')));
});

/** Whatever it throws is an error that says what is wrong. */
function expectedOnly(work: () => unknown, file: string): void {
	let thrown: unknown;
	try {
		work();
	} catch (error) {
		thrown = error;
	}

	assert.ok(thrown === undefined || thrown instanceof BenchError, `${file}: ${String(thrown)}`);
}

function brokenCopy(context: TestContext, from: string): string {
	const directory = copyOf(context, from);
	const file = (...names: readonly string[]) => path.join(directory, ...names);
	fs.rmSync(file('args.json'));
	fs.mkdirSync(file('args.json'));
	fs.truncateSync(file('results.csv'), fs.statSync(file('results.csv')).size - 40);
	fs.writeFileSync(file('start_time.txt'), '\u{1B}[2Jnever');
	fs.rmSync(file('stop_time.txt'));
	fs.writeFileSync(file('notes.md'), 'a \u{1B}]0;owned\u{7} note \u{202E}\n');
	fs.writeFileSync(file('environment.json'), '{"hosts": [1, "\u{9B}31m"]}');
	fs.writeFileSync(file('001', 'input.json'), '["not", "an object"]');
	fs.writeFileSync(file('001', 'evil\u{1B}[2J\n_returncode.txt'), '3');
	fs.writeFileSync(file('001', 'evil\u{1B}[2J\n_err.txt'), 'Boom\u{1B}[2J\u{7}\n');
	fs.writeFileSync(file('001', 'evil_evidence.txt'), '\u{1B}[2Jstack\n');
	fs.rmSync(file('002', 'pids.json'));
	fs.mkdirSync(file('002', 'pids.json'));
	fs.writeFileSync(file('002', 'stop_time.txt'), '');
	fs.chmodSync(file('002', 'input.json'), 0o000);
	fs.writeFileSync(file(fs.existsSync(file('003')) ? '004' : '003'), 'a file, where a directory should be');
	fs.symlinkSync('nowhere', file('005'));
	return directory;
}
