import dns from 'node:dns/promises';
import net from 'node:net';
import {parseAddress} from '../core/address.ts';
import {type Host} from '../core/host.ts';
import {connectLocalHost} from './local-host.ts';
import {retryingHost} from './retrying-host.ts';
import {type SshHostOptions} from './ssh-host.ts';

export type ConnectOptions = SshHostOptions & {
	/** Also this machine over SSH. */
	readonly forceSsh?: boolean;
	/** Ends the attempts to connect. */
	readonly signal?: AbortSignal;
};

/** A connection to an address of the cluster file: loopback runs on this machine, unless SSH is asked for or a key is given. */
export async function connectHost(address: string, options: ConnectOptions = {}): Promise<Host> {
	if (isLocal(address, options)) {
		return connectLocalHost(address, address === 'localhost' ? '127.0.0.1' : address, {marks: options.marks});
	}

	// A local run need not load ssh2.
	const {connectSshHost} = await import('./ssh-host.ts');
	const ip = await ipOf(address);
	return retryingHost(async () => connectSshHost(address, ip, options), {signal: options.signal});
}

/** True where an address runs on this machine without SSH. */
export function isLocal(address: string, {forceSsh, identityFile}: ConnectOptions): boolean {
	return isLoopback(address) && !forceSsh && identityFile === undefined;
}

/** The address as flags name it: a literal as it is, localhost as 127.0.0.1, a name as resolved, or as it is where only ssh knows it. */
async function ipOf(address: string): Promise<string> {
	const {host} = parseAddress(address);
	if (net.isIP(host) !== 0) {
		return host;
	}

	try {
		return host === 'localhost' ? '127.0.0.1' : (await dns.lookup(host, 4)).address;
	} catch {
		return host;
	}
}

function isLoopback(address: string): boolean {
	return address === 'localhost' || address === '::1' || /^127\.\d+\.\d+\.\d+$/.test(address);
}
