/*
The Debian package's `prometheus` and `promtool`, where they are installed: the authority on what a PromQL user expects.
*/
import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {freePort} from './free-port.ts';
import {until} from './until.ts';

/** For a test's `skip`: false where both programs are there, else what is missing. */
export const withoutPrometheus: string | false = missing('promtool') ?? missing('prometheus') ?? false;

/** A value of an instant vector. */
export type Answer = {readonly labels: Readonly<Record<string, string>>; readonly value: number};

/** Makes blocks of OpenMetrics text in a directory; throws with promtool's words where it refuses the text. */
export function createBlocks(openMetricsFile: string, directory: string): string {
	return execFileSync('promtool', ['tsdb', 'create-blocks-from', 'openmetrics', openMetricsFile, directory], {encoding: 'utf8', stdio: 'pipe'});
}

/** Runs a Prometheus server over OpenMetrics text on a free loopback port; gone after `use`. */
export async function withPrometheus<Result>(openMetrics: string, use: (query: (promql: string, at: number) => Promise<readonly Answer[]>) => Promise<Result>): Promise<Result> {
	const directory = await mkdtemp(path.join(tmpdir(), 'benchdeck-prometheus-'));
	try {
		await Promise.all([writeFile(path.join(directory, 'samples.om'), openMetrics), writeFile(path.join(directory, 'prometheus.yml'), 'scrape_configs: []\n')]);
		createBlocks(path.join(directory, 'samples.om'), path.join(directory, 'data'));
		const port = await freePort();
		const server = spawn('prometheus', [
			`--config.file=${path.join(directory, 'prometheus.yml')}`,
			`--storage.tsdb.path=${path.join(directory, 'data')}`,
			`--web.listen-address=127.0.0.1:${port}`,
			'--storage.tsdb.retention.time=100y',
			'--log.level=error',
		], {stdio: 'ignore'});
		const exited = once(server, 'exit');
		try {
			await ready(port, () => server.exitCode);
			return await use(async (promql, at) => ask(port, promql, at));
		} finally {
			server.kill('SIGKILL');
			await exited;
		}
	} finally {
		await rm(directory, {recursive: true, force: true});
	}
}

async function ask(port: number, promql: string, at: number): Promise<readonly Answer[]> {
	const response = await fetch(`http://127.0.0.1:${port}/api/v1/query?${new URLSearchParams({query: promql, time: (at / 1000).toFixed(3)}).toString()}`);
	const body = (await response.json()) as {
		readonly status: string;
		readonly error?: string;
		readonly data?: {readonly result: ReadonlyArray<{readonly metric: Record<string, string>; readonly value: readonly [number, string]}>};
	};
	if (!body.data) {
		throw new Error(`${promql}: ${body.error}`);
	}

	return body.data.result.map(({metric, value}) => ({labels: metric, value: value[1] === '+Inf' ? Infinity : (value[1] === '-Inf' ? -Infinity : Number(value[1]))}));
}

async function ready(port: number, exitCode: () => number | null): Promise<void> {
	await until(`prometheus is ready on port ${port}`, async () => {
		if (exitCode() !== null) {
			throw new Error(`prometheus ended with exit code ${exitCode()} before it was ready on port ${port}.`);
		}

		try {
			const response = await fetch(`http://127.0.0.1:${port}/-/ready`);
			await response.text();
			return response.ok;
		} catch {
			return false;
		}
	});
}

function missing(program: string): string | undefined {
	try {
		execFileSync(program, ['--version'], {stdio: 'ignore'});
		return undefined;
	} catch {
		return `needs ${program} (apt-get install prometheus)`;
	}
}
