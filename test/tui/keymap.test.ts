import assert from 'node:assert/strict';
import fs from 'node:fs';
import {test} from 'node:test';
import {footerLine} from '../../source/tui/components/footer.tsx';
import {bindingsIn, commandOf, keymap, type KeyPlace, rebind} from '../../source/tui/keys/keymap.ts';
import {lineWidth, plainText} from '../../source/tui/text/line.ts';
import {keysPage, keysPageText} from '../pictures/keys-page.ts';

test('a key does one thing in a group', () => {
	for (const [place, {bindings}] of Object.entries(keymap)) {
		const keys = bindings.flatMap(binding => [...binding.keys]);
		assert.deepEqual(keys, [...new Set(keys)], place);
	}
});

test('search and filter are the same keys everywhere', () => {
	const others = (Object.keys(keymap) as KeyPlace[]).filter(place => place !== 'searching');
	for (const key of ['/', '&', 'n', 'N']) {
		for (const place of others) {
			assert.equal(commandOf(key, [place]), undefined, `${key} in ${place}`);
		}
	}
});

test('the first place that has a key has it', () => {
	assert.equal(commandOf('left', ['chart', 'moving']), 'earlier');
	assert.equal(commandOf('left', ['moving', 'chart']), 'left');
	assert.equal(commandOf('nothing', ['moving']), undefined);
});

test('a command has the keys that a person gives it, and no other; such a key does nothing else there', context => {
	context.after(() => {
		rebind({});
	});
	rebind({zoom: ['w', 'f2']});
	assert.equal(commandOf('w', ['console']), 'zoom');
	assert.equal(commandOf('f2', ['console']), 'zoom');
	assert.equal(commandOf('z', ['console']), undefined);
	assert.deepEqual(bindingsIn(['console']).find(({command}) => command === 'zoom')?.keys, ['w', 'f2']);
	assert.equal(commandOf('o', ['console']), 'stream');
});

test('a key that a person gives a command is its own among all groups that hold with it', context => {
	context.after(() => {
		rebind({});
	});
	rebind({search: ['c'], help: ['w']});
	assert.equal(commandOf('c', ['console', 'searching', 'general']), 'search');
	assert.equal(commandOf('w', ['console', 'searching', 'general']), 'help');
	assert.equal(commandOf('c', ['console', 'general']), 'charts');
	assert.deepEqual(bindingsIn(['console', 'searching', 'general']).filter(({keys}) => keys.includes('c')).map(({command}) => command), ['search']);
});

test('the footer fits, and always says how to get help and how to leave', () => {
	for (const width of [60, 80, 120, 200]) {
		const line = footerLine({places: ['console', 'searching', 'general'], first: ['next-pane', 'zoom', 'search'], width});
		assert.ok(lineWidth(line) <= width);
		assert.match(plainText(line), /tab next .*\? all keys\s+q quit/);
	}
});

test('the page of keys says what the table says (npm run documents makes it anew)', () => {
	const page = fs.readFileSync(keysPage, 'utf8');
	assert.equal(page, keysPageText());
	for (const {title} of Object.values(keymap)) {
		assert.ok(page.includes(`## ${title}\n`));
	}
});
