/*
The README's pictures of results, from the screen of a real emulator and from the published data: node --import=tsx test/pictures/browser-pictures.ts
*/
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {fileURLToPath} from 'node:url';
import {comparisonOf} from '../../source/commands/browse-compare.ts';
import {openResultsFile} from '../../source/results/open-results.ts';
import {readPlot} from '../../source/results/plot/read-plot.ts';
import {renderSvg} from '../../source/results/plot/render-svg.ts';
import {type BrowserStart} from '../../source/tui/open-browser.ts';
import {browser, rootWithFailure, workIn} from '../helpers/browser.ts';
import {resultsFixtures} from '../helpers/golden.ts';
import {screenSvg} from './screen-svg.ts';

type Picture = {
	readonly name: string;
	readonly title: string;
	/** Where the browser opens; the root with a failed run, or the files behind the published figure. */
	readonly root: 'failed' | 'published';
	readonly start: (root: string) => BrowserStart;
	/** What is waited for, and then pressed. */
	readonly steps: ReadonlyArray<readonly [until: string | RegExp, ...keys: readonly string[]]>;
};

const failed = 'runs/2026-11-23_09:30:00.000000_HAOSRTGXOI_tiny_smoke';
const marked = [/3 suites\s*$/m, 'j', 'space', 'j', 'space'] as const;
const pictures: readonly Picture[] = [
	{
		name: 'browser-suite',
		title: 'A failed run: why it failed comes first, then its table',
		root: 'failed',
		start: root => ({kind: 'suite', path: path.join(root, failed)}),
		steps: [['Address already in use', 'd'], [/Input/]],
	},
	{
		name: 'browser-benchmark',
		title: 'A benchmark: charts, processes and logs share one moment',
		root: 'failed',
		start: root => ({kind: 'benchmark', path: path.join(root, failed), id: '001'}),
		steps: [['series.csv: recorder'], ['tick 27 of the server', 'tab'], ['▌ client_0', 'E'], ['+11.00 s', '.'], ['here']],
	},
	{
		name: 'browser-compare',
		title: 'A comparison, with what it is set to and the keys that set it',
		root: 'published',
		start: () => ({kind: 'suites'}),
		steps: [[...marked, '='], ['matched on num_client_procs, num_warmup', 'b', 'o', ...'num_clients', 'enter'], [/matched on num_clients\./]],
	},
	{
		name: 'browser-plot',
		title: 'Latency against throughput in the terminal',
		root: 'published',
		start: () => ({kind: 'suites'}),
		steps: [[...marked, 'P'], ['knee', '&', ...'compartmentalized: num_acceptors_per_group == 2', 'enter', 'c', ...'coupled=MultiPaxos', 'enter', 'l'], [/\(log\)/]],
	},
];

for (const {name, title, root, start, steps} of pictures) {
	test(title, async context => {
		const folder = root === 'failed' ? rootWithFailure(context) : resultsFixtures;
		workIn(context, folder);
		const size = [120, 34] as const;
		const {terminal} = browser(context, {
			start: start(folder), roots: [root === 'failed' ? 'runs' : '.'],
			actions: {compare: async (baseline, contenders, options, columns) => comparisonOf({...baseline, path: `results/${baseline.name}`}, contenders, options, columns)},
		}, size);
		for (const [until, ...keys] of steps) {
			await terminal.waitFor(until);
			terminal.press(...keys);
		}

		write(`${name}.svg`, screenSvg(terminal.buffer, ...size, title));
	});
}

test('The published figure, as `plot -o` draws it', async () => {
	const sets = await Promise.all(['compartmentalized', 'coupled', 'unreplicated'].map(async name => openResultsFile(path.join(resultsFixtures, `${name}.csv`))));
	const data = await readPlot('lt', sets, {
		x: undefined, y: undefined, groupBy: [], logX: false, logY: true,
		where: ['compartmentalized: num_acceptors_per_group == 2', 'coupled: num_clients <= 500', 'unreplicated: server_options.flush_every_n == 1'],
		labels: {compartmentalized: 'Compartmentalized MultiPaxos', coupled: 'MultiPaxos', unreplicated: 'Unreplicated'},
	});
	write('figure.svg', `${await renderSvg(data, 300)}\n`);
});

function write(name: string, text: string): void {
	fs.writeFileSync(fileURLToPath(new URL(`../../.github/${name}`, import.meta.url)), text);
}
