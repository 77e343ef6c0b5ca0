import assert from 'node:assert/strict';
import test, {type TestContext} from 'node:test';
import {logTimeText, parseTimeText, timeText} from '../../source/directory/time-text.ts';

function inZone(context: TestContext, zone: string): void {
	const before = process.env['TZ'];
	process.env['TZ'] = zone;
	context.after(() => {
		if (before === undefined) {
			delete process.env['TZ'];
		} else {
			process.env['TZ'] = before;
		}
	});
}

const at = Date.UTC(2021, 3, 7, 22, 41, 18, 893) + 0.02;

test('Times are local, with six digits of a second', context => {
	inZone(context, 'America/New_York');
	assert.equal(timeText(at), '2021-04-07 18:41:18.893020');
	assert.equal(timeText(at, '_'), '2021-04-07_18:41:18.893020');
	assert.equal(logTimeText(at), 'Wednesday April 07, 18:41:18.893020');
	assert.equal(timeText(Date.UTC(2021, 0, 2, 8, 4, 5)), '2021-01-02 03:04:05.000000');
});

test('No microsecond is lost in the fraction of a float', context => {
	inZone(context, 'Asia/Kolkata');
	for (let micros = 0; micros < 1_000_000; micros += 997) {
		const text = `2026-11-23 06:17:57.${String(micros).padStart(6, '0')}`;
		assert.equal(timeText(parseTimeText(text)!), text);
	}
});

test('A time that rounds up carries into the seconds', context => {
	inZone(context, 'UTC');
	assert.equal(timeText(Date.UTC(2026, 11, 31, 23, 59, 59, 999) + 0.9999), '2027-01-01 00:00:00.000000');
});

test('What is no time is none', () => {
	for (const text of ['', 'yesterday', '2021-04-07', '2021-04-07 18:41', '2021-13-07 18:41:18', '2021-04-07 18:41:18.8930201', '2021-04-07 18:41:18Z']) {
		assert.equal(parseTimeText(text), undefined, text);
	}

	assert.notEqual(parseTimeText('2021-04-07 18:41:18\n'), undefined);
});
