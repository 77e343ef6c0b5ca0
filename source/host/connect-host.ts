import dns from 'node:dns/promises';
import net from 'node:net';
import {type Host} from '../core/host.ts';
import {connectLocalHost} from './local-host.ts';
import {type SshOptions} from './ssh-host.ts';

export type ConnectOptions = SshOptions & {
	/** Also this machine over SSH. */
	readonly forceSsh?: boolean;
};

/** A connection to an address of the cluster file: loopback runs on this machine, unless SSH is asked for or a key is given. */
export async function connectHost(address: string, options: ConnectOptions = {}): Promise<Host> {
	if (isLoopback(address) && !options.forceSsh && options.identityFile === undefined) {
		return connectLocalHost(address, address === 'localhost' ? '127.0.0.1' : address);
	}

	// A local run need not load ssh2.
	const {connectSshHost} = await import('./ssh-host.ts');
	return connectSshHost(address, await ipOf(address), options);
}

/** The address as flags name it: a literal as it is, localhost as 127.0.0.1, a name as resolved, or as it is where only ssh knows it. */
async function ipOf(address: string): Promise<string> {
	const host = address.replace(/^[^@]*@/, '').replace(/^([^:]+):\d+$/, '$1');
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
