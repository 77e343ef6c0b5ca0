import {BenchError} from './errors.ts';

/** An address of a cluster file, taken apart: `host`, an alias of ssh's, `user@host`, `host:port`, `user@[::1]:22`. */
export type Address = {
	readonly user?: string;
	readonly host: string;
	readonly port?: number;
};

/**
Takes an address apart.

@throws BenchError `cluster` where it is none.
*/
export function parseAddress(address: string): Address {
	const at = address.lastIndexOf('@');
	const user = at === -1 ? undefined : address.slice(0, at);
	const rest = address.slice(at + 1);
	// An IPv6 literal has colons of its own, so that its port needs brackets around the rest.
	const {bracketed, plain, port} = /^(?:\[(?<bracketed>[^\]]+)\]|(?<plain>[^:]+))(?::(?<port>\d{1,5}))?$/.exec(rest)?.groups ?? {};
	const host = bracketed ?? plain ?? (rest.split(':').length > 2 ? rest : undefined);
	// A word that starts with a dash would be an option of ssh's.
	if (host === undefined || user === '' || [host, user].some(word => word !== undefined && /^-|[\s[\]]/.test(word)) || port === '0' || Number(port ?? 1) > 65_535) {
		throw new BenchError('cluster', `"${address}" is no address; write host, user@host or user@host:port.`);
	}

	return {host, ...(user !== undefined && {user}), ...(port !== undefined && {port: Number(port)})};
}
