import {type Host} from '../core/host.ts';
import {openSocket} from './open-socket.ts';
import {type OpenChannel} from './scrape-connection.ts';

/** A port on the same network answers far sooner; the rest is a firewall's silence. */
const directTimeoutMs = 500;

/**
Opens connections to endpoints from this machine, and through the endpoint's host where that does not work: over SSH, to
private addresses. What has worked for a host is kept to.
*/
export function openEndpoints(hostOf: (address: string) => Promise<Host>, direct: OpenChannel = openSocket): OpenChannel {
	const ways = new Map<string, 'direct' | 'through'>();
	return async (endpoint, timeoutMs) => {
		if (endpoint.host === undefined) {
			return direct(endpoint, timeoutMs);
		}

		const host = await hostOf(endpoint.host);
		const way = ways.get(endpoint.host) ?? onlyWay(host, endpoint.ip);
		if (way !== undefined) {
			return way === 'direct' ? direct(endpoint, timeoutMs) : host.open(endpoint, timeoutMs);
		}

		// Where both fail, nothing may listen yet, and both are still open.
		try {
			const channel = await direct(endpoint, Math.min(timeoutMs, directTimeoutMs));
			ways.set(endpoint.host, 'direct');
			return channel;
		} catch {
			const channel = await host.open(endpoint, timeoutMs);
			ways.set(endpoint.host, 'through');
			return channel;
		}
	};
}

// Over SSH, a loopback address is the other machine's, whatever listens there on this one.
function onlyWay({kind}: Host, ip: string): 'direct' | 'through' | undefined {
	if (kind === 'local') {
		return 'direct';
	}

	return kind === 'fake' || ip === '::1' || ip.startsWith('127.') ? 'through' : undefined;
}
