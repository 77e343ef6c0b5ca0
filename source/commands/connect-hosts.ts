import dns from 'node:dns/promises';
import net from 'node:net';
import {type Host} from '../core/host.ts';
import {connectHost} from '../host/connect-host.ts';
import {bareAddress, type Prepared} from './prepare.ts';

export type Hosts = {readonly of: (address: string) => Promise<Host>; close(): Promise<void>};

/** One connection per address; a lost one is made anew when it is asked for again. */
export function createHosts({flags}: Prepared): Hosts {
	const connected = new Map<string, Promise<Host>>();
	const identityFile = flags.text('identity-file');
	const options = {forceSsh: flags.is('ssh'), ...(identityFile !== undefined && {identityFile})};
	return {
		async of(address) {
			const known = connected.get(address);
			if (known) {
				return known;
			}

			const connecting = connectHost(address, options);
			connected.set(address, connecting);
			try {
				const host = await connecting;
				void (async () => {
					await host.lost;
					connected.delete(address);
				})();

				return host;
			} catch (error) {
				connected.delete(address);
				throw error;
			}
		},
		async close() {
			const settled = await Promise.allSettled(connected.values());
			await Promise.allSettled(settled.map(async result => result.status === 'fulfilled' ? result.value.close() : undefined));
		},
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
