import net from 'node:net';
import {BenchError} from '../core/errors.ts';

/** A TCP connection from this machine; rejects where nothing accepts within the time. */
export async function openPort({ip, port}: {readonly ip: string; readonly port: number}, timeoutMs: number): Promise<net.Socket> {
	const socket = net.connect({host: ip, port, noDelay: true});
	const {promise, resolve, reject} = Promise.withResolvers<net.Socket>();
	socket.setTimeout(timeoutMs, () => {
		socket.destroy(new BenchError('host', `${ip}:${port} did not answer within ${timeoutMs} ms.`));
	});
	socket.once('error', reject);
	socket.once('connect', () => {
		socket.setTimeout(0);
		socket.off('error', reject);
		// The peer may reset a connection that nobody reads any more.
		socket.on('error', () => {/* Told by the stream's end. */});
		resolve(socket);
	});
	return promise;
}
