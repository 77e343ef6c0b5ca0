/*
A Prometheus server over the database of a benchmark that is over. It works on a copy: a server that opens a database changes
it, and a run stays as it was.
*/
import {execFile, spawn} from 'node:child_process';
import {once} from 'node:events';
import {constants} from 'node:fs';
import {cp, mkdir, readdir, readFile, rename, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {promisify} from 'node:util';
import {BenchError, messageOf} from '../core/errors.ts';
import {freeLocalPort} from './free-local-port.ts';

export type PrometheusServer = {
	readonly url: string;
	readonly port: number;
	/** Settles when it has ended by itself, with its last words. */
	readonly exited: Promise<string>;
	/** Names of the samples of a job; of all without one. */
	names(job?: string): Promise<readonly string[]>;
	jobs(): Promise<readonly string[]>;
	stop(): Promise<void>;
};

type ServedDatabase = {
	/** `prometheus_data`. */
	readonly database: string;
	/** A folder of its own, made if need be, where the copy goes. */
	readonly folder: string;
	/** OpenMetrics text that is added to the copy; left out where promtool is not installed. */
	readonly additions?: string;
};

const readyMs = 60_000;

/**
Starts a server on a free loopback port.

@throws BenchError `metrics` where Prometheus is not installed or does not take the database.
*/
export async function servePrometheus({database, folder, additions}: ServedDatabase): Promise<PrometheusServer> {
	const copy = path.join(folder, 'data');
	try {
		await mkdir(folder, {recursive: true});
		// Where files can share their blocks on the disk, a copy costs nothing.
		await cp(database, copy, {recursive: true, mode: constants.COPYFILE_FICLONE, filter: file => !['lock', 'queries.active'].includes(path.basename(file))});
		await writeFile(path.join(folder, 'prometheus.yml'), 'scrape_configs: []\n');
	} catch (error) {
		throw new BenchError('metrics', `${database}: cannot be copied to ${folder}: ${messageOf(error)}.`, {cause: error});
	}

	const blocks = await additionalBlocks(folder, additions);
	let data = copy;
	if (blocks.length > 0) {
		data = await withoutLog({database, folder, data: copy});
		await Promise.all(blocks.map(async block => rename(block, path.join(data, path.basename(block)))));
	}

	const {url, port, exited, end} = await startServer({database, folder, data});
	return {
		url,
		port,
		exited,
		names: async job => values(url, '__name__', job),
		jobs: async () => values(url, 'job'),
		async stop() {
			await end();
			await rm(folder, {recursive: true, force: true});
		},
	};
}

type Started = {readonly url: string; readonly port: number; readonly exited: Promise<string>; end(): Promise<void>};
type Startable = {readonly database: string; readonly folder: string; readonly data: string};

async function startServer({database, folder, data}: Startable, ...flags: readonly string[]): Promise<Started> {
	const port = await freeLocalPort();
	const log = path.join(folder, 'prometheus.log');
	const child = spawn(
		'sh',
		[
			'-c',
			'exec "$@" 2>"$0"',
			log,
			'prometheus',
			`--config.file=${path.join(folder, 'prometheus.yml')}`,
			`--storage.tsdb.path=${data}`,
			`--web.listen-address=127.0.0.1:${port}`,
			'--storage.tsdb.retention.time=100y',
			'--log.level=warn',
			...flags,
		],
		{stdio: 'ignore', detached: true},
	);
	const gone = once(child, 'exit');
	const exited = (async () => {
		await gone;
		return (await readFile(log, 'utf8').catch(() => '')).trimEnd().split('\n').at(-1) ?? '';
	})();
	const url = `http://127.0.0.1:${port}`;
	const end = async () => {
		child.kill('SIGTERM');
		await gone;
	};

	try {
		await untilReady(url, () => child.exitCode, database, exited);
	} catch (error) {
		await end();
		throw error;
	}

	return {url, port, exited, end};
}

/** The folders of blocks that promtool makes of OpenMetrics text; none where it is not installed: phases are then missing from the charts, and nothing else. */
async function additionalBlocks(folder: string, additions: string | undefined): Promise<readonly string[]> {
	if (additions === undefined) {
		return [];
	}

	const [file, made] = [path.join(folder, 'additions.om'), path.join(folder, 'additions')];
	await writeFile(file, additions);
	try {
		await promisify(execFile)('promtool', ['tsdb', 'create-blocks-from', 'openmetrics', file, made]);
		return (await readdir(made)).map(name => path.join(made, name));
	} catch {
		return [];
	}
}

/**
The database with all its samples in blocks. What a benchmark left lies in the write-ahead log, of which Prometheus drops whatever is
older than the newest block beside it.

@returns The folder of the database.
*/
async function withoutLog(startable: Startable): Promise<string> {
	const {database, data} = startable;
	const {url, end} = await startServer(startable, '--web.enable-admin-api');
	try {
		const response = await fetch(`${url}/api/v1/admin/tsdb/snapshot`, {method: 'POST'});
		const {data: snapshot, error} = await response.json() as {readonly data?: {readonly name: string}; readonly error?: string};
		if (!snapshot) {
			throw new BenchError('metrics', `${database}: Prometheus makes no snapshot of it: ${error ?? response.statusText}.`);
		}

		return path.join(data, 'snapshots', snapshot.name);
	} finally {
		await end();
	}
}

async function untilReady(url: string, exitCode: () => number | null, database: string, exited: Promise<string>): Promise<void> {
	for (const until = Date.now() + readyMs; Date.now() < until;) {
		if (exitCode() === 127) {
			throw new BenchError('metrics', 'prometheus is not on the PATH; install it (Debian: apt-get install prometheus).');
		}

		if (exitCode() !== null) {
			throw new BenchError('metrics', `${database}: Prometheus does not serve it: ${await exited}`);
		}

		if (await answers(`${url}/-/ready`)) {
			return;
		}

		await pause(50);
	}

	throw new BenchError('metrics', `${database}: Prometheus was not ready within ${readyMs / 1000} s.`);
}

async function answers(url: string): Promise<boolean> {
	try {
		const response = await fetch(url);
		await response.text();
		return response.ok;
	} catch {
		return false;
	}
}

async function values(url: string, label: string, job?: string): Promise<readonly string[]> {
	const match = job === undefined ? '' : `&${new URLSearchParams({'match[]': `{job="${job}"}`}).toString()}`;
	const response = await fetch(`${url}/api/v1/label/${label}/values?start=0${match}`);
	const {data = []} = await response.json() as {readonly data?: readonly string[]};
	return data;
}
