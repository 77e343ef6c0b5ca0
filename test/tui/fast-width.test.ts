import assert from 'node:assert/strict';
import {test} from 'node:test';
import stringWidth from 'string-width';
import {fastWidth} from '../../source/tui/text/fast-width.ts';
import {createRandom} from '../helpers/random.ts';

test('A text is as wide as the library that Ink measures with says', () => {
	const next = createRandom(3);
	const pieces = [
		'abc',
		' ',
		'─│╭',
		'▁▄█',
		'⣀⠤',
		'✔ ✘',
		'±…×µ',
		'▸▾●○◆',
		'é',
		'e\u{301}',
		'漢字',
		'한',
		'\u{1100}\u{1161}',
		'👍🏽',
		'1\u{FE0F}\u{20E3}',
		'❤\u{FE0F}',
		'❤',
		'⌚',
		'⚡',
		'\u{200D}',
		'\u{AD}',
		'🇨🇭',
		'ก็',
		'\u{1B}[1m',
		'\u{1B}[38;5;74m',
		'\u{1B}[0m',
		'\u{1B}[2K',
		'\u{1B}]8;;x\u{7}',
		'\u{1B}',
		'[m',
		'\t',
	];
	for (let round = 0; round < 5000; round++) {
		const text = Array.from({length: next(8)}, () => pieces[next(pieces.length)]!).join('');
		assert.equal(fastWidth(text), stringWidth(text), JSON.stringify(text));
	}
});

test('Each character alone is as wide as the library says', () => {
	for (let unit = 0x20; unit < 0x31_00; unit++) {
		const text = String.fromCodePoint(unit);
		assert.equal(fastWidth(text), stringWidth(text), unit.toString(16));
	}
});
