/*
A rehearsed server: whatever its role, it listens where the real one would and sends back what it gets, eight bytes a
request.
*/
import net from 'node:net';
import {createLog, die, LatencyBuckets, readFlags, serveMetrics} from './program.ts';

const requestBytes = 8;

const flags = readFlags(process.argv.slice(2));
const [host, port, label] = [flags.text('host'), flags.number('port'), flags.text('label')];
const log = createLog(flags.text('log_level', 'debug'));

let received = 0;
let busyMs = 0;
const latency = new LatencyBuckets();
const requests = () => Math.floor(received / requestBytes);

const server = net.createServer({noDelay: true}, socket => {
	const peer = `${socket.remoteAddress ?? '?'}:${socket.remotePort ?? '?'}`;
	log('info', `${label}: a client connected from ${peer}.`);
	socket.on('data', chunk => {
		const from = performance.now();
		received += chunk.length;
		socket.write(chunk);
		const spentMs = performance.now() - from;
		busyMs += spentMs;
		latency.add(spentMs);
	});
	socket.on('error', error => {
		log('warn', `${label}: the connection from ${peer} broke: ${error.message}.`);
	});
	socket.on('close', () => {
		log('debug', `${label}: the connection from ${peer} closed.`);
	});
});
server.on('error', error => {
	die(1, `${label} cannot listen on ${host}:${port}: ${error.message}.`);
});
server.listen(port, host, () => {
	log('info', `Rehearsal: ${label}, in the role of ${flags.text('role')}, listens on ${host}:${port}.`);
});

serveMetrics(flags, log, {own: {requests_total: 'responses'}, read: () => ({requests: requests(), responses: requests(), busyMs, latency})});

let told = 0;
setInterval(() => {
	if (requests() > told) {
		log('debug', `${label}: ${requests() - told} requests answered in the last second.`);
		told = requests();
	}
}, 1000).unref();

process.on('SIGTERM', () => {
	log('info', `${label} ends after ${requests()} requests.`);
	process.exit(0);
});
