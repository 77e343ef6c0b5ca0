/*
What the two programs of a rehearsal share: flags, log and metrics, on nothing but Node.
*/
import http from 'node:http';

export type Flags = {
	text(name: string, otherwise?: string): string;
	number(name: string, otherwise?: number): number;
	/** Milliseconds of `2.5s`. */
	ms(name: string): number;
	list(name: string): readonly string[];
};

/** Arguments as `--name value`. A flag that is missing or wrong ends the program with exit code 2 when it is asked for. */
export function readFlags(argv: readonly string[]): Flags {
	const values = new Map<string, string>();
	for (let at = 0; at < argv.length; at += 2) {
		values.set(argv[at]!.replace(/^--/, ''), argv[at + 1] ?? '');
	}

	const text = (name: string, otherwise?: string) => values.get(name) ?? otherwise ?? die(2, `--${name} is missing.`);
	const number = (name: string, otherwise?: number) => {
		const value = Number(text(name, otherwise === undefined ? undefined : String(otherwise)) || 'none');
		return Number.isFinite(value) ? value : die(2, `--${name} takes a number, not "${text(name)}".`);
	};

	return {
		text,
		number,
		ms(name) {
			const amount = /^(\d+(?:\.\d+)?)s$/.exec(text(name))?.[1];
			return amount === undefined ? die(2, `--${name} takes seconds such as 2.5s, not "${text(name)}".`) : Number(amount) * 1000;
		},
		list: name => text(name, '').split(',').filter(Boolean),
	};
}

const levels: readonly string[] = ['debug', 'info', 'warn', 'error', 'fatal'];
export type Log = (level: 'debug' | 'info' | 'warn' | 'error', text: string) => void;

/** A log on stdout: `2021-04-07T18:41:22.655Z INFO text`. */
export function createLog(lowest: string): Log {
	const from = levels.indexOf(lowest);
	return (level, text) => {
		if (levels.indexOf(level) >= from) {
			process.stdout.write(`${new Date().toISOString()} ${level.toUpperCase()} ${text}\n`);
		}
	};
}

/** A metric's samples: the part of the name after the prefix, with its labels if it has any, and the value. */
export type Metric = {readonly name: string; readonly type: 'counter' | 'summary'; readonly help: string; samples(): ReadonlyArray<readonly [name: string, value: number]>};

/** Serves metrics as Prometheus scrapes them; port -1 serves none. */
export function serveMetrics(flags: Flags, log: Log, metrics: readonly Metric[]): void {
	const port = flags.number('prometheus_port', -1);
	const host = flags.text('prometheus_host', '127.0.0.1');
	if (port === -1) {
		return;
	}

	const prefix = flags.text('metrics_prefix');
	const server = http.createServer((_request, response) => {
		response.setHeader('content-type', 'text/plain; version=0.0.4; charset=utf-8');
		response.end(metrics.map(({name, type, help, samples}) => [
			`# HELP ${prefix}_${name} ${help}`,
			`# TYPE ${prefix}_${name} ${type}`,
			...samples().map(([sample, value]) => `${prefix}_${sample} ${value}`),
			'',
		].join('\n')).join(''));
	});
	server.on('error', error => {
		log('error', `Metrics cannot be served on ${host}:${port}: ${error.message}.`);
	});
	server.listen(port, host);
	server.unref();
}

/** One line on stderr, and the end. */
export function die(code: number, message: string): never {
	process.stderr.write(`${message}\n`);
	// eslint-disable-next-line unicorn/no-process-exit -- only programs import this module
	process.exit(code);
}
