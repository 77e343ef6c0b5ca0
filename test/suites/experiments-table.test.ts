import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import {loadSuite, suiteNames} from '../../source/commands/load-suite.ts';
import {bareAddress} from '../../source/commands/prepare.ts';
import {parseCluster} from '../../source/core/cluster.ts';
import {printSeconds} from '../../source/core/duration.ts';
import {planBenchmark} from '../../source/core/plan.ts';
import {enginesOf} from '../../source/core/protocol.ts';
import {suiteInputs} from '../../source/core/suite.ts';
import {expectedMs} from '../../source/core/timing.ts';

type Row = Readonly<Record<string, string>>;

const readme = fs.readFileSync(new URL('../../suites/README.md', import.meta.url), 'utf8');
const experiments = tableUnder('## Experiments');
const protocols = tableUnder('## Protocols');
// The others are benchdeck's own, behind no figure.
const published = suiteNames().filter(title => !title.endsWith('/smoke') && title !== 'unreplicated/lt');

for (const title of suiteNames()) {
	test(`The table of protocols names ${title} and its engines`, async () => {
		const {suite: {protocol}} = await loadSuite(title);
		const row = protocols.find(cells => cells['protocol'] === `\`${protocol.name}\``);
		assert.ok(row, `suites/README.md has no row for ${protocol.name}`);
		assert.equal(row['engines'], enginesOf(protocol).join(', '));
		const name = title.slice(title.indexOf('/') + 1);
		const families = [...row['other suites']!.matchAll(/`([^`…]*)…`/g)].map(([, prefix = '']) => prefix);
		assert.ok(name === 'smoke' || row['other suites']!.includes(`\`${name}\``) || families.some(prefix => name.startsWith(prefix)), `the row of ${protocol.name} lacks ${name}`);
		const endpoints = Object.entries(protocol.roles).filter(([, role]) => !role.at).map(([place, role]) => role.cluster ?? place);
		const named = row['roles']!.replaceAll(/ \([^)]*\)/g, '');
		assert.equal(named.startsWith('those of ') || named === [...new Set(endpoints)].join(', '), true, `${named} are not ${[...new Set(endpoints)].join(', ')}`);
	});
}

for (const title of published) {
	test(`The table of experiments has the figures of ${title}`, async () => {
		const row = experiments.find(cells => cells['experiment'] === `\`${title}\``);
		assert.ok(row, `suites/README.md has no row for ${title}`);
		const {suite} = await loadSuite(title);
		const inputs = suiteInputs(suite, {logLevel: 'debug', monitor: false, profile: false, flags: {}}, {title});
		const clusterFile = `clusters/${suite.protocol.name}.json`;
		const cluster = parseCluster(fs.readFileSync(new URL(`../../${clusterFile}`, import.meta.url), 'utf8'), clusterFile);
		const plans = inputs.map((input, place) => planBenchmark(suite.protocol, input, place + 1, {
			engine: 'jar', cluster, clusterFile, ipOf: bareAddress, directoryOn: () => '$BENCH', jarOn: () => '$JAR', engineOn: () => [],
		}));
		const most = (wanted: string) => Math.max(...plans.map(({procs}) => procs.filter(({kind}) => kind === wanted).length));
		assert.equal(row['benchmarks'], String(plans.length));
		assert.equal(row['time'], printSeconds(plans.reduce((sum, {timing}) => sum + expectedMs(timing), 0)));
		assert.equal(row['servers'], String(most('server')));
		assert.equal(row['client procs'], String(most('client')));
	});
}

function tableUnder(heading: string): readonly Row[] {
	const [, section = ''] = readme.split(`${heading}\n`);
	const cells = (line: string) => line.slice(1, -1).split('|').map(cell => cell.trim());
	const [header = '', , ...rows] = section.split(/^## /m, 1)[0]!.split('\n').filter(line => line.startsWith('|'));
	const names = cells(header);
	return rows.map(line => Object.fromEntries(cells(line).map((cell, column) => [names[column] ?? '', cell])));
}
