import assert from 'node:assert/strict';
import test from 'node:test';
import {type BenchmarkState, pauseTimes} from '../../source/core/state.ts';
import {chartPictureLines} from '../../source/tui/console/chart-picture.ts';
import {type Chart} from '../../source/tui/console/live-charts.ts';
import {glyphsFor} from '../../source/tui/glyphs.ts';
import {chartsLines} from '../../source/tui/screens/benchmark/chart-lines.ts';
import {plainText} from '../../source/tui/text/line.ts';

const from = Date.UTC(2026, 10, 24, 12);
const benchmark: BenchmarkState = {
	index: 1, id: '001', input: {}, status: 'finished', estimateMs: 0, attempt: 1, earlier: [], procs: [], clients: [],
	phases: [{phase: 'measuring', at: from}],
	pauses: [{label: 'server', count: 9, totalMs: 700, longest: [{endAt: from + 5600, durationMs: 600, kind: 'Full'}, {endAt: from + 60_000, durationMs: 50, kind: 'Young'}]}],
};
const chart: Chart = {
	name: 'throughput',
	from,
	stepMs: 1000,
	points: Array.from({length: 11}, (_, value) => ({
		figures: [{name: 'throughput', value, unit: '/s'}],
		series: 1,
		origin: 'scraped counter',
		source: 'scraped',
		lastAt: from,
	})),
};
const glyphs = glyphsFor({LANG: 'C.UTF-8'});

const marks = (text: string) => [...text.matchAll(/◆/g)].map(({index}) => index);

test('The console\'s chart at full size marks when a JVM stood still, where that is in its time', () => {
	const lines = chartPictureLines({chart, benchmark, width: 113, height: 20, nameOf: name => name}, glyphs).map(line => plainText(line));
	const ruler = lines.find(line => line.includes('└'));
	// Ten cells of axis and its corner, then half of 101.
	assert.deepEqual(marks(ruler ?? ''), [61]);
	assert.match(lines[0]!, / ◆ JVM pauses *$/);
	const quiet = chartPictureLines({chart, benchmark: {...benchmark, pauses: []}, width: 113, height: 20, nameOf: name => name}, glyphs).map(line => plainText(line));
	assert.doesNotMatch(quiet.join('\n'), /◆/);
});

test('The browser\'s charts of a benchmark mark when a JVM stood still', () => {
	const series = [{name: 'write', unit: '/s', times: [from, from + 10_000], values: [1, 2]}];
	const lines = chartsLines({throughput: series, latency: series, origin: 'series.csv'}, '', {
		glyphs, width: 109, height: 3, range: {from, to: from + 10_000}, phases: [{name: 'measuring', at: from}], pauses: pauseTimes(benchmark),
	}).map(line => plainText(line));
	assert.deepEqual(marks(lines.at(-1)!), [58]);
	assert.match(lines[0]!, /series\.csv, ◆ JVM pauses $/);
});

test('Where names of phases would run into one another, measuring keeps its own', () => {
	const crowded: BenchmarkState = {...benchmark, phases: [{phase: 'placing', at: from}, {phase: 'warming-up', at: from + 2000}, {phase: 'measuring', at: from + 2500}]};
	const words = plainText(chartPictureLines({chart, benchmark: crowded, width: 113, height: 20, nameOf: name => name}, glyphs).at(-1)!);
	assert.equal(words.trim().replaceAll(/ +/g, ' '), 'placing measuring');
});
