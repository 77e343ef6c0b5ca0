import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {isDeepStrictEqual} from 'node:util';
import {BenchError} from '../../../source/core/errors.ts';
import {browser, rootWithFailure, workIn} from '../../helpers/browser.ts';
import {temporaryFolder} from '../../helpers/command.ts';
import {resultsFixtures} from '../../helpers/golden.ts';
import {copyOf, monitored, multipaxos, references, unreplicated} from '../../helpers/suite-directories.ts';
import {until} from '../../helpers/until.ts';

const failed = 'runs/2026-11-23_09:30:00.000000_HAOSRTGXOI_tiny_smoke';

test('Suites are searched, filtered, marked and compared by keys', async context => {
	workIn(context, path.dirname(references));
	const {terminal} = browser(context, {
		start: {kind: 'suites'}, roots: ['suite'],
		actions: {compare: async (baseline, contenders) => `comparing\n${[baseline, ...contenders].map(({name}) => name).join('\n')}`},
	});
	await terminal.waitFor(/3 suites\s*$/m);
	terminal.press('=');
	await terminal.waitFor('Mark two suites or more');
	terminal.press('/', ...'XUZH', 'enter', 'space');
	await terminal.waitFor('1 marked');
	terminal.press('g', 'space', '=');
	const text = await terminal.waitFor('comparing');
	assert.match(text, /comparing\n.*_XUZHZZDPBI_unreplicated_prom\n.*_VVMGNFMUTO_multipaxos_smoke/);
	assert.match(text, /b baseline XUZHZZDPBI/);
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

test('A comparison is told on the screen what to match on and what has another name, and the first run that is marked is its baseline until b says another', async context => {
	workIn(context, resultsFixtures);
	const asked: unknown[] = [];
	const {terminal} = browser(context, {
		start: {kind: 'suites'}, roots: ['.'],
		actions: {async compare(baseline, contenders, {on = [], renamings = [], metrics = [], where = []}) {
			asked.push([baseline.label, contenders.map(({label}) => label), on, renamings.map(({from, to}) => `${from}=${to}`), metrics, where]);
			if (on.includes('nope')) {
				throw new BenchError('usage', 'There is no field "nope".');
			}

			return `${asked.length} compared`;
		}},
	});
	await terminal.waitFor(/3 suites\s*$/m);
	terminal.press('j', 'space', 'j', 'space', '=');
	await terminal.waitFor('1 compared');
	terminal.press('o', ...'num_client_p');
	await terminal.waitFor(/match on num_client_p +num_client_procs/);
	terminal.press('tab', 'enter');
	await terminal.waitFor('o match on num_client_procs');
	terminal.press('b');
	await terminal.waitFor('b baseline compartmentalized');
	terminal.press('m', ...'read_output.=', 'enter', 'M', ...'latency.*, x', 'enter', '&', ...'f == 1; coupled: f > 2', 'enter');
	await terminal.waitFor(/M figures latency\.\*, x\s+& rows f == 1; coupled: f > 2/);
	const last = ['compartmentalized', ['coupled'], ['num_client_procs'], ['read_output.='], ['latency.*', 'x'], ['f == 1', 'coupled: f > 2']];
	await until(() => `asked as it is shown: ${JSON.stringify(asked.at(-1))}`, () => isDeepStrictEqual(asked.at(-1), last));
	assert.deepEqual(asked[0], ['coupled', ['compartmentalized'], [], [], [], []]);
	terminal.press('o');
	await terminal.waitFor(/^ match on num_client_procs/m);
	// A control key in one piece with others would be no key.
	terminal.press('ctrl-u');
	await terminal.waitFor(/^ match on +$/m);
	terminal.press(...'nope', 'enter');
	await terminal.waitFor('There is no field "nope".');
	terminal.press('m', ...'=', 'enter');
	await terminal.waitFor('--map takes OLD=NEW');
});

test('A plot is told on the screen what to draw, and is written as it is shown', async context => {
	workIn(context, resultsFixtures);
	const written: unknown[] = [];
	const {terminal} = browser(context, {
		start: {kind: 'suites'}, roots: ['.'],
		actions: {async writeFigure({series}, spec) {
			written.push([series.map(({name}) => name), spec]);
			return ['fig.svg', 'fig.csv', 'fig.json'];
		}},
	});
	await terminal.waitFor(/3 suites\s*$/m);
	terminal.press('j', 'space', 'j', 'space', 'P');
	await terminal.waitFor('knee');
	terminal.press('x', ...'throughput_1s.m');
	await terminal.waitFor('start_throughput_1s.mean');
	terminal.press('ctrl-u');
	await terminal.waitFor(/^ x +$/m);
	terminal.press(...'start_throughput_1s.mean', 'enter', 'y', ...'latency.p99_ms', 'enter', 'b', ...'num_acceptors_per_group', 'enter');
	terminal.press('c', ...'coupled=MultiPaxos', 'enter', '&', ...'num_clients <= 500', 'enter', 'l');
	await terminal.waitFor(
		shown =>
			shown.includes('l log y')
			&& shown.includes('p99 latency (ms) (log)')
			&& shown.includes('A MultiPaxos')
			&& shown.includes('B compartmentalized, num_acceptors_per_group 2'),
	);
	terminal.press('w');
	await terminal.waitFor('.svg fig.pdf');
	terminal.press('ctrl-u');
	await terminal.waitFor(/\.svg +$/m);
	terminal.press(...'fig.svg', 'enter');
	await terminal.waitFor('Wrote fig.svg, fig.csv, fig.json.');
	assert.deepEqual(written, [
		[
			['MultiPaxos', 'compartmentalized, num_acceptors_per_group 2', 'compartmentalized, num_acceptors_per_group 3'],
			{
				kind: 'lt',
				runs: ['coupled', 'compartmentalized'].map(name => path.join(resultsFixtures, `${name}.csv`)),
				x: 'start_throughput_1s.mean',
				y: 'latency.p99_ms',
				groupBy: ['num_acceptors_per_group'],
				where: ['num_clients <= 500'],
				labels: {coupled: 'MultiPaxos'},
				logX: false,
				logY: true,
				width: '3.3in',
				output: 'fig.svg',
			},
		],
	]);
	terminal.press('tab');
	await terminal.waitFor('None of the benchmarks has a series.csv');
	terminal.press('w', 'enter');
	await terminal.waitFor('There is nothing to write.');
});

test('Plots of a rehearsal say on the screen that its figures are those of stand-ins', async context => {
	const copy = copyOf(context, unreplicated);
	const args = path.join(copy, 'args.json');
	fs.writeFileSync(args, JSON.stringify({...JSON.parse(fs.readFileSync(args, 'utf8')) as object, engine: 'rehearsal'}));
	const {terminal} = browser(context, {start: {kind: 'suite', path: copy}, roots: []});
	await terminal.waitFor('start_throughput_1s.p90');
	// Before the suite, where no narrow screen cuts it off.
	await terminal.waitFor(/^ benchdeck {2}rehearsal unreplicated/);
	terminal.press('P');
	await terminal.waitFor('IHZHEHZZAL is a rehearsal: stand-ins, whose figures say nothing about the protocol.');
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

test('What is marked is run again together, in the order of marking', async context => {
	workIn(context, path.dirname(references));
	const {terminal, ended} = browser(context, {start: {kind: 'suites'}, roots: ['suite']});
	await terminal.waitFor(/3 suites\s*$/m);
	terminal.press('G', 'space', 'g', 'space', 'r');
	const text = await terminal.waitFor('Run these 2 suites, one after another?');
	assert.ok(text.indexOf('unreplicated_smoke') < text.indexOf('multipaxos_smoke'));
	terminal.press('m');
	assert.deepEqual(await ended, {kind: 'resume', directories: [fs.realpathSync(unreplicated), fs.realpathSync(multipaxos)]});
});

test('Matches are gone to and come back from, in lists and tables', async context => {
	workIn(context, path.dirname(references));
	const {terminal} = browser(context, {start: {kind: 'suites'}, roots: ['suite']});
	await terminal.waitFor(/3 suites\s*$/m);
	terminal.press('/', ...'unreplicated', 'enter', 'enter');
	await terminal.waitFor('unreplicated_prom  XUZH');
	terminal.press('q', 'n', 'enter');
	await terminal.waitFor(/benchdeck +unreplicated_smoke +\w+ +finished/);
	terminal.press('/', ...'003', 'enter');
	await terminal.waitFor('3/3');
	terminal.press('g', 'N');
	await terminal.waitFor('3/3');
	terminal.press('q', 'N', 'enter');
	await terminal.waitFor('unreplicated_prom  XUZH');
});

test('What is marked is plotted', async context => {
	workIn(context, path.dirname(references));
	const {terminal} = browser(context, {start: {kind: 'suites'}, roots: ['suite']});
	await terminal.waitFor(/3 suites\s*$/m);
	terminal.press('G', 'space', 'P');
	await terminal.waitFor('latency against throughput');
	await terminal.waitFor(/[\u{2801}-\u{28FF}]/u);
	terminal.press('q');
	await terminal.waitFor('1 marked');
});

test('The palette finds every command and place of a screen by name', async context => {
	workIn(context, path.dirname(references));
	const {terminal, ended} = browser(context, {start: {kind: 'suites'}, roots: ['suite']});
	await terminal.waitFor(/3 suites\s*$/m);
	terminal.press(':', ...'other way');
	await terminal.waitFor(text => /reverse +the other way around/.test(text) && text.includes('1 of everything'));
	terminal.press('enter');
	await terminal.waitFor('started ↑');
	terminal.press(':', ...'xuzh', 'enter');
	await terminal.waitFor('unreplicated_prom  XUZH');
	terminal.press(':', ...'this benchmark', 'enter');
	await terminal.waitFor('server  stdout');
	terminal.press(':', ...'log.txt');
	await terminal.waitFor(/log\.txt +this file/);
	terminal.press('enter');
	await terminal.waitFor('▌ log.txt');
	terminal.press(':', ...'nothing has such a name');
	await terminal.waitFor('Nothing has that in its name');
	terminal.press('esc');
	await terminal.waitFor(text => !text.includes('Nothing has that'));
	terminal.press(':', ...'quit, from', 'enter', 'q', 'q', 'q');
	assert.deepEqual(await ended, {kind: 'quit'});
});

test('A suite that is new in a root appears, and one that is gone goes', async context => {
	const copy = copyOf(context, unreplicated);
	const root = path.dirname(copy);
	const {terminal} = browser(context, {start: {kind: 'suites'}, roots: [root]});
	await terminal.waitFor(/ 1 suite\s*$/m);
	const other = path.join(root, path.basename(multipaxos));
	fs.cpSync(multipaxos, other, {recursive: true});
	await terminal.waitFor(text => / 2 suites *$/m.test(text) && text.includes('multipaxos_smoke'));
	fs.rmSync(other, {recursive: true});
	await terminal.waitFor(/ 1 suite\s*$/m);
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

test('The times of a benchmark\'s logs are left out where panes are narrow, t turns that round, and files are shown as they are', async context => {
	const root = rootWithFailure(context);
	workIn(context, root);
	fs.writeFileSync(path.join(root, failed, '001', 'log.txt'), '[Monday November 23, 09:30:00.000000] Servers started.\n');
	const {terminal} = browser(context, {start: {kind: 'benchmark', path: path.join(root, failed), id: '001'}, roots: ['runs']});
	const narrow = await terminal.waitFor(/ INFO tick 27 of the server/);
	assert.doesNotMatch(narrow, /T09:30/);
	terminal.press('t');
	await terminal.waitFor(text => text.includes('2026-11-23T09:30:27.000Z INFO tick 27 of the server') && /2026-11-23T09:30:\d\d\.000Z INFO tick \d+ of the client/.test(text));
	terminal.press('t');
	await terminal.waitFor(text => text.includes(' INFO tick 27 of the server') && !text.includes('T09:30'));
	// A log alone is as wide as the screen.
	terminal.press('z');
	await terminal.waitFor(text => text.includes('tick 27 of the server') && !text.includes('throughput'));
	assert.doesNotMatch(terminal.text(), /T09:30/);
	terminal.press('t', 'z');
	await terminal.waitFor(text => text.includes('2026-11-23T09:30:27.000Z INFO tick 27 of the server') && text.includes('throughput'));
	terminal.press('t', 'tab', 'tab');
	await terminal.waitFor('[Monday November 23, 09:30:00.000000] Servers started.');
	terminal.press('?');
	assert.doesNotMatch(await terminal.waitFor('next process or file'), /own times/);
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
	await terminal.waitFor(/throughput mean {2}● \d+\/s +prometheus_data/);
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
	await terminal.waitFor(text => text.split('\n').length === 15 && text.includes('server') && text.includes('? all keys'));
	terminal.resize(40, 10);
	await terminal.waitFor('benchdeck needs');
	terminal.resize(160, 45);
	await terminal.waitFor('series.csv: recorder');
});
