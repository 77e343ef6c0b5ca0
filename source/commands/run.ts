import {createHash} from 'node:crypto';
import dns from 'node:dns/promises';
import {execFile} from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import {pipeline} from 'node:stream/promises';
import {setTimeout as pause} from 'node:timers/promises';
import {promisify} from 'node:util';
import {type Clock} from '../core/clock.ts';
import {BenchError, messageOf} from '../core/errors.ts';
import {type Host} from '../core/host.ts';
import {type JsonObject} from '../core/json.ts';
import {packageRoot} from '../core/module-file.ts';
import {recordedNames} from '../core/scraping.ts';
import {connectHost} from '../host/connect-host.ts';
import {shellLine} from '../host/shell-quote.ts';
import {openEndpoints} from '../metrics/open-endpoint.ts';
import {watchMetrics} from '../metrics/watch-metrics.ts';
import {createLinePrinter} from '../printer/line-printer.ts';
import {createNdjsonPrinter} from '../printer/ndjson-printer.ts';
import {analyzeRecorder, warmRecorder} from '../recorder/analyze-recorder.ts';
import {runSuite} from '../runner/run-suite.ts';
import {scrapeProcs} from '../runner/scrape.ts';
import {bareAddress, engineCommand, prepare, type Prepared, requireJar} from './prepare.ts';
import {runFlags} from './run-flags.ts';

const exitCodes = {finished: 0, failed: 1, interrupted: 130} as const;

/** `benchdeck run SUITE`. */
export async function runCommand(argv: readonly string[]): Promise<number> {
	const prepared = await prepare('run', argv, runFlags);
	if ('help' in prepared) {
		process.stdout.write(prepared.help);
		return 0;
	}

	const {flags} = prepared;
	if (flags.is('json') && flags.is('plain')) {
		throw new BenchError('usage', '--json and --plain exclude each other.');
	}

	requireJar(prepared);
	for (const note of prepared.notes) {
		process.stderr.write(`${note}\n`);
	}

	warmRecorder();
	const interrupt = new AbortController();
	const stop = () => {
		process.stderr.write('Ending the benchmark and its processes.\n');
		interrupt.abort();
	};

	const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
	for (const signal of signals) {
		process.once(signal, stop);
	}

	const hosts = createHosts(prepared);
	const {protocol} = prepared.suite;
	const isScraped = flags.given('scrape') !== false;
	const open = openEndpoints(hosts.of);
	const scraping = scrapeProcs(async options => watchMetrics(options, {clock, open}), recordedNames(protocol.live, protocol.jobs?.prefix ?? protocol.name));
	try {
		const ips = await resolveAll(prepared);
		const outcome = await runSuite({
			suite: prepared.suite,
			title: prepared.title,
			name: prepared.name,
			parent: path.resolve(flags.text('suite-directory') ?? 'runs'),
			inputs: prepared.inputs,
			selected: prepared.selected,
			args: prepared.args,
			failFast: flags.is('fail-fast'),
			isScraped,
			around: {
				engine: prepared.engine,
				cluster: prepared.cluster,
				clusterFile: prepared.clusterFile,
				ipOf: address => ips.get(address) ?? bareAddress(address),
				jarOn: () => prepared.jar ?? '',
				engineOn: (_host, module) => engineCommand(module),
				scrape: prepared.scrape,
			},
			runner: {pid: process.pid, hostname: os.hostname(), version: versionOf()},
			commandLine: ({argv: words, env}) => shellLine(words, env),
			random: Math.random,
			environment: async addresses => environmentOf(prepared, addresses, hosts.of),
		}, {
			hostOf: hosts.of,
			clock,
			signal: interrupt.signal,
			emit: flags.is('json') ? createNdjsonPrinter(process.stdout) : createLinePrinter(process.stdout, process.stderr),
			analyze: analyzeRecorder,
			hooks: isScraped ? [scraping] : [],
		});
		return exitCodes[outcome];
	} finally {
		await hosts.close();
		for (const signal of signals) {
			process.off(signal, stop);
		}
	}
}

const clock: Clock = {
	now: () => performance.timeOrigin + performance.now(),
	async sleep(ms, signal) {
		try {
			await pause(ms, undefined, {signal});
		} catch {
			// An abort ends the sleep; who sleeps looks at the signal.
		}
	},
};

type Hosts = {readonly of: (address: string) => Promise<Host>; close(): Promise<void>};

// One connection per address; a lost one is made anew when it is asked for again.
function createHosts({flags}: Prepared): Hosts {
	const connected = new Map<string, Promise<Host>>();
	const identityFile = flags.text('identity-file');
	const options = {forceSsh: flags.is('ssh'), ...(identityFile !== undefined && {identityFile})};
	return {
		async of(address) {
			const known = connected.get(address);
			if (known) {
				return known;
			}

			const connecting = connectHost(address, options);
			connected.set(address, connecting);
			try {
				const host = await connecting;
				void (async () => {
					await host.lost;
					connected.delete(address);
				})();

				return host;
			} catch (error) {
				connected.delete(address);
				throw error;
			}
		},
		async close() {
			const settled = await Promise.allSettled(connected.values());
			await Promise.allSettled(settled.map(async result => result.status === 'fulfilled' ? result.value.close() : undefined));
		},
	};
}

async function resolveAll({cluster}: Prepared): Promise<ReadonlyMap<string, string>> {
	const addresses = new Set(Object.values(cluster).flatMap(roles => Object.values(roles).flat()));
	return new Map(await Promise.all([...addresses].map(async address => {
		const name = bareAddress(address);
		if (net.isIP(name) !== 0) {
			return [address, name] as const;
		}

		try {
			return [address, (await dns.lookup(name, 4)).address] as const;
		} catch {
			// Over SSH a name may be an alias that only ssh knows; flags then hold the name.
			return [address, name] as const;
		}
	})));
}

function versionOf(): string {
	return (JSON.parse(fs.readFileSync(new URL('package.json', packageRoot(import.meta.url)), 'utf8')) as {readonly version: string}).version;
}

async function environmentOf(prepared: Prepared, addresses: readonly string[], hostOf: Hosts['of']): Promise<JsonObject> {
	const perHost = addresses.map(async address => [address, await hostEnvironment(address, hostOf, prepared.engine === 'jar')] as const);
	return {
		benchdeck: versionOf(),
		node: process.version,
		suite: {file: prepared.file, ...await gitState(prepared.file)},
		seed: prepared.flags.text('shuffle') ?? null,
		engine: prepared.engine,
		jar: prepared.jar === undefined ? null : {path: prepared.jar, sha256: await hashOf(prepared.jar)},
		hosts: Object.fromEntries(await Promise.all(perHost)),
	};
}

async function hostEnvironment(address: string, hostOf: Hosts['of'], withJava: boolean): Promise<JsonObject> {
	try {
		const host = await hostOf(address);
		const script = 'uname -sr; getconf _NPROCESSORS_ONLN; sed -n "s/^model name[^:]*: //p" /proc/cpuinfo 2>/dev/null | head -n 1; echo; sed -n "s/^MemTotal: *//p" /proc/meminfo 2>/dev/null; echo; date +%s.%N; date +%z';
		const from = Date.now();
		const {stdout} = await host.run(['sh', '-c', script]);
		const middle = (from + Date.now()) / 2;
		const [kernel = '', cores = '', ...rest] = stdout.split('\n').map(line => line.trim()).filter(line => line !== '');
		const time = Number(rest.at(-2));
		const java = withJava ? (await host.run(['java', '-version'])).stderr.split('\n', 1)[0] ?? '' : null;
		return {
			kernel, cores: Number(cores), cpu: rest.length > 3 ? rest[0]! : null, memory: rest.find(line => line.endsWith('kB')) ?? null,
			clock_offset_ms: Number.isFinite(time) ? Math.round((time * 1000) - middle) : null, clock_error_ms: Math.ceil((Date.now() - from) / 2), utc_offset: rest.at(-1) ?? null, java,
		};
	} catch (error) {
		return {error: messageOf(error)};
	}
}

async function gitState(file: string): Promise<JsonObject> {
	const git = async (...words: readonly string[]) => (await promisify(execFile)('git', ['-C', path.dirname(file), ...words])).stdout.trim();
	try {
		return {commit: await git('rev-parse', 'HEAD'), dirty: await git('status', '--porcelain', '--', file) !== ''};
	} catch {
		return {commit: null, dirty: null};
	}
}

async function hashOf(file: string): Promise<string> {
	const hash = createHash('sha256');
	await pipeline(fs.createReadStream(file), hash);
	return hash.digest('hex');
}
