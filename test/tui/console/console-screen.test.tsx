import assert from 'node:assert/strict';
import {test, type TestContext} from 'node:test';
import {type RunActions} from '../../../source/core/console.ts';
import {firstModel} from '../../../source/tui/console/model.ts';
import {showsTimes} from '../../../source/tui/text/own-times.ts';
import {type ConsoleEnd, openConsole} from '../../../source/tui/open-console.ts';
import {type FakeRun} from '../../helpers/fake-run.ts';
import {FakeTerminal} from '../../helpers/fake-terminal.ts';
import {crashScene, finishedScene, fleetScene, measuringScene} from '../../helpers/scenes.ts';

type Opening = {
	readonly run?: FakeRun;
	readonly role?: 'started' | 'attached';
	readonly actions?: RunActions;
	readonly columns?: number;
	readonly rows?: number;
	readonly env?: Readonly<Record<string, string>>;
	readonly screenReader?: boolean;
};

// A console on a terminal, closed with the test whatever happens.
function opened(
	t: TestContext,
	{run = measuringScene(), role = 'started', actions = {}, columns = 120, rows = 40, env = {}, screenReader}: Opening = {},
): {readonly run: FakeRun; readonly terminal: FakeTerminal; readonly ended: Promise<ConsoleEnd>} {
	const terminal = new FakeTerminal(columns, rows);
	const ended = openConsole({
		sources: run.sources,
		actions,
		role,
		comeBack: 'benchdeck attach HAOS',
		clock: () => run.now,
		powerless: 'its runner is on another machine',
		stdin: terminal.stdin,
		stdout: terminal.stdout,
		env: {LANG: 'C.UTF-8', TERM: 'xterm-256color', ...env},
		signals: false,
		screenReader,
	});
	t.after(async () => {
		terminal.stdin.emit('end');
		await ended.catch(() => undefined);
		terminal.dispose();
	});
	return {run, terminal, ended};
}

// The same, once the first process is on it.
async function shown(t: TestContext, opening?: Opening): Promise<ReturnType<typeof opened>> {
	const console = opened(t, opening);
	await console.terminal.waitFor('▌1 server');
	return console;
}

test('what a process writes appears, and control sequences in it never reach the terminal', async t => {
	const {run, terminal} = opened(t);
	await terminal.waitFor('Server listening.');
	run.log('002', 'server', 'out').append('\u{1B}[2J\u{1B}]0;title\u{7}\u{1B}[31mred\u{1B}[0m and\tplain \u{1B}[10;10H漢字\r\n 10%\r 55%\r100% done\n');
	await terminal.waitFor(/red and plain 漢字/);
	await terminal.waitFor('100% done');
	assert.doesNotMatch(terminal.text(), /55%/);
	for (const sequence of ['\u{1B}]0;', '\u{1B}[10;10H']) {
		assert.ok(!terminal.written.includes(sequence));
	}
});

test('tab and digits choose a process, enter zooms without a border, escape comes back', async t => {
	const {terminal} = await shown(t);
	terminal.press('tab');
	await terminal.waitFor('▌2 client_0');
	terminal.press('3');
	await terminal.waitFor('▌3 client_1');
	terminal.press('enter');
	await terminal.waitFor(text => text.includes('client_1') && !text.includes('Server listening') && !text.includes('│'));
	terminal.press('esc');
	await terminal.waitFor('▌3 client_1');
});

test('scrolling up pauses and says so, G follows again', async t => {
	const {run, terminal} = opened(t);
	const log = run.log('002', 'server', 'out');
	log.append(Array.from({length: 500}, (_, place) => `line ${place}\n`).join(''));
	await terminal.waitFor('line 499');
	terminal.press('ctrl-u');
	await terminal.waitFor('paused');
	log.append('line 500\n');
	await terminal.waitFor('below, G follows');
	assert.doesNotMatch(terminal.text(), /line 500/);
	terminal.press('g');
	await terminal.waitFor('Server listening.');
	terminal.press('G');
	await terminal.waitFor(text => text.includes('line 500') && !text.includes('paused'));
});

test('a search says which of how many, a filter keeps the lines around, errors are found', async t => {
	const {run, terminal} = opened(t);
	run.log('002', 'server', 'out').append(Array.from({length: 300}, (_, place) => `line ${place}${place % 10 === 0 ? ' needle' : ''}${place === 77 ? ' ERROR: disk' : ''}\n`).join(''));
	await terminal.waitFor('line 299');
	terminal.press('/', ...'needle', 'enter');
	await terminal.waitFor('30 of 30');
	terminal.press('N');
	await terminal.waitFor('29 of 30');
	terminal.press('n');
	await terminal.waitFor('30 of 30');
	// An escape and a letter in one piece would be a key of its own (alt).
	terminal.press('esc');
	await terminal.waitFor(text => !text.includes('of 30'));
	terminal.press('e');
	await terminal.waitFor('No error line from here on.');
	terminal.press('E');
	await terminal.waitFor('ERROR: disk');
	terminal.press('&', ...'ERROR +1', 'enter');
	await terminal.waitFor(text => text.includes('&ERROR +1') && text.includes('line 76') && text.includes('line 78') && !text.includes('line 70'));
	terminal.press('&', 'enter');
	await terminal.waitFor(text => !text.includes('&ERROR'));
});

test('a narrow pane leaves the lines\' own times out for what they say, a wide one shows them, and t turns it round', async t => {
	const {run, terminal} = opened(t);
	run.log('002', 'server', 'out').append('[Nov 25 02:03:31.163000000] [INFO] [Thread 1] A client connected\n');
	const hidden = await terminal.waitFor('[INFO] [Thread 1] A client');
	assert.doesNotMatch(hidden, /02:03:31/);
	terminal.press('t');
	await terminal.waitFor('[Nov 25 02:03:31');
	terminal.press('t');
	await terminal.waitFor(text => !text.includes('02:03:31'));
	assert.deepEqual([showsTimes(firstModel, 89), showsTimes(firstModel, 90), showsTimes({...firstModel, hasTimes: false}, 90)], [false, true, false]);
});

test('a process that died goes first, with its code and its stderr', async t => {
	const {run, terminal} = await shown(t);
	run.log('002', 'client_1', 'err').append('Out of file descriptors\n');
	run.emit({type: 'proc-exited', index: 2, label: 'client_1', returnCode: 3, ended: false});
	const text = await terminal.waitFor(/1 client_1 {2}exit 3 ✘[\s\S]*stderr[\s\S]*Out of file descriptors/);
	assert.ok(text.indexOf('client_1') < text.indexOf('2 server'));
});

test('copies go through OSC 52, and the footer says what', async t => {
	const {run, terminal} = await shown(t);
	run.file('002', 'server_cmd.txt').append('java -jar server.jar\n');
	terminal.press('y', 'c');
	await terminal.waitFor('The command of server copied through OSC 52.');
	assert.ok(terminal.written.includes(`\u{1B}]52;c;${Buffer.from('java -jar server.jar').toString('base64')}\u{7}`));
	terminal.press('y', 'p');
	await terminal.waitFor('The path of server_out.txt copied');
	terminal.press('y', 't');
	await terminal.waitFor('3 lines of server\'s stdout copied');
});

test('charts open at full size, and the palette charts any metric', async t => {
	const {run, terminal} = opened(t);
	await terminal.waitFor(/throughput +16\.1k\/s/);
	terminal.press('c');
	await terminal.waitFor(/per second[\s\S]*10\.0k ┤[\s\S]*measuring/);
	run.store.add('process_cpu_seconds_total', {instance: '127.0.0.1:10001'}, run.now - 1000, 1);
	run.store.add('process_cpu_seconds_total', {instance: '127.0.0.1:10001'}, run.now - 500, 1.4);
	terminal.press(':', ...'cpu');
	await terminal.waitFor('process_cpu_seconds_total');
	terminal.press('enter');
	await terminal.waitFor(/process_cpu_seconds_total {2}per second/);
	terminal.press('c');
	await terminal.waitFor('▌1 server');
});

test('q asks while the run goes on; detaching says how to come back', async t => {
	const {terminal, ended} = await shown(t, {actions: {async stop() {/* Never asked for here. */}}});
	terminal.press('q');
	await terminal.waitFor('The run goes on. Leave it?');
	terminal.press('esc');
	await terminal.waitFor('▌1 server');
	terminal.press('q');
	await terminal.waitFor('Leave it?');
	terminal.press('d');
	assert.deepEqual(await ended, {kind: 'detached'});
	await terminal.waitFor('Detached; the run goes on. To come back: benchdeck attach HAOS');
	assert.ok(!terminal.isAlternate());
	assert.match(terminal.text(), /Running suite in [\s\S]*\[001\/003; 33\.33%\]/);
});

test('ctrl-c twice stops in order and leaves when the run has ended', async t => {
	let stops = 0;
	const {run, terminal, ended} = await shown(t, {actions: {async stop() {
		stops++;
	}}});
	terminal.press('ctrl-c');
	await terminal.waitFor('Leave it?');
	terminal.press('ctrl-c');
	await terminal.waitFor('being stopped in order');
	assert.equal(stops, 1);
	run.emit({type: 'suite-finished', outcome: 'interrupted', finished: 1, failed: 0});
	assert.deepEqual(await ended, {kind: 'stopped'});
});

test('ctrl-c in an attached console detaches', async t => {
	const {terminal, ended} = await shown(t, {role: 'attached'});
	terminal.press('ctrl-c');
	assert.deepEqual(await ended, {kind: 'detached'});
});

test('skip and stop ask first, and a console without power says why', async t => {
	let skips = 0;
	const {terminal} = await shown(t, {actions: {async skip() {
		skips++;
	}}});
	terminal.press('X');
	await terminal.waitFor('its runner is on another machine');
	terminal.press('S');
	await terminal.waitFor('Skip benchmark 002?');
	assert.equal(skips, 0);
	terminal.press('y');
	await terminal.waitFor('being skipped');
	assert.equal(skips, 1);
});

test('a question on a small terminal is readable to its end, and the footer names no other keys meanwhile', async t => {
	const {terminal} = await shown(t, {columns: 80, rows: 24, actions: {async stop() {
		assert.fail('Nobody has answered.');
	}}});
	terminal.press('X');
	const screen = await terminal.waitFor('y stop it');
	assert.match(screen.replaceAll(/[\s│]+/g, ' '), /what has finished is kept, and resume can take it up again\./);
	assert.doesNotMatch(screen, /tab next/);
});

test('a runner that gives no sign of life is said to be gone', async t => {
	const {run, terminal} = await shown(t);
	run.now += 30_000;
	await terminal.waitFor('no sign of the runner for 0:31');
	await terminal.waitFor('killed, or its machine is down');
});

test('after the run the results stay, the failed process is a key away, and benchmarks can be walked', async t => {
	const {terminal, ended} = opened(t, {run: crashScene()});
	await terminal.waitFor(/f failed process/);
	terminal.press('[');
	await terminal.waitFor(/002: server on 127\.0\.0\.1 ended with exit code 1/);
	terminal.press('f');
	await terminal.waitFor(text => text.includes('BindException') && !text.includes('2 client_0'));
	terminal.press('q', 'q');
	assert.deepEqual(await ended, {kind: 'quit'});
	await terminal.waitFor('1 of 3 benchmarks failed.');
});

test('on a finished run the cursor moves through time', async t => {
	const {terminal} = opened(t, {run: finishedScene()});
	await terminal.waitFor('finished');
	terminal.press('[');
	await terminal.waitFor(/▌✔ 2/);
	terminal.press(...Array.from({length: 20}, () => ','));
	await terminal.waitFor(/002 at 0:02 measuring/);
	terminal.press(...Array.from({length: 30}, () => '.'));
	await terminal.waitFor(text => !text.includes('002 at'));
});

test('escape leaves a chosen time, and all logs follow their ends again', async t => {
	const {run, terminal} = await shown(t);
	const started = run.now - 3000;
	for (const label of ['server', 'client_0'] as const) {
		run.log('002', label, 'out').append(Array.from({length: 200}, (_, line) => `${new Date(started + line * 10).toISOString()} ${label} line ${line}\n`).join(''));
	}

	await terminal.waitFor(/server line 199/);
	terminal.press(...Array.from({length: 40}, () => ','));
	await terminal.waitFor(text => text.split('paused').length > 2);
	terminal.press('esc');
	await terminal.waitFor(text => !text.includes('paused') && !text.includes('002 at'));
});

test('a map of the fleet stands above the panes when not all find room, and every arrangement shows the chosen process', async t => {
	const {terminal} = opened(t, {run: fleetScene(100)});
	await terminal.waitFor(/acceptor 10\.0\.0\.1 ●+/);
	terminal.press('a');
	await terminal.waitFor(text => text.includes('▌1 acceptor_0') && !text.includes('2 acceptor_1'));
	terminal.press('a');
	await terminal.waitFor(/● acceptor_1 /);
	terminal.press('tab');
	await terminal.waitFor('▌2 acceptor_1');
});

test('a small terminal is told so, and a larger one shows the console again', async t => {
	const {terminal} = await shown(t);
	terminal.resize(50, 12);
	await terminal.waitFor('benchdeck needs 60×15.');
	terminal.resize(60, 15);
	await terminal.waitFor('▌1 server');
	terminal.resize(200, 50);
	await terminal.waitFor('pid 19344');
	assert.equal(terminal.rows().filter(row => row.includes('unreplicated_smoke')).length, 1);
});

test('a question of the runner is answered without showing what is typed', async t => {
	const answers: string[] = [];
	const {run, terminal} = await shown(t, {actions: {async answer(question, text) {
		answers.push(`${question}=${text}`);
		run.emit({type: 'question-answered', question});
	}}});
	run.emit({type: 'question-asked', question: 'key-1', text: 'Passphrase for /home/me/.ssh/id_ed25519', isHidden: true});
	await terminal.waitFor('Passphrase for');
	terminal.press(...'secret');
	await terminal.waitFor('******');
	assert.doesNotMatch(terminal.text(), /secret/);
	terminal.press('enter');
	await terminal.waitFor(text => !text.includes('Passphrase for'));
	assert.deepEqual(answers, ['key-1=secret']);
});

test('NO_COLOR leaves no colour, and a screen reader gets sentences', async t => {
	const plain = opened(t, {env: {NO_COLOR: '1'}});
	await plain.terminal.waitFor('▌1 server');
	const colors = plain.terminal.written.split('\u{1B}[').filter(part => /^(?:\d+;)*(?:3[0-8]|4[0-8]|9\d)(?:;\d+)*m/.test(part));
	assert.deepEqual(colors, []);
	const spoken = opened(t, {screenReader: true});
	await spoken.terminal.waitFor('Suite unreplicated_smoke is running: 1 of 3 benchmarks finished.');
	await spoken.terminal.waitFor('Benchmark 002 is measuring.');
	assert.ok(!spoken.terminal.isAlternate());
});

test('the help names every key that works, and scrolls', async t => {
	const {terminal} = await shown(t, {columns: 80, rows: 24});
	terminal.press('?');
	await terminal.waitFor('next process');
	terminal.press('G');
	await terminal.waitFor('suspend benchdeck');
	terminal.press('q');
	await terminal.waitFor('▌1 server');
});

test('help and palette name no key that would do nothing, processes on one line, and say that there is more', async t => {
	const {terminal} = await shown(t, {run: finishedScene(), columns: 80, rows: 24});
	terminal.press('?');
	await terminal.waitFor(/Keys .* 1-22 of \d+/);
	await terminal.waitFor(/ 1 … 9 +process 1 … 9\n/);
	assert.doesNotMatch(terminal.text(), /\(asks\)|leave the run going|--hold keeps/);
	terminal.press('G');
	await terminal.waitFor(/Keys .* ↑ (\d+)-(\d+) of \2/);
	terminal.press('\u{1B}');
	await terminal.waitFor('q quit');
	terminal.press(':');
	await terminal.waitFor('of everything');
	terminal.press('run');
	await terminal.waitFor(':run');
	assert.doesNotMatch(terminal.text(), /\(asks\)|leave the run going|--hold keeps/);
});

test('a message that does not fit in a row is told whole', async t => {
	const {terminal} = opened(t, {run: crashScene(), columns: 80, rows: 24});
	await terminal.waitFor('proc died');
	terminal.press('[');
	await terminal.waitFor(/ended with exit code 1 while measuring\. Another\n +process has its port\./);
});

test('a console that waits for its runner has no list', async t => {
	const run = measuringScene();
	const {terminal} = opened(t, {run: Object.assign(run, {sources: {...run.sources, follow: () => () => undefined}})});
	await terminal.waitFor('waiting for the runner');
	assert.doesNotMatch(terminal.text(), /…│/);
});
