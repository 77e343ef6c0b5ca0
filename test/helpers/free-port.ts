import {randomInt} from 'node:crypto';
import {once} from 'node:events';
import net from 'node:net';

// Below what the system gives to outgoing connections, one of which could take a port before its server does.
const [lowest, highest] = [20_000, 29_999];
const given = new Set<number>();

/** A port of loopback that nothing listens on, for a server that must be told its own; none is given twice. */
export async function freePort(): Promise<number> {
	for (;;) {
		const port = randomInt(lowest, highest + 1);
		if (!given.has(port) && await isFree(port)) {
			given.add(port);
			return port;
		}
	}
}

async function isFree(port: number): Promise<boolean> {
	const server = net.createServer().listen(port, '127.0.0.1');
	try {
		await once(server, 'listening');
	} catch {
		return false;
	}

	server.close();
	await once(server, 'close');
	return true;
}
