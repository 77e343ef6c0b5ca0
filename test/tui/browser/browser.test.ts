import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {browser, rootWithFailure, workIn} from '../../helpers/browser.ts';
import {temporaryFolder} from '../../helpers/command.ts';
import {copyOf, monitored, multipaxos, references, unreplicated} from '../../helpers/suite-directories.ts';

const failed = 'runs/2026-11-23_09:30:00.000000_HAOSRTGXOI_tiny_smoke';

test('Suites are searched, filtered, marked and compared by keys', async context => {
	workIn(context, path.dirname(references));
	const {terminal} = browser(context, {
		start: {kind: 'suites'}, roots: ['suite'],
		actions: {compare: async paths => `comparing\n${paths.map(one => path.basename(one)).join('\n')}`},
	});
	await terminal.waitFor(/3 suites\s*$/m);
	terminal.press('=');
	await terminal.waitFor('Mark two suites or more');
	terminal.press('/', ...'XUZH', 'enter', 'space');
	await terminal.waitFor('1 marked');
	terminal.press('g', 'space', '=');
	const text = await terminal.waitFor('comparing');
	assert.match(text, /comparing\n.*_XUZHZZDPBI_unreplicated_prom\n.*_VVMGNFMUTO_multipaxos_smoke/);
	terminal.press('esc');
	await terminal.waitFor('2 marked');
	// Escape and a key in one piece would be one key with Alt.
	terminal.press('esc');
	await terminal.waitFor(shown => !shown.includes('2 marked'));
	terminal.press('&', ...'multi', 'enter');
	await terminal.waitFor(shown => shown.includes('multipaxos_smoke') && !shown.includes('unreplicated_smoke'));
	terminal.press('esc');
	await terminal.waitFor('unreplicated_smoke');
});

test('Suites are sorted by the next column, and the other way around', async context => {
	workIn(context, path.dirname(references));
	const {terminal} = browser(context, {start: {kind: 'suites'}, roots: ['suite']});
	await terminal.waitFor(/3 suites\s*$/m);
	const first = (text: string) => text.split('\n', 3)[2] ?? '';
	assert.match(first(terminal.text()), /multipaxos_smoke/);
	terminal.press('S');
	await terminal.waitFor(text => first(text).includes('unreplicated_smoke'));
	terminal.press('S', 's', 's', 's', 's');
	await terminal.waitFor(text => text.includes('took ↓') && first(text).includes('multipaxos_smoke'));
});

test('What is to be run again is asked, and is the browser\'s answer', async context => {
	workIn(context, path.dirname(references));
	const {terminal, ended} = browser(context, {start: {kind: 'suites'}, roots: ['suite']});
	await terminal.waitFor(/3 suites\s*$/m);
	terminal.press('r');
	await terminal.waitFor('Run this suite?');
	terminal.press('a');
	assert.deepEqual(await ended, {kind: 'again', directories: [fs.realpathSync(multipaxos)]});
});

test('A table is filtered by an expression, sorted, folded, and its columns are chosen', async context => {
	const {terminal} = browser(context, {start: {kind: 'suite', path: unreplicated}, roots: []});
	await terminal.waitFor('start_throughput_1s.p90');
	terminal.press('&', ...'num_client_procs > 1', 'enter');
	await terminal.waitFor('2 rows of 3 benchmarks');
	terminal.press('&', ...' && nonsense');
	await terminal.waitFor('there is no field');
	terminal.press('esc');
	await terminal.waitFor(/(?<!of )3 benchmarks/);
	terminal.press('s', 's');
	await terminal.waitFor(text => text.includes('num_client_procs ↓') && (text.split('\n', 3)[2]!).includes('003'));
	terminal.press('-');
	await terminal.waitFor(text => !text.includes('num_client_procs'));
	terminal.press('C');
	await terminal.waitFor('Columns: 2 of');
	terminal.press('space', 'enter');
	await terminal.waitFor(text => !text.includes('latency.median_ms') && text.includes('start_throughput_1s.p90'));
});

test('Repetitions are one row that enter opens', async context => {
	const copy = copyOf(context, unreplicated);
	const file = path.join(copy, 'results.csv');
	const [header, row] = fs.readFileSync(file, 'utf8').split(/\r?\n/, 2);
	const loose = path.join(path.dirname(copy), 'results.csv');
	fs.writeFileSync(loose, `${header!}\n${row!}\n${row!}\n${row!}\n`);
	const {terminal} = browser(context, {start: {kind: 'suite', path: loose}, roots: []});
	await terminal.waitFor('▸ 3 × 001');
	terminal.press('enter');
	await terminal.waitFor(text => text.includes('▾ 3 × 001') && /^\s+✔ {3}003/m.test(text));
	terminal.press('o');
	await terminal.waitFor(text => !text.includes('×'));
});

test('The cursor of a chart moves the logs of all processes, and a log moves the chart', async context => {
	const root = rootWithFailure(context);
	workIn(context, root);
	const {terminal} = browser(context, {start: {kind: 'benchmark', path: path.join(root, failed), id: '001'}, roots: ['runs']});
	await terminal.waitFor('tick 27 of the server');
	terminal.press('<', '<', '<', '<', '<');
	// Both logs are then where the chart is.
	await terminal.waitFor(shown => {
		const [first, second] = [...shown.matchAll(/─ 09:30:(?<second>1\d)\.000/g)].map(match => match.groups!['second']);
		return first !== undefined && first === second;
	});
	terminal.press('g');
	await terminal.waitFor(shown => shown.includes('+0.00 s') && shown.includes('tick 0 of the server') && shown.includes('tick 0 of the client'));
});

test('Errors are jumped to, streams changed, and a log is zoomed without a border', async context => {
	const root = rootWithFailure(context);
	workIn(context, root);
	const {terminal} = browser(context, {start: {kind: 'benchmark', path: path.join(root, failed), id: '001'}, roots: ['runs']});
	await terminal.waitFor('tick 27 of the server');
	terminal.press('tab', 'g', 'e');
	await terminal.waitFor('09:30:11.000  +11.00 s');
	terminal.press('enter');
	await terminal.waitFor(text => text.includes('the request was refused') && !text.includes('throughput'));
	terminal.press('esc');
	await terminal.waitFor('throughput');
	terminal.press('o');
	await terminal.waitFor('client_0  stderr');
	terminal.press('e');
	await terminal.waitFor('There is no error line after this one.');
});

test('The metrics of a Prometheus are asked for while the view is open, and let go after', async context => {
	let isOpen = false;
	const copy = copyOf(context, monitored);
	fs.mkdirSync(path.join(copy, '001', 'prometheus_data'), {recursive: true});
	const {terminal} = browser(context, {
		start: {kind: 'benchmark', path: copy, id: '001'}, roots: [],
		actions: {
			async serveMetrics() {
				isOpen = true;
				const times = Float64Array.from({length: 40}, (_, index) => new Date('2026-11-23 06:30:50').getTime() + (index * 500));
				return {
					source: {select: metric => (metric === 'x_requests_total' ? [{metric, labels: {}, times, values: times.map((_, index) => index * 100)}] : [])},
					names: () => ['x_requests_total'], watch: () => () => undefined,
					async close() {
						isOpen = false;
					},
				};
			},
		},
	});
	await terminal.waitFor(/throughput \d+\/s mean +prometheus_data/);
	assert.ok(isOpen);
	terminal.press('q');
	await terminal.waitFor(() => !isOpen);
});

test('The start screen resumes what is missing, and shows a plan that enter runs', async context => {
	workIn(context, rootWithFailure(context));
	const options = {
		start: {kind: 'home' as const}, roots: ['runs'], actions: {plan: async (suite: string) => `The plan of ${suite}.`},
		async * runnable() {
			yield [{name: 'unreplicated/smoke', benchmarks: 3, estimateMs: 13_000, hosts: ['localhost']}];
		},
	};
	const one = browser(context, options);
	await one.terminal.waitFor('unreplicated/smoke');
	await one.terminal.waitFor('resume the 2');
	one.terminal.press('r');
	const end = await one.ended;
	assert.equal(end.kind, 'resume');
	const other = browser(context, options);
	await other.terminal.waitFor('unreplicated/smoke');
	await other.terminal.waitFor('resume the 2');
	other.terminal.press('G', 'enter');
	await other.terminal.waitFor('The plan of unreplicated/smoke.');
	other.terminal.press('enter');
	assert.deepEqual(await other.ended, {kind: 'run', suite: 'unreplicated/smoke'});
});

test('A run that does not say how it was started is not offered to be resumed', async context => {
	const root = rootWithFailure(context);
	workIn(context, root);
	const journal = path.join(root, failed, 'events.jsonl');
	fs.writeFileSync(journal, fs.readFileSync(journal, 'utf8').replace(/,"command":\{[^}]*\}/, ''));
	const {terminal} = browser(context, {start: {kind: 'home'}, roots: ['runs']});
	const text = await terminal.waitFor('enter see why');
	assert.doesNotMatch(text, /resume the/);
	terminal.press('r');
	await terminal.waitFor('Nothing in its directory says how it was started');
});

test('A broken directory is shown for what it is, on every screen', async context => {
	const root = temporaryFolder(context);
	const copy = path.join(root, '2026-11-23_06:17:57.682474_IHZHEHZZAL_evil\u{1B}]0;title\u{7}\u{1B}[2J_smoke');
	fs.cpSync(unreplicated, copy, {recursive: true});
	fs.writeFileSync(path.join(copy, 'args.json'), '{"suite": 3');
	fs.rmSync(path.join(copy, 'inputs.txt'));
	fs.mkdirSync(path.join(copy, 'inputs.txt'));
	fs.truncateSync(path.join(copy, 'results.csv'), 700);
	fs.writeFileSync(path.join(copy, '001', 'input.json'), '[]');
	fs.rmSync(path.join(copy, '001', 'server_out.txt'));
	fs.mkdirSync(path.join(copy, '001', 'server_out.txt'));
	fs.writeFileSync(path.join(copy, '001', 'series.csv'), 'label,start\nx');
	fs.writeFileSync(path.join(copy, '001', 'client_0_out.txt'), Buffer.from(Array.from({length: 4096}, (_, index) => index % 256)));
	fs.mkdirSync(path.join(root, 'nothing'));
	fs.writeFileSync(path.join(root, 'results.csv'), 'a');
	const {terminal} = browser(context, {start: {kind: 'suites'}, roots: [root]});
	await terminal.waitFor(/3 suites\s*$/m);
	await terminal.waitFor('no run made it');
	terminal.press('enter');
	await terminal.waitFor('benchmark');
	terminal.press('d', 'd', 'enter');
	await terminal.waitFor('client_0');
	terminal.press('tab', 'o', 'tab', 'w', 'i', 'x', 'c', 'z', 'z', 'e', 'E', '.', 'T', ...'%q', 'enter');
	await terminal.waitFor('holds %q, which is unknown');
	for (const sequence of ['\u{1B}]0;title', '\u{1B}[2J_smoke']) {
		assert.ok(!terminal.written.includes(sequence));
	}

	terminal.press('q', 'q', 'j', 'enter');
	await terminal.waitFor(/no run|holds no table|has nothing of a run/);
});

test('A root that is not there says so', async context => {
	const {terminal} = browser(context, {start: {kind: 'suites'}, roots: ['/nowhere/at/all']});
	await terminal.waitFor('Cannot list /nowhere/at/all');
});

test('A new size redraws every screen, and a tiny terminal gets a word', async context => {
	const root = rootWithFailure(context);
	workIn(context, root);
	const {terminal} = browser(context, {start: {kind: 'benchmark', path: path.join(root, failed), id: '001'}, roots: ['runs']});
	await terminal.waitFor('tick 27 of the server');
	terminal.resize(60, 15);
	await terminal.waitFor(text => text.split('\n').length === 15 && text.includes('server'));
	terminal.resize(40, 10);
	await terminal.waitFor('benchdeck needs');
	terminal.resize(160, 45);
	await terminal.waitFor('series.csv: recorder');
});
