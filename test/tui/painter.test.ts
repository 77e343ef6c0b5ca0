import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Box, type DOMElement, render} from 'ink';
import {createElement} from 'react';
import {Rows} from '../../source/tui/components/rows.tsx';
import {openScreen} from '../../source/tui/terminal/open-screen.tsx';
import {Painter} from '../../source/tui/terminal/painter.ts';
import {lineOf} from '../../source/tui/text/line.ts';
import {FakeTerminal} from '../helpers/fake-terminal.ts';

// The box of an element that nobody has laid out stands in the corner.
async function boxOf(): Promise<DOMElement> {
	const terminal = new FakeTerminal(20, 5);
	const {promise, resolve} = Promise.withResolvers<DOMElement>();
	const instance = render(createElement(Box, {
		ref(element: DOMElement | null) {
			if (element) {
				resolve(element);
			}
		},
	}), {stdin: terminal.stdin, stdout: terminal.stdout});
	const box = await promise;
	instance.unmount();
	return box;
}

async function turn(): Promise<void> {
	await new Promise(resolve => {
		setImmediate(resolve);
	});
}

test('only what has changed is written, and nothing while the terminal does not keep up', async () => {
	const written: string[] = [];
	let drained: (() => void) | undefined;
	let keepsUp = true;
	const painter = new Painter({
		write(text) {
			written.push(text);
			return keepsUp;
		},
		onDrain(callback) {
			drained = callback;
		},
	});
	const element = await boxOf();
	const show = async (...lines: readonly string[]) => {
		painter.place(element, 10, lines.map(text => ({text, blank: 10 - text.length})));
		await turn();
	};

	await show('one', 'two');
	assert.match(written[0] ?? '', /one[\s\S]*two/);
	await show('one', 'three');
	assert.match(written[1] ?? '', /three/);
	assert.doesNotMatch(written[1] ?? '', /one/);
	await show('one', 'three');
	assert.equal(written.length, 2);

	keepsUp = false;
	await show('one', 'four');
	await show('one', 'five');
	await show('one', 'six');
	assert.equal(written.length, 3);
	drained?.();
	await turn();
	assert.equal(written.length, 4);
	assert.match(written[3] ?? '', /six/);
});

test('what is drawn tells the terminal nothing, and a row has no spaces at its end', async () => {
	const terminal = new FakeTerminal(40, 10);
	const ended = openScreen<string>(
		() => createElement(Rows, {width: 40, lines: [lineOf('\u{1B}[2Jsafe\u{7}\u{9B}H and sound', 'good'), lineOf('short', 'muted')]}),
		{stdin: terminal.stdin, stdout: terminal.stdout, env: {COLORTERM: 'truecolor'}, signals: false},
	);
	await terminal.waitFor('short');
	assert.equal(terminal.rows()[0], '[2JsafeH and sound');
	assert.equal(terminal.rows()[1], 'short');
	assert.ok(!terminal.written.includes('\u{7}'));
	terminal.stdin.emit('end');
	await ended;
	terminal.dispose();
});

test('a frame for a larger size never hits the last row of a terminal that has become smaller', async () => {
	const written: string[] = [];
	let rows = 10;
	const painter = new Painter({
		write(text) {
			written.push(text);
			return true;
		},
		rows: () => rows,
		onDrain: () => undefined,
	});
	const box = await boxOf();
	const lines = (count: number) => Array.from({length: count}, (_, row) => ({text: `row ${row}`, blank: 0}));
	painter.place(box, 10, lines(10));
	await turn();
	assert.match(written.join(''), /\[10;1H/);
	written.length = 0;
	// The terminal is emptied; the old frame may be drawn once more before there is one of the new size.
	rows = 4;
	painter.wiped();
	await turn();
	painter.place(box, 10, [...lines(3), {text: 'keys', blank: 0}]);
	await turn();
	assert.match(written.at(-1)!, /\[4;1H.*keys/);
	assert.doesNotMatch(written.join(''), /\[(?:[5-9]|10);1H/);
});
