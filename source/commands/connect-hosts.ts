import dns from 'node:dns/promises';
import net from 'node:net';
import {BenchError} from '../core/errors.ts';
import {type Host} from '../core/host.ts';
import {connectHost, type ConnectOptions, isLocal} from '../host/connect-host.ts';
import {type SshConnector} from '../host/ssh-connector.ts';
import {type ParsedFlags} from './flags.ts';
import {bareAddress, type Prepared} from './prepare.ts';
import {printable} from './printable.ts';
import {sshFlags} from './ssh-flags.ts';

export type Hosts = {readonly of: (address: string) => Promise<Host>; close(): Promise<void>};

/** What a run knows and its flags do not. */
export type HostsOptions = Pick<ConnectOptions, 'ask' | 'signal' | 'marks'> & {
	/** Sees to a host that was connected, also anew, before anybody uses it. */
	readonly arrive?: (host: Host) => Promise<void>;
};

/** One connection per address; a lost one is made anew when it is asked for again. */
export function createHosts(flags: ParsedFlags, {arrive, ...more}: HostsOptions = {}): Hosts {
	const connected = new Map<string, Promise<Host>>();
	const closing = new AbortController();
	const open = new Set<Host>();
	const options: ConnectOptions = {...more, ...sshFlags(flags), debug: debugLog(), signal: AbortSignal.any([closing.signal, ...(more.signal ? [more.signal] : [])])};
	let connector: SshConnector | undefined;
	const connectorOf = once(async () => {
		const {SshConnector} = await import('../host/ssh-connector.ts');
		connector = new SshConnector(options);
		return connector;
	});
	const connect = async (address: string) => {
		const host = await connectHost(address, {...options, ...(!isLocal(address, options) && {connector: await connectorOf()})});
		try {
			await arrive?.(host);
			closing.signal.throwIfAborted();
			open.add(host);
			return host;
		} catch (error) {
			await host.close();
			throw error;
		}
	};

	return {
		async of(address) {
			const known = connected.get(address);
			if (known) {
				return known;
			}

			const connecting = connect(address);
			connected.set(address, connecting);
			try {
				const host = await connecting;
				void (async () => {
					await host.lost;
					connected.delete(address);
					open.delete(host);
				})();

				return host;
			} catch (error) {
				connected.delete(address);
				throw error;
			}
		},
		async close() {
			// Whoever is still connecting, to a host that went, is not waited for.
			closing.abort(new BenchError('canceled', 'The run is over.'));
			connector?.close();
			await Promise.allSettled([...open].map(async host => host.close()));
		},
	};
}

/** BENCHDECK_DEBUG=ssh tells on stderr what connections agree on, which crypto is active among it. */
function debugLog(): ConnectOptions['debug'] {
	return process.env['BENCHDECK_DEBUG'] === 'ssh'
		? line => {
			process.stderr.write(`${printable(line)}\n`);
		}
		: undefined;
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
	let made: Promise<Value> | undefined;
	return async () => {
		made ??= make();
		return made;
	};
}

/** The addresses of the cluster file as flags name them: a literal as it is, a name as resolved. */
export async function resolveAll({cluster}: Prepared): Promise<ReadonlyMap<string, string>> {
	const addresses = new Set(Object.values(cluster).flatMap(roles => Object.values(roles).flat()));
	return new Map(await Promise.all([...addresses].map(async address => {
		const name = bareAddress(address);
		if (net.isIP(name) !== 0) {
			return [address, name] as const;
		}

		try {
			return [address, (await dns.lookup(name, 4)).address] as const;
		} catch {
			// Over SSH a name may be an alias that only ssh knows; flags then hold the name.
			return [address, name] as const;
		}
	})));
}
