/*
The files of a project of one's own: an echo server and a closed-loop client on nothing but Node, described as a suite. They
are small enough to be replaced by what a person really wants to measure.
*/

export const suiteText = `import {count, duration, labelled, mean, oneOf, protocol, rate, suite, z} from 'benchdeck';

const program = (name: string) => decodeURIComponent(new URL(name, import.meta.url).pathname);

/** An echo server and clients that wait for each answer. Replace the commands by those of your own system. */
const echo = protocol({
	name: 'echo',
	// Its keys are the columns of results.csv.
	input: z.object({num_client_procs: count(), num_clients_per_proc: count(), message: oneOf(['short', 'long']), duration: duration()}),
	// In the order of placement: ports 10000, 10100, …
	roles: {
		clients: {
			count: input => input.num_client_procs,
			command: ({input, one, file, label, self}) => [
				'node', program('./client.mjs'), '--server', \`\${one('server').ip}:\${one('server').port}\`, '--loops', String(input.num_clients_per_proc),
				'--bytes', input.message === 'short' ? '16' : '4096', '--seconds', String(seconds(input.duration)),
				'--output', file(\`\${label}_data.csv\`), '--prometheus_port', String(self.port + 1),
			],
		},
		server: {
			command: proc => ['node', program('./server.mjs'), '--port', String(proc.self.port), '--prometheus_port', String(proc.self.port + 1)],
		},
	},
	start: ['server'],
	// The clients leave rows of start, stop, count, latency_nanos, label.
	output: labelled('write'),
	// What the console charts while it runs.
	live: {throughput: rate('echo_client_requests_total'), latency: mean('echo_client_latency_ms')},
});

function seconds(text: string): number {
	const [hours = 0, minutes = 0, rest = 0] = text.split(':').map(Number);
	return hours * 3600 + minutes * 60 + rest;
}

export default suite({
	protocol: echo,
	description: 'How many clients does one echo server carry?',
	inputs: () => (['short', 'long'] as const).flatMap(message => [1, 4, 16].map(loops => ({
		num_client_procs: 1, num_clients_per_proc: loops, message, duration: '2s',
	}))),
	summary: ['message', 'num_clients_per_proc', 'latency.median_ms', 'start_throughput_1s.p90'],
});
`;

export const serverText = `// Sends back what it gets.
import http from 'node:http';
import net from 'node:net';
import {parseArgs} from 'node:util';

const {values} = parseArgs({options: {port: {type: 'string'}, prometheus_port: {type: 'string', default: '-1'}}});
let bytes = 0;
net.createServer(socket => {
	socket.setNoDelay(true);
	socket.on('error', () => socket.destroy());
	socket.on('data', chunk => {
		bytes += chunk.length;
		socket.write(chunk);
	});
}).listen(Number(values.port), () => console.log(\`Listening on \${values.port}.\`));

if (values.prometheus_port !== '-1') {
	http.createServer((request, response) => response.end(\`# TYPE echo_server_bytes_total counter\\necho_server_bytes_total \${bytes}\\n\`))
		.listen(Number(values.prometheus_port));
}
`;

export const clientText = `// Sends a message, waits for it to come back, and again; writes a row for each.
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import {parseArgs} from 'node:util';

const {values} = parseArgs({options: Object.fromEntries(['server', 'loops', 'bytes', 'seconds', 'output', 'prometheus_port'].map(name => [name, {type: 'string'}]))});
const [host, port] = values.server.split(':');
const message = Buffer.alloc(Number(values.bytes), 'x');
const until = performance.now() + Number(values.seconds) * 1000;
const rows = ['start,stop,count,latency_nanos,label'];
let requests = 0;
let latencyMs = 0;

async function loop() {
	const socket = net.connect({host, port: Number(port), noDelay: true});
	await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
	while (performance.now() < until) {
		const from = performance.now();
		await ask(socket);
		const to = performance.now();
		requests++;
		latencyMs += to - from;
		rows.push(\`\${time(from)},\${time(to)},1,\${Math.round((to - from) * 1e6)},write\`);
	}

	socket.end();
}

function ask(socket) {
	return new Promise((resolve, reject) => {
		let left = message.length;
		const take = chunk => {
			left -= chunk.length;
			if (left === 0) {
				socket.off('data', take).off('close', fail);
				resolve();
			}
		};

		const fail = () => reject(new Error('The server closed the connection.'));
		socket.on('data', take).once('close', fail);
		socket.write(message);
	});
}

function time(at) {
	return new Date(performance.timeOrigin + at).toISOString();
}

const metrics = http.createServer((request, response) => response.end([
	'# TYPE echo_client_requests_total counter', \`echo_client_requests_total \${requests}\`,
	'# TYPE echo_client_latency_ms summary', \`echo_client_latency_ms_sum \${latencyMs}\`, \`echo_client_latency_ms_count \${requests}\`, '',
].join('\\n')));
metrics.listen(Number(values.prometheus_port)).unref();
await Promise.all(Array.from({length: Number(values.loops)}, loop));
fs.writeFileSync(values.output, rows.join('\\n') + '\\n');
console.log(\`\${requests} requests.\`);
process.exit();
`;

/** All roles on this machine; other addresses go here. */
export const clusterText = `${JSON.stringify({1: {clients: ['127.0.0.1'], server: ['127.0.0.1']}}, undefined, '\t')}\n`;

/** The package.json of a package of a name, which uses benchdeck and TypeScript of these versions. */
export function packageText(name: string, {version, typescript}: {readonly version: string; readonly typescript: string}): string {
	return `${JSON.stringify({
		name, private: true, type: 'module',
		scripts: {start: 'benchdeck run ./suite.ts', check: 'tsc'},
		devDependencies: {benchdeck: `^${version}`, typescript},
	}, undefined, '\t')}\n`;
}

/** The tsconfig.json; it names the file of benchdeck's types where they are not found by the package's name. */
export function tsconfigText(benchdeck: string | undefined): string {
	return `${JSON.stringify({
		compilerOptions: {
			target: 'es2023', module: 'nodenext', lib: ['es2024', 'dom'], types: [], strict: true, noEmit: true, skipLibCheck: true, erasableSyntaxOnly: true, allowImportingTsExtensions: true,
			...(benchdeck !== undefined && {paths: {benchdeck: [benchdeck]}}),
		},
		include: ['*.ts'],
	}, undefined, '\t')}\n`;
}
