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
	const {user, bracketed, plain, port} = /^(?:(?<user>[^@\s]+)@)?(?:\[(?<bracketed>[^\]\s]+)\]|(?<plain>[^\s:[\]@]+|[^\s[\]@]*:[^\s[\]@]*:[^\s[\]@]*))(?::(?<port>\d{1,5}))?$/.exec(address)?.groups ?? {};
	const host = bracketed ?? plain;
	// A word that starts with a dash would be an option of ssh's.
	if (host === undefined || host.startsWith('-') || user?.startsWith('-') || Number(port ?? 1) > 65_535 || port === '0') {
		throw new BenchError('cluster', `"${address}" is no address; write host, user@host or user@host:port.`);
	}

	return {host, ...(user !== undefined && {user}), ...(port !== undefined && {port: Number(port)})};
}
