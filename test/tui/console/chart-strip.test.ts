import assert from 'node:assert/strict';
import {test} from 'node:test';
import {chartStripLines} from '../../../source/tui/console/chart-strip.ts';
import {type Chart} from '../../../source/tui/console/live-charts.ts';
import {unicodeGlyphs} from '../../../source/tui/glyphs.ts';
import {plainText} from '../../../source/tui/text/line.ts';

function strip(p50: number, p99: number): string {
	const figures = [{name: 'p50', value: p50, unit: 'ms'}, {name: 'p99', value: p99, unit: 'ms'}];
	const reading = {figures, lastAt: 0, series: 1, origin: 'histogram', source: 'scraped' as const};
	const chart: Chart = {name: 'latency', points: [reading, reading], from: 0, stepMs: 100};
	return plainText(chartStripLines({charts: [chart], now: undefined, width: 100, height: 1}, unicodeGlyphs)[0]!);
}

test('The columns of live figures stand still while figures take more or fewer digits', () => {
	const places = (line: string) => ['█', 'p99', 'min', 'histogram'].map(word => line.indexOf(word));
	const all = [strip(0.25, 6.53), strip(0.096, 0.078), strip(11.3, 147)].map(line => places(line));
	assert.ok(all[0]!.every(place => place > 0), String(all[0]));
	assert.deepEqual(all[1], all[0]);
	assert.deepEqual(all[2], all[0]);
});
