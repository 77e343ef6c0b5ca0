/*
A broken copy of the reference's suite directory passes through every command, and through all that they stand on.
*/
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import {commandNames} from '../../source/commands/help.ts';
import {BenchError} from '../../source/core/errors.ts';
import {compareResults} from '../../source/results/compare.ts';
import {allSuites} from '../../source/results/list-suites.ts';
import {openResults} from '../../source/results/open-results.ts';
import {ltData} from '../../source/results/plot/lt-data.ts';
import {tableView} from '../../source/results/table-view.ts';
import {triageRun} from '../../source/results/triage.ts';
import {benchdeck, temporaryFolder} from '../helpers/command.ts';
import {copyOf, multipaxos, unreplicated} from '../helpers/suite-directories.ts';

const hasPipes = spawnSync('mkfifo', ['--version']).error === undefined;

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
		const entries = [...fs.readdirSync(directory), ...fs.readdirSync(path.join(directory, '001')).map(file => path.join('001', file))];
		const files = entries.filter(entry => fs.statSync(path.join(directory, entry)).isFile());
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

// What each command does with a suite directory that is broken in all ways at once, and the exit code.
const uses: Readonly<Record<string, (directory: string, other: string, out: string) => ReadonlyArray<readonly [code: number, ...words: readonly string[]]>>> = {
	list: () => [],
	plan: directory => [[2, directory]],
	run: directory => [[2, directory, '--plain']],
	attach: directory => [[2, directory], [2, directory, '--plain'], [2, directory, '--json']],
	stop: directory => [[2, directory]],
	resume: directory => [[2, directory], [2, directory, '--plain', '--anyway']],
	analyze: directory => [[2, directory], [2, directory, '--json'], [2, directory, '--write'], [2, path.join(directory, 'results.csv')], [2, path.join(directory, '001')]],
	show: directory => [[0, directory], [0, directory, '--json'], [0, directory, '--csv'], [0, directory, '--triage'], [0, directory, '--triage', '--json'], [0, path.join(directory, 'results.csv')]],
	browse: directory => [[0, path.dirname(directory)], [0, path.dirname(directory), '--json'], [0, path.dirname(directory), '--csv'], [0, directory]],
	compare: (directory, other) => [
		[2, directory, other],
		[0, directory, unreplicated, '--json'],
		[0, directory, directory, '--markdown'],
		[0, directory, unreplicated, '--csv'],
		[0, directory, unreplicated, '--latex'],
	],
	plot: (directory, other, out) => [
		[0, directory],
		[0, directory, unreplicated, '--json'],
		[0, directory, other, '--csv'],
		[0, directory, unreplicated, '-o', path.join(out, 'fig.svg')],
		[0, directory, '--kind', 'bar'],
		[2, directory, '--kind', 'cdf'],
		[2, directory, '--kind', 'time'],
		[2, path.join(directory, 'args.json')],
	],
	report: (directory, other, out) => [[0, directory, other, '-o', path.join(out, 'report.html')]],
	check: directory => [[2, '--cluster', directory], [2, directory]],
	reap: directory => [[2, '--cluster', directory]],
	flame: directory => [[2, directory], [2, directory, '001'], [2, directory, '001', 'server']],
	serve: directory => [[2, directory]],
	init: directory => [[2, path.join(directory, 'results.csv')]],
	config: directory => [[2, directory]],
	completion: directory => [[2, directory]],
};

test('What is done with a broken directory is said of every command', () => {
	assert.deepEqual(Object.keys(uses).toSorted(), commandNames.filter(name => name !== 'help').toSorted());
});

for (const [command, wordsOf] of Object.entries(uses)) {
	test(`${command} takes a directory that is broken in all ways at once: a result or one clear sentence, the right exit code, no control characters`, {timeout: 120_000}, async context => {
		const out = temporaryFolder(context);
		for (const [code, ...words] of wordsOf(brokenCopy(context, unreplicated), brokenCopy(context, multipaxos), out)) {
			const result = await benchdeck([command, ...words]);
			const said = `${command} ${words.join(' ')}: ${result.stderr}`;
			assert.equal(result.code, code, said);
			assert.doesNotMatch(result.stderr, /This is a bug|\n {4}at /, said);
			assert.deepEqual((result.stdout + result.stderr).match(/[\p{Control}\u{202E}]/gu)?.filter(character => character !== '\n') ?? [], [], said);
			// What is refused is refused in one sentence, and nothing else is said.
			assert.ok(code === 2 ? result.stdout === '' && /^\S.*[!.?]\n$/s.test(result.stderr) : result.stdout !== '' || result.stderr !== '', said);
		}
	});
}

test('A run that is called by control characters, or by the name of a pipe, is refused in one sentence', {skip: hasPipes ? false : 'no mkfifo here'}, async context => {
	const pipe = path.join(temporaryFolder(context), 'pipe.csv');
	spawnSync('mkfifo', [pipe]);
	for (const word of ['x\u{1B}[2J\u{7}', pipe]) {
		const {code, stdout, stderr} = await benchdeck(['show', word]);
		assert.deepEqual([code, stdout], [2, '']);
		assert.match(stderr, /^[\u{20}-\u{10FFFF}]+\n$/u);
	}
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
	// Unreadable for root too.
	fs.rmSync(file('001', 'input.txt'));
	fs.symlinkSync('input.txt', file('001', 'input.txt'));
	fs.writeFileSync(file('events.jsonl'), Uint8Array.from({length: 2000}, (_, index) => index % 256));
	fs.writeFileSync(file('001', 'series.csv'), 'label,start\nx');
	fs.mkdirSync(file('001', 'histogram.csv'));
	fs.writeFileSync(file('001', 'prometheus_data'), 'no database');
	fs.mkdirSync(file('001', 'server_profile.folded'));
	if (hasPipes) {
		// What reads one would wait for ever.
		spawnSync('mkfifo', [file('001', 'data.csv.gz'), file('001', 'metrics.om.gz'), file('002', 'server_evidence.txt'), file('stop_time.txt')]);
	}

	return directory;
}
