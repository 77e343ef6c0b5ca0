import assert from 'node:assert/strict';
import test from 'node:test';
import {cellsOf, cutCells, wrapCells} from '../../source/logs/cells.ts';
import {plainText, styledText} from '../../source/logs/styled-text.ts';
import {createRandom} from '../helpers/random.ts';

const esc = '\u{1B}';

test('Colours and weights stay as styles', () => {
	assert.deepEqual(styledText(`${esc}[34m[INFO] ${esc}[0mtext ${esc}[1;38;5;208mhot${esc}[22m cold${esc}[m.`), [
		{text: '[INFO] ', style: '34'},
		{text: 'text ', style: ''},
		{text: 'hot', style: '1;38;5;208'},
		{text: ' cold', style: '38;5;208'},
		{text: '.', style: ''},
	]);
	assert.deepEqual(styledText(`${esc}[8;5mhidden`), [{text: 'hidden', style: ''}]);
});

test('Everything that would move the cursor or talk to the terminal is dropped', () => {
	const cases: ReadonlyArray<readonly [string, string]> = [
		[`a${esc}[2Jb`, 'ab'],
		[`a${esc}[10;20Hb`, 'ab'],
		[`a${esc}]0;title\u{07}b`, 'ab'],
		[String.raw`a${esc}]52;c;ZXZpbA==${esc}\b`, 'ab'],
		[String.raw`a${esc}Pq#0;2;0;0;0${esc}\b`, 'ab'],
		[`a${esc}]8;;http://x\u{07}link${esc}]8;;\u{07}b`, 'alinkb'],
		[`a${esc}[?1049hb`, 'ab'],
		[`a${esc}cb`, 'ab'],
		[`a${esc}(0b`, 'ab'],
		['a\u{9B}31mb\u{9D}0;x\u{9C}c', 'abc'],
		['bell\u{07}back\u{08}', 'bellback'],
		['nul\u{0}here', 'nul␀here'],
		['\u{202E}evil', '�evil'],
		[`cut ${esc}]0;evidence`, 'cut 0;evidence'],
		[`end${esc}`, 'end'],
		[`end${esc}[`, 'end'],
	];
	for (const [line, shown] of cases) {
		assert.equal(plainText(line), shown, JSON.stringify(line));
	}
});

test('Of a progress bar the last state is shown', () => {
	assert.equal(plainText('10 %\r50 %\r100 %'), '100 %');
	assert.equal(plainText('10 %\r50 %\r'), '50 %');
	assert.equal(plainText(`10 %\r${esc}[K`), '10 %');
	assert.equal(plainText('\r\r'), '');
});

test('Tabs go to the next stop of eight cells, also after wide characters', () => {
	assert.equal(plainText('a\tb\tc'), 'a       b       c');
	assert.equal(plainText('日本\tb'), '日本    b');
});

test('Lines are cut by cells and never through a character', () => {
	const line = styledText(`ab${esc}[31m日本語${esc}[0mcd`);
	assert.equal(cellsOf(line), 10);
	const cut = (from: number, width: number) => cutCells(line, from, width).map(({text}) => text).join('');
	assert.equal(cut(0, 4), 'ab日');
	assert.equal(cut(0, 5), 'ab日 ');
	assert.equal(cut(3, 4), ' 本 ');
	assert.equal(cut(8, 10), 'cd');
	assert.equal(cut(20, 10), '');
	assert.deepEqual(cutCells(line, 2, 2), [{text: '日', style: '31'}]);
});

test('Long lines wrap into rows that are no wider than asked', () => {
	const rows = wrapCells(styledText(`abc${esc}[31m日本語def`), 4);
	assert.deepEqual(rows.map(row => row.map(({text}) => text).join('')), ['abc', '日本', '語de', 'f']);
	assert.deepEqual(wrapCells([], 4), [[]]);
});

test('Whatever bytes come, nothing but printable text and known styles leaves', () => {
	const random = createRandom(42);
	const pieces = [esc, '[', ']', ';', 'm', '31', '\u{07}', '\u{9B}', '\u{9C}', 'P', '\\', '\r', '\t', 'a', '日', '👩‍👩‍👧', '\u{301}', '\u{0}', '\u{FFFD}', '\u{D800}', '?', '\u{85}'];
	for (let round = 0; round < 5000; round++) {
		const line = Array.from({length: random(30)}, () => pieces[random(pieces.length)]!).join('');
		const segments = styledText(line);
		for (const {text, style} of segments) {
			assert.doesNotMatch(text, /\p{Control}/u, JSON.stringify(line));
			assert.match(style, /^(?:\d+(?:;\d+)*)?$/);
		}

		const width = 1 + random(12);
		assert.ok(cellsOf(cutCells(segments, random(10), width)) <= width, JSON.stringify(line));
		assert.ok(width === 1 || wrapCells(segments, width).every(row => cellsOf(row) <= width), JSON.stringify(line));
	}
});
