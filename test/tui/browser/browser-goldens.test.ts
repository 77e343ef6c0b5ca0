import path from 'node:path';
import {test} from 'node:test';
import {browserActions} from '../../../source/commands/browse-screen.ts';
import {compareText} from '../../../source/commands/compare-text.ts';
import {compareResults} from '../../../source/results/compare.ts';
import {type BrowserActions} from '../../../source/tui/open-browser.ts';
import {browser, rootWithFailure, showsGolden, workIn} from '../../helpers/browser.ts';
import {resultsFixtures} from '../../helpers/golden.ts';
import {references} from '../../helpers/suite-directories.ts';

const sizes = [[80, 24], [120, 40], [200, 50]] as const;
const {plan} = browserActions;
const compare: BrowserActions['compare'] = async (baseline, contenders, options, columns) => {
	const placed = {...baseline, path: `results/${baseline.name}`};
	return compareText(placed, compareResults(baseline, contenders, options), {format: 'text', width: columns});
};

const failed = 'runs/2026-11-23_09:30:00.000000_HAOSRTGXOI_tiny_smoke';

for (const size of sizes) {
	const name = size.join('x');

	test(`The list of suites looks right at ${name}`, async context => {
		workIn(context, path.dirname(references));
		const {terminal} = browser(context, {start: {kind: 'suites'}, roots: ['suite']}, size);
		await showsGolden(terminal, `suites-${name}.txt`, /3 suites/);
	});

	test(`The start screen looks right at ${name}`, async context => {
		workIn(context, rootWithFailure(context));
		const {terminal} = browser(context, {
			start: {kind: 'home'}, roots: ['runs'],
			async * runnable() {
				yield [
					{name: 'unreplicated/smoke', benchmarks: 3, estimateMs: 13_000, hosts: ['localhost']},
					{name: 'unreplicated/lt', benchmarks: 24, estimateMs: 4_800_000, hosts: ['10.0.0.1', '10.0.0.2']},
				];
			},
		}, size);
		await showsGolden(terminal, `home-${name}.txt`, /resume the 2 that are missing/);
	});

	test(`The table of a suite looks right at ${name}, why it failed first`, async context => {
		const root = rootWithFailure(context);
		workIn(context, root);
		const {terminal} = browser(context, {start: {kind: 'suite', path: path.join(root, failed)}, roots: ['runs']}, size);
		await terminal.waitFor('Address already in use');
		terminal.press('d');
		await showsGolden(terminal, `suite-${name}.txt`, /Input/);
	});

	test(`A benchmark looks right at ${name}: charts, processes, logs`, async context => {
		const root = rootWithFailure(context);
		workIn(context, root);
		const {terminal} = browser(context, {start: {kind: 'benchmark', path: path.join(root, failed), id: '001'}, roots: ['runs']}, size);
		await terminal.waitFor('series.csv: recorder');
		await terminal.waitFor('tick 27 of the server');
		terminal.press('tab');
		await terminal.waitFor('▌ client_0');
		terminal.press('E');
		await terminal.waitFor('+11.00 s');
		terminal.press('.');
		await showsGolden(terminal, `benchmark-${name}.txt`, 'here');
	});

	test(`A failed benchmark looks right at ${name}`, async context => {
		const root = rootWithFailure(context);
		workIn(context, root);
		const {terminal} = browser(context, {start: {kind: 'benchmark', path: path.join(root, failed), id: '002'}, roots: ['runs']}, size);
		await showsGolden(terminal, `failed-${name}.txt`, /Died first/);
	});

	test(`A comparison looks right at ${name}, with what it is set to`, async context => {
		workIn(context, resultsFixtures);
		const {terminal} = browser(context, {start: {kind: 'suites'}, roots: ['.'], actions: {compare}}, size);
		await terminal.waitFor(/3 suites\s*$/m);
		terminal.press('j', 'space', 'j', 'space', '=');
		await terminal.waitFor('matched on num_client_procs, num_warmup');
		terminal.press('b', 'o', ...'num_clients', 'enter');
		await showsGolden(terminal, `compare-${name}.txt`, /matched on num_clients\./);
	});

	test(`A plot looks right at ${name}, with what it is set to`, async context => {
		workIn(context, resultsFixtures);
		const {terminal} = browser(context, {start: {kind: 'suites'}, roots: ['.']}, size);
		await terminal.waitFor(/3 suites\s*$/m);
		terminal.press('j', 'space', 'j', 'space', 'P');
		await terminal.waitFor('knee');
		terminal.press('&', ...'compartmentalized: num_acceptors_per_group == 2', 'enter', 'c', ...'coupled=MultiPaxos', 'enter', 'l');
		await showsGolden(terminal, `plot-${name}.txt`, /\(log\)/);
	});

	test(`A plan looks right at ${name}`, async context => {
		workIn(context, rootWithFailure(context));
		const {terminal} = browser(context, {
			start: {kind: 'home'}, roots: ['runs'],
			actions: {plan},
			async * runnable() {
				yield [{name: 'unreplicated/smoke', benchmarks: 3, estimateMs: 13_000, hosts: ['localhost']}];
			},
		}, size);
		await terminal.waitFor('unreplicated/smoke');
		await terminal.waitFor('resume the 2');
		terminal.press('G', 'enter');
		await showsGolden(terminal, `plan-${name}.txt`, /the embedded engine/);
	});
}
