import assert from 'node:assert/strict';
import {test} from 'node:test';
import {stripVTControlCharacters} from 'node:util';
import {renderToString} from 'ink';
import {recordedLive} from '../../../source/core/recorded-live.ts';
import {RunStore} from '../../../source/store/run-store.ts';
import {ConsoleFrame, type ConsoleView} from '../../../source/tui/console/console-frame.tsx';
import {LiveCharts} from '../../../source/tui/console/live-charts.ts';
import {type LogName} from '../../../source/tui/console/log-shelf.ts';
import {type LogSnapshot} from '../../../source/tui/console/log-snapshot.ts';
import {LogView} from '../../../source/tui/console/log-view.ts';
import {type ConsoleModel, firstModel} from '../../../source/tui/console/model.ts';
import {type LogReader} from '../../../source/tui/console/proc-pane.tsx';
import {viewOf} from '../../../source/tui/console/console-view.ts';
import {asciiGlyphs, unicodeGlyphs} from '../../../source/tui/glyphs.ts';
import {LookProvider} from '../../../source/tui/look.ts';
import {createTheme} from '../../../source/tui/theme.ts';
import {FakeRun} from '../../helpers/fake-run.ts';
import {matchesGolden} from '../../helpers/golden.ts';
import {crashScene, finishedScene, fleetScene, measuringScene} from '../../helpers/scenes.ts';

type Moment = {readonly run: FakeRun; readonly model?: Partial<ConsoleModel>; readonly columns: number; readonly rows: number; readonly glyphs?: typeof unicodeGlyphs};

// A frame as it is once everything that it shows has been read.
async function frame({run, model = {}, columns, rows, glyphs = unicodeGlyphs}: Moment): Promise<string> {
	const whole: ConsoleModel = {...firstModel, ...model};
	const store = new RunStore({follow: onEvents => run.sources.follow(onEvents)});
	const state = store.state();
	store.close();
	const charts = new LiveCharts(run.sources, () => run.now, 0);
	const plain = viewOf({state, model: whole, charts: [], now: run.now, columns, rows, glyphs, powers: {}});
	const {benchmark} = plain;
	if (benchmark?.startedAt !== undefined) {
		const computed = new Promise<void>(resolve => {
			charts.subscribe(resolve);
		});
		charts.show({id: benchmark.id, startedAt: benchmark.startedAt, endedAt: benchmark.endedAt, clients: []}, {
			specs: state.live, metrics: [], recordedSpecs: recordedLive, split: whole.isSplit ? Object.keys(state.live)[whole.chart] : undefined,
			unscraped: state.scraping?.isOn === false ? state.scraping.reason : undefined,
		});
		await computed;
	}

	const view: ConsoleView = viewOf({state, model: whole, charts: charts.charts(), now: run.now, columns, rows, glyphs, powers: {}});
	charts.close();
	const snapshots = new Map<string, LogSnapshot>();
	for (const proc of view.procs) {
		for (const stream of ['out', 'err'] as const) {
			snapshots.set(`${proc.label}/${stream}`, await snapshotOf(run, {benchmark: benchmark!.id, label: proc.label, stream}, rows));
		}
	}

	const logs: LogReader = {subscribe: () => () => undefined, snapshot: ({label, stream}) => snapshots.get(`${label}/${stream}`)!};
	const element = <LookProvider value={{theme: createTheme('plain', 0), glyphs}}><ConsoleFrame view={view} logs={logs}/></LookProvider>;
	return stripVTControlCharacters(renderToString(element, {columns}));
}

async function snapshotOf(run: FakeRun, {benchmark, label, stream}: LogName, height: number): Promise<LogSnapshot> {
	const drawn = Promise.withResolvers<void>();
	const log = run.log(benchmark, label, stream);
	const size = await log.size();
	const view = new LogView(log, () => {
		if (view.snapshot().size === size) {
			drawn.resolve();
		}
	});
	view.setHeight(height);
	await drawn.promise;
	await view.settled();
	view.close();
	return view.snapshot();
}

const sizes = [[80, 24], [120, 40], [200, 50]] as const;
const scenes: ReadonlyArray<readonly [string, () => FakeRun, Partial<ConsoleModel>]> = [
	['measuring', measuringScene, {}],
	['crash', crashScene, {benchmark: 2}],
	['finished', finishedScene, {}],
	['fleet-30', () => fleetScene(30), {}],
	['fleet-100', () => fleetScene(100), {}],
	['list', () => fleetScene(30), {arrangement: 'list'}],
	['map', () => fleetScene(100), {arrangement: 'map'}],
	['charts', measuringScene, {screen: {kind: 'charts'}}],
	['charts-split', measuringScene, {screen: {kind: 'charts'}, isSplit: true, chart: 0}],
	['zoomed', measuringScene, {screen: {kind: 'zoomed'}, label: 'client_0'}],
];

for (const [name, scene, model] of scenes) {
	for (const [columns, rows] of sizes) {
		test(`the console shows ${name} at ${columns}×${rows}`, async () => {
			const text = await frame({run: scene(), model, columns, rows});
			const lines = text.split('\n');
			assert.equal(lines.length, rows);
			matchesGolden(`console/${name}-${columns}x${rows}.txt`, `${lines.map(line => line.trimEnd()).join('\n')}\n`);
		});
	}
}

test('without Unicode nothing but ASCII is drawn', async () => {
	for (const [, scene, model] of scenes) {
		const text = await frame({run: scene(), model, columns: 100, rows: 30, glyphs: asciiGlyphs});
		assert.match(text, /^[\n\u{20}-\u{7E}]*$/u);
	}
});

test('a chart without data says why, and what to do', async () => {
	const run = new FakeRun({scraping: {isOn: false, reason: 'The JAR exports no metrics without -m or --scrape.'}});
	run.start(1, ['server', 'client_0']);
	run.now += 1000;
	const text = await frame({run, columns: 80, rows: 24});
	assert.match(text, /throughput +The JAR exports no metrics without -m or --scrape\./);
});

test('the smallest usable terminal shows header, a pane and keys', async () => {
	const text = await frame({run: measuringScene(), columns: 60, rows: 15});
	const lines = text.split('\n');
	assert.equal(lines.length, 15);
	assert.match(lines[0]!, /1\/3.*measuring 1 s of 2 s/);
	assert.match(text, /server/);
	assert.match(lines[14]!, /\? all keys\s+q quit/);
});

test('a run whose runner is silent says so, its clocks stand still, and no process of it seems to run', async () => {
	const run = measuringScene();
	const told = run.now;
	run.now = told + 60_000;
	const first = await frame({run, columns: 120, rows: 40});
	assert.match(first, /no sign of the runner for 1:0\d/);
	assert.match(first, /server .*end unknown \?/);
	assert.doesNotMatch(first, /●|▶/);
	run.now = told + 600_000;
	const later = await frame({run, columns: 120, rows: 40});
	const withoutSilence = (text: string) => text.replace(/no sign of the runner for \S+/, '').replaceAll(/ +/g, ' ').replaceAll(/[─█▉▊▋▌▍▎▏]+/g, '');
	assert.equal(withoutSilence(later), withoutSilence(first));
});

test('a long name gives way to the progress bar, and a rehearsal is told from a measurement in any width', async () => {
	for (const columns of [70, 80, 99]) {
		const run = new FakeRun({name: 'compartmentalized_multipaxos_throughput_vs_replicas'});
		run.start(1, ['server']);
		run.emit({type: 'phase-entered', index: 1, phase: 'measuring', expectedMs: 2000});
		const [head = ''] = (await frame({run, columns, rows: 24})).split('\n', 1);
		assert.match(head, /^ compart\S*… +[─█▉▊▋▌▍▎▏]{6}.* 0\/3 +measuring/);
	}
});

test('the smallest header has the rehearsal, how many are done, the phase and what is left', async () => {
	const run = new FakeRun({name: 'mencius_smoke', engine: 'rehearsal'});
	run.start(1, ['server']);
	run.emit({type: 'phase-entered', index: 1, phase: 'measuring', expectedMs: 15_000});
	run.now += 11_000;
	const [head = ''] = (await frame({run, columns: 60, rows: 15})).split('\n', 1);
	assert.match(head, /^ \S+… \(rehearsal\) +0\/3 +measuring 11 s of 15 s +\d:\d\d left *$/);
});

test('a narrow pane shortens a label before its number, and still says how the process stands', async () => {
	const run = new FakeRun({inputs: [{f: 1}]});
	run.start(1, ['a_server_with_a_rather_long_role_name_that_goes_on_and_on_0', 'a_server_with_a_rather_long_role_name_that_goes_on_and_on_1', 'client_0']);
	for (const model of [{}, {arrangement: 'list'}] as const) {
		const text = await frame({run, model, columns: model.arrangement === 'list' ? 90 : 62, rows: 24});
		const stands = model.arrangement === 'list' ? /● a_serv\S*…_(\d) +0:00/g : /a_serv\S*…_(\d) {2}0:00 ●/g;
		assert.deepEqual([...text.matchAll(stands)].map(([, number]) => number).slice(0, 2), ['0', '1']);
	}
});

test('a long analysis says how far it is', async () => {
	const run = measuringScene();
	run.emit({type: 'phase-entered', index: 2, phase: 'analysing'}, {type: 'analysis-progressed', index: 2, bytes: 195_000_000, totalBytes: 314_000_000});
	const lines = (await frame({run, columns: 120, rows: 40})).split('\n');
	assert.match(lines[0]!, /002 analysing 62 %/);
	assert.ok(lines.slice(1).some(line => line.includes('analysing 62 %')), 'the list too');
});
