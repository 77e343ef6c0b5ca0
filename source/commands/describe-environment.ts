/*
What environment.json holds: versions, the suite's commit, the program's hash, and each host.
*/
import {createHash} from 'node:crypto';
import {execFile} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {pipeline} from 'node:stream/promises';
import {promisify} from 'node:util';
import {messageOf} from '../core/errors.ts';
import {type JsonObject} from '../core/json.ts';
import {type Hosts} from './connect-hosts.ts';
import {type Prepared} from './prepare.ts';
import {versionOf} from './version.ts';

/** What a run runs on. A host that cannot be asked says why. */
export async function environmentOf(prepared: Prepared, addresses: readonly string[], hostOf: Hosts['of']): Promise<JsonObject> {
	const perHost = addresses.map(async address => [address, await hostEnvironment(address, hostOf, prepared.engine === 'jar')] as const);
	return {
		benchdeck: versionOf(),
		node: process.version,
		suite: {file: prepared.file, ...await gitState(prepared.file)},
		seed: prepared.flags.text('shuffle') ?? null,
		engine: prepared.engine,
		jar: prepared.jar === undefined ? null : {path: prepared.jar, sha256: await hashOf(prepared.jar)},
		cluster: prepared.cluster,
		hosts: Object.fromEntries(await Promise.all(perHost)),
	};
}

// Kernel, cores, the CPU's model, memory, seconds, the zone's offset: a line each, where the host tells it.
const factsScript = [
	'uname -sr',
	'getconf _NPROCESSORS_ONLN',
	'sed -n "s/^model name[^:]*: //p" /proc/cpuinfo 2>/dev/null | head -n 1',
	'echo',
	'sed -n "s/^MemTotal: *//p" /proc/meminfo 2>/dev/null',
	'echo',
	'date +%s.%N',
	'date +%z',
].join('; ');

async function hostEnvironment(address: string, hostOf: Hosts['of'], withJava: boolean): Promise<JsonObject> {
	try {
		const host = await hostOf(address);
		const from = Date.now();
		const {stdout} = await host.run(['sh', '-c', factsScript]);
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

/** SHA-256 of a file, in hex. */
export async function hashOf(file: string): Promise<string> {
	const hash = createHash('sha256');
	await pipeline(fs.createReadStream(file), hash);
	return hash.digest('hex');
}
