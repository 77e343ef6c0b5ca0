import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {pathToFileURL} from 'node:url';
import {inflateSync} from 'node:zlib';
import {benchdeck, temporaryFolder} from '../helpers/command.ts';
import {resultsFixtures} from '../helpers/golden.ts';
import {copyOf, references, unreplicated} from '../helpers/suite-directories.ts';

const chromium = ['chromium', 'chromium-browser', 'google-chrome'].find(name => spawnSync(name, ['--version']).status === 0);
const coupled = path.join(resultsFixtures, 'coupled.csv');
const flags = [
	'--headless',
	'--no-sandbox',
	'--disable-gpu',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--disable-dev-shm-usage',
	'--no-first-run',
	'--hide-scrollbars',
];

test('A report is one page without scripts and without anything from elsewhere', async context => {
	const file = path.join(temporaryFolder(context), 'report.html');
	const {code, stdout} = await benchdeck(['report', 'IHZ', coupled, '-o', file, '-s', references, '--label', 'coupled=MultiPaxos']);
	assert.deepEqual([code, stdout], [0, '']);
	const page = fs.readFileSync(file, 'utf8');
	assert.doesNotMatch(page, /<script|<link|<img|<iframe|@import|url\((?!#)/);
	assert.deepEqual(page.match(/(?:src|href)="(?!#)[^"]*"/g) ?? [], []);
	for (const heading of ['Summary', 'Figures', 'Comparison', 'Results of IHZHEHZZAL', 'Results of coupled', 'Environment of IHZHEHZZAL']) {
		assert.ok(page.includes(`<h2>${heading}</h2>`), heading);
	}

	assert.ok(page.includes('>MultiPaxos</text>'));
	assert.match(page, /<td class="number">0\.05827<\/td>/);
	assert.match(page, /@media print/);
});

test('Curves over different inputs are told apart rather than averaged', async context => {
	const file = path.join(temporaryFolder(context), 'report.html');
	const compartmentalized = path.join(resultsFixtures, 'compartmentalized.csv');
	assert.equal((await benchdeck(['report', compartmentalized, '-o', file])).code, 0);
	const page = fs.readFileSync(file, 'utf8');
	assert.match(page, />num_acceptor_groups 1, [^<]*num_acceptors_per_group 3[^<]*<\/text>/);
	assert.doesNotMatch(page, /are averaged/);
});

test('Failures stand in the report with their triage, and texts of a run are never markup', async context => {
	const directory = copyOf(context, unreplicated);
	const benchmark = path.join(directory, '004');
	fs.mkdirSync(benchmark);
	fs.writeFileSync(path.join(benchmark, 'stop_time.txt'), '2026-11-23 06:18:12.191091\n');
	fs.writeFileSync(path.join(benchmark, 'server_returncode.txt'), '1\n');
	fs.writeFileSync(path.join(benchmark, 'server_cmd.txt'), 'java -Xms100f > out\n');
	fs.writeFileSync(path.join(benchmark, 'server_err.txt'), 'Invalid initial heap size: -Xms100f\n<script>alert(1)</script>\u{1B}[31m\n');
	fs.writeFileSync(path.join(directory, 'environment.json'), '{"benchdeck": "0.1.0", "seed": null}');
	fs.writeFileSync(path.join(directory, 'notes.md'), '# <b>before</b> the change\n');
	const file = path.join(temporaryFolder(context), 'report.html');
	assert.equal((await benchdeck(['report', directory, '-o', file])).code, 0);
	const page = fs.readFileSync(file, 'utf8');
	assert.match(page, /<div class="failure"><h3>Benchmark 004: server ended with return code 1\.<\/h3>/);
	assert.match(page, /<b>Cause: heap size\.<\/b> /);
	assert.match(page, /<pre>java -Xms100f<\/pre>/);
	assert.ok(page.includes('&lt;script&gt;alert(1)&lt;/script&gt;'));
	assert.ok(page.includes('<dt>benchdeck</dt><dd>0.1.0</dd><dt>seed</dt><dd>none</dd>'));
	assert.ok(page.includes('# &lt;b&gt;before&lt;/b&gt; the change'));
	assert.ok(!page.includes('<script'));
	assert.ok(!page.includes('\u{1B}'));
});

test('A browser shows the report', {skip: chromium === undefined ? 'no Chromium here' : false, timeout: 120_000}, async context => {
	const folder = temporaryFolder(context);
	const [file, picture] = [path.join(folder, 'report.html'), path.join(folder, 'report.png')];
	await benchdeck(['report', 'IHZ', coupled, '-o', file, '-s', references]);
	spawnSync(chromium!, [...flags, `--user-data-dir=${path.join(folder, 'profile')}`, '--window-size=800,1200', `--screenshot=${picture}`, pathToFileURL(file).href], {timeout: 100_000});
	const {width, height, pixels} = readPicture(fs.readFileSync(picture));
	assert.deepEqual([width, height], [800, 1200]);
	// Text, tables and a coloured curve, not a blank page or an error in one colour.
	assert.ok(pixels.filter(byte => byte !== 0).length > 20_000);
});

test('A report wants runs and a file that ends in .html', async () => {
	for (const [words, message] of [
		[[], 'benchdeck report takes RUNs: paths, unique words, or results.csv files.\n'],
		[['IHZ'], 'benchdeck report takes -o FILE.html.\n'],
		[['IHZ', '-o', 'x.pdf'], 'benchdeck report takes -o FILE.html, not "x.pdf".\n'],
	] as const) {
		assert.deepEqual(await benchdeck(['report', ...words]), {code: 2, stdout: '', stderr: message});
	}
});

/** A PNG's size, and its filtered rows: a byte that is not zero is where something differs from its neighbours. */
function readPicture(bytes: Buffer): {readonly width: number; readonly height: number; readonly pixels: Uint8Array} {
	const data: Buffer[] = [];
	for (let at = 8; at < bytes.length;) {
		const length = bytes.readUInt32BE(at);
		if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT') {
			data.push(bytes.subarray(at + 8, at + 8 + length));
		}

		at += 12 + length;
	}

	return {width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), pixels: inflateSync(Buffer.concat(data))};
}
