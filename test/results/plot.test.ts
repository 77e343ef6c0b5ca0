import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import {gzipSync} from 'node:zlib';
import {cellWidth} from '../../source/logs/cells.ts';
import {openResultsFile} from '../../source/results/open-results.ts';
import {parseFigure, parseWidth} from '../../source/results/plot/figure-spec.ts';
import {type PlotOptions} from '../../source/results/plot/groups.ts';
import {kneeOf} from '../../source/results/plot/knee.ts';
import {type PlotKind} from '../../source/results/plot/plot-data.ts';
import {readPlot} from '../../source/results/plot/read-plot.ts';
import {renderSvg} from '../../source/results/plot/render-svg.ts';
import {terminalPlot} from '../../source/results/plot/terminal-plot.ts';
import {scalesOf} from '../../source/results/plot/vega-style.ts';
import {benchdeck, temporaryFolder} from '../helpers/command.ts';
import {matchesGolden, resultsFixtures} from '../helpers/golden.ts';
import {copyOf, references, unreplicated} from '../helpers/suite-directories.ts';

const files = ['compartmentalized', 'coupled', 'unreplicated'].map(name => path.join(resultsFixtures, `${name}.csv`));
const published = ['--where', 'compartmentalized: num_acceptors_per_group == 2', '--where', 'coupled: num_clients <= 500', '--label', 'coupled=MultiPaxos'];
const plain: PlotOptions = {x: undefined, y: undefined, groupBy: [], where: [], labels: {}, logX: false, logY: false};
const hasPdfFonts = spawnSync('pdffonts', ['-v']).status === 0;

test('The published figure: means over equal client counts, of the rows that it kept', async () => {
	const {code, stdout} = await benchdeck(['plot', ...files, ...published, '--csv']);
	assert.equal(code, 0);
	const rows = stdout.trimEnd().split('\n').map(row => row.split(','));
	assert.deepEqual(rows[0], ['line', 'clients', 'start_throughput_1s.p90', 'latency.median_ms', 'start_throughput_1s.p90_deviation', 'latency.median_ms_deviation', 'count', 'knee']);
	const lineOf = (name: string) => rows.filter(([line]) => line === name);
	assert.deepEqual(lineOf('compartmentalized').map(([, clients]) => clients), ['1', '50', '100', '200', '300', '400', '500', '600', '700', '800', '900', '1000']);
	assert.deepEqual(lineOf('MultiPaxos').map(([, clients]) => clients), ['1', '10', '50', '100', '300']);
	// By hand from the file: rows 001, 008 and 015 of coupled.csv.
	const set = await openResultsFile(files[1]!);
	const values = (name: string) => [0, 7, 14].map(row => Number(set.values(name)[row]));
	const mean = (numbers: readonly number[]) => numbers.reduce((sum, value) => sum + value, 0) / 3;
	const [first] = lineOf('MultiPaxos');
	assert.ok(Math.abs(Number(first![2]) - mean(values('start_throughput_1s.p90'))) < 1e-9);
	assert.ok(Math.abs(Number(first![3]) - mean(values('latency.median_ms'))) < 1e-12);
	assert.deepEqual(lineOf('MultiPaxos').map(row => row.at(-1)), ['false', 'false', 'true', 'false', 'false']);
});

test('A line for each value of an input, and a note where a mean is over more than repetitions', async () => {
	const sets = [await openResultsFile(files[0]!)];
	const mixed = await readPlot('lt', sets, plain);
	const vary = ['num_acceptor_groups', 'num_acceptors_per_group', 'flexible'];
	assert.equal(mixed.notes[0], `compartmentalized: points of equal num_clients are averaged, though ${vary.join(', ')} vary; --group-by ${vary.join(',')} draws a line for each`);
	const grouped = await readPlot('lt', sets, {...plain, groupBy: ['num_acceptor_groups', 'num_acceptors_per_group'], labels: {'num_acceptor_groups 2, num_acceptors_per_group 2': 'grid'}});
	assert.deepEqual(grouped.series.map(({name}) => name), ['num_acceptor_groups 1, num_acceptors_per_group 3', 'grid', 'num_acceptor_groups 2, num_acceptors_per_group 3']);
	assert.deepEqual(grouped.notes, []);
	assert.ok(grouped.series.every(({points}) => points.every(({count, low, high, y}) => count === 3 && low! < y && y < high!)));
});

test('Against an input there is a point for each of its values, whatever the number of clients', async () => {
	const sets = [await openResultsFile(files[0]!)];
	const {series, notes} = await readPlot('lt', sets, {...plain, x: 'num_acceptors_per_group', where: ['num_acceptor_groups == 2']});
	assert.deepEqual(series.map(({points, knee}) => [points.map(({x, clients, xDeviation}) => [x, clients, xDeviation]), knee]), [[[[2, undefined, 0], [3, undefined, 0]], undefined]]);
	assert.match(notes[0]!, /: points of equal num_acceptors_per_group are averaged, though num_clients, leader_options\.flush_phase2as_every_n vary; --group-by num_clients,leader/);
	const grouped = await readPlot('lt', sets, {...plain, x: 'num_acceptors_per_group', groupBy: ['num_clients'], where: ['num_acceptor_groups == 2']});
	assert.deepEqual(grouped.notes.filter(note => note.includes('num_client')), []);
});

const unordered = `protocol,load,lag,latency.median_ms,start_throughput_1s.p90
Paxos 10,10 clients,0:00:10,2.0,1000.0
Paxos 10,2 clients,0:00:10,1.0,1200.0
Paxos 10,100 clients,0:00:10,8.0,1500.0
Paxos 2,100 clients,0:00:02,9.0,900.0
Paxos 2,1 clients,0:00:02,4.0,950.0
`;

test('Lines, bars and the points of a line are in the order of the numbers in their names', async context => {
	const file = path.join(temporaryFolder(context), 'names.csv');
	fs.writeFileSync(file, unordered);
	const sets = [await openResultsFile(file)];
	const lines = await readPlot('lt', sets, {...plain, groupBy: ['protocol']});
	assert.deepEqual(lines.series.map(({name, points}) => [name, points.map(({x}) => x)]), [['protocol Paxos 2', [950, 900]], ['protocol Paxos 10', [1200, 1000, 1500]]]);
	const bars = await readPlot('bar', sets, {...plain, x: 'load', groupBy: ['lag']});
	assert.deepEqual(bars.series.map(({points}) => points.map(({x}) => x)), [['1 clients', '100 clients'], ['2 clients', '10 clients', '100 clients']]);
	assert.deepEqual(bars.x.categories, ['1 clients', '2 clients', '10 clients', '100 clients']);
	// Along the axis of a figure too, where no line has all of them.
	const texts = [...(await renderSvg(bars, 360)).matchAll(/>(?<text>\d+ clients)</g)].map(match => match.groups?.['text']);
	assert.deepEqual(texts, bars.x.categories);
});

test('Bars of words without numbers stay in the order of the suite', async context => {
	const file = path.join(temporaryFolder(context), 'words.csv');
	fs.writeFileSync(file, 'size,latency.median_ms,start_throughput_1s.p90\nsmall,1.0,10.0\nmedium,1.0,20.0\nlarge,1.0,30.0\n');
	const {x} = await readPlot('bar', [await openResultsFile(file)], plain);
	assert.deepEqual(x.categories, ['small', 'medium', 'large']);
});

test('Bars tell what they are means over, what is left out, and go by the number of clients', async context => {
	const file = path.join(temporaryFolder(context), 'mixed.csv');
	const rows = [1, 2].flatMap(size => [1, 5].map(clients => `${size},a b,1,${clients},${clients},1.5,${size * clients}.0`));
	const head = 'size,batch size,num_client_procs,num_warmup_clients_per_proc,num_clients_per_proc,latency.median_ms,start_throughput_1s.p90';
	fs.writeFileSync(file, [head, ...rows, '1,a b,1,5,5,1.5,inf', '1,c,1,5,5,1.5,7.0', ''].join('\n'));
	const sets = [await openResultsFile(file)];
	const bars = await readPlot('bar', sets, {...plain, x: 'size'});
	assert.deepEqual(bars.notes, [
		'mixed: 1 benchmark has no such figures and is left out',
		'mixed: benchmarks of equal size are averaged, though num_clients, batch size vary; --group-by \'num_clients,batch size\' draws a bar for each',
	]);
	const grouped = await readPlot('bar', sets, {...plain, x: 'size', groupBy: ['num_clients', 'batch size']});
	assert.deepEqual(grouped.notes, ['num_clients 5, batch size a b: 1 benchmark has no such figures and is left out']);
	const swept = await readPlot('bar', sets, {...plain, where: ['size == 2']});
	assert.deepEqual([swept.x.field, swept.x.categories, swept.notes], ['num_clients', ['1', '5'], []]);
});

/** What stands in a figure that is drawn of rows. */
async function textsOf(context: TestContext, kind: PlotKind, csv: string, options: Partial<PlotOptions> = {}): Promise<readonly string[]> {
	const file = path.join(temporaryFolder(context), 'texts.csv');
	fs.writeFileSync(file, csv);
	const svg = await renderSvg(await readPlot(kind, [await openResultsFile(file)], {...plain, ...options}), 238);
	return [...svg.matchAll(/<text [^>]*>(?<text>[^<]*)(?=<)/g)].flatMap(match => match.groups?.['text'] ?? []);
}

test('In a figure, names of bars do not lie over one another, and a title is no longer than its axis', async context => {
	const names = Array.from({length: 10}, (_, place) => `a rather long name ${place}`);
	const bars = (categories: readonly string[]) => `name,start_throughput_1s.p90\n${categories.flatMap(name => [`${name},10.0\n`, `${name},20.0\n`, `${name},900.0\n`]).join('')}`;
	const slanted = await textsOf(context, 'bar', bars(names));
	assert.equal(slanted.filter(text => text.startsWith('a rather')).length, 10);
	assert.ok(!slanted.includes('Throughput, p90 (requests/s)'));
	const numbers = Array.from({length: 60}, (_, place) => String(1001 + place));
	const shown = (await textsOf(context, 'bar', bars(numbers))).filter(text => numbers.includes(text));
	assert.ok(shown.length > 4, shown.join(' '));
	assert.ok(shown.length < 20, shown.join(' '));
	// A spread beyond zero is none of a figure that cannot be negative.
	assert.deepEqual(slanted.filter(text => /^[-−]/.test(text)), []);
});

test('A figure has ticks that can be read, of whatever range and of a single point at zero', async context => {
	const csv = (rows: readonly string[]) => `load,latency.median_ms,start_throughput_1s.p90\n${rows.join('\n')}\n`;
	const log = await textsOf(context, 'lt', csv(['1,2.9,1000.0', '2,7.5,2000.0']), {logY: true});
	assert.deepEqual(['3', '4', '5', '6', '7', '8', '9'].filter(text => !log.includes(text)), []);
	const zero = await textsOf(context, 'lt', csv(['0,2.9,1000.0']), {x: 'load'});
	assert.deepEqual(zero.filter(text => /^0\.0+$/.test(text)), ['0.0', '0.0'], zero.join(' '));
});

test('Bars on a logarithmic axis begin at a power of ten, and what has no place there is told', async context => {
	const file = path.join(temporaryFolder(context), 'log.csv');
	fs.writeFileSync(file, 'name,start_throughput_1s.p90\na,100.0\nb,10000.0\nc,0.0\n');
	const {stdout, stderr} = await benchdeck(['plot', file, '--kind', 'bar', '--log-y', '--log-x', '--ascii']);
	const [title, ...bars] = stdout.trimEnd().split('\n');
	assert.equal(title, 'Throughput, p90 (requests/s) by name (log, bars begin at 10)');
	const lengths = bars.map(bar => bar.split('#').length - 1);
	assert.equal(lengths.length, 2);
	assert.ok(Math.abs((lengths[0]! * 3) - lengths[1]!) < 3, stdout);
	assert.match(stderr, /^Note: bars stand side by side, so x cannot be logarithmic\.\nNote: log: 1 bar is not above zero and has no place/);
});

test('Lines that are too many for a legend are coloured by their number, and in the terminal named side by side', async context => {
	const file = path.join(temporaryFolder(context), 'batches.csv');
	const write = (nameOf: (place: number) => string) => {
		const rows = Array.from({length: 60}, (_, place) => [1, 5].map(clients => `${nameOf(place)},${clients},${place + clients}.5,${clients}.0\n`)).flat();
		fs.writeFileSync(file, `batch,num_clients,latency.median_ms,start_throughput_1s.p90\n${rows.join('')}`);
	};

	const readData = async () => readPlot('lt', [await openResultsFile(file)], {...plain, groupBy: ['batch']});
	write(place => String(place + 1));
	const svg = await renderSvg(await readData(), 238);
	assert.match(svg, /<linearGradient/);
	assert.ok(!svg.includes('>batch 17<'));
	const colours = new Set([...svg.matchAll(/stroke="(?<colour>rgb[^"]+|#[\da-f]{6})" stroke-width="0.8"/g)].map(match => match.groups?.['colour']));
	assert.ok(colours.size > 50, [...colours].join(' '));
	const lines = terminalPlot(await readData(), {width: 80, height: 40, isAscii: false}).map(pieces => pieces.map(({text}) => text).join(''));
	assert.equal(lines.length, 40);
	assert.match(lines[0]!, /^A batch 1 {3}\S batch \d+ {2}/);
	assert.ok(lines.every(line => cellWidth(line) <= 80), lines.join('\n'));
	// Words have no order that a colour could show.
	write(place => `word${place}`);
	assert.match(await renderSvg(await readData(), 238), />batch word16</);
});

test('What holds for many lines is told once, and a flag that it names keeps what is grouped by', async context => {
	const file = path.join(temporaryFolder(context), 'alike.csv');
	const rows = ['a', 'b', 'c'].flatMap(name => [1, 2].flatMap(size => [1, 5].map(clients => `${name},${size},${clients},1.5,${clients}.0\n`)));
	fs.writeFileSync(file, `name,size,num_clients,latency.median_ms,start_throughput_1s.p90\n${rows.join('')}a,1,1,inf,1.0\n`);
	const {notes, series} = await readPlot('lt', [await openResultsFile(file)], {...plain, groupBy: ['name']});
	assert.deepEqual(notes, [
		'name a: 1 benchmark has no such figures and is left out',
		'name a and 2 more: points of equal num_clients are averaged, though size varies; --group-by name,size draws a line for each',
	]);
	assert.ok(series.every(({points}) => points.every(({count, y}) => count === 2 && y === 1.5)));
});

test('What has no place on a logarithmic axis is told, and nothing is drawn where all has none', async context => {
	const file = path.join(temporaryFolder(context), 'signs.csv');
	fs.writeFileSync(file, 'num_clients,latency.median_ms,start_throughput_1s.p90\n1,0.0,10.0\n2,2.0,20.0\n3,-3.0,30.0\n');
	const {stdout, stderr} = await benchdeck(['plot', file, '--log-y', '--csv']);
	assert.match(stdout, /^line,[^\n]+\nsigns,2,20,2,,,1,false\n$/);
	assert.equal(stderr, 'Note: signs: 2 points are not above zero and have no place on a logarithmic axis (y).\n');
	const none = await benchdeck(['plot', file, '--log-y', '--where', 'num_clients != 2']);
	assert.deepEqual(none, {code: 2, stdout: '', stderr: 'There is nothing to draw: nothing is above zero, which a log axis (y) needs; leave out --log-y.\n'});
	// Without one, the axis still has its zero where all lies below.
	fs.writeFileSync(file, 'num_clients,latency.median_ms,start_throughput_1s.p90\n1,-2.0,10.0\n2,-3.0,20.0\n');
	assert.match((await benchdeck(['plot', file])).stdout, /^ +0[|│]/m);
});

test('More lines than can be told apart are told, and a file without the usual figures says how to name others', async context => {
	const file = path.join(temporaryFolder(context), 'many.csv');
	const write = (count: number) => {
		fs.writeFileSync(file, `num_clients,system,latency.median_ms,start_throughput_1s.p90\n${Array.from({length: count}, (_, system) => `1,${system},1.5,2.5\n`).join('')}`);
	};

	write(60);
	const words = ['plot', file, '--group-by', 'system', '--csv'];
	assert.match((await benchdeck(words)).stderr, /^Note: 60 lines are more than can be told apart; a figure in a file \(-o\) colours them by system; or choose some with --where\.\n$/);
	write(26);
	assert.equal((await benchdeck(words)).stderr, '');
	fs.writeFileSync(file, 'num_clients,system\n1,a\n2,b\n');
	const refusal = 'many: There is no field "start_throughput_1s.p90"; there are id, status, num_clients, system. Say with --x and --y what to draw.\n';
	assert.deepEqual(await benchdeck(['plot', file]), {code: 2, stdout: '', stderr: refusal});
});

test('In the terminal, bars of one value stand together, and names are cut in their middle and by cells', async context => {
	const file = path.join(temporaryFolder(context), 'long.csv');
	const names = ['2', '10'].map(number => `プロトコル${'very '.repeat(20)}long ${number}`);
	fs.writeFileSync(file, `num_clients,system,latency.median_ms,start_throughput_1s.p90\n${names.flatMap(name => [10, 2].map(clients => `${clients},${name},1.5,${clients}.5\n`)).join('')}`);
	const {stdout} = await benchdeck(['plot', file, '--kind', 'bar', '--group-by', 'system'], {env: {...process.env, LC_ALL: 'C.UTF-8'}});
	const lines = stdout.trimEnd().split('\n');
	assert.match(lines[0]!, /^A system プロトコル[^…]*…[^…]*long 2$/);
	assert.match(lines[1]!, /^B system プロトコル[^…]*…[^…]*long 10$/);
	assert.ok(lines.every(line => cellWidth(line) <= 80), stdout);
	assert.deepEqual(lines.slice(3).map(line => line.replaceAll(/ █+/g, '')), [' 2 A 2.5', ' 2 B 2.5', '10 A 10.5', '10 B 10.5']);
});

test('Files of the same name are told apart by their folders', async context => {
	const folder = temporaryFolder(context);
	const copies = ['before', 'after'].map((name, place) => {
		const copy = path.join(folder, name, 'results.csv');
		fs.mkdirSync(path.dirname(copy));
		fs.copyFileSync(files[place + 1]!, copy);
		return copy;
	});
	const {stdout} = await benchdeck(['plot', ...copies, '--where', 'before/results: num_clients == 1', '--label', 'after/results=Ours', '--csv']);
	const names = stdout.trimEnd().split('\n').slice(1).map(row => row.slice(0, row.indexOf(',')));
	assert.deepEqual([names.filter(name => name === 'before/results').length, [...new Set(names)]], [1, ['before/results', 'Ours']]);
	const compared = await benchdeck(['compare', ...copies]);
	assert.match(compared.stdout, /^Baseline: before\/results .*\n\nafter\/results .*against before\/results\n/);
});

test('An input that only one of the runs has groups that one alone', async () => {
	const sets = await Promise.all(files.slice(0, 2).map(async file => openResultsFile(file)));
	const {series} = await readPlot('lt', sets, {...plain, groupBy: ['num_acceptors_per_group']});
	assert.deepEqual(series.map(({name}) => name), ['compartmentalized, num_acceptors_per_group 2', 'compartmentalized, num_acceptors_per_group 3', 'coupled']);
});

test('The knee is where latency begins to rise faster than throughput', () => {
	assert.equal(kneeOf([{x: 1, y: 1}, {x: 5, y: 1.2}, {x: 9, y: 1.5}, {x: 10, y: 8}, {x: 9.5, y: 12}]), 2);
	assert.equal(kneeOf([{x: 1, y: 1}, {x: 2, y: 2}]), undefined);
	assert.equal(kneeOf([{x: 3, y: 1}, {x: 2, y: 2}, {x: 1, y: 3}]), undefined);
	assert.equal(kneeOf([]), undefined);
});

test('In the terminal, curves are drawn in braille with a letter at each point, or in ASCII', async () => {
	const {stdout} = await benchdeck(['plot', ...files, ...published, '--log-y'], {env: {...process.env, LC_ALL: 'C.UTF-8'}});
	matchesGolden('results/plot.txt', stdout);
	const ascii = await benchdeck(['plot', ...files, ...published, '--log-y'], {env: {...process.env, LC_ALL: 'C'}});
	matchesGolden('results/plot-ascii.txt', ascii.stdout);
	assert.match(ascii.stdout, /^[\n\u{20}-\u{7E}]*$/u);
});

test('A plot fits its width, however narrow, and a single point is drawn', async () => {
	const data = await readPlot('lt', [await openResultsFile(files[1]!)], {...plain, where: ['id == "001"']});
	for (const width of [40, 80, 200]) {
		const lines = terminalPlot(data, {width, height: 20, isAscii: false}).map(pieces => pieces.map(({text}) => text).join(''));
		assert.equal(lines.length, 20);
		assert.ok(lines.every(line => line.trimEnd().length <= width), lines.join('\n'));
		assert.ok(lines.slice(1).some(line => line.includes('A')));
	}
});

test('A figure is written with its data and the spec that draws the same again', async context => {
	const folder = temporaryFolder(context);
	const pdf = path.join(folder, 'fig5.pdf');
	const {code, stdout} = await benchdeck(['plot', ...files, ...published, '-o', pdf, '--width', '3.3in']);
	assert.deepEqual([code, stdout], [0, '']);
	assert.deepEqual(fs.readdirSync(folder).toSorted(), ['fig5.csv', 'fig5.json', 'fig5.pdf']);
	const drawn = fs.readFileSync(pdf, 'latin1');
	// 3.3 in are 237.6 points; the font's program is in the file, and so is where each glyph belongs.
	assert.match(drawn, /\/MediaBox \[0 0 237\.6 \d+\]/);
	assert.match(drawn, /\/FontFile2 /);
	const csv = fs.readFileSync(path.join(folder, 'fig5.csv'), 'utf8');
	fs.rmSync(pdf);
	fs.rmSync(path.join(folder, 'fig5.csv'));
	assert.equal((await benchdeck(['plot', path.join(folder, 'fig5.json')])).code, 0);
	assert.equal(fs.readFileSync(path.join(folder, 'fig5.csv'), 'utf8'), csv);
	assert.match(fs.readFileSync(pdf, 'latin1'), /\/FontFile2 /);
	const svg = path.join(folder, 'fig6.svg');
	await benchdeck(['plot', path.join(folder, 'fig5.json'), '-o', svg]);
	const text = fs.readFileSync(svg, 'utf8');
	assert.match(text, /^<svg [^>]*width="237\.6pt"/);
	assert.match(text, />MultiPaxos</);
	// Told apart without colour: dashes and shapes.
	assert.match(text, /stroke-dasharray="4,2"/);
	assert.equal(parseFigure(fs.readFileSync(path.join(folder, 'fig6.json'), 'utf8'), 'fig6.json').output, 'fig6.svg');
});

test('A figure never takes the place of results or of another file that is not its own', async context => {
	const folder = temporaryFolder(context);
	const results = path.join(folder, 'results.csv');
	fs.copyFileSync(files[1]!, results);
	const before = fs.readFileSync(results, 'utf8');
	for (const ending of ['svg', 'json']) {
		const {code, stderr} = await benchdeck(['plot', results, '-o', path.join(folder, `results.${ending}`)]);
		assert.equal(code, 2);
		assert.match(stderr, /results\.csv is there and no part of a figure, which would take its place; give the figure another name\.$/m);
	}

	fs.writeFileSync(path.join(folder, 'args.json'), '{}');
	assert.match((await benchdeck(['plot', results, '-o', path.join(folder, 'args.svg')])).stderr, /args\.json is there and no part of a figure/);
	assert.deepEqual(fs.readdirSync(folder).toSorted(), ['args.json', 'results.csv']);
	assert.equal(fs.readFileSync(results, 'utf8'), before);
	const own = ['plot', results, '-o', path.join(folder, 'fig.svg')];
	assert.deepEqual([(await benchdeck(own)).code, (await benchdeck(own)).code], [0, 0]);
});

test('Of many lines no two look the same, and one of a single point is seen', async () => {
	const names = Array.from({length: 40}, (_, place) => `line ${place}`);
	const {colour, dash, shape} = scalesOf(names, false);
	assert.equal(new Set(names.map((_, place) => JSON.stringify([dash.range[place], shape.range[place]]))).size, 40);
	assert.equal(new Set(colour.range).size, 8);
	const axis = (field: string) => ({field, title: field, isLog: false});
	const point = (x: number) => ({x, y: 5, low: undefined, high: undefined, count: 1, clients: undefined, xDeviation: undefined});
	const lineOf = (points: number) => ({name: 'one', knee: undefined, points: Array.from({length: points}, (_, x) => point(x))});
	const drawn = async (points: number) => renderSvg({kind: 'time', x: axis('s'), y: axis('requests'), notes: [], series: [lineOf(points)]}, 240);
	const dots = (svg: string) => [...svg.matchAll(/aria-roledescription="point"/g)].length;
	assert.deepEqual([dots(await drawn(1)), dots(await drawn(2))], [1, 0]);
});

test('Flags beside a figure change what it draws, and its file keeps them', async context => {
	const folder = temporaryFolder(context);
	const spec = path.join(folder, 'fig.json');
	await benchdeck(['plot', files[1]!, '--log-y', '--label', 'coupled=Ours', '-o', path.join(folder, 'fig.svg')]);
	const first = parseFigure(fs.readFileSync(spec, 'utf8'), spec);
	assert.equal((await benchdeck(['plot', spec, '--width', '5in', '--no-log-y', '--where', 'num_clients > 1'])).code, 0);
	assert.deepEqual(parseFigure(fs.readFileSync(spec, 'utf8'), spec), {...first, width: '5in', logY: false, where: ['num_clients > 1']});
	assert.match(fs.readFileSync(path.join(folder, 'fig.svg'), 'utf8'), /<svg[^>]* width="360pt"/);
	assert.doesNotMatch(fs.readFileSync(path.join(folder, 'fig.csv'), 'utf8'), /^Ours,1,/m);
});

test('Every font of a PDF is embedded TrueType, says pdffonts', {skip: hasPdfFonts ? false : 'no pdffonts here'}, async context => {
	const pdf = path.join(temporaryFolder(context), 'fig.pdf');
	await benchdeck(['plot', files[1]!, '-o', pdf]);
	const fonts = spawnSync('pdffonts', [pdf], {encoding: 'utf8'}).stdout.trimEnd().split('\n').slice(2);
	assert.ok(fonts.length > 0);
	for (const font of fonts) {
		assert.match(font, /DejaVuSans +CID TrueType +Identity-H +yes yes yes/);
	}
});

test('Bars, curves over time and distributions come from what each benchmark kept', async context => {
	const directory = copyOf(context, unreplicated);
	fs.writeFileSync(path.join(directory, '001', 'series.csv'), [
		'label,start,count,throughput,p50_ms,p95_ms,p99_ms,max_ms',
		'write,2026-11-23T06:18:00Z,10,10.0,1.0,2.0,3.0,4.0',
		'write,2026-11-23T06:18:01Z,20,20.0,1.5,2.0,3.0,4.0',
		'write,2026-11-23T06:18:02Z,5,5.0,2.0,2.0,3.0,4.0',
		'',
	].join('\n'));
	fs.writeFileSync(path.join(directory, '001', 'histogram.csv'), 'label,le_nanos,count\nwrite,1000000,30\nwrite,2000000,10\n');
	const csv = async (...words: readonly string[]) => (await benchdeck(['plot', directory, ...words, '--csv'])).stdout;
	assert.equal(await csv('--kind', 'time', '--y', 'p50_ms'), 'line,seconds,p50_ms,p50_ms_deviation,count\nIHZHEHZZAL 001,0,1,,1\nIHZHEHZZAL 001,1,1.5,,1\nIHZHEHZZAL 001,2,2,,1\n');
	assert.equal(await csv('--kind', 'cdf'), 'line,latency_ms,fraction,fraction_deviation,count\nIHZHEHZZAL 001,1,0.75,,1\nIHZHEHZZAL 001,2,1,,1\n');
	// What a second has of a last window that is not whole is no drop.
	assert.equal(await csv('--kind', 'time'), 'line,seconds,throughput,throughput_deviation,count\nIHZHEHZZAL 001,0,10,,1\nIHZHEHZZAL 001,1,20,,1\n');
	assert.match(await csv('--kind', 'bar', '--y', 'median_ms'), /^line,num_clients,median_ms,median_ms_deviation,count\nIHZHEHZZAL,1,0\.058273500000000006,,1\n/);
	assert.match((await benchdeck(['plot', directory, '--kind', 'bar'])).stdout, /\n1 █+ 14731\n2 █+ 16734\n3 █+ 15034\n$/);
	fs.cpSync(path.join(directory, '001', 'series.csv'), path.join(directory, '002', 'series.csv'));
	const {stdout: curves} = await benchdeck(['plot', directory, '--kind', 'time', '--where', 'num_client_procs < 3']);
	// Each line has its letter in the chart too, for who sees no colours.
	for (const letter of ['A', 'B']) {
		assert.match(curves.split('\n').slice(2).join('\n'), new RegExp(letter));
	}

	for (const kind of ['time', 'cdf', 'bar']) {
		const svg = path.join(temporaryFolder(context), 'fig.svg');
		assert.equal((await benchdeck(['plot', directory, '--kind', kind, '-o', svg])).code, 0);
		assert.match(fs.readFileSync(svg, 'utf8'), /^<svg /);
	}
});

test('Where a harness kept the rows alone, curves over time and distributions are worked out of them', async context => {
	const directory = copyOf(context, unreplicated);
	const rows = Array.from(
		{length: 30},
		(_, row) =>
			`2026-11-23 06:18:0${Math.floor(row / 10)}.${row % 10}00000+00:00,2026-11-23 06:18:0${Math.floor(row / 10)}.${row % 10}01000+00:00,1,${row < 15 ? 1000 : 4000},write`,
	);
	fs.writeFileSync(path.join(directory, '001', 'data.csv.gz'), gzipSync(`start,stop,count,latency_nanos,label\n${rows.join('\n')}\n`));
	fs.writeFileSync(path.join(directory, '002', 'data.csv.gz'), 'no rows');
	const {stdout, stderr} = await benchdeck(['plot', directory, '--kind', 'time', '--csv']);
	assert.equal(stdout, 'line,seconds,throughput,throughput_deviation,count\nIHZHEHZZAL 001,0,10,,1\nIHZHEHZZAL 001,1,10,,1\n');
	assert.match(stderr, /^Note: \S+002\/data\.csv\.gz ends within its header.+\nNote: IHZHEHZZAL 002, 003 have no series\.csv and kept no rows, and are left out\.$/m);
	const {stdout: distribution} = await benchdeck(['plot', directory, '--kind', 'cdf', '--csv']);
	assert.equal(distribution, 'line,latency_ms,fraction,fraction_deviation,count\nIHZHEHZZAL 001,0.001003,0.5,,1\nIHZHEHZZAL 001,0.004015,1,,1\n');
});

test('Where not all curves have room, each run has its share of them', async context => {
	const directories = Array.from({length: 5}, () => copyOf(context, unreplicated));
	for (const directory of directories) {
		for (const id of ['001', '002', '003']) {
			fs.writeFileSync(path.join(directory, id, 'histogram.csv'), 'label,le_nanos,count\nwrite,1000000,3\nwrite,2000000,1\n');
		}
	}

	const {stdout, stderr} = await benchdeck(['plot', ...directories, '--kind', 'cdf', '--csv']);
	const lines = [...new Set(stdout.trimEnd().split('\n').slice(1).map(row => row.slice(0, row.indexOf(','))))];
	const runs = [...Map.groupBy(lines, line => line.replace(/ 00\d$/, '')).values()];
	assert.deepEqual(runs.map(({length}) => length), [3, 3, 2, 2, 2], stdout);
	assert.match(stderr, /^Note: more than 12 lines are too many to tell apart: 12 are shown; choose with --where, such as 'id == "001"'\.$/m);
	const page = path.join(temporaryFolder(context), 'report.html');
	await benchdeck(['report', ...directories, '-o', page]);
	assert.match(fs.readFileSync(page, 'utf8'), /<p>More than 12 lines are too many to tell apart: 12 are shown\.<\/p>/);
});

test('What cannot be plotted is one sentence and exit code 2', async context => {
	const broken = path.join(temporaryFolder(context), 'fig.json');
	fs.writeFileSync(broken, '{"benchdeck": "figure", "runs": []}');
	for (const [words, message] of [
		[[], /^benchdeck plot takes RUNs/],
		[['IHZ', '--kind', 'pie'], /^--kind takes lt, time, cdf or bar, not "pie"\.$/],
		[['IHZ', '-o', 'fig.png'], /^-o takes a file that ends in \.pdf, \.svg or \.json, not "fig\.png"\.$/],
		[['IHZ', '--kind', 'time', '--x', 'num_client_procs'], /^A plot of the kind time has its own x; --x is for lt and bar\.$/],
		[['IHZ', '--json', '--csv'], /^--json and --csv exclude each other\.$/],
		[['IHZ', '--width', 'wide'], /^--width takes 1in to 100in/],
		[['IHZ', '--y', 'nope'], /^IHZHEHZZAL: There is no field "nope"/],
		[['IHZ', '--where', 'num_client_procs > 7'], /^There is nothing to draw/],
		[['IHZ', '--kind', 'time'], /^None of the benchmarks has a series\.csv/],
		[['IHZ', '-o', '/nowhere/fig.svg'], /^Cannot write \/nowhere\/fig\.svg: no such file or directory; name another file with -o\.$/],
		[[broken], /"runs" is to be a list of one run or more\.$/],
		[['missing.json'], /^Cannot read .*missing\.json: no such file or directory/],
	] as const) {
		const {code, stdout, stderr} = await benchdeck(['plot', ...words, '-s', references]);
		assert.deepEqual([code, stdout], [2, ''], words.join(' '));
		assert.match(stderr.trimEnd(), message);
	}
});

test('Plots, comparisons and reports of a rehearsal say that its figures are those of stand-ins', async context => {
	const directory = copyOf(context, unreplicated);
	const args = path.join(directory, 'args.json');
	fs.writeFileSync(args, JSON.stringify({...JSON.parse(fs.readFileSync(args, 'utf8')) as object, engine: 'rehearsal'}));
	const said = /^Note: IHZHEHZZAL is a rehearsal: stand-ins, whose figures say nothing about the protocol\.$/m;
	assert.match((await benchdeck(['plot', directory, '--csv'])).stderr, said);
	assert.match((await benchdeck(['compare', directory, directory])).stderr, said);
	const page = path.join(temporaryFolder(context), 'report.html');
	await benchdeck(['report', directory, '-o', page]);
	assert.match(fs.readFileSync(page, 'utf8'), /<dt>Engine<\/dt><dd>rehearsal: stand-ins, /);
});

test('A run that is given twice is drawn once, and two lines never have one name', async () => {
	const {code, stdout, stderr} = await benchdeck(['plot', files[1]!, files[1]!, '--csv']);
	assert.deepEqual([code, stderr], [0, 'Note: coupled was given more than once and is taken once.\n']);
	assert.equal(stdout, (await benchdeck(['plot', files[1]!, '--csv'])).stdout);
	const named = await benchdeck(['plot', ...files.slice(0, 2), '--label', 'coupled=Ours', '--label', 'compartmentalized=Ours']);
	assert.deepEqual(named, {code: 2, stdout: '', stderr: 'Two lines would be called "Ours"; give each a name of its own with --label.\n'});
});

test('A label names a whole line, or what its fields are in each of the runs', async () => {
	const sets = await Promise.all(files.slice(0, 2).map(async file => openResultsFile(file)));
	const namesWith = async (labels: PlotOptions['labels']) =>
		(await readPlot('lt', sets, {...plain, groupBy: ['num_acceptor_groups'], where: ['num_acceptor_groups == 1'], labels})).series.map(
			({name}) => name,
		);
	assert.deepEqual(await namesWith({}), ['compartmentalized, num_acceptor_groups 1', 'coupled, num_acceptor_groups 1']);
	assert.deepEqual(await namesWith({'num_acceptor_groups 1': 'one group'}), ['compartmentalized, one group', 'coupled, one group']);
	assert.deepEqual(await namesWith({'coupled, num_acceptor_groups 1': 'MultiPaxos'}), ['compartmentalized, num_acceptor_groups 1', 'MultiPaxos']);
});

test('A label that names nothing is told', async () => {
	const {code, stderr} = await benchdeck(['plot', files[1]!, '--label', 'coupled=Ours', '--label', 'uncoupled=Theirs', '--csv']);
	assert.deepEqual([code, stderr], [0, 'Note: nothing that is drawn is called uncoupled, so the label Theirs is not used.\n']);
});

test('Widths are in the units of papers', () => {
	assert.deepEqual(['3.3in', '240pt', '2.54cm', '25.4mm', '96px'].map(text => Math.round(parseWidth(text) * 100) / 100), [237.6, 240, 72, 72, 72]);
	assert.throws(() => parseWidth('0in'), {code: 'usage'});
});
