import {connect} from 'node:net';
import {type Channel} from '../core/host.ts';

/** Opens a connection to a port that this machine reaches; rejects with the system's error, or after the time. */
export async function openSocket({ip, port}: {readonly ip: string; readonly port: number}, timeoutMs: number): Promise<Channel> {
	return new Promise((resolve, reject) => {
		const socket = connect({host: ip, port, noDelay: true});
		socket.setTimeout(timeoutMs, () => {
			socket.destroy(new Error(`no connection within ${timeoutMs} ms`));
		});
		// It stays: a reset after the last read must not end the process.
		socket.on('error', reject);
		socket.once('connect', () => {
			socket.setTimeout(0);
			resolve(socket);
		});
	});
}
