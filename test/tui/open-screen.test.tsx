import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Text, useWindowSize} from 'ink';
import {useState} from 'react';
import {useKeys} from '../../source/tui/hooks/use-keys.ts';
import {openScreen} from '../../source/tui/terminal/open-screen.tsx';
import {FakeTerminal} from '../helpers/fake-terminal.ts';

function Sized({onEnd}: {readonly onEnd: (answer: string) => void}) {
	const {columns, rows} = useWindowSize();
	const [isBroken, setIsBroken] = useState(false);
	useKeys(['general'], command => {
		if (command === 'palette') {
			setIsBroken(true);
		} else {
			onEnd(command);
		}
	});
	if (isBroken) {
		throw new Error('thrown by a component');
	}

	return <Text>{Array.from({length: rows}, (_, row) => `${row} ${'x'.repeat(columns - 4)}`).join('\n')}</Text>;
}

test('a screen is on the alternate buffer, and its answer restores the terminal', async () => {
	const terminal = new FakeTerminal(60, 15);
	const ended = openScreen<string>(end => <Sized onEnd={end}/>, {stdin: terminal.stdin, stdout: terminal.stdout, env: {}, signals: false});
	await terminal.waitFor('14 xxx');
	assert.ok(terminal.isAlternate());
	assert.ok(terminal.isRaw);
	terminal.press('q');
	assert.deepEqual(await ended, {kind: 'answered', answer: 'quit'});
	await terminal.waitFor(() => !terminal.isAlternate());
	assert.ok(!terminal.isRaw);
	assert.ok(terminal.written.endsWith('\u{1B}[?25h'));
});

test('a component that throws restores the terminal, and the error comes out', async () => {
	const terminal = new FakeTerminal(60, 15);
	const ended = openScreen<string>(end => <Sized onEnd={end}/>, {stdin: terminal.stdin, stdout: terminal.stdout, env: {}, signals: false});
	await terminal.waitFor('14 xxx');
	terminal.press(':');
	await assert.rejects(ended, /thrown by a component/);
	await terminal.waitFor(() => !terminal.isAlternate());
	assert.ok(!terminal.isRaw);
});

test('a new size leaves no rest of the old frame', async () => {
	const terminal = new FakeTerminal(100, 30);
	const ended = openScreen<string>(end => <Sized onEnd={end}/>, {stdin: terminal.stdin, stdout: terminal.stdout, env: {}, signals: false});
	await terminal.waitFor('29 xxx');
	for (const [columns, rows] of [[61, 16], [140, 50], [62, 45], [130, 17], [70, 20]] as const) {
		terminal.resize(columns, rows);
		const wanted = Array.from({length: rows}, (_, row) => `${row} ${'x'.repeat(columns - 4)}`).join('\n');
		await terminal.waitFor(text => text === wanted);
	}

	terminal.press('q');
	await ended;
});
