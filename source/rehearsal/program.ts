/*
What the two programs of a rehearsal share: flags, log and metrics, on nothing but Node.
*/
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

// What the JAR labels with the kind of a message.
const rehearsed = '{type="Rehearsal"}';

/** What a program counts of the requests that it answers or has answered; read when somebody scrapes. */
export type Measured = {readonly requests: number; readonly responses: number; readonly busyMs: number; readonly latency: LatencyBuckets};

/**
Serves metrics as Prometheus scrapes them; port -1 serves none. They go by the names of the rehearsed program: those that
every main of the JAR exports, and those that the live charts of its protocol ask for.

@param own The names after the prefix that count `requests` and `responses`.
*/
export function serveMetrics(flags: Flags, log: Log, {own, read}: {readonly own: Readonly<Record<string, 'requests' | 'responses'>>; read(): Measured}): void {
	const port = flags.number('prometheus_port', -1);
	const host = flags.text('prometheus_host', '127.0.0.1');
	if (port === -1) {
		return;
	}

	const prefix = flags.text('metrics_prefix');
	// A live figure's metric takes the place of an own one of that name.
	const counters = new Map(Object.entries(own).map(([name, what]) => [`${prefix}_${name}`, {sample: `${prefix}_${name}${rehearsed}`, what}]));
	for (const sample of flags.list('counters')) {
		counters.set(sample.replace(/\{.*/, ''), {sample, what: 'responses'});
	}

	const summaries = new Set([`${prefix}_requests_latency`, ...flags.list('summaries')]);
	// Importing it reads all its exports, which loads WebSocket and takes longer than a program to start.
	const server = process.getBuiltinModule('node:http').createServer((_request, response) => {
		const measured = read();
		response.setHeader('content-type', 'text/plain; version=0.0.4; charset=utf-8');
		response.end([
			...[...counters].map(([name, {sample, what}]) => `# TYPE ${name} counter\n${sample} ${measured[what]}\n`),
			...[...summaries].map(name => `# TYPE ${name} summary\n${name}_sum${rehearsed} ${measured.busyMs}\n${name}_count${rehearsed} ${measured.responses}\n`),
			...flags.list('histograms').map(name => `# TYPE ${name} histogram\n${measured.latency.lines(name)}`),
		].join(''));
	});
	server.on('error', error => {
		log('error', `Metrics cannot be served on ${host}:${port}: ${error.message}.`);
	});
	// Neither the server nor who scrapes keeps a program alive that is done.
	server.on('connection', socket => {
		socket.unref();
	});
	server.listen(port, host);
	server.unref();
}

const growth = 1.2;
const lowestMs = 0.01;
const buckets = 80;

/** A histogram of latencies, from 0.01 ms up, each bucket a fifth wider than the one before. */
export class LatencyBuckets {
	readonly #counts = Array.from({length: buckets + 1}, () => 0);
	#sumMs = 0;

	add(ms: number): void {
		this.#sumMs += ms;
		this.#counts[ms <= lowestMs ? 0 : Math.min(buckets, Math.ceil(Math.log(ms / lowestMs) / Math.log(growth)))]!++;
	}

	/** Its samples, as Prometheus reads them. */
	lines(name: string): string {
		let count = 0;
		const lines = this.#counts.map((more, place) => {
			count += more;
			return `${name}_bucket{le="${place === buckets ? '+Inf' : lowestMs * (growth ** place)}"} ${count}\n`;
		});
		return `${lines.join('')}${name}_sum ${this.#sumMs}\n${name}_count ${count}\n`;
	}
}

/** One line on stderr, and the end. */
export function die(code: number, message: string): never {
	process.stderr.write(`${message}\n`);
	// eslint-disable-next-line unicorn/no-process-exit -- only programs import this module
	process.exit(code);
}
