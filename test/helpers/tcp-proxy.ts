/*
A TCP proxy that can refuse, delay, cut and freeze what goes through it.
*/
import {once} from 'node:events';
import net from 'node:net';
import {type TestContext} from 'node:test';

export type TcpProxy = {
	readonly port: number;
	/** How many connections came. */
	readonly connections: () => number;
	/** How many of its clients are still connected. */
	readonly open: () => number;
	/** Drops so many of the next connections at once. */
	drop(count: number): void;
	/** Each chunk waits so long. */
	delay(ms: number): void;
	/** Nothing goes through any more, and nobody is told. */
	freeze(): void;
	cut(): void;
};

/** A proxy to a port of loopback; gone after the test. */
export async function startProxy(context: TestContext, target: number): Promise<TcpProxy> {
	let [connections, toDrop, delayMs, isFrozen] = [0, 0, 0, false];
	const sockets = new Set<net.Socket>();
	const clients = new Set<net.Socket>();
	const carry = (from: net.Socket, to: net.Socket) => {
		from.on('data', chunk => {
			setTimeout(() => {
				if (!isFrozen) {
					to.write(chunk);
				}
			}, delayMs);
		});
		from.on('close', () => {
			if (!isFrozen) {
				to.destroy();
			}
		});
		from.on('error', () => {/* Its close follows. */});
		sockets.add(from);
	};

	const server = net.createServer(socket => {
		connections++;
		if (toDrop > 0) {
			toDrop--;
			socket.destroy();
			return;
		}

		clients.add(socket);
		socket.on('close', () => {
			clients.delete(socket);
		});
		const other = net.connect(target, '127.0.0.1');
		carry(socket, other);
		carry(other, socket);
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	context.after(() => {
		server.close();
		for (const socket of sockets) {
			socket.destroy();
		}
	});
	return {
		port: (server.address() as net.AddressInfo).port,
		connections: () => connections,
		open: () => clients.size,
		drop(count) {
			toDrop = count;
		},
		delay(ms) {
			delayMs = ms;
		},
		freeze() {
			isFrozen = true;
		},
		cut() {
			for (const socket of sockets) {
				socket.destroy();
			}
		},
	};
}
