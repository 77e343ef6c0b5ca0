/*
The embedded engine's server: one state machine behind a TCP port, with the flags of the JAR's ServerMain.
*/
import {type Buffer as NodeBuffer} from 'node:buffer';
import net from 'node:net';
import {fail, parseFlags} from './flags.ts';
import {createFrameReader, createFrameWriter, type OnFrame} from './frames.ts';
import {createLog} from './log.ts';
import {serveMetrics} from './metrics.ts';
import {createStartingLine, startingLine} from './starting-line.ts';
import {stateMachines} from './state-machine.ts';

const flags = parseFlags(process.argv.slice(2), {
	host: 'text', port: 'integer', log_level: 'text', state_machine: 'text', prometheus_host: 'text', prometheus_port: 'integer', 'options.flushEveryN': 'integer',
}, {log_level: 'debug', state_machine: 'Noop', prometheus_host: '0.0.0.0', prometheus_port: -1, 'options.flushEveryN': 1});

const log = createLog(flags.log_level);
const createMachine = stateMachines[flags.state_machine];
if (!createMachine) {
	fail(`--state_machine takes ${Object.keys(stateMachines).join(', ')}, not "${flags.state_machine}"`);
}

const execute = createMachine();
const line = createStartingLine();
let requests = 0;
let busyMs = 0;

const server = net.createServer({noDelay: true}, socket => {
	const peer = `${socket.remoteAddress ?? '?'}:${socket.remotePort ?? '?'}`;
	log('info', `A client connected from ${peer}.`);
	const replies = createFrameWriter(data => {
		socket.write(data);
	}, flags['options.flushEveryN']);
	// Profiles show these names; compiled code may hold the first inside the second.
	const handleRequest: OnFrame = (client, request, data, start, end) => {
		if (client === startingLine) {
			line.arrive(request, replies);
			return;
		}

		replies.add(client, request, execute(data, start, end));
		requests++;
	};

	const read = createFrameReader(handleRequest);
	const handleRequests = (chunk: NodeBuffer) => {
		const from = performance.now();
		try {
			read(chunk);
		} catch (error) {
			log('error', `${peer}: ${error instanceof Error ? error.message : String(error)}.`);
			socket.destroy();
		}

		busyMs += performance.now() - from;
	};

	socket.on('data', handleRequests);
	socket.on('error', error => {
		log('warn', `The connection from ${peer} broke: ${error.message}.`);
	});
	socket.on('close', () => {
		line.leave(replies);
		log('debug', `The connection from ${peer} closed.`);
	});
});

server.on('error', error => {
	process.stderr.write(`Cannot listen on ${flags.host}:${flags.port}: ${error.message}.\n`);
	process.exit(1);
});
server.listen(flags.port, flags.host, () => {
	log('info', `Server listening on ${flags.host}:${flags.port} with the state machine ${flags.state_machine}.`);
	const labels = {type: 'ClientRequest'};
	const [total, latency] = ['unreplicated_server_requests_total', 'unreplicated_server_requests_latency'];
	serveMetrics({host: flags.prometheus_host, port: flags.prometheus_port, log}, [
		{name: total, help: 'Requests that were executed.', type: 'counter', samples: () => [{labels, value: requests, metricName: total}]},
		{
			name: latency,
			help: 'Milliseconds spent on requests.',
			type: 'summary',
			samples: () => [
				{labels, value: busyMs, metricName: `${latency}_sum`},
				{labels, value: requests, metricName: `${latency}_count`},
			],
		},
	]);
});

process.on('SIGTERM', () => {
	log('info', `Server ended after ${requests} requests.`);
	process.exit(0);
});
